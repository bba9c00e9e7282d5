"""Who sees periods, plans and what belongs to them, and who may do what with them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import peewee as pw

from core.actor import Actor
from core.organisation.models import ReportingLine, WorkUnit
from core.organisation.scope import holds_on, read_paths, reports_of, superiors_of, unit_within
from core.organisation.terms import SupervisionBasis
from core.planning.models import (
    BehaviorExpectation,
    EvaluationPeriod,
    EvaluationWindow,
    Indicator,
    PerformancePlan,
    PlanEvaluator,
    PlanTemplate,
    PlanVersion,
    WorkResult,
)
from core.planning.terms import PlanState
from core.policy import ActEntry, PolicyEntry, among, either

READ = "planning.read"
MANAGE = "planning.manage"


@dataclass(frozen=True)
class PlanFor:
    """The subject of making a plan: the employee and the path of the unit in which the plan lies."""

    employee_id: int
    unit_path: str


def _everybody(actor: Actor, _table: Any) -> bool:
    return actor.is_known


def _plans(actor: Actor, table: Any) -> Any:
    rows = unit_within(table.unit, read_paths(actor, READ))
    if actor.employee_id is None:
        return rows
    span = PlanEvaluator.alias()
    return either(
        rows,
        table.employee == actor.employee_id,
        table.evaluator == actor.employee_id,
        among(table.employee, reports_of(actor)),
        among(table.id, span.select(span.plan).where(span.evaluator == actor.employee_id)),
    )


def of_visible_plans(actor: Actor, plan_column: Any) -> Any:
    """Return where a column names a plan that the actor sees."""
    plan = PerformancePlan.alias()
    rows = _plans(actor, plan)
    return rows if isinstance(rows, bool) else among(plan_column, plan.select(plan.id).where(rows))


def _follows_plan(actor: Actor, table: Any) -> Any:
    return of_visible_plans(actor, table.plan)


def _work_results(actor: Actor, table: Any) -> Any:
    """Give the results of the plans seen, and of superiors those that one's own results support or may support."""
    rows = of_visible_plans(actor, table.plan)
    if actor.employee_id is None:
        return rows
    theirs, mine, own = PerformancePlan.alias(), WorkResult.alias(), PerformancePlan.alias()
    is_not_over = theirs.state != PlanState.ENDED
    return either(
        rows,
        among(table.plan, theirs.select(theirs.id).where(among(theirs.employee, superiors_of(actor)) & is_not_over)),
        among(
            table.id,
            mine.select(mine.parent)
            .join(own, on=mine.plan == own.id)
            .where((own.employee == actor.employee_id) & mine.parent.is_null(False)),
        ),
    )


def _indicators(actor: Actor, table: Any) -> Any:
    result = WorkResult.alias()
    rows = of_visible_plans(actor, result.plan)
    return rows if isinstance(rows, bool) else among(table.work_result, result.select(result.id).where(rows))


def _templates(actor: Actor, _table: Any) -> Any:
    if actor.paths(MANAGE) or actor.paths(READ) or actor.headed_paths:
        return True
    return False if actor.employee_id is None else pw.fn.EXISTS(reports_of(actor))


ENTRIES: list[PolicyEntry] = [
    PolicyEntry(EvaluationPeriod, _everybody),
    PolicyEntry(EvaluationWindow, _everybody),
    PolicyEntry(PerformancePlan, _plans),
    PolicyEntry(PlanEvaluator, _follows_plan),
    PolicyEntry(PlanVersion, _follows_plan),
    PolicyEntry(WorkResult, _work_results),
    PolicyEntry(Indicator, _indicators),
    PolicyEntry(BehaviorExpectation, _follows_plan),
    PolicyEntry(PlanTemplate, _templates),
]


def _unit_path(plan: PerformancePlan) -> str:
    return WorkUnit.get_by_id(plan.unit_id).path


def _manages(actor: Actor, plan: PerformancePlan) -> bool:
    return actor.holds(MANAGE, _unit_path(plan))


def _holds_plan(actor: Actor, plan: PerformancePlan) -> bool:
    return actor.employee_id is not None and plan.employee_id == actor.employee_id


def evaluates_today(actor: Actor, plan: PerformancePlan) -> bool:
    """Whether the actor answers for the plan as its evaluator today.

    That is who supervises its holder today (also as Plt, Plh or delegate); the evaluator whom the plan names answers
    beside a delegate, and alone where nobody supervises or the plan's span at its position is over.
    """
    if actor.employee_id is None or _holds_plan(actor, plan):
        return False
    is_named = plan.evaluator_id == actor.employee_id
    if plan.state is PlanState.ENDED:
        return is_named
    line = (
        ReportingLine.select(ReportingLine.superior, ReportingLine.basis)
        .where((ReportingLine.employee == plan.employee_id) & holds_on(ReportingLine, actor.today))
        .tuples()
        .first()
    )
    superior, basis = line or (None, None)
    if superior is None or basis is SupervisionBasis.DELEGATION:
        return is_named or superior == actor.employee_id
    return bool(superior == actor.employee_id)


def _may_create(actor: Actor, subject: PlanFor) -> bool:
    if actor.employee_id == subject.employee_id or actor.holds(MANAGE, subject.unit_path):
        return True
    return (
        actor.employee_id is not None
        and ReportingLine.select()
        .where(
            (ReportingLine.employee == subject.employee_id)
            & (ReportingLine.superior == actor.employee_id)
            & holds_on(ReportingLine, actor.today)
        )
        .exists()
    )


def _holder(actor: Actor, plan: PerformancePlan) -> bool:
    return _holds_plan(actor, plan)


def holder_evaluator_or_office(actor: Actor, plan: PerformancePlan) -> bool:
    """Whether the actor holds the plan, answers for it today, or manages plans of its unit."""
    return _holds_plan(actor, plan) or evaluates_today(actor, plan) or _manages(actor, plan)


def _office_or_head(actor: Actor, unit_path: str) -> bool:
    return actor.holds(MANAGE, unit_path) or any(unit_path.startswith(path) for path in actor.headed_paths)


def _office_anywhere(actor: Actor, _subject: Any) -> bool:
    return bool(actor.paths(MANAGE))


def _office_everywhere(actor: Actor, _subject: Any) -> bool:
    return actor.holds(MANAGE, None)


_RULES: dict[str, Callable[[Actor, Any], bool]] = {
    "planning.manage_period": _office_everywhere,
    "planning.manage_template": _office_anywhere,
    "planning.assign_template": _office_or_head,
    "planning.create_plan": _may_create,
    "planning.update_plan": holder_evaluator_or_office,
    "planning.submit_plan": _holder,
    "planning.return_plan": evaluates_today,
    "planning.approve_plan": evaluates_today,
    "planning.revise_plan": holder_evaluator_or_office,
    "planning.link_work_result": holder_evaluator_or_office,
    "planning.hand_over": _manages,
}

ACTS: list[ActEntry] = [ActEntry(permission, rule) for permission, rule in _RULES.items()]
