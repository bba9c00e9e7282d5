"""The one place where tickets meet the estimates of waits: what fails there keeps nobody from a number."""

from core.plugin_api import UnitOfWork, isolated
from plugins.queueing.models import Ticket
from plugins.queueing.services.estimating import note_estimate, settle_estimate


def begins_to_wait(work: UnitOfWork, ticket: Ticket) -> None:
    """Foretell the wait of a ticket that begins to wait."""
    with isolated("queueing.estimates", "foretelling a wait"), work.attempt():
        note_estimate(work, ticket)


def is_called(work: UnitOfWork, ticket: Ticket) -> None:
    """Note what became of the wait that was foretold."""
    with isolated("queueing.estimates", "settling an estimate"), work.attempt():
        settle_estimate(ticket)
