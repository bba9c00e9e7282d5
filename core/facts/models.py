"""Which fact an indicator takes its actual value from, and what was measured of it."""

import peewee as pw
from playhouse.fields import EnumField

from core.database import AmountField, Record, UtcDateTimeField
from core.facts.terms import FactState, FactSubject
from core.organisation.models import Employee
from core.planning.models import Indicator, PerformancePlan
from core.progress.models import ProgressRecord


class FactBinding(Record):
    """An indicator takes its actual value from the fact `fact` about its plan's unit or employee.

    `title` and `unit_of_measure` are the plugin's words when it was bound: they stay when the plugin is off.
    """

    plan_id: int
    indicator_id: int
    bound_by_id: int | None

    plan = pw.ForeignKeyField(PerformancePlan, backref="+", on_delete="CASCADE")
    indicator = pw.ForeignKeyField(Indicator, backref="+", on_delete="CASCADE", unique=True)
    fact = pw.CharField(max_length=96)
    subject = EnumField(FactSubject, max_length=16)
    title = pw.CharField()
    unit_of_measure = pw.CharField(max_length=64, default="")
    bound_by = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT")


class FactMeasurement(Record):
    """What a fact was for an indicator from a day to a day, how many cases and what evidence stand behind it.

    `progress_record` is what became of it when it was accepted.
    """

    plan_id: int
    indicator_id: int
    decided_by_id: int | None
    progress_record_id: int | None

    plan = pw.ForeignKeyField(PerformancePlan, backref="+", on_delete="RESTRICT")
    indicator = pw.ForeignKeyField(Indicator, backref="+", on_delete="RESTRICT")
    fact = pw.CharField(max_length=96)
    subject = EnumField(FactSubject, max_length=16)
    title = pw.CharField()
    unit_of_measure = pw.CharField(max_length=64, default="")
    starts_on = pw.DateField()
    ends_on = pw.DateField()
    value = AmountField()
    cases = pw.IntegerField()
    evidence = pw.JSONField()
    measured_at = UtcDateTimeField()
    state = EnumField(FactState, max_length=16, default=FactState.PROPOSED)
    comment = pw.TextField(default="")
    decided_by = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT")
    decided_at = UtcDateTimeField(null=True)
    progress_record = pw.ForeignKeyField(ProgressRecord, null=True, backref="+", on_delete="SET NULL")

    class Meta:
        indexes = ((("indicator", "starts_on"), False), (("plan", "state"), False))
