"""The order in which people are called who wait: as they came, people of priority groups first by a fair rule."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from plugins.queueing.terms import PriorityRule

W = TypeVar("W")


def fair_order(
    waiting: Sequence[W],
    goes_first: Callable[[W], bool],
    rule: PriorityRule,
    every: int,
    others_since: int | None = None,
) -> list[W]:
    """Return who waits, given as they came, in the order in which they are to be called.

    STRICT: everybody of a priority group first. ONE_IN_N: one of them, then `every` - 1 others before the next, as long
    as others wait. `others_since` is how many others were called since the last of a priority group (None: none was).
    """
    first = [one for one in waiting if goes_first(one)]
    others = [one for one in waiting if not goes_first(one)]
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
