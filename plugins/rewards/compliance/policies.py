"""Who sees what is owed, and who may do what about it.

What somebody owes is for that person, whoever supervises it, the heads of its unit and those whose role reads
compliance there. Rules bind everybody, so that everybody known may read them. Why somebody is exempt may be a private
matter: exemptions are for the person and those roles alone.
"""

from typing import Any

from core.organisation.models import Assignment, Employee, WorkUnit
from core.organisation.scope import holds_on, members_of, read_paths, reports_of, superior_on, unit_within
from core.organisation.services.changing import rows_of
from core.plugin_api import ActEntry, Actor, PolicyEntry, among, either
from plugins.rewards.compliance.models import ComplianceExemption, ComplianceNotice, ComplianceRule, Obligation
from plugins.rewards.compliance.roles import MANAGE, READ

SET_RULES = "rewards.set_compliance_rules"
EXEMPT = "rewards.exempt_from_compliance"
ACCEPT_LATE = "rewards.accept_late_report"


def _rule(actor: Actor, _t: Any) -> bool:
    return actor.is_known


def _own(actor: Actor, t: Any) -> Any:
    return False if actor.employee_id is None else t.employee == actor.employee_id


def _obligation(actor: Actor, t: Any) -> Any:
    reports = False if actor.employee_id is None else among(t.employee, reports_of(actor))
    return either(unit_within(t.unit, read_paths(actor, READ)), _own(actor, t), reports)


def _notice(actor: Actor, t: Any) -> Any:
    obligation = Obligation.alias()
    rows = _obligation(actor, obligation)
    seen = rows if isinstance(rows, bool) else among(t.obligation, obligation.select(obligation.id).where(rows))
    return either(seen, _own(actor, t))


def _exemption(actor: Actor, t: Any) -> Any:
    paths = actor.paths(READ)
    inside = members_of(lambda unit: unit_within(unit, paths), actor.today) if paths else None
    return either(False if inside is None else among(t.employee, inside), _own(actor, t))


def _sets_rules(actor: Actor, unit: WorkUnit) -> bool:
    return actor.holds(MANAGE, unit.path)


def _exempts(actor: Actor, employee: Employee) -> bool:
    """HR of all units in which the employee works today, but nobody himself."""
    if actor.employee_id == employee.id:
        return False
    paths = rows_of(
        Assignment.select(WorkUnit.path)
        .join(WorkUnit, on=Assignment.unit == WorkUnit.id)
        .where((Assignment.employee == employee.id) & holds_on(Assignment, actor.today))
    )
    return all(actor.holds(MANAGE, path) for (path,) in paths or [(None,)])


def _accepts_late(actor: Actor, obligation: Obligation) -> bool:
    """The superior of whoever owes it, or HR of the unit; nobody himself."""
    if actor.employee_id == obligation.employee_id:
        return False
    is_superior = actor.employee_id is not None and (
        superior_on(obligation.employee_id, actor.today) == actor.employee_id
    )
    return is_superior or actor.holds(MANAGE, obligation.unit.path)


ENTRIES: list[PolicyEntry] = [
    PolicyEntry(ComplianceRule, _rule),
    PolicyEntry(ComplianceExemption, _exemption),
    PolicyEntry(Obligation, _obligation),
    PolicyEntry(ComplianceNotice, _notice),
]

ACTS: list[ActEntry] = [
    ActEntry(SET_RULES, _sets_rules),  # subject: the unit
    ActEntry(EXEMPT, _exempts),  # subject: the employee
    ActEntry(ACCEPT_LATE, _accepts_late),  # subject: the obligation
]
