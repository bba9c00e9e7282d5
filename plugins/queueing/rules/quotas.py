"""Which quota counts, and how many tickets it still leaves, to bookings and to those who come without one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class QuotaLine:
    """So many tickets on a `day`, or on a `weekday`, or on any; in one `slot` of it, or in the whole day ("")."""

    quota: int
    walk_in_reserve: int = 0
    day: date | None = None
    weekday: int | None = None
    slot: str = ""


@dataclass(frozen=True)
class Taken:
    """Tickets that a quota has given out, and how many of them were booked online."""

    tickets: int = 0
    booked: int = 0


def quota_for(lines: Iterable[QuotaLine], day: date, slot: str) -> QuotaLine | None:
    """Return the quota that counts for a slot of a day ("": for the day): the most particular one, None without any.

    In this order: of the day and slot, of the day, of the weekday and slot, of the weekday, of the slot, of any day.
    """
    fitting = [
        line
        for line in lines
        if line.slot in {"", slot}
        and line.day in {None, day}
        and (line.day is not None or line.weekday in {None, day.weekday()})
    ]
    return max(fitting, key=_rank, default=None)


def _rank(line: QuotaLine) -> tuple[bool, bool, bool]:
    return line.day is not None, line.weekday is not None and line.day is None, line.slot != ""


def free_of(line: QuotaLine, taken: Taken, *, is_booking: bool) -> int:
    """Return how many tickets a quota leaves; bookings do not touch what is kept for those who come without one."""
    rest = line.quota - taken.tickets
    if is_booking:
        rest = min(rest, line.quota - line.walk_in_reserve - taken.booked)
    return max(rest, 0)
