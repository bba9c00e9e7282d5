"""Working days: Monday to Friday without holidays; the day that starts a period never counts."""

from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5
_ONE_DAY = timedelta(days=1)


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Whether people work on `day`."""
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(day: date, count: int, holidays: Collection[date]) -> date:
    """Return the `count`-th working day after `day` (0: `day` itself), which need not be a working day.

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("count: 0 or more working days")
    while count > 0:
        day += _ONE_DAY
        if is_working_day(day, holidays):
            count -= 1
    return day


def working_days_between(first: date, last: date, holidays: Collection[date]) -> int:
    """Return how many working days there are from `first` to `last`, both included; 0 when `last` is before `first`."""
    days = (last - first).days + 1
    return sum(is_working_day(first + timedelta(days=number), holidays) for number in range(days))
