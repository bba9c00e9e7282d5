"""Jobs of discipline."""

from core.plugin_api import Job

JOBS: list[Job] = []
