"""How the values of an indicator come together in one value, and how that value stands to its target.

Nothing here rates anybody: a rating is the leader's (PermenPANRB 6/2022 knows no percentage thresholds).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from core.planning.terms import Direction, MeasuringPattern


class MeasuringState(StrEnum):
    """Whether an indicator has a value on a day, and why not."""

    MEASURED = "MEASURED"
    NO_VALUE = "NO_VALUE"
    NOT_YET_RELEASED = "NOT_YET_RELEASED"


class Standing(StrEnum):
    """Where a value stands to its target range."""

    WORSE = "WORSE"
    WITHIN = "WITHIN"
    BETTER = "BETTER"


@dataclass(frozen=True)
class Entry:
    """One reported value and its day."""

    on: date
    value: Decimal


@dataclass(frozen=True)
class Measurement:
    """The value of an indicator on a day; without one, `state` says why, and it is neither 0 nor 100."""

    state: MeasuringState
    value: Decimal | None = None
    entries: int = 0


@dataclass(frozen=True)
class Achievement:
    """A value against its target: percent of the nearest bound (None: cannot be said), where it stands, and why.

    `rule` names how percent was found: `within_range`, `ratio`, `inverse_ratio` or `no_ratio`.
    """

    standing: Standing
    percent: Decimal | None
    rule: str
    bound: Decimal


def measured_value(
    pattern: MeasuringPattern, entries: Sequence[Entry], as_of: date, release_on: date | None = None
) -> Measurement:
    """Return the value of an indicator on `as_of` (rule R2).

    Counts add up; of positions the latest stands (of one day: the one given last); a release has no value before
    `release_on`, and what was reported before that day is not the release.
    """
    known = [entry for entry in entries if entry.on <= as_of]
    if pattern is MeasuringPattern.RELEASE:
        if release_on is None or as_of < release_on:
            return Measurement(MeasuringState.NOT_YET_RELEASED)
        known = [entry for entry in known if entry.on >= release_on]
    if not known:
        return Measurement(MeasuringState.NO_VALUE)
    if pattern is MeasuringPattern.COUNT:
        return Measurement(MeasuringState.MEASURED, sum((entry.value for entry in known), Decimal(0)), len(known))
    latest = known[0]
    for entry in known[1:]:
        if entry.on >= latest.on:
            latest = entry
    return Measurement(MeasuringState.MEASURED, latest.value, len(known))


def achievement(value: Decimal, target_min: Decimal, target_max: Decimal, direction: Direction) -> Achievement:
    """Return how `value` stands to the target range.

    Inside the range it is 100 %. Outside, the nearest bound b counts: value / b where higher is better, and
    (2b - value) / b where lower is better, never below 0 %. A bound of 0 or less gives no percentage.
    """
    if target_min <= value <= target_max:
        bound = target_min if direction is Direction.HIGHER_IS_BETTER else target_max
        return Achievement(Standing.WITHIN, Decimal("100.00"), "within_range", bound)
    is_above = value > target_max
    bound = target_max if is_above else target_min
    is_better = is_above is (direction is Direction.HIGHER_IS_BETTER)
    standing = Standing.BETTER if is_better else Standing.WORSE
    if bound <= 0:
        return Achievement(standing, None, "no_ratio", bound)
    if direction is Direction.HIGHER_IS_BETTER:
        return Achievement(standing, _percent(value / bound), "ratio", bound)
    return Achievement(standing, _percent((2 * bound - value) / bound), "inverse_ratio", bound)


def _percent(share: Decimal) -> Decimal:
    return (max(share, Decimal(0)) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
