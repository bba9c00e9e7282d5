"""Work results linked to those of the superior, at once or later, and what is left unlinked."""

from typing import Any

from core.context import Context
from core.errors import Refused, refuse
from core.i18n import N_
from core.planning.models import PerformancePlan, WorkResult
from core.planning.services.parents import parent_problems
from core.planning.services.periods import period_taking_changes
from core.planning.terms import PlanState, WorkResultKind
from core.policy import fetch, require
from core.work import unit_of_work


def link_work_result(ctx: Context, work_result_id: int, parent_id: int, version: int) -> WorkResult:
    """Let a work result support one of the evaluator's, whatever the state of the two plans."""
    with unit_of_work(ctx) as work:
        row, plan = _load(ctx, work_result_id)
        problems = parent_problems(ctx, plan, row.id, parent_id, "parentId")
        if problems:
            raise Refused([problem.under("input") for problem in problems])
        work.update(row, version, parent=parent_id)
        work.emit("planning.work_result_linked", {"work_result_id": row.id, "parent_id": parent_id, "plan_id": plan.id})
        return row


def unlink_work_result(ctx: Context, work_result_id: int, version: int) -> WorkResult:
    """Let a work result support nothing any more."""
    with unit_of_work(ctx) as work:
        row, plan = _load(ctx, work_result_id)
        work.update(row, version, parent=None)
        work.emit("planning.work_result_unlinked", {"work_result_id": row.id, "plan_id": plan.id})
        return row


def _load(ctx: Context, work_result_id: int) -> tuple[WorkResult, PerformancePlan]:
    row = fetch(WorkResult, work_result_id, ctx, "input", "workResultId")
    plan = PerformancePlan.get_by_id(row.plan_id)
    require(ctx, "planning.link_work_result", plan, "input", "workResultId")
    period_taking_changes(plan.period, "input", "workResultId")
    if plan.state is PlanState.ENDED:
        raise refuse(
            "PLAN_STATE",
            N_("The plan has ended. Link the work result of the plan that continues it."),
            "input",
            "workResultId",
        )
    return row, plan


def is_orphan(table: Any) -> Any:
    """Return where a main work result supports none, though its plan has an evaluator with a plan of the period."""
    plan, above = PerformancePlan.alias(), PerformancePlan.alias()
    expected = (
        plan.select(plan.id)
        .join(above, on=(above.employee == plan.evaluator) & (above.period == plan.period))
        .where(plan.state != PlanState.ENDED)
    )
    return (table.kind == WorkResultKind.MAIN) & table.parent.is_null() & table.plan.in_(expected)


def is_uncovered(table: Any) -> Any:
    """Return where a work result of somebody who evaluates plans of the period is supported by none."""
    plan, below, child = PerformancePlan.alias(), PerformancePlan.alias(), WorkResult.alias()
    leading = (
        plan.select(plan.id)
        .join(below, on=(below.evaluator == plan.employee) & (below.period == plan.period))
        .where(plan.state != PlanState.ENDED)
    )
    supported = child.select(child.parent).where(child.parent.is_null(False))
    return table.plan.in_(leading) & table.id.not_in(supported)
