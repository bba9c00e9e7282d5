"""How a ticket comes into somebody's hands: with its name and one-time code, and once for each request.

Whoever got no answer asks again under the same key and gets the same ticket and the same code: both follow from the
key, of which only a hash is kept.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee as pw

from core.plugin_api import N_, Context, Refused, UnitOfWork, refuse
from plugins.queueing.models import QueueService, ServicePoint, Ticket, TicketEvent
from plugins.queueing.reading.estimates import WaitRange
from plugins.queueing.rules.identity import code_for, code_hash, request_hash, token_for
from plugins.queueing.services import foresight
from plugins.queueing.services.recording import open_ticket
from plugins.queueing.terms import TicketEventKind

SHORTEST_KEY, LONGEST_KEY = 16, 128


@dataclass(frozen=True)
class Issued:
    """A ticket with its one-time code, which is told to whoever asked for it; `told` is the wait foretold just now."""

    ticket: Ticket
    code: str
    told: WaitRange | None = None


@dataclass(frozen=True)
class Names:
    """What a ticket is given with it: the key of its first event, its own name and its one-time code."""

    key: str | None
    token: str
    code: str


def given_once(
    ctx: Context, key: str | None, kind: TicketEventKind, wanted: dict[str, Any], give: Callable[[Names], Ticket]
) -> Issued:
    """Return the ticket that was given for the request of this key, or else the one that `give` makes.

    `wanted` are the columns in which a request that is sent again equals the first one.
    """
    secret = ctx.settings.secret_key
    if key is not None and not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        text = N_("The key has {length} characters. Give {least} to {most} random ones, new for each ticket.")
        raise refuse("TICKET_KEY_LENGTH", text, "input", "key", length=len(key), least=SHORTEST_KEY, most=LONGEST_KEY)
    told = key or secrets.token_urlsafe()
    names = Names(request_hash(key, secret) if key else None, token_for(told, secret), code_for(told, secret))
    found = _given(names, kind, wanted)
    if found is None:
        try:
            found = give(names)
            return Issued(found, names.code, foresight.begins_to_wait(ctx, found))
        except (Refused, pw.IntegrityError):
            # The same request may have come twice at once: then the other one has what stands in the way of this one.
            found = _given(names, kind, wanted)
            if found is None:
                raise
    return Issued(found, names.code)


def opened(
    work: UnitOfWork, service: QueueService, kind: TicketEventKind, day: date, names: Names, columns: dict[str, Any]
) -> Ticket:
    """Make a ticket with its names; the day of its service is held by the caller."""
    hashed = code_hash(names.code, names.token, work.ctx.settings.secret_key)
    return open_ticket(
        work, service, kind, day=day, key=names.key, token=names.token, code_hash=hashed, **columns
    )  # fmt: skip


def ticket_by_token(token: str) -> Ticket | None:
    """Return the ticket of an unguessable name, with its service and point; after a transfer the newest."""
    ticket: Ticket | None = (
        Ticket.select(Ticket, QueueService, ServicePoint)
        .join(QueueService)
        .join(ServicePoint)
        .where(Ticket.token == token)
        .first()
    )
    return ticket


def _given(names: Names, kind: TicketEventKind, wanted: dict[str, Any]) -> Ticket | None:
    """Return the ticket that was given under a key, after a transfer the one with which it goes on."""
    if names.key is None:
        return None
    first = TicketEvent.select(TicketEvent, Ticket).join(Ticket).where(TicketEvent.key == names.key).first()
    if first is None:
        return None
    # Personal columns are emptied after a time, the code among them.
    kept = {name: value for name, value in wanted.items() if first.ticket.code_hash or name != "nik_hash"}
    if first.kind is not kind or any(first.ticket.__data__[name] != value for name, value in kept.items()):
        text = N_("Another ticket was given under this key. Load the page again, or give each ticket a key of its own.")
        raise refuse("TICKET_KEY_REUSED", text, "input", "key")
    return ticket_by_token(names.token)
