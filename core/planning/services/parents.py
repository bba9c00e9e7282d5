"""Which of a superior's work results a work result may support."""

from core.context import Context
from core.errors import Problem
from core.i18n import N_
from core.planning.models import PerformancePlan, PlanEvaluator, WorkResult
from core.planning.rules.links import makes_loop
from core.planning.services.people import rows_of
from core.policy import as_condition, visible


def parent_problems(
    ctx: Context, plan: PerformancePlan, child_id: int | None, parent_id: int, *path: str | int
) -> list[Problem]:
    """Return why a work result of `plan` (None: a new one) may not support the result `parent_id`."""
    row = (
        WorkResult.select(WorkResult, PerformancePlan)
        .join(PerformancePlan)
        .where((WorkResult.id == parent_id) & as_condition(visible(ctx.actor, WorkResult)))
        .first()
    )
    if row is None:
        return [
            Problem(
                "NOT_FOUND",
                N_("No work result is found under {id}. Choose one of your superior's work results."),
                path,
                {"id": f"WorkResult:{parent_id}"},
            )
        ]
    above: PerformancePlan = row.plan
    if above.id == plan.id or (child_id is not None and makes_loop(child_id, parent_id, _chain(parent_id))):
        return [
            Problem(
                "LINK_LOOP",
                N_("The work result would support itself in a circle. Choose a result of the superior's plan."),
                path,
            )
        ]
    if above.period_id != plan.period_id:
        return [
            Problem(
                "PARENT_OTHER_PERIOD",
                N_("The superior's work result belongs to another period. Choose one of the same period."),
                path,
            )
        ]
    if above.employee_id not in _evaluators(plan):
        return [
            Problem(
                "PARENT_NOT_SUPERIOR",
                N_("The work result belongs to nobody who evaluates this plan. Choose one of the evaluator's plan."),
                path,
            )
        ]
    return []


def _chain(start: int) -> dict[int, int | None]:
    chain: dict[int, int | None] = {}
    step: int | None = start
    while step is not None and step not in chain:
        row = WorkResult.select(WorkResult.parent).where(WorkResult.id == step).tuples().first()
        chain[step] = row[0] if row else None
        step = chain[step]
    return chain


def _evaluators(plan: PerformancePlan) -> set[int]:
    rows = rows_of(PlanEvaluator.select(PlanEvaluator.evaluator).where(PlanEvaluator.plan == plan.id))
    return {row[0] for row in rows} | ({plan.evaluator_id} if plan.evaluator_id is not None else set())
