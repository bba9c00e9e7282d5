"""Who sees what is in the bin: who put it there, and who reads the history of the unit where it belonged."""

from typing import Any

from core.actor import Actor
from core.bin.models import BinEntry
from core.history.policies import READ
from core.policy import ActEntry, PolicyEntry, below, either

RESTORE = "bin.restore"


def _entries(actor: Actor, table: Any) -> Any:
    own = False if not actor.account_id else table.account_id == actor.account_id
    return either(below(table.unit_path, actor.paths(READ)), own)


def _restore(actor: Actor, entry: BinEntry) -> bool:
    """Allow to whoever sees it; what the row itself demands is asked once it is back."""
    return entry.account_id == actor.account_id or actor.holds(READ, entry.unit_path)


ENTRIES: list[PolicyEntry] = [PolicyEntry(BinEntry, _entries)]
ACTS: list[ActEntry] = [ActEntry(RESTORE, _restore)]
