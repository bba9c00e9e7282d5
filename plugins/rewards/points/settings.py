"""Settings of points, a part of the section `[rewards]`."""

from pydantic import Field

from core.plugin_api import Context, SettingsModel


class PointsSettings(SettingsModel):
    """Who sees points, how small a group may be shown, and what happens to points that are given back."""

    superiors_see_points: bool = Field(
        False, description="Whether superiors see the balances of those whom they supervise, never the entries."
    )
    leaderboard_min_group: int = Field(
        5,
        ge=3,
        le=100,
        description="Fewest people of whom a leaderboard or a sum of points is shown; the same number protects those "
        "who did not consent (3-100).",
    )
    points_expiring_soon_days: int = Field(
        60, ge=1, le=366, description="Points that expire within so many days are shown as expiring soon (1-366)."
    )
    returned_points_days: int = Field(
        30,
        ge=0,
        le=366,
        description="Points that a refusal gives back stay at least so many days longer (0-366).",
    )


def points_settings(ctx: Context) -> PointsSettings:
    """Return the settings as they are in force for a call."""
    return ctx.settings.section("rewards", PointsSettings)
