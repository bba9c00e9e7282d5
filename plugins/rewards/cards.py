"""Cards of the start page, joined from the areas of the plugin `rewards`."""

from core.plugin_api import DashboardCard
from plugins.rewards.compliance import cards as compliance

CARDS: list[DashboardCard] = [*compliance.CARDS]
