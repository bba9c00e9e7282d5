"""Who sees the rows of the queue, and who may do what.

What is active of the set-up is for everybody, since citizens choose among it without an account. Shifts, tickets and
what is learned from them are for those who read the unit of the service or of its point; everybody sees the own
shifts and the tickets that they served. Who a ticket belongs to, only those see who serve there.
"""

from collections.abc import Callable, Iterable
from typing import Any

from core.organisation.models import WorkUnit
from core.organisation.scope import read_paths, unit_within
from core.plugin_api import ActEntry, Actor, PolicyEntry, among, either
from plugins.queueing.models import (
    Closure,
    Counter,
    CounterService,
    CounterShift,
    Intervention,
    OpeningHours,
    PriorityGroup,
    QueueDay,
    QueueService,
    ServicePoint,
    ServiceQuota,
    Ticket,
    TicketEvent,
    WaitEstimate,
)
from plugins.queueing.roles import IMPORT, MANAGE, READ, SERVE

Paths = Iterable[str]


def _among(column: Any, model: Any, rows: Callable[[Any], Any]) -> Any:
    """Return where `column` points to one of the rows of `model` that `rows(table)` describes."""
    table = model.alias()
    chosen = rows(table)
    return chosen if isinstance(chosen, bool) else among(column, table.select(table.id).where(chosen))


def _in_list(column: Any, model: Any, rows: Callable[[Any], Any]) -> Any:
    """Return the same, for a short list that is found before the long table of `column` is looked through."""
    table = model.alias()
    chosen = rows(table)
    return chosen if isinstance(chosen, bool) else column.in_(table.select(table.id).where(chosen))


def _both(left: Any, right: Any) -> Any:
    if left is False or right is False:
        return False
    if left is True:
        return right
    return left if right is True else left & right


def points_within(point: Any, paths: Paths) -> Any:
    """Return the service points (a model or alias) that belong to units in one of the subtrees."""
    return unit_within(point.unit, paths)


def services_within(service: Any, paths: Paths) -> Any:
    """Return the services whose unit, or whose point's unit, lies in one of the subtrees."""
    paths = tuple(paths)
    at_points = _in_list(service.point, ServicePoint, lambda point: points_within(point, paths))
    return either(unit_within(service.unit, paths), at_points)


def _is_active(table: Any) -> Any:
    return table.is_active == True  # noqa: E712 - SQL


def _point(actor: Actor, t: Any) -> Any:
    return either(_is_active(t), points_within(t, read_paths(actor, READ)))


def _at_point(actor: Actor, t: Any) -> Any:
    return _among(t.point, ServicePoint, lambda point: _point(actor, point))


def _service(actor: Actor, t: Any) -> Any:
    at_open_point = _both(_is_active(t), _among(t.point, ServicePoint, _is_active))
    return either(at_open_point, services_within(t, read_paths(actor, READ)))


def _counter(actor: Actor, t: Any) -> Any:
    at_open_point = _both(_is_active(t), _among(t.point, ServicePoint, _is_active))
    paths = read_paths(actor, READ)
    return either(at_open_point, _in_list(t.point, ServicePoint, lambda point: points_within(point, paths)))


def _of_service(actor: Actor, t: Any) -> Any:
    return _among(t.service, QueueService, lambda service: _service(actor, service))


def _counter_service(actor: Actor, t: Any) -> Any:
    return _both(_among(t.counter, Counter, lambda counter: _counter(actor, counter)), _of_service(actor, t))


def _group(actor: Actor, t: Any) -> Any:
    return True if read_paths(actor, READ) else _is_active(t)


def _shift(actor: Actor, t: Any) -> Any:
    def there(counter: Any) -> Any:
        return _in_list(counter.point, ServicePoint, lambda point: points_within(point, read_paths(actor, READ)))

    return either(_own(actor, t), _in_list(t.counter, Counter, there))


def _own(actor: Actor, t: Any) -> Any:
    return False if actor.employee_id is None else t.employee == actor.employee_id


def _read_by_service(actor: Actor, t: Any) -> Any:
    paths = read_paths(actor, READ)
    return _in_list(t.service, QueueService, lambda service: services_within(service, paths))


def _ticket(actor: Actor, t: Any) -> Any:
    return either(_own(actor, t), _read_by_service(actor, t))


def _of_ticket(actor: Actor, t: Any) -> Any:
    return _among(t.ticket, Ticket, lambda ticket: _ticket(actor, ticket))


def _intervention(actor: Actor, t: Any) -> Any:
    paths = read_paths(actor, READ)
    at_point = _in_list(t.point, ServicePoint, lambda point: points_within(point, paths))
    return either(at_point, _read_by_service(actor, t))


def _holder(actor: Actor, t: Any) -> Any:
    paths = actor.paths(SERVE)
    return _in_list(t.service, QueueService, lambda service: services_within(service, paths))


def _never(_actor: Actor, _table: Any) -> bool:
    return False


_OF_TICKET = {"nik_hash": _never, "code_hash": _never, "token": _never, "holder_name": _holder, "phone": _holder}

_SUBJECTS: dict[type[Any], Callable[[Any], list[Any]]] = {
    ServicePoint: lambda row: [row.unit],
    QueueService: lambda row: [row.unit, row.point],
    OpeningHours: lambda row: [row.point],
    Closure: lambda row: [row.point],
    Counter: lambda row: [row.point],
    ServiceQuota: lambda row: [row.service],
    CounterService: lambda row: [row.counter],
    CounterShift: lambda row: [row.counter],
    Ticket: lambda row: [row.service],
    Intervention: lambda row: [row.service or row.point],
}
"""Where a row belongs, step by step up to units."""


def _units(subject: Any) -> list[WorkUnit | None]:
    if subject is None or isinstance(subject, WorkUnit):
        return [subject]
    return [unit for above in _SUBJECTS[type(subject)](subject) for unit in _units(above)]


def _holds(permission: str) -> Callable[[Actor, Any], bool]:
    """Return the rule that a role gives `permission` over a unit of the subject (None: the whole institution)."""

    def rule(actor: Actor, subject: Any) -> bool:
        return any(actor.holds(permission, unit.path if unit else None) for unit in _units(subject))

    return rule


def _manages_groups(actor: Actor, _subject: Any) -> bool:
    return actor.holds(MANAGE, None)


MANAGE_GROUPS = "queueing.manage_groups"

ENTRIES: list[PolicyEntry] = [
    PolicyEntry(ServicePoint, _point),
    PolicyEntry(OpeningHours, _at_point),
    PolicyEntry(Closure, _at_point),
    PolicyEntry(PriorityGroup, _group),
    PolicyEntry(QueueService, _service),
    PolicyEntry(ServiceQuota, _of_service),
    PolicyEntry(Counter, _counter),
    PolicyEntry(CounterService, _counter_service),
    PolicyEntry(CounterShift, _shift),
    PolicyEntry(QueueDay, _read_by_service),
    PolicyEntry(Ticket, _ticket, _OF_TICKET),
    PolicyEntry(TicketEvent, _of_ticket),
    PolicyEntry(WaitEstimate, _of_ticket),
    PolicyEntry(Intervention, _intervention),
]
"""Rows and masks of the queue."""

ACTS: list[ActEntry] = [
    # Subject: a unit (None: the whole institution), or a row that belongs to a point, a service or a counter.
    ActEntry(READ, _holds(READ)),
    ActEntry(SERVE, _holds(SERVE)),
    ActEntry(MANAGE, _holds(MANAGE)),
    ActEntry(IMPORT, _holds(IMPORT)),
    ActEntry(MANAGE_GROUPS, _manages_groups),
]
"""What may be done by whom; a service may be run by those of its unit and by those of its point."""
