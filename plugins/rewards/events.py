"""The events of the plugin `rewards`, joined from its areas."""

from core.plugin_api import EventHandler, EventType
from plugins.rewards.discipline import events as discipline

EVENTS: list[EventType] = [*discipline.EVENTS]
HANDLERS: list[EventHandler] = [*discipline.HANDLERS]
