"""The events that the queue announces."""

from core.plugin_api import EventType

TICKET_CHANGED = "queueing.ticket_changed"

EVENTS = [
    EventType(
        TICKET_CHANGED,
        "Something happened to a ticket: ticket_id, mark, service_id, point_id, counter_id, day, kind, state.",
    )
]
"""What webhooks, displays and other plugins can be told of."""
