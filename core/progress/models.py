"""Progress with evidence, continuous feedback and performance dialogues."""

import peewee as pw
from playhouse.fields import EnumField

from core.database import AmountField, Record, UtcDateTimeField
from core.organisation.models import Employee, WorkUnit
from core.planning.models import EvaluationPeriod, Indicator, PerformancePlan, WorkResult
from core.planning.terms import BehaviorValue
from core.progress.terms import EvidenceKind, FeedbackTone, GiverRelation


class ProgressRecord(Record):
    """What an employee reports for an indicator or a whole work result on a day; `quantity` in the indicator's unit."""

    plan_id: int
    work_result_id: int
    indicator_id: int | None
    recorded_by_id: int | None
    plan = pw.ForeignKeyField(PerformancePlan, backref="+", on_delete="RESTRICT")
    work_result = pw.ForeignKeyField(WorkResult, backref="+", on_delete="RESTRICT")
    indicator = pw.ForeignKeyField(Indicator, null=True, backref="+", on_delete="RESTRICT")
    recorded_by = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT")
    happened_on = pw.DateField()
    quantity = AmountField(null=True)
    note = pw.TextField(default="")

    class Meta:
        indexes = ((("plan", "happened_on"), False), (("indicator", "happened_on"), False))


class Evidence(Record):
    """What proves a progress record: a link, a file (outside the web root, under `storage_key`), or a measured fact."""

    progress_record_id: int
    progress_record = pw.ForeignKeyField(ProgressRecord, backref="+", on_delete="CASCADE")
    kind = EnumField(EvidenceKind, max_length=8)
    title = pw.CharField(default="")
    url = pw.TextField(default="")
    file_name = pw.CharField(default="")
    content_type = pw.CharField(max_length=96, default="")
    size_bytes = pw.IntegerField(null=True)
    sha256 = pw.CharField(max_length=64, default="")
    storage_key = pw.CharField(max_length=96, default="")


class FeedbackRound(Record):
    """A scheduled round in which chosen givers are asked for feedback on the people of a unit."""

    period_id: int
    unit_id: int
    name = pw.CharField()
    period = pw.ForeignKeyField(EvaluationPeriod, backref="+", on_delete="RESTRICT")
    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="RESTRICT")
    opens_on = pw.DateField()
    closes_on = pw.DateField()


class FeedbackRequest(Record):
    """A giver is asked for feedback on an employee in a round."""

    round_id: int
    employee_id: int
    giver_id: int
    round = pw.ForeignKeyField(FeedbackRound, backref="+", on_delete="CASCADE")
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="RESTRICT")
    giver = pw.ForeignKeyField(Employee, backref="+", on_delete="RESTRICT")
    relation = EnumField(GiverRelation, max_length=16)
    answered_at = UtcDateTimeField(null=True)

    class Meta:
        indexes = ((("round", "employee", "giver"), True),)


class Feedback(Record):
    """Continuous feedback on an employee's plan, for a work result, a value, or in general."""

    plan_id: int
    employee_id: int
    giver_id: int
    work_result_id: int | None
    request_id: int | None
    plan = pw.ForeignKeyField(PerformancePlan, backref="+", on_delete="RESTRICT")
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="RESTRICT")
    giver = pw.ForeignKeyField(Employee, backref="+", on_delete="RESTRICT")
    relation = EnumField(GiverRelation, max_length=16)
    tone = EnumField(FeedbackTone, max_length=16)
    work_result = pw.ForeignKeyField(WorkResult, null=True, backref="+", on_delete="SET NULL")
    behavior_value = EnumField(BehaviorValue, max_length=24, null=True)
    text = pw.TextField()
    given_on = pw.DateField()
    request = pw.ForeignKeyField(FeedbackRequest, null=True, backref="+", on_delete="SET NULL")

    class Meta:
        indexes = ((("plan", "given_on"), False), (("employee", "given_on"), False))


class PerformanceDialogue(Record):
    """A talk between leader and employee about a plan: an event to be recorded, not a score (dialog kinerja)."""

    plan_id: int
    leader_id: int | None
    plan = pw.ForeignKeyField(PerformancePlan, backref="+", on_delete="RESTRICT")
    leader = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT")
    held_on = pw.DateField()
    topic = pw.CharField()
    summary = pw.TextField()
    agreed_actions = pw.TextField(default="")
