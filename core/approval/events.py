"""What this area announces after a commit."""

from core.events import EventType
from core.i18n import N_

REQUESTED = "approval.requested"
DECIDED = "approval.decided"

EVENTS: tuple[EventType, ...] = (
    EventType(REQUESTED, N_("A change waits for a second person: request_id, verb, model, subject_id, account_id.")),
    EventType(
        DECIDED,
        N_("A request was decided or withdrawn: request_id, verb, model, subject_id, account_id, state, decided_by."),
    ),
)
