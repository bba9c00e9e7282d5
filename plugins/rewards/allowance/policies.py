"""Who sees simulations of the allowance: whoever has a role for it in the unit, and everybody the own one.

Simulations that take sanctions into account tell who was sanctioned, so they are for those alone who may know it.
"""

from typing import Any

from core.actor import EVERYWHERE
from core.organisation.models import Assignment, Employee, WorkUnit
from core.organisation.scope import holds_on, unit_within
from core.plugin_api import ActEntry, Actor, PolicyEntry, among
from plugins.rewards.allowance.models import AllowanceLine, AllowanceRun
from plugins.rewards.allowance.roles import READ, SANCTIONS

OF_EMPLOYEE = "rewards.see_allowance"


def _run(actor: Actor, t: Any) -> Any:
    inside = unit_within(t.unit, actor.paths(READ))
    if EVERYWHERE in actor.paths(SANCTIONS) or inside is False:
        return inside
    plain = t.with_sanctions == False  # noqa: E712 - SQL
    return plain if inside is True else inside & plain


def _line(actor: Actor, t: Any) -> Any:
    run = AllowanceRun.alias()
    rows = _run(actor, run)
    return rows if isinstance(rows, bool) else among(t.run, run.select(run.id).where(rows))


def _of_unit(actor: Actor, subject: WorkUnit | AllowanceRun) -> bool:
    unit = subject.unit if isinstance(subject, AllowanceRun) else subject
    return actor.holds(READ, unit.path)


def _of_employee(actor: Actor, subject: Employee) -> bool:
    """The person, and whoever simulates in a unit where the person works today."""
    if actor.employee_id is not None and actor.employee_id == subject.id:
        return True
    if actor.holds(READ, None):
        return True
    rows = Assignment.select(Assignment).where((Assignment.employee == subject.id) & holds_on(Assignment, actor.today))
    return any(actor.holds(READ, row.unit.path) for row in rows)


ENTRIES: list[PolicyEntry] = [PolicyEntry(AllowanceRun, _run), PolicyEntry(AllowanceLine, _line)]
ACTS: list[ActEntry] = [ActEntry(READ, _of_unit), ActEntry(OF_EMPLOYEE, _of_employee)]
"""Subjects: a unit or a run of one; an employee."""
