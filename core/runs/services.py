"""Doing one verb to many rows in the background, seeing how far it is, stopping it and undoing it."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import uuid4

import peewee as pw

from core import jobs
from core.approval.models import ChangeRequest
from core.approval.services import withdraw
from core.approval.terms import RequestState
from core.bin.models import BinEntry
from core.bin.services import restore_entry
from core.bin.terms import BinState
from core.bulk import insert_rows
from core.context import Context, stating
from core.errors import Problem, Refused, forbidden, refuse
from core.faults import isolated
from core.history.services import undo_batch
from core.history.services.rows import current
from core.i18n import N_
from core.policy import fetch, require
from core.runs.models import BulkRun, BulkRunItem
from core.runs.policies import STEER
from core.runs.terms import ItemState, RunState
from core.verbs.declare import Does, Values, Verb
from core.verbs.performing import verb_named
from core.verbs.values import as_json
from core.work import unit_of_work

WORK = "runs.work"
MOST_ROWS = 100_000

_CALLS_AT_ONCE = 10


def start_run(ctx: Context, verb: Verb, ids: Sequence[int], values: Values, reason: str | None) -> BulkRun:
    """Have a job do the verb to these rows as the caller, and return the run; each row is decided on by itself.

    Refused for verbs that are not for many rows at once, without rows, and for more than 100,000.
    """
    if not ctx.actor.account_id:
        raise forbidden("input")
    if not verb.may_be_bulk or any(verb.by_name[name].is_secret for name in values if name in verb.by_name):
        raise refuse("NOT_BULK", N_("This is done row by row. Open each row and do it there."), "input", "verb")
    keys = list(dict.fromkeys(ids))
    if not keys:
        raise refuse("NO_ROWS", N_("No row is chosen. Choose at least one."), "input", "id")
    if len(keys) > MOST_ROWS:
        text = N_("{count} rows are too many at once; {limit} are allowed. Narrow the filter.")
        raise refuse("TOO_MANY_ROWS", text, "input", "id", count=len(keys), limit=MOST_ROWS)
    with stating(ctx, reason), unit_of_work(ctx) as work:
        run = work.create(
            BulkRun,
            verb=verb.name,
            model=verb.model.__name__,
            values=as_json(verb, values),
            reason=ctx.reason or "",
            total=len(keys),
            problems=[],
            batch=uuid4().hex,
            account_id=ctx.actor.account_id,
            account_name=ctx.actor.name,
            language=ctx.language,
            created_at=ctx.now,
        )
        # Bookkeeping that the history needs no copy of: what is done to each row is recorded there.
        columns: list[Any] = [BulkRunItem.run, BulkRunItem.subject_id, BulkRunItem.state, BulkRunItem.problems]
        insert_rows(BulkRunItem, columns, ([run.id, key, ItemState.WAITING, []] for key in keys))
    _call_worker()
    return run


def stop_run(ctx: Context, id: int) -> BulkRun:
    """Stop a run after the row that it is at; what is done stays, and can be undone."""
    with unit_of_work(ctx) as work:
        run = _steered(ctx, id)
        if run.state not in {RunState.WAITING, RunState.RUNNING}:
            raise refuse("RUN_ENDED", N_("This run has ended. There is nothing left to stop."), "input", "id")
        return work.update(run, state=RunState.STOPPED, finished_at=ctx.now)


def undo_run(ctx: Context, id: int, reason: str | None) -> BulkRun:
    """Undo all that a run did, or nothing where rows stand in the way: each is named (CHANGED_LATER).

    Whoever undoes must be allowed to do the verb to each row still. Own requests of the run that wait are withdrawn.
    """
    why = (reason or ctx.reason or "").strip()
    if not why:
        raise refuse(
            "REASON_MISSING", N_("Bringing back an earlier state needs a reason. Write why."), "input", "reason"
        )
    with stating(ctx, why), unit_of_work(ctx) as work:
        run = _steered(ctx, id)
        if run.state not in {RunState.DONE, RunState.STOPPED}:
            text = N_("Only a run that has ended can be undone, and only once. Wait, or stop it first.")
            raise refuse("RUN_NOT_UNDOABLE", text, "input", "id")
        verb = verb_named(run.verb)
        if verb.does is Does.ARCHIVE:
            _restore_all(ctx, run)
        else:
            _require_each(ctx, run, verb)
            undo_batch(ctx, run.batch)
        _withdraw_requests(ctx, run)
        return work.update(run, state=RunState.UNDONE)


def _withdraw_requests(ctx: Context, run: BulkRun) -> None:
    own = (ChangeRequest.run_id == run.id) & (ChangeRequest.account_id == ctx.actor.account_id)
    waiting = ChangeRequest.select(ChangeRequest.id).where(own & (ChangeRequest.state == RequestState.WAITING))
    for request in list(waiting):
        withdraw(ctx, request.id)


def _steered(ctx: Context, id: int) -> BulkRun:
    run = fetch(BulkRun, id, ctx, "input", "id")
    require(ctx, STEER, run, "input", "id")
    return run


def _restore_all(ctx: Context, run: BulkRun) -> None:
    """Bring back what the run put into the bin, the last first; entries restored by hand stay as they are."""
    problems: list[Problem] = []
    entries = BinEntry.select(BinEntry.id).where((BinEntry.batch == run.batch) & (BinEntry.state == BinState.IN_BIN))
    with unit_of_work(ctx) as work:
        for entry in list(entries.order_by(BinEntry.id.desc())):
            try:
                with work.attempt():
                    restore_entry(ctx, entry.id, ctx.reason)
            except Refused as refused:
                problems += refused.problems
    if problems:
        raise Refused(problems)


def _require_each(ctx: Context, run: BulkRun, verb: Verb) -> None:
    items: Any = BulkRunItem.select(BulkRunItem.subject_id).where(
        (BulkRunItem.run == run.id) & (BulkRunItem.state == ItemState.DONE)
    )
    for (key,) in list(items.tuples()):
        row: pw.Model | None = current(verb.model, key)
        if row is not None and verb.permission:
            require(ctx, verb.permission, verb.subject(row), "input", "id")


def _call_worker() -> None:
    """Let a worker begin soon; without a queue at hand the clock does within a minute."""
    with isolated(WORK, "enqueue"), suppress(LookupError):
        jobs.enqueue(WORK, unless_waiting=_CALLS_AT_ONCE)
