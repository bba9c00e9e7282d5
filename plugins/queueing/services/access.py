"""What the staff of a service point may lay hands on: its counters and its tickets."""

from typing import Any

from core.plugin_api import N_, Context, as_condition, fetch, not_found, refuse, require, visible
from plugins.queueing.models import Counter, QueueService, ServicePoint, Ticket
from plugins.queueing.services.numbers import locked

SERVE = "queueing.serve"


def counter_to_serve_at(ctx: Context, counter_id: int) -> Counter:
    """Return a counter at which the actor may serve."""
    counter = fetch(Counter, counter_id, ctx, "input", "counterId")
    require(ctx, SERVE, counter, "input", "counterId")
    if not counter.is_active:
        text = N_("Counter {counter} is not in use. Choose another, or have it put into use.")
        raise refuse("COUNTER_INACTIVE", text, "input", "counterId", counter=counter.number)
    return counter


def ticket_to_serve(ctx: Context, ticket_id: int, counter: Counter | None = None) -> Ticket:
    """Return a ticket that the actor may change, one of the point of `counter` if that is given."""
    ticket = fetch(Ticket, ticket_id, ctx, "input", "ticketId")
    if counter is None:
        require(ctx, SERVE, ticket, "input", "ticketId")
    elif ticket.service.point_id != counter.point_id:
        raise not_found("input", "ticketId", id=f"Ticket:{ticket_id}")
    return ticket


def visible_tickets(ctx: Context) -> Any:
    """Return which tickets the actor sees, as a condition."""
    return as_condition(visible(ctx.actor, Ticket))


def hold_point(point_id: int) -> ServicePoint:
    """Hold a service point until the transaction ends: its counters choose whom to call one after the other."""
    # As NO KEY UPDATE it hinders nobody who writes rows that point to it.
    point: ServicePoint = locked(ServicePoint.select().where(ServicePoint.id == point_id), "FOR NO KEY UPDATE").get()
    return point


def service_in_use(service_id: int) -> QueueService:
    """Return a service that is offered now, for whoever asks."""
    service: QueueService | None = (
        QueueService.select(QueueService, ServicePoint)
        .join(ServicePoint)
        .where((QueueService.id == service_id) & QueueService.is_active & ServicePoint.is_active)
        .first()
    )
    if service is None:
        raise not_found("input", "serviceId", id=f"QueueService:{service_id}")
    return service
