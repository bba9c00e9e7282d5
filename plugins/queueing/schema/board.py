"""What everybody may read of a running queue: the board of a service point, one's own ticket, places to book."""

from datetime import date, datetime
from typing import Any

import strawberry

from core.plugin_api import N_, Context, as_condition, not_found, refuse, visible
from plugins.queueing import models
from plugins.queueing.reading.board import Board, board_of
from plugins.queueing.reading.estimates import WaitRange, estimate_for, estimate_for_newcomer
from plugins.queueing.reading.line import ahead_of
from plugins.queueing.schema.arguments import SPAN
from plugins.queueing.schema.setup_types import PriorityGroup, QueueService, ServicePoint
from plugins.queueing.schema.terms import TicketState
from plugins.queueing.services.calendar import Slot, local_day, slot_now, slots_between, spans_of
from plugins.queueing.services.tickets import label_of, ticket_by_token
from schema.engine import decode_id, root_value

MOST_DAYS = 31
"""Days of which free places are told at once."""


@strawberry.type(description="A ticket that was called, as a display shows it: numbers only, no names.")
class QueueBoardCall:
    """A ticket that was called."""

    label: str = strawberry.field(description='The ticket, such as "A-012".')
    counter: int = strawberry.field(description="Number of the counter (loket).")
    called_at: datetime = strawberry.field(description="When it was last called.")
    calls: int = strawberry.field(description="How often it was called.")


@strawberry.type(description="How many wait for a service.")
class QueueBoardService:
    """How many wait for a service."""

    service: QueueService | None = strawberry.field(description="The service.")
    name: str = strawberry.field(description="Its name.")
    prefix: str = strawberry.field(description="What its tickets begin with.")
    waiting: int = strawberry.field(description="How many wait.")
    next_labels: list[str] = strawberry.field(description="Who is next, in the order of calling.")


@strawberry.type(description="What the display of a service point shows (papan antrean).")
class QueueBoard:
    """What the display of a service point shows."""

    point: ServicePoint | None = strawberry.field(description="The service point.")
    code: str = strawberry.field(description="Its code.")
    name: str = strawberry.field(description="Its name.")
    at: datetime = strawberry.field(description="The moment.")
    calls: list[QueueBoardCall] = strawberry.field(description="Tickets called, the latest first.")
    services: list[QueueBoardService] = strawberry.field(description="Its services.")
    open_counters: int = strawberry.field(description="Counters that serve.")
    last_event: int = strawberry.field(description="Grows with whatever happens there on the day.")


@strawberry.type(description="A wait foretold, in seconds: half of all waits lie in the one span, 4 of 5 in the other.")
class QueueWait:
    """A wait foretold."""

    ahead: int = strawberry.field(description="Tickets ahead.")
    counters: int = strawberry.field(description="Counters that serve.")
    half_low: int = strawberry.field(description="Begin of the span for 50 %.")
    half_high: int = strawberry.field(description="End of the span for 50 %.")
    wide_low: int = strawberry.field(description="Begin of the span for 80 %.")
    wide_high: int = strawberry.field(description="End of the span for 80 %.")


@strawberry.type(description="A ticket as its holder sees it, by its token, which a transfer gives to the new ticket.")
class HeldTicket:
    """A ticket as its holder sees it."""

    token: str = strawberry.field(description="Its unguessable name in addresses and QR codes.")
    label: str = strawberry.field(
        description='What is called, such as "A-012"; the prefix alone until the holder is there.'
    )
    state: TicketState = strawberry.field(description="Where it stands.")
    day: date = strawberry.field(description="The day.")
    slot: str = strawberry.field(description='The slot that was booked, "HH:MM"; empty for none.')
    service: QueueService | None = strawberry.field(description="The service.")
    point: ServicePoint | None = strawberry.field(description="The service point.")
    priority: PriorityGroup | None = strawberry.field(description="The priority group that the holder named.")
    is_priority_confirmed: bool = strawberry.field(description="Whether staff have confirmed that.")
    queued_at: datetime | None = strawberry.field(description="When the wait began.")
    called_at: datetime | None = strawberry.field(description="When it was first called.")
    calls: int = strawberry.field(description="How often it was called.")
    counter: int | None = strawberry.field(description="Number of the counter that called it.")
    position: int | None = strawberry.field(description="Place in the line, from 1; null unless it waits.")
    wait: QueueWait | None = strawberry.field(description="The wait foretold; null unless it waits, or unknown.")
    requirements: str = strawberry.field(description="What to bring (persyaratan).")


@strawberry.type(description="Places of a service in a slot of a day.")
class QueueSlot:
    """Places of a service in a slot of a day."""

    day: date = strawberry.field(description="The day.")
    starts_at: str = strawberry.field(description='From, "HH:MM" at the service point.')
    ends_at: str = strawberry.field(description='Until, "HH:MM" at the service point.')
    quota: int | None = strawberry.field(description="Most tickets; null without a limit.")
    taken: int = strawberry.field(description="Tickets given out.")
    free: int | None = strawberry.field(description="Places that can be booked; null without a limit.")


def point_by_code(ctx: Context, code: str) -> models.ServicePoint:
    """Return the service point of that code; refuse with NOT_FOUND where the caller sees none."""
    rows = as_condition(visible(ctx.actor, models.ServicePoint))
    point: models.ServicePoint | None = (
        models.ServicePoint.select().where((models.ServicePoint.code == code) & rows).first()
    )
    if point is None:
        raise not_found("point", id=code[:32])
    return point


def show_board(board: Board) -> QueueBoard:
    """Return a board as the API shows it; rows are loaded by their keys, under policy."""
    made: Any = QueueBoard
    return made(  # type: ignore[no-any-return]
        point=board.point_id,
        code=board.code,
        name=board.name,
        at=board.at,
        calls=list(board.calls),
        services=[
            {
                "service": service.service_id,
                "name": service.name,
                "prefix": service.prefix,
                "waiting": service.waiting,
                "next_labels": list(service.next_labels),
            }
            for service in board.services
        ],
        open_counters=board.open_counters,
        last_event=board.last_event,
    )


def _board(ctx: Context, point: str) -> QueueBoard:
    return show_board(board_of(point_by_code(ctx, point), ctx.now))


def show_wait(wait: WaitRange | None) -> Any:
    """Return a wait foretold as the API shows it; its fields are those of the type."""
    return wait


def show_ticket(ctx: Context, ticket: models.Ticket, told: WaitRange | None = None) -> HeldTicket:
    """Return a ticket as its holder sees it, with the wait that was foretold just now; nothing personal is in it."""
    waits = ticket.state is TicketState.WAITING
    made: Any = HeldTicket
    return made(  # type: ignore[no-any-return]
        token=ticket.token,
        label=label_of(ticket),
        state=ticket.state,
        day=ticket.day,
        slot=ticket.slot,
        service=ticket.service_id,
        point=ticket.service.point_id,
        priority=ticket.priority_id,
        is_priority_confirmed=ticket.is_priority_confirmed,
        queued_at=ticket.queued_at,
        called_at=ticket.called_at,
        calls=ticket.calls,
        counter=ticket.counter.number if ticket.counter is not None else None,
        position=ahead_of(ticket) + 1 if waits else None,
        wait=show_wait(told or estimate_for(ticket, ctx.now)) if waits else None,
        requirements=ticket.service.requirements,
    )


def held_ticket(ctx: Context, token: str) -> HeldTicket | None:
    """Return the ticket of that token as its holder sees it; None where there is none."""
    ticket = ticket_by_token(token)
    return None if ticket is None else show_ticket(ctx, ticket)


def _slots(ctx: Context, **asked: Any) -> list[Slot]:
    first, last = asked["from"], asked["to"]
    days = (last - first).days + 1
    if not 1 <= days <= MOST_DAYS:
        raise refuse(
            "QUEUE_SPAN", N_("{days} days are asked for. Ask for 1 to {limit}."), "to", days=days, limit=MOST_DAYS
        )
    return slots_between(_service(ctx, asked["service_id"]), first, last)


def _service(ctx: Context, service_id: str) -> models.QueueService:
    key = decode_id("QueueService", service_id, "serviceId")
    rows = as_condition(visible(ctx.actor, models.QueueService))
    service: models.QueueService | None = (
        models.QueueService.select().where((models.QueueService.id == key) & rows).first()
    )
    if service is None:
        raise not_found("serviceId", id=service_id)
    return service


def _wait_now(ctx: Context, service_id: str) -> Any:
    service = _service(ctx, service_id)
    spans = spans_of(service.point, local_day(service.point, ctx.now, ctx.settings))
    # After the end of service nobody is called any more, whatever the counters are still busy with.
    is_served = bool(slot_now(service.point, ctx.now, ctx.settings, spans))
    return show_wait(estimate_for_newcomer(service, ctx.now)) if is_served else None


class BoardQueries:
    """What needs no account."""

    queue_board: QueueBoard = root_value(
        _board,
        "What the display of a service point shows. Needs no account.",
        args={"point": (str, "Code of the service point.")},
    )
    queue_ticket: HeldTicket | None = root_value(
        held_ticket,
        "The ticket of a token as its holder sees it; null where there is none. Needs no account.",
        args={"token": (str, "The token of the ticket.")},
    )
    queue_wait_now: QueueWait | None = root_value(
        _wait_now,
        "The wait foretold to whoever takes a number of a service now; null where nobody is called any more today. "
        "Needs no account.",
        args={"service_id": (strawberry.ID, "The service.")},
    )
    queue_slots: list[QueueSlot] = root_value(
        _slots,
        f"Places of a service that can be booked, by day and slot, {MOST_DAYS} days at most. Needs no account.",
        args={"service_id": (strawberry.ID, "The service."), **SPAN},
    )
