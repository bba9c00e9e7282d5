"""What citizens do without an account: book, take a number, check in, cancel, leave, by token and one-time code."""

from collections.abc import Callable
from datetime import date
from typing import Any

import strawberry

from core.plugin_api import Context
from plugins.queueing.models import Ticket as TicketRow
from plugins.queueing.schema.arguments import input_type, key_of
from plugins.queueing.schema.board import HeldTicket, show_ticket
from plugins.queueing.services import tickets
from plugins.queueing.terms import Channel
from schema.engine import decode_id, mutation, payload

_KEY = (
    "16 to 128 random characters of the client's own, new for each ticket and told to nobody: asked again under the "
    "same key, because the answer got lost, the same ticket and code are given, never a second one."
)


@strawberry.input(description="A booking.")
class BookTicketInput:
    """A booking."""

    service_id: strawberry.ID = strawberry.field(description="The service.")
    day: date = strawberry.field(description="The day.")
    nik: str = strawberry.field(description="National id (NIK), 16 digits; kept as a hash only.")
    slot: str = strawberry.field(description='The slot, "HH:MM"; empty where the service has none.', default="")
    holder_name: str = strawberry.field(description="Name, if it is to be kept for the day.", default="")
    phone: str = strawberry.field(description="Telephone, if it is to be kept for the day.", default="")
    priority_id: strawberry.ID | None = strawberry.field(
        description="Priority group, as the person says itself.", default=None
    )
    key: str | None = strawberry.field(description=_KEY, default=None)


@strawberry.input(description="A number at the place.")
class TakeNumberInput:
    """A number at the place."""

    service_id: strawberry.ID = strawberry.field(description="The service.")
    nik: str = strawberry.field(description="National id (NIK), if it is given; kept as a hash only.", default="")
    priority_id: strawberry.ID | None = strawberry.field(
        description="Priority group, as the person says itself.", default=None
    )
    is_given_by_staff: bool = strawberry.field(
        description="Whether staff give it at a counter rather than the kiosk.", default=False
    )
    key: str | None = strawberry.field(description=_KEY, default=None)


_HELD = (
    ("token", str, "The token of the ticket.", True),
    ("code", str, "The one-time code that was told when it was made.", True),
)
"""What shows that a ticket is one's own."""


def _issued(ctx: Context, issued: tickets.Issued) -> dict[str, Any]:
    return {"ticket": show_ticket(ctx, issued.ticket, issued.told), "code": issued.code}


def _book(ctx: Context, input: BookTicketInput) -> dict[str, Any]:
    issued = tickets.book(
        ctx,
        service_id=decode_id("QueueService", input.service_id, "input", "serviceId"),
        day=input.day,
        slot=input.slot,
        nik=input.nik,
        holder_name=input.holder_name,
        phone=input.phone,
        priority_id=key_of("PriorityGroup", input.priority_id, "input", "priorityId"),
        key=input.key,
    )
    return _issued(ctx, issued)


def _take(ctx: Context, input: TakeNumberInput) -> dict[str, Any]:
    issued = tickets.take_number(
        ctx,
        service_id=decode_id("QueueService", input.service_id, "input", "serviceId"),
        priority_id=key_of("PriorityGroup", input.priority_id, "input", "priorityId"),
        nik=input.nik,
        channel=Channel.STAFF if input.is_given_by_staff else Channel.KIOSK,
        key=input.key,
    )
    return _issued(ctx, issued)


def _as_holder(name: str, act: Callable[..., TicketRow], result: str, description: str) -> Any:
    def perform(ctx: Context, input: Any) -> dict[str, Any]:
        return {"ticket": show_ticket(ctx, act(ctx, token=input.token, code=input.code))}

    return mutation(
        perform,
        input=input_type(f"{name}Input", "A ticket, shown by its token and its one-time code.", _HELD),
        payload=payload(f"{name}Payload", ticket=(HeldTicket, result)),
        description=f"{description} Needs no account.",
    )


_CODE = (str, "One-time code with which the holder checks in, cancels or leaves; told to whoever asked.")


class CitizenMutations:
    """What needs no account."""

    book_ticket = mutation(
        _book,
        input=BookTicketInput,
        payload=payload("BookTicketPayload", ticket=(HeldTicket, "The booking."), code=_CODE),
        description="Book a turn (daftar antrean). Needs no account.",
    )
    take_number = mutation(
        _take,
        input=TakeNumberInput,
        payload=payload("TakeNumberPayload", ticket=(HeldTicket, "The ticket with its number."), code=_CODE),
        description="Take a number at the place (ambil nomor antrean). Needs no account.",
    )
    check_in = _as_holder(
        "CheckIn",
        tickets.check_in,
        "The ticket with its number.",
        "Say that the holder of a booking is there (lapor hadir).",
    )
    cancel_ticket = _as_holder("CancelTicket", tickets.cancel, "The ticket.", "Give a booking up (batalkan).")
    leave_queue = _as_holder("LeaveQueue", tickets.leave, "The ticket.", "Leave the queue without being served.")
