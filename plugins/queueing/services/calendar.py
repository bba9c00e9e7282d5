"""The calendar of a service point: when it serves, which slots are booked, and how many tickets are left.

What stands in the way is refused here: a closed day, an unknown slot, a time when nothing is booked, a full quota.
"""

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import peewee as pw

from core.organisation.services.changing import rows_of
from core.plugin_api import N_, refuse
from core.settings import Settings
from core.workdays.models import Holiday
from core.workdays.terms import HolidayKind
from plugins.queueing.models import Closure, OpeningHours, QueueService, ServicePoint, ServiceQuota, Ticket
from plugins.queueing.rules.hours import (
    HoursLine,
    Span,
    local_time,
    moment_of,
    open_spans,
    slot_at,
    slots_in,
    takes_bookings,
)
from plugins.queueing.rules.quotas import QuotaLine, Taken, free_of, quota_for
from plugins.queueing.terms import Channel, TicketState


@dataclass(frozen=True)
class Slot:
    """A slot of a service's day: its quota (None: no limit), the tickets taken, and what is free to be booked.

    Where the quota is one of the whole day, `quota`, `taken` and `free` are those of the day in each of its slots.
    """

    day: date
    starts_at: str
    ends_at: str
    quota: int | None
    taken: int
    free: int | None


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def zone_of(point: ServicePoint, settings: Settings) -> ZoneInfo:
    """Return the time zone of a service point, that of the institution where it has none of its own."""
    return _zone(point.time_zone or settings.time_zone)


def local_day(point: ServicePoint, now: datetime, settings: Settings) -> date:
    """Return which day it is at a service point."""
    return local_time(now, zone_of(point, settings))[0]


def kinds_kept(point: ServicePoint) -> list[HolidayKind]:
    """Return which kinds of days in the institution's calendar of holidays close a point."""
    kept: dict[HolidayKind, bool] = {
        HolidayKind.NATIONAL: point.keeps_national_holidays,
        HolidayKind.REGIONAL: point.keeps_regional_holidays,
        HolidayKind.COLLECTIVE_LEAVE: point.keeps_collective_leave,
    }
    return [kind for kind, is_kept in kept.items() if is_kept]


def closed_days(point: ServicePoint, first: date, last: date) -> dict[date, str]:
    """Return the days from `first` to `last` on which a point that would be open is closed, with the reason of each.

    Of several reasons its own comes before those of the calendar.
    """
    closed: dict[date, str] = {}
    kinds = kinds_kept(point)
    if kinds:
        holidays = Holiday.select(Holiday.day, Holiday.name).where(
            Holiday.day.between(first, last) & Holiday.kind.in_(kinds)
        )
        closed |= {row.day: row.name for row in holidays.order_by(Holiday.day, Holiday.id)}
    own = Closure.select(Closure.day, Closure.name).where(
        (Closure.point == point.id) & Closure.day.between(first, last)
    )
    return closed | {row.day: row.name for row in own}


def opening_lines(point: ServicePoint) -> list[HoursLine]:
    """Return the opening hours of a point as its rules have them."""
    rows = OpeningHours.select().where(OpeningHours.point == point.id)
    return [HoursLine(row.weekday, row.starts_at, row.ends_at, row.kind) for row in rows]


def days_with_spans(point: ServicePoint, first: date, last: date) -> dict[date, list[Span]]:
    """Return the days from `first` to `last` on which a point serves, each with its spans, in order."""
    lines, closed = opening_lines(point), closed_days(point, first, last)
    week = [open_spans(lines, weekday) for weekday in range(7)]
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return {day: week[day.weekday()] for day in days if day not in closed and week[day.weekday()]}


def spans_of(point: ServicePoint, day: date) -> list[Span]:
    """Return from when until when a point serves on a day; nothing where it is closed."""
    return days_with_spans(point, day, day).get(day, [])


def is_open(point: ServicePoint, day: date) -> bool:
    """Whether a point serves on a day."""
    return bool(spans_of(point, day))


def slot_now(point: ServicePoint, now: datetime, settings: Settings, spans: Sequence[Span]) -> str:
    """Return the beginning of the slot in which somebody who comes now is served: this one, or the next of the `spans`.

    Whoever comes before the doors open or in a break counts in the slot that follows; "" stands for after the last.
    """
    _day, time = local_time(now, zone_of(point, settings))
    return slot_at(slots_in(spans, point.slot_minutes), time)


def slots_of(service: QueueService, day: date) -> list[Slot]:
    """Return the slots of a service on a day, in order; nothing where its point is closed."""
    return slots_between(service, day, day)


def slots_between(service: QueueService, first: date, last: date) -> list[Slot]:
    """Return the slots of a service from `first` to `last`, in order; as many statements as for one day."""
    days = days_with_spans(service.point, first, last)
    lines, taken = (_quotas(service.id), _taken_by_day(service.id, first, last)) if days else ([], {})
    slots = []
    for day, spans in days.items():
        for starts_at, ends_at in slots_in(spans, service.point.slot_minutes):
            line = quota_for(lines, day, starts_at)
            used = _taken_of(taken.get(day, {}), line.slot if line else starts_at)
            free = free_of(line, used, is_booking=True) if line else None
            slots.append(Slot(day, starts_at, ends_at, line.quota if line else None, used.tickets, free))
    return slots


def check_bookable(service: QueueService, day: date, slot: str, now: datetime, settings: Settings) -> None:
    """Refuse a booking that comes too early or too late, on a day without service, or for a slot that there is not."""
    point = service.point
    today, spans = local_day(point, now, settings), spans_of(point, day)
    if service.books_ahead_days == 0:
        text = N_("{service} takes no bookings. Come in the opening hours and take a number.")
        raise refuse("BOOKING_NOT_OFFERED", text, "input", "serviceId", service=service.name)
    if not 0 <= (day - today).days <= service.books_ahead_days:
        text = N_("On {day} nothing can be booked now. Choose a day from {first} to {last}.")
        last = today + timedelta(days=service.books_ahead_days)
        raise refuse("BOOKING_DAY", text, "input", "day", day=day, first=today, last=last)
    check_open(point, day, spans)
    slots = dict(slots_in(spans, point.slot_minutes))
    if slot and slot not in slots:
        text = N_("At {slot} no slot begins on {day}. Choose one of {slots}.")
        listed = ", ".join(slots) or "-"
        raise refuse("SLOT_UNKNOWN", text, "input", "slot", slot=slot, day=day, slots=listed)
    # A booking of the day as a whole is open as long as one could still come on time for its last slot.
    starts = moment_of(day, slot or max(slots, default=spans[-1][0]), zone_of(point, settings))
    ahead, hours = service.books_ahead_days, service.booking_ends_hours
    if not takes_bookings(starts, now, day, today, days_ahead=ahead, hours=hours):
        text = N_("Booking ends {hours} hours before. Choose a later slot or day, or come and take a number.")
        raise refuse("BOOKING_ENDED", text, "input", "slot" if slot else "day", hours=hours)


def check_open(point: ServicePoint, day: date, spans: Sequence[Span] | None = None) -> None:
    """Refuse a day on which a point does not serve, with the reason; `spans` are those of the day, if known."""
    if spans_of(point, day) if spans is None else spans:
        return
    reason = closed_days(point, day, day).get(day)
    if reason:
        text = N_("{point} is closed on {day}: {reason}. Choose another day.")
        raise refuse("POINT_CLOSED", text, "input", "day", point=point.name, day=day, reason=reason)
    text = N_("{point} has no opening hours on {day}. Choose another day.")
    raise refuse("POINT_CLOSED", text, "input", "day", point=point.name, day=day)


def check_quota(service: QueueService, day: date, slot: str, channel: Channel) -> None:
    """Refuse one more ticket where the quota is used up; asked while the day of the service is locked.

    A quota of a slot counts only tickets of that slot: whoever comes without a booking counts in the running one
    (`slot_now`) if the ticket says so.
    """
    line = quota_for(_quotas(service.id), day, slot)
    if line is None:
        return
    is_booking = channel is Channel.ONLINE
    taken = _taken(service.id, day)
    if free_of(line, _taken_of(taken, line.slot), is_booking=is_booking) > 0:
        return
    params = {"service": service.name, "day": day, "slot": slot, "quota": line.quota}
    if is_booking and line.slot:
        text = N_("At {slot} on {day} nothing is left of {service}. Choose another slot or day.")
        raise refuse("QUOTA_FULL", text, "input", "slot", **params)
    if is_booking:
        text = N_("On {day} nothing is left to book of {service}. Choose another day.")
        raise refuse("QUOTA_FULL", text, "input", "day", **params)
    text = N_("All {quota} numbers of {service} are given out. Book another day, or ask the staff.")
    raise refuse("QUOTA_FULL", text, "input", "serviceId", **params)


def _quotas(service_id: int) -> list[QuotaLine]:
    rows = ServiceQuota.select().where(ServiceQuota.service == service_id)
    return [QuotaLine(row.quota, row.walk_in_reserve, row.day, row.weekday, row.slot) for row in rows]


def _taken(service_id: int, day: date) -> Mapping[tuple[str, bool], int]:
    return _taken_by_day(service_id, day, day).get(day, {})


def _taken_by_day(service_id: int, first: date, last: date) -> Mapping[date, Mapping[tuple[str, bool], int]]:
    """Return the tickets of each day by slot and whether they were booked; what was cancelled is free again.

    A ticket that comes from a transfer takes nothing: its holder was let in with the first one.
    """
    counts = rows_of(
        Ticket.select(Ticket.day, Ticket.slot, Ticket.channel, pw.fn.COUNT(Ticket.id))
        .where(
            (Ticket.service == service_id)
            & Ticket.day.between(first, last)
            & (Ticket.state != TicketState.CANCELLED)
            & Ticket.origin.is_null()
        )
        .group_by(Ticket.day, Ticket.slot, Ticket.channel)
    )
    taken: dict[date, Tally[tuple[str, bool]]] = {}
    for day, slot, channel, number in counts:
        taken.setdefault(day, Tally())[slot, channel is Channel.ONLINE] += number
    return taken


def _taken_of(taken: Mapping[tuple[str, bool], int], slot: str) -> Taken:
    """Return what was taken of a slot, of the whole day for ""."""
    fitting = {key: number for key, number in taken.items() if slot in {"", key[0]}}
    return Taken(sum(fitting.values()), sum(number for (_slot, booked), number in fitting.items() if booked))
