"""Who sees what of discipline, and who may do which step: default deny.

A case is seen by its superior, by the next higher one who was told that nothing was done, by the members of its team on
the days of their membership, and by its person from the first summons on.
"""

from typing import Any

from core.organisation.scope import holds_on
from core.plugin_api import ActEntry, Actor, PolicyEntry, among, either
from plugins.rewards.discipline.models import TABLES, CaseMember, DisciplineCase, DisciplineClock
from plugins.rewards.discipline.roles import KEEP, REPORT
from plugins.rewards.discipline.terms import CaseState, Step

_NOT_TOLD_YET = (CaseState.REPORTED, CaseState.DISMISSED, CaseState.TAKEN_UP)


def handles(actor: Actor, case: Any) -> Any:
    """Return which cases (a model or an alias) the actor deals with: as superior, or in the team today."""
    if actor.employee_id is None:
        return False
    member = CaseMember.alias()
    own = member.select(member.case).where((member.employee == actor.employee_id) & holds_on(member, actor.today))
    clock = DisciplineClock.alias()
    told = clock.select(clock.case).where(clock.told == actor.employee_id)
    concerned = either(case.superior == actor.employee_id, among(case.id, own), among(case.id, told))
    return concerned & (case.employee != actor.employee_id)


def _cases(actor: Actor, table: Any) -> Any:
    if actor.employee_id is None:
        return False
    told = (table.employee == actor.employee_id) & table.state.not_in(list(_NOT_TOLD_YET))
    return either(handles(actor, table), told)


def _of_case(actor: Actor, table: Any) -> Any:
    if actor.employee_id is None:
        return False
    case = DisciplineCase.alias()
    return among(table.case, case.select(case.id).where(handles(actor, case)))


def _acts(actor: Actor, subject: Any) -> bool:
    """Whether the actor deals with the case `subject`."""
    if subject is None or actor.employee_id is None or subject.employee_id == actor.employee_id:
        return False
    return DisciplineCase.select().where((DisciplineCase.id == subject.id) & handles(actor, DisciplineCase)).exists()


def _reports(actor: Actor, _subject: Any) -> bool:
    return actor.is_known


def _is_own(actor: Actor, subject: Any) -> bool:
    return subject is not None and (subject.employee_id == actor.employee_id or _acts(actor, subject))


def _keeps(actor: Actor, _subject: Any) -> bool:
    return bool(actor.paths(KEEP))


def act_of(step: Step) -> str:
    """Return the name of the act that a step asks for."""
    return f"rewards.discipline_{step.value.lower()}"


_WHO = {Step.REPORT: _reports, Step.FILE_REMEDY: _is_own}

ENTRIES: list[PolicyEntry] = [PolicyEntry(model, _cases if model is DisciplineCase else _of_case) for model in TABLES]
ACTS: list[ActEntry] = [
    *(ActEntry(act_of(step), _WHO.get(step, _acts)) for step in Step),
    ActEntry(KEEP, _keeps),
    ActEntry(REPORT, _reports),
    ActEntry("rewards.report_salary_stop", _keeps),
    ActEntry("rewards.verify_salary_stop", _keeps),
    ActEntry("rewards.set_salary_stop", _keeps),
]
