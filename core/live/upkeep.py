"""What live events need by the clock."""

from datetime import timedelta

from core.context import Context
from core.contributions import Job
from core.i18n import N_
from core.live.reading import forget


def _forget_old(ctx: Context) -> None:
    forget(ctx.now - timedelta(hours=ctx.settings.live_replay_hours))


JOBS: tuple[Job, ...] = (
    Job("live.forget_old", N_("Removal of live events that are too old to be replayed"), _forget_old, "25 * * * *"),
)
