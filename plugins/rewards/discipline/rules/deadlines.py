"""Deadlines in working days; the day from which one counts never counts itself."""

from collections.abc import Collection
from datetime import date
from typing import Literal

from core.workdays.rules import add_working_days, working_days_between


def due_on(started_on: date, days: int, holidays: Collection[date]) -> date:
    """Return the last day in time."""
    return add_working_days(started_on, days, holidays)


def effective_on(received_on: date, days: int, holidays: Collection[date]) -> date:
    """Return the day on which a decision takes effect: the `days`-th working day after its receipt."""
    return add_working_days(received_on, days, holidays)


def working_days_after(start: date, end: date, holidays: Collection[date]) -> int:
    """Return how many working days lie after `start` up to and with `end`; 0 when `end` is not later."""
    return working_days_between(start, end, holidays) - working_days_between(start, min(start, end), holidays)


def keeps_interval(
    summoned_on: date, examine_on: date, days: int, kind: Literal["at_most", "at_least"], holidays: Collection[date]
) -> bool:
    """Whether the examination lies the right number of working days after the summons, as the setting reads the law."""
    between = working_days_after(summoned_on, examine_on, holidays)
    return between <= days if kind == "at_most" else between >= days
