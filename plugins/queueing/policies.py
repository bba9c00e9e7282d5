"""Who sees the rows of the plugin `queueing`."""

from core.plugin_api import PolicyEntry
from plugins.queueing.models import TABLES

ENTRIES = [PolicyEntry(model, lambda actor, _table: actor.is_known) for model in TABLES]
