"""Jobs, for those who run the system: what became of them, and one asked for by hand."""

from core import jobs
from core.context import Context
from core.errors import not_found
from core.platform.models import JobRun
from core.platform.policies import MANAGE
from core.policy import as_condition, require, visible
from core.registry import active_registry


def latest_runs(ctx: Context) -> dict[str, list[JobRun]]:
    """Return the runs that the caller sees, by the name of their job, latest first."""
    found: dict[str, list[JobRun]] = {}
    for run in JobRun.select().where(as_condition(visible(ctx.actor, JobRun))).order_by(JobRun.id.desc()):
        found.setdefault(run.name, []).append(run)
    return found


def run_job(ctx: Context, name: str) -> None:
    """Let a job run soon, asked for by a person."""
    require(ctx, MANAGE, None, "input", "name")
    if all(job.name != name for job in active_registry().jobs):
        raise not_found("input", "name", id=name)
    jobs.enqueue(name)
