"""Back office of the plugin `rewards`, joined from its areas."""

from core.plugin_api import AdminView
from plugins.rewards.allowance import admin as allowance
from plugins.rewards.compliance import admin as compliance
from plugins.rewards.discipline import admin as discipline
from plugins.rewards.innovations import admin as innovations
from plugins.rewards.points import admin as points
from plugins.rewards.programmes import admin as programmes

VIEWS: list[AdminView] = [
    *programmes.VIEWS,
    *discipline.VIEWS,
    *innovations.VIEWS,
    *compliance.VIEWS,
    *points.VIEWS,
    *allowance.VIEWS,
]
