"""Who sees registered operations, and who registers them."""

from typing import Any

from core.actor import EVERYWHERE, Actor
from core.operations.models import RegisteredOperation
from core.policy import ActEntry, PolicyEntry

MANAGE = "operations.manage"


def _operations(actor: Actor, _table: Any) -> bool:
    """Show what can be run to everybody who has said who he is: an operation holds no data."""
    return actor.is_known


def _manage(actor: Actor, _subject: Any) -> bool:
    # A name stands for one operation in the whole institution, so a role over a part is not enough.
    return EVERYWHERE in actor.paths(MANAGE)


ENTRIES: list[PolicyEntry] = [PolicyEntry(RegisteredOperation, _operations)]
ACTS: list[ActEntry] = [ActEntry(MANAGE, _manage)]
