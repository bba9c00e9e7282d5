"""Years of service: since when they are counted, how many are full, and what is left over in days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Service:
    """Service that is counted: `since` None while it is interrupted, or where nobody knows when it began."""

    since: date | None
    years: int = 0
    days: int = 0


def years_later(day: date, years: int) -> date:
    """Return the day on which so many years are full; those since 29 February are on 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def start_in_number(number: str) -> date | None:
    """Return the first day as CPNS (TMT CPNS) that the NIP of a PNS carries: positions 9-14, the 1st of that month."""
    if len(number) != 18 or not number.isdecimal():
        return None
    year, month = int(number[8:12]), int(number[12:14])
    return date(year, month, 1) if 1 <= month <= 12 and year >= 1900 else None


def first_day(number: str, joined_on: date | None) -> date | None:
    """Return since when somebody serves without a break: the later of the NIP's TMT and the recorded first day.

    Of a PPPK, whose number carries a year only, the recorded day.
    """
    known = [day for day in (start_in_number(number), joined_on) if day is not None]
    return max(known, default=None)


def service_on(day: date, start: date | None, interruptions: Iterable[date | None] = ()) -> Service:
    """Return the service counted on `day`; counting begins anew on the day after each interruption's last day.

    An interruption without a last day, or one that is not over, leaves nothing to count.
    """
    if start is None:
        return Service(None)
    since = start
    for last in interruptions:
        if last is None or last >= day:
            return Service(None)
        since = max(since, last + _ONE_DAY)
    if since > day:
        return Service(since)
    years = day.year - since.year
    if years_later(since, years) > day:
        years -= 1
    return Service(since, years, (day - years_later(since, years)).days)
