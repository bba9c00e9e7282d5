"""The queue in the world of the walk: a counter of the registry, one of the archive, one that is closed for good.

At the counter's point the archive has a service of its own, as agencies have under the roof of a public-service mall.
"""

from datetime import timedelta
from typing import Any

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
from plugins.queueing.terms import Channel, InterventionKind, TicketEventKind, TicketState
from tests.support.calls import NOON

TODAY = NOON.date()


def add_queue(rows: dict[str, Any]) -> None:
    """Add rows of every table of the queue."""
    places = (
        ("counter", "counter", True, "clerk"),
        ("archive", "archive", True, "other"),
        ("old", "archive", False, "officer"),
    )
    for label, where, is_active, who in places:
        unit = rows[f"unit.{where}"]
        point = rows[f"point.{label}"] = ServicePoint.create(
            unit=unit, code=label, name=f"Loket {label}", time_zone="Asia/Jakarta", is_active=is_active
        )
        rows[f"hours.{label}"] = OpeningHours.create(point=point, weekday=3, starts_at="08:00", ends_at="15:00")
        rows[f"closure.{label}"] = Closure.create(point=point, day=TODAY + timedelta(days=30), name="Pindah")
        _service(rows, label, point, unit, "A")
        counter = rows[f"counter.{label}"] = Counter.create(point=point, number=1)
        rows[f"counter_service.{label}"] = CounterService.create(counter=counter, service=rows[f"service.{label}"])
        rows[f"shift.at.{label}"] = CounterShift.create(
            counter=counter, employee=rows[f"employee.{who}"], day=TODAY, starts_at="08:00", ends_at="12:00"
        )
        rows[f"intervention.{label}"] = Intervention.create(
            point=point, kind=InterventionKind.COUNTERS, name="Loket baru", day=TODAY
        )
    _service(rows, "guest", rows["point.counter"], rows["unit.archive"], "B")
    rows["service.closed"] = QueueService.create(
        point=rows["point.counter"], unit=rows["unit.counter"], code="c", name="Lama", prefix="C", is_active=False
    )
    rows["intervention.guest"] = Intervention.create(
        point=rows["point.counter"], service=rows["service.guest"], kind=InterventionKind.OTHER, name="Uji", day=TODAY
    )
    rows["counter.closed"] = Counter.create(point=rows["point.counter"], number=2, is_active=False)
    CounterService.create(counter=rows["counter.closed"], service=rows["service.guest"])
    CounterService.create(counter=rows["counter.counter"], service=rows["service.closed"])
    rows["point.empty"] = ServicePoint.create(unit=rows["unit.counter"], code="empty", name="Kosong")
    for code, is_active in (("UJI", True), ("LAMA", False)):
        rows[f"group.{code}"] = PriorityGroup.create(code=code, name=code, is_active=is_active)


def _service(rows: dict[str, Any], label: str, point: ServicePoint, unit: Any, prefix: str) -> None:
    service = rows[f"service.{label}"] = QueueService.create(
        point=point, unit=unit, code=label, name=f"Layanan {label}", prefix=prefix
    )
    rows[f"quota.{label}"] = ServiceQuota.create(service=service, quota=20, walk_in_reserve=5)
    QueueDay.create(service=service, day=TODAY, last_number=2)
    for number, name in ((1, "officer"), (2, None)):
        ticket = rows[f"ticket.{label}.{number}"] = Ticket.create(
            service=service, day=TODAY, number=number, token=f"{label}{number}", code_hash="h", state=TicketState.DONE,
            channel=Channel.ONLINE, nik_hash=f"{label}{number}", holder_name="Sari", phone="0811",
            employee=rows[f"employee.{name}"] if name else None, queued_at=NOON,
        )  # fmt: skip
        TicketEvent.create(ticket=ticket, kind=TicketEventKind.ISSUED, at=NOON, recorded_at=NOON)
        WaitEstimate.create(
            ticket=ticket, service=service, made_at=NOON, ahead=1, counters=1, expected=60, half_low=1, half_high=2,
            wide_low=0, wide_high=3,
        )  # fmt: skip


def _point_reads(f: Any, who: Any, point: Any, permission: str = "queueing.read") -> bool:
    return bool(f.reads(who, permission, point.unit_id))


def _service_reads(f: Any, who: Any, service: Any) -> bool:
    return bool(f.reads(who, "queueing.read", service.unit_id)) or _point_reads(f, who, service.point)


def _point(f: Any, who: Any, row: Any) -> bool:
    return row.is_active or _point_reads(f, who, row)


def _service_seen(f: Any, who: Any, row: Any) -> bool:
    return (row.is_active and row.point.is_active) or _service_reads(f, who, row)


def _counter(f: Any, who: Any, row: Any) -> bool:
    return (row.is_active and row.point.is_active) or _point_reads(f, who, row.point)


def _counter_service(f: Any, who: Any, row: Any) -> bool:
    return _counter(f, who, row.counter) and _service_seen(f, who, row.service)


def _group(f: Any, who: Any, row: Any) -> bool:
    return row.is_active or bool(who.heads) or f.anywhere(who, "queueing.read")


def _shift(f: Any, who: Any, row: Any) -> bool:
    return f.is_me(who, row.employee_id) or _point_reads(f, who, row.counter.point)


def _ticket(f: Any, who: Any, row: Any) -> bool:
    return f.is_me(who, row.employee_id) or _service_reads(f, who, row.service)


def _intervention(f: Any, who: Any, row: Any) -> bool:
    return _point_reads(f, who, row.point) or (row.service is not None and _service_reads(f, who, row.service))


def _holder(f: Any, who: Any, row: Any) -> bool:
    units = (row.service.unit_id, row.service.point.unit_id)
    return any(f.role(who, "queueing.serve", unit) for unit in units)


def _never(_f: Any, _who: Any, _row: Any) -> bool:
    return False


SEES_OF_QUEUE: dict[Any, Any] = {
    ServicePoint: _point,
    OpeningHours: lambda f, who, row: _point(f, who, row.point),
    Closure: lambda f, who, row: _point(f, who, row.point),
    PriorityGroup: _group,
    QueueService: _service_seen,
    ServiceQuota: lambda f, who, row: _service_seen(f, who, row.service),
    Counter: _counter,
    CounterService: _counter_service,
    CounterShift: _shift,
    QueueDay: lambda f, who, row: _service_reads(f, who, row.service),
    Ticket: _ticket,
    TicketEvent: lambda f, who, row: _ticket(f, who, row.ticket),
    WaitEstimate: lambda f, who, row: _ticket(f, who, row.ticket),
    Intervention: _intervention,
}
"""Who sees a row of the queue: what is in use everybody, strangers too; what happened there its own people."""

READS_OF_QUEUE: dict[Any, Any] = {
    **{(Ticket, name): _never for name in ("nik_hash", "code_hash", "token")},
    **{(Ticket, name): _holder for name in ("holder_name", "phone")},
}
"""Who reads whose ticket it is."""
