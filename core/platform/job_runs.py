"""What became of jobs: each run is noted, and of each job only the latest runs are kept."""

import contextlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import peewee as pw

from core.database import utc_now
from core.masking import masked
from core.platform.models import JobRun
from core.platform.terms import RunOutcome
from core.settings import Settings

KEPT: Mapping[RunOutcome, int] = {RunOutcome.DONE: 5, RunOutcome.FAILED: 20}
"""How many runs of each job are kept, by their outcome."""

LONGEST_ERROR = 1_000


@contextmanager
def noted(name: str, settings: Settings) -> Iterator[None]:
    """Note a run of the job `name` around the block; its exception is noted without secrets and raised again."""
    run = _begin(name)
    try:
        yield
    except Exception as error:
        _end(run, RunOutcome.FAILED, masked(f"{type(error).__name__}: {error}", settings)[:LONGEST_ERROR])
        raise
    _end(run, RunOutcome.DONE)


def _begin(name: str) -> JobRun | None:
    # Nobody waits for the note: a job is not stopped by what cannot be noted.
    with contextlib.suppress(pw.DatabaseError):
        # A job runs once at a time: what still runs now was cut off, with its process.
        JobRun.update(outcome=RunOutcome.FAILED, finished_at=utc_now(), error="Interrupted").where(
            (JobRun.name == name) & (JobRun.outcome == RunOutcome.RUNNING)
        ).execute()
        return JobRun.create(name=name, started_at=utc_now())
    return None


def _end(run: JobRun | None, outcome: RunOutcome, error: str = "") -> None:
    if run is None:
        return
    with contextlib.suppress(pw.DatabaseError):
        JobRun.update(outcome=outcome, finished_at=utc_now(), error=error).where(JobRun.id == run.id).execute()
        same = (JobRun.name == run.name) & (JobRun.outcome == outcome)
        oldest = JobRun.select(JobRun.id).where(same).order_by(JobRun.id.desc()).offset(KEPT[outcome]).first()
        if oldest is not None:
            JobRun.delete().where(same & (JobRun.id <= oldest.id)).execute()
