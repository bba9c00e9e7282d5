"""Who imports and exports, and who sees which imports."""

from core.actor import EVERYWHERE, Actor
from core.exchange.models import ImportMapping, ImportRun, ImportTask
from core.policy import ActEntry, PolicyEntry


def _runs(actor: Actor, table: type[ImportRun]) -> object:
    if actor.holds("exchange.import", EVERYWHERE):
        return True
    return table.account_id == actor.account_id if actor.account_id else False


def _undo(actor: Actor, run: ImportRun) -> bool:
    return actor.holds("exchange.import", EVERYWHERE) or (
        bool(actor.paths("exchange.import")) and run.account_id == actor.account_id
    )


def _own(actor: Actor, table: type[ImportTask] | type[ImportMapping]) -> object:
    # A file may hold what its sender sees and nobody else of the same office.
    return table.account == actor.account_id if actor.account_id else False


ENTRIES = [PolicyEntry(ImportRun, _runs), PolicyEntry(ImportTask, _own), PolicyEntry(ImportMapping, _own)]
ACTS = [
    # Each row of a file is asked again by the service that it calls; this only keeps out who imports nothing at all.
    ActEntry("exchange.import", lambda actor, kind: bool(actor.paths("exchange.import"))),  # noqa: ARG005
    ActEntry("exchange.undo", _undo),
    ActEntry("exchange.export", lambda actor, kind: bool(actor.paths("exchange.export"))),  # noqa: ARG005
]
