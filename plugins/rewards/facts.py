"""Facts of the plugin `rewards`, joined from its areas."""

from core.plugin_api import FactDefinition
from plugins.rewards.programmes import facts as programmes

FACTS: list[FactDefinition] = [*programmes.FACTS]
