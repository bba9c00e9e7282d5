"""What a person does with an uploaded file: choose its columns, try it, import it, take it back, throw it away."""

from collections.abc import Mapping
from pathlib import Path
from typing import IO

from core import jobs
from core.context import Context
from core.errors import Refused, refuse
from core.exchange import uploads
from core.exchange.columns import column_problems, remember, suggestion
from core.exchange.heartbeat import progress_in
from core.exchange.known import import_kind
from core.exchange.models import ImportTask
from core.exchange.reading import Sheet, read_head
from core.exchange.steps import perform
from core.exchange.terms import ImportMode, TaskState, TaskStep
from core.i18n import N_
from core.policy import fetch, require
from core.work import unit_of_work

JOB = "exchange.import_files"
LARGE = 500
"""A file of more rows is tried in the background."""

_FREE = (TaskState.NEW, TaskState.CHECKED, TaskState.FAILED)
_LONGEST_REASON = 1000


def receive_file(ctx: Context, kind_name: str, source: IO[bytes], file_name: str) -> ImportTask:
    """Keep an uploaded file to be imported and return the task; refused when it is no table, too large or not allowed.

    The columns are guessed, or read as the caller did last time.
    """
    kind = import_kind(kind_name)
    require(ctx, "exchange.import", kind, "kind")
    folder, name, size = uploads.receive(ctx.settings, source, file_name)
    try:
        head = _head(ctx, uploads.folder_of(ctx.settings, folder), name, LARGE + 1)
        headers = [header for header in head.headers if header]
        mapping, constants = suggestion(ctx, kind, headers)
        with unit_of_work(ctx):
            return ImportTask.create(
                account=ctx.actor.account_id,
                kind=kind.name,
                file_name=name,
                folder=folder,
                size=size,
                headers=headers,
                is_large=len(head.lines) > LARGE,
                mapping=mapping,
                constants=constants,
                language=ctx.language,
                created_at=ctx.now,
            )
    except BaseException:
        uploads.discard(ctx.settings, folder)
        raise


def own_task(ctx: Context, task_id: int) -> ImportTask:
    """Return a task of the caller; that of anybody else is not found."""
    return fetch(ImportTask, task_id, ctx, "input", "id")


def head_of(ctx: Context, task: ImportTask, lines: int) -> Sheet:
    """Return the header and the first lines of a task's file."""
    return _head(ctx, uploads.folder_of(ctx.settings, task.folder), task.file_name, lines)


def progress_of(ctx: Context, task: ImportTask) -> tuple[int, int]:
    """Return how many rows of the present step are done, and of how many."""
    return progress_in(uploads.folder_of(ctx.settings, task.folder))


def try_file(ctx: Context, task_id: int, mapping: Mapping[str, str], constants: Mapping[str, str]) -> ImportTask:
    """Try a task's file with these columns, at once or (of more than LARGE rows) in the background; writes no row.

    `mapping` is header → column (empty: not read). Refused with COLUMN_TWICE or COLUMN_MISSING, or while it is at work.
    """
    task = own_task(ctx, task_id)
    kind = import_kind(task.kind)
    require(ctx, "exchange.import", kind, "kind")
    chosen = {header: mapping.get(header, "") for header in task.headers}
    named = {column.name for column in kind.columns}
    fixed = {name: text.strip() for name, text in constants.items() if text.strip() and name in named}
    problems = column_problems(kind, chosen, fixed)
    if problems:
        raise Refused(problems)
    with unit_of_work(ctx):
        _send(ctx, task, TaskStep.CHECK, _FREE, mapping=chosen, constants=fixed)
        remember(ctx, kind, chosen, fixed)
    if task.is_large:
        jobs.enqueue(JOB)
    else:
        perform(task, ctx.settings, ctx.now)
    return own_task(ctx, task_id)


def import_file(ctx: Context, task_id: int, mode: ImportMode) -> ImportTask:
    """Let a file that was tried be imported in the background, as the caller and for the reason of `ctx`."""
    task = own_task(ctx, task_id)
    require(ctx, "exchange.import", import_kind(task.kind), "kind")
    if task.state is not TaskState.CHECKED and task.step is not TaskStep.IMPORT:
        raise _not_now()
    with unit_of_work(ctx):
        _send(ctx, task, TaskStep.IMPORT, (TaskState.CHECKED, TaskState.FAILED), mode=mode, reason=_reason(ctx))
    jobs.enqueue(JOB)
    return own_task(ctx, task_id)


def undo_file(ctx: Context, task_id: int) -> ImportTask:
    """Let the import of a task be undone in the background, for the reason of `ctx`."""
    task = own_task(ctx, task_id)
    require(ctx, "exchange.import", import_kind(task.kind), "kind")
    if task.run_id is None or task.step is TaskStep.CHECK or (task.step, task.state) == (TaskStep.UNDO, TaskState.DONE):
        raise _not_now()
    with unit_of_work(ctx):
        _send(ctx, task, TaskStep.UNDO, (TaskState.DONE, TaskState.FAILED), reason=_reason(ctx))
    jobs.enqueue(JOB)
    return own_task(ctx, task_id)


def discard_file(ctx: Context, task_id: int) -> None:
    """Throw a task and its file away; what was imported from it stays."""
    task = own_task(ctx, task_id)
    with unit_of_work(ctx):
        free = (*_FREE, TaskState.DONE)
        if ImportTask.delete().where((ImportTask.id == task.id) & ImportTask.state.in_(free)).execute() != 1:
            raise _not_now()
    uploads.discard(ctx.settings, task.folder)


def _head(ctx: Context, place: Path, name: str, lines: int) -> Sheet:
    return read_head(place / "source", uploads.most_bytes(ctx.settings), lines, name)


def _reason(ctx: Context) -> str:
    return (ctx.reason or "").strip()[:_LONGEST_REASON]


def _send(ctx: Context, task: ImportTask, step: TaskStep, free: tuple[TaskState, ...], **changes: object) -> None:
    """Let a task wait for its next step, unless somebody else was faster."""
    values = {
        **changes, "step": step, "state": TaskState.WAITING, "problems": [], "language": ctx.language,
        "started_at": None, "ended_at": None,
    }  # fmt: skip
    query = ImportTask.update(values).where((ImportTask.id == task.id) & ImportTask.state.in_(free))
    if query.execute() != 1:
        raise _not_now()
    for name, value in values.items():
        setattr(task, name, value)


def _not_now() -> Refused:
    text = N_("This file is at another step now, perhaps in another window. Open it again from the list of imports.")
    return refuse("IMPORT_STEP_WRONG", text, "input", "id")
