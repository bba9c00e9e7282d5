"""The event log of tickets: events are only ever added, and each ticket is written as follows from all of its own."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.plugin_api import N_, UnitOfWork, refuse
from plugins.queueing.events import TICKET_CHANGED
from plugins.queueing.models import QueueService, Ticket, TicketEvent
from plugins.queueing.rules.identity import mark_of
from plugins.queueing.rules.states import Happened, TicketFacts, facts_of, is_possible, placed_now
from plugins.queueing.services import foresight
from plugins.queueing.services.calendar import zone_of
from plugins.queueing.services.numbers import locked
from plugins.queueing.terms import EventSource, TicketEventKind

LONGEST_KEY = 64
_PLACE = "place"
"""Names, in the detail of an event, the moment whose place in the line is kept; a number outlives all texts there."""
_RELATED = ("counter", "employee", "priority")


def label_of(ticket: Ticket) -> str:
    """Return what is called and shown, such as A-012; the prefix alone before a number is given."""
    prefix = ticket.service.prefix
    return prefix if ticket.number is None else f"{prefix}-{ticket.number:03}"


def columns_of(facts: TicketFacts, zone: ZoneInfo) -> dict[str, Any]:
    """Return the columns of a ticket that follow from its events, at a service point in `zone`."""
    queued_at = facts.queued_at
    return {
        "state": facts.state,
        "booked_at": facts.booked_at,
        "queued_at": queued_at,
        "placed_at": facts.placed_at,
        "called_at": facts.called_at,
        "serving_at": facts.serving_at,
        "ended_at": facts.ended_at,
        "calls": facts.calls,
        "wait_seconds": facts.wait_seconds,
        "serve_seconds": facts.serve_seconds,
        "counter": facts.counter_id,
        "employee": facts.employee_id,
        "local_hour": queued_at.astimezone(zone).hour if queued_at else None,
    }


def happened_to(ticket_id: int) -> list[Happened]:
    """Return the events of a ticket as the rules have them, as they became known."""
    rows = TicketEvent.select().where(TicketEvent.ticket == ticket_id).order_by(TicketEvent.id)
    return [happened_by(row) for row in rows]


def happened_by(row: TicketEvent) -> Happened:
    """Return an event of a ticket as the rules have it."""
    return Happened(row.kind, row.at, row.counter_id, row.employee_id, _place_of(row))


def event_of_key(key: str | None) -> TicketEvent | None:
    """Return the event that was already taken in under a key."""
    if not key:
        return None
    if len(key) > LONGEST_KEY:
        text = N_("The key of an event has {length} characters, {limit} are allowed. Give a shorter one.")
        raise refuse("EVENT_KEY_TOO_LONG", text, "input", "key", length=len(key), limit=LONGEST_KEY)
    event: TicketEvent | None = TicketEvent.get_or_none(TicketEvent.key == key)
    return event


def open_ticket(
    work: UnitOfWork,
    service: QueueService,
    kind: TicketEventKind,
    *,
    day: date,
    at: datetime | None = None,
    place: datetime | None = None,
    key: str | None = None,
    detail: Mapping[str, Any] | None = None,
    **columns: Any,
) -> Ticket:
    """Make a ticket with its first event, under `key`; the day of its service is held by the caller.

    With `place` it stands in the line as if it had come then; its wait counts from `at`.
    """
    first = Happened(kind, at or work.ctx.now, place=place)
    if place is not None:
        detail = {**(detail or {}), _PLACE: int(place.timestamp())}
    zone = zone_of(service.point, work.ctx.settings)
    ticket: Ticket = Ticket.create(service=service, day=day, **columns, **columns_of(facts_of([first]), zone))
    _append(work, ticket, first, EventSource.LIVE, key, detail)
    _tell(work, ticket, kind)
    return ticket


def lock(ticket: Ticket) -> Ticket:
    """Read a ticket afresh and hold it until the transaction ends."""
    row: Ticket = locked(Ticket.select().where(Ticket.id == ticket.id)).get()
    ticket.__data__.update(row.__data__)
    for name in _RELATED:
        ticket.__rel__.pop(name, None)
    return ticket


def record(
    work: UnitOfWork,
    ticket: Ticket,
    kind: TicketEventKind,
    *,
    at: datetime | None = None,
    counter_id: int | None = None,
    employee_id: int | None = None,
    source: EventSource = EventSource.LIVE,
    key: str | None = None,
    detail: Mapping[str, Any] | None = None,
    **columns: Any,
) -> Ticket:
    """Add an event to a ticket and write what follows from all of them; refused where the step is impossible.

    What happens now comes after everything that is known. An event of a counter that was offline takes its place by its
    own time `at`. `columns` are written along, such as the number. A `key` that was taken in already changes nothing.
    """
    lock(ticket)
    known = event_of_key(key)
    if known is not None:
        if (known.ticket_id, known.kind) != (ticket.id, kind):
            text = N_("The key {key} belongs to another event. Give each event a key of its own.")
            raise refuse("EVENT_KEY_REUSED", text, "input", "key", key=key)
        return ticket
    before = happened_to(ticket.id)
    new = _placed(ticket, before, Happened(kind, at or work.ctx.now, counter_id, employee_id), source)
    facts = facts_of([*before, new])
    _append(work, ticket, new, source, key, detail)
    wait = ticket.wait_seconds
    zone = zone_of(ticket.service.point, work.ctx.settings)
    changes = {**columns, **columns_of(facts, zone), "version": ticket.version + 1}
    Ticket.update(changes).where(Ticket.id == ticket.id).execute()
    for name, value in changes.items():
        setattr(ticket, name, value)
    _tell(work, ticket, kind)
    if ticket.wait_seconds not in {None, wait}:
        foresight.is_called(work, ticket)
    return ticket


def impossible(ticket: Ticket, kind: TicketEventKind) -> Exception:
    """Return the refusal of a step that a ticket cannot take in its state."""
    text = N_("Ticket {label} stands at {state}: {step} is not possible. Load it again to see what happened meanwhile.")
    names = {"label": label_of(ticket), "state": ticket.state.value, "step": kind.value}
    return refuse("TICKET_STEP", text, "input", "ticketId", **names)


def _place_of(row: TicketEvent) -> datetime | None:
    if row.kind is not TicketEventKind.ISSUED or _PLACE not in row.detail:
        return None
    return datetime.fromtimestamp(json.loads(row.detail)[_PLACE], UTC)


def _placed(ticket: Ticket, before: list[Happened], new: Happened, source: EventSource) -> Happened:
    is_late = source is EventSource.OFFLINE
    if is_late and is_possible(before, new):
        return new
    placed = None if is_late else placed_now(before, new)
    if placed is None:
        raise impossible(ticket, new.kind)
    return placed


def _append(
    work: UnitOfWork,
    ticket: Ticket,
    new: Happened,
    source: EventSource,
    key: str | None,
    detail: Mapping[str, Any] | None,
) -> None:
    actor = work.ctx.actor
    TicketEvent.create(
        ticket=ticket.id,
        kind=new.kind,
        at=new.at,
        recorded_at=work.ctx.now,
        source=source,
        counter=new.counter_id,
        employee=new.employee_id,
        actor=actor.name if actor.is_known else "",
        key=key or None,
        detail=json.dumps(detail) if detail else "",
    )


def _tell(work: UnitOfWork, ticket: Ticket, kind: TicketEventKind) -> None:
    payload = {
        "ticket_id": ticket.id,
        # Not the token, with which anybody may read the ticket: webhooks carry this to other systems.
        "mark": mark_of(ticket.token),
        "service_id": ticket.service_id,
        "point_id": ticket.service.point_id,
        "counter_id": ticket.counter_id,
        "day": ticket.day,
        "kind": kind,
        "state": ticket.state,
    }
    work.emit(TICKET_CHANGED, payload)
