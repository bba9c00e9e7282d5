"""`kinerja worker`: the process that does background and scheduled jobs."""

import logging
import os
import signal
import sys
import threading
from typing import Annotated

import typer

from core.commands.shared import deployment, print_json, say
from core.database import database
from core.i18n import N_, translate
from core.registry import Registry


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("worker", help=N_("Do background and scheduled jobs until stopped; finishes what runs."))(_worker)


def _worker(
    threads: Annotated[int, typer.Option(help=N_("Jobs done at the same time."), min=1, max=64)] = 2,
    once: Annotated[str, typer.Option("--once", help=N_("Do the job of this name now and end."))] = "",
    list_jobs: Annotated[bool, typer.Option("--list", help=N_("List the jobs and end."))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("Print the list as JSON."))] = False,
    until_stdin_closes: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    with deployment(log_level=logging.INFO) as registry:
        if list_jobs:
            _list(registry, as_json=as_json)
            return
        from core.jobs import JobQueue, install

        queue = JobQueue(registry.settings, registry.jobs)
        install(queue)
        if once:
            if once not in queue.jobs:
                raise typer.BadParameter(", ".join(queue.jobs), param_hint="--once")
            queue.run(once)
            say(N_("Job {name} done."), name=once)
            return
        # Each thread opens a connection of its own for each job.
        database.close()

        def greet() -> None:
            say(N_("Worker ready: {count} jobs, {threads} threads."), count=len(queue.jobs), threads=threads)
            if until_stdin_closes:
                threading.Thread(target=_stop_with_parent, daemon=True).start()

        queue.consume(threads, greet)


def _list(registry: Registry, *, as_json: bool) -> None:
    if as_json:
        print_json(
            [{"name": job.name, "title": translate(job.title), "schedule": job.schedule} for job in registry.jobs]
        )
        return
    for job in registry.jobs:
        say("{name:40} {schedule:15} {title}", name=job.name, schedule=job.schedule or "-", title=translate(job.title))


def _stop_with_parent() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
