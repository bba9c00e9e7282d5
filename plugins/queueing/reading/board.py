"""What a display board shows: numbers, never names."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import peewee as pw

from core.plugin_api import active_registry
from plugins.queueing.models import Counter, CounterShift, QueueService, ServicePoint, Ticket, TicketEvent
from plugins.queueing.reading.line import waiting_line
from plugins.queueing.rules.hours import local_time
from plugins.queueing.services.calendar import zone_of
from plugins.queueing.services.recording import label_of
from plugins.queueing.terms import TicketEventKind, TicketState

NEXT_SHOWN = 3
BUSY_LATELY = timedelta(minutes=15)
"""How long a counter counts as open after it ended a ticket."""

_CALLS = (TicketEventKind.CALLED, TicketEventKind.RECALLED)
_AT_COUNTER = (TicketState.CALLED, TicketState.SERVING)


@dataclass(frozen=True)
class BoardCall:
    """A number that is at a counter, with its latest call and how often it was called."""

    label: str
    counter: int
    called_at: datetime
    calls: int


@dataclass(frozen=True)
class BoardService:
    """The line of a service: how many wait, and the numbers that come next."""

    service_id: int
    name: str
    prefix: str
    waiting: int
    next_labels: tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """A service point at a moment; the latest call comes first, `last_event` grows with whatever happens there."""

    point_id: int
    code: str
    name: str
    at: datetime
    calls: tuple[BoardCall, ...]
    services: tuple[BoardService, ...]
    open_counters: int
    last_event: int


def board_of(point: ServicePoint, now: datetime) -> Board:
    """Return what the displays of a point show now."""
    day, time = local_time(now, zone_of(point, active_registry().settings))
    services = list(
        QueueService.select()
        .where((QueueService.point == point.id) & QueueService.is_active)
        .order_by(QueueService.prefix)
    )
    ids = [service.id for service in services]
    # Before all else: what the board says it knows, it does know, whatever happens while it is read.
    last_event = _last_event(ids, day)
    lines = _lines(ids, day)
    return Board(
        point_id=point.id,
        code=point.code,
        name=point.name,
        at=now,
        calls=_calls(ids, day),
        services=tuple(
            BoardService(
                service.id,
                service.name,
                service.prefix,
                len(lines[service.id]),
                tuple(label_of(ticket) for ticket in lines[service.id][:NEXT_SHOWN]),
            )
            for service in services
        ),
        open_counters=len(_open_counters(point, day, time, now)),
        last_event=last_event,
    )


def _lines(service_ids: Sequence[int], day: date) -> dict[int, list[Ticket]]:
    """Return who waits for each service, in the order in which the point would call them."""
    lines: dict[int, list[Ticket]] = defaultdict(list)
    for ticket in waiting_line(service_ids, day):
        lines[ticket.service_id].append(ticket)
    return lines


def _calls(service_ids: Sequence[int], day: date) -> tuple[BoardCall, ...]:
    there = (
        Ticket.select(Ticket, QueueService, Counter)
        .join(QueueService)
        .switch(Ticket)
        .join(Counter)
        .where(Ticket.service.in_(list(service_ids)) & (Ticket.day == day) & Ticket.state.in_(list(_AT_COUNTER)))
    )
    tickets = {ticket.id: ticket for ticket in there}
    events = (
        TicketEvent.select()
        .where(TicketEvent.ticket.in_(list(tickets)) & TicketEvent.kind.in_(list(_CALLS)))
        .order_by(TicketEvent.at.desc(), TicketEvent.id.desc())
    )
    latest: dict[int, datetime] = {}
    for event in events:
        latest.setdefault(event.ticket_id, event.at)
    return tuple(
        BoardCall(label_of(ticket), ticket.counter.number, at, ticket.calls)
        for ticket, at in ((tickets[key], at) for key, at in latest.items())
        if ticket.counter is not None
    )


def _open_counters(point: ServicePoint, day: date, time: str, now: datetime) -> set[int]:
    """Return the counters where somebody has a shift now, has a ticket, or had one until a moment ago."""
    on_shift = (
        CounterShift.select(CounterShift.counter)
        .join(Counter)
        .where(
            (Counter.point == point.id)
            & (CounterShift.day == day)
            & (CounterShift.starts_at <= time)
            & (CounterShift.ends_at > time)
        )
    )
    at_work = (
        Ticket.select(Ticket.counter)
        .join(QueueService)
        .where(
            (QueueService.point == point.id)
            & (Ticket.day == day)
            & Ticket.counter.is_null(False)
            & (Ticket.state.in_(list(_AT_COUNTER)) | (Ticket.ended_at >= now - BUSY_LATELY))
        )
        .distinct()
    )
    return {row.counter_id for row in on_shift} | {row.counter_id for row in at_work if row.counter_id}


def _last_event(service_ids: Sequence[int], day: date) -> int:
    # As MAX: with an order and a limit PostgreSQL might walk back through the events of all years on a quiet day.
    latest = (
        TicketEvent.select(pw.fn.MAX(TicketEvent.id))
        .join(Ticket)
        .where(Ticket.service.in_(list(service_ids)) & (Ticket.day == day))
    )
    return latest.scalar() or 0
