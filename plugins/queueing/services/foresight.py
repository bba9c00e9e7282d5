"""The one place where tickets meet the estimates of waits: what fails there keeps nobody from a number."""

from core.plugin_api import Context, UnitOfWork, isolated
from plugins.queueing.models import Ticket
from plugins.queueing.reading.estimates import WaitRange
from plugins.queueing.services.estimating import note_estimate, settle_estimate


def begins_to_wait(ctx: Context, ticket: Ticket) -> WaitRange | None:
    """Foretell the wait of a ticket that has begun to wait, and return what is told to its holder.

    To be called when the ticket is written for good, so that nobody waits for it with the day of the service held.
    """
    with isolated("queueing.estimates", "foretelling a wait") as outcome:
        told = note_estimate(ctx, ticket)
    return told if outcome.error is None else None


def is_called(work: UnitOfWork, ticket: Ticket) -> None:
    """Note what became of the wait that was foretold."""
    with isolated("queueing.estimates", "settling an estimate"), work.attempt():
        settle_estimate(ticket)
