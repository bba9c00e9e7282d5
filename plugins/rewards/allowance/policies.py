"""Who sees simulations of the allowance: whoever has a role for it in the unit, and everybody the own one.

Simulations that take sanctions into account tell who was sanctioned, so they are for those alone who may know it.
"""

from typing import Any

from core.actor import EVERYWHERE
from core.organisation.models import WorkUnit
from core.organisation.scope import members_of, unit_within
from core.plugin_api import ActEntry, Actor, PolicyEntry, among, either
from plugins.rewards.allowance.models import AllowanceLine, AllowanceRun
from plugins.rewards.allowance.roles import READ, SANCTIONS


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


def sees_allowance(actor: Actor, column: Any) -> Any:
    """Return where `column`, an employee's id, names the actor or somebody in a unit where the actor simulates."""
    paths = actor.paths(READ)
    if EVERYWHERE in paths:
        return True
    own = False if actor.employee_id is None else column == actor.employee_id
    if not paths:
        return own
    return either(own, among(column, members_of(lambda unit: unit_within(unit, paths), actor.today)))


ENTRIES: list[PolicyEntry] = [PolicyEntry(AllowanceRun, _run), PolicyEntry(AllowanceLine, _line)]
ACTS: list[ActEntry] = [ActEntry(READ, _of_unit)]
"""Subject: a unit, or a simulation of one."""
