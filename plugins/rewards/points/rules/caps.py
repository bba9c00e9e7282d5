"""How much of an earning a rule's cap leaves in the period of the day."""

from datetime import date, timedelta

from plugins.rewards.points.terms import CapPeriod

_MONTHS = {CapPeriod.MONTH: 1, CapPeriod.QUARTER: 3, CapPeriod.YEAR: 12}


def period_of(day: date, period: CapPeriod) -> tuple[date, date]:
    """Return the first and last day of the period in which a day lies."""
    if period is CapPeriod.DAY:
        return day, day
    months = _MONTHS[period]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    after = date(first.year + (first.month + months > 12), (first.month + months - 1) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def within_cap(points: int, cap: int | None, earned: int) -> int:
    """Return what of `points` may still be earned where `earned` were in the period; 0 where the cap is reached."""
    return points if cap is None else max(0, min(points, cap - earned))
