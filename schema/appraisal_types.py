"""The types of evaluation in GraphQL."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from core.appraisal import models
from core.appraisal.services.objections import due_days
from core.appraisal.terms import PREDICATE_TERMS
from core.context import Context
from core.organisation.models import Employee as EmployeeModel
from schema.appraisal_terms import (
    CalibrationState,
    EvaluationKind,
    EvaluationState,
    ObjectionState,
    OrganizationRating,
    Predicate,
    Rating,
    Skip,
    WarningCode,
)
from schema.engine import Connection, Node, batch, column, entity, pages, relation
from schema.scalars import JSON

if TYPE_CHECKING:
    from schema.organisation_types import Employee, WorkUnit
    from schema.planning_types import EvaluationPeriod, EvaluationWindow, PerformancePlan

_Employee = Annotated["Employee", strawberry.lazy("schema.organisation_types")]
_WorkUnit = Annotated["WorkUnit", strawberry.lazy("schema.organisation_types")]
_Plan = Annotated["PerformancePlan", strawberry.lazy("schema.planning_types")]
_Period = Annotated["EvaluationPeriod", strawberry.lazy("schema.planning_types")]
_Window = Annotated["EvaluationWindow", strawberry.lazy("schema.planning_types")]
_Evaluation = Annotated["Evaluation", strawberry.lazy("schema.appraisal_types")]
_Session = Annotated["CalibrationSession", strawberry.lazy("schema.appraisal_types")]


def _predicate_terms(_ctx: Context, rows: Sequence[Any]) -> list[str | None]:
    return [PREDICATE_TERMS[Predicate(row.predicate)] if row.predicate else None for row in rows]


def _due_days(ctx: Context, rows: Sequence[Any]) -> list[date | None]:
    days = due_days(ctx, {row.received_on for row in rows if row.received_on is not None})
    return [days.get(row.received_on) for row in rows]


def _decider_names(_ctx: Context, rows: Sequence[Any]) -> list[str | None]:
    deciders = EmployeeModel.select(EmployeeModel.id, EmployeeModel.name).where(
        EmployeeModel.id.in_([row.decider_id for row in rows])
    )
    names = {decider.id: decider.name for decider in deciders}
    return [names.get(row.decider_id) for row in rows]


def _periodic(_ctx: Context, rows: Sequence[Any]) -> list[list[int]]:
    found: dict[int, list[int]] = {row.plan_id: [] for row in rows}
    periodic = (
        models.Evaluation.select(models.Evaluation.id, models.Evaluation.plan)
        .where(models.Evaluation.plan.in_(list(found)) & (models.Evaluation.window_number > 0))
        .order_by(models.Evaluation.window_number)
    )
    for evaluation in periodic:
        found[evaluation.plan_id].append(evaluation.id)
    return [[] if row.window_number else found[row.plan_id] for row in rows]


@entity(models.OrganizationPerformance, order=("-set_on",))
class OrganizationPerformance(Node):
    """The performance of a unit in a period or a window of it (capaian kinerja organisasi)."""

    unit: _WorkUnit | None = relation(models.OrganizationPerformance.unit, "The unit.")
    period: _Period | None = relation(models.OrganizationPerformance.period, "The period.")
    window: _Window | None = relation(models.OrganizationPerformance.window, "The window; null for the whole period.")
    rating: OrganizationRating = column(models.OrganizationPerformance.rating, "How the unit performed.")
    basis: str = column(models.OrganizationPerformance.basis, "What it rests on.")
    set_by: _Employee | None = relation(models.OrganizationPerformance.set_by, "The leader who set it.")
    set_on: date = column(models.OrganizationPerformance.set_on, "The day on which it was set.")
    version: int = column(models.OrganizationPerformance.version, "Version to name in a change.")
    evaluations: Connection[_Evaluation] = pages(
        models.Evaluation.organization_performance, "Final evaluations that rest on it."
    )


@entity(models.CreditPoints, order=("-id",))
class CreditPoints(Node):
    """Credit points of a functional employee from a final annual evaluation (angka kredit)."""

    evaluation: _Evaluation | None = relation(models.CreditPoints.evaluation, "The evaluation that gave them.")
    employee: _Employee | None = relation(models.CreditPoints.employee, "Whose they are.")
    position_kind: str = column(models.CreditPoints.position_kind, "Code of the kind and level of position (jenjang).")
    months: int = column(models.CreditPoints.months, "Months that count.")
    coefficient: Decimal = column(models.CreditPoints.coefficient, "Yearly coefficient of the level (koefisien).")
    percentage: Decimal = column(models.CreditPoints.percentage, "Percentage of the predicate.")
    points: Decimal = column(models.CreditPoints.points, "The points, in 2 decimals.")
    explanation: JSON = column(
        models.CreditPoints.explanation,
        "How they came about: inputs, formula, rule and its days.",
        filterable=False,
        orderable=False,
    )


@entity(models.Objection, order=("-filed_on",))
class Objection(Node):
    """An objection to an evaluation, decided by the evaluator's superior for good (keberatan)."""

    evaluation: _Evaluation | None = relation(models.Objection.evaluation, "The evaluation.")
    employee: _Employee | None = relation(models.Objection.employee, "Who objects.")
    decider: _Employee | None = relation(
        models.Objection.decider, "Who decides: the evaluator's superior on the day of filing (atasan pejabat penilai)."
    )
    decider_name: str | None = batch(
        _decider_names,
        "Name of who decides; the parties know it even if they see no more.",
        needs=[models.Objection.decider],
    )
    state: ObjectionState = column(models.Objection.state, "Where it stands.")
    filed_on: date = column(models.Objection.filed_on, "The day on which it was filed.")
    due_on: date = column(models.Objection.due_on, "The last day on which it could be filed.")
    reason: str = column(models.Objection.reason, "Its reasons.")
    evaluator_statement: str = column(models.Objection.evaluator_statement, "What the evaluator said to it.")
    decision: str = column(models.Objection.decision, "The decision and its reasons.")
    decided_on: date | None = column(models.Objection.decided_on, "The day of the decision.")
    version: int = column(models.Objection.version, "Version to name in a change.")


@entity(models.CalibrationShift, order=("id",))
class CalibrationShift(Node):
    """One evaluation whose ratings a calibration session changed."""

    session: _Session | None = relation(models.CalibrationShift.session, "The session.")
    evaluation: _Evaluation | None = relation(models.CalibrationShift.evaluation, "The evaluation.")
    result_from: Rating = column(models.CalibrationShift.result_from, "Rating of results before.")
    result_to: Rating = column(models.CalibrationShift.result_to, "Rating of results after.")
    behavior_from: Rating = column(models.CalibrationShift.behavior_from, "Rating of behaviour before.")
    behavior_to: Rating = column(models.CalibrationShift.behavior_to, "Rating of behaviour after.")
    reason: str = column(models.CalibrationShift.reason, "Why.")
    shifted_by: _Employee | None = relation(models.CalibrationShift.shifted_by, "Who changed them.")
    created_at: datetime = column(models.CalibrationShift.created_at, "When.")


@entity(models.CalibrationSession, order=("-held_on",))
class CalibrationSession(Node):
    """A meeting in which the ratings of a unit are compared before they are final (kalibrasi)."""

    unit: _WorkUnit | None = relation(models.CalibrationSession.unit, "The unit, with all below.")
    period: _Period | None = relation(models.CalibrationSession.period, "The period.")
    window: _Window | None = relation(models.CalibrationSession.window, "The window; null for the whole period.")
    held_on: date = column(models.CalibrationSession.held_on, "The day of the meeting.")
    state: CalibrationState = column(models.CalibrationSession.state, "Whether it takes shifts.")
    note: str = column(models.CalibrationSession.note, "What was said.")
    version: int = column(models.CalibrationSession.version, "Version to name in a change.")
    shifts: Connection[CalibrationShift] = pages(models.CalibrationShift.session, "What it changed.")


def _objection_of(table: Any) -> Any:
    objection = models.Objection.alias()
    return objection.select(objection.id).where(objection.evaluation == table.id)


def _credit_of(table: Any) -> Any:
    credit = models.CreditPoints.alias()
    return credit.select(credit.id).where(credit.evaluation == table.id)


@entity(models.Evaluation, order=("-id",))
class Evaluation(Node):
    """An evaluation of a plan (evaluasi kinerja): two ratings and the predicate that the matrix gives for them."""

    plan: _Plan | None = relation(models.Evaluation.plan, "The plan (SKP).")
    period: _Period | None = relation(models.Evaluation.period, "The period.")
    window: _Window | None = relation(models.Evaluation.window, "The window; null for the annual evaluation.")
    employee: _Employee | None = relation(models.Evaluation.employee, "The rated person.")
    evaluator: _Employee | None = relation(models.Evaluation.evaluator, "The evaluator (pejabat penilai kinerja).")
    unit: _WorkUnit | None = relation(models.Evaluation.unit, "The unit of the plan.")
    kind: EvaluationKind = column(models.Evaluation.kind, "Periodic or annual.")
    state: EvaluationState = column(models.Evaluation.state, "Where it stands.")
    result_rating: Rating | None = column(models.Evaluation.result_rating, "Rating of results (rating hasil kerja).")
    behavior_rating: Rating | None = column(
        models.Evaluation.behavior_rating, "Rating of behaviour (rating perilaku kerja)."
    )
    result_note: str = column(models.Evaluation.result_note, "What the evaluator says about the results.")
    behavior_note: str = column(models.Evaluation.behavior_note, "What the evaluator says about the behaviour.")
    predicate: Predicate | None = column(models.Evaluation.predicate, "The predicate (predikat kinerja), once final.")
    predicate_term: str | None = batch(
        _predicate_terms, "The predicate in the words of the law.", needs=[models.Evaluation.predicate]
    )
    organization_performance: OrganizationPerformance | None = relation(
        models.Evaluation.organization_performance, "The unit's performance that it rests on."
    )
    distribution_reason: str = column(
        models.Evaluation.distribution_reason, "Why the distribution differs from the pattern; empty where it does not."
    )
    explanation: JSON | None = column(
        models.Evaluation.explanation,
        "How the predicate came about: inputs, rule (kind, revision, regulation, days) and steps.",
        filterable=False,
        orderable=False,
    )
    finalised_at: datetime | None = column(models.Evaluation.finalised_at, "When it became final.")
    received_on: date | None = column(models.Evaluation.received_on, "The day on which the employee got the result.")
    objection_due_on: date | None = batch(
        _due_days,
        "The last day on which an objection is accepted; null before it is final.",
        needs=[models.Evaluation.received_on],
    )
    acknowledged_at: datetime | None = column(models.Evaluation.acknowledged_at, "When the employee took notice.")
    objection: Objection | None = relation(_objection_of, "The objection to it (keberatan).")
    credit_points: CreditPoints | None = relation(_credit_of, "The credit points that it gave (angka kredit).")
    periodic_evaluations: list[_Evaluation] = batch(
        _periodic,
        "The periodic evaluations of the same plan that an annual one looks back on; empty for a periodic one.",
        needs=[models.Evaluation.plan, models.Evaluation.window_number],
    )
    shifts: Connection[CalibrationShift] = pages(models.CalibrationShift.evaluation, "What calibration changed.")
    version: int = column(models.Evaluation.version, "Version to name in a change.")
    created_at: datetime = column(models.Evaluation.created_at, "When it was opened.")
    updated_at: datetime = column(models.Evaluation.updated_at, "When it last changed.")


@strawberry.type(description="A version of a rule set as a figure used it.")
class UsedRule:
    """A version of a rule set as a figure used it."""

    kind: str = strawberry.field(description="Name of the rule set.")
    revision: int = strawberry.field(description="Number of the version.")
    regulation: str = strawberry.field(description="The regulation (peraturan).")
    valid_from: date = strawberry.field(description="First day on which it holds.")
    valid_to: date | None = strawberry.field(description="Last day on which it holds; null while open.")


@strawberry.type(description="How many employees have a predicate.")
class PredicateCount:
    """How many employees have a predicate."""

    predicate: Predicate = strawberry.field(description="The predicate, given or following from the ratings.")
    term: str = strawberry.field(description="The predicate in the words of the law.")
    count: int = strawberry.field(description="Number of employees.")


@strawberry.type(description="One difference from the pattern of distribution; it changes no predicate.")
class DistributionWarning:
    """One difference from the pattern of distribution."""

    code: WarningCode = strawberry.field(description="In which way it differs.")
    predicates: list[Predicate] = strawberry.field(description="The predicates meant, together.")
    count: int = strawberry.field(description="Employees with one of them.")
    head_count: int = strawberry.field(description="Employees under the leader.")
    share: Decimal = strawberry.field(description="Share of them in percent, 2 decimals.")
    limit: Decimal | None = strawberry.field(
        description="What the pattern says: percent, or a number of employees for MUST_EXIST."
    )
    message: str = strawberry.field(description="The warning in the caller's language.")


@strawberry.type(
    description="The predicates of a leader's people beside the pattern for the unit's performance (pola distribusi)."
)
class DistributionCheck:
    """The predicates of a leader's people beside the pattern."""

    unit: _WorkUnit | None = strawberry.field(description="The unit whose leader's people are counted.")
    organization_rating: OrganizationRating | None = strawberry.field(description="The unit's performance used.")
    rule: UsedRule | None = strawberry.field(description="The version of the pattern used.")
    head_count: int = strawberry.field(description="Employees under the leader, without the leader.")
    unrated: int = strawberry.field(description="Those without both ratings yet.")
    counts: list[PredicateCount] = strawberry.field(description="The others, by predicate.")
    skipped: Skip | None = strawberry.field(description="Why nothing was compared; null when it was.")
    warnings: list[DistributionWarning] = strawberry.field(description="What differs from the pattern.")


class EmployeeAppraisal:
    """What evaluation adds to an employee."""

    evaluations: Connection[Evaluation] = pages(models.Evaluation.employee, "Evaluations of the employee.")
    credit_points: Connection[CreditPoints] = pages(
        models.CreditPoints.employee, "Credit points of the employee (angka kredit)."
    )


class PlanAppraisal:
    """What evaluation adds to a plan."""

    evaluations: Connection[Evaluation] = pages(models.Evaluation.plan, "Evaluations of the plan.")


class WorkUnitAppraisal:
    """What evaluation adds to a unit."""

    evaluations: Connection[Evaluation] = pages(models.Evaluation.unit, "Evaluations of plans in the unit itself.")
    organization_performances: Connection[OrganizationPerformance] = pages(
        models.OrganizationPerformance.unit, "The unit's performance by period (capaian kinerja organisasi)."
    )
