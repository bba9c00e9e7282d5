"""Which span a plan must have been reported on by a day."""

from dataclasses import dataclass
from datetime import date, timedelta

_MOST_DAYS = 366


@dataclass(frozen=True)
class ReportingSpan:
    """The days, both inclusive, in which at least one progress record is expected."""

    first: date
    last: date


def span_to_report(today: date, starts_on: date, ends_on: date, days: int | None = None) -> ReportingSpan | None:
    """Return the last full calendar month of a period before `today`, or its last `days` days; None where none is over.

    After the period it is the period's last month.
    """
    if days is not None:
        days = min(days, _MOST_DAYS)
    day_after = min(today, ends_on + timedelta(days=1))
    last = day_after.replace(day=1) - timedelta(days=1) if days is None else day_after - timedelta(days=1)
    first = last.replace(day=1) if days is None else day_after - timedelta(days=days)
    first = max(first, starts_on)
    return ReportingSpan(first, last) if first <= last else None
