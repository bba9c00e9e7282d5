"""The one place where tickets meet the estimates of waits."""

from core.plugin_api import UnitOfWork
from plugins.queueing.models import Ticket
from plugins.queueing.services.estimating import note_estimate, settle_estimate


def begins_to_wait(work: UnitOfWork, ticket: Ticket) -> None:
    """Foretell the wait of a ticket that begins to wait."""
    note_estimate(work, ticket)


def is_called(ticket: Ticket) -> None:
    """Note what became of the wait that was foretold."""
    settle_estimate(ticket)
