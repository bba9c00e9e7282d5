"""Units, positions, people and who supervises whom as GraphQL types."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import peewee as pw
import strawberry

from core.actor import Actor
from core.context import Context
from core.organisation import models
from core.organisation.scope import holds_on
from schema.as_of import DESCRIPTION, day_of
from schema.engine import Connection, Node, batch, column, entity, expression, pages, relation
from schema.organisation_terms import (
    AssignmentKind,
    EmployeeState,
    EmploymentStatus,
    PositionGroup,
    Sex,
    SupervisionBasis,
    SupervisionGap,
)

_Unit = Annotated["WorkUnit", strawberry.lazy("schema.organisation_types")]
_Position = Annotated["Position", strawberry.lazy("schema.organisation_types")]
_Employee = Annotated["Employee", strawberry.lazy("schema.organisation_types")]
_Assignment = Annotated["Assignment", strawberry.lazy("schema.organisation_types")]
_Delegation = Annotated["Delegation", strawberry.lazy("schema.organisation_types")]
_Line = Annotated["ReportingLine", strawberry.lazy("schema.organisation_types")]
_Revision = Annotated["WorkUnitRevision", strawberry.lazy("schema.organisation_types")]
_Identifier = Annotated["EmployeeIdentifier", strawberry.lazy("schema.organisation_types")]

_FROM = "First day."
_TO = "Last day, included; null while it is open."
_VERSION = "Version to name in a change."


def _head_on(t: Any, day: date) -> Any:
    """Who heads the unit on a day: Plh before Plt before the definitive head."""
    assignment, position = models.Assignment.alias(), models.Position.alias()
    precedence = pw.Case(assignment.kind, ((AssignmentKind.PLH, 1), (AssignmentKind.PLT, 2)), 3)
    return (
        assignment.select(assignment.employee)
        .join(position, on=assignment.position == position.id)
        .where((assignment.unit == t.id) & position.is_head & holds_on(assignment, day))
        .order_by(precedence, assignment.id)
        .limit(1)
    )


def _head(t: Any, actor: Actor) -> Any:
    return _head_on(t, actor.today)


def _head_gap_on(t: Any, day: date) -> Any:
    return pw.Case(None, ((pw.fn.EXISTS(_head_on(t, day)), None),), SupervisionGap.NO_HEAD.value)


def _head_gap(t: Any, actor: Actor) -> Any:
    return _head_gap_on(t, actor.today)


def _revised_on(t: Any, day: date, name: str) -> Any:
    """What a unit was called, or where it stood, on a day; without an answer what holds today."""
    revision = models.WorkUnitRevision.alias()
    on_day = (revision.unit == t.id) & holds_on(revision, day)
    return revision.select(getattr(revision, name)).where(on_day).order_by(revision.valid_from.desc()).limit(1)


def _name_on(t: Any, day: date) -> Any:
    return pw.fn.COALESCE(_revised_on(t, day, "name"), t.name)


def _short_name_on(t: Any, day: date) -> Any:
    return pw.fn.COALESCE(_revised_on(t, day, "short_name"), t.short_name)


def _parent_on(t: Any, day: date) -> Any:
    return _revised_on(t, day, "parent")


def _primary_on(t: Any, day: date, name: str) -> Any:
    """A foreign key of the primary assignment that the employee holds on a day."""
    assignment = models.Assignment.alias()
    return (
        assignment.select(getattr(assignment, name))
        .where((assignment.employee == t.id) & assignment.is_primary & holds_on(assignment, day))
        .order_by(assignment.valid_from.desc(), assignment.id.desc())
        .limit(1)
    )


def _primary_unit_on(t: Any, day: date) -> Any:
    return _primary_on(t, day, "unit")


def _primary_position_on(t: Any, day: date) -> Any:
    return _primary_on(t, day, "position")


def _primary_unit(t: Any, actor: Actor) -> Any:
    return _primary_unit_on(t, actor.today)


def _primary_position(t: Any, actor: Actor) -> Any:
    return _primary_position_on(t, actor.today)


def _line_on(t: Any, day: date, name: str) -> Any:
    line = models.ReportingLine.alias()
    return line.select(getattr(line, name)).where((line.employee == t.id) & holds_on(line, day))


def _superior_on(t: Any, day: date) -> Any:
    return _line_on(t, day, "superior")


def _basis_on(t: Any, day: date) -> Any:
    return _line_on(t, day, "basis")


def _gap_on(t: Any, day: date) -> Any:
    """A day without any line is one without assignment; a line without gap has a superior."""
    line = models.ReportingLine.alias()
    held = line.select(pw.fn.COALESCE(line.gap, "")).where((line.employee == t.id) & holds_on(line, day))
    return pw.fn.NULLIF(pw.fn.COALESCE(held, SupervisionGap.NO_ASSIGNMENT.value), "")


def _superior(t: Any, actor: Actor) -> Any:
    return _superior_on(t, actor.today)


def _basis(t: Any, actor: Actor) -> Any:
    return _basis_on(t, actor.today)


def _gap(t: Any, actor: Actor) -> Any:
    return _gap_on(t, actor.today)


def _subordinates(ctx: Context, parents: Sequence[Any], as_of: date | None = None) -> list[list[int]]:
    line = models.ReportingLine
    day = as_of or day_of(ctx.actor) or ctx.today
    rows: Any = (
        line.select(line.superior, line.employee)
        .join(models.Employee, on=line.employee == models.Employee.id)
        .where(line.superior.in_([parent.id for parent in parents]) & holds_on(line, day))
        .order_by(models.Employee.name, models.Employee.id)
    )
    found: defaultdict[int, list[int]] = defaultdict(list)
    for superior, employee in rows.tuples():
        found[superior].append(employee)
    return [found[parent.id] for parent in parents]


def _full_name(t: Any) -> Any:
    front = pw.Case(None, ((t.front_title != "", t.front_title.concat(" ")),), "")
    back = pw.Case(None, ((t.back_title != "", pw.Value(", ").concat(t.back_title)),), "")
    return front.concat(t.name).concat(back)


@entity(models.Grade, order=("employment", "rank_order"))
class Grade(Node):
    """A grade of PNS with its rank title (golongan/ruang dan pangkat), or of PPPK (golongan)."""

    code: str = column(models.Grade.code, 'Code, such as "III/c" or "IX".')
    rank_title: str = column(models.Grade.rank_title, 'Rank title (pangkat), such as "Penata"; empty for PPPK.')
    employment: EmploymentStatus = column(models.Grade.employment, "Whose list it is on: PNS (also CPNS) or PPPK.")
    rank_order: int = column(models.Grade.rank_order, "Place in its list, 1 is the lowest.")
    source: str = column(models.Grade.source, "Regulation that it comes from.")


@entity(models.PositionKind, order=("level_order",))
class PositionKind(Node):
    """A kind and level of position (jenis dan jenjang jabatan), such as administrator or ahli muda."""

    code: str = column(models.PositionKind.code, 'Code, such as "JPT_PRATAMA".')
    name: str = column(models.PositionKind.name, "Name.")
    group: PositionGroup = column(models.PositionKind.group, "Group of positions.")
    level_order: int = column(models.PositionKind.level_order, "Place among the kinds, 1 is the highest.")
    source: str = column(models.PositionKind.source, "Regulation that it comes from.")


@entity(models.WorkUnit, order=("path",))
class WorkUnit(Node):
    """A unit of the institution as it stands today (unit kerja, perangkat daerah)."""

    code: str = column(models.WorkUnit.code, "Code, unique.")
    name: str = column(models.WorkUnit.name, "Name as of today.", at=_name_on)
    short_name: str = column(models.WorkUnit.short_name, "Short name; may be empty.", at=_short_name_on)
    kind: str = column(models.WorkUnit.kind, 'Kind in the institution\'s own words, such as "Dinas".')
    path: str = column(
        models.WorkUnit.path, "Chain of 8-digit ids from the root; a unit's path begins with its parent's."
    )
    depth: int = column(models.WorkUnit.depth, "Level in the tree, 0 for a root.")
    parent: _Unit | None = relation(models.WorkUnit.parent, "Unit above (unit atasan); null for a root.", at=_parent_on)
    children: Connection[_Unit] = pages(models.WorkUnit.parent, "Units right below.", at=holds_on, key_at=_parent_on)
    head: _Employee | None = relation(
        _head,
        "Who heads the unit today: Plh before Plt before the definitive head; null if vacant or hidden from you.",
        at=_head_on,
    )
    head_gap: SupervisionGap | None = expression(
        _head_gap, "Why nobody heads the unit today; null also where its head is hidden from you.", at=_head_gap_on
    )
    positions: Connection[_Position] = pages(models.Position.unit, "Positions of the unit.", at=holds_on)
    assignments: Connection[_Assignment] = pages(
        models.Assignment.unit, "Assignments to the unit, of every time.", at=holds_on
    )
    revisions: Connection[_Revision] = pages(
        models.WorkUnitRevision.unit, "Its names and places in the tree by time.", at=holds_on
    )
    valid_from: date = column(models.WorkUnit.valid_from, _FROM)
    valid_to: date | None = column(models.WorkUnit.valid_to, _TO)
    successor: _Unit | None = relation(models.WorkUnit.successor, "Unit into which it was merged.")
    version: int = column(models.WorkUnit.version, _VERSION)


@entity(models.WorkUnitRevision, order=("valid_from",))
class WorkUnitRevision(Node):
    """What a unit was called and where it stood in the tree during a period."""

    unit: WorkUnit | None = relation(models.WorkUnitRevision.unit, "The unit.")
    name: str = column(models.WorkUnitRevision.name, "Name in that period.")
    short_name: str = column(models.WorkUnitRevision.short_name, "Short name in that period.")
    parent: WorkUnit | None = relation(models.WorkUnitRevision.parent, "Unit above in that period.")
    valid_from: date = column(models.WorkUnitRevision.valid_from, _FROM)
    valid_to: date | None = column(models.WorkUnitRevision.valid_to, _TO)


@entity(models.Position, order=("code",))
class Position(Node):
    """A position in a unit (jabatan)."""

    code: str = column(models.Position.code, "Code, unique.")
    title: str = column(models.Position.title, "Title (nama jabatan).")
    kind: PositionKind | None = relation(models.Position.kind, "Kind and level.")
    unit: WorkUnit | None = relation(models.Position.unit, "Its unit.")
    is_head: bool = column(models.Position.is_head, "Whether its holder heads the unit.")
    job_class: int | None = column(models.Position.job_class, "Job class (kelas jabatan), 1-17.")
    echelon: str = column(models.Position.echelon, 'Echelon, such as "II.b"; legacy, may be empty.')
    assignments: Connection[_Assignment] = pages(models.Assignment.position, "Who holds and held it.", at=holds_on)
    valid_from: date = column(models.Position.valid_from, _FROM)
    valid_to: date | None = column(models.Position.valid_to, _TO)
    version: int = column(models.Position.version, _VERSION)


_SHOWN = "Shown to the person, to its superior and to holders of organisation.read for its unit; null for others."


@entity(models.Employee, order=("name",))
class Employee(Node):
    """A civil servant (ASN): PNS, CPNS or PPPK.

    Number, date of birth, phone and e-mail are null for those to whom they are not shown.
    """

    nip: str | None = column(models.Employee.nip, f"Civil-service number (NIP or NI PPPK), 18 digits. {_SHOWN}")
    name: str = column(models.Employee.name, "Name without titles.")
    front_title: str = column(models.Employee.front_title, "Titles before the name (gelar depan).")
    back_title: str = column(models.Employee.back_title, "Titles after the name (gelar belakang).")
    full_name: str = expression(_full_name, "Name with titles.")
    status: EmploymentStatus = column(models.Employee.status, "Kind of employment (status kepegawaian).")
    state: EmployeeState = column(models.Employee.state, "Whether the employee serves.")
    sex: Sex = column(models.Employee.sex, "Sex.")
    birth_date: date | None = column(models.Employee.birth_date, f"Date of birth. {_SHOWN}")
    grade: Grade | None = relation(models.Employee.grade, "Grade and rank (golongan, pangkat).")
    email: str | None = column(models.Employee.email, f"E-mail address; may be empty. {_SHOWN}")
    phone: str | None = column(models.Employee.phone, f"Phone number; may be empty. {_SHOWN}")
    joined_on: date | None = column(models.Employee.joined_on, "Day of joining.")
    left_on: date | None = column(models.Employee.left_on, "Last day of service.")
    unit: WorkUnit | None = relation(_primary_unit, "Unit of today's primary assignment.", at=_primary_unit_on)
    position: Position | None = relation(
        _primary_position, "Position of today's primary assignment.", at=_primary_position_on
    )
    superior: _Employee | None = relation(
        _superior, "Who supervises the employee today (atasan langsung).", at=_superior_on
    )
    supervision_basis: SupervisionBasis | None = expression(_basis, "Why that one supervises today.", at=_basis_on)
    supervision_gap: SupervisionGap | None = expression(_gap, "Why nobody supervises the employee today.", at=_gap_on)
    subordinates: list[_Employee] = batch(
        _subordinates,
        "Whom the employee supervises today (bawahan langsung).",
        args={"as_of": (date | None, DESCRIPTION, None)},
    )
    assignments: Connection[_Assignment] = pages(models.Assignment.employee, "Assignments of every time.", at=holds_on)
    identifiers: Connection[_Identifier] = pages(models.EmployeeIdentifier.employee, "Numbers of every time.")
    reporting_lines: Connection[_Line] = pages(
        models.ReportingLine.employee, "Superiors and gaps of every time.", at=holds_on
    )
    delegations_given: Connection[_Delegation] = pages(
        models.Delegation.delegator, "Delegations by which others supervise in the employee's place.", at=holds_on
    )
    delegations_received: Connection[_Delegation] = pages(
        models.Delegation.delegate, "Delegations by which the employee supervises in another's place.", at=holds_on
    )
    version: int = column(models.Employee.version, _VERSION)


@entity(models.EmployeeIdentifier, order=("-valid_from",))
class EmployeeIdentifier(Node):
    """A number that an employee carries or carried (NIP, NI PPPK, former NIP)."""

    employee: Employee | None = relation(models.EmployeeIdentifier.employee, "The employee.")
    kind: str = column(models.EmployeeIdentifier.kind, "Kind of number: NIP, NI_PPPK or OLD_NIP.")
    number: str = column(models.EmployeeIdentifier.number, "The number, digits only.")
    valid_from: date | None = column(models.EmployeeIdentifier.valid_from, "First day, if known.")
    valid_to: date | None = column(models.EmployeeIdentifier.valid_to, _TO)


@entity(models.Assignment, order=("-valid_from",))
class Assignment(Node):
    """An employee holds a position from a day to a day (penugasan dalam jabatan)."""

    employee: Employee | None = relation(models.Assignment.employee, "The employee.")
    position: Position | None = relation(models.Assignment.position, "The position.")
    unit: WorkUnit | None = relation(models.Assignment.unit, "The unit in which it is held.")
    kind: AssignmentKind = column(models.Assignment.kind, "For good or acting (definitif, Plt., Plh.).")
    is_primary: bool = column(models.Assignment.is_primary, "Whether it is the one in which the employee has targets.")
    named_superior: Employee | None = relation(
        models.Assignment.named_superior, "Superior named by decree instead of the head of the unit."
    )
    decree_number: str = column(models.Assignment.decree_number, "Number of the decree (nomor SK).")
    valid_from: date = column(models.Assignment.valid_from, _FROM)
    valid_to: date | None = column(models.Assignment.valid_to, _TO)
    version: int = column(models.Assignment.version, _VERSION)


@entity(models.Delegation, order=("-valid_from",))
class Delegation(Node):
    """A superior lets another official supervise and evaluate in its place (pendelegasian)."""

    delegator: Employee | None = relation(models.Delegation.delegator, "The superior.")
    delegate: Employee | None = relation(models.Delegation.delegate, "Who stands in.")
    unit: WorkUnit | None = relation(models.Delegation.unit, "Only for this unit and below; null: for everybody.")
    decree_number: str = column(models.Delegation.decree_number, "Number of the decree.")
    valid_from: date = column(models.Delegation.valid_from, _FROM)
    valid_to: date | None = column(models.Delegation.valid_to, _TO)
    version: int = column(models.Delegation.version, _VERSION)


@entity(models.ReportingLine, order=("-valid_from",))
class ReportingLine(Node):
    """Who supervises an employee during a period (atasan langsung), or why nobody does.

    It follows from assignments and delegations.
    """

    employee: Employee | None = relation(models.ReportingLine.employee, "The employee.")
    superior: Employee | None = relation(models.ReportingLine.superior, "The superior; null in a gap.")
    basis: SupervisionBasis | None = column(models.ReportingLine.basis, "Why that one supervises.")
    gap: SupervisionGap | None = column(models.ReportingLine.gap, "Why nobody supervises.")
    valid_from: date = column(models.ReportingLine.valid_from, _FROM)
    valid_to: date | None = column(models.ReportingLine.valid_to, _TO)
