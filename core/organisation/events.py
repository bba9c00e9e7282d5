"""What this area announces after a commit."""

from core.events import EventType
from core.i18n import N_

EMPLOYEE_MOVED = "organisation.employee_moved"
SUPERIOR_CHANGED = "organisation.superior_changed"
UNIT_MERGED = "organisation.unit_merged"

EVENTS: tuple[EventType, ...] = (
    EventType(
        EMPLOYEE_MOVED,
        N_("Somebody's primary assignment follows another: employee_id, from_assignment, to_assignment, on."),
    ),
    EventType(
        SUPERIOR_CHANGED,
        N_("From a day on somebody else supervises an employee: employee_id, from, to (null in a gap), on."),
    ),
    EventType(UNIT_MERGED, N_("A unit has gone into another: unit_id, successor_id, on (its first day there).")),
)
