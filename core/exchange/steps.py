"""Performs the step that a task waits for, as the person who started it, all of it or nothing."""

import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.context import Context
from core.contributions import Job
from core.database import utc_now
from core.errors import Problem, Refused, forbidden
from core.exchange import uploads
from core.exchange.heartbeat import Heartbeat, last_beat
from core.exchange.kept_report import keep_corrections, keep_report, problem_as_json
from core.exchange.known import import_kind
from core.exchange.models import ImportTask
from core.exchange.reading import read_sheet
from core.exchange.report import ImportReport, Outcome
from core.exchange.services import import_sheet, undo_import
from core.exchange.terms import TaskState, TaskStep
from core.i18n import N_
from core.identity.actors import actor_for_account
from core.identity.models import Account
from core.settings import Settings
from core.work import unit_of_work

log = logging.getLogger(__name__)

KEPT = timedelta(days=7)
"""How long an upload is kept, with its report."""

_SILENCE = timedelta(minutes=1)
"""Who works says so every second; after this time without a word the worker is dead."""

_INTERRUPTED = N_("The work was interrupted, and nothing of it was written. Start it again.")
_BROKEN = N_("Something went wrong here, and nothing was written. Tell your administrator the number {id}.")
_BAD_ROWS = N_(
    "{count} rows have problems, so nothing was written. Correct them and upload the file again, or import the valid "
    "rows only."
)


def work_through(ctx: Context) -> None:
    """Perform every step that waits, in the order in which the files came; a job."""
    _mark_interrupted(ctx)
    waiting = ImportTask.select().where(ImportTask.state == TaskState.WAITING).order_by(ImportTask.id)
    while (task := waiting.clone().first()) is not None:
        perform(task, ctx.settings, utc_now())


def forget_files(ctx: Context) -> None:
    """Remove uploads that are older than KEPT, and folders that no task knows; a job."""
    before = ctx.now - KEPT
    old = (ImportTask.created_at < before) & ImportTask.state.not_in((TaskState.WAITING, TaskState.RUNNING))
    for task in list(ImportTask.select().where(old)):
        with unit_of_work(ctx):
            ImportTask.delete().where((ImportTask.id == task.id) & old).execute()
        uploads.discard(ctx.settings, task.folder)
    folders: Any = ImportTask.select(ImportTask.folder).tuples()
    known = {folder for (folder,) in folders}
    uploads.sweep(ctx.settings, before, known)


def perform(task: ImportTask, settings: Settings, now: datetime) -> None:
    """Perform the step of a waiting task; whatever becomes of it stands in the task afterwards."""
    waiting = (ImportTask.id == task.id) & (ImportTask.state == TaskState.WAITING)
    if ImportTask.update(state=TaskState.RUNNING, started_at=now).where(waiting).execute() != 1:
        return
    account = Account.get_by_id(task.account_id)
    day = now.astimezone(ZoneInfo(settings.time_zone)).date()
    # Rights are those of today: they may have been taken away since the step was asked for.
    ctx = Context(
        actor=actor_for_account(account, day), settings=settings, now=now, language=task.language,
        reason=task.reason or None,
    )  # fmt: skip
    try:
        if not account.is_active:
            raise forbidden("input", "id")  # noqa: TRY301 - ends the task as every refusal does
        place = uploads.folder_of(settings, task.folder)
        with Heartbeat(place) as heartbeat:
            _STEPS[task.step](ctx, task, place, heartbeat)
    except Refused as refused:
        _end(task, state=TaskState.FAILED, problems=[problem_as_json(problem) for problem in refused.problems])
    except Exception:
        log.exception("import task %s failed", task.id, extra={"request_id": ctx.request_id})
        broken = Problem("IMPORT_BROKEN", _BROKEN, params={"id": ctx.request_id})
        _end(task, state=TaskState.FAILED, problems=[problem_as_json(broken)])


def _check(ctx: Context, task: ImportTask, place: Path, heartbeat: Heartbeat) -> None:
    report = _run(ctx, task, place, heartbeat, is_dry_run=True)
    _end(task, state=TaskState.CHECKED, **_counts(report))


def _import(ctx: Context, task: ImportTask, place: Path, heartbeat: Heartbeat) -> None:
    # One transaction for the rows and the word that they are written: whoever is killed leaves both or neither.
    with unit_of_work(ctx):
        report = _run(ctx, task, place, heartbeat, is_dry_run=False)
        counts = _counts(report)
        if not report.is_written:
            raise Refused(Problem("IMPORT_BAD_ROWS", _BAD_ROWS, params={"count": counts["rejected_rows"]}))
        _end(task, state=TaskState.DONE, run_id=report.run_id, **counts)


def _undo(ctx: Context, task: ImportTask, place: Path, heartbeat: Heartbeat) -> None:  # noqa: ARG001 - as the others
    with unit_of_work(ctx):
        undo_import(ctx, task.run_id or 0)
        _end(task, state=TaskState.DONE)


_STEPS = {TaskStep.CHECK: _check, TaskStep.IMPORT: _import, TaskStep.UNDO: _undo}


def _run(ctx: Context, task: ImportTask, place: Path, heartbeat: Heartbeat, *, is_dry_run: bool) -> ImportReport:
    sheet = read_sheet(place / "source", uploads.most_bytes(ctx.settings), task.file_name)
    report = import_sheet(
        ctx,
        import_kind(task.kind),
        sheet,
        mode=task.mode,
        is_dry_run=is_dry_run,
        mapping=task.mapping,
        constants=task.constants,
        on_progress=heartbeat.note,
    )
    keep_report(place, report)
    keep_corrections(place, sheet, report, task.language)
    return report


def _counts(report: ImportReport) -> dict[str, int]:
    return {f"{outcome.value.lower()}_rows": report.count(outcome) for outcome in Outcome}


def _end(task: ImportTask, **changes: object) -> None:
    running = (ImportTask.id == task.id) & (ImportTask.state == TaskState.RUNNING)
    ImportTask.update({**changes, "ended_at": utc_now()}).where(running).execute()


def _mark_interrupted(ctx: Context) -> None:
    """Say of each task whose worker died that it was interrupted: its transaction went with the worker."""
    before = utc_now() - _SILENCE
    running = (ImportTask.state == TaskState.RUNNING) & (ImportTask.started_at < before)
    for task in list(ImportTask.select().where(running)):
        place = ctx.settings.files_dir / "imports" / task.folder
        if last_beat(place) < before.timestamp():
            problem = Problem("IMPORT_INTERRUPTED", _INTERRUPTED)
            _end(task, state=TaskState.FAILED, problems=[problem_as_json(problem)])


JOBS: tuple[Job, ...] = (
    Job("exchange.import_files", N_("Uploaded files are tried, imported and taken back"), work_through, "* * * * *"),
    Job("exchange.forget_files", N_("Removal of uploaded files after a week"), forget_files, "25 2 * * *"),
)
