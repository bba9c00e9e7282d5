"""Cards of the plugin `rewards` on the start page, joined from its areas."""

from core.plugin_api import DashboardCard
from plugins.rewards.compliance import cards as compliance
from plugins.rewards.discipline import cards as discipline
from plugins.rewards.points import cards as points
from plugins.rewards.programmes import cards as programmes

CARDS: list[DashboardCard] = [*programmes.CARDS, *discipline.CARDS, *compliance.CARDS, *points.CARDS]
