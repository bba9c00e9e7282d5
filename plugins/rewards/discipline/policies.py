"""Who sees what of discipline, and who may do which step: default deny.

A case is seen by its superior, by the next higher one who was told that nothing was done, by the members of its team on
the days of their membership, by the HR officer for discipline to whom its report is assigned, and by its person from
the first summons on. Roles alone show nobody a case. All tables are confidential, and every read of a case is kept.
"""

from collections.abc import Callable
from typing import Any

from core.actor import EVERYWHERE
from core.organisation.models import Assignment, WorkUnit
from core.organisation.scope import holds_on, members_of, supervises, unit_within
from core.plugin_api import ActEntry, Actor, PolicyEntry, Record, among, either
from plugins.rewards.discipline.models import (
    TABLES,
    CaseMember,
    CaseRead,
    DisciplineCase,
    DisciplineClock,
    DisciplineReport,
    SalaryStop,
    SanctionDecision,
    SanctionProposal,
)
from plugins.rewards.discipline.reads import Noted
from plugins.rewards.discipline.roles import KEEP, REPORT
from plugins.rewards.discipline.terms import CaseState, ClockKind, MemberElement, MemberRole, Step

_NOT_TOLD_YET = (CaseState.REPORTED, CaseState.DISMISSED, CaseState.TAKEN_UP)
_KNOWS_REPORTER = (MemberRole.CHAIR, MemberRole.SECRETARY)


def handles(actor: Actor, case: Any) -> Any:
    """Return which cases (a model or an alias) the actor deals with: as superior, or in the team today."""
    if actor.employee_id is None:
        return False
    clock = DisciplineClock.alias()
    told = clock.select(clock.case).where(clock.told == actor.employee_id)
    concerned = either(case.superior == actor.employee_id, among(case.id, _memberships(actor)), among(case.id, told))
    return concerned & (case.employee != actor.employee_id)


def _follows(actor: Actor, case: Any) -> Any:
    """Return the cases that the actor deals with, or whose report it has as HR officer for discipline.

    Whoever loses the role sees them no more.
    """
    if actor.employee_id is None or not actor.paths(KEEP):
        return handles(actor, case)
    report = DisciplineReport.alias()
    assigned = report.select(report.case).where(report.officer == actor.employee_id)
    return either(handles(actor, case), among(case.id, assigned) & (case.employee != actor.employee_id))


def _memberships(actor: Actor, *roles: MemberRole) -> Any:
    """Return the query of the ids of cases in whose team the actor is today, as one of `roles` if any are named."""
    member = CaseMember.alias()
    query = member.select(member.case).where((member.employee == actor.employee_id) & holds_on(member, actor.today))
    return query.where(member.role.in_(list(roles))) if roles else query


def _told(actor: Actor, case: Any) -> Any:
    """Return the cases of the actor itself that the law lets it know."""
    return (case.employee == actor.employee_id) & case.state.not_in(list(_NOT_TOLD_YET))


def _cases(actor: Actor, table: Any) -> Any:
    if actor.employee_id is None:
        return False
    return either(_follows(actor, table), _told(actor, table))


def _where_case(actor: Actor, table: Any, rows: Callable[[Actor, Any], Any]) -> Any:
    case = DisciplineCase.alias()
    return among(table.case, case.select(case.id).where(rows(actor, case)))


def _of_case(actor: Actor, table: Any) -> Any:
    """Return the rows of the cases that the actor sees."""
    return False if actor.employee_id is None else _where_case(actor, table, _cases)


def _of_handled(actor: Actor, table: Any) -> Any:
    """Return the rows of the cases that the actor follows: what the person of the case is not shown."""
    return False if actor.employee_id is None else _where_case(actor, table, _follows)


def _decisions(actor: Actor, table: Any) -> Any:
    """Return those of handled cases, and of the actor itself those that it has received."""
    if actor.employee_id is None:
        return False
    own = table.received_on.is_null(False) & _where_case(actor, table, _told)
    return either(_of_handled(actor, table), own)


def _clocks(actor: Actor, table: Any) -> Any:
    """Return those of handled cases, and of the actor's own those that run for or against it."""
    if actor.employee_id is None:
        return False
    own = (table.kind != ClockKind.SUPERIOR_ACTS) & _where_case(actor, table, _told)
    return either(_of_handled(actor, table), own)


def _reporter(actor: Actor, table: Any) -> Any:
    """Return where the actor may know who reported: chair and secretary, and everybody of it where it is open."""
    if actor.employee_id is None:
        return False
    return either(
        table.is_reporter_protected == False,  # noqa: E712 - SQL
        table.reporter == actor.employee_id,
        among(table.case, _memberships(actor, *_KNOWS_REPORTER)),
    )


def _reads(actor: Actor, table: Any) -> Any:
    """Return the reads of cases whose team the actor chairs, or in which it stands for oversight."""
    if actor.employee_id is None:
        return False
    member = CaseMember.alias()
    mine = member.select(member.case).where(
        (member.employee == actor.employee_id)
        & holds_on(member, actor.today)
        & ((member.role == MemberRole.CHAIR) | (member.element == MemberElement.OVERSIGHT))
    )
    return among(table.case, mine) & _of_handled(actor, table)


def _salary_stops(actor: Actor, table: Any) -> Any:
    """Return the actor's own, those it reported, and those of the units in which a role lets it keep discipline."""
    paths = actor.paths(KEEP)
    if EVERYWHERE in paths:
        kept: Any = True if actor.employee_id is None else table.employee != actor.employee_id
    else:
        kept = among(table.employee, members_of(lambda unit: unit_within(unit, paths), actor.today)) if paths else False
    if actor.employee_id is None:
        return kept
    return either(kept, table.employee == actor.employee_id, table.reported_by == actor.employee_id)


def _acts(actor: Actor, subject: Any) -> bool:
    """Whether the actor deals with the case `subject`."""
    if subject is None or actor.employee_id is None or subject.employee_id == actor.employee_id:
        return False
    return DisciplineCase.select().where((DisciplineCase.id == subject.id) & handles(actor, DisciplineCase)).exists()


def _assigns(actor: Actor, subject: Any) -> bool:
    """Whether the actor has the duty to act on the case `subject`, or chairs its team."""
    if not _acts(actor, subject):
        return False
    chaired = among(DisciplineCase.id, _memberships(actor, MemberRole.CHAIR))
    duty = either(DisciplineCase.superior == actor.employee_id, chaired)
    return DisciplineCase.select().where((DisciplineCase.id == subject.id) & duty).exists()


def _may_report(actor: Actor, _subject: Any) -> bool:
    return actor.is_known


def _is_own(actor: Actor, subject: Any) -> bool:
    return subject is not None and (subject.employee_id == actor.employee_id or _acts(actor, subject))


def _keeps(actor: Actor, _subject: Any) -> bool:
    return bool(actor.paths(KEEP))


def keeps_discipline_of(actor: Actor, subject: Any) -> bool:
    """Whether a role lets the actor keep discipline where the person of `subject` works, unless it is the actor."""
    employee_id = getattr(subject, "employee_id", None) or subject.id
    if employee_id == actor.employee_id:
        return False
    query: Any = (
        Assignment.select(WorkUnit.path)
        .join(WorkUnit, on=Assignment.unit == WorkUnit.id)
        .where((Assignment.employee == employee_id) & holds_on(Assignment, actor.today))
    )
    return any(actor.holds(KEEP, path) for (path,) in query.tuples())


def _reports_stop(actor: Actor, subject: Any) -> bool:
    return supervises(actor.employee_id, subject.id, actor.today) or keeps_discipline_of(actor, subject)


def act_of(step: Step) -> str:
    """Return the name of the act that a step asks for."""
    return f"rewards.discipline_{step.value.lower()}"


_WHO = {Step.REPORT: _may_report, Step.ASSIGN: _assigns, Step.FILE_REMEDY: _is_own}
_ROWS: dict[type[Record], Callable[[Actor, Any], Any]] = {
    DisciplineCase: _cases,
    DisciplineReport: _of_handled,
    SanctionProposal: _of_handled,
    SanctionDecision: _decisions,
    DisciplineClock: _clocks,
    SalaryStop: _salary_stops,
    CaseRead: _reads,
}
_MASKS: dict[type[Record], dict[str, Callable[[Actor, Any], Any]]] = {
    DisciplineReport: {"reporter": _reporter, "source": _reporter}
}
_UNNOTED: frozenset[type[Record]] = frozenset({CaseRead, SalaryStop})

ENTRIES: list[PolicyEntry] = [
    PolicyEntry(
        model,
        _ROWS.get(model, _of_case),
        _MASKS.get(model, {}),
        is_confidential=True,
        read=None if model in _UNNOTED else Noted(model),
    )
    for model in TABLES
]
ACTS: list[ActEntry] = [
    *(ActEntry(act_of(step), _WHO.get(step, _acts)) for step in Step),
    ActEntry(KEEP, _keeps),
    ActEntry(REPORT, _may_report),
    # Subject of the first: the employee; of the others: the stop.
    ActEntry("rewards.report_salary_stop", _reports_stop),
    ActEntry("rewards.verify_salary_stop", keeps_discipline_of),
    ActEntry("rewards.set_salary_stop", keeps_discipline_of),
]
