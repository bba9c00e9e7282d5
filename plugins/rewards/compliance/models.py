"""Rules of what is owed, what follows from them for each person, what was told to whom, and who is exempt."""

import peewee as pw
from playhouse.fields import EnumField

from core.organisation.models import Employee, WorkUnit
from core.planning.models import EvaluationPeriod, PerformancePlan
from core.plugin_api import Record, Table, UtcDateTimeField
from plugins.rewards.compliance.terms import ComplianceDuty, ExemptReason, NoticeKind, ObligationState


class ComplianceRule(Record):
    """One version of what is owed in a unit and below, in force from a day to a day; the nearest unit's rule counts.

    It is due `due_working_days` after the end of the month, of the window, or after the day by which plans are to be
    set. The first reminder goes out `remind_working_days` before that (negative: after it), the next ones every
    `repeat_working_days`, at most `most_reminders`; the superior is told `note_working_days` after it was due.
    Statuses and states that owe nothing are named by their codes, and kinds of leave by theirs. A version that
    obligations rest on is never edited: a change is the next `revision`.
    """

    unit_id: int

    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="CASCADE")
    duty = EnumField(ComplianceDuty, max_length=16)
    revision = pw.IntegerField()
    name = pw.CharField()
    basis = pw.CharField(default="")
    due_working_days = pw.IntegerField(default=5)
    remind_working_days = pw.IntegerField(default=2)
    repeat_working_days = pw.IntegerField(default=3)
    most_reminders = pw.IntegerField(default=3)
    note_working_days = pw.IntegerField(default=10)
    exempt = pw.JSONField(default=list)
    exempt_leave = pw.JSONField(default=list)
    valid_from = pw.DateField()
    valid_to = pw.DateField(null=True)

    class Meta:
        table_name = "rewards_compliance_rule"
        indexes = ((("unit", "duty", "revision"), True),)


class ComplianceExemption(Record):
    """HR lets somebody owe nothing, or nothing of one kind, from a day to a day, and says why."""

    employee_id: int
    granted_by_id: int | None

    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    duty = EnumField(ComplianceDuty, max_length=16, null=True)
    first_day = pw.DateField()
    last_day = pw.DateField()
    reason = pw.TextField()
    granted_by = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    withdrawn_on = pw.DateField(null=True)
    withdrawn_reason = pw.TextField(default="")

    class Meta:
        table_name = "rewards_compliance_exemption"
        indexes = ((("employee", "first_day"), False),)


class Obligation(Record):
    """What `employee` owes about `about` (often the same) for a span of days, by which version of a rule, and when.

    `number` is the month or the window within the period, 0 for what is owed once. `due_on` counts the person's leave
    as days without work. `met_on` is when it was done; `reason` why it was accepted late or nobody owed it.
    """

    employee_id: int
    about_id: int
    unit_id: int
    rule_id: int
    period_id: int
    plan_id: int | None

    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    about = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="CASCADE")
    rule = pw.ForeignKeyField(ComplianceRule, backref="+", on_delete="CASCADE")
    period = pw.ForeignKeyField(EvaluationPeriod, backref="+", on_delete="CASCADE")
    plan = pw.ForeignKeyField(PerformancePlan, null=True, backref="+", on_delete="SET NULL")
    duty = EnumField(ComplianceDuty, max_length=16)
    number = pw.IntegerField()
    first_day = pw.DateField()
    last_day = pw.DateField()
    due_on = pw.DateField()
    state = EnumField(ObligationState, max_length=16, default=ObligationState.OPEN)
    met_on = pw.DateField(null=True)
    exempt_by = EnumField(ExemptReason, max_length=16, null=True)
    reason = pw.TextField(default="")

    class Meta:
        table_name = "rewards_obligation"
        indexes = (
            (("about", "duty", "period", "number"), True),
            (("employee", "state", "due_on"), False),
            (("unit", "due_on"), False),
            (("state", "due_on"), False),
        )


class ComplianceNotice(Table):
    """That somebody was reminded of an obligation, or a superior told, when, why and by which version of the rule.

    The unique index keeps the same notice from going out twice, whenever the job is stopped and started again.
    """

    obligation_id: int
    employee_id: int
    rule_id: int

    obligation = pw.ForeignKeyField(Obligation, backref="+", on_delete="CASCADE")
    kind = EnumField(NoticeKind, max_length=16)
    number = pw.IntegerField()
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    rule = pw.ForeignKeyField(ComplianceRule, backref="+", on_delete="CASCADE")
    rule_revision = pw.IntegerField()
    due_on = pw.DateField()
    sent_on = pw.DateField()
    sent_at = UtcDateTimeField()

    class Meta:
        table_name = "rewards_compliance_notice"
        indexes = ((("obligation", "kind", "number"), True), (("employee", "sent_on"), False))


TABLES: list[type[pw.Model]] = [ComplianceRule, ComplianceExemption, Obligation, ComplianceNotice]
