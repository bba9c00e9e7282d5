"""The one place where tickets meet the estimates of waits."""

from core.plugin_api import UnitOfWork
from plugins.queueing.models import Ticket


def begins_to_wait(work: UnitOfWork, ticket: Ticket) -> None:
    """Foretell the wait of a ticket that begins to wait."""


def is_called(ticket: Ticket) -> None:
    """Note what became of the wait that was foretold."""
