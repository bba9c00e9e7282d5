"""Units, positions, people, who holds which position from when to when, and who supervises whom.

Every period is closed on both sides: `valid_to` is the last day on which the row holds, None while it is open.
The `…_id` annotations name what peewee adds for each foreign key: the key without loading the row.
"""

import peewee as pw
from playhouse.fields import EnumField

from core.database import Record, Table
from core.organisation.terms import (
    AssignmentKind,
    EmployeeState,
    EmploymentStatus,
    PositionGroup,
    Sex,
    SupervisionBasis,
    SupervisionGap,
)


class WorkUnit(Record):
    """A unit of the institution as it stands today; `path` is the chain of 8-digit ids from the root down to it."""

    code = pw.CharField(max_length=64, unique=True)
    name = pw.CharField()
    short_name = pw.CharField(max_length=64, default="")
    kind = pw.CharField(max_length=32, default="")
    parent = pw.ForeignKeyField("self", null=True, backref="+", on_delete="RESTRICT")
    path = pw.CharField(max_length=160, default="", index=True)
    depth = pw.IntegerField(default=0)
    valid_from = pw.DateField()
    valid_to = pw.DateField(null=True)
    successor = pw.ForeignKeyField("self", null=True, backref="+", on_delete="RESTRICT")

    parent_id: int | None
    successor_id: int | None


class WorkUnitRevision(Record):
    """What a unit was called and where it stood in the tree during a period."""

    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="CASCADE")
    name = pw.CharField()
    short_name = pw.CharField(max_length=64, default="")
    parent = pw.ForeignKeyField(WorkUnit, null=True, backref="+", on_delete="RESTRICT")
    valid_from = pw.DateField()
    valid_to = pw.DateField(null=True)

    unit_id: int
    parent_id: int | None

    class Meta:
        indexes = ((("unit", "valid_from"), True),)


class Grade(Table):
    """A grade and, for PNS, its rank title (golongan/ruang dan pangkat)."""

    code = pw.CharField(max_length=8)
    rank_title = pw.CharField(default="")
    employment = EnumField(EmploymentStatus, max_length=8)
    rank_order = pw.IntegerField()
    source = pw.CharField()

    class Meta:
        indexes = ((("employment", "code"), True),)


class PositionKind(Table):
    """A kind and level of position, such as JPT pratama, administrator, ahli muda or pelaksana."""

    code = pw.CharField(max_length=32, unique=True)
    name = pw.CharField()
    group = EnumField(PositionGroup, max_length=16)
    level_order = pw.IntegerField()
    source = pw.CharField()


class Position(Record):
    """A position in a unit; its holder heads the unit when `is_head` says so."""

    code = pw.CharField(max_length=64, unique=True)
    title = pw.CharField()
    kind = pw.ForeignKeyField(PositionKind, backref="+", on_delete="RESTRICT")
    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="RESTRICT")
    is_head = pw.BooleanField(default=False)
    job_class = pw.IntegerField(null=True)
    echelon = pw.CharField(max_length=8, default="")
    valid_from = pw.DateField()
    valid_to = pw.DateField(null=True)

    kind_id: int
    unit_id: int


class Employee(Record):
    """A civil servant (ASN). `nip` is the current number and never a key; earlier ones are identifiers."""

    nip = pw.CharField(max_length=18, unique=True)
    name = pw.CharField(index=True)
    front_title = pw.CharField(max_length=64, default="")
    back_title = pw.CharField(max_length=64, default="")
    status = EnumField(EmploymentStatus, max_length=8)
    state = EnumField(EmployeeState, max_length=16, default=EmployeeState.ACTIVE)
    sex = EnumField(Sex, max_length=8)
    birth_date = pw.DateField()
    grade = pw.ForeignKeyField(Grade, null=True, backref="+", on_delete="RESTRICT")
    email = pw.CharField(default="")
    phone = pw.CharField(max_length=32, default="")
    joined_on = pw.DateField(null=True)
    left_on = pw.DateField(null=True)

    grade_id: int | None


class EmployeeIdentifier(Record):
    """A number an employee carries or carried: a NIP, an NI PPPK or the former 9-digit NIP."""

    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    kind = pw.CharField(max_length=16)
    number = pw.CharField(max_length=18)
    valid_from = pw.DateField(null=True)
    valid_to = pw.DateField(null=True)

    employee_id: int

    class Meta:
        indexes = ((("kind", "number"), True),)


class Assignment(Record):
    """An employee holds a position from a day to a day; the primary one is where the employee has its targets.

    `named_superior` overrules the head of the unit where a decree names another direct superior.
    """

    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="RESTRICT")
    position = pw.ForeignKeyField(Position, backref="+", on_delete="RESTRICT")
    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="RESTRICT")
    kind = EnumField(AssignmentKind, max_length=16, default=AssignmentKind.DEFINITIVE)
    is_primary = pw.BooleanField(default=True)
    named_superior = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT")
    decree_number = pw.CharField(max_length=128, default="")
    valid_from = pw.DateField()
    valid_to = pw.DateField(null=True)

    employee_id: int
    position_id: int
    unit_id: int
    named_superior_id: int | None

    class Meta:
        indexes = (
            (("employee", "valid_from"), False),
            (("unit", "valid_from"), False),
            (("position", "valid_from"), False),
        )


class Delegation(Record):
    """A superior lets another official supervise and evaluate in its place from a day to a day.

    Without `unit` it covers everybody whom the delegator supervises; with it, only those in that unit and below.
    """

    delegator = pw.ForeignKeyField(Employee, backref="+", on_delete="RESTRICT")
    delegate = pw.ForeignKeyField(Employee, backref="+", on_delete="RESTRICT")
    unit = pw.ForeignKeyField(WorkUnit, null=True, backref="+", on_delete="RESTRICT")
    decree_number = pw.CharField(max_length=128, default="")
    valid_from = pw.DateField()
    valid_to = pw.DateField(null=True)

    delegator_id: int
    delegate_id: int
    unit_id: int | None


class ReportingLine(Table):
    """Who supervises an employee during a period, or why nobody does; derived from the rows above, never edited.

    The periods of one employee never overlap, so that a day has exactly one answer.
    """

    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    superior = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="CASCADE")
    basis = EnumField(SupervisionBasis, max_length=16, null=True)
    gap = EnumField(SupervisionGap, max_length=24, null=True)
    valid_from = pw.DateField()
    valid_to = pw.DateField(null=True)

    employee_id: int
    superior_id: int | None

    class Meta:
        indexes = ((("employee", "valid_from"), True), (("superior", "valid_from"), False))
