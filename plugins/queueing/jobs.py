"""What the queue does by the clock."""

from core.plugin_api import N_, Context, Job


def _sweep(ctx: Context) -> object:
    from plugins.queueing.services.sweeping import sweep_no_shows

    return sweep_no_shows(ctx)


def _close(ctx: Context) -> object:
    from plugins.queueing.services.sweeping import close_days

    return close_days(ctx)


JOBS = [
    Job("queueing.sweep_no_shows", N_("Bookings whose holder did not come"), _sweep, schedule="*/5 * * * *"),
    # Often, since service points close at different times in different time zones.
    Job("queueing.close_days", N_("End of the day at service points"), _close, schedule="*/15 * * * *"),
]
"""The jobs of tickets."""
