"""When something is due, when somebody is reminded and when a superior is told: working days of one person."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.workdays.rules import add_working_days, is_working_day, working_days_between

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """The days, both included, for which something is owed; `number` is the month or window, 0 for once."""

    number: int
    first: date
    last: date


@dataclass(frozen=True)
class Timing:
    """The days of a rule, all of them working days; `remind` before the day on which it is due (negative: after it)."""

    due: int
    remind: int
    repeat: int
    most: int
    note: int


def months_of(first: date, last: date, today: date) -> list[Span]:
    """Return the months of a period that have begun by `today`, numbered from 1, cut to the period."""
    spans: list[Span] = []
    day = first
    while day <= min(last, today):
        after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        spans.append(Span(len(spans) + 1, day, min(after - _ONE_DAY, last)))
        day = after
    return spans


def days_of(spells: Iterable[tuple[date, date]], first: date, last: date) -> frozenset[date]:
    """Return the days of spells (both ends included) that lie between two days."""
    found = set()
    for begins, ends in spells:
        day, end = max(begins, first), min(ends, last)
        while day <= end:
            found.add(day)
            day += _ONE_DAY
    return frozenset(found)


def due_on(last: date, working_days: int, off: Collection[date]) -> date:
    """Return the day on which something is due; `off` are holidays and the days on which the person is on leave."""
    return add_working_days(last, working_days, off)


def works_in(span: Span, off: Collection[date]) -> bool:
    """Whether a person works on some day of the span."""
    return working_days_between(span.first, span.last, off) > 0


def working_days_before(day: date, count: int, holidays: Collection[date]) -> date:
    """Return the `count`-th working day before `day` (0: `day` itself)."""
    while count > 0:
        day -= _ONE_DAY
        if is_working_day(day, holidays):
            count -= 1
    return day


def next_reminder_on(timing: Timing, due: date, sent: Sequence[date], holidays: Collection[date]) -> date | None:
    """Return the day from which the next reminder may go out, None after the last one.

    It follows `repeat` working days on the day on which the one before really went out, so that a job which stood still
    does not send several at once.
    """
    if len(sent) >= timing.most:
        return None
    if sent:
        return add_working_days(max(sent), timing.repeat, holidays)
    if timing.remind >= 0:
        return working_days_before(due, timing.remind, holidays)
    return add_working_days(due, -timing.remind, holidays)


def note_on(timing: Timing, due: date, holidays: Collection[date]) -> date:
    """Return the day from which the superior may be told."""
    return add_working_days(due, timing.note, holidays)
