"""Jobs: on demand and by the clock, in the embedded queue and in Redis; one that fails stops nobody."""

import subprocess
import sys
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import redis

from core import jobs
from core.contributions import Job
from core.faults import recent_faults
from core.jobs import JobQueue, due_times
from tests.support.services import REDIS_URL


def queue_of(db, *given, **more):
    return JobQueue(db, given, **more)


def test_a_job_runs_as_the_system_under_its_own_name(db):
    seen = []
    queue = queue_of(db, Job("demo.count", "Count", lambda ctx: seen.append((ctx.actor.name, ctx.actor.is_system))))

    queue.run("demo.count")

    assert seen == [("demo.count", True)]


def test_an_immediate_job_runs_at_once(db):
    seen = []
    queue = queue_of(db, Job("demo.count", "Count", lambda ctx: seen.append(1)), immediate=True)

    queue.enqueue("demo.count")

    assert seen == [1]


def test_a_job_waits_for_a_worker(db):
    seen = []
    queue = queue_of(db, Job("demo.count", "Count", lambda ctx: seen.append(1)))

    queue.enqueue("demo.count")

    assert (seen, queue.waiting()) == ([], 1)


def test_a_failing_job_is_remembered_and_raises_in_nobody(db):
    def fail(_ctx):
        raise ValueError("no paper")

    queue = queue_of(db, Job("demo.print", "Print", fail), immediate=True)

    queue.enqueue("demo.print")

    assert recent_faults("demo")[-1].error == "ValueError: no paper"


def test_the_same_job_never_runs_twice_at_once(db):
    seen = []

    def again(_ctx):
        seen.append("in")
        queue.enqueue("demo.slow")

    queue = queue_of(db, Job("demo.slow", "Slow", again), immediate=True)

    queue.enqueue("demo.slow")

    assert seen == ["in"]


@pytest.mark.parametrize(
    ("schedule", "zone", "moment", "expected"),
    [
        ("0 6 * * *", "Asia/Jakarta", "2026-01-31T23:00", True),
        ("0 6 * * *", "Asia/Jakarta", "2026-01-31T06:00", False),
        ("0 6 * * *", "Asia/Jayapura", "2026-01-31T21:00", True),
        ("0 6 1 2 *", "Asia/Makassar", "2026-01-31T22:00", True),
        ("*/15 * * * *", "Asia/Jakarta", "2026-01-31T06:45", True),
        ("*/15 * * * *", "Asia/Jakarta", "2026-01-31T06:46", False),
        ("30 7 * * 1", "Asia/Jakarta", "2026-02-02T00:30", True),
        ("30 7 * * 1", "Asia/Jakarta", "2026-02-01T00:30", False),
    ],
)
def test_the_clock_is_that_of_the_institution(schedule, zone, moment, expected):
    assert due_times(schedule, ZoneInfo(zone))(datetime.fromisoformat(moment)) is expected


def test_what_waits_cannot_be_forged(db):
    queue = queue_of(db, Job("demo.count", "Count", lambda ctx: None))
    other = JobQueue(
        db.model_copy(update={"secret_key": "another-secret-that-is-long-enough-too"}), queue.jobs.values()
    )
    other.enqueue("demo.count")

    with pytest.raises(ValueError, match="mismatch"):
        queue.huey.dequeue()


def test_enqueue_speaks_to_the_installed_queue(db, monkeypatch):
    seen = []
    monkeypatch.setattr(jobs, "_installed", None)
    with pytest.raises(LookupError, match="create_app"):
        jobs.enqueue("demo.count")

    jobs.install(queue_of(db, Job("demo.count", "Count", lambda ctx: seen.append(1)), immediate=True))
    jobs.enqueue("demo.count")

    assert seen == [1]


def wait_until(question, seconds=30):
    until = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < until, "took too long"
        time.sleep(0.1)


def work_off(folder, queue):
    """Start a worker process, wait until the queue is empty, and stop it by closing its standard input."""
    command = [sys.executable, "-m", "core.cli", "worker", "--until-stdin-closes"]
    with subprocess.Popen(
        command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as worker:
        wait_until(lambda: queue.waiting() == 0)
        _, log = worker.communicate(timeout=30)
    assert worker.returncode == 0, log
    return log


def test_a_worker_process_does_what_waits_and_ends_with_its_parent(deployed, monkeypatch):
    from core.commands.shared import deployment

    with deployment() as registry:
        queue = JobQueue(registry.settings, registry.jobs)
        queue.enqueue("events.forget_delivered")
        # A worker that was killed has left its lock behind.
        queue.huey.lock_task("events.forget_delivered").acquire()

    assert "job events.forget_delivered done" in work_off(deployed, queue)


@pytest.mark.redis
def test_a_worker_process_does_what_waits_in_redis(deployed, monkeypatch):
    from core.commands.shared import deployment

    monkeypatch.setenv("KINERJA_JOBS_BACKEND", "redis")
    monkeypatch.setenv("KINERJA_REDIS_URL", REDIS_URL)
    with redis.Redis.from_url(REDIS_URL) as server:
        server.flushdb()
        try:
            with deployment() as registry:
                queue = JobQueue(registry.settings, registry.jobs)
                queue.enqueue("events.forget_delivered")

            assert "job events.forget_delivered done" in work_off(deployed, queue)
        finally:
            server.flushdb()
