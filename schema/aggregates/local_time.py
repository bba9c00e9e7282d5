"""Local days and spans of time in SQL, the same on both databases: weeks begin on Monday, days at local midnight."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import peewee as pw

from core.database import is_sqlite
from schema.aggregates.terms import TimeBucket
from schema.engine.sql import bound

_FIRST_YEAR, _LAST_YEAR = 1970, 2100


@cache
def offsets(zone: str) -> tuple[tuple[datetime, int], ...]:
    """Return from which moment (naive UTC) the zone is how many seconds ahead of UTC, the latest first.

    Of 1970 to 2100; both databases count by this list, so that neither's own list of time zones matters.
    """
    found: list[tuple[datetime, int]] = []
    moment = datetime(_FIRST_YEAR, 1, 1)  # noqa: DTZ001 - naive UTC, as tables store it
    step = timedelta(days=14)
    found.append((moment, _seconds(zone, moment)))
    while moment.year < _LAST_YEAR:
        later = moment + step
        if _seconds(zone, later) != found[-1][1]:
            changed = _change(zone, moment, later)
            found.append((changed, _seconds(zone, changed)))
        moment = later
    return tuple(reversed(found))


def _change(zone: str, before: datetime, after: datetime) -> datetime:
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if _seconds(zone, middle) == _seconds(zone, before):
            before = middle
        else:
            after = middle
    return after


def _seconds(zone: str, moment: datetime) -> int:
    offset = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


def local_day(moment: Any, zone: str) -> Any:
    """Return the SQL of the day in the zone at a moment in UTC."""
    known = offsets(zone)
    if is_sqlite():
        shifts: Any = [(_text(since), f"{seconds} seconds") for since, seconds in known]
    else:
        shifts = [(since, timedelta(seconds=seconds)) for since, seconds in known]
    shift: Any = bound(shifts[-1][1])
    if len(shifts) > 1:
        cases = tuple((moment >= bound(since), bound(value)) for since, value in shifts[:-1])
        shift = pw.Case(None, cases, shift)
    if is_sqlite():
        return pw.fn.DATE(moment, shift)
    return pw.Cast(pw.Expression(moment, "+", shift), "DATE")


def _text(moment: datetime) -> str:
    return str(moment)


def bucket_of(day: Any, bucket: TimeBucket) -> Any:
    """Return the SQL of the first day of the span in which a day lies."""
    if bucket is TimeBucket.DAY:
        return day
    if not is_sqlite():
        return pw.Cast(pw.fn.DATE_TRUNC(bucket.value.lower(), pw.Cast(day, "TIMESTAMP")), "DATE")
    if bucket is TimeBucket.WEEK:
        back = pw.Expression(_number("%w", day) + 6, "%", 7)
        return pw.fn.DATE(day, _back(back, " days"))
    if bucket is TimeBucket.QUARTER:
        back = pw.Expression(_number("%m", day) - 1, "%", 3)
        return pw.fn.DATE(day, "start of month", _back(back, " months"))
    return pw.fn.DATE(day, f"start of {bucket.value.lower()}")


def _back(steps: Any, unit: str) -> Any:
    # 0 - steps, since peewee takes a leading minus for a descending order.
    return pw.Expression(pw.Expression(pw.SQL("0"), "-", steps), "||", pw.Value(unit))


def _number(part: str, day: Any) -> Any:
    return pw.Cast(pw.fn.STRFTIME(part, day), "INTEGER")
