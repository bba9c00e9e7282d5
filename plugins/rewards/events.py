"""The events of the plugin `rewards`, joined from its areas."""

from core.plugin_api import EventHandler, EventType
from plugins.rewards.compliance import events as compliance
from plugins.rewards.discipline import events as discipline
from plugins.rewards.innovations import events as innovations

EVENTS: list[EventType] = [*discipline.EVENTS, *innovations.EVENTS, *compliance.EVENTS]
HANDLERS: list[EventHandler] = [*discipline.HANDLERS]
