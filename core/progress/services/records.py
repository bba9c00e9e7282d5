"""Recording, correcting and removing progress."""

from collections.abc import Mapping
from typing import Any

from core.context import Context
from core.errors import Refused, refuse, stale
from core.i18n import N_
from core.policy import fetch, require
from core.progress.models import Evidence, ProgressRecord
from core.progress.rules.records import period_problems
from core.progress.services.targets import NewProgress, Target, Targets, target_problems
from core.progress.terms import EvidenceKind
from core.work import unit_of_work

CHANGEABLE = ("happened_on", "quantity", "note")


def record_progress(ctx: Context, report: NewProgress) -> ProgressRecord:
    """Record what was done for an indicator or a work result of an approved plan."""
    with unit_of_work(ctx) as work:
        target, problems = Targets(ctx, [report]).of(report)
        if target is None or problems:
            raise Refused([problem.under("input") for problem in problems])
        record = work.create(ProgressRecord, **values_of(ctx, report, target))
        work.emit("progress.progress_recorded", {"record_ids": [record.id], "plan_ids": [target.plan.id]})
        return record


def values_of(ctx: Context, report: NewProgress, target: Target) -> dict[str, Any]:
    """Return the columns of the record of a report."""
    return {
        "plan": target.plan.id,
        "work_result": target.result.id,
        "indicator": target.indicator.id if target.indicator else None,
        "recorded_by": ctx.actor.employee_id,
        "happened_on": report.happened_on,
        "quantity": report.quantity,
        "note": report.note.strip(),
    }


def correct_progress(ctx: Context, record_id: int, version: int, changes: Mapping[str, Any]) -> ProgressRecord:
    """Correct the date, quantity or note of a record; the earlier state stays in the history."""
    with unit_of_work(ctx) as work:
        record = fetch(ProgressRecord, record_id, ctx, "input", "id")
        require(ctx, "progress.correct", record, "input", "id")
        refuse_if_measured(record)
        wanted = {name: changes.get(name, getattr(record, name)) for name in CHANGEABLE}
        report = NewProgress(wanted["happened_on"], wanted["quantity"], wanted["note"])
        problems = target_problems(ctx, report, Target(record.plan, record.work_result, record.indicator))
        if problems:
            raise Refused([problem.under("input") for problem in problems])
        work.update(record, version, **{**wanted, "note": wanted["note"].strip()})
        work.emit("progress.progress_corrected", {"record_id": record.id, "plan_id": record.plan_id})
        return record


def refuse_if_measured(record: ProgressRecord) -> None:
    """Refuse where a record comes from an accepted fact: nobody makes another value of what was accepted."""
    facts = (Evidence.progress_record == record.id) & (Evidence.kind == EvidenceKind.FACT)
    if Evidence.select().where(facts).exists():
        text = N_("This comes from an accepted fact and stays as it was measured. Remove the record, or measure again.")
        raise refuse("PROGRESS_FROM_FACT", text, "input", "id")


def remove_progress(ctx: Context, record_id: int, version: int, reason: str) -> int:
    """Remove a record with its evidence, giving a reason that the history keeps; return its id."""
    with unit_of_work(ctx) as work:
        record = fetch(ProgressRecord, record_id, ctx, "input", "id")
        require(ctx, "progress.remove", record, "input", "id")
        problems = period_problems(record.plan.period.state)
        if problems:
            raise Refused([problem.under("input") for problem in problems])
        if not reason.strip():
            raise refuse(
                "REASON_MISSING",
                N_("No reason is given. Say why the record is removed; the history keeps it."),
                "input",
                "reason",
            )
        if record.version != version:
            raise stale("input", "version")
        before, ctx.reason = ctx.reason, reason.strip()
        try:
            for evidence in list(Evidence.select().where(Evidence.progress_record == record.id)):
                work.delete(evidence)
            work.delete(record)
        finally:
            ctx.reason = before
        work.emit("progress.progress_removed", {"record_id": record_id, "plan_id": record.plan_id})
        return record_id
