"""The examination team: formed, its composition checked; a change ends the memberships that it leaves out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.exchange.importers.found import find_employee
from core.organisation.models import Assignment, Employee, Grade, Position, PositionKind
from core.organisation.rules.numbers import normalise_number
from core.organisation.scope import holds_on
from core.organisation.services.changing import rows_of
from core.plugin_api import N_, Context, Problem, Refused, fetch, refuse, unit_of_work
from plugins.rewards.discipline.models import CaseMember, DisciplineCase
from plugins.rewards.discipline.rules.team import Candidate, Standing, TeamFault, team_faults
from plugins.rewards.discipline.services.charges import suspected_level
from plugins.rewards.discipline.services.law import law_of
from plugins.rewards.discipline.services.steps import begin_step, day_of, end_step
from plugins.rewards.discipline.terms import MemberElement, MemberRole, SanctionLevel, Step

_TEXTS = {
    TeamFault.NOT_ONE_CHAIR: N_("A team has one chair. Name one."),
    TeamFault.NOT_ONE_SECRETARY: N_("A team has one secretary. Name one."),
    TeamFault.NO_MEMBER: N_("A team has a member beside chair and secretary. Name one or more."),
    TeamFault.ELEMENT_MISSING: N_("Nobody in the team stands for {who}. Name somebody."),
    TeamFault.TWICE: N_("{who} is in the team twice. Name each once."),
    TeamFault.EXAMINED_HIMSELF: N_("{who} is the person of the case. Name somebody else."),
    TeamFault.LOWER: N_("{who} holds a lower post or rank than the person of the case. Name somebody else."),
}


@dataclass(frozen=True)
class Appointment:
    """Who is to be in a team, as what, and for whom.

    Whoever was named by number may be somebody whom the caller does not see: officials of other units sit in teams.
    """

    employee_id: int
    role: MemberRole
    element: MemberElement
    is_named_by_number: bool = False


def named_by_number(number: str, role: MemberRole, element: MemberElement, *path: str | int) -> Appointment:
    """Return the appointment of the employee who carries a civil-service number; refused where nobody does."""
    employee = find_employee(normalise_number(number))
    if employee is None:
        text = N_("Nobody carries the number {number}. Correct it.")
        raise refuse("DISCIPLINE_NUMBER", text, *path, number=number[:32])
    return Appointment(employee.id, role, element, is_named_by_number=True)


def form_team(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    members: Sequence[Appointment],
    on: date | None = None,
) -> list[CaseMember]:
    """Form the team of a case, or change it: who is left out ends with the day before `on`, others begin on it."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.FORM_TEAM, case_id, version)
        day = day_of(ctx, on, "on", case.opened_on)
        law = law_of(case)
        level = suspected_level(case)
        if level is None or law.procedure.team.need[level] == "NONE":
            text = N_("For this level the direct superior examines ({article}). No team is formed.")
            raise refuse("DISCIPLINE_NO_TEAM", text, "input", "members", article=law.procedure.team.article)
        people = {one.employee_id: _person(ctx, one) for one in members}
        standings = standings_on(day, [*people, case.employee_id])
        candidates = [Candidate(one.employee_id, one.role, one.element, standings[one.employee_id]) for one in members]
        faults = team_faults(candidates, case.employee_id, standings[case.employee_id], law.procedure.team)
        if faults:
            raise Refused([_problem(fault, who, people) for fault, who in faults])
        wanted = {(one.employee_id, one.role, one.element) for one in members}
        present = team_on(case, day)
        for row in present:
            if (row.employee_id, row.role, row.element) in wanted:
                wanted.discard((row.employee_id, row.role, row.element))
            elif row.valid_from == day:
                work.delete(row)
            else:
                work.update(row, valid_to=day.fromordinal(day.toordinal() - 1))
        new = Employee.select(Employee.id, Employee.name).where(Employee.id.in_([key for key, _, _ in wanted]))
        names = {person.id: person.name for person in new}
        for key, role, element in sorted(wanted):
            work.create(
                CaseMember, case=case, employee=key, name=names[key], role=role, element=element, valid_from=day
            )
        end_step(work, Step.FORM_TEAM, case, day)
        return team_on(case, day)


def _person(ctx: Context, one: Appointment) -> Employee:
    if one.is_named_by_number:
        person: Employee = Employee.get_by_id(one.employee_id)
        return person
    return fetch(Employee, one.employee_id, ctx, "input", "members")


def team_on(case: DisciplineCase, day: date) -> list[CaseMember]:
    """Return the team of a case on a day, in the order in which it was named."""
    rows = CaseMember.select().where((CaseMember.case == case.id) & holds_on(CaseMember, day))
    return list(rows.order_by(CaseMember.id))


def check_team(case: DisciplineCase, level: SanctionLevel | None, day: date) -> None:
    """Refuse a case without a team where its level must have one."""
    team = law_of(case).procedure.team
    if level is not None and team.need[level] == "MUST" and not team_on(case, day):
        text = N_("A heavy breach is examined by a team ({article}). Form it first.")
        raise refuse("DISCIPLINE_TEAM_MISSING", text, "input", "caseId", article=team.article)


def standings_on(day: date, employee_ids: Sequence[int]) -> dict[int, Standing]:
    """Return how high employees stand on a day, by grade and by the kind of their primary post."""
    ranks = {
        key: (order, scale)
        for key, order, scale in rows_of(
            Employee.select(Employee.id, Grade.rank_order, Grade.employment)
            .join(Grade)
            .where(Employee.id.in_(list(employee_ids)))
        )
    }
    posts: dict[int, int] = dict(
        rows_of(
            Assignment.select(Assignment.employee, PositionKind.level_order)
            .join(Position)
            .join(PositionKind)
            .where(Assignment.employee.in_(list(employee_ids)) & Assignment.is_primary & holds_on(Assignment, day))
        )
    )
    return {
        key: Standing(ranks.get(key, (None, ""))[0], str(ranks.get(key, (None, ""))[1]), posts.get(key))
        for key in employee_ids
    }


def _problem(fault: TeamFault, who: int | str, people: dict[int, Employee]) -> Problem:
    name = people[who].name if isinstance(who, int) else who
    return Problem(f"DISCIPLINE_TEAM_{fault.value}", _TEXTS[fault], ("input", "members"), {"who": name})
