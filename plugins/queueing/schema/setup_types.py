"""The set-up of the queue as clients see it: points, hours, services, quotas, counters, shifts, priority groups."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from plugins.queueing import models
from plugins.queueing.schema.terms import HoursKind, InterventionKind, PriorityRule
from schema.engine import Connection, Node, column, entity, pages, relation

if TYPE_CHECKING:
    from plugins.queueing.schema.ticket_types import QueueDay, Ticket, TicketEvent
    from schema.organisation import Employee, WorkUnit

_Employee = Annotated["Employee", strawberry.lazy("schema.organisation")]
_WorkUnit = Annotated["WorkUnit", strawberry.lazy("schema.organisation")]
_Point = Annotated["ServicePoint", strawberry.lazy("plugins.queueing.schema.setup_types")]
_Service = Annotated["QueueService", strawberry.lazy("plugins.queueing.schema.setup_types")]
_Counter = Annotated["Counter", strawberry.lazy("plugins.queueing.schema.setup_types")]
_Ticket = Annotated["Ticket", strawberry.lazy("plugins.queueing.schema.ticket_types")]
_TicketEvent = Annotated["TicketEvent", strawberry.lazy("plugins.queueing.schema.ticket_types")]
_QueueDay = Annotated["QueueDay", strawberry.lazy("plugins.queueing.schema.ticket_types")]

_VERSION = "Version to name in a change."


@entity(models.OpeningHours, order=("weekday", "starts_at"))
class OpeningHours(Node):
    """A span of a weekday in which a service point serves, or a break within it (jam layanan)."""

    point: _Point | None = relation(models.OpeningHours.point, "The service point.")
    weekday: int = column(models.OpeningHours.weekday, "Day of the week, from Monday = 0.")
    kind: HoursKind = column(models.OpeningHours.kind, "Service or a break.")
    starts_at: str = column(models.OpeningHours.starts_at, 'When it begins, "HH:MM" at the service point.')
    ends_at: str = column(models.OpeningHours.ends_at, 'When it ends, "HH:MM" at the service point.')
    version: int = column(models.OpeningHours.version, _VERSION)


@entity(models.Closure, order=("day",))
class Closure(Node):
    """A day of its own on which a service point is closed, besides those of the institution's calendar."""

    point: _Point | None = relation(models.Closure.point, "The service point.")
    day: date = column(models.Closure.day, "The day.")
    name: str = column(models.Closure.name, "Why.")
    version: int = column(models.Closure.version, _VERSION)


@entity(models.PriorityGroup, order=("rank", "code"))
class PriorityGroup(Node):
    """People who go first (kelompok rentan, UU 25/2009 Pasal 29): they say so themselves, staff confirm it."""

    code: str = column(models.PriorityGroup.code, "Short code, unique.")
    name: str = column(models.PriorityGroup.name, "Name in Indonesian.")
    name_en: str = column(models.PriorityGroup.name_en, "Name in English; empty for none.")
    rank: int = column(models.PriorityGroup.rank, "Place in the choice on screens.")
    source: str = column(models.PriorityGroup.source, "What it rests on, such as an article of a law.")
    is_active: bool = column(models.PriorityGroup.is_active, "Whether it is offered.")
    version: int = column(models.PriorityGroup.version, _VERSION)


@entity(models.ServiceQuota, order=("day", "weekday", "slot"))
class ServiceQuota(Node):
    """How many tickets a service gives out on a day or in a slot of it; the most particular quota counts (kuota)."""

    service: _Service | None = relation(models.ServiceQuota.service, "The service.")
    day: date | None = column(models.ServiceQuota.day, "The one day that it is for; null for no particular one.")
    weekday: int | None = column(models.ServiceQuota.weekday, "Day of the week, from Monday = 0; null for every one.")
    slot: str = column(models.ServiceQuota.slot, 'When the slot begins, "HH:MM"; empty for the whole day.')
    quota: int = column(models.ServiceQuota.quota, "Most tickets.")
    walk_in_reserve: int = column(models.ServiceQuota.walk_in_reserve, "Of these, kept for people without a booking.")
    version: int = column(models.ServiceQuota.version, _VERSION)


@entity(models.CounterService, order=("id",))
class CounterService(Node):
    """A service that a counter may serve."""

    counter: _Counter | None = relation(models.CounterService.counter, "The counter.")
    service: _Service | None = relation(models.CounterService.service, "The service.")


@entity(models.CounterShift, order=("-day", "starts_at"))
class CounterShift(Node):
    """Who serves at a counter on a day, from when until when (jadwal petugas loket)."""

    counter: _Counter | None = relation(models.CounterShift.counter, "The counter.")
    employee: _Employee | None = relation(models.CounterShift.employee, "Who serves.")
    day: date = column(models.CounterShift.day, "The day.")
    starts_at: str = column(models.CounterShift.starts_at, 'From, "HH:MM" at the service point.')
    ends_at: str = column(models.CounterShift.ends_at, 'Until, "HH:MM" at the service point.')
    version: int = column(models.CounterShift.version, _VERSION)


@entity(models.Counter, order=("number",))
class Counter(Node):
    """A counter (loket) of a service point."""

    point: _Point | None = relation(models.Counter.point, "The service point.")
    number: int = column(models.Counter.number, "What citizens read and hear.")
    name: str = column(models.Counter.name, "Name; empty for none.")
    is_active: bool = column(models.Counter.is_active, "Whether it is used.")
    version: int = column(models.Counter.version, _VERSION)
    services: Connection[CounterService] = pages(models.CounterService.counter, "What may be served there.")
    shifts: Connection[CounterShift] = pages(models.CounterShift.counter, "Who serves there, and when.")
    tickets: Connection[_Ticket] = pages(models.Ticket.counter, "Tickets that were last called or served there.")
    events: Connection[_TicketEvent] = pages(models.TicketEvent.counter, "What happened at the counter.")


@entity(models.QueueService, order=("prefix",))
class QueueService(Node):
    """A service at a service point, with a queue and numbers of its own (layanan)."""

    point: _Point | None = relation(models.QueueService.point, "The service point.")
    unit: _WorkUnit | None = relation(models.QueueService.unit, "The unit whose service it is.")
    code: str = column(models.QueueService.code, "Short code, unique at the point.")
    name: str = column(models.QueueService.name, "Name.")
    prefix: str = column(models.QueueService.prefix, "What its tickets begin with.")
    target_wait_minutes: int = column(models.QueueService.target_wait_minutes, "Nobody should wait longer, minutes.")
    target_serve_minutes: int = column(models.QueueService.target_serve_minutes, "Time to serve one person, minutes.")
    books_ahead_days: int = column(models.QueueService.books_ahead_days, "Days ahead that can be booked; 0: none.")
    booking_ends_hours: int = column(
        models.QueueService.booking_ends_hours, "Booking of a slot ends so many hours before it."
    )
    requirements: str = column(models.QueueService.requirements, "What to bring (persyaratan).")
    is_active: bool = column(models.QueueService.is_active, "Whether it is offered.")
    version: int = column(models.QueueService.version, _VERSION)
    quotas: Connection[ServiceQuota] = pages(models.ServiceQuota.service, "How many tickets it gives out.")
    counters: Connection[CounterService] = pages(models.CounterService.service, "Where it may be served.")
    days: Connection[_QueueDay] = pages(models.QueueDay.service, "Numbers given out, by day.")
    tickets: Connection[_Ticket] = pages(models.Ticket.service, "Its tickets.")
    interventions: Connection[Annotated["Intervention", strawberry.lazy("plugins.queueing.schema.setup_types")]] = (
        pages(models.Intervention.service, "What was done so that its waits fall.")
    )


@entity(models.Intervention, order=("-day",))
class Intervention(Node):
    """Something that was done on a day so that waiting falls (intervensi)."""

    point: _Point | None = relation(models.Intervention.point, "The service point.")
    service: QueueService | None = relation(models.Intervention.service, "The service; null for all of the point.")
    kind: InterventionKind = column(models.Intervention.kind, "Its kind.")
    name: str = column(models.Intervention.name, "What was done.")
    day: date = column(models.Intervention.day, "First day on which it held.")
    note: str = column(models.Intervention.note, "Further words.")
    version: int = column(models.Intervention.version, _VERSION)


@entity(models.ServicePoint, order=("code",))
class ServicePoint(Node):
    """A place where citizens are served: an office, a health centre, a public-service mall (MPP)."""

    unit: _WorkUnit | None = relation(models.ServicePoint.unit, "The unit that runs it.")
    code: str = column(models.ServicePoint.code, "Short code, unique; it stands in addresses.")
    name: str = column(models.ServicePoint.name, "Name.")
    address: str = column(models.ServicePoint.address, "Where it is.")
    time_zone: str = column(models.ServicePoint.time_zone, "Its time zone; empty for that of the institution.")
    slot_minutes: int = column(models.ServicePoint.slot_minutes, "Length of a slot for bookings, minutes.")
    priority_rule: PriorityRule = column(models.ServicePoint.priority_rule, "How people of priority groups are called.")
    priority_every: int = column(models.ServicePoint.priority_every, "n of the rule ONE_IN_N.")
    recalls_allowed: int = column(models.ServicePoint.recalls_allowed, "Calls after the first before a no-show.")
    grace_minutes: int = column(models.ServicePoint.grace_minutes, "A booking lapses so long after its slot.")
    keeps_national_holidays: bool = column(
        models.ServicePoint.keeps_national_holidays, "Whether it is closed on national holidays."
    )
    keeps_regional_holidays: bool = column(
        models.ServicePoint.keeps_regional_holidays, "Whether it is closed on regional holidays."
    )
    keeps_collective_leave: bool = column(
        models.ServicePoint.keeps_collective_leave, "Whether it is closed on days of collective leave (cuti bersama)."
    )
    is_active: bool = column(models.ServicePoint.is_active, "Whether it serves.")
    version: int = column(models.ServicePoint.version, _VERSION)
    hours: Connection[OpeningHours] = pages(models.OpeningHours.point, "When it serves, and its breaks.")
    closures: Connection[Closure] = pages(models.Closure.point, "Days on which it is closed.")
    services: Connection[QueueService] = pages(models.QueueService.point, "What is served there.")
    counters: Connection[Counter] = pages(models.Counter.point, "Its counters (loket).")
    interventions: Connection[Intervention] = pages(models.Intervention.point, "What was done so that waits fall.")
