"""What citizens do with tickets: book, take a number, check in, cancel, leave; and what staff do for them."""

from datetime import date
from typing import Any

from core.plugin_api import N_, Context, UnitOfWork, refuse, require, unit_of_work
from plugins.queueing.models import PriorityGroup, QueueService, ServicePoint, Ticket
from plugins.queueing.rules.hours import Span, local_time
from plugins.queueing.rules.identity import is_code, is_nik, nik_hash
from plugins.queueing.services import foresight
from plugins.queueing.services.access import SERVE, service_in_use, ticket_to_serve
from plugins.queueing.services.calendar import (
    check_bookable,
    check_open,
    check_quota,
    local_day,
    slot_now,
    spans_of,
    zone_of,
)
from plugins.queueing.services.issuing import Issued, Names, given_once, opened, ticket_by_token
from plugins.queueing.services.numbers import lock_day, locked, next_number
from plugins.queueing.services.recording import label_of, record
from plugins.queueing.settings import queue_settings
from plugins.queueing.terms import FINAL_STATES, Channel, TicketEventKind, TicketState

__all__ = [
    "Issued",
    "book",
    "cancel",
    "check_in",
    "check_in_at_counter",
    "check_one_per_nik",
    "confirm_priority",
    "label_of",
    "leave",
    "take_number",
    "ticket_by_token",
]

LONGEST_NAME = 255
LONGEST_PHONE = 32


def book(
    ctx: Context,
    *,
    service_id: int,
    day: date,
    slot: str = "",
    nik: str,
    holder_name: str = "",
    phone: str = "",
    priority_id: int | None = None,
    key: str | None = None,
) -> Issued:
    """Book a turn at a service on a day, in a slot or at any time; the number comes with being there.

    Under a `key`, a secret of the caller's own, the same booking is given again to whoever asks again.
    """
    hashed = _hashed(ctx, nik)

    def give(names: Names) -> Ticket:
        with unit_of_work(ctx) as work:
            service = service_in_use(service_id)
            check_bookable(service, day, slot, ctx.now, ctx.settings)
            columns = {
                **_columns(ctx, Channel.ONLINE, priority_id, hashed),
                "holder_name": _short("holderName", holder_name, LONGEST_NAME),
                "phone": _short("phone", phone, LONGEST_PHONE),
                "slot": slot,
            }
            lock_day(service.id, day)
            check_one_per_nik(service, day, hashed)
            check_quota(service, day, slot, Channel.ONLINE)
            return opened(work, service, TicketEventKind.BOOKED, day, names, columns)

    wanted = {"service": service_id, "day": day, "slot": slot, "nik_hash": hashed}
    return given_once(ctx, key, TicketEventKind.BOOKED, wanted, give)


def take_number(
    ctx: Context,
    *,
    service_id: int,
    priority_id: int | None = None,
    nik: str = "",
    channel: Channel = Channel.KIOSK,
    key: str | None = None,
) -> Issued:
    """Give out the next number of a service to somebody who is there.

    Under a `key`, a secret of the caller's own, the same number is given again to whoever asks again.
    """
    hashed = _hashed(ctx, nik) if nik.strip() else None

    def give(names: Names) -> Ticket:
        with unit_of_work(ctx) as work:
            service = service_in_use(service_id)
            if channel is Channel.STAFF:
                require(ctx, SERVE, service, "input", "serviceId")
            day = local_day(service.point, ctx.now, ctx.settings)
            spans = _still_open(ctx, service.point, day, channel)
            columns = _columns(ctx, channel, priority_id, hashed)
            columns["slot"] = slot_now(service.point, ctx.now, ctx.settings, spans)
            held = lock_day(service.id, day)
            if hashed:
                check_one_per_nik(service, day, hashed)
            check_quota(service, day, columns["slot"], channel)
            columns["number"] = next_number(held)
            return opened(work, service, TicketEventKind.ISSUED, day, names, columns)

    wanted = {"service": service_id, "channel": channel, "nik_hash": hashed}
    return given_once(ctx, key, TicketEventKind.ISSUED, wanted, give)


def check_in(ctx: Context, *, token: str, code: str) -> Ticket:
    """Let the holder of a booking say that they are there; from now on they wait, with a number.

    Said again, because the answer got lost, it changes nothing.
    """
    ticket = _of_holder(ctx, token, code)
    if ticket.state is TicketState.WAITING and ticket.booked_at is not None:
        return ticket
    with unit_of_work(ctx) as work:
        _check_in(work, ticket)
    foresight.begins_to_wait(ctx, ticket)
    return ticket


def check_in_at_counter(ctx: Context, *, ticket_id: int, confirms_priority: bool = False) -> Ticket:
    """Let staff note that the holder of a booking is there, and that the priority they declared is plain to see."""
    with unit_of_work(ctx) as work:
        ticket = ticket_to_serve(ctx, ticket_id)
        is_confirmed = confirms_priority and ticket.priority_id is not None
        detail = {"priority": ticket.priority_id, "confirmed": True} if is_confirmed else None
        _check_in(work, ticket, detail, **({"is_priority_confirmed": True} if is_confirmed else {}))
    foresight.begins_to_wait(ctx, ticket)
    return ticket


def cancel(ctx: Context, *, token: str, code: str) -> Ticket:
    """Let the holder give up a booking, or a number before it is called."""
    ticket = _of_holder(ctx, token, code)
    with unit_of_work(ctx) as work:
        return record(work, ticket, TicketEventKind.CANCELLED)


def leave(ctx: Context, *, token: str, code: str) -> Ticket:
    """Let the holder say that they wait no longer."""
    ticket = _of_holder(ctx, token, code)
    with unit_of_work(ctx) as work:
        return record(work, ticket, TicketEventKind.LEFT)


def confirm_priority(ctx: Context, *, ticket_id: int, is_confirmed: bool) -> Ticket:
    """Confirm the priority that somebody declared, or take it off the ticket; nobody is asked for proof of health."""
    with unit_of_work(ctx) as work:
        ticket = ticket_to_serve(ctx, ticket_id)
        if ticket.priority_id is None:
            text = N_("No priority is declared for ticket {label}. Nothing is to be confirmed.")
            raise refuse("PRIORITY_NOT_DECLARED", text, "input", "ticketId", label=label_of(ticket))
        detail = {"priority": ticket.priority_id, "confirmed": is_confirmed}
        changes: dict[str, Any] = {"is_priority_confirmed": is_confirmed}
        if not is_confirmed:
            changes["priority"] = None
        employee = ctx.actor.employee_id
        return record(work, ticket, TicketEventKind.PRIORITY, employee_id=employee, detail=detail, **changes)


def check_one_per_nik(service: QueueService, day: date, hashed: str) -> None:
    """Refuse a second ticket of a person that is not ended; asked while the day of the service is held."""
    active = Ticket.select(Ticket.id).where(
        (Ticket.nik_hash == hashed)
        & (Ticket.day == day)
        & (Ticket.service == service.id)
        & Ticket.state.not_in(list(FINAL_STATES))
    )
    if active.exists():
        text = N_("This NIK has a ticket of {service} for {day} already. Use that one, or cancel it first.")
        raise refuse("NIK_HAS_TICKET", text, "input", "nik", service=service.name, day=day)


def _check_in(work: UnitOfWork, ticket: Ticket, detail: dict[str, Any] | None = None, **columns: Any) -> None:
    today = local_day(ticket.service.point, work.ctx.now, work.ctx.settings)
    if ticket.day != today:
        text = N_("This ticket is for {day}. Check in on that day, or book another one.")
        raise refuse("CHECK_IN_DAY", text, "input", day=ticket.day)
    held = lock_day(ticket.service_id, ticket.day)
    employee = work.ctx.actor.employee_id if work.ctx.actor.is_known else None
    # A step that is refused takes the number back with it.
    record(
        work,
        ticket,
        TicketEventKind.CHECKED_IN,
        employee_id=employee,
        detail=detail,
        number=next_number(held),
        **columns,
    )


def _of_holder(ctx: Context, token: str, code: str) -> Ticket:
    """Return the ticket of a token if the code is right; a wrong one is counted, also when the call is refused."""
    limit = queue_settings(ctx).code_tries
    is_right = False
    with unit_of_work(ctx):
        ticket: Ticket | None = locked(Ticket.select().where(Ticket.token == token)).first()
        if ticket is None:
            text = N_("No ticket has this name. Use the link or the QR code of your ticket.")
            raise refuse("TICKET_UNKNOWN", text, "input", "token")
        if ticket.code_tries >= limit:
            text = N_("Too many wrong codes were given for this ticket. Ask the staff at a counter.")
            raise refuse("CODE_LOCKED", text, "input", "code")
        is_right = is_code(code, token, ticket.code_hash, ctx.settings.secret_key)
        tries = 0 if is_right else ticket.code_tries + 1
        if tries != ticket.code_tries:
            Ticket.update(code_tries=tries).where(Ticket.id == ticket.id).execute()
            ticket.code_tries = tries
    if not is_right:
        text = N_("This is not the code of the ticket, {left} more tries are left. Look at what you noted down.")
        raise refuse("CODE_WRONG", text, "input", "code", left=limit - ticket.code_tries)
    return ticket


def _still_open(ctx: Context, point: ServicePoint, day: date, channel: Channel) -> list[Span]:
    """Return from when until when a point serves on a day; refused where it gives out no numbers any more."""
    spans = spans_of(point, day)
    check_open(point, day, spans)
    ends_at = max(end for _start, end in spans)
    # Staff may still let somebody in.
    if channel is not Channel.STAFF and local_time(ctx.now, zone_of(point, ctx.settings))[1] >= ends_at:
        text = N_("{point} gives out no more numbers today, service ended at {time}. Come back another day.")
        raise refuse("POINT_CLOSED_FOR_TODAY", text, "input", "serviceId", point=point.name, time=ends_at)
    return spans


def _columns(ctx: Context, channel: Channel, priority_id: int | None, hashed: str | None) -> dict[str, Any]:
    known = PriorityGroup.is_active & (PriorityGroup.id == priority_id)
    if priority_id is not None and not PriorityGroup.select().where(known).exists():
        text = N_("This priority group is not known here. Choose one of the list, or none.")
        raise refuse("PRIORITY_UNKNOWN", text, "input", "priorityId")
    return {"channel": channel, "priority": priority_id, "nik_hash": hashed, "language": ctx.language}


def _hashed(ctx: Context, nik: str) -> str:
    plain = nik.strip()
    if not is_nik(plain):
        text = N_("A NIK has 16 digits. Look at the identity card and give all of them.")
        raise refuse("NIK_INVALID", text, "input", "nik")
    return nik_hash(plain, ctx.settings.secret_key)


def _short(name: str, text: str, longest: int) -> str:
    plain = text.strip()
    if len(plain) > longest:
        raise refuse(
            "TEXT_TOO_LONG", N_("This is longer than {longest} characters. Shorten it."), "input", name, longest=longest
        )
    return plain
