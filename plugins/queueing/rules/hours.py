"""Opening hours of a week, the slots in them, and what a local time of day is as a moment.

Times of day are texts "HH:MM"; "24:00" is the end of a day.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from plugins.queueing.terms import HoursKind

Span = tuple[str, str]
"""From when until when, the end not included."""

DAY_MINUTES = 24 * 60
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")


@dataclass(frozen=True)
class HoursLine:
    """A span of a weekday (Monday = 0) in which is served, or a break within it."""

    weekday: int
    starts_at: str
    ends_at: str
    kind: HoursKind = HoursKind.OPEN


class HoursFault(StrEnum):
    """What is wrong with a line of the opening hours."""

    WEEKDAY = "WEEKDAY"
    TIME = "TIME"
    REVERSED = "REVERSED"
    OVERLAP = "OVERLAP"
    BREAK_OUTSIDE = "BREAK_OUTSIDE"
    NOTHING_LEFT = "NOTHING_LEFT"


def is_time(text: str) -> bool:
    """Whether a text is a time of day as the queue writes it."""
    return _TIME.fullmatch(text) is not None


def minute_of(time: str) -> int:
    """Return the minute of the day of a time "HH:MM"."""
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def time_of(minute: int) -> str:
    """Return the time "HH:MM" of a minute of the day (1440: "24:00")."""
    return f"{minute // 60:02}:{minute % 60:02}"


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a minute; spans that only touch do not."""
    return one[0] < other[1] and other[0] < one[1]


def open_spans(lines: Iterable[HoursLine], weekday: int) -> list[Span]:
    """Return when is served on a weekday: the spans of service without the breaks, in order, touching ones joined."""
    todays = [line for line in lines if line.weekday == weekday]
    is_served = bytearray(DAY_MINUTES + 1)
    for kind, value in ((HoursKind.OPEN, 1), (HoursKind.BREAK, 0)):
        for line in todays:
            if line.kind is kind:
                first, last = minute_of(line.starts_at), minute_of(line.ends_at)
                is_served[first:last] = bytes([value]) * max(last - first, 0)
    spans: list[Span] = []
    first = is_served.find(1)
    while first >= 0:
        last = is_served.index(0, first)
        spans.append((time_of(first), time_of(last)))
        first = is_served.find(1, last)
    return spans


def slots_in(spans: Iterable[Span], minutes: int) -> list[Span]:
    """Return the slots of `minutes` in the spans, each span from its own beginning; a shorter rest is none."""
    return [
        (time_of(first), time_of(first + minutes))
        for start, end in spans
        for first in range(minute_of(start), minute_of(end) - minutes + 1, minutes)
    ]


def slot_at(slots: Iterable[Span], time: str) -> str:
    """Return the beginning of the slot that runs at a time, or of the next one; "" after the last."""
    return next((start for start, end in slots if time < end), "")


def faults_of(lines: Sequence[HoursLine]) -> list[tuple[int, HoursFault]]:
    """Return what is wrong with a week of opening hours: the places of the lines, and the fault of each."""
    faults = [(place, fault) for place, line in enumerate(lines) if (fault := _own_fault(line))]
    broken = {place for place, _fault in faults}
    for place, line in enumerate(lines):
        if place in broken:
            continue
        same_day = [
            (other_place, other)
            for other_place, other in enumerate(lines)
            if other_place not in broken and other.weekday == line.weekday
        ]
        span = (line.starts_at, line.ends_at)
        if any(
            other_place < place and other.kind is line.kind and overlap(span, (other.starts_at, other.ends_at))
            for other_place, other in same_day
        ):
            faults.append((place, HoursFault.OVERLAP))
        elif line.kind is HoursKind.BREAK and not _lies_in(span, [other for _place, other in same_day]):
            faults.append((place, HoursFault.BREAK_OUTSIDE))
    if not faults:
        served = {weekday: open_spans(lines, weekday) for weekday in {line.weekday for line in lines}}
        faults = [(place, HoursFault.NOTHING_LEFT) for place, line in enumerate(lines) if not served[line.weekday]]
    return sorted(faults)


def _own_fault(line: HoursLine) -> HoursFault | None:
    if line.weekday not in range(7):
        return HoursFault.WEEKDAY
    if not (is_time(line.starts_at) and is_time(line.ends_at)):
        return HoursFault.TIME
    return None if line.starts_at < line.ends_at else HoursFault.REVERSED


def _lies_in(span: Span, lines: Sequence[HoursLine]) -> bool:
    served = open_spans([line for line in lines if line.kind is HoursKind.OPEN], lines[0].weekday)
    return any(start <= span[0] and span[1] <= end for start, end in served)


def moment_of(day: date, time: str, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) at which it is `time` on the local `day`; of an hour that comes twice, the first.

    A time that is skipped when clocks go forward is as long after the last moment before as it says.
    """
    days, minutes = divmod(minute_of(time), DAY_MINUTES)
    local = datetime.combine(day + timedelta(days=days), datetime.min.time()) + timedelta(minutes=minutes)
    return local.replace(tzinfo=zone).astimezone(UTC)


def local_time(moment: datetime, zone: ZoneInfo) -> tuple[date, str]:
    """Return the day and the time "HH:MM" that a moment has in a zone."""
    local = moment.astimezone(zone)
    return local.date(), f"{local:%H:%M}"


def takes_bookings(starts: datetime, now: datetime, day: date, today: date, *, days_ahead: int, hours: int) -> bool:
    """Whether is booked, now, for what begins at `starts` on `day`: at most `days_ahead`, at least `hours` before."""
    return 0 <= (day - today).days <= days_ahead and days_ahead > 0 and now <= starts - timedelta(hours=hours)
