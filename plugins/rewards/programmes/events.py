"""The events that programmes announce."""

from core.plugin_api import EventHandler, EventType

RUN_FINISHED = "rewards.run_finished"
NOMINATION_CHANGED = "rewards.nomination_changed"
AWARD_GRANTED = "rewards.award_granted"
AWARD_REVOKED = "rewards.award_revoked"

EVENTS: list[EventType] = [
    EventType(RUN_FINISHED, "An eligibility run has ended: run_id, round_id, state."),
    EventType(NOMINATION_CHANGED, "A nomination was made, or went a step on: nomination_id, round_id, state."),
    EventType(AWARD_GRANTED, "An award was granted: award_id, employee_id, unit_id, programme_id, kind, is_published."),
    EventType(AWARD_REVOKED, "An award was revoked: award_id, employee_id, unit_id, programme_id, kind, is_published."),
]
"""What webhooks and other plugins are told of."""

HANDLERS: list[EventHandler] = []
"""Programmes wait for nothing: whatever is granted is granted by people."""
