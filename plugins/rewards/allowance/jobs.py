"""What is done with simulations by the clock."""

from core.plugin_api import N_, Context, Job


def _delete(ctx: Context) -> object:
    from plugins.rewards.allowance.services.simulating import delete_old_simulations

    return delete_old_simulations(ctx)


JOBS: list[Job] = [
    Job("rewards.delete_simulations", N_("Old simulations of the allowance"), _delete, schedule="50 1 * * *")
]
