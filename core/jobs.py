"""Work outside a request: on demand or by the clock, waiting in a queue of its own (SQLite file or Redis)."""

import logging
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from huey import Huey, RedisExpireHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from huey.serializer import SignedSerializer

from core.actor import system_actor
from core.context import Context
from core.contributions import Job
from core.database import database, utc_now
from core.events import deliver_pending, forget_delivered
from core.faults import isolated
from core.i18n import N_
from core.platform.job_runs import noted
from core.settings import Settings

log = logging.getLogger(__name__)

_KEPT = timedelta(days=30)

LONGEST_RUN_SECONDS = 3600
"""After this time the lock of a job ends whose worker died; only Redis keeps the time, SQLite has one worker."""


class JobQueue:
    """The jobs of one application and the place where they wait."""

    def __init__(self, settings: Settings, jobs: Iterable[Job], *, immediate: bool = False) -> None:
        """Take the jobs; with `immediate` (tests) each runs at once in the caller's thread."""
        self.settings = settings
        self.jobs = {job.name: job for job in jobs}
        self.huey = _queue(settings, immediate=immediate)
        self._is_shared = settings.jobs_backend == "redis"
        self._tasks = {job.name: self._on_demand(job) for job in self.jobs.values()}
        for job in self.jobs.values():
            if job.schedule:
                self._by_the_clock(job, job.schedule)

    def enqueue(self, name: str) -> None:
        """Let the job `name` run soon."""
        self._tasks[name]()

    def run(self, name: str) -> None:
        """Run the job `name` now, in this thread; its exception reaches the caller."""
        job = self.jobs[name]
        now = utc_now()
        today = now.astimezone(ZoneInfo(self.settings.time_zone)).date()
        ctx = Context(
            actor=system_actor(today, job.name),
            settings=self.settings,
            now=now,
            language=self.settings.default_language,
        )
        job.run(ctx)

    def waiting(self) -> int:
        """Count the jobs that wait for a worker."""
        return int(self.huey.pending_count())

    def consume(self, threads: int, when_ready: Callable[[], None]) -> None:
        """Work through the queue until the process is told to stop (SIGTERM finishes what runs, SIGINT does not).

        `when_ready` is called once the workers run and the signals are heeded.
        """
        options: dict[str, Any] = {"workers": threads, "worker_type": "thread", "graceful_signal": "TERM"}
        if not self._is_shared:
            # The one worker of the embedded queue starts: whatever lock there is was left by one that was killed.
            options["extra_locks"] = ",".join(self.jobs)
        _Consumer(self.huey, when_ready, **options).run()

    def _in_worker(self, job: Job, log_level: int) -> None:
        # Two schedulers, or a slow run and the next one, must not do the same work at once.
        lock = self.huey.lock_task(job.name, LONGEST_RUN_SECONDS if self._is_shared else None)
        with lock, isolated(job.name, "job"):
            # The queue's threads have no connection; the caller of an immediate job has one and keeps it.
            connection = nullcontext() if not database.is_closed() else database.connection_context()
            with connection, noted(job.name, self.settings):
                self.run(job.name)
            log.log(log_level, "job %s done", job.name)

    def _on_demand(self, job: Job) -> Callable[..., Any]:
        def perform() -> None:
            self._in_worker(job, logging.INFO)

        task: Callable[..., Any] = self.huey.task(name=job.name)(perform)
        return task

    def _by_the_clock(self, job: Job, schedule: str) -> None:
        def perform() -> None:
            # Some run every minute: nobody wants to read that.
            self._in_worker(job, logging.DEBUG)

        is_due = due_times(schedule, ZoneInfo(self.settings.time_zone))
        self.huey.periodic_task(is_due, name=f"{job.name}.clock")(perform)


class _Consumer(Consumer):
    """Huey's consumer, which tells when it is ready."""

    def __init__(self, huey: Huey, when_ready: Callable[[], None], **options: Any) -> None:
        super().__init__(huey, **options)
        self._when_ready = when_ready

    def start(self) -> None:
        """Start the workers and say so."""
        super().start()
        self._when_ready()


def due_times(schedule: str, zone: ZoneInfo) -> Callable[[datetime], bool]:
    """Return whether a naive UTC moment fits `schedule`, a line of cron (minute hour day month weekday) in `zone`."""
    minute, hour, day, month, weekday = schedule.split()
    fits = crontab(minute=minute, hour=hour, day=day, month=month, day_of_week=weekday, strict=True)

    def is_due(moment: datetime) -> bool:
        return bool(fits(moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)))

    return is_due


def core_jobs() -> tuple[Job, ...]:
    """Return the jobs that core itself has."""
    return (
        Job(
            "events.deliver_pending",
            N_("Delivery of events whose handler failed or whose process died"),
            _deliver_pending,
            schedule="* * * * *",
        ),
        Job(
            "events.forget_delivered",
            N_("Removal of events that were delivered a month ago"),
            _forget_delivered,
            schedule="40 2 * * *",
        ),
    )


_installed: JobQueue | None = None


def install(queue: JobQueue) -> None:
    """Put the queue of one application in force; called once by the composition root."""
    global _installed  # noqa: PLW0603 - one application per process, like the database and the policy
    _installed = queue


def enqueue(name: str, *, unless_waiting: int | None = None) -> None:
    """Let the job `name` of the installed application run soon, unless so many jobs wait that one of them is it."""
    if _installed is None:
        raise LookupError("No application is installed: create_app comes first")
    if unless_waiting is None or _installed.waiting() < unless_waiting:
        _installed.enqueue(name)


def waiting() -> int:
    """Count the jobs of the installed application that wait for a worker."""
    return 0 if _installed is None else _installed.waiting()


def _deliver_pending(_ctx: Context) -> None:
    while deliver_pending():
        pass


def _forget_delivered(ctx: Context) -> None:
    forget_delivered(ctx.now - _KEPT)


def _queue(settings: Settings, *, immediate: bool) -> Huey:
    # What waits is pickled; the signature keeps a stranger with access to the queue from running code here.
    options: dict[str, Any] = {
        "name": "kinerja",
        "results": False,
        "immediate": immediate,
        "serializer": SignedSerializer(settings.secret_key, salt="kinerja.jobs"),
    }
    if settings.jobs_backend == "redis":
        return RedisExpireHuey(url=settings.redis_url, **options)
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(filename=str(settings.var_dir / "jobs.db"), **options)
