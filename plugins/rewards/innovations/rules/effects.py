"""What a fact before and after an innovation says, and with which caution it is to be read."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from plugins.rewards.innovations.terms import EffectCaution, EffectDirection

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Figure:
    """A fact over the days `first` to `last`, both included; `value` None without cases."""

    first: date
    last: date
    value: Decimal | None
    cases: int

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.last - self.first).days + 1


def change(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """Return by how much the value changed, None where one of them is unknown."""
    return None if before is None or after is None else after - before


def change_percent(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """Return the change in percent of the value before, rounded half up to 0.01; None where that is unknown or 0."""
    difference = change(before, after)
    if difference is None or not before:
        return None
    return (difference / abs(before) * 100).quantize(_HUNDREDTH, ROUND_HALF_UP)


def is_better(direction: EffectDirection, before: Decimal | None, after: Decimal | None) -> bool | None:
    """Whether the value went the way it is to go; None where one of them is unknown."""
    difference = change(before, after)
    if difference is None:
        return None
    return difference < 0 if direction is EffectDirection.LOWER else difference > 0


def cautions(before: Figure, after: Figure, fewest: int) -> list[EffectCaution]:
    """Return what is to be kept in mind: no or few cases on a side, or windows of different length."""
    found = []
    if before.value is None:
        found.append(EffectCaution.NO_VALUE_BEFORE)
    if after.value is None:
        found.append(EffectCaution.NO_VALUE_AFTER)
    if min(before.cases, after.cases) < fewest:
        found.append(EffectCaution.FEW_CASES)
    if before.days != after.days:
        found.append(EffectCaution.UNEQUAL_WINDOWS)
    return found
