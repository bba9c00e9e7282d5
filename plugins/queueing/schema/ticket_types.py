"""Tickets, what happened to them and the waits that were foretold, as staff with permission see them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from core.plugin_api import Context
from plugins.queueing import models
from plugins.queueing.schema.setup_types import Counter, PriorityGroup, QueueService, ServicePoint
from plugins.queueing.schema.terms import Channel, EventSource, TicketEventKind, TicketState
from plugins.queueing.services.tickets import label_of
from schema.engine import Connection, Node, batch, column, entity, pages, relation

if TYPE_CHECKING:
    from schema.organisation import Employee

_Employee = Annotated["Employee", strawberry.lazy("schema.organisation")]
_Ticket = Annotated["Ticket", strawberry.lazy("plugins.queueing.schema.ticket_types")]


def _labels(_ctx: Context, tickets: Sequence[Any]) -> list[str]:
    service = models.QueueService
    rows = service.select(service.id, service.prefix).where(service.id.in_({ticket.service_id for ticket in tickets}))
    services = {row.id: row for row in rows}
    return [label_of(models.Ticket(service=services[ticket.service_id], number=ticket.number)) for ticket in tickets]


def _point_of(table: Any) -> Any:
    service = models.QueueService.alias()
    return service.select(service.point).where(service.id == table.service)


def _estimate_of(table: Any) -> Any:
    estimate = models.WaitEstimate.alias()
    return estimate.select(estimate.id).where(estimate.ticket == table.id)


@entity(models.QueueDay, order=("-day", "id"))
class QueueDay(Node):
    """The numbers that a service has given out on a day."""

    service: QueueService | None = relation(models.QueueDay.service, "The service.")
    day: date = column(models.QueueDay.day, "The day.")
    last_number: int = column(models.QueueDay.last_number, "The last number given out.")


@entity(models.TicketEvent, order=("at", "id"))
class TicketEvent(Node):
    """Something that happened to a ticket; events are only ever added."""

    ticket: _Ticket | None = relation(models.TicketEvent.ticket, "The ticket.")
    kind: TicketEventKind = column(models.TicketEvent.kind, "What happened.")
    at: datetime = column(models.TicketEvent.at, "When it happened.")
    recorded_at: datetime = column(models.TicketEvent.recorded_at, "When it was heard of.")
    source: EventSource = column(models.TicketEvent.source, "How it was noted.")
    counter: Counter | None = relation(models.TicketEvent.counter, "At which counter.")
    employee: _Employee | None = relation(models.TicketEvent.employee, "Who served there.")
    detail: str = column(
        models.TicketEvent.detail, "Further facts as JSON, such as the reason; empty for none.", filterable=False
    )


@entity(models.WaitEstimate, order=("-made_at", "id"))
class WaitEstimate(Node):
    """The wait that was foretold to a ticket when it began to wait, in seconds, and what came of it."""

    ticket: _Ticket | None = relation(models.WaitEstimate.ticket, "The ticket.")
    service: QueueService | None = relation(models.WaitEstimate.service, "Its service.")
    made_at: datetime = column(models.WaitEstimate.made_at, "When it was foretold.")
    ahead: int = column(models.WaitEstimate.ahead, "Tickets ahead at that moment.")
    counters: int = column(models.WaitEstimate.counters, "Counters that were open for it.")
    expected: int = column(models.WaitEstimate.expected, "Time of service that the line promised.")
    closed: int = column(models.WaitEstimate.closed, "Known time without service until then, such as breaks.")
    half_low: int = column(models.WaitEstimate.half_low, "Half of all waits should be longer than this and …")
    half_high: int = column(models.WaitEstimate.half_high, "… shorter than this.")
    wide_low: int = column(models.WaitEstimate.wide_low, "Four of five waits should be longer than this and …")
    wide_high: int = column(models.WaitEstimate.wide_high, "… shorter than this.")
    waited: int | None = column(models.WaitEstimate.waited, "The wait that came; null while unknown.")


_HOLDER = "shown to those who serve there; null for others; empty when not given or no longer kept."


@entity(models.Ticket, order=("-day", "number", "id"))
class Ticket(Node):
    """One person's turn at one service on one day (nomor antrean), as its events give it."""

    service: QueueService | None = relation(models.Ticket.service, "The service.")
    point: ServicePoint | None = relation(_point_of, "The service point.")
    day: date = column(models.Ticket.day, "The day, at the service point.")
    number: int | None = column(models.Ticket.number, "Its number; null until the person is there.")
    label: str = batch(
        _labels,
        'What is shown and called, such as "A-012"; the prefix alone without a number.',
        needs=[models.Ticket.service, models.Ticket.number],
    )
    state: TicketState = column(models.Ticket.state, "Where it stands.")
    channel: Channel = column(models.Ticket.channel, "How it came about.")
    priority: PriorityGroup | None = relation(models.Ticket.priority, "The priority group that the person named.")
    is_priority_confirmed: bool = column(models.Ticket.is_priority_confirmed, "Whether staff have confirmed that.")
    slot: str = column(models.Ticket.slot, 'The slot that was booked, "HH:MM"; empty for none.')
    holder_name: str | None = column(models.Ticket.holder_name, f"Name of the holder, {_HOLDER}")
    phone: str | None = column(models.Ticket.phone, f"Telephone of the holder, {_HOLDER}")
    language: str = column(models.Ticket.language, 'Language of the holder, "id" or "en".')
    origin: _Ticket | None = relation(models.Ticket.origin, "The ticket that was passed on and goes on with this one.")
    transferred_to: Connection[_Ticket] = pages(models.Ticket.origin, "The ticket with which this one goes on.")
    counter: Counter | None = relation(models.Ticket.counter, "Counter that last called or served it.")
    employee: _Employee | None = relation(models.Ticket.employee, "Who last called or served it.")
    booked_at: datetime | None = column(models.Ticket.booked_at, "When it was booked.")
    queued_at: datetime | None = column(models.Ticket.queued_at, "When the person was there and began to wait.")
    placed_at: datetime | None = column(
        models.Ticket.placed_at, "Moment that gives its place in the line, where it keeps one from before its wait."
    )
    called_at: datetime | None = column(models.Ticket.called_at, "When it was first called.")
    serving_at: datetime | None = column(models.Ticket.serving_at, "When serving began.")
    ended_at: datetime | None = column(models.Ticket.ended_at, "When it came to its end.")
    calls: int = column(models.Ticket.calls, "How often it was called.")
    wait_seconds: int | None = column(models.Ticket.wait_seconds, "From being there to the first call, seconds.")
    serve_seconds: int | None = column(models.Ticket.serve_seconds, "Serving without time on hold, seconds.")
    local_hour: int | None = column(models.Ticket.local_hour, "Hour in which it began to wait, at the service point.")
    version: int = column(models.Ticket.version, "Version of the row.")
    events: Connection[TicketEvent] = pages(models.TicketEvent.ticket, "What happened to it.")
    estimate: WaitEstimate | None = relation(_estimate_of, "The wait that was foretold.", filterable=False)
