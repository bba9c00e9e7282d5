"""The plugin's own settings: the section `[queueing]` of kinerja.toml."""

from pydantic import Field

from core.plugin_api import Context, SettingsModel


class QueueSettings(SettingsModel):
    """How the queue treats codes, counters that were offline, the end of the day, and personal data."""

    code_tries: int = Field(
        5, ge=1, le=20, description="Wrong one-time codes after which a ticket is changed by staff only (1-20)."
    )
    offline_window_hours: int = Field(
        48, ge=1, le=720, description="Hours for which events of a counter that was offline are taken in (1-720)."
    )
    day_closing_minutes: int = Field(
        60,
        ge=0,
        le=720,
        description="Minutes after the end of service when the tickets of the day that still wait are closed (0-720).",
    )
    retention_days: int = Field(
        90,
        ge=1,
        le=3650,
        description="Days after which name, phone and hashed NIK are taken off a ticket; the figures stay (1-3650).",
    )
    citizen_acts_per_minute: int = Field(
        240,
        ge=10,
        le=1_000_000,
        description="Numbers, bookings and changes that one address may send in a minute without an account; an act "
        "with a one-time code counts three times (10-1000000).",
    )


def queue_settings(ctx: Context) -> QueueSettings:
    """Return the plugin's settings as they are in force for a call."""
    return ctx.settings.section("queueing", QueueSettings)
