"""Who answers for a plan as its evaluator, and from when."""

from datetime import date, timedelta

from core.planning.models import PerformancePlan, PlanEvaluator
from core.planning.services.people import Line, lines_on
from core.work import UnitOfWork


def follow_line(work: UnitOfWork, plan: PerformancePlan, day: date, line: Line | None = None) -> bool:
    """Make the plan's evaluator who supervises its holder on `day`; say whether somebody new answers for it.

    A gap in the line, a Plh or a delegation leaves the evaluator in place.
    """
    line = line or lines_on([plan.employee_id], day).get(plan.employee_id)
    if line is None or line.superior_id is None or line.superior_id == plan.evaluator_id:
        return False
    if line.is_passing and plan.evaluator_id is not None:
        return False
    put_in_charge(work, plan, line.superior_id, max(line.valid_from, plan.starts_on), line.basis or "")
    return True


def put_in_charge(work: UnitOfWork, plan: PerformancePlan, evaluator_id: int, on: date, reason: str) -> None:
    """Split the responsibility for a plan on `on` and hand what is pending to the new evaluator."""
    before = plan.evaluator_id
    for span in PlanEvaluator.select().where((PlanEvaluator.plan == plan.id) & _reaches(on)):
        if span.valid_from >= on:
            work.delete(span)
        else:
            work.update(span, None, valid_to=on - timedelta(days=1))
    work.create(PlanEvaluator, plan=plan, evaluator=evaluator_id, valid_from=on, reason=reason)
    work.update(plan, None, evaluator=evaluator_id)
    work.emit(
        "planning.evaluator_changed",
        {
            "plan_id": plan.id,
            "employee_id": plan.employee_id,
            "from_employee_id": before,
            "to_employee_id": evaluator_id,
            "on": on,
        },
    )


def close_span(work: UnitOfWork, plan: PerformancePlan, last: date) -> None:
    """End the evaluator's span with the plan's own."""
    for span in PlanEvaluator.select().where((PlanEvaluator.plan == plan.id) & _reaches(last)):
        work.update(span, None, valid_to=max(last, span.valid_from))


def _reaches(day: date) -> object:
    return PlanEvaluator.valid_to.is_null() | (PlanEvaluator.valid_to >= day)
