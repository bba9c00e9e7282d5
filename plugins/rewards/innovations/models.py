"""Innovations with their units, authors, evidence, steps and measured effects."""

import peewee as pw
from playhouse.fields import EnumField

from core.facts.terms import FactSubject
from core.organisation.models import Employee, WorkUnit
from core.plugin_api import AmountField, Record, Table, UtcDateTimeField
from core.progress.terms import EvidenceKind
from plugins.rewards.innovations.terms import AuthorRole, EffectDirection, InnovationStage


class Innovation(Record):
    """Something new that a unit tries and adopts (inovasi); `unit` is where it is at home.

    `category` and `group` are codes of the rule set of its day, which `rule` keeps as it was when it was proposed.
    `implemented_on` is since when it is in use, from which the age that a contest asks for counts; `origin` is the
    innovation that this one takes over elsewhere (replikasi), `origin_note` names one of another institution.
    `closing_reason` says why it was declined or ended.
    """

    unit_id: int
    origin_id: int | None
    proposed_by_id: int | None

    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="CASCADE")
    title = pw.CharField()
    problem = pw.TextField()
    description = pw.TextField()
    category = pw.CharField(max_length=32)
    group = pw.CharField(max_length=32)
    stage = EnumField(InnovationStage, max_length=16, default=InnovationStage.PROPOSED)
    proposed_on = pw.DateField()
    tried_on = pw.DateField(null=True)
    adopted_on = pw.DateField(null=True, index=True)
    implemented_on = pw.DateField(null=True)
    closed_on = pw.DateField(null=True)
    closing_reason = pw.TextField(default="")
    origin_note = pw.CharField(default="")
    origin = pw.ForeignKeyField("self", null=True, backref="+", on_delete="SET NULL")
    proposed_by = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    rule = pw.JSONField()

    class Meta:
        table_name = "rewards_innovation"
        indexes = ((("unit", "stage"), False),)


class InnovationUnit(Record):
    """A further unit that an innovation concerns."""

    innovation_id: int
    unit_id: int

    innovation = pw.ForeignKeyField(Innovation, backref="+", on_delete="CASCADE")
    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="CASCADE")

    class Meta:
        table_name = "rewards_innovation_unit"
        indexes = ((("innovation", "unit"), True),)


class InnovationAuthor(Record):
    """Somebody who made an innovation; `share` is the part in percent, of all authors together at most 100."""

    innovation_id: int
    employee_id: int

    innovation = pw.ForeignKeyField(Innovation, backref="+", on_delete="CASCADE")
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    role = EnumField(AuthorRole, max_length=16, default=AuthorRole.MEMBER)
    share = AmountField(null=True)

    class Meta:
        table_name = "rewards_innovation_author"
        indexes = ((("innovation", "employee"), True),)


class InnovationStep(Table):
    """A step of an innovation with its day and reason; steps are only added."""

    innovation_id: int
    decided_by_id: int | None

    innovation = pw.ForeignKeyField(Innovation, backref="+", on_delete="CASCADE")
    stage = EnumField(InnovationStage, max_length=16)
    day = pw.DateField()
    reason = pw.TextField(default="")
    decided_by = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    recorded_at = UtcDateTimeField()

    class Meta:
        table_name = "rewards_innovation_step"


class InnovationEvidence(Record):
    """What proves an innovation: a link, or a file kept outside the web root under `storage_key`."""

    innovation_id: int

    innovation = pw.ForeignKeyField(Innovation, backref="+", on_delete="CASCADE")
    kind = EnumField(EvidenceKind, max_length=8)
    title = pw.CharField(default="")
    url = pw.TextField(default="")
    file_name = pw.CharField(default="")
    content_type = pw.CharField(max_length=96, default="")
    size_bytes = pw.IntegerField(null=True)
    sha256 = pw.CharField(max_length=64, default="")
    storage_key = pw.CharField(max_length=96, default="")

    class Meta:
        table_name = "rewards_innovation_evidence"


class InnovationEffect(Table):
    """A fact before and after an innovation, as it was measured on a day; measured again, it is another row.

    `title` and `unit_of_measure` are the plugin's words on that day, the evidence holds the query that shows the cases,
    `fewest_cases` is the limit of the rule set below which a figure is read with caution. A value is null where the
    fact had no cases.
    """

    innovation_id: int
    unit_id: int | None
    employee_id: int | None
    measured_by_id: int | None

    innovation = pw.ForeignKeyField(Innovation, backref="+", on_delete="CASCADE")
    fact = pw.CharField(max_length=96)
    subject = EnumField(FactSubject, max_length=16)
    unit = pw.ForeignKeyField(WorkUnit, null=True, backref="+", on_delete="SET NULL")
    employee = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    title = pw.CharField()
    unit_of_measure = pw.CharField(max_length=64, default="")
    direction = EnumField(EffectDirection, max_length=8)
    before_first = pw.DateField()
    before_last = pw.DateField()
    after_first = pw.DateField()
    after_last = pw.DateField()
    before_value = AmountField(null=True)
    before_cases = pw.IntegerField()
    before_evidence = pw.JSONField()
    after_value = AmountField(null=True)
    after_cases = pw.IntegerField()
    after_evidence = pw.JSONField()
    fewest_cases = pw.IntegerField()
    measured_at = UtcDateTimeField()
    measured_by = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")

    class Meta:
        table_name = "rewards_innovation_effect"


TABLES: list[type[pw.Model]] = [
    Innovation,
    InnovationUnit,
    InnovationAuthor,
    InnovationStep,
    InnovationEvidence,
    InnovationEffect,
]
