"""Who sees which rows of this area, and who may do what."""

from typing import Any

from core.actor import Actor
from core.policy import ActEntry, PolicyEntry
from core.workdays.models import Holiday


def _everybody_known(actor: Actor, _table: Any) -> bool:
    return actor.is_known


def _keeps_calendar(actor: Actor, _subject: Any) -> bool:
    return actor.holds("workdays.manage", None)


ENTRIES: list[PolicyEntry] = [PolicyEntry(Holiday, _everybody_known)]

ACTS: list[ActEntry] = [
    ActEntry("workdays.save_holiday", _keeps_calendar),
    ActEntry("workdays.delete_holiday", _keeps_calendar),
]
