"""The order in which people are called who wait: as they came, people of priority groups first by a fair rule."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from plugins.queueing.terms import PriorityRule


class Waits(Protocol):
    """Somebody who waits; whoever came first comes first in what is given to `fair_order`."""

    @property
    def goes_first(self) -> bool:
        """Whether a priority group was declared and not denied."""


W = TypeVar("W", bound=Waits)


def fair_order(waiting: Sequence[W], rule: PriorityRule, every: int, others_since: int | None = None) -> list[W]:
    """Return who waits in the order in which they are to be called.

    STRICT: everybody of a priority group first. ONE_IN_N: one of them, then `every` - 1 others before the next, as long
    as others wait. `others_since` is how many others were called since the last of a priority group (None: none was).
    """
    first = [one for one in waiting if one.goes_first]
    others = [one for one in waiting if not one.goes_first]
    if rule is PriorityRule.STRICT:
        return first + others
    between = max(every, 1) - 1
    since = between if others_since is None else others_since
    order: list[W] = []
    while first and others:
        if since >= between:
            order.append(first.pop(0))
            since = 0
        else:
            order.append(others.pop(0))
            since += 1
    return order + first + others
