"""Back office: background jobs, what became of them, and one asked for by hand."""

from typing import Any

from flask import request, url_for
from flask_admin import expose

from admin import access
from admin.show import filled
from admin.system.page import SystemPage
from core import jobs
from core.i18n import N_, translate
from core.platform.models import JobRun
from core.platform.services import latest_runs, run_job
from core.platform.terms import RunOutcome
from core.registry import active_registry

TONES = {RunOutcome.RUNNING: "info", RunOutcome.DONE: "ok", RunOutcome.FAILED: "bad"}
OUTCOMES = {
    RunOutcome.RUNNING: N_("running"),
    RunOutcome.DONE: N_("done"),
    RunOutcome.FAILED: N_("failed"),
}


class JobsPage(SystemPage):
    """Every job with its schedule and its latest run, those that failed first."""

    def __init__(self) -> None:
        """Stand at /admin/system/jobs/."""
        super().__init__(N_("Background jobs"), "jobs")

    @expose("/")
    def index(self) -> Any:
        """List them."""
        runs = latest_runs(access.context())
        rows: list[dict[str, Any]] = [
            {"job": job, "schedule": schedule_said(job.schedule), "runs": runs.get(job.name, [])}
            for job in active_registry().jobs
        ]
        rows.sort(key=lambda row: not _has_failed(row["runs"]))
        return self.page("jobs", rows=rows, waiting=jobs.waiting(), tones=TONES, outcomes=OUTCOMES)

    @expose("/run", methods=("POST",))
    def run(self) -> Any:
        """Let one run soon."""
        return self.act(lambda: self._run(request.form.get("name", "")), url_for(".index"))

    def _run(self, name: str) -> str:
        run_job(access.context(), name)
        title = next(job.title for job in active_registry().jobs if job.name == name)
        return filled(N_("“{title}” waits for a worker. Load this page again in a moment."), title=translate(title))


def schedule_said(schedule: str | None) -> str:
    """Return a line of cron in words where it is a common one, as it stands otherwise."""
    if schedule is None:
        return translate(N_("when needed"))
    minute, hour, *rest = schedule.split()
    said = schedule
    if rest != ["*", "*", "*"]:
        pass
    elif (minute, hour) == ("*", "*"):
        said = translate(N_("every minute"))
    elif minute.startswith("*/") and hour == "*":
        said = filled(N_("every {count} minutes"), count=minute[2:])
    elif minute.isdigit() and hour == "*":
        said = filled(N_("every hour, at minute {minute}"), minute=minute)
    elif minute.isdigit() and hour.isdigit():
        said = filled(N_("every day at {time}"), time=f"{int(hour):02}.{int(minute):02}")
    return said


def _has_failed(runs: list[JobRun]) -> bool:
    return bool(runs) and runs[0].outcome is RunOutcome.FAILED
