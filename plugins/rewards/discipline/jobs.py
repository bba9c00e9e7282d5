"""What discipline does by the clock."""

from core.plugin_api import N_, Context, Job


def _sweep(ctx: Context) -> object:
    from plugins.rewards.discipline.services.sweeping import sweep

    return sweep(ctx)


def _remind(ctx: Context) -> object:
    from plugins.rewards.discipline.services.reminding import remind

    return remind(ctx)


JOBS: list[Job] = [
    Job("rewards.discipline_reminders", N_("Discipline: whose time runs out is reminded"), _remind, "0 7 * * 1-5"),
    Job("rewards.discipline_days", N_("Discipline: deadlines, days of effect, silent superiors"), _sweep, "20 0 * * *"),
]
