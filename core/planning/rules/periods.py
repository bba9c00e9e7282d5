"""Periods and the windows of their periodic evaluations (PP 30/2019: monthly, quarterly, half-yearly)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import Problem
from core.i18n import N_
from core.planning.terms import Frequency

MONTHS_OF: dict[Frequency, int] = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6}
"""Calendar months in one window."""

_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
_ROMAN = ("I", "II", "III", "IV")
_WORDS = {Frequency.QUARTERLY: "Triwulan", Frequency.HALF_YEARLY: "Semester"}


@dataclass(frozen=True)
class WindowSpan:
    """One window of a period: its number from 1, its Indonesian name and its days, both inclusive."""

    number: int
    name: str
    starts_on: date
    ends_on: date


def windows_of(starts_on: date, ends_on: date, frequency: Frequency) -> list[WindowSpan]:
    """Return the calendar months, quarters or half-years of a period, the first and last cut to the period."""
    windows: list[WindowSpan] = []
    first = starts_on
    while first <= ends_on:
        last = min(_end_of_block(first, MONTHS_OF[frequency]), ends_on)
        windows.append(WindowSpan(len(windows) + 1, _name(first, frequency), first, last))
        first = last + timedelta(days=1)
    return windows


def _end_of_block(day: date, months: int) -> date:
    month = (day.month - 1) // months * months + months
    return date(day.year, month, monthrange(day.year, month)[1])


def _name(first: date, frequency: Frequency) -> str:
    if frequency is Frequency.MONTHLY:
        return f"{_MONTHS[first.month - 1]} {first.year}"
    return f"{_WORDS[frequency]} {_ROMAN[(first.month - 1) // MONTHS_OF[frequency]]} {first.year}"


def _a_year_after(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + 1, 3, 1) if is_leap_day else day.replace(year=day.year + 1)


def period_problems(starts_on: date, ends_on: date, plan_deadline: date, evaluation_deadline: date) -> list[Problem]:
    """Return what is wrong with the dates of a period."""
    found: list[Problem] = []
    if ends_on < starts_on:
        found.append(
            Problem(
                "ENDS_BEFORE_START",
                N_("The last day {ends_on} lies before the first day {starts_on}. Give a later last day."),
                ("endsOn",),
                {"starts_on": starts_on, "ends_on": ends_on},
            )
        )
    elif ends_on >= _a_year_after(starts_on):
        found.append(
            Problem(
                "PERIOD_TOO_LONG",
                N_("A period lasts a year at most. Give a last day before {limit}."),
                ("endsOn",),
                {"limit": _a_year_after(starts_on)},
            )
        )
    if not starts_on <= plan_deadline <= ends_on:
        found.append(
            Problem(
                "DEADLINE_OUTSIDE_PERIOD",
                N_("Plans are agreed within the period. Give a day from {starts_on} to {ends_on}."),
                ("planDeadline",),
                {"starts_on": starts_on, "ends_on": ends_on},
            )
        )
    if evaluation_deadline < ends_on:
        found.append(
            Problem(
                "EVALUATION_BEFORE_END",
                N_("The annual evaluation follows the period. Give a day after {ends_on}."),
                ("evaluationDeadline",),
                {"ends_on": ends_on},
            )
        )
    return found


def span_problems(starts_on: date, ends_on: date, period_starts: date, period_ends: date) -> list[Problem]:
    """Return what is wrong with the days of a plan in its period."""
    found = [
        Problem(
            "DATE_OUTSIDE_PERIOD",
            N_("{day} lies outside the period. Give a day from {starts_on} to {ends_on}."),
            (name,),
            {"day": day, "starts_on": period_starts, "ends_on": period_ends},
        )
        for name, day in (("startsOn", starts_on), ("endsOn", ends_on))
        if not period_starts <= day <= period_ends
    ]
    if ends_on < starts_on:
        found.append(
            Problem(
                "ENDS_BEFORE_START",
                N_("The last day {ends_on} lies before the first day {starts_on}. Give a later last day."),
                ("endsOn",),
                {"starts_on": starts_on, "ends_on": ends_on},
            )
        )
    return found
