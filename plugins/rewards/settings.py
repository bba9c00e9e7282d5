"""The plugin's own settings: the section `[rewards]` of kinerja.toml, joined from its areas."""

from core.plugin_api import Context
from plugins.rewards.allowance.settings import AllowanceSettings
from plugins.rewards.discipline.settings import DisciplineSettings
from plugins.rewards.points.settings import PointsSettings
from plugins.rewards.programmes.settings import ProgrammeSettings


class RewardsSettings(DisciplineSettings, ProgrammeSettings, PointsSettings, AllowanceSettings):
    """How rewards and discipline work in this institution."""


def rewards_settings(ctx: Context) -> RewardsSettings:
    """Return the plugin's settings as they are in force for a call."""
    return ctx.settings.section("rewards", RewardsSettings)
