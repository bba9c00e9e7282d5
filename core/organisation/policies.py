"""Who sees which rows of this area, and who may do what.

Units and positions are known to everybody with an account. People are seen by themselves, by those around them in
the lines and in their home units, by former superiors, and by whoever reads their units; numbers and addresses only by
themselves, their superior and whoever reads their units.
"""

from typing import Any

import peewee as pw

from core.actor import EVERYWHERE, Actor
from core.organisation.models import (
    Assignment,
    Delegation,
    Employee,
    EmployeeIdentifier,
    Grade,
    Position,
    PositionKind,
    ReportingLine,
    WorkUnit,
    WorkUnitRevision,
)
from core.organisation.scope import (
    holds_on,
    in_one_list,
    is_whole,
    members_of,
    read_paths,
    reports_of,
    superiors_of,
    unit_within,
)
from core.policy import ActEntry, PolicyEntry, among, either

SENSITIVE = ("nip", "birth_date", "phone", "email")
"""What colleagues do not see of an employee."""


def sees_person(actor: Actor, column: Any) -> Any:
    """Return where `column`, an employee's id, names somebody whom the actor knows exists (an expression or a bool)."""
    close = _close_to(actor)
    if actor.employee_id is None:
        return in_one_list(column, *close, at_once=_is_at_once(actor))
    colleagues: Any = False
    if actor.home_unit_ids:
        colleagues = members_of(lambda unit: unit.in_(actor.home_unit_ids), actor.today)
    # Whoever has moved away still has plans and evaluations with the former superior, who must know whose they are.
    line = ReportingLine.alias()
    former = line.select(line.employee).where((line.superior == actor.employee_id) & (line.valid_to < actor.today))
    return in_one_list(column, *close, superiors_of(actor), former, colleagues, at_once=_is_at_once(actor))


def sees_details(actor: Actor, column: Any) -> Any:
    """Return where `column`, an employee's id, names the actor, a report, or somebody whose unit the actor reads."""
    return in_one_list(column, *_close_to(actor), at_once=_is_at_once(actor))


def _is_at_once(actor: Actor) -> bool:
    return not is_whole(read_paths(actor, "organisation.read"))


def _close_to(actor: Actor) -> list[Any]:
    """Return who the actor, its reports and the people of the units that it reads are, as `in_one_list` takes them."""
    prefixes = read_paths(actor, "organisation.read")
    if EVERYWHERE in prefixes:
        return [True]
    own = [] if actor.employee_id is None else [actor.employee_id, reports_of(actor)]
    # The longest list first: most rows are found in it, and then nobody looks into the others.
    return [_people_inside(prefixes, actor), *own]


def _people_inside(prefixes: tuple[str, ...], actor: Actor) -> Any:
    """Return the query of those who work in one of the subtrees today, or are to from a later day; or a bool."""
    assignment = Assignment.alias()
    inside = unit_within(assignment.unit, prefixes)
    if isinstance(inside, bool):
        return inside
    still = assignment.valid_to.is_null() | (assignment.valid_to >= actor.today)
    return assignment.select(assignment.employee).where(still & inside)


def _everybody_known(actor: Actor, _table: Any) -> bool:
    return actor.is_known


def _employees(actor: Actor, table: Any) -> Any:
    return sees_person(actor, table.id)


def _employee_details(actor: Actor, table: Any) -> Any:
    """Where `sees_details` holds, asked of each row: masks are for the rows of a page."""
    prefixes = read_paths(actor, "organisation.read")
    if EVERYWHERE in prefixes:
        return True
    works = _people_inside(prefixes, actor)
    works = works if isinstance(works, bool) else among(table.id, works)
    if actor.employee_id is None:
        return works
    return either(table.id == actor.employee_id, works, among(table.id, reports_of(actor)))


def _rows_of_employee(actor: Actor, table: Any) -> Any:
    return sees_details(actor, table.employee)


def _delegations(actor: Actor, table: Any) -> Any:
    return either(sees_details(actor, table.delegator), sees_details(actor, table.delegate))


def _writes_unit(actor: Actor, subject: WorkUnit | None) -> bool:
    """The subject is the unit concerned; None is the institution as a whole."""
    return actor.holds("organisation.write", None if subject is None else subject.path)


def _writes_position(actor: Actor, subject: Position) -> bool:
    return actor.holds("organisation.write", subject.unit.path)


def _writes_employee(actor: Actor, subject: Employee) -> bool:
    """Every unit in which the employee works, or is to work, must be the actor's; one without a unit is everybody's."""
    paths = _paths_of(subject.id, actor)
    if not paths:
        return actor.holds("organisation.write", None)
    return all(actor.holds("organisation.write", path) for path in paths)


def _writes_assignment(actor: Actor, subject: Assignment) -> bool:
    return actor.holds("organisation.write", subject.unit.path)


def _delegates_for(actor: Actor, subject: Employee) -> bool:
    """The delegator himself, and whoever changes his units."""
    return (actor.employee_id is not None and actor.employee_id == subject.id) or _writes_employee(actor, subject)


def _paths_of(employee_id: int, actor: Actor) -> list[str]:
    query: Any = (
        Assignment.select(WorkUnit.path)
        .join(WorkUnit, on=Assignment.unit == WorkUnit.id)
        .where(
            (Assignment.employee == employee_id)
            & (holds_on(Assignment, actor.today) | (Assignment.valid_from > actor.today))
        )
    )
    return [path for (path,) in query.tuples()]


_OPEN: tuple[type[pw.Model], ...] = (WorkUnit, WorkUnitRevision, Position, Grade, PositionKind)
_OF_EMPLOYEE: tuple[type[pw.Model], ...] = (Assignment, ReportingLine, EmployeeIdentifier)

ENTRIES: list[PolicyEntry] = [
    *(PolicyEntry(model, _everybody_known) for model in _OPEN),
    PolicyEntry(Employee, _employees, masks=dict.fromkeys(SENSITIVE, _employee_details)),
    *(PolicyEntry(model, _rows_of_employee) for model in _OF_EMPLOYEE),
    PolicyEntry(Delegation, _delegations),
]

ACTS: list[ActEntry] = [
    # Subject: the unit concerned (for a new unit, the one above it), or None for the institution.
    ActEntry("organisation.create_unit", _writes_unit),
    ActEntry("organisation.update_unit", _writes_unit),
    ActEntry("organisation.move_unit", _writes_unit),
    ActEntry("organisation.merge_unit", _writes_unit),
    ActEntry("organisation.close_unit", _writes_unit),
    ActEntry("organisation.create_position", _writes_unit),
    ActEntry("organisation.create_employee", _writes_unit),
    ActEntry("organisation.assign", _writes_unit),
    # Subject: the row itself.
    ActEntry("organisation.update_position", _writes_position),
    ActEntry("organisation.update_employee", _writes_employee),
    ActEntry("organisation.end_assignment", _writes_assignment),
    ActEntry("organisation.correct_assignment", _writes_assignment),
    # Subject: the delegator.
    ActEntry("organisation.delegate", _delegates_for),
]
