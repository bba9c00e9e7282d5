"""The events of the plugin `rewards`, joined from its areas."""

from core.plugin_api import EventHandler, EventType
from plugins.rewards.discipline import events as discipline
from plugins.rewards.programmes import events as programmes

EVENTS: list[EventType] = [*programmes.EVENTS, *discipline.EVENTS]
HANDLERS: list[EventHandler] = [*programmes.HANDLERS, *discipline.HANDLERS]
