"""What is done with points by the clock."""

from core.plugin_api import N_, Context, Job


def _expire(ctx: Context) -> object:
    from plugins.rewards.points.services.earning import expire_points

    return expire_points(ctx)


def _take_back(ctx: Context) -> object:
    from plugins.rewards.points.services.earning import take_back_gone

    return take_back_gone(ctx)


JOBS: list[Job] = [
    Job("rewards.expire_points", N_("Points whose time is over"), _expire, schedule="10 1 * * *"),
    Job("rewards.take_back_points", N_("Points earned by what was withdrawn since"), _take_back, schedule="35 * * * *"),
]
