"""Estimates are noted when a wait begins and settled when it ends, so that their accuracy can be shown."""

from datetime import datetime, timedelta

from core.plugin_api import Context, unit_of_work
from plugins.queueing.models import Ticket, WaitEstimate
from plugins.queueing.reading.estimates import Foretold, WaitRange, foretell
from plugins.queueing.services.numbers import locked
from plugins.queueing.terms import TicketState

LATE = timedelta(minutes=2)
"""What is heard of later than this was foretold to nobody."""


def note_estimate(ctx: Context, ticket: Ticket) -> WaitRange | None:
    """Keep what is told to a ticket that began to wait, and return it; nothing where no counter may call it."""
    now = ctx.now
    if ticket.state is not TicketState.WAITING or ticket.queued_at is None or now - ticket.queued_at > LATE:
        return None
    found = foretell(ticket.service, now, ticket)
    if found is None:
        return None
    with unit_of_work(ctx):
        # Held, so that a call of this moment either finds the estimate or is found here.
        held = locked(Ticket.select(Ticket.wait_seconds).where(Ticket.id == ticket.id)).get()
        _insert(ticket, now, found, held.wait_seconds)
    return found.told


def _insert(ticket: Ticket, now: datetime, found: Foretold, waited: int | None) -> None:
    told = found.told
    WaitEstimate.insert(
        ticket=ticket.id,
        service=ticket.service_id,
        made_at=now,
        ahead=told.ahead,
        counters=told.counters,
        expected=found.expected,
        closed=found.closed,
        half_low=told.half_low,
        half_high=told.half_high,
        wide_low=told.wide_low,
        wide_high=told.wide_high,
        waited=waited,
    ).on_conflict_ignore().execute()


def settle_estimate(ticket: Ticket) -> None:
    """Note how long a ticket did wait that was called; a call that is heard of later corrects it."""
    WaitEstimate.update(waited=ticket.wait_seconds).where(WaitEstimate.ticket == ticket.id).execute()
