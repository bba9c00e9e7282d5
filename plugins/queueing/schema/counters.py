"""What staff do at a counter: call, serve, pass on, finish, and hand in what happened without a connection."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import strawberry

from core.plugin_api import Context
from plugins.queueing.models import Ticket as TicketRow
from plugins.queueing.schema.arguments import input_type
from plugins.queueing.schema.terms import TicketEventKind
from plugins.queueing.schema.ticket_types import Ticket
from plugins.queueing.services import counters, offline, tickets
from schema.engine import Problem, decode_id, mutation, payload, show

_KEY = "Names the act, so that it counts once when it is sent again."


@strawberry.input(description="The next of the line to a counter.")
class CallNextInput:
    """The next of the line to a counter."""

    counter_id: strawberry.ID = strawberry.field(description="The counter.")
    key: str | None = strawberry.field(description=_KEY, default=None)


_ACT = (
    ("ticket_id", strawberry.ID, "The ticket.", True),
    ("counter_id", strawberry.ID, "The counter.", True),
    ("key", str, _KEY, False),
)
"""What an act on a ticket at a counter takes."""


@strawberry.input(description="A ticket that goes on at another service.")
class TransferTicketInput:
    """A ticket that goes on at another service."""

    ticket_id: strawberry.ID = strawberry.field(description="The ticket.")
    counter_id: strawberry.ID = strawberry.field(description="The counter that passes it on.")
    service_id: strawberry.ID = strawberry.field(description="The service at which it goes on.")
    keeps_place: bool = strawberry.field(
        description="Whether its former wait counts in the new line, rather than that it begins at the end.",
        default=True,
    )
    key: str | None = strawberry.field(description=_KEY, default=None)


@strawberry.input(description="What staff say about the priority group that a person named.")
class ConfirmPriorityInput:
    """What staff say about a priority group."""

    ticket_id: strawberry.ID = strawberry.field(description="The ticket.")
    is_confirmed: bool = strawberry.field(description="Whether the person belongs to the group.")


@strawberry.input(description="The holder of a booking who stands at a counter.")
class CheckInAtCounterInput:
    """The holder of a booking at a counter."""

    ticket_id: strawberry.ID = strawberry.field(description="The booking.")
    confirms_priority: bool = strawberry.field(
        description="Whether staff confirm the priority group at the same time.", default=False
    )


@strawberry.input(description="Something that happened at a counter without a connection.")
class OfflineEventInput:
    """Something that happened at a counter without a connection."""

    ticket_id: strawberry.ID = strawberry.field(description="The ticket.")
    kind: TicketEventKind = strawberry.field(description="What happened.")
    at: datetime = strawberry.field(description="When it happened.")
    key: str = strawberry.field(description=_KEY)


@strawberry.input(description="What happened at a counter without a connection, in order.")
class TakeInOfflineEventsInput:
    """What happened at a counter without a connection."""

    counter_id: strawberry.ID = strawberry.field(description="The counter.")
    events: list[OfflineEventInput] = strawberry.field(description="The events.")


@strawberry.type(description="What became of an event that was handed in.")
class OfflineOutcome:
    """What became of an event that was handed in."""

    key: str = strawberry.field(description="Its key.")
    problem: Problem | None = strawberry.field(description="Why it was not taken; null when it was, now or before.")


def _counter(input: Any) -> int:
    return decode_id("Counter", input.counter_id, "input", "counterId")


def _ticket(input: Any) -> int:
    return decode_id("Ticket", input.ticket_id, "input", "ticketId")


def _call_next(ctx: Context, input: CallNextInput) -> dict[str, Any]:
    return {"ticket": counters.call_next(ctx, counter_id=_counter(input), key=input.key)}


def _transfer(ctx: Context, input: TransferTicketInput) -> dict[str, Any]:
    made = counters.transfer(
        ctx,
        ticket_id=_ticket(input),
        counter_id=_counter(input),
        service_id=decode_id("QueueService", input.service_id, "input", "serviceId"),
        keeps_place=input.keeps_place,
        key=input.key,
    )
    return {"ticket": made}


def _confirm(ctx: Context, input: ConfirmPriorityInput) -> dict[str, Any]:
    return {"ticket": tickets.confirm_priority(ctx, ticket_id=_ticket(input), is_confirmed=input.is_confirmed)}


def _check_in(ctx: Context, input: CheckInAtCounterInput) -> dict[str, Any]:
    made = tickets.check_in_at_counter(ctx, ticket_id=_ticket(input), confirms_priority=input.confirms_priority)
    return {"ticket": made}


def _take_in(ctx: Context, input: TakeInOfflineEventsInput) -> dict[str, Any]:
    events = [
        offline.OfflineEvent(
            decode_id("Ticket", event.ticket_id, "input", "events", index, "ticketId"), event.kind, event.at, event.key
        )
        for index, event in enumerate(input.events)
    ]
    outcomes = offline.take_in(ctx, counter_id=_counter(input), events=events)
    shown = [
        OfflineOutcome(
            key=outcome.key, problem=show(outcome.problem, ctx.language) if outcome.problem is not None else None
        )
        for outcome in outcomes
    ]
    return {"outcomes": shown}


def _act(name: str, act: Callable[..., TicketRow], description: str) -> Any:
    def perform(ctx: Context, input: Any) -> dict[str, Any]:
        key = input.key or None  # left out, null or empty: none
        return {"ticket": act(ctx, ticket_id=_ticket(input), counter_id=_counter(input), key=key)}

    return mutation(
        perform,
        input=input_type(f"{name}Input", "An act on a ticket at a counter.", _ACT),
        payload=payload(f"{name}Payload", ticket=(Ticket, "The ticket.")),
        description=description,
    )


class CounterMutations:
    """What staff do at a counter."""

    call_next = mutation(
        _call_next,
        input=CallNextInput,
        payload=payload("CallNextPayload", ticket=(Ticket, "The ticket that was called; null when nobody waits.")),
        description="Call the next of the line to a counter (panggil berikutnya).",
    )
    call_ticket = _act("CallTicket", counters.call, "Call this ticket to a counter, out of its turn (panggil).")
    recall_ticket = _act("RecallTicket", counters.recall, "Call a ticket again (panggil ulang).")
    start_serving = _act("StartServing", counters.start, "Begin to serve who was called (mulai melayani).")
    hold_ticket = _act("HoldTicket", counters.hold, "Put a ticket aside for a while (tahan).")
    resume_ticket = _act("ResumeTicket", counters.resume, "Take up a ticket that was put aside (lanjutkan).")
    finish_ticket = _act("FinishTicket", counters.finish, "End serving (selesai).")
    mark_no_show = _act("MarkNoShow", counters.no_show, "Say that nobody came (tidak hadir).")
    transfer_ticket = mutation(
        _transfer,
        input=TransferTicketInput,
        payload=payload("TransferTicketPayload", ticket=(Ticket, "The new ticket at the other service.")),
        description="Pass a ticket on to another service (alihkan).",
    )
    confirm_priority = mutation(
        _confirm,
        input=ConfirmPriorityInput,
        payload=payload("ConfirmPriorityPayload", ticket=(Ticket, "The ticket.")),
        description="Say whether a person belongs to the priority group that it named.",
    )
    check_in_at_counter = mutation(
        _check_in,
        input=CheckInAtCounterInput,
        payload=payload("CheckInAtCounterPayload", ticket=(Ticket, "The ticket with its number.")),
        description="Say for the holder of a booking that it is there.",
    )
    take_in_offline_events = mutation(
        _take_in,
        input=TakeInOfflineEventsInput,
        payload=payload("TakeInOfflineEventsPayload", outcomes=(list[OfflineOutcome], "One for each event, in order.")),
        description="Hand in what happened at a counter without a connection; repeating it writes nothing.",
    )
