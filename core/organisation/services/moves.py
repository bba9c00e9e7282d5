"""Telling others that somebody's place has changed."""

from core.organisation.events import EMPLOYEE_MOVED
from core.organisation.models import Assignment
from core.work import UnitOfWork


def announce_move(work: UnitOfWork, earlier: Assignment, later: Assignment) -> None:
    """Announce that a primary assignment follows another."""
    work.emit(
        EMPLOYEE_MOVED,
        {
            "employee_id": later.employee_id,
            "from_assignment": earlier.id,
            "to_assignment": later.id,
            "on": later.valid_from,
        },
    )
