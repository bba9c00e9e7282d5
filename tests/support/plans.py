"""Performance plans for tests, written as rows: what a plan's life through the services would leave behind."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from core.organisation.models import Assignment, Employee
from core.organisation.scope import holds_on, superior_on
from core.planning.models import (
    BehaviorExpectation,
    EvaluationPeriod,
    Indicator,
    PerformancePlan,
    PlanEvaluator,
    WorkResult,
)
from core.planning.terms import (
    Aspect,
    BehaviorValue,
    Direction,
    MeasuringPattern,
    Perspective,
    PlanApproach,
    PlanState,
    WorkResultKind,
)
from tests.support.calls import on
from tests.support.city import City


def plan_of(
    employee: Employee,
    period: EvaluationPeriod,
    *,
    state: PlanState = PlanState.DRAFT,
    approach: PlanApproach = PlanApproach.QUANTITATIVE,
    starts_on: date | None = None,
    ends_on: date | None = None,
    **values: Any,
) -> PerformancePlan:
    """Make a plan for the employee's assignment and superior on its first day, without content."""
    first = starts_on or period.starts_on
    place = Assignment.get((Assignment.employee == employee.id) & holds_on(Assignment, first))
    approved = state in {PlanState.APPROVED, PlanState.ENDED}
    evaluator = superior_on(employee.id, first)
    plan = PerformancePlan.create(
        **{
            "period": period,
            "employee": employee,
            "position": place.position_id,
            "unit": place.unit_id,
            "evaluator": evaluator,
            "approach": approach,
            "state": state,
            "starts_on": first,
            "ends_on": ends_on or period.ends_on,
            "revision": 1 if approved else 0,
            "submitted_at": on(first) if approved or state is PlanState.SUBMITTED else None,
            "approved_at": on(first) if approved else None,
            **values,
        }
    )
    if plan.evaluator_id is not None:
        PlanEvaluator.create(plan=plan, evaluator=plan.evaluator_id, valid_from=first)
    for value in BehaviorValue:
        BehaviorExpectation.create(plan=plan, value=value, expectation="")
    return plan


def result_of(
    plan: PerformancePlan,
    statement: str = "Akta kelahiran terbit tepat waktu",
    *,
    parent: WorkResult | None = None,
    kind: WorkResultKind = WorkResultKind.MAIN,
    perspective: Perspective | None = None,
    sequence: int = 1,
    success_measure: str = "",
) -> WorkResult:
    """Add a work result to a plan."""
    return WorkResult.create(
        plan=plan, parent=parent, kind=kind, perspective=perspective, statement=statement, sequence=sequence,
        success_measure=success_measure,
    )  # fmt: skip


def indicator_of(
    result: WorkResult,
    statement: str = "Jumlah akta kelahiran yang terbit",
    *,
    target: tuple[str, str] = ("100", "120"),
    pattern: MeasuringPattern = MeasuringPattern.COUNT,
    direction: Direction = Direction.HIGHER_IS_BETTER,
    aspect: Aspect = Aspect.QUANTITY,
    release_on: date | None = None,
    unit_of_measure: str = "akta",
    sequence: int = 1,
) -> Indicator:
    """Add an indicator to a work result."""
    return Indicator.create(
        work_result=result, aspect=aspect, statement=statement, unit_of_measure=unit_of_measure,
        target_min=Decimal(target[0]), target_max=Decimal(target[1]), direction=direction, pattern=pattern,
        release_on=release_on, sequence=sequence,
    )  # fmt: skip


def approved_plan(
    city: City,
    employee: Employee,
    *,
    statements: Sequence[str] = ("Akta kelahiran terbit tepat waktu", "Data kependudukan mutakhir"),
    state: PlanState = PlanState.APPROVED,
    **values: Any,
) -> PerformancePlan:
    """Make an approved quantitative plan with one main work result per statement and one indicator for each.

    Results and indicators are read with `results_of(plan)` and `indicators_of(plan)`, in order.
    """
    plan = plan_of(employee, city.period, state=state, **values)
    for number, statement in enumerate(statements, start=1):
        result = result_of(plan, statement, sequence=number)
        indicator_of(result, f"Jumlah: {statement}", sequence=1)
    return plan


def results_of(plan: PerformancePlan) -> list[WorkResult]:
    """Return the work results of a plan in order."""
    return list(WorkResult.select().where(WorkResult.plan == plan.id).order_by(WorkResult.sequence, WorkResult.id))


def indicators_of(plan: PerformancePlan) -> list[Indicator]:
    """Return the indicators of a plan, by work result and order."""
    return list(
        Indicator.select()
        .join(WorkResult)
        .where(WorkResult.plan == plan.id)
        .order_by(WorkResult.sequence, WorkResult.id, Indicator.sequence, Indicator.id)
    )
