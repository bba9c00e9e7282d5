"""The content of a plan as rows: read as plain values, written from what a caller wants."""

from collections.abc import Iterator, Sequence

import peewee as pw

from core.context import Context
from core.errors import Problem, Refused
from core.i18n import N_
from core.organisation.models import Position, PositionKind
from core.organisation.terms import PositionGroup
from core.planning.content import IndicatorContent, PlanContent, WorkResultContent
from core.planning.models import BehaviorExpectation, EvaluationPeriod, Indicator, PerformancePlan, WorkResult
from core.planning.rules.content import Frame, content_problems
from core.planning.services.parents import parent_problems
from core.planning.terms import BehaviorValue
from core.registry import active_registry
from core.work import UnitOfWork

_INDICATOR_FIELDS = (
    "aspect", "statement", "unit_of_measure", "target_min", "target_max", "direction", "pattern", "release_on", "fact",
)  # fmt: skip


def frame_of(plan: PerformancePlan, period: EvaluationPeriod) -> Frame:
    """Return what the content of `plan` is measured against."""
    return Frame(
        approach=plan.approach,
        is_executive=is_executive(plan.position_id),
        releases_from=period.starts_on,
        releases_to=max(period.ends_on, period.evaluation_deadline),
    )


def is_executive(position_id: int) -> bool:
    """Whether a position is a senior executive's (JPT)."""
    return (
        Position.select()
        .join(PositionKind)
        .where((Position.id == position_id) & (PositionKind.group == PositionGroup.EXECUTIVE))
        .exists()
    )


def work_results_of(plan_id: int) -> list[WorkResult]:
    """Return the work results of a plan in order."""
    return list(WorkResult.select().where(WorkResult.plan == plan_id).order_by(WorkResult.sequence, WorkResult.id))


def indicators_of(results: Sequence[WorkResult]) -> dict[int, list[Indicator]]:
    """Return the indicators of work results in order, by work result."""
    found: dict[int, list[Indicator]] = {result.id: [] for result in results}
    rows = (
        Indicator.select()
        .where(Indicator.work_result.in_(list(found)))
        .order_by(Indicator.work_result, Indicator.sequence, Indicator.id)
    )
    for row in rows:
        found[row.work_result_id].append(row)
    return found


def content_of(plan: PerformancePlan) -> PlanContent:
    """Return what a plan holds."""
    results = work_results_of(plan.id)
    indicators = indicators_of(results)
    expectations = BehaviorExpectation.select().where(BehaviorExpectation.plan == plan.id)
    return PlanContent(
        work_results=tuple(
            WorkResultContent(
                id=row.id,
                statement=row.statement,
                kind=row.kind,
                perspective=row.perspective,
                success_measure=row.success_measure,
                parent_id=row.parent_id,
                parent_statement=row.parent_statement,
                indicators=tuple(
                    IndicatorContent(id=each.id, **{name: getattr(each, name) for name in _INDICATOR_FIELDS})
                    for each in indicators[row.id]
                ),
            )
            for row in results
        ),
        expectations={row.value: row.expectation for row in expectations},
        support_needed=plan.support_needed,
        accountability_scheme=plan.accountability_scheme,
        consequences=plan.consequences,
    )


def write_content(
    ctx: Context, work: UnitOfWork, plan: PerformancePlan, period: EvaluationPeriod, content: PlanContent
) -> None:
    """Bring the rows of a plan to what `content` says, or refuse with everything that is wrong."""
    problems = content_problems(content, frame_of(plan, period))
    present = {row.id: row for row in work_results_of(plan.id)}
    indicators = indicators_of(list(present.values()))
    problems += _unknown_ids(content, present, indicators)
    wanted_parents = {
        number: (result.id, result.parent_id)
        for number, result in enumerate(content.work_results or ())
        if result.parent_id is not None
        and (result.id not in present or present[result.id].parent_id != result.parent_id)
    }
    for number, (child_id, parent_id) in wanted_parents.items():
        problems += parent_problems(ctx, plan, child_id, parent_id, "workResults", number, "parentId")
    if problems:
        raise Refused([problem.under("input") for problem in problems])
    if content.work_results is not None:
        _write_results(work, plan, content.work_results, present, indicators)
    _write_expectations(work, plan, content)
    work.update(plan, None, **content.texts())


def _unknown_ids(
    content: PlanContent, present: dict[int, WorkResult], indicators: dict[int, list[Indicator]]
) -> list[Problem]:
    text = N_("This plan has nothing under {id}, or it is given twice. Leave the id out to add something new.")
    found: list[Problem] = []
    seen: set[tuple[str, int]] = set()
    for number, result in enumerate(content.work_results or ()):
        path = ("workResults", number)
        if result.id is not None and (result.id not in present or ("result", result.id) in seen):
            found.append(Problem("NOT_FOUND", text, (*path, "id"), {"id": f"WorkResult:{result.id}"}))
        seen.add(("result", result.id or 0))
        mine = {row.id for row in indicators.get(result.id or 0, ())}
        for place, indicator in enumerate(result.indicators):
            if indicator.id is not None and (indicator.id not in mine or ("indicator", indicator.id) in seen):
                found.append(
                    Problem("NOT_FOUND", text, (*path, "indicators", place, "id"), {"id": f"Indicator:{indicator.id}"})
                )
            seen.add(("indicator", indicator.id or 0))
    return found


def _write_results(
    work: UnitOfWork,
    plan: PerformancePlan,
    wanted: Sequence[WorkResultContent],
    present: dict[int, WorkResult],
    indicators: dict[int, list[Indicator]],
) -> None:
    kept = {result.id for result in wanted}
    for key, row in present.items():
        if key not in kept:
            remove_result(work, row, indicators[key])
    for number, result in enumerate(wanted):
        values = {
            "statement": result.statement.strip(),
            "kind": result.kind,
            "perspective": result.perspective,
            "success_measure": result.success_measure,
            "parent": result.parent_id,
            "parent_statement": result.parent_statement,
            "sequence": number + 1,
        }
        if result.id is None:
            row = work.create(WorkResult, plan=plan, **values)
        else:
            row = work.update(present[result.id], None, **values)
        _write_indicators(work, row, result.indicators, indicators.get(row.id, []), number)


def _write_indicators(
    work: UnitOfWork,
    result: WorkResult,
    wanted: Sequence[IndicatorContent],
    present: Sequence[Indicator],
    number: int,
) -> None:
    by_id = {row.id: row for row in present}
    kept = {indicator.id for indicator in wanted}
    for row in present:
        if row.id not in kept:
            _delete(work, row, "input", "workResults", number, "indicators")
    new: list[dict[str, object]] = []
    for place, indicator in enumerate(wanted):
        values = {name: getattr(indicator, name) for name in _INDICATOR_FIELDS}
        values["sequence"] = place + 1
        if indicator.id is not None and not indicator.fact:
            # Only unbinding takes a fact away; a client that does not know of facts leaves it.
            del values["fact"]
        if indicator.id is None:
            new.append({"work_result": result.id, **values})
        else:
            work.update(by_id[indicator.id], None, **values)
    for row_values in new:
        work.create(Indicator, **row_values)


def _write_expectations(work: UnitOfWork, plan: PerformancePlan, content: PlanContent) -> None:
    present = {row.value: row for row in BehaviorExpectation.select().where(BehaviorExpectation.plan == plan.id)}
    for value, text in content.expectations.items():
        if value in present:
            work.update(present[value], None, expectation=text)
    missing = [value for value in BehaviorValue if value not in present]
    work.create_many(
        BehaviorExpectation,
        [{"plan": plan.id, "value": value, "expectation": content.expectations.get(value, "")} for value in missing],
    )


def remove_result(work: UnitOfWork, row: WorkResult, indicators: Sequence[Indicator]) -> None:
    """Delete a work result; results that supported it keep its words."""
    for child in WorkResult.select().where(WorkResult.parent == row.id):
        work.update(child, None, parent=None, parent_statement=child.parent_statement or row.statement)
    for indicator in indicators:
        _delete(work, indicator, "input", "workResults")
    _delete(work, row, "input", "workResults")


def _parts_of(row: WorkResult | Indicator) -> Iterator[pw.Model]:
    """Yield what other areas and plugins hang on the row, so that its end is recorded too."""
    for model in active_registry().models:
        for column in model._meta.sorted_fields:
            is_part = isinstance(column, pw.ForeignKeyField) and column.rel_model is type(row)
            if is_part and column.on_delete == "CASCADE":
                yield from model.select().where(column == row.id)


def _delete(work: UnitOfWork, row: WorkResult | Indicator, *path: str | int) -> None:
    try:
        with work.attempt():
            for part in _parts_of(row):
                work.delete(part)
            work.delete(row)
    except pw.IntegrityError:
        raise Refused(
            Problem(
                "IN_USE",
                N_("Progress was already reported for “{statement}”. Keep it in the plan and change its target."),
                path,
                {"statement": row.statement},
            )
        ) from None
