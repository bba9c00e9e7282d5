"""What indicators stand at: their reported values brought together by their measuring pattern."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.context import Context
from core.planning.models import Indicator, PerformancePlan, WorkResult
from core.planning.rules.measuring import Achievement, Entry, Measurement, achievement, measured_value
from core.policy import as_condition
from core.progress.models import ProgressRecord
from core.progress.policies import progress_plans


@dataclass(frozen=True)
class Actual:
    """The value of an indicator on a day, how it came about, and how it stands to the target."""

    indicator: Indicator
    as_of: date
    measurement: Measurement
    achievement: Achievement | None


def actual_values(ctx: Context, indicator_ids: Sequence[int], on: date | None = None) -> dict[int, Actual]:
    """Return the actual values of those indicators whose progress the actor sees; two statements for any number."""
    as_of = on or ctx.today
    seen = True if ctx.actor.is_system else progress_plans(ctx.actor, PerformancePlan)
    indicators = {
        row.id: row
        for row in Indicator.select(Indicator)
        .join(WorkResult)
        .join(PerformancePlan)
        .where(Indicator.id.in_(sorted(set(indicator_ids))) & as_condition(seen))
    }
    entries: dict[int, list[Entry]] = {key: [] for key in indicators}
    reported: Any = (
        ProgressRecord.select(ProgressRecord.indicator, ProgressRecord.happened_on, ProgressRecord.quantity)
        .where(
            ProgressRecord.indicator.in_(sorted(indicators))
            & ProgressRecord.quantity.is_null(False)
            & (ProgressRecord.happened_on <= as_of)
        )
        .order_by(ProgressRecord.happened_on, ProgressRecord.id)
        .tuples()
    )
    for key, day, quantity in reported if indicators else ():
        entries[key].append(Entry(day, quantity))
    return {key: _actual(row, entries[key], as_of) for key, row in indicators.items()}


def _actual(indicator: Indicator, entries: Sequence[Entry], as_of: date) -> Actual:
    measurement = measured_value(indicator.pattern, entries, as_of, indicator.release_on)
    low, high = indicator.target_min, indicator.target_max
    if measurement.value is None or low is None or high is None:
        return Actual(indicator, as_of, measurement, None)
    return Actual(indicator, as_of, measurement, achievement(measurement.value, low, high, indicator.direction))
