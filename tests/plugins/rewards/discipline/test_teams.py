"""The examination team: who must be in it, who may not, and how it changes."""

from datetime import date

import pytest

from core.organisation.models import Employee, Grade
from core.plugin_api import Refused
from plugins.rewards.discipline.rules.team import Candidate, Standing, TeamFault, is_lower, team_faults
from plugins.rewards.discipline.services import Appointment
from plugins.rewards.discipline.services.teams import team_on
from plugins.rewards.discipline.terms import Impact, MemberElement, MemberRole
from tests.plugins.rewards.discipline.conftest import code_of
from tests.plugins.rewards.discipline.contents import content

TEAM = content("procedure_pns", 1).team
EXAMINED = Standing(10, "PNS", 5)
SAME = Standing(10, "PNS", 5)


def member(key, role="MEMBER", element="OTHER", standing=SAME):
    return Candidate(key, MemberRole[role], MemberElement[element], standing)


FULL = [member(1, "CHAIR", "OVERSIGHT"), member(2, "SECRETARY", "HR"), member(3, "MEMBER", "SUPERIOR")]


@pytest.mark.parametrize(
    ("members", "faults"),
    [
        (FULL, []),
        ([*FULL, member(4)], []),
        (FULL[1:], [(TeamFault.NOT_ONE_CHAIR, "CHAIR"), (TeamFault.ELEMENT_MISSING, "OVERSIGHT")]),
        ([*FULL, member(4, "CHAIR")], [(TeamFault.NOT_ONE_CHAIR, "CHAIR")]),
        ([*FULL, member(4, "SECRETARY")], [(TeamFault.NOT_ONE_SECRETARY, "SECRETARY")]),
        (FULL[:2], [(TeamFault.NO_MEMBER, "MEMBER"), (TeamFault.ELEMENT_MISSING, "SUPERIOR")]),
        ([*FULL, member(3)], [(TeamFault.TWICE, 3)]),
        ([*FULL, member(9)], [(TeamFault.EXAMINED_HIMSELF, 9)]),
        ([*FULL, member(4, standing=Standing(9, "PNS", 5))], [(TeamFault.LOWER, 4)]),
        ([*FULL, member(4, standing=Standing(12, "PNS", 6))], [(TeamFault.LOWER, 4)]),
        ([*FULL, member(4, standing=Standing(1, "PPPK", 5))], []),
        ([*FULL, member(4, standing=Standing(None, "", None))], []),
    ],
)
def test_composition(members, faults):
    assert team_faults(members, 9, EXAMINED, TEAM) == faults


@pytest.mark.parametrize(
    ("one", "lower"),
    [
        (Standing(10, "PNS", 5), False),
        (Standing(11, "PNS", 4), False),
        (Standing(9, "PNS", 5), True),
        (Standing(11, "PNS", 6), True),
        (Standing(None, "PNS", None), False),
    ],
)
def test_lower_is_by_post_or_by_rank(one, lower):
    assert is_lower(one, EXAMINED) is lower


@pytest.fixture
def heavy(desk):
    return desk.charged(impact=Impact.STATE)


def test_a_heavy_breach_is_not_examined_without_a_team(desk, heavy):
    with pytest.raises(Refused) as refusal:
        desk.summon(heavy, examine_on=date(2026, 3, 6))
    assert code_of(refusal) == ["DISCIPLINE_TEAM_MISSING"]

    desk.form_team(heavy, members=desk.team())
    assert desk.summon(heavy, examine_on=date(2026, 3, 6)).number == 1


def test_a_medium_one_may_be_and_a_light_one_has_none(desk):
    medium = desk.charged(impact=Impact.AGENCY)
    assert len(desk.form_team(medium, members=desk.team())) == 3
    light = desk.charged(employee=desk.city.other)
    with pytest.raises(Refused) as refusal:
        desk.form_team(light, members=desk.team())
    assert code_of(refusal) == ["DISCIPLINE_NO_TEAM"]


def test_nobody_of_lower_rank_or_post_is_in_it(desk, heavy):
    Employee.update(grade=Grade.get(Grade.code == "II/a")).where(Employee.id == desk.city.head.id).execute()
    clerk = Appointment(desk.city.clerk.id, MemberRole.MEMBER, MemberElement.OTHER)

    with pytest.raises(Refused) as refusal:
        desk.form_team(heavy, members=[*desk.team(), clerk])
    problems = refusal.value.problems
    assert code_of(refusal) == ["DISCIPLINE_TEAM_LOWER", "DISCIPLINE_TEAM_LOWER"]
    assert [problem.params["who"] for problem in problems] == ["Ketut Wirawan", "Rina Wulandari"]


def test_a_change_ends_who_is_left_out_and_keeps_the_others(desk, heavy):
    before = {row.employee_id: row.id for row in desk.form_team(heavy, members=desk.team())}
    city = desk.city
    other = Appointment(city.other_chief.id, MemberRole.MEMBER, MemberElement.SUPERIOR)

    after = desk.at(date(2026, 3, 5)).form_team(heavy, members=[*desk.team()[:2], other])

    assert {row.employee_id for row in after} == {city.secretary.id, city.head.id, city.other_chief.id}
    assert all(row.id == before[row.employee_id] for row in after if row.employee_id in before)
    assert {row.name for row in after} == {city.secretary.name, city.head.name, city.other_chief.name}
    case = desk.case(heavy)
    assert {row.employee_id for row in team_on(case, date(2026, 3, 4))} == set(before)
    # The same again changes nothing.
    again = desk.form_team(heavy, members=[*desk.team()[:2], other])
    assert [row.id for row in again] == [row.id for row in after]
