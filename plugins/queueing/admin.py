"""Back office of the plugin `queueing`."""

from core.plugin_api import AdminView

VIEWS: list[AdminView] = []
