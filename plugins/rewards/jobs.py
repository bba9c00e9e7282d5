"""What the plugin `rewards` does by the clock, joined from its areas."""

from core.plugin_api import Job
from plugins.rewards.allowance import jobs as allowance
from plugins.rewards.compliance import jobs as compliance
from plugins.rewards.discipline import jobs as discipline
from plugins.rewards.points import jobs as points
from plugins.rewards.programmes import jobs as programmes

JOBS: list[Job] = [*programmes.JOBS, *discipline.JOBS, *points.JOBS, *allowance.JOBS, *compliance.JOBS]
