"""What programmes do in the background."""

from core.plugin_api import N_, Context, Job


def _run(ctx: Context) -> object:
    from plugins.rewards.programmes.services.running import work_runs

    return work_runs(ctx)


JOBS: list[Job] = [
    Job("rewards.run_eligibility", N_("Eligibility runs of programmes of recognition"), _run, schedule="*/5 * * * *")
]
"""The job of runs: asked for at once when somebody starts one, and by the clock in case nobody was there."""
