"""Who sees the house's own tables: whoever sees the system's state; answered batch calls, only their caller."""

from typing import Any

from core.actor import EVERYWHERE, Actor
from core.platform.models import IdempotencyKey, JobRun, OutboxEvent, PluginState
from core.policy import ActEntry, PolicyEntry
from core.registry import active_registry

MANAGE = "system.manage"


def _system(actor: Actor, _table: Any) -> bool:
    return EVERYWHERE in actor.paths(MANAGE)


def open_events(actor: Actor, table: Any) -> Any:
    """Return the events (rows with a `name`) that the system's managers see: all but the confidential ones."""
    if not _system(actor, table):
        return False
    secret = [event.name for event in active_registry().events if event.is_confidential]
    return table.name.not_in(secret) if secret else True


def _own(actor: Actor, t: Any) -> Any:
    return False if actor.account_id is None else t.account_id == actor.account_id


def _manage(actor: Actor, _subject: Any) -> bool:
    return EVERYWHERE in actor.paths(MANAGE)


ENTRIES: list[PolicyEntry] = [
    PolicyEntry(PluginState, _system),
    # What an event tells is about people's work, which the system's managers need not know.
    PolicyEntry(OutboxEvent, open_events, {"payload": lambda _actor, _table: False}),
    PolicyEntry(IdempotencyKey, _own),
    PolicyEntry(JobRun, _system),
]
ACTS: list[ActEntry] = [ActEntry(MANAGE, _manage)]
