"""The events of the plugin `rewards`, joined from its areas."""

from core.plugin_api import EventHandler, EventType
from plugins.rewards.compliance import events as compliance
from plugins.rewards.discipline import events as discipline
from plugins.rewards.innovations import events as innovations
from plugins.rewards.points import events as points
from plugins.rewards.points.handlers import HANDLERS as POINTS_HANDLERS
from plugins.rewards.programmes import events as programmes

EVENTS: list[EventType] = [
    *programmes.EVENTS,
    *discipline.EVENTS,
    *innovations.EVENTS,
    *compliance.EVENTS,
    *points.EVENTS,
]

_OWN = {event.name for event in EVENTS}

HANDLERS: list[EventHandler] = [
    *programmes.HANDLERS,
    *discipline.HANDLERS,
    # Points hear other areas by name, of those that announce it.
    *(handler for handler in POINTS_HANDLERS if handler.event in _OWN or not handler.event.startswith("rewards.")),
]
