"""Settings of programmes of recognition."""

from pydantic import Field

from core.plugin_api import Context, SettingsModel


class ProgrammeSettings(SettingsModel):
    """How service is counted, and how few people a count may be about."""

    service_restarts: bool = Field(
        False,
        description="Whether years of service are counted anew after a sanction or unpaid leave has ended; otherwise "
        "they stand against the medal for good. Sources differ: ask your HR lawyer.",
    )
    pppk_are_eligible: bool = Field(
        False,
        description="Whether service as PPPK counts for medals for years of service, from the first appointment.",
    )
    recognition_min_group: int = Field(
        5, ge=1, le=1000, description="A unit with fewer people shows counts of published awards only (1-1000)."
    )


def programme_settings(ctx: Context) -> ProgrammeSettings:
    """Return the settings of this area as they are in force for a call."""
    from plugins.rewards.settings import RewardsSettings

    return ctx.settings.section("rewards", RewardsSettings)
