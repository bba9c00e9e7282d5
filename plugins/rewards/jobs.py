"""What the plugin `rewards` does by the clock, joined from its areas."""

from core.plugin_api import Job
from plugins.rewards.discipline import jobs as discipline

JOBS: list[Job] = [*discipline.JOBS]
