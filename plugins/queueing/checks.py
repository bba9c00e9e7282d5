"""What `kinerja doctor` asks about the queue: whether it can be served, and whether its days come to their end."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import peewee as pw

from core.organisation.services.changing import rows_of
from core.platform.models import JobRun
from core.platform.terms import RunOutcome
from core.plugin_api import N_, Check, Context, Problem
from plugins.queueing.models import (
    Counter,
    CounterService,
    CounterShift,
    OpeningHours,
    QueueService,
    ServicePoint,
    Ticket,
)
from plugins.queueing.services.calendar import is_open, local_day
from plugins.queueing.services.sweeping import LOOKS_BACK
from plugins.queueing.terms import FINAL_STATES, HoursKind, TicketState

JOBS_LATE = timedelta(hours=1)
"""How long ago the jobs of tickets may have run; the slower of them is due every quarter of an hour."""

PLANS_SHIFTS = timedelta(days=14)
"""A point with a shift within so many days plans shifts; others let whoever is there serve."""

_JOBS = ("queueing.sweep_no_shows", "queueing.close_days")
_OPEN = [state for state in TicketState if state not in FINAL_STATES]


def points_without_hours(_ctx: Context) -> list[Problem]:
    """Return the points in use at which nothing is ever open."""
    with_hours = OpeningHours.select(OpeningHours.point).where(OpeningHours.kind == HoursKind.OPEN)
    points = _points().where(ServicePoint.id.not_in(with_hours))
    text = N_("{point} has no opening hours: nothing can be booked there. Set its week, or take it out of use.")
    return [Problem("QUEUE_POINT_WITHOUT_HOURS", text, params={"point": point.name}) for point in points]


def services_without_counter(_ctx: Context) -> list[Problem]:
    """Return the services in use that no counter in use may serve."""
    served = CounterService.select(CounterService.service).join(Counter).where(Counter.is_active)
    services = (
        QueueService.select(QueueService, ServicePoint)
        .join(ServicePoint)
        .where(QueueService.is_active & ServicePoint.is_active & QueueService.id.not_in(served))
        .order_by(ServicePoint.name, QueueService.name)
    )
    text = N_("No counter of {point} may serve {service}. Give it to one, or take it out of use.")
    return [
        Problem("QUEUE_SERVICE_UNSERVED", text, params={"point": service.point.name, "service": service.name})
        for service in services
    ]


def counters_without_shift(ctx: Context) -> list[Problem]:
    """Return the counters without a shift today, of points that are open and plan shifts."""
    shifts: dict[int, set[Any]] = defaultdict(set)
    for counter_id, day in rows_of(
        CounterShift.select(CounterShift.counter, CounterShift.day).where(
            CounterShift.day.between(ctx.actor.today - PLANS_SHIFTS, ctx.actor.today + PLANS_SHIFTS)
        )
    ):
        shifts[counter_id].add(day)
    counters: dict[int, list[Counter]] = defaultdict(list)
    for counter in Counter.select().where(Counter.is_active).order_by(Counter.number):
        counters[counter.point_id].append(counter)
    problems = []
    for point in _points():
        here, today = counters[point.id], local_day(point, ctx.now, ctx.settings)
        bare = [str(counter.number) for counter in here if today not in shifts[counter.id]]
        if bare and any(shifts[counter.id] for counter in here) and is_open(point, today):
            text = N_("{point} is open today, nobody is planned at counter {counters}. Plan shifts.")
            params = {"point": point.name, "counters": ", ".join(bare)}
            problems.append(Problem("QUEUE_COUNTER_WITHOUT_SHIFT", text, params=params))
    return problems


def jobs_not_run(ctx: Context) -> list[Problem]:
    """Return the jobs of tickets that have not run lately, where there is a point in use."""
    if not _points().exists():
        return []
    lately = JobRun.select(JobRun.name).where(
        JobRun.name.in_(_JOBS) & (JobRun.outcome == RunOutcome.DONE) & (JobRun.finished_at >= ctx.now - JOBS_LATE)
    )
    ran = {name for (name,) in rows_of(lately)}
    text = N_("The job {job} did not run in the last hour: tickets stay open. Start kinerja worker, and read its log.")
    return [Problem("QUEUE_JOB_LATE", text, params={"job": job}) for job in _JOBS if job not in ran]


def tickets_left_open(ctx: Context) -> list[Problem]:
    """Return the points with tickets of earlier days that nobody ended."""
    problems = []
    for point in ServicePoint.select().order_by(ServicePoint.name):
        today = local_day(point, ctx.now, ctx.settings)
        services = QueueService.select(QueueService.id).where(QueueService.point == point.id)
        days: Any = Ticket.select(pw.fn.COUNT(Ticket.id), pw.fn.MIN(Ticket.day)).where(
            Ticket.service.in_(services)
            & Ticket.day.between(today - LOOKS_BACK, today - timedelta(days=1))
            & Ticket.state.in_(_OPEN)
        )
        ((count, first),) = rows_of(days)
        if count:
            text = N_("{count} tickets of {point} since {day} are still open. Run: kinerja queueing close-day")
            params = {"count": count, "point": point.name, "day": first}
            problems.append(Problem("QUEUE_TICKETS_LEFT_OPEN", text, params=params))
    return problems


def _points() -> Any:
    return ServicePoint.select().where(ServicePoint.is_active).order_by(ServicePoint.name)


CHECKS: Sequence[Check] = [
    Check("queueing.hours", N_("Every service point has opening hours"), points_without_hours),
    Check("queueing.counters", N_("Every service has a counter"), services_without_counter),
    Check("queueing.shifts", N_("Every counter has a shift today"), counters_without_shift),
    Check("queueing.jobs", N_("The jobs of the queue run"), jobs_not_run),
    Check("queueing.open_tickets", N_("No ticket of an earlier day is open"), tickets_left_open),
]
"""The questions of the plugin; without a service point all is well."""
