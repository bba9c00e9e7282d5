"""Finds what an address names, or answers 404."""

from flask import abort

from plugins.queueing.models import Counter, PriorityGroup, QueueService, ServicePoint, Ticket
from plugins.queueing.services.tickets import ticket_by_token


def point_named(code: str) -> ServicePoint:
    """Return the service point of an address."""
    point: ServicePoint | None = ServicePoint.get_or_none((ServicePoint.code == code) & ServicePoint.is_active)
    if point is None:
        abort(404)
    return point


def points() -> list[ServicePoint]:
    """Return all service points."""
    return list(ServicePoint.select().where(ServicePoint.is_active).order_by(ServicePoint.name))


def services_of(point: ServicePoint) -> list[QueueService]:
    """Return the services of a point."""
    rows = QueueService.select().where((QueueService.point == point.id) & QueueService.is_active)
    found = list(rows.order_by(QueueService.prefix))
    for service in found:
        service.point = point
    return found


def service_among(services: list[QueueService], given: str | None) -> QueueService | None:
    """Return the service that a form names."""
    return next((service for service in services if str(service.id) == given), None)


def groups() -> list[PriorityGroup]:
    """Return the priority groups that are offered."""
    return list(PriorityGroup.select().where(PriorityGroup.is_active).order_by(PriorityGroup.rank, PriorityGroup.name))


def group_among(offered: list[PriorityGroup], given: str | None) -> int | None:
    """Return the key of the priority group that a form names."""
    return next((group.id for group in offered if str(group.id) == given), None)


def counter_named(point: ServicePoint, number: int) -> Counter:
    """Return a counter of a point."""
    counter: Counter | None = Counter.get_or_none(
        (Counter.point == point.id) & (Counter.number == number) & Counter.is_active
    )
    if counter is None:
        abort(404)
    counter.point = point
    return counter


def counters_of(point: ServicePoint) -> list[Counter]:
    """Return the counters of a point."""
    rows = Counter.select().where((Counter.point == point.id) & Counter.is_active)
    return list(rows.order_by(Counter.number))


def ticket_named(token: str) -> Ticket:
    """Return the ticket of an address."""
    ticket = ticket_by_token(token)
    if ticket is None:
        abort(404)
    return ticket
