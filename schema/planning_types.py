"""Periods, plans, work results, indicators and templates as GraphQL types."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from core.context import Context
from core.planning import models
from core.planning.berakhlak import LINES, NAMES
from core.planning.content import PlanContent, WorkResultContent
from core.planning.rules.content import warnings
from core.planning.services import is_orphan, is_uncovered
from core.planning.terms import BehaviorValue as Value
from schema.engine import Connection, Node, batch, column, entity, expression, pages, relation
from schema.planning_terms import (
    Aspect,
    BehaviorValue,
    Direction,
    Frequency,
    MeasuringPattern,
    PeriodState,
    Perspective,
    PlanApproach,
    PlanState,
    WorkResultKind,
)
from schema.problems import Problem, show
from schema.scalars import JSON

if TYPE_CHECKING:
    from schema.organisation import Employee, Position, WorkUnit

_Employee = Annotated["Employee", strawberry.lazy("schema.organisation")]
_Position = Annotated["Position", strawberry.lazy("schema.organisation")]
_WorkUnit = Annotated["WorkUnit", strawberry.lazy("schema.organisation")]
_Plan = Annotated["PerformancePlan", strawberry.lazy("schema.planning_types")]
_Result = Annotated["WorkResult", strawberry.lazy("schema.planning_types")]


def _plan_warnings(ctx: Context, plans: Sequence[Any]) -> list[list[Problem]]:
    kinds: dict[int, list[WorkResultContent]] = {plan.id: [] for plan in plans}
    rows = models.WorkResult.select(models.WorkResult.plan, models.WorkResult.kind).where(
        models.WorkResult.plan.in_(list(kinds))
    )
    for row in rows:
        kinds[row.plan_id].append(WorkResultContent(statement="", kind=row.kind))
    return [
        [show(problem, ctx.language) for problem in warnings(PlanContent(work_results=tuple(kinds[plan.id])))]
        for plan in plans
    ]


def _value_names(_ctx: Context, rows: Sequence[Any]) -> list[str]:
    return [NAMES[Value(row.value)] for row in rows]


def _value_lines(_ctx: Context, rows: Sequence[Any]) -> list[list[str]]:
    return [list(LINES[Value(row.value)]) for row in rows]


@entity(models.EvaluationWindow, order=("number",))
class EvaluationWindow(Node):
    """The span of one periodic evaluation (evaluasi periodik), such as the second quarter (triwulan II)."""

    period: Annotated["EvaluationPeriod", strawberry.lazy("schema.planning_types")] | None = relation(
        models.EvaluationWindow.period, "Its period."
    )
    number: int = column(models.EvaluationWindow.number, "Number in the period, from 1.")
    name: str = column(models.EvaluationWindow.name, 'Name, such as "Triwulan II 2026".')
    starts_on: date = column(models.EvaluationWindow.starts_on, "First day.")
    ends_on: date = column(models.EvaluationWindow.ends_on, "Last day.")


@entity(models.EvaluationPeriod, order=("-starts_on",))
class EvaluationPeriod(Node):
    """A year or a part of one for which plans are made (periode penilaian)."""

    code: str = column(models.EvaluationPeriod.code, "Short code, unique.")
    name: str = column(models.EvaluationPeriod.name, "Name.")
    starts_on: date = column(models.EvaluationPeriod.starts_on, "First day.")
    ends_on: date = column(models.EvaluationPeriod.ends_on, "Last day.")
    frequency: Frequency = column(models.EvaluationPeriod.frequency, "Rhythm of its periodic evaluations.")
    state: PeriodState = column(models.EvaluationPeriod.state, "Whether it takes changes.")
    plan_deadline: date = column(models.EvaluationPeriod.plan_deadline, "Last day to set plans.")
    evaluation_deadline: date = column(
        models.EvaluationPeriod.evaluation_deadline, "Last day of the annual evaluation."
    )
    version: int = column(models.EvaluationPeriod.version, "Version to name in a change.")
    windows: Connection[EvaluationWindow] = pages(models.EvaluationWindow.period, "Spans of its periodic evaluations.")
    plans: Connection[_Plan] = pages(models.PerformancePlan.period, "Plans of the period.")


@entity(models.Indicator, order=("sequence",))
class Indicator(Node):
    """An individual performance indicator (indikator kinerja individu, IKI) of a work result."""

    work_result: _Result | None = relation(models.Indicator.work_result, "The work result that it measures.")
    aspect: Aspect | None = column(models.Indicator.aspect, "What it measures; none for executives.")
    statement: str = column(models.Indicator.statement, "What is measured.")
    unit_of_measure: str = column(models.Indicator.unit_of_measure, "Unit of the target (satuan).")
    target_min: Decimal | None = column(models.Indicator.target_min, "Lower bound of the target.")
    target_max: Decimal | None = column(models.Indicator.target_max, "Upper bound; equal to the lower for one value.")
    direction: Direction = column(models.Indicator.direction, "Whether higher or lower is better.")
    pattern: MeasuringPattern = column(models.Indicator.pattern, "How its values come together.")
    release_on: date | None = column(models.Indicator.release_on, "Day on which a released value is published.")
    fact: str = column(models.Indicator.fact, "Fact of a plugin that gives the actual value; empty for none.")
    sequence: int = column(models.Indicator.sequence, "Place in the work result, from 1.")
    version: int = column(models.Indicator.version, "Version of the row.")


@entity(models.WorkResult, order=("sequence",))
class WorkResult(Node):
    """A planned work result (rencana hasil kerja, RHK)."""

    plan: _Plan | None = relation(models.WorkResult.plan, "Its plan; null for a superior's, whose plan stays private.")
    holder: _Employee | None = relation(lambda t: _of_plan(t, models.PerformancePlan.employee), "Who is to achieve it.")
    unit: _WorkUnit | None = relation(lambda t: _of_plan(t, models.PerformancePlan.unit), "Unit of its plan.")
    period: EvaluationPeriod | None = relation(
        lambda t: _of_plan(t, models.PerformancePlan.period), "Period of its plan."
    )
    parent: _Result | None = relation(
        models.WorkResult.parent, "The superior's work result that it supports (RHK atasan yang diintervensi)."
    )
    parent_statement: str = column(
        models.WorkResult.parent_statement, "The superior's result in words, while it is not linked."
    )
    children: Connection[_Result] = pages(models.WorkResult.parent, "Work results that support it.")
    kind: WorkResultKind = column(models.WorkResult.kind, "Main or additional.")
    perspective: Perspective | None = column(models.WorkResult.perspective, "Perspective, for executives only.")
    statement: str = column(models.WorkResult.statement, "The result, not the activity.")
    success_measure: str = column(models.WorkResult.success_measure, "What success is, in a qualitative plan.")
    sequence: int = column(models.WorkResult.sequence, "Place in the plan, from 1.")
    version: int = column(models.WorkResult.version, "Version to name when it is linked.")
    indicators: Connection[Indicator] = pages(models.Indicator.work_result, "Its indicators.")
    is_orphan: bool = expression(is_orphan, "Whether it supports none though the evaluator has a plan of the period.")
    is_uncovered: bool = expression(
        is_uncovered, "Whether its holder leads others and none of their results support it."
    )


def _of_plan(table: Any, field: Any) -> Any:
    plan = models.PerformancePlan.alias()
    return plan.select(getattr(plan, field.name)).where(plan.id == table.plan)


@entity(models.BehaviorExpectation, order=("id",))
class BehaviorExpectation(Node):
    """The leader's special expectation for one value (ekspektasi khusus pimpinan)."""

    value: BehaviorValue = column(models.BehaviorExpectation.value, "The value.")
    name: str = batch(_value_names, "Official name of the value.", needs=[models.BehaviorExpectation.value])
    lines: list[str] = batch(
        _value_lines, "The three official behaviour lines.", needs=[models.BehaviorExpectation.value]
    )
    expectation: str = column(
        models.BehaviorExpectation.expectation, "What the leader expects; empty for nothing special."
    )
    version: int = column(models.BehaviorExpectation.version, "Version of the row.")


@entity(models.PlanVersion, order=("-revision",))
class PlanVersion(Node):
    """A plan (SKP) as it was set before a revision."""

    revision: int = column(models.PlanVersion.revision, "Number of the approval that set it.")
    content: JSON = column(models.PlanVersion.content, "Work results, indicators, expectations and appendix texts.")
    reason: str = column(models.PlanVersion.reason, "Why it was revised.")
    created_at: datetime = column(models.PlanVersion.created_at, "When it was revised.")


@entity(models.PlanEvaluator, order=("valid_from",))
class PlanEvaluator(Node):
    """Who answered for a plan as its evaluator (pejabat penilai kinerja) from a day to a day."""

    evaluator: _Employee | None = relation(models.PlanEvaluator.evaluator, "The evaluator (pejabat penilai kinerja).")
    valid_from: date = column(models.PlanEvaluator.valid_from, "First day.")
    valid_to: date | None = column(models.PlanEvaluator.valid_to, "Last day; null while it lasts.")
    reason: str = column(models.PlanEvaluator.reason, "Why the evaluator changed.")


@entity(models.PerformancePlan, order=("id",))
class PerformancePlan(Node):
    """A performance plan (sasaran kinerja pegawai, SKP): one employee, position, evaluator and span of a period."""

    period: EvaluationPeriod | None = relation(models.PerformancePlan.period, "Its period.")
    employee: _Employee | None = relation(models.PerformancePlan.employee, "Who holds the plan.")
    position: _Position | None = relation(models.PerformancePlan.position, "Position for which it is made.")
    unit: _WorkUnit | None = relation(models.PerformancePlan.unit, "Unit of the position when it was made.")
    evaluator: _Employee | None = relation(
        models.PerformancePlan.evaluator, "Who answers for it today (pejabat penilai kinerja)."
    )
    approach: PlanApproach = column(models.PerformancePlan.approach, "Quantitative or qualitative.")
    state: PlanState = column(models.PerformancePlan.state, "Where it stands.")
    starts_on: date = column(models.PerformancePlan.starts_on, "First day.")
    ends_on: date = column(models.PerformancePlan.ends_on, "Last day.")
    revision: int = column(models.PerformancePlan.revision, "How often it was set; 0 before the first time.")
    continues: _Plan | None = relation(
        models.PerformancePlan.continues, "The plan that a move ended and this continues."
    )
    submitted_at: datetime | None = column(models.PerformancePlan.submitted_at, "When it was last submitted.")
    approved_at: datetime | None = column(models.PerformancePlan.approved_at, "When it was last set.")
    return_note: str = column(models.PerformancePlan.return_note, "What the evaluator asked to change.")
    support_needed: str = column(models.PerformancePlan.support_needed, "Support needed (dukungan sumber daya).")
    accountability_scheme: str = column(
        models.PerformancePlan.accountability_scheme, "How results are accounted for (skema pertanggungjawaban)."
    )
    consequences: str = column(models.PerformancePlan.consequences, "Consequences of the results (konsekuensi).")
    version: int = column(models.PerformancePlan.version, "Version to name in a change.")
    created_at: datetime = column(models.PerformancePlan.created_at, "When it was drafted.")
    updated_at: datetime = column(models.PerformancePlan.updated_at, "When it last changed.")
    work_results: Connection[WorkResult] = pages(models.WorkResult.plan, "Its work results (hasil kerja).")
    expectations: Connection[BehaviorExpectation] = pages(
        models.BehaviorExpectation.plan, "Expectations per value (perilaku kerja)."
    )
    versions: Connection[PlanVersion] = pages(models.PlanVersion.plan, "Versions set before a revision.")
    evaluators: Connection[PlanEvaluator] = pages(models.PlanEvaluator.plan, "Who answered for it, and when.")
    warnings: list[Problem] = batch(_plan_warnings, "What deserves a second look but is allowed.")


@entity(models.PlanTemplate, order=("code",))
class PlanTemplate(Node):
    """Work results and indicators to hand out to many (templat SKP)."""

    code: str = column(models.PlanTemplate.code, "Short code, unique.")
    name: str = column(models.PlanTemplate.name, "Name.")
    approach: PlanApproach = column(models.PlanTemplate.approach, "Quantitative or qualitative.")
    content: JSON = column(models.PlanTemplate.content, "Work results, indicators, expectations and appendix texts.")
    version: int = column(models.PlanTemplate.version, "Version to name in a change.")


class EmployeePlanning:
    """What planning adds to an employee."""

    plans: Connection[PerformancePlan] = pages(models.PerformancePlan.employee, "Plans (SKP) that the employee holds.")
    evaluated_plans: Connection[PerformancePlan] = pages(
        models.PerformancePlan.evaluator, "Plans for which the employee answers as evaluator."
    )


class WorkUnitPlanning:
    """What planning adds to a unit."""

    plans: Connection[PerformancePlan] = pages(models.PerformancePlan.unit, "Plans of positions in the unit itself.")
