"""What the queue holds about an employee, told to the employee, and erased where that may be."""

from zoneinfo import ZoneInfo

from core.actor import system_actor
from core.organisation.models import Employee
from core.plugin_api import (
    N_,
    Context,
    PersonalData,
    Problem,
    active_registry,
    unit_of_work,
    utc_now,
)
from plugins.queueing.models import Counter, CounterShift, QueueService, ServicePoint, Ticket


def data_of(employee: Employee) -> list[PersonalData]:
    """Return the shifts of an employee, and the tickets that the employee called or served last."""
    shifts = (
        CounterShift.select(CounterShift, Counter, ServicePoint)
        .join(Counter)
        .join(ServicePoint)
        .where(CounterShift.employee == employee.id)
        .order_by(CounterShift.day, CounterShift.starts_at)
    )
    tickets = (
        Ticket.select(Ticket, QueueService)
        .join(QueueService)
        .where(Ticket.employee == employee.id)
        .order_by(Ticket.day, Ticket.id)
    )
    return [
        PersonalData(
            N_("Shifts at counters"),
            [
                {
                    "day": row.day.isoformat(),
                    "from": row.starts_at,
                    "until": row.ends_at,
                    "counter": row.counter.number,
                    "point": row.counter.point.name,
                }
                for row in shifts
            ],
        ),
        PersonalData(
            N_("Tickets served"),
            [
                {
                    "day": row.day.isoformat(),
                    "ticket": f"{row.service.prefix}-{row.number or 0:03}",
                    "service": row.service.name,
                    "state": row.state.value,
                    "called_at": row.called_at.isoformat() if row.called_at else None,
                    "ended_at": row.ended_at.isoformat() if row.ended_at else None,
                    "serve_seconds": row.serve_seconds,
                }
                for row in tickets
            ],
        ),
    ]


def erase(employee: Employee) -> list[Problem]:
    """Delete the shifts of an employee, and return what stays: the events that figures and evaluations rest on."""
    settings = active_registry().settings
    now = utc_now()
    today = now.astimezone(ZoneInfo(settings.time_zone)).date()
    ctx = Context(actor=system_actor(today), settings=settings, now=now)
    with unit_of_work(ctx) as work:
        for row in list(CounterShift.select().where(CounterShift.employee == employee.id)):
            work.delete(row)
    count = Ticket.select().where(Ticket.employee == employee.id).count()
    if not count:
        return []
    text = N_(
        "{count} tickets keep who served them, since evaluations rest on their figures. They go with the employee's "
        "own row."
    )
    return [Problem("SERVED_TICKETS_STAY", text, (), {"count": count})]
