"""Eligibility runs: asked for by people, worked in the background, repeatable, each a snapshot of a day."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from itertools import islice
from typing import Any

from core import jobs
from core.bulk import insert_rows
from core.organisation.terms import EmploymentStatus
from core.plugin_api import N_, Context, forbidden, isolated, refuse, unit_of_work
from plugins.rewards.programmes.events import RUN_FINISHED
from plugins.rewards.programmes.models import EligibilityResult, EligibilityRun, RewardRound
from plugins.rewards.programmes.roles import MANAGE
from plugins.rewards.programmes.rules.criteria import with_always
from plugins.rewards.programmes.rules.judging import Finding, Frame, Person, is_eligible, is_undecided
from plugins.rewards.programmes.services.access import held, open_round, to_do
from plugins.rewards.programmes.services.gathering import Asked, findings_of
from plugins.rewards.programmes.services.programmes import newest_criteria
from plugins.rewards.programmes.settings import programme_settings
from plugins.rewards.programmes.terms import AwardKind, CriterionKind, RunState

WORK = "rewards.run_eligibility"
"""The job that works the runs."""

_PART = 5_000
"""People of one transaction: SQLite lets others write in between."""

_FIRST = date(1950, 1, 1)


def start_run(ctx: Context, *, round_id: int, as_of: date | None = None) -> EligibilityRun:
    """Ask for a run over everybody where the programme holds, as of a day (default: today); a worker does it soon."""
    day = as_of or ctx.today
    with unit_of_work(ctx) as work:
        to_do(ctx, MANAGE, RewardRound, round_id, "roundId")
        round_ = open_round(ctx, round_id)
        # Nobody becomes eligible by a day beyond the period for which awards are given.
        last = max(ctx.today, round_.ends_on)
        if not _FIRST <= day <= last:
            text = N_("{day} is too far away. Give a day until {last}.")
            raise refuse("RUN_DAY", text, "input", "asOf", day=day.isoformat(), last=last.isoformat())
        run = work.create(
            EligibilityRun,
            round=round_.id,
            as_of=day,
            snapshot=snapshot_of(ctx, round_),
            account_name=ctx.actor.name,
        )
    _call_worker()
    return run


def snapshot_of(ctx: Context, round_: RewardRound) -> dict[str, Any]:
    """Return the rules of a round as they hold now: criteria with their version, period, programme and settings."""
    programme, settings = round_.programme, programme_settings(ctx)
    stored = newest_criteria(programme.id)
    criteria = [dict(one) for one in with_always(stored.criteria)]
    if settings.pppk_are_eligible and programme.kind is AwardKind.SERVICE_MEDAL:
        for one in criteria:
            if one["kind"] == CriterionKind.EMPLOYMENT:
                one["statuses"] = list(dict.fromkeys([*one["statuses"], EmploymentStatus.PPPK.value]))
    return {
        "programme": {
            "code": programme.code,
            "name": programme.name,
            "legal_basis": programme.legal_basis,
            "source": programme.source,
            "confidence": programme.confidence,
        },
        "revision": stored.revision,
        "criteria": criteria,
        "period": {"starts_on": round_.starts_on.isoformat(), "ends_on": round_.ends_on.isoformat()},
        "service_restarts": settings.service_restarts,
    }


def asked_of(round_: RewardRound, snapshot: Mapping[str, Any], as_of: date) -> Asked:
    """Return what a snapshot asks about a day."""
    period = snapshot["period"]
    frame = Frame(
        as_of,
        date.fromisoformat(period["starts_on"]),
        date.fromisoformat(period["ends_on"]),
        restarts=snapshot["service_restarts"],
    )
    return Asked(snapshot["criteria"], frame, round_.programme)


def judged(ctx: Context, round_: RewardRound, employee_id: int, as_of: date) -> tuple[dict[str, Any], list[Finding]]:
    """Return the rules as they hold now, and the findings of one person on a day; none for who is not there."""
    snapshot = snapshot_of(ctx, round_)
    found = list(findings_of(ctx, asked_of(round_, snapshot, as_of), [employee_id]))
    return snapshot, found[0][1] if found else []


def work_runs(ctx: Context) -> int:
    """Work every run that waits, and those whose worker died; return how many were done. For the system alone."""
    if not ctx.actor.is_system:
        raise forbidden()
    open_runs = EligibilityRun.state.in_([RunState.WAITING, RunState.RUNNING])
    keys = [run.id for run in EligibilityRun.select(EligibilityRun.id).where(open_runs).order_by(EligibilityRun.id)]
    for key in keys:
        with isolated(WORK, "run") as outcome:
            perform(ctx, key)
        if outcome.error is not None:
            _end(ctx, key, RunState.FAILED, fault=type(outcome.error).__name__)
    return len(keys)


def perform(ctx: Context, run_id: int) -> EligibilityRun:
    """Work one run from its beginning: what an earlier worker left is put away first."""
    with unit_of_work(ctx) as work:
        run = held(EligibilityRun, run_id)
        EligibilityResult.delete().where(EligibilityResult.run == run.id).execute()
        run = work.update(run, state=RunState.RUNNING, started_at=ctx.now)
    asked = asked_of(run.round, run.snapshot, run.as_of)
    counts = {"people": 0, "eligible": 0, "undecided": 0}
    found = findings_of(ctx, asked)
    while part := list(islice(found, _PART)):
        with unit_of_work(ctx):
            _write(run.id, part)
        counts["people"] += len(part)
        counts["eligible"] += sum(is_eligible(findings) for _, findings in part)
        counts["undecided"] += sum(is_undecided(findings) for _, findings in part)
    return _end(ctx, run.id, RunState.DONE, **counts)


def _write(run_id: int, part: Iterable[tuple[Person, list[Finding]]]) -> None:
    # A snapshot that nobody edits; the history has the run itself.
    columns: list[Any] = [
        EligibilityResult.run,
        EligibilityResult.employee,
        EligibilityResult.unit,
        EligibilityResult.is_eligible,
        EligibilityResult.is_undecided,
        EligibilityResult.findings,
        EligibilityResult.confidential,
    ]
    insert_rows(
        EligibilityResult,
        columns,
        (
            [
                run_id,
                person.id,
                person.unit_id,
                is_eligible(findings),
                is_undecided(findings),
                [one.as_json() for one in findings],
                [dict(each) for one in findings for each in one.private] or None,
            ]
            for person, findings in part
        ),
    )


def _end(ctx: Context, run_id: int, state: RunState, **values: Any) -> EligibilityRun:
    with unit_of_work(ctx) as work:
        run = held(EligibilityRun, run_id)
        run = work.update(run, state=state, finished_at=ctx.now, **values)
        work.emit(RUN_FINISHED, {"run_id": run.id, "round_id": run.round_id, "state": state.value})
        return run


def _call_worker() -> None:
    """Let a worker begin soon; without a queue at hand the clock does within minutes."""
    with isolated(WORK, "enqueue"), suppress(LookupError):
        jobs.enqueue(WORK)
