"""What a display board shows: numbers, never names."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import peewee as pw

from core.plugin_api import active_registry
from plugins.queueing.models import Counter, QueueService, ServicePoint, Ticket, TicketEvent
from plugins.queueing.reading.at_work import AT_COUNTER, open_counters
from plugins.queueing.reading.line import waiting_line
from plugins.queueing.services.calendar import local_day
from plugins.queueing.services.recording import label_of
from plugins.queueing.terms import TicketEventKind

NEXT_SHOWN = 3
_CALLS = (TicketEventKind.CALLED, TicketEventKind.RECALLED)


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
    settings = active_registry().settings
    day = local_day(point, now, settings)
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
        open_counters=len(open_counters(point, now, settings)),
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
        .where(Ticket.service.in_(list(service_ids)) & (Ticket.day == day) & Ticket.state.in_(list(AT_COUNTER)))
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


def _last_event(service_ids: Sequence[int], day: date) -> int:
    # As MAX: with an order and a limit PostgreSQL might walk back through the events of all years on a quiet day.
    latest = (
        TicketEvent.select(pw.fn.MAX(TicketEvent.id))
        .join(Ticket)
        .where(Ticket.service.in_(list(service_ids)) & (Ticket.day == day))
    )
    return latest.scalar() or 0
