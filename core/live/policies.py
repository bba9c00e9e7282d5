"""Who sees live events: the system's managers see that there are some, nobody what they say."""

from typing import Any

from core.actor import EVERYWHERE, Actor
from core.live.models import LiveEvent
from core.policy import ActEntry, PolicyEntry

MANAGE = "system.manage"


def _system(actor: Actor, _table: Any) -> bool:
    return EVERYWHERE in actor.paths(MANAGE)


ENTRIES: list[PolicyEntry] = [PolicyEntry(LiveEvent, _system, {"payload": lambda _actor, _table: False})]
ACTS: list[ActEntry] = []
