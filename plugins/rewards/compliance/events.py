"""What is announced about reports that are owed."""

from core.plugin_api import N_, EventType

REMINDED = "rewards.compliance_reminded"
NOTED = "rewards.compliance_noted"

EVENTS = [
    EventType(
        REMINDED,
        N_("Somebody was reminded of a report: notice_id, obligation_id, employee_id, about_id, duty, due_on."),
    ),
    EventType(
        NOTED,
        N_("A superior was told of a late report: notice_id, obligation_id, employee_id, about_id, duty, due_on."),
    ),
]
