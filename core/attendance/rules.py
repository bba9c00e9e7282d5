"""What must hold of a leave and of a day of attendance; pure functions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from core.attendance.terms import AttendanceState, LeaveKind
from core.errors import Problem
from core.i18n import N_
from core.workdays.rules import is_working_day, working_days_between

EARLIEST, LATEST = date(1950, 1, 1), date(2199, 12, 31)
LONGEST_DAY = 24 * 60
"""The minutes of a day."""
_LONGEST_TEXT = 96


@dataclass(frozen=True)
class DayValues:
    """What is entered for a day; minutes from 0 to `LONGEST_DAY`."""

    day: date
    state: AttendanceState
    late_minutes: int = 0
    early_minutes: int = 0
    has_no_record: bool = False
    missed_assembly: bool = False
    source: str = ""


def period_problems(first_day: date, last_day: date) -> list[Problem]:
    """Return what is wrong with the days of a leave as such."""
    problems = [*_range("firstDay", first_day), *_range("lastDay", last_day)]
    if last_day < first_day:
        text = N_("The leave would end on {last}, before it begins on {first}. Give a later last day.")
        problems.append(Problem("LEAVE_REVERSED", text, ("lastDay",), {"first": first_day, "last": last_day}))
    return problems


def leave_problems(
    kind: LeaveKind, first_day: date, last_day: date, decree_number: str, holidays: Collection[date]
) -> list[Problem]:
    """Return what stands against a leave on its own; collective leave lies on days on which nobody works anyway."""
    problems = [*period_problems(first_day, last_day), *_text("decreeNumber", decree_number)]
    if not problems and kind is not LeaveKind.COLLECTIVE and not working_days_between(first_day, last_day, holidays):
        text = N_("From {first} to {last} there is no working day, so no leave is needed. Check the days.")
        problems.append(
            Problem("LEAVE_WITHOUT_WORKING_DAY", text, ("firstDay",), {"first": first_day, "last": last_day})
        )
    return problems


def day_problems(values: DayValues, today: date, holidays: Collection[date], *, is_on_leave: bool) -> list[Problem]:
    """Return what stands against a day of attendance."""
    problems = [*_range("day", values.day), *_text("source", values.source)]
    for name, minutes in (("lateMinutes", values.late_minutes), ("earlyMinutes", values.early_minutes)):
        if not 0 <= minutes <= LONGEST_DAY:
            text = N_("{minutes} minutes do not fit into a day. Give 0 to {longest}.")
            problems.append(
                Problem("MINUTES_OUT_OF_RANGE", text, (name,), {"minutes": minutes, "longest": LONGEST_DAY})
            )
    if values.day > today:
        text = N_("{day} has not come yet. Enter what has happened.")
        problems.append(Problem("DAY_NOT_COME", text, ("day",), {"day": values.day}))
    if values.state is not AttendanceState.PRESENT and values.late_minutes + values.early_minutes > 0:
        text = N_("Minutes are only counted of somebody who was there. Set them to 0, or the state to present.")
        problems.append(Problem("MINUTES_OF_ABSENT", text, ("state",)))
    if values.state is AttendanceState.UNEXCUSED:
        if not is_working_day(values.day, holidays):
            text = N_("Nobody had to work on {day}, so nobody was absent. Check the day, or the calendar of holidays.")
            problems.append(Problem("NOT_A_WORKING_DAY", text, ("day",), {"day": values.day}))
        if is_on_leave:
            text = N_("On {day} the person is on leave. Enter the absence as excused, or correct the leave first.")
            problems.append(Problem("ABSENT_ON_LEAVE", text, ("state",), {"day": values.day}))
    return problems


def _range(name: str, day: date) -> list[Problem]:
    if EARLIEST <= day <= LATEST:
        return []
    text = N_("{day} is no usable date. Give a day between {earliest} and {latest}.")
    return [Problem("DATE_OUT_OF_RANGE", text, (name,), {"day": day, "earliest": EARLIEST, "latest": LATEST})]


def _text(name: str, text: str) -> list[Problem]:
    if "\x00" in text:
        message = N_("This holds a character that cannot be stored. Type it again without it.")
        return [Problem("TEXT_INVALID", message, (name,))]
    if len(text) > _LONGEST_TEXT:
        message = N_("This is longer than {longest} characters. Shorten it.")
        return [Problem("TEXT_TOO_LONG", message, (name,), {"longest": _LONGEST_TEXT})]
    return []
