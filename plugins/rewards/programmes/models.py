"""Programmes, their rounds, eligibility runs, nominations, the panel, and awards."""

import peewee as pw
from playhouse.fields import EnumField

from core.certificates.models import Certificate
from core.organisation.models import Employee, WorkUnit
from core.plugin_api import Record, Table, UtcDateTimeField
from plugins.rewards.programmes.terms import (
    AwardKind,
    AwardObjectionState,
    AwardState,
    FilePurpose,
    NominationBasis,
    NominationState,
    RoundState,
    RunState,
)


class RewardProgramme(Record):
    """A programme of recognition, by which open rules awards are given.

    `unit` limits it to a unit and those below (None: the whole institution). A quota counts awards of a round, by unit:
    by the nominee's own unit, or by its ancestor at `quota_depth` (0: the institution, 1: its agencies). `nominators`
    are values of NominationBasis, `checklist` items `{"code", "id", "en"}` that verification ticks off. In a decision
    count at least `min_scores` scores; `excludes_own_unit` keeps panel members from scoring people of their own unit,
    `shows_scorers` lets scores be seen with names. `objection_days` are working days after the decision.
    """

    unit_id: int | None

    code = pw.CharField(max_length=32, unique=True)
    name = pw.CharField()
    kind = EnumField(AwardKind, max_length=32)
    unit = pw.ForeignKeyField(WorkUnit, null=True, backref="+", on_delete="CASCADE")
    description = pw.TextField(default="")
    legal_basis = pw.TextField(default="")
    source = pw.TextField(default="")
    confidence = pw.CharField(max_length=1, default="L")
    template = pw.CharField(max_length=32, default="")
    quota_per_unit = pw.IntegerField(null=True)
    quota_depth = pw.IntegerField(null=True)
    nominators = pw.JSONField()
    checklist = pw.JSONField()
    min_scores = pw.IntegerField(default=0)
    excludes_own_unit = pw.BooleanField(default=True)
    shows_scorers = pw.BooleanField(default=False)
    objection_days = pw.IntegerField(default=14)
    is_active = pw.BooleanField(default=True)

    class Meta:
        table_name = "rewards_programme"


class RewardCriteria(Record):
    """A version of the criteria of a programme: the newest holds, earlier ones stay for what was decided by them."""

    programme_id: int

    programme = pw.ForeignKeyField(RewardProgramme, backref="+", on_delete="CASCADE")
    revision = pw.IntegerField()
    criteria = pw.JSONField()
    note = pw.TextField(default="")

    class Meta:
        table_name = "rewards_criteria"
        indexes = ((("programme", "revision"), True),)


class RewardRound(Record):
    """A period of a programme for which awards are given; nominations are taken until `nominations_until`."""

    programme_id: int

    programme = pw.ForeignKeyField(RewardProgramme, backref="+", on_delete="CASCADE")
    name = pw.CharField()
    starts_on = pw.DateField()
    ends_on = pw.DateField()
    nominations_until = pw.DateField()
    state = EnumField(RoundState, max_length=8, default=RoundState.OPEN)

    class Meta:
        table_name = "rewards_round"
        indexes = ((("programme", "starts_on"), False),)


class EligibilityRun(Record):
    """Who fulfilled the criteria of a round on a day: `snapshot` holds criteria, period and settings as they were."""

    round_id: int

    round = pw.ForeignKeyField(RewardRound, backref="+", on_delete="CASCADE")
    as_of = pw.DateField()
    state = EnumField(RunState, max_length=8, default=RunState.WAITING, index=True)
    snapshot = pw.JSONField()
    people = pw.IntegerField(default=0)
    eligible = pw.IntegerField(default=0)
    undecided = pw.IntegerField(default=0)
    account_name = pw.CharField()
    started_at = UtcDateTimeField(null=True)
    finished_at = UtcDateTimeField(null=True)
    fault = pw.TextField(default="")

    class Meta:
        table_name = "rewards_eligibility_run"


class EligibilityResult(Table):
    """Whether somebody fulfilled the criteria of a run, and for each of them why or why not.

    `findings` names no sanction; what stands behind it is in `confidential`, for the person alone.
    """

    run_id: int
    employee_id: int
    unit_id: int | None

    run = pw.ForeignKeyField(EligibilityRun, backref="+", on_delete="CASCADE")
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    unit = pw.ForeignKeyField(WorkUnit, null=True, backref="+", on_delete="SET NULL")
    is_eligible = pw.BooleanField()
    is_undecided = pw.BooleanField(default=False)
    findings = pw.JSONField()
    confidential = pw.JSONField(null=True)

    class Meta:
        table_name = "rewards_eligibility_result"
        indexes = ((("run", "employee"), True), (("employee", "run"), False), (("run", "is_eligible"), False))


class Nomination(Record):
    """Somebody is proposed for an award in a round: with a statement and evidence, verified, scored and decided.

    `evidence` is a list of texts or links; `checked` holds the codes of the checklist that were found right;
    `findings` the criteria as they stood at the decision, with `snapshot` of the rules; `objection_until` is the last
    working day on which an objection may be filed.
    """

    round_id: int
    employee_id: int
    unit_id: int | None
    nominator_id: int | None
    result_id: int | None

    round = pw.ForeignKeyField(RewardRound, backref="+", on_delete="CASCADE")
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    unit = pw.ForeignKeyField(WorkUnit, null=True, backref="+", on_delete="SET NULL")
    basis = EnumField(NominationBasis, max_length=16)
    nominator = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    result = pw.ForeignKeyField(EligibilityResult, null=True, backref="+", on_delete="SET NULL")
    statement = pw.TextField()
    evidence = pw.JSONField()
    nominated_on = pw.DateField()
    state = EnumField(NominationState, max_length=16, default=NominationState.NOMINATED, index=True)
    checked = pw.JSONField()
    verification_note = pw.TextField(default="")
    verified_on = pw.DateField(null=True)
    reason = pw.TextField(default="")
    decree_number = pw.CharField(max_length=128, default="")
    decree_document = pw.TextField(default="")
    decided_on = pw.DateField(null=True)
    objection_until = pw.DateField(null=True)
    findings = pw.JSONField(null=True)
    snapshot = pw.JSONField(null=True)

    class Meta:
        table_name = "rewards_nomination"
        indexes = ((("round", "employee"), True), (("employee", "round"), False))


class PanelMember(Record):
    """Somebody who scores the nominations of a round."""

    round_id: int
    employee_id: int

    round = pw.ForeignKeyField(RewardRound, backref="+", on_delete="CASCADE")
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")

    class Meta:
        table_name = "rewards_panel_member"
        indexes = ((("round", "employee"), True),)


class PanelScore(Record):
    """What a panel member says of a nomination: a score from 0 to 100, or a conflict of interest and no score."""

    nomination_id: int
    member_id: int

    nomination = pw.ForeignKeyField(Nomination, backref="+", on_delete="CASCADE")
    member = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    score = pw.IntegerField(null=True)
    note = pw.TextField(default="")
    has_conflict = pw.BooleanField(default=False)

    class Meta:
        table_name = "rewards_panel_score"
        indexes = ((("nomination", "member"), True),)


class AwardObjection(Record):
    """Somebody objects to a decision before the award is given (sanggahan)."""

    nomination_id: int
    employee_id: int

    nomination = pw.ForeignKeyField(Nomination, backref="+", on_delete="CASCADE")
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    reason = pw.TextField()
    filed_on = pw.DateField()
    state = EnumField(AwardObjectionState, max_length=16, default=AwardObjectionState.FILED)
    decision = pw.TextField(default="")
    decided_on = pw.DateField(null=True)

    class Meta:
        table_name = "rewards_objection"
        indexes = ((("nomination", "employee"), True),)


class Award(Record):
    """An award that an employee has received (penghargaan), with the decree that gives it.

    One that is not published is seen by the employee, the superior and HR only. `programme` and `nomination` are
    unknown for awards that were not given here.
    """

    employee_id: int
    unit_id: int | None
    programme_id: int | None
    nomination_id: int | None
    certificate_id: int | None

    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    kind = EnumField(AwardKind, max_length=32)
    title = pw.CharField()
    awarded_on = pw.DateField()
    decree_number = pw.CharField(default="")
    unit = pw.ForeignKeyField(WorkUnit, null=True, backref="+", on_delete="SET NULL")
    programme = pw.ForeignKeyField(RewardProgramme, null=True, backref="+", on_delete="SET NULL")
    nomination = pw.ForeignKeyField(Nomination, null=True, backref="+", on_delete="SET NULL")
    certificate = pw.ForeignKeyField(Certificate, null=True, backref="+", on_delete="SET NULL")
    decree_document = pw.TextField(default="")
    state = EnumField(AwardState, max_length=8, default=AwardState.GRANTED)
    is_published = pw.BooleanField(default=True)
    revoked_on = pw.DateField(null=True)
    revoked_reason = pw.TextField(default="")

    class Meta:
        table_name = "rewards_award"
        indexes = ((("unit", "awarded_on"), False),)


class RewardFile(Record):
    """A file kept outside the web root under `storage_key`: evidence of a nomination, or a signed decree.

    It belongs to a nomination or to an award, never to both: a grant hands the decree over to the award.
    """

    nomination_id: int | None
    award_id: int | None

    nomination = pw.ForeignKeyField(Nomination, null=True, backref="+", on_delete="CASCADE")
    award = pw.ForeignKeyField(Award, null=True, backref="+", on_delete="CASCADE")
    purpose = EnumField(FilePurpose, max_length=8)
    title = pw.CharField()
    file_name = pw.CharField()
    content_type = pw.CharField(max_length=96)
    size_bytes = pw.IntegerField()
    sha256 = pw.CharField(max_length=64)
    storage_key = pw.CharField(max_length=96)

    class Meta:
        table_name = "rewards_file"


TABLES: list[type[Table]] = [
    RewardProgramme,
    RewardCriteria,
    RewardRound,
    EligibilityRun,
    EligibilityResult,
    Nomination,
    PanelMember,
    PanelScore,
    AwardObjection,
    Award,
    RewardFile,
]
"""The tables of the area, each after those that it points to."""
