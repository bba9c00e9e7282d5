"""The plugin's own settings: the section `[rewards]` of kinerja.toml; each area gives its part."""

from plugins.rewards.allowance.settings import AllowanceSettings
from plugins.rewards.points.settings import PointsSettings


class RewardsSettings(PointsSettings, AllowanceSettings):
    """Points and simulations of the allowance."""
