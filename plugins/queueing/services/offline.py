"""Events of a counter that was offline: taken in late, in any order, each at its own time and once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.plugin_api import N_, Context, Problem, Refused, UnitOfWork, not_found, refuse, unit_of_work
from plugins.queueing.models import Counter, QueueService, ServicePoint, Ticket
from plugins.queueing.services.access import counter_to_serve_at, visible_tickets
from plugins.queueing.services.numbers import locked
from plugins.queueing.services.recording import event_of_key, record
from plugins.queueing.settings import queue_settings
from plugins.queueing.terms import EventSource, TicketEventKind

MOST_EVENTS = 500
CLOCKS_DIFFER = timedelta(minutes=5)
"""How far the clock of a counter may be ahead."""

_KINDS = frozenset(
    {
        TicketEventKind.CALLED,
        TicketEventKind.RECALLED,
        TicketEventKind.SERVING,
        TicketEventKind.HELD,
        TicketEventKind.RESUMED,
        TicketEventKind.DONE,
        TicketEventKind.NO_SHOW,
        TicketEventKind.LEFT,
    }
)


@dataclass(frozen=True)
class OfflineEvent:
    """Something that a counter noted by itself; `key` is its own, so that it may be sent again."""

    ticket_id: int
    kind: TicketEventKind
    at: datetime
    key: str


@dataclass(frozen=True)
class Outcome:
    """What became of an event: taken in (now or before), or refused with a problem."""

    key: str
    problem: Problem | None = None


def take_in(ctx: Context, *, counter_id: int, events: Sequence[OfflineEvent]) -> list[Outcome]:
    """Take in what a counter noted while it was offline; one outcome for each event, in the order given.

    What is refused changes nothing and may be sent again with the rest of the story.
    """
    if len(events) > MOST_EVENTS:
        text = N_("These are {number} events, {limit} are taken in at once. Send them in several parts.")
        raise refuse("TOO_MANY_EVENTS", text, "input", "events", number=len(events), limit=MOST_EVENTS)
    with unit_of_work(ctx) as work:
        counter = counter_to_serve_at(ctx, counter_id)
        tickets = _tickets(ctx, counter, events)
        problems: dict[int, Problem | None] = {}
        pending = sorted(range(len(events)), key=lambda index: events[index].at)
        # Where several bear the same second, one may be possible only after another.
        while pending:
            refused = []
            for index in pending:
                problems[index] = _problem_of(work, counter, tickets, events[index])
                if problems[index] is not None:
                    refused.append(index)
            if len(refused) == len(pending):
                break
            pending = refused
    return [
        Outcome(event.key, problem.under("input", "events", index) if problem else None)
        for index, event in enumerate(events)
        for problem in (problems[index],)
    ]


def _tickets(ctx: Context, counter: Counter, events: Sequence[OfflineEvent]) -> Mapping[int, Ticket]:
    """Return the tickets of the counter's point, held in one order so that two counters never wait for each other."""
    ids = {event.ticket_id for event in events}
    rows = (
        Ticket.select(Ticket, QueueService, ServicePoint)
        .join(QueueService)
        .join(ServicePoint)
        .where(Ticket.id.in_(list(ids)) & (QueueService.point == counter.point_id) & visible_tickets(ctx))
    )
    found = {ticket.id: ticket for ticket in rows}
    held = Ticket.select(Ticket.id).where(Ticket.id.in_(list(found))).order_by(Ticket.id)
    list(locked(held))
    return found


def _problem_of(
    work: UnitOfWork, counter: Counter, tickets: Mapping[int, Ticket], event: OfflineEvent
) -> Problem | None:
    try:
        with work.attempt():
            _take_in(work, counter, tickets, event)
    except Refused as refused:
        return refused.problems[0]
    return None


def _take_in(work: UnitOfWork, counter: Counter, tickets: Mapping[int, Ticket], event: OfflineEvent) -> None:
    ticket = tickets.get(event.ticket_id)
    if ticket is None:
        raise not_found("ticketId", id=f"Ticket:{event.ticket_id}")
    if not event.key.strip():
        raise refuse("EVENT_KEY_MISSING", N_("The event has no key. Give each event a key of its own."), "key")
    if event_of_key(event.key) is None:
        _check(work.ctx, event)
    record(
        work,
        ticket,
        event.kind,
        at=event.at,
        counter_id=counter.id,
        employee_id=work.ctx.actor.employee_id,
        source=EventSource.OFFLINE,
        key=event.key,
    )


def _check(ctx: Context, event: OfflineEvent) -> None:
    if event.kind not in _KINDS:
        text = N_("{kind} is not noted offline. Do this when the counter is connected again.")
        raise refuse("EVENT_NOT_OFFLINE", text, "kind", kind=event.kind.value)
    hours = queue_settings(ctx).offline_window_hours
    if event.at < ctx.now - timedelta(hours=hours):
        text = N_("This happened more than {hours} hours ago. Tell whoever manages the queue.")
        raise refuse("EVENT_TOO_OLD", text, "at", hours=hours)
    if event.at > ctx.now + CLOCKS_DIFFER:
        text = N_("This lies in the future. Set the clock of the counter and send it again.")
        raise refuse("EVENT_IN_FUTURE", text, "at")
