"""Periods, performance plans (SKP), work results (RHK), indicators, expectations and templates."""

import peewee as pw
from playhouse.fields import EnumField

from core.database import AmountField, Record, Table, UtcDateTimeField
from core.organisation.models import Employee, Position, WorkUnit
from core.planning.terms import (
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


class EvaluationPeriod(Record):
    """A year (or a part of one) for which plans are made, with the rhythm of its periodic evaluations."""

    code = pw.CharField(max_length=16, unique=True)
    name = pw.CharField()
    starts_on = pw.DateField()
    ends_on = pw.DateField()
    frequency = EnumField(Frequency, max_length=16)
    state = EnumField(PeriodState, max_length=16, default=PeriodState.OPEN)
    plan_deadline = pw.DateField()
    evaluation_deadline = pw.DateField()


class EvaluationWindow(Record):
    """One periodic evaluation's span inside a period, such as the second quarter."""

    period_id: int

    period = pw.ForeignKeyField(EvaluationPeriod, backref="+", on_delete="CASCADE")
    number = pw.IntegerField()
    name = pw.CharField()
    starts_on = pw.DateField()
    ends_on = pw.DateField()

    class Meta:
        indexes = ((("period", "number"), True),)


class PerformancePlan(Record):
    """A performance plan (SKP): one employee, position, evaluator and span of a period.

    `unit` is the unit of the position when the plan was made; `revision` counts approvals; the three appendix texts are
    support needed, accountability scheme and consequences; `continues` is the plan that a move in mid-year ended.
    """

    period_id: int
    employee_id: int
    position_id: int
    unit_id: int
    evaluator_id: int | None
    continues_id: int | None

    period = pw.ForeignKeyField(EvaluationPeriod, backref="+", on_delete="RESTRICT")
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="RESTRICT")
    position = pw.ForeignKeyField(Position, backref="+", on_delete="RESTRICT")
    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="RESTRICT")
    evaluator = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT")
    approach = EnumField(PlanApproach, max_length=16)
    state = EnumField(PlanState, max_length=16, default=PlanState.DRAFT)
    starts_on = pw.DateField()
    ends_on = pw.DateField()
    revision = pw.IntegerField(default=0)
    continues = pw.ForeignKeyField("self", null=True, backref="+", on_delete="RESTRICT")
    submitted_at = UtcDateTimeField(null=True)
    approved_at = UtcDateTimeField(null=True)
    return_note = pw.TextField(default="")
    support_needed = pw.TextField(default="")
    accountability_scheme = pw.TextField(default="")
    consequences = pw.TextField(default="")

    class Meta:
        indexes = (
            (("period", "employee", "position", "starts_on"), True),
            (("unit", "period"), False),
            (("evaluator", "period"), False),
        )


class PlanEvaluator(Record):
    """Who was responsible as evaluator of a plan from a day to a day: a new superior splits the responsibility."""

    plan_id: int
    evaluator_id: int

    plan = pw.ForeignKeyField(PerformancePlan, backref="+", on_delete="CASCADE")
    evaluator = pw.ForeignKeyField(Employee, backref="+", on_delete="RESTRICT")
    valid_from = pw.DateField()
    valid_to = pw.DateField(null=True)
    reason = pw.CharField(default="")

    class Meta:
        indexes = ((("plan", "valid_from"), True),)


class PlanVersion(Table):
    """A plan as it was approved, kept whole when it is revised."""

    plan_id: int

    plan = pw.ForeignKeyField(PerformancePlan, backref="+", on_delete="CASCADE")
    revision = pw.IntegerField()
    content = pw.JSONField()
    reason = pw.TextField(default="")
    created_at = UtcDateTimeField()

    class Meta:
        indexes = ((("plan", "revision"), True),)


class WorkResult(Record):
    """A work result (RHK) of a plan, optionally supporting one of the superior's (`parent`).

    `parent_statement` keeps the superior's result in words where it is not linked yet.
    """

    plan_id: int
    parent_id: int | None

    plan = pw.ForeignKeyField(PerformancePlan, backref="+", on_delete="CASCADE")
    parent = pw.ForeignKeyField("self", null=True, backref="+", on_delete="SET NULL")
    parent_statement = pw.TextField(default="")
    kind = EnumField(WorkResultKind, max_length=16)
    perspective = EnumField(Perspective, max_length=32, null=True)
    statement = pw.TextField()
    success_measure = pw.TextField(default="")
    sequence = pw.IntegerField(default=1)


class Indicator(Record):
    """An individual performance indicator (IKI) of a work result.

    `target_min` and `target_max` bound the target (equal: one value); `release_on` is the day on which a value of the
    pattern RELEASE is published; `fact` names a plugin's fact as the source of the actual value.
    """

    work_result_id: int

    work_result = pw.ForeignKeyField(WorkResult, backref="+", on_delete="CASCADE")
    aspect = EnumField(Aspect, max_length=16, null=True)
    statement = pw.TextField()
    unit_of_measure = pw.CharField(max_length=64, default="")
    target_min = AmountField(null=True)
    target_max = AmountField(null=True)
    direction = EnumField(Direction, max_length=24, default=Direction.HIGHER_IS_BETTER)
    pattern = EnumField(MeasuringPattern, max_length=16, default=MeasuringPattern.COUNT)
    release_on = pw.DateField(null=True)
    fact = pw.CharField(max_length=96, default="")
    sequence = pw.IntegerField(default=1)


class BehaviorExpectation(Record):
    """The leader's special expectation for one of the seven values in a plan."""

    plan_id: int

    plan = pw.ForeignKeyField(PerformancePlan, backref="+", on_delete="CASCADE")
    value = EnumField(BehaviorValue, max_length=24)
    expectation = pw.TextField(default="")

    class Meta:
        indexes = ((("plan", "value"), True),)


class PlanTemplate(Record):
    """Work results and indicators to hand out to many; `content` has the shape of the input of a plan."""

    code = pw.CharField(max_length=64, unique=True)
    name = pw.CharField()
    approach = EnumField(PlanApproach, max_length=16)
    content = pw.JSONField()
