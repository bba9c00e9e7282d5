"""Settings of simulations, a part of the section `[rewards]`."""

from pydantic import Field

from core.plugin_api import Context, SettingsModel


class AllowanceSettings(SettingsModel):
    """How long simulations are kept."""

    allowance_runs_kept_days: int = Field(
        365, ge=1, le=3650, description="Days after which a simulation of the allowance is deleted (1-3650)."
    )


def allowance_settings(ctx: Context) -> AllowanceSettings:
    """Return the settings as they are in force for a call."""
    return ctx.settings.section("rewards", AllowanceSettings)
