"""Who sees leave and attendance, which are personal data, and who enters them."""

from typing import Any

from core.actor import EVERYWHERE, Actor
from core.attendance.models import AttendanceDay, Leave
from core.organisation.models import Assignment, Employee, WorkUnit
from core.organisation.scope import holds_on, members_of, read_paths, reports_of, unit_within
from core.policy import ActEntry, PolicyEntry, among, either


def _of_employee(actor: Actor, table: Any) -> Any:
    """Return the rows of the actor, of those it supervises or heads today, and of the units it reads by a role."""
    prefixes = read_paths(actor, "attendance.read")
    if EVERYWHERE in prefixes:
        return True
    works = (
        among(table.employee, members_of(lambda unit: unit_within(unit, prefixes), actor.today)) if prefixes else False
    )
    if actor.employee_id is None:
        return works
    return either(table.employee == actor.employee_id, among(table.employee, reports_of(actor)), works)


def _keeps(actor: Actor, subject: Employee) -> bool:
    """Every unit in which the employee works today must be the actor's; one without a unit is the institution's."""
    query: Any = (
        Assignment.select(WorkUnit.path)
        .join(WorkUnit, on=Assignment.unit == WorkUnit.id)
        .where((Assignment.employee == subject.id) & holds_on(Assignment, actor.today))
    )
    paths = [path for (path,) in query.tuples()] or [None]
    return all(actor.holds("attendance.manage", path) for path in paths)


ENTRIES: list[PolicyEntry] = [PolicyEntry(Leave, _of_employee), PolicyEntry(AttendanceDay, _of_employee)]

ACTS: list[ActEntry] = [
    # Subject: the employee.
    ActEntry("attendance.keep", _keeps),
]
