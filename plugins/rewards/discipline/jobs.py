"""What discipline does by the clock."""

from core.plugin_api import N_, Context, Job


def _sweep(ctx: Context) -> object:
    from plugins.rewards.discipline.services.sweeping import sweep

    return sweep(ctx)


JOBS: list[Job] = [
    Job("rewards.discipline_days", N_("Discipline: deadlines, days of effect, silent superiors"), _sweep, "20 0 * * *")
]
