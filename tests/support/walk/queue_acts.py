"""Who may do what in the queue: one line for each mutation."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.support.walk.act import EVERYBODY, HR, Act, day, gid, seen
from tests.support.walk.world import TODAY, TOMORROW, World

SERVING = HR | {"queue_clerk", "queue_manager"}
"""Who may serve at the counter of the registry; HR administrators give the roles, so they may do it all."""
MANAGING = HR | {"queue_manager", "system_admin"}
"""Who sets up the counter of the registry."""
NEXT_WEEK = TODAY + timedelta(days=7)
HOURS = {"startsAt": "08:00", "endsAt": "12:00"}


def _on_ticket(**more: str) -> Callable[[World], dict[str, Any]]:
    """Name a ticket that is not at the counter, so that whoever may is told so."""
    return lambda w: {
        "ticketId": gid(w, "ticket.counter.1"),
        "counterId": gid(w, "counter.counter"),
        **{name: gid(w, label) for name, label in more.items()},
    }


def _held(_world: World) -> dict[str, Any]:
    return {"token": "counter1", "code": "000000"}


ACTS_OF_QUEUE: dict[str, Act] = {
    # Citizens: whoever holds token and code, with an account or without; the code of the walk is wrong.
    "bookTicket": Act(
        lambda w: {
            "serviceId": gid(w, "service.counter"), "day": day(NEXT_WEEK), "slot": "10:00", "nik": "3174010101900001",
        },
        EVERYBODY,
    ),
    "takeNumber": Act(lambda w: {"serviceId": gid(w, "service.counter")}, EVERYBODY),
    **{name: Act(_held, EVERYBODY, works=False) for name in ("checkIn", "cancelTicket", "leaveQueue")},
    # Counters
    "callNext": Act(lambda w: {"counterId": gid(w, "counter.counter")}, SERVING),
    # By its events the ticket waits.
    **{name: Act(_on_ticket(), SERVING) for name in ("callTicket", "startServing")},
    **{
        name: Act(_on_ticket(), SERVING, works=False)
        for name in ("recallTicket", "holdTicket", "resumeTicket", "finishTicket", "markNoShow")
    },
    "transferTicket": Act(_on_ticket(serviceId="service.guest"), SERVING, works=False),
    "confirmPriority": Act(
        lambda w: {"ticketId": gid(w, "ticket.counter.1"), "isConfirmed": True}, SERVING, works=False
    ),
    "checkInAtCounter": Act(lambda w: {"ticketId": gid(w, "ticket.counter.1")}, SERVING, works=False),
    "takeInOfflineEvents": Act(lambda w: {"counterId": gid(w, "counter.counter"), "events": []}, SERVING),
    # Set-up
    "createServicePoint": Act(
        lambda w: {"unitId": gid(w, "unit.counter"), "code": "baru", "name": "Baru"}, MANAGING
    ),
    "updateServicePoint": Act(lambda w: seen(w, "point.counter", name="Lain"), MANAGING),
    "createOpeningHours": Act(lambda w: {"pointId": gid(w, "point.counter"), "weekday": 4, **HOURS}, MANAGING),
    "updateOpeningHours": Act(lambda w: seen(w, "hours.counter", endsAt="14:00"), MANAGING),
    "setOpeningHours": Act(lambda w: seen(w, "point.counter", hours=[{"weekday": 3, **HOURS}]), MANAGING),
    "createClosure": Act(
        lambda w: {"pointId": gid(w, "point.counter"), "day": day(NEXT_WEEK), "name": "Pindah"}, MANAGING
    ),
    "updateClosure": Act(lambda w: seen(w, "closure.counter", name="Lain"), MANAGING),
    "createPriorityGroup": Act(lambda _w: {"code": "BARU", "name": "Baru"}, HR | {"system_admin"}),
    "updatePriorityGroup": Act(lambda w: seen(w, "group.UJI", name="Lain"), HR | {"system_admin"}),
    "createQueueService": Act(
        lambda w: {"pointId": gid(w, "point.counter"), "code": "baru", "name": "Baru", "prefix": "Z"}, MANAGING
    ),
    "updateQueueService": Act(lambda w: seen(w, "service.counter", name="Lain"), MANAGING),
    "createServiceQuota": Act(
        lambda w: {"serviceId": gid(w, "service.counter"), "weekday": 3, "quota": 9}, MANAGING
    ),
    "updateServiceQuota": Act(lambda w: seen(w, "quota.counter", quota=10), MANAGING),
    "createCounter": Act(lambda w: {"pointId": gid(w, "point.counter"), "number": 9}, MANAGING),
    "updateCounter": Act(lambda w: seen(w, "counter.counter", name="Lain"), MANAGING),
    # Whoever plans has to see the employee, too.
    "createCounterShift": Act(
        lambda w: {
            "counterId": gid(w, "counter.counter"), "employeeId": gid(w, "employee.clerk"), "day": day(TOMORROW),
            **HOURS,
        },
        HR,
    ),
    "updateCounterShift": Act(lambda w: seen(w, "shift.at.counter", endsAt="11:00"), MANAGING),
    "planCounterShifts": Act(
        lambda w: {
            "counterId": gid(w, "counter.counter"), "employeeId": gid(w, "employee.clerk"), "first": day(TOMORROW),
            "last": day(NEXT_WEEK), **HOURS,
        },
        HR,
    ),
    "recordIntervention": Act(
        lambda w: {"pointId": gid(w, "point.counter"), "kind": "COUNTERS", "name": "Loket", "day": day(TODAY)},
        MANAGING,
    ),
    "correctIntervention": Act(lambda w: seen(w, "intervention.counter", name="Lain"), MANAGING),
    "withdrawIntervention": Act(lambda w: seen(w, "intervention.counter"), MANAGING),
    # Into the bin: what no ticket has used.
    **{
        f"archive{name}": Act((lambda w, label=label: seen(w, label)), who)
        for name, label, who in (
            ("ServicePoint", "point.empty", MANAGING),
            ("OpeningHours", "hours.counter", MANAGING),
            ("Closure", "closure.counter", MANAGING),
            ("PriorityGroup", "group.LAMA", HR | {"system_admin"}),
            ("QueueService", "service.closed", MANAGING),
            ("ServiceQuota", "quota.counter", MANAGING),
            ("Counter", "counter.closed", MANAGING),
            ("CounterShift", "shift.at.counter", MANAGING),
        )
    },
}  # fmt: skip
