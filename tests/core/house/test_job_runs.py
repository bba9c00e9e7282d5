"""What became of jobs is noted, without secrets and without end."""

import pytest

from core.contributions import Job
from core.database import utc_now
from core.errors import Refused
from core.jobs import JobQueue
from core.platform.job_runs import KEPT, LONGEST_ERROR
from core.platform.models import JobRun
from core.platform.services import latest_runs, run_job
from core.platform.terms import RunOutcome
from tests.support.calls import system_context
from tests.support.city import build_city


def queue(db, *jobs):
    return JobQueue(db, jobs, immediate=True)


def outcomes():
    return [(run.name, run.outcome, run.error) for run in JobRun.select().order_by(JobRun.id)]


def fail(ctx):
    raise ValueError(f"postgresql://kinerja:hunter2@db/kinerja and {ctx.settings.secret_key}" + "x" * 2000)


def test_a_run_is_noted_with_its_outcome(db):
    seen = []
    work = queue(db, Job("sample.work", "Work", lambda _ctx: seen.append(outcomes())))

    work.enqueue("sample.work")

    assert seen == [[("sample.work", RunOutcome.RUNNING, "")]]
    assert outcomes() == [("sample.work", RunOutcome.DONE, "")]
    assert JobRun.get().finished_at is not None


def test_a_failure_is_noted_without_secrets_and_cut(db):
    queue(db, Job("sample.fail", "Fail", fail)).enqueue("sample.fail")

    ((name, outcome, error),) = outcomes()

    assert (name, outcome) == ("sample.fail", RunOutcome.FAILED)
    assert error.startswith("ValueError: postgresql://…@db/kinerja and …xxx")
    assert len(error) == LONGEST_ERROR


def test_the_latest_runs_are_kept_of_each_outcome(db):
    JobRun.create(name="other.work", started_at=utc_now(), finished_at=utc_now(), outcome=RunOutcome.DONE)
    work = queue(db, Job("sample.work", "Work", lambda _ctx: None), Job("sample.fail", "Fail", fail))

    for _ in range(KEPT[RunOutcome.FAILED] + 3):
        work.enqueue("sample.work")
        work.enqueue("sample.fail")

    counts = {
        name: sum(one == name for one, _, _ in outcomes()) for name in ("other.work", "sample.work", "sample.fail")
    }
    assert counts == {
        "other.work": 1,
        "sample.work": KEPT[RunOutcome.DONE],
        "sample.fail": KEPT[RunOutcome.FAILED],
    }


def test_a_run_that_was_cut_off_counts_as_failed_when_the_next_begins(db):
    JobRun.create(name="sample.work", started_at=utc_now())

    queue(db, Job("sample.work", "Work", lambda _ctx: None)).enqueue("sample.work")

    assert outcomes() == [
        ("sample.work", RunOutcome.FAILED, "Interrupted"),
        ("sample.work", RunOutcome.DONE, ""),
    ]


def test_only_who_runs_the_system_sees_runs_and_asks_for_one(db):
    from core.identity.actors import actor_for_employee
    from tests.support.calls import system_context as context

    city = build_city()
    JobRun.create(name="events.deliver_pending", started_at=utc_now())
    stranger = context(db)
    stranger.actor = actor_for_employee(city.officer.id, stranger.today)

    with pytest.raises(Refused, match="not allowed"):
        run_job(stranger, "events.deliver_pending")

    assert latest_runs(stranger) == {}
    assert list(latest_runs(system_context(db))) == ["events.deliver_pending"]
