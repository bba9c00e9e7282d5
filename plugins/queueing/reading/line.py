"""Who waits, in the order in which they would be called."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import peewee as pw

from core.organisation.services.changing import rows_of
from plugins.queueing.models import QueueService, ServicePoint, Ticket, TicketEvent
from plugins.queueing.rules.line import fair_order
from plugins.queueing.terms import PriorityRule, TicketEventKind, TicketState

AS_THEY_CAME = (pw.fn.COALESCE(Ticket.placed_at, Ticket.queued_at), Ticket.id)
"""The order of tickets in a line: as their holders came, also before they were handed on."""


def waiting_line(service_ids: Iterable[int], day: date) -> list[Ticket]:
    """Return who waits for any of some services of a point on a day, in the order in which they would be called."""
    services = sorted(set(service_ids))
    rows = QueueService.select(QueueService, ServicePoint).join(ServicePoint).where(QueueService.id.in_(services))
    return _in_order(services, _as_they_came({service.id: service for service in rows}, day))


def _in_order(services: Sequence[int], waiting: list[Ticket]) -> list[Ticket]:
    """Return waiting tickets of services on one day, given as they came, in the order in which they would be called."""
    if not waiting or all(ticket.priority_id is None for ticket in waiting):
        return waiting
    point: ServicePoint = waiting[0].service.point
    others = None
    if point.priority_rule is PriorityRule.ONE_IN_N:
        others = _others_since(services, waiting[0].day, point.priority_every)
    return fair_order(waiting, goes_first, point.priority_rule, point.priority_every, others)


def ahead_of(ticket: Ticket) -> int:
    """Return how many of the same service would be called before a ticket that waits, or is booked and came now."""
    line = _in_order([ticket.service_id], _as_they_came({ticket.service_id: ticket.service}, ticket.day))
    places = [place for place, other in enumerate(line) if other.id == ticket.id]
    if places:
        return places[0]
    return len(line) if ticket.state is TicketState.BOOKED else 0


def _as_they_came(by_id: Mapping[int, QueueService], day: date) -> list[Ticket]:
    """Return the waiting tickets of services on a day as they came, with these services."""
    waiting = (
        Ticket.select()
        .where(Ticket.service.in_(list(by_id)) & (Ticket.day == day) & (Ticket.state == TicketState.WAITING))
        .order_by(*AS_THEY_CAME)
    )
    tickets = list(waiting)
    # Few services, many tickets: each service is read once.
    for ticket in tickets:
        ticket.service = by_id[ticket.service_id]
    return tickets


def goes_first(ticket: Ticket) -> bool:
    """Whether the holder of a ticket declared a priority that nobody denied."""
    return ticket.priority_id is not None


def _others_since(service_ids: Sequence[int], day: date, every: int) -> int | None:
    """Return how many others were called since the last of a priority group, up to as many as have to be between."""
    latest = rows_of(
        TicketEvent.select(Ticket.priority)
        .join(Ticket)
        .where(
            Ticket.service.in_(list(service_ids))
            & (Ticket.day == day)
            & Ticket.called_at.is_null(False)
            & (TicketEvent.kind == TicketEventKind.CALLED)
        )
        .order_by(TicketEvent.at.desc(), TicketEvent.id.desc())
        .limit(max(every - 1, 0))
    )
    return next((place for place, (priority,) in enumerate(latest) if priority is not None), None)
