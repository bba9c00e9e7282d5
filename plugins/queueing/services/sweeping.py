"""What happens to tickets that nobody goes on with: bookings lapse, and each service point's day comes to its end."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from core.plugin_api import Context, Refused, unit_of_work
from plugins.queueing.models import QueueService, ServicePoint, Ticket
from plugins.queueing.rules.hours import DAY_MINUTES, minute_of, moment_of, time_of
from plugins.queueing.services.calendar import local_day, spans_of, zone_of
from plugins.queueing.services.recording import record
from plugins.queueing.settings import queue_settings
from plugins.queueing.terms import TicketEventKind, TicketState

LOOKS_BACK = timedelta(days=92)
"""Days whose tickets are looked at; so long may the jobs stand still."""

_END_OF_DAY = time_of(DAY_MINUTES)
_ENDS_AS = {
    TicketState.BOOKED: TicketEventKind.NO_SHOW,
    TicketState.WAITING: TicketEventKind.LEFT,
    TicketState.CALLED: TicketEventKind.NO_SHOW,
    TicketState.HELD: TicketEventKind.NO_SHOW,
    TicketState.SERVING: TicketEventKind.DONE,
}


def sweep_no_shows(ctx: Context) -> int:
    """Let bookings lapse whose holder was not there `grace_minutes` after the end of their slot; return how many."""
    lapsed = 0
    for point in ServicePoint.select():
        today = local_day(point, ctx.now, ctx.settings)
        for ticket in _open_tickets(point, today, [TicketState.BOOKED]):
            at = _lapses_at(ctx, point, ticket)
            if at is not None and at <= ctx.now:
                lapsed += _ended(ctx, ticket, TicketEventKind.NO_SHOW, at)
    return lapsed


def close_days(ctx: Context) -> int:
    """Close what is still open after the end of service, and all of earlier days; return how many tickets.

    Whoever still waits has left, whoever was called or on hold did not come. Who is being served may be served on;
    a ticket of an earlier day that nobody finished counts as done.
    """
    closed = 0
    wait = timedelta(minutes=queue_settings(ctx).day_closing_minutes)
    for point in ServicePoint.select():
        today = local_day(point, ctx.now, ctx.settings)
        ends: dict[date, datetime] = {}
        for ticket in _open_tickets(point, today, list(_ENDS_AS)):
            if ticket.day not in ends:
                ends[ticket.day] = _end_of_service(ctx, point, ticket.day)
            at = ends[ticket.day]
            is_served_on = ticket.state is TicketState.SERVING and ticket.day == today
            if not is_served_on and (ticket.day < today or at + wait <= ctx.now):
                closed += _ended(ctx, ticket, _ENDS_AS[ticket.state], at)
    return closed


def _open_tickets(point: ServicePoint, today: date, states: Iterable[TicketState]) -> list[Ticket]:
    """Return the tickets of a point until today in some states, each with its service and point."""
    rows = (
        Ticket.select(Ticket, QueueService, ServicePoint)
        .join(QueueService)
        .join(ServicePoint)
        .where(
            (QueueService.point == point.id)
            & Ticket.day.between(today - LOOKS_BACK, today)
            & Ticket.state.in_(list(states))
        )
        .order_by(Ticket.id)
    )
    return list(rows)


def _lapses_at(ctx: Context, point: ServicePoint, ticket: Ticket) -> datetime | None:
    """Return when a booking lapses; one without a slot does so at the end of the day."""
    if not ticket.slot:
        return None
    ends_at = time_of(min(minute_of(ticket.slot) + point.slot_minutes, DAY_MINUTES))
    return moment_of(ticket.day, ends_at, zone_of(point, ctx.settings)) + timedelta(minutes=point.grace_minutes)


def _end_of_service(ctx: Context, point: ServicePoint, day: date) -> datetime:
    ends_at = max((end for _start, end in spans_of(point, day)), default=_END_OF_DAY)
    return moment_of(day, ends_at, zone_of(point, ctx.settings))


def _ended(ctx: Context, ticket: Ticket, kind: TicketEventKind, at: datetime) -> int:
    """End a ticket in a transaction of its own; what somebody else went on with meanwhile is left to them."""
    try:
        with unit_of_work(ctx) as work:
            record(work, ticket, kind, at=at, detail={"reason": "swept"})
    except Refused:
        return 0
    return 1
