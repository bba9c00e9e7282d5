"""What the overview announces, and what it does in the background."""

from core.contributions import Job
from core.events import EventType
from core.i18n import N_
from core.overview.reminders import SEND_JOB, send_ordered

EVENTS: tuple[EventType, ...] = (
    EventType("overview.reminder_sent", N_("Somebody was reminded: reminder_id, employee_id, about_id, kind.")),
)

JOBS: tuple[Job, ...] = (
    Job(SEND_JOB, N_("Reminders ordered for whole lists are sent"), send_ordered, schedule="*/5 * * * *"),
)
