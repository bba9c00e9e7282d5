"""The events of the plugin `rewards`, joined from its areas."""

from core.plugin_api import EventHandler, EventType
from plugins.rewards.discipline import events as discipline
from plugins.rewards.innovations import events as innovations

EVENTS: list[EventType] = [*discipline.EVENTS, *innovations.EVENTS]
HANDLERS: list[EventHandler] = [*discipline.HANDLERS]
