"""Of which units a sum may be told so that nobody's own points follow from it, nor from several sums together.

A tree of units is walked from the top. A unit whose sum is told splits into those below it whose sums are told too,
and the rest of it: its own people and those of the units below it that stay untold. Whatever anybody works out from all
sums together is a sum over such rests, so each of them must be empty or large enough, and so must be the number of
those in it who did not consent to be named: the others' points may be known one by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Crowd:
    """How many people a group has, and how many of them did not consent to be named."""

    people: int = 0
    hidden: int = 0

    def __add__(self, other: "Crowd") -> "Crowd":
        """Return both together."""
        return Crowd(self.people + other.people, self.hidden + other.hidden)

    def is_safe(self, fewest: int) -> bool:
        """Whether a sum over the group tells of nobody: it is empty, or large also without those who consented."""
        return not self.people or (self.people >= fewest and (not self.hidden or self.hidden >= fewest))


@dataclass(frozen=True)
class GroupNode:
    """A unit with its own people and the keys of the units directly below it."""

    own: Crowd
    below: Sequence[int] = ()


def told_groups(units: Mapping[int, GroupNode], roots: Sequence[int], fewest: int) -> set[int]:
    """Return the units whose sums (with all below them) may be told; below an untold unit none is."""
    whole: dict[int, Crowd] = {}
    for root in roots:
        _add_up(units, root, whole)
    told: set[int] = set()
    waiting = [root for root in roots if whole[root].people and whole[root].is_safe(fewest)]
    while waiting:
        unit = waiting.pop()
        told.add(unit)
        waiting += _below(units[unit], whole, fewest)
    return told


def _add_up(units: Mapping[int, GroupNode], unit: int, whole: dict[int, Crowd]) -> Crowd:
    total = units[unit].own
    for child in units[unit].below:
        total += _add_up(units, child, whole)
    whole[unit] = total
    return total


def _below(node: GroupNode, whole: Mapping[int, Crowd], fewest: int) -> list[int]:
    """Return which of the units below may be told, so that the rest is empty or large enough."""
    told = [child for child in node.below if whole[child].people and whole[child].is_safe(fewest)]
    told.sort(key=lambda child: (-whole[child].people, child))
    rest = node.own
    for child in node.below:
        if child not in told:
            rest += whole[child]
    while told and not rest.is_safe(fewest):
        # The smallest of them joins the rest.
        rest += whole[told.pop()]
    return told
