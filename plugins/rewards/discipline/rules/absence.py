"""Absence without a valid reason: working days of the calendar year, and days in a row (PP 94/2021 Pasal 4 huruf f).

Days that are no working days never count, and never break a row.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from core.workdays.rules import add_working_days, is_working_day
from plugins.rewards.discipline.rules.contents import AbsenceBands

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class AbsenceOutcome:
    """What absence in a calendar year amounts to.

    `sanction` is a code or None; `in_a_row` are the days of the first row that is long enough, empty without one;
    `salary_stops_from` is the first of the month after them.
    """

    days: tuple[date, ...]
    sanction: str | None
    longest_row: int
    in_a_row: tuple[date, ...]
    salary_stops_from: date | None


def absence_sanction(days: int, bands: AbsenceBands) -> str | None:
    """Return the sanction for so many days of a year, None below the first band."""
    reached = [band.sanction for band in bands.bands if band.days_from <= days]
    return reached[-1] if reached else None


def days_of_year(absent: Collection[date], year: int, holidays: Collection[date]) -> tuple[date, ...]:
    """Return the working days of `year` among `absent`, each once, in order."""
    return tuple(sorted(day for day in set(absent) if day.year == year and is_working_day(day, holidays)))


def rows_of_days(absent: Collection[date], holidays: Collection[date]) -> list[tuple[date, ...]]:
    """Return the absent working days in rows: a day belongs to the row before it if no working day lies between."""
    rows: list[list[date]] = []
    for day in sorted(one for one in set(absent) if is_working_day(one, holidays)):
        if rows and add_working_days(rows[-1][-1], 1, holidays) == day:
            rows[-1].append(day)
        else:
            rows.append([day])
    return [tuple(row) for row in rows]


def absence_outcome(
    absent: Collection[date], year: int, bands: AbsenceBands, holidays: Collection[date]
) -> AbsenceOutcome:
    """Return what the absence of one person means in `year`.

    `absent` may hold days of other years: they do not count, but a row may begin in the year before and belongs to
    the year in which it is long enough.
    """
    counted = days_of_year(absent, year, holidays)
    rows = rows_of_days([day for day in absent if day.year <= year], holidays)
    in_year = [sum(day.year == year for day in row) for row in rows]
    limit = bands.in_a_row.days if bands.in_a_row else None
    long_enough = next(
        (row for row in rows if limit and len(row) >= limit and row[limit - 1].year == year),
        (),
    )
    sanction = absence_sanction(len(counted), bands)
    stops_from = None
    if long_enough and bands.in_a_row and limit:
        sanction = bands.in_a_row.sanction
        if bands.in_a_row.stops_salary:
            stops_from = first_of_next_month(long_enough[limit - 1])
    longest = max((len(row) for row, days in zip(rows, in_year, strict=True) if days), default=0)
    return AbsenceOutcome(counted, sanction, longest, tuple(long_enough), stops_from)


def first_of_next_month(day: date) -> date:
    """Return the first day of the month after that of `day`."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
