"""Estimates are noted when a wait begins and settled when it ends, so that their accuracy can be shown."""

from datetime import timedelta

from core.plugin_api import UnitOfWork
from plugins.queueing.models import Ticket, WaitEstimate
from plugins.queueing.reading.estimates import foretell
from plugins.queueing.terms import TicketState

LATE = timedelta(minutes=2)
"""What is heard of later than this was foretold to nobody."""


def note_estimate(work: UnitOfWork, ticket: Ticket) -> None:
    """Keep what is told to a ticket that begins to wait; nothing where no counter may call it."""
    now = work.ctx.now
    if ticket.state is not TicketState.WAITING or ticket.queued_at is None or now - ticket.queued_at > LATE:
        return
    found = foretell(ticket.service, now, ticket)
    if found is None:
        return
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
    ).on_conflict_ignore().execute()


def settle_estimate(ticket: Ticket) -> None:
    """Note how long a ticket did wait that was called; a call that is heard of later corrects it."""
    WaitEstimate.update(waited=ticket.wait_seconds).where(WaitEstimate.ticket == ticket.id).execute()
