"""Credit points (angka kredit) that follow from a final annual evaluation of a functional employee."""

from typing import Any

from core.appraisal.models import CreditPoints, Evaluation
from core.appraisal.rules.credit import credit_for, months_in
from core.appraisal.terms import EvaluationKind, Predicate
from core.law.in_force import find_rule
from core.law.rule import CREDIT_POINTS
from core.organisation.models import Position, PositionKind
from core.organisation.terms import PositionGroup
from core.planning.models import EvaluationPeriod, PerformancePlan
from core.work import UnitOfWork


def write_credit(
    work: UnitOfWork, evaluation: Evaluation, plan: PerformancePlan, predicate: Predicate
) -> dict[str, Any] | None:
    """Write the credit points that `predicate` gives, anew after a changed one; return how they came about.

    None for a periodic evaluation and for a position that is not functional.
    """
    if evaluation.kind is not EvaluationKind.ANNUAL:
        return None
    kind: PositionKind = (
        PositionKind.select().join(Position, on=Position.kind == PositionKind.id).where(Position.id == plan.position_id)
    ).get()
    if kind.group is not PositionGroup.FUNCTIONAL:
        return None
    period = EvaluationPeriod.get_by_id(evaluation.period_id)
    first, last = max(plan.starts_on, period.starts_on), min(plan.ends_on, period.ends_on)
    rule = find_rule(CREDIT_POINTS, period.ends_on)
    step: dict[str, Any] = {
        "step": "CREDIT_POINTS",
        "predicate": predicate.value,
        "position_kind": kind.code,
        "starts_on": first.isoformat(),
        "ends_on": last.isoformat(),
        "months": months_in(first, last),
        "rule": rule.snapshot() if rule else None,
    }
    credit = credit_for(rule, predicate, kind.code, months_in(first, last)) if rule else None
    if credit is None:
        return {**step, "points": None}
    step |= {
        "percentage": format(credit.percentage, "f"),
        "coefficient": format(credit.coefficient, "f"),
        "formula": "months / 12 * percentage / 100 * coefficient",
        "points": format(credit.points, "f"),
    }
    values = {
        "position_kind": kind.code,
        "months": credit.months,
        "coefficient": credit.coefficient,
        "percentage": credit.percentage,
        "points": credit.points,
        "explanation": step,
    }
    existing = CreditPoints.get_or_none(CreditPoints.evaluation == evaluation.id)
    if existing is None:
        work.create(CreditPoints, evaluation=evaluation, employee=evaluation.employee_id, **values)
    else:
        work.update(existing, **values)
    return step


def withdraw_credit(work: UnitOfWork, evaluation: Evaluation) -> None:
    """Take back the credit points of an evaluation that is no longer final."""
    existing = CreditPoints.get_or_none(CreditPoints.evaluation == evaluation.id)
    if existing is not None:
        work.delete(existing)
