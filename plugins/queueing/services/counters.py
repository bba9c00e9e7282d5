"""What a counter does: call the next, call again, begin, hold, take up again, hand on, finish, note that nobody came.

A `key` makes a step that is told twice count once, so that whoever got no answer may simply ask again.
"""

from datetime import date
from typing import Any

from core.plugin_api import N_, Context, UnitOfWork, refuse, unit_of_work
from plugins.queueing.models import Counter, CounterService, QueueService, Ticket, TicketEvent
from plugins.queueing.reading.line import waiting_line
from plugins.queueing.rules.identity import new_token
from plugins.queueing.services import foresight
from plugins.queueing.services.access import counter_to_serve_at, hold_point, service_in_use, ticket_to_serve
from plugins.queueing.services.calendar import local_day
from plugins.queueing.services.numbers import lock_day, next_number
from plugins.queueing.services.recording import event_of_key, impossible, label_of, lock, open_ticket, record
from plugins.queueing.services.tickets import check_one_per_nik
from plugins.queueing.terms import TicketEventKind, TicketState

_AT_COUNTER = (TicketState.CALLED, TicketState.SERVING)
_INHERITED = ("holder_name", "phone", "language", "channel", "nik_hash", "code_hash", "is_priority_confirmed")


def call_next(ctx: Context, *, counter_id: int, key: str | None = None) -> Ticket | None:
    """Call whoever is next for this counter; None where nobody waits."""
    with unit_of_work(ctx) as work:
        counter = counter_to_serve_at(ctx, counter_id)
        point = hold_point(counter.point_id)
        known = event_of_key(key)
        if known is not None:
            return _told_before(known, TicketEventKind.CALLED)
        day = local_day(point, ctx.now, ctx.settings)
        _check_free(counter, day)
        services = CounterService.select(CounterService.service).where(CounterService.counter == counter.id)
        for ticket in waiting_line([row.service_id for row in services], day):
            # The holder may have left a moment ago.
            if lock(ticket).state is TicketState.WAITING:
                return _step(work, ticket, TicketEventKind.CALLED, counter, key)
        return None


def call(ctx: Context, *, ticket_id: int, counter_id: int, key: str | None = None) -> Ticket:
    """Call one who waits, out of turn, or one who was sent to fetch something."""
    return _taken(ctx, ticket_id, counter_id, key, TicketEventKind.CALLED)


def resume(ctx: Context, *, ticket_id: int, counter_id: int, key: str | None = None) -> Ticket:
    """Go on with one who was on hold."""
    return _taken(ctx, ticket_id, counter_id, key, TicketEventKind.RESUMED)


def recall(ctx: Context, *, ticket_id: int, counter_id: int, key: str | None = None) -> Ticket:
    """Call once more; refused when the service point's number of calls is used up."""
    return _at_counter(ctx, ticket_id, counter_id, key, TicketEventKind.RECALLED)


def start(ctx: Context, *, ticket_id: int, counter_id: int, key: str | None = None) -> Ticket:
    """Begin to serve the one who was called."""
    return _at_counter(ctx, ticket_id, counter_id, key, TicketEventKind.SERVING)


def hold(ctx: Context, *, ticket_id: int, counter_id: int, key: str | None = None) -> Ticket:
    """Let somebody fetch or fill in something meanwhile."""
    return _at_counter(ctx, ticket_id, counter_id, key, TicketEventKind.HELD)


def finish(ctx: Context, *, ticket_id: int, counter_id: int, key: str | None = None) -> Ticket:
    """Note that somebody was served."""
    return _at_counter(ctx, ticket_id, counter_id, key, TicketEventKind.DONE)


def no_show(ctx: Context, *, ticket_id: int, counter_id: int, key: str | None = None) -> Ticket:
    """Note that nobody came."""
    return _at_counter(ctx, ticket_id, counter_id, key, TicketEventKind.NO_SHOW)


def transfer(
    ctx: Context,
    *,
    ticket_id: int,
    counter_id: int,
    service_id: int,
    keeps_place: bool = True,
    key: str | None = None,
) -> Ticket:
    """Hand somebody on to a service of the same point and return the new ticket, whose holder keeps token and code.

    Its wait begins now, when its first one and perhaps its service are over. With `keeps_place` it stands in the line
    where the old one stood, otherwise behind all who wait.
    """
    new = _handed_on(ctx, ticket_id, counter_id, service_id, keeps_place=keeps_place, key=key)
    foresight.begins_to_wait(ctx, new)
    return new


def _handed_on(
    ctx: Context, ticket_id: int, counter_id: int, service_id: int, *, keeps_place: bool, key: str | None
) -> Ticket:
    with unit_of_work(ctx) as work:
        counter = counter_to_serve_at(ctx, counter_id)
        service = service_in_use(service_id)
        if service.point_id != counter.point_id:
            text = N_("{service} is served elsewhere. Choose a service of this point.")
            raise refuse("TRANSFER_ELSEWHERE", text, "input", "serviceId", service=service.name)
        ticket = ticket_to_serve(ctx, ticket_id, counter)
        held = lock_day(service.id, ticket.day)
        lock(ticket)
        known = event_of_key(key)
        if known is not None:
            old = _told_before(known, TicketEventKind.TRANSFERRED)
            return Ticket.get(Ticket.origin == old.id)
        _check_here(ticket, counter)
        kept = {name: getattr(ticket, name) for name in _INHERITED}
        token, place = ticket.token, ticket.placed_at or ticket.queued_at
        # The name in the holder's hands goes on to the new ticket.
        detail = {"service": service.id}
        _step(work, ticket, TicketEventKind.TRANSFERRED, counter, key, detail=detail, token=new_token())
        if ticket.nik_hash:
            check_one_per_nik(service, ticket.day, ticket.nik_hash)
        return open_ticket(
            work,
            service,
            TicketEventKind.ISSUED,
            day=ticket.day,
            # Not the clock's time: a step may have been moved on behind others of the same second.
            at=ticket.ended_at,
            place=place if keeps_place else None,
            detail={"origin": ticket.id},
            origin=ticket.id,
            priority=ticket.priority_id,
            token=token,
            number=next_number(held),
            **kept,
        )


def _taken(ctx: Context, ticket_id: int, counter_id: int, key: str | None, kind: TicketEventKind) -> Ticket:
    """Take a ticket to a counter that is free."""
    with unit_of_work(ctx) as work:
        counter = counter_to_serve_at(ctx, counter_id)
        ticket = ticket_to_serve(ctx, ticket_id, counter)
        hold_point(counter.point_id)
        if event_of_key(key) is None:
            _check_free(counter, ticket.day, ticket)
            _check_serves(counter, ticket)
        return _step(work, ticket, kind, counter, key)


def _at_counter(ctx: Context, ticket_id: int, counter_id: int, key: str | None, kind: TicketEventKind) -> Ticket:
    """Go on with a ticket that is at this counter."""
    with unit_of_work(ctx) as work:
        counter = counter_to_serve_at(ctx, counter_id)
        ticket = lock(ticket_to_serve(ctx, ticket_id, counter))
        if event_of_key(key) is None:
            _check_here(ticket, counter)
            if kind is TicketEventKind.SERVING and ticket.state is TicketState.WAITING:
                # Only what was noted elsewhere knows of people who were served without a call.
                raise impossible(ticket, kind)
            if kind is TicketEventKind.RECALLED:
                _check_calls(ticket)
        return _step(work, ticket, kind, counter, key)


def _step(
    work: UnitOfWork, ticket: Ticket, kind: TicketEventKind, counter: Counter, key: str | None, **more: Any
) -> Ticket:
    employee = work.ctx.actor.employee_id
    return record(work, ticket, kind, counter_id=counter.id, employee_id=employee, key=key, **more)


def _told_before(event: TicketEvent, kind: TicketEventKind) -> Ticket:
    if event.kind is not kind:
        text = N_("The key {key} belongs to another event. Give each event a key of its own.")
        raise refuse("EVENT_KEY_REUSED", text, "input", "key", key=event.key)
    ticket: Ticket = event.ticket
    return ticket


def _check_free(counter: Counter, day: date, wanted: Ticket | None = None) -> None:
    # By service and day, which an index has; the tickets of a counter are those of years.
    services = QueueService.select(QueueService.id).where(QueueService.point == counter.point_id)
    there = Ticket.select().where(
        Ticket.service.in_(services)
        & (Ticket.day == day)
        & Ticket.state.in_(list(_AT_COUNTER))
        & (Ticket.counter == counter.id)
    )
    ticket = there.where(Ticket.id != (wanted.id if wanted else 0)).first()
    if ticket is not None:
        text = N_("Counter {counter} still has ticket {label}. Finish it, hold it or note that nobody came.")
        raise refuse("COUNTER_BUSY", text, "input", "counterId", counter=counter.number, label=label_of(ticket))


def _check_serves(counter: Counter, ticket: Ticket) -> None:
    allowed = (CounterService.counter == counter.id) & (CounterService.service == ticket.service_id)
    if not CounterService.select(CounterService.id).where(allowed).exists():
        text = N_("Counter {counter} does not serve {service}. Let another counter call, or hand the ticket on.")
        name = ticket.service.name
        raise refuse("SERVICE_NOT_HERE", text, "input", "counterId", counter=counter.number, service=name)


def _check_here(ticket: Ticket, counter: Counter) -> None:
    if ticket.state in _AT_COUNTER and ticket.counter is not None and ticket.counter_id != counter.id:
        text = N_("Ticket {label} is at counter {counter}. Let that counter go on with it.")
        raise refuse(
            "TICKET_ELSEWHERE", text, "input", "counterId", label=label_of(ticket), counter=ticket.counter.number
        )


def _check_calls(ticket: Ticket) -> None:
    allowed = ticket.service.point.recalls_allowed
    if ticket.state is TicketState.CALLED and ticket.calls > allowed:
        text = N_("Ticket {label} was called {calls} times. Note that nobody came.")
        raise refuse("CALLS_USED_UP", text, "input", "ticketId", label=label_of(ticket), calls=ticket.calls)
