"""Deciding on a measured value: accepted, it becomes progress with its evidence; nothing is rated."""

from core.context import Context
from core.errors import Problem, Refused, refuse, stale
from core.facts.models import FactMeasurement
from core.facts.rules.measuring import Span, comment_problems, counted_twice, day_of_progress
from core.facts.terms import FactState
from core.i18n import N_, translate
from core.policy import fetch, require
from core.progress.models import Evidence, ProgressRecord
from core.progress.rules.evidence import LONGEST_TITLE
from core.progress.services.records import values_of
from core.progress.services.targets import NewProgress, Target, target_problems
from core.progress.terms import EvidenceKind
from core.work import unit_of_work

_NOTE = N_("{title}: {value} {unit} from {cases} cases, {first} to {last} ({fact}).")


def accept_fact(ctx: Context, measurement_id: int, version: int, comment: str = "") -> FactMeasurement:
    """Accept a measured value of somebody's plan: it becomes a progress record that says where it came from."""
    with unit_of_work(ctx) as work:
        row = _undecided(ctx, measurement_id, version)
        _check_comment(comment, is_required=False)
        indicator = row.indicator
        target = Target(row.plan, indicator.work_result, indicator)
        day = day_of_progress(Span(row.starts_on, row.ends_on), indicator.pattern, indicator.release_on)
        report = NewProgress(day, row.value, _note(ctx, row))
        problems = [
            Problem(problem.code, problem.text, ("input", "id"), problem.params)
            for problem in target_problems(ctx, report, target)
        ]
        problems += _counted_twice(row)
        if problems:
            raise Refused(problems)
        record = work.create(ProgressRecord, **values_of(ctx, report, target))
        work.create(Evidence, progress_record=record.id, kind=EvidenceKind.FACT, title=report.note[:LONGEST_TITLE])
        work.update(
            row,
            version,
            state=FactState.ACCEPTED,
            comment=comment.strip(),
            decided_by=ctx.actor.employee_id,
            decided_at=ctx.now,
            progress_record=record.id,
        )
        work.emit("progress.progress_recorded", {"record_ids": [record.id], "plan_ids": [row.plan_id]})
        work.emit("facts.fact_accepted", _told(row))
        return row


def reject_fact(ctx: Context, measurement_id: int, version: int, comment: str) -> FactMeasurement:
    """Reject a measured value of somebody's plan and say why; it stays to be seen and counts nowhere."""
    with unit_of_work(ctx) as work:
        row = _undecided(ctx, measurement_id, version)
        _check_comment(comment, is_required=True)
        work.update(
            row,
            version,
            state=FactState.REJECTED,
            comment=comment.strip(),
            decided_by=ctx.actor.employee_id,
            decided_at=ctx.now,
        )
        work.emit("facts.fact_rejected", _told(row))
        return row


def _undecided(ctx: Context, measurement_id: int, version: int) -> FactMeasurement:
    row = fetch(FactMeasurement, measurement_id, ctx, "input", "id")
    require(ctx, "facts.decide", row.plan, "input", "id")
    if row.version != version:
        raise stale("input", "version")
    if row.state is not FactState.PROPOSED:
        text = N_("This value was decided on already. Measure again if it has changed.")
        raise refuse("FACT_DECIDED", text, "input", "id")
    return row


def _check_comment(comment: str, *, is_required: bool) -> None:
    problems = comment_problems(comment, is_required=is_required)
    if problems:
        raise Refused([problem.under("input") for problem in problems])


def _counted_twice(row: FactMeasurement) -> list[Problem]:
    counted = FactMeasurement.select().where(
        (FactMeasurement.indicator == row.indicator_id) & FactMeasurement.progress_record.is_null(False)
    )
    spans = [Span(other.starts_on, other.ends_on) for other in counted]
    other = counted_twice(Span(row.starts_on, row.ends_on), row.indicator.pattern, spans)
    if other is None:
        return []
    text = N_(
        "Cases from {first} to {last} were accepted already and would count twice. Have that progress removed first."
    )
    return [Problem("FACT_COUNTED", text, ("input", "id"), {"first": other.first, "last": other.last})]


def _note(ctx: Context, row: FactMeasurement) -> str:
    return translate(_NOTE, ctx.settings.default_language).format(
        title=row.title,
        value=format(row.value, "f"),
        unit=row.unit_of_measure,
        cases=row.cases,
        first=row.starts_on,
        last=row.ends_on,
        fact=row.fact,
    )


def _told(row: FactMeasurement) -> dict[str, int]:
    return {"fact_measurement_id": row.id, "indicator_id": row.indicator_id, "plan_id": row.plan_id}
