"""Tables of discipline: cases and what belongs to each.

Everything is confidential: the team of a case and its person see it, from the moment that the law lets the person know.
"""

from secrets import randbelow

import peewee as pw
from playhouse.fields import EnumField

from core.database import IdField
from core.organisation.models import Employee, WorkUnit
from core.plugin_api import Record, UtcDateTimeField
from plugins.rewards.discipline.terms import (
    Authority,
    BreachState,
    CaseState,
    ClockKind,
    ClockState,
    DecisionState,
    ExaminationMode,
    Impact,
    MemberElement,
    MemberRole,
    ReadChannel,
    RemedyKind,
    RemedyOutcome,
    SalaryStopState,
    SanctionLevel,
    SummonsOutcome,
)


class DisciplineCase(Record):
    """A suspected breach of discipline by one employee, from its report to its end.

    `unit` and `unit_name` are where the person worked on the first day of the act; `superior` has the duty to act
    (Pasal 26), or was put in its place because the direct superior is involved. `rules` is the snapshot of the rule
    sets: what is a breach by the last day of the act, how it is handled by the day on which the case was opened.
    """

    employee_id: int
    unit_id: int | None
    superior_id: int | None

    # Drawn, as the number is: an id that counts would tell how many cases there are.
    id = IdField(default=lambda: randbelow(2**31 - 1_000_000) + 1_000_000)
    number = pw.CharField(max_length=32, unique=True)
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    unit = pw.ForeignKeyField(WorkUnit, null=True, backref="+", on_delete="SET NULL")
    unit_name = pw.CharField(default="")
    superior = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    state = EnumField(CaseState, max_length=16, default=CaseState.REPORTED)
    act_first_on = pw.DateField()
    act_last_on = pw.DateField()
    opened_on = pw.DateField()
    closed_on = pw.DateField(null=True)
    closing_reason = pw.TextField(default="")
    is_confidential = pw.BooleanField(default=True)
    is_suspected_crime = pw.BooleanField(default=False)
    rules = pw.JSONField(null=True)

    class Meta:
        table_name = "rewards_discipline_case"
        indexes = ((("employee", "state"), False),)


class DisciplineReport(Record):
    """A report of a suspected breach; who made it may be protected, then only who keeps cases knows the name.

    `officer` is the HR officer for discipline to whom it is assigned, who sees the report and its case from then on.
    """

    case_id: int
    reporter_id: int | None
    officer_id: int | None

    case = pw.ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
    reporter = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    officer = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    is_reporter_protected = pw.BooleanField(default=True)
    source = pw.CharField(default="")
    text = pw.TextField()
    reported_on = pw.DateField()

    class Meta:
        table_name = "rewards_discipline_report"


class Breach(Record):
    """A breach that somebody is charged with: an item of the catalogue, its impact, its days.

    `item_code` and `item_text` are as the catalogue in force on the day of the act has them; `level` follows from item
    and impact. For absence `days` are the days without a valid reason that the charge is about, and `days_in_year`
    all of the calendar year of the last one up to it, `sanction` is what they mean.
    """

    case_id: int
    repeats_id: int | None

    case = pw.ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
    item_code = pw.CharField(max_length=32)
    item_text = pw.TextField()
    impact = EnumField(Impact, max_length=8, default=Impact.UNSTATED)
    level = EnumField(SanctionLevel, max_length=8)
    first_on = pw.DateField()
    last_on = pw.DateField()
    days = pw.JSONField(null=True)
    days_in_year = pw.IntegerField(null=True)
    days_in_a_row = pw.IntegerField(null=True)
    sanction = pw.CharField(max_length=16, default="")
    is_absence = pw.BooleanField(default=False)
    description = pw.TextField(default="")
    repeats = pw.ForeignKeyField("self", null=True, backref="+", on_delete="SET NULL")
    state = EnumField(BreachState, max_length=16, default=BreachState.ALLEGED)

    class Meta:
        table_name = "rewards_breach"


class CaseMember(Record):
    """Somebody in the examination team of a case; `valid_to` is the last day (None: until the case ends).

    `name` is what the person was called then: a team knows its members, also where not everybody in it sees them.
    """

    case_id: int
    employee_id: int

    case = pw.ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    name = pw.CharField(default="")
    role = EnumField(MemberRole, max_length=16)
    element = EnumField(MemberElement, max_length=16)
    valid_from = pw.DateField()
    valid_to = pw.DateField(null=True)

    class Meta:
        table_name = "rewards_case_member"
        indexes = ((("case", "employee"), False), (("employee", "valid_from"), False))


class Summons(Record):
    """A written summons to the examination on `examine_on`; `number` is 1 or 2."""

    case_id: int

    case = pw.ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
    number = pw.IntegerField()
    letter_number = pw.CharField(max_length=128, default="")
    summoned_on = pw.DateField()
    examine_on = pw.DateField()
    place = pw.CharField(default="")
    outcome = EnumField(SummonsOutcome, max_length=16, default=SummonsOutcome.OPEN)
    noted_on = pw.DateField(null=True)
    note = pw.TextField(default="")

    class Meta:
        table_name = "rewards_summons"
        indexes = ((("case", "number"), True),)


class Examination(Record):
    """The one examination of a case with its minutes (BAP); who does not sign is noted with the reason given."""

    case_id: int
    examiner_id: int | None

    case = pw.ForeignKeyField(DisciplineCase, unique=True, backref="+", on_delete="CASCADE")
    examiner = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    held_on = pw.DateField()
    mode = EnumField(ExaminationMode, max_length=16, default=ExaminationMode.IN_PERSON)
    place = pw.CharField(default="")
    minutes = pw.TextField()
    statement = pw.TextField(default="")
    is_signed_by_examiner = pw.BooleanField(default=False)
    is_signed_by_examined = pw.BooleanField(default=False)
    refusal_reason = pw.TextField(default="")

    class Meta:
        table_name = "rewards_examination"


class SanctionProposal(Record):
    """What is proposed after the examination, beside what follows from the rules; who decides is free."""

    case_id: int
    proposed_by_id: int | None

    case = pw.ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
    proposed_by = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    proposed_on = pw.DateField()
    rule_sanction = pw.CharField(max_length=16, default="")
    sanction = pw.CharField(max_length=16)
    reason = pw.TextField(default="")
    report = pw.TextField(default="")
    explanation = pw.JSONField(null=True)

    class Meta:
        table_name = "rewards_sanction_proposal"


class SanctionDecision(Record):
    """A decision on a case: one sanction, frozen with the rules it rests on.

    `substitute` names what is imposed instead while Pasal 42 lasts (empty: the sanction itself), `months` how long it
    lasts (None: without end, 0: done with its delivery). `effective_on` is known since receipt, `until` is the last
    day. `differs_reason` says why it is not what the rules give. `replaces` is the decision that a remedy changed.
    """

    case_id: int
    employee_id: int
    decided_by_id: int | None
    replaces_id: int | None

    case = pw.ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    state = EnumField(DecisionState, max_length=16, default=DecisionState.SET)
    decree_number = pw.CharField(max_length=128)
    set_on = pw.DateField()
    authority = EnumField(Authority, max_length=24)
    decided_by = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    decider_title = pw.CharField(default="")
    level = EnumField(SanctionLevel, max_length=8)
    step = pw.IntegerField()
    sanction = pw.CharField(max_length=16)
    sanction_name = pw.CharField()
    substitute = pw.CharField(default="")
    months = pw.IntegerField(null=True)
    rule_sanction = pw.CharField(max_length=16, default="")
    differs_reason = pw.TextField(default="")
    snapshot = pw.JSONField()
    received_on = pw.DateField(null=True)
    effective_on = pw.DateField(null=True)
    until = pw.DateField(null=True)
    annulled_on = pw.DateField(null=True)
    annulled_reason = pw.TextField(default="")
    annulled_by_decree = pw.CharField(max_length=128, default="")
    replaces = pw.ForeignKeyField("self", null=True, backref="+", on_delete="SET NULL")

    class Meta:
        table_name = "rewards_sanction_decision"
        indexes = ((("employee", "state"), False), (("state", "effective_on"), False))


class DecisionDelivery(Record):
    """How a decision reached its person: handed over, or sent because the person was not there."""

    case_id: int
    decision_id: int

    case = pw.ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
    decision = pw.ForeignKeyField(SanctionDecision, unique=True, backref="+", on_delete="CASCADE")
    offered_on = pw.DateField()
    was_present = pw.BooleanField()
    sent_on = pw.DateField(null=True)
    sent_by = pw.CharField(default="")
    received_on = pw.DateField(null=True)
    note = pw.TextField(default="")

    class Meta:
        table_name = "rewards_decision_delivery"


class DisciplineRemedy(Record):
    """An objection (keberatan) or appeal (banding) against a decision (PP 79/2021)."""

    case_id: int
    decision_id: int
    new_decision_id: int | None

    case = pw.ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
    decision = pw.ForeignKeyField(SanctionDecision, backref="+", on_delete="CASCADE")
    kind = EnumField(RemedyKind, max_length=16)
    filed_on = pw.DateField()
    grounds = pw.TextField()
    answer = pw.TextField(default="")
    answered_on = pw.DateField(null=True)
    outcome = EnumField(RemedyOutcome, max_length=16, default=RemedyOutcome.OPEN)
    outcome_text = pw.TextField(default="")
    outcome_decree = pw.CharField(max_length=128, default="")
    decided_on = pw.DateField(null=True)
    new_decision = pw.ForeignKeyField(SanctionDecision, null=True, backref="+", on_delete="SET NULL")

    class Meta:
        table_name = "rewards_discipline_remedy"


class DisciplineClock(Record):
    """A number of working days within which something must be done, and whether it was.

    `due_on` is the last day in time. A broken clock has a reason; one that is overdue and still runs was not answered
    yet. `told` is who was told of a superior that did not act.
    """

    case_id: int
    remedy_id: int | None
    told_id: int | None

    case = pw.ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
    remedy = pw.ForeignKeyField(DisciplineRemedy, null=True, backref="+", on_delete="CASCADE")
    kind = EnumField(ClockKind, max_length=24)
    started_on = pw.DateField()
    days = pw.IntegerField()
    due_on = pw.DateField()
    article = pw.CharField()
    confidence = pw.CharField(max_length=1)
    state = EnumField(ClockState, max_length=8, default=ClockState.RUNNING)
    done_on = pw.DateField(null=True)
    reason = pw.TextField(default="")
    told = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    told_on = pw.DateField(null=True)

    class Meta:
        table_name = "rewards_discipline_clock"
        indexes = ((("state", "due_on"), False), (("case", "kind"), False))


class TemporaryRelease(Record):
    """Temporary release from the post while a heavy breach is examined; the person comes to work and keeps all rights.

    `valid_to` is the last day (None: until the case is decided).
    """

    case_id: int

    case = pw.ForeignKeyField(DisciplineCase, unique=True, backref="+", on_delete="CASCADE")
    decree_number = pw.CharField(max_length=128)
    reason = pw.TextField()
    valid_from = pw.DateField()
    valid_to = pw.DateField(null=True)

    class Meta:
        table_name = "rewards_temporary_release"


class SalaryStop(Record):
    """The stop of salary after ten working days of absence in a row, without waiting for a decision (Pasal 11).

    The superior reports, HR verifies, the budget officer (KPA) sets; salary stops from `stops_from`, the first of the
    month after the last of the ten days.
    """

    employee_id: int
    case_id: int | None

    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    case = pw.ForeignKeyField(DisciplineCase, null=True, backref="+", on_delete="SET NULL")
    state = EnumField(SalaryStopState, max_length=16, default=SalaryStopState.REPORTED)
    absent_first_on = pw.DateField()
    absent_last_on = pw.DateField()
    days = pw.JSONField()
    stops_from = pw.DateField()
    reported_by = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    reported_on = pw.DateField()
    verified_by = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    verified_on = pw.DateField(null=True)
    imposed_by = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    imposed_on = pw.DateField(null=True)
    decree_number = pw.CharField(max_length=128, default="")
    note = pw.TextField(default="")
    lifted_on = pw.DateField(null=True)
    rules = pw.JSONField()

    reported_by_id: int | None
    verified_by_id: int | None
    imposed_by_id: int | None

    class Meta:
        table_name = "rewards_salary_stop"
        indexes = ((("employee", "absent_first_on"), True),)


class CaseRead(Record):
    """Somebody was shown a case or a part of it; one row for each request. `part` is the table of what was shown."""

    case_id: int
    reader_id: int | None

    case = pw.ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
    reader = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    account_id = pw.IntegerField(null=True)
    reader_name = pw.CharField(default="")
    channel = EnumField(ReadChannel, max_length=8)
    part = pw.CharField(max_length=64)
    read_at = UtcDateTimeField()
    request_id = pw.CharField(max_length=64, default="")

    class Meta:
        table_name = "rewards_case_read"
        indexes = ((("case", "read_at"), False), (("request_id", "case"), False))


TABLES: list[type[Record]] = [
    DisciplineCase,
    DisciplineReport,
    Breach,
    CaseMember,
    Summons,
    Examination,
    SanctionProposal,
    SanctionDecision,
    DecisionDelivery,
    DisciplineRemedy,
    DisciplineClock,
    TemporaryRelease,
    SalaryStop,
    CaseRead,
]
