"""Who sees bulk runs: who started them, and who reads the history of the whole institution."""

from typing import Any

from core.actor import EVERYWHERE, Actor
from core.history.policies import READ
from core.policy import ActEntry, PolicyEntry, among
from core.runs.models import BulkRun, BulkRunItem

STEER = "runs.steer"


def _runs(actor: Actor, table: Any) -> Any:
    if EVERYWHERE in actor.paths(READ):
        return True
    return table.account_id == actor.account_id if actor.account_id else False


def _items(actor: Actor, table: Any) -> Any:
    run = BulkRun.alias()
    rows = _runs(actor, run)
    return rows if isinstance(rows, bool) else among(table.run, run.select(run.id).where(rows))


def _steer(actor: Actor, run: BulkRun) -> bool:
    """Stopping and undoing is for who started the run, and for who manages the system."""
    return run.account_id == actor.account_id or EVERYWHERE in actor.paths("system.manage")


ENTRIES: list[PolicyEntry] = [PolicyEntry(BulkRun, _runs), PolicyEntry(BulkRunItem, _items)]
ACTS: list[ActEntry] = [ActEntry(STEER, _steer)]
