"""Organisational performance, evaluations, calibration, objections and credit points."""

import peewee as pw
from playhouse.fields import EnumField

from core.appraisal.terms import (
    CalibrationState,
    EvaluationKind,
    EvaluationState,
    ObjectionState,
    OrganizationRating,
    Predicate,
    Rating,
)
from core.database import AmountField, Record, UtcDateTimeField
from core.organisation.models import Employee, WorkUnit
from core.planning.models import EvaluationPeriod, EvaluationWindow, PerformancePlan


class OrganizationPerformance(Record):
    """The performance of a unit in a period, or in one window of it; set by the leader one level above.

    `window_number` repeats the window's number (0: the whole period), since a unique index passes over NULL.
    """

    unit_id: int
    period_id: int
    window_id: int | None
    setter_id: int | None

    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="RESTRICT")
    period = pw.ForeignKeyField(EvaluationPeriod, backref="+", on_delete="RESTRICT")
    window = pw.ForeignKeyField(EvaluationWindow, null=True, backref="+", on_delete="RESTRICT")
    window_number = pw.IntegerField(default=0)
    rating = EnumField(OrganizationRating, max_length=24)
    basis = pw.TextField(default="")
    # peewee has a method set_by_id, which the usual name of the key would hide.
    set_by = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT", object_id_name="setter_id")
    set_on = pw.DateField()

    class Meta:
        indexes = ((("unit", "period", "window_number"), True),)


class Evaluation(Record):
    """An evaluation of a plan: two ratings, the predicate that the matrix gives, and how it came about.

    `explanation` holds inputs, rule, version and validity of every figure; `received_on` is the day on which the
    employee got the result, from which the time for an objection runs; `window_number` is 0 for the annual evaluation.
    """

    plan_id: int
    period_id: int
    window_id: int | None
    employee_id: int
    evaluator_id: int | None
    unit_id: int
    organization_performance_id: int | None

    plan = pw.ForeignKeyField(PerformancePlan, backref="+", on_delete="RESTRICT")
    period = pw.ForeignKeyField(EvaluationPeriod, backref="+", on_delete="RESTRICT")
    window = pw.ForeignKeyField(EvaluationWindow, null=True, backref="+", on_delete="RESTRICT")
    window_number = pw.IntegerField(default=0)
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="RESTRICT")
    evaluator = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT")
    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="RESTRICT")
    kind = EnumField(EvaluationKind, max_length=16)
    state = EnumField(EvaluationState, max_length=16, default=EvaluationState.DRAFT)
    result_rating = EnumField(Rating, max_length=8, null=True)
    behavior_rating = EnumField(Rating, max_length=8, null=True)
    result_note = pw.TextField(default="")
    behavior_note = pw.TextField(default="")
    predicate = EnumField(Predicate, max_length=24, null=True)
    organization_performance = pw.ForeignKeyField(OrganizationPerformance, null=True, backref="+", on_delete="RESTRICT")
    distribution_reason = pw.TextField(default="")
    explanation = pw.JSONField(null=True)
    finalised_at = UtcDateTimeField(null=True)
    received_on = pw.DateField(null=True)
    acknowledged_at = UtcDateTimeField(null=True)

    class Meta:
        indexes = (
            (("plan", "window_number"), True),
            (("unit", "period"), False),
            (("employee", "period"), False),
        )


class CalibrationSession(Record):
    """A meeting in which the ratings of a unit are compared before they are final."""

    unit_id: int
    period_id: int
    window_id: int | None

    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="RESTRICT")
    period = pw.ForeignKeyField(EvaluationPeriod, backref="+", on_delete="RESTRICT")
    window = pw.ForeignKeyField(EvaluationWindow, null=True, backref="+", on_delete="RESTRICT")
    held_on = pw.DateField()
    state = EnumField(CalibrationState, max_length=8, default=CalibrationState.OPEN)
    note = pw.TextField(default="")


class CalibrationShift(Record):
    """One rating changed in a calibration session: from what, to what, why and by whom."""

    session_id: int
    evaluation_id: int
    shifted_by_id: int | None

    session = pw.ForeignKeyField(CalibrationSession, backref="+", on_delete="RESTRICT")
    evaluation = pw.ForeignKeyField(Evaluation, backref="+", on_delete="RESTRICT")
    result_from = EnumField(Rating, max_length=8)
    result_to = EnumField(Rating, max_length=8)
    behavior_from = EnumField(Rating, max_length=8)
    behavior_to = EnumField(Rating, max_length=8)
    reason = pw.TextField()
    shifted_by = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT")


class Objection(Record):
    """An objection (keberatan) to the evaluator's superior, whose decision is final."""

    evaluation_id: int
    employee_id: int
    decider_id: int | None

    evaluation = pw.ForeignKeyField(Evaluation, unique=True, backref="+", on_delete="RESTRICT")
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="RESTRICT")
    decider = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT")
    state = EnumField(ObjectionState, max_length=8, default=ObjectionState.FILED)
    filed_on = pw.DateField()
    due_on = pw.DateField()
    reason = pw.TextField()
    evaluator_statement = pw.TextField(default="")
    decision = pw.TextField(default="")
    decided_on = pw.DateField(null=True)


class CreditPoints(Record):
    """Credit points (angka kredit) that a final annual predicate gave a functional employee, with the rule used."""

    evaluation_id: int
    employee_id: int

    evaluation = pw.ForeignKeyField(Evaluation, unique=True, backref="+", on_delete="RESTRICT")
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="RESTRICT")
    position_kind = pw.CharField(max_length=32)
    months = pw.IntegerField()
    coefficient = AmountField()
    percentage = AmountField()
    points = AmountField()
    explanation = pw.JSONField()
