"""Back office of the plugin `rewards`, joined from its areas."""

from core.plugin_api import AdminView
from plugins.rewards.programmes import admin as programmes

VIEWS: list[AdminView] = [*programmes.VIEWS]
