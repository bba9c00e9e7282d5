"""The job that works through bulk runs, row by row, as the account that started each.

Each row is one transaction in which its item is marked: a row is done once, whoever is killed and however many work.
"""

from collections.abc import Sequence
from typing import Any

import peewee as pw

from core.approval.guards import ApprovalNeeded
from core.approval.services import request_change
from core.context import Context
from core.contributions import Job
from core.database import transaction
from core.errors import Problem, Refused
from core.faults import isolated
from core.i18n import N_
from core.identity.actors import actor_for_account
from core.identity.models import Account
from core.runs.models import BulkRun, BulkRunItem
from core.runs.services import WORK
from core.runs.terms import ItemState, RunState
from core.verbs.declare import Target, Values, Verb
from core.verbs.performing import perform, verb_named
from core.verbs.values import from_json
from core.work import plain, unit_of_work

_TURN = 100
"""Rows of one run until the next one has its turn."""

_ROW_FAILED = Problem(
    "ROW_FAILED", N_("The change failed by a fault of the program. Tell your administrator the number of this run.")
)


def work_through(ctx: Context) -> int:
    """Do what waits, and return how many rows were done."""
    done = 0
    while runs := _open_runs():
        done += sum(_turn(ctx, run) for run in runs)
    return done


def _open_runs() -> list[BulkRun]:
    states = [RunState.WAITING, RunState.RUNNING]
    return list(BulkRun.select().where(BulkRun.state.in_(states)).order_by(BulkRun.id))


def _turn(ctx: Context, run: BulkRun) -> int:
    """Do the next rows of a run, and end it with the last."""
    with transaction():
        _mark(run, RunState.RUNNING, RunState.WAITING, started_at=ctx.now)
    try:
        verb = verb_named(run.verb)
    except Refused as refused:
        _stop(ctx, run, refused.problems)
        return 0
    values = from_json(verb, run.values)
    done = 0
    for item in _next_items(run):
        acting = _acting(ctx, run)
        if acting is None:
            return done
        done += _do(acting, run, item, verb, values)
    with transaction():
        if not _next_items(run):
            _mark(run, RunState.DONE, RunState.RUNNING, finished_at=ctx.now)
    return done


def _next_items(run: BulkRun) -> list[BulkRunItem]:
    waiting = (BulkRunItem.run == run.id) & (BulkRunItem.state == ItemState.WAITING)
    return list(BulkRunItem.select().where(waiting).order_by(BulkRunItem.id).limit(_TURN))


def _acting(ctx: Context, run: BulkRun) -> Context | None:
    """Return the call of the account that started the run, as it stands now; None when the run is not to go on."""
    if BulkRun.select(BulkRun.state).where(BulkRun.id == run.id).scalar() is not RunState.RUNNING:
        return None
    account = Account.get_or_none((Account.id == run.account_id) & Account.is_active)
    if account is None:
        text = N_("The account of {name} was closed, so the run stopped. Have somebody else start it anew.")
        _stop(ctx, run, [Problem("RUN_ACCOUNT_CLOSED", text, params={"name": run.account_name})])
        return None
    return Context(
        actor=actor_for_account(account, ctx.today),
        settings=ctx.settings,
        request_id=ctx.request_id,
        language=run.language,
        reason=run.reason or None,
        batch=run.batch,
    )


def _do(ctx: Context, run: BulkRun, item: BulkRunItem, verb: Verb, values: Values) -> int:
    """Do one row; return 1 if it was this worker that marked it."""
    target = Target(item.subject_id)
    try:
        with unit_of_work(ctx):
            if not _taken(run, item, ItemState.DONE):
                return 0
            perform(ctx, verb, target, values)
            return 1
    except ApprovalNeeded as needed:
        return _request(ctx, run, item, verb, values, needed)
    except Refused as refused:
        return _refuse(run, item, refused.problems)
    except pw.DatabaseError:
        # Not the fault of the row: the run goes on with it when the clock starts the job again.
        raise
    except Exception:
        with isolated(WORK, f"{run.verb} of {run.model}:{item.subject_id}"):
            raise
        return _refuse(run, item, [_ROW_FAILED])  # type: ignore[unreachable]  # reached as isolated() ends the error


def _request(ctx: Context, run: BulkRun, item: BulkRunItem, verb: Verb, values: Values, needed: ApprovalNeeded) -> int:
    # The request is no change of the run: what is approved gets a batch of its own.
    ctx.batch = None
    try:
        with unit_of_work(ctx):
            if not _taken(run, item, ItemState.REQUESTED, requested=BulkRun.requested + 1):
                return 0
            request_change(ctx, verb, Target(item.subject_id), values, needed.entries, run_id=run.id)
            return 1
    except Refused as refused:
        return _refuse(run, item, refused.problems)


def _refuse(run: BulkRun, item: BulkRunItem, problems: Sequence[Problem]) -> int:
    kept = [_kept(problem) for problem in problems]
    with transaction():
        return int(_taken(run, item, ItemState.REFUSED, kept, failed=BulkRun.failed + 1))


def _taken(
    run: BulkRun, item: BulkRunItem, state: ItemState, problems: list[dict[str, Any]] | None = None, **counts: Any
) -> bool:
    """Mark the item inside the transaction of its row; False when another worker has."""
    waiting = (BulkRunItem.id == item.id) & (BulkRunItem.state == ItemState.WAITING)
    if BulkRunItem.update(state=state, problems=problems or []).where(waiting).execute() != 1:
        return False
    BulkRun.update(done=BulkRun.done + 1, **counts).where(BulkRun.id == run.id).execute()
    return True


def _kept(problem: Problem) -> dict[str, Any]:
    """Return a problem as it is kept: told later in the language of whoever looks."""
    params = {name: plain(value) for name, value in problem.params.items()}
    return {
        "code": problem.code,
        "text": problem.text,
        "path": list(problem.path),
        "params": {name: value if isinstance(value, int | float) else str(value) for name, value in params.items()},
    }


def problems_of(kept: list[dict[str, Any]]) -> list[Problem]:
    """Return kept problems as they were."""
    return [Problem(one["code"], one["text"], tuple(one["path"]), one["params"]) for one in kept]


def _stop(ctx: Context, run: BulkRun, problems: Sequence[Problem]) -> None:
    kept = [_kept(problem) for problem in problems]
    with transaction():
        _mark(run, RunState.STOPPED, RunState.RUNNING, problems=kept, finished_at=ctx.now)


def _mark(run: BulkRun, state: RunState, former: RunState, **more: Any) -> None:
    BulkRun.update(state=state, **more).where((BulkRun.id == run.id) & (BulkRun.state == former)).execute()


JOBS: tuple[Job, ...] = (
    Job(WORK, N_("Bulk changes that wait or were broken off go on"), work_through, schedule="* * * * *"),
)
