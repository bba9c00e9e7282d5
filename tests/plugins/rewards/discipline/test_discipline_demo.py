"""What discipline shows in the demo city: a case that is over, one under examination, a report that waits."""

from datetime import date

import pytest

from core.history.chain import broken_links
from core.identity.models import Account
from core.organisation.models import Employee, Grade, WorkUnit
from core.policy import as_condition, visible
from plugins.rewards.discipline.cards import clocks_that_run_out
from plugins.rewards.discipline.demo import load
from plugins.rewards.discipline.models import (
    CaseMember,
    DisciplineCase,
    DisciplineClock,
    DisciplineReport,
    SanctionDecision,
)
from plugins.rewards.discipline.terms import CaseState, ClockKind, ClockState, DecisionState, SanctionLevel
from plugins.rewards.discipline.timeline import timeline_of
from tests.support.calls import call_as, on, system_context
from tests.support.city import person, post, report, unit

TODAY = date(2026, 11, 23)
EXPECTED = {CaseState.CLOSED, CaseState.SUMMONED, CaseState.REPORTED}


@pytest.fixture
def agencies(desk):
    """The small city under the codes of the demo city, with a third clerk and the heads of two other agencies."""
    city = desk.city
    for code, row in (("04", city.agency), ("04.3", city.registry)):
        WorkUnit.update(code=code).where(WorkUnit.id == row.id).execute()
    third = person("199507202019032007", "Wayan Sari")
    post(third, city.registry, "Operator Akta", "PELAKSANA", is_head=False)
    report(third, city.chief)
    for number, code in enumerate(("03", "21")):
        leader = person(f"19700520199803200{number + 1}", f"Kepala {code}")
        post(leader, unit(code, f"Badan {code}", city.root), "Kepala", "JPT_PRATAMA", is_head=True)
        report(leader, city.secretary)
    lower = Grade.get(Grade.code == "II/c")
    Employee.update(grade=lower).where(Employee.id.in_([third.id, city.officer.id, city.clerk.id])).execute()
    return desk


def cases():
    """The cases by state; one of each."""
    rows = list(DisciplineCase.select())
    assert len(rows) == len(EXPECTED)
    return {row.state: row for row in rows}


@pytest.mark.parametrize("today", [TODAY, date(2026, 7, 4), date(2026, 7, 6)])
def test_three_cases_stand_where_the_demo_wants_them(agencies, today):
    load(system_context(agencies.settings, on(today)), 7)

    found = cases()
    assert set(found) == EXPECTED
    decision = SanctionDecision.get()
    assert (decision.case_id, decision.level) == (found[CaseState.CLOSED].id, SanctionLevel.LIGHT)
    assert decision.state is DecisionState.IN_EFFECT
    assert decision.effective_on < found[CaseState.CLOSED].closed_on < today
    assert len({row.employee_id for row in found.values()}) == 3
    assert not DisciplineClock.select().where(DisciplineClock.state == ClockState.BROKEN).exists()
    assert list(broken_links()) == []


def test_other_deadlines_do_not_stand_in_the_way(agencies):
    agencies.choose(superior_acts_days=1, summons_interval="at_least")
    load(system_context(agencies.settings, on(TODAY)), 7)

    assert set(cases()) == EXPECTED


def test_superior_and_head_are_shown_what_runs_out(agencies):
    city, today = agencies.city, TODAY
    load(system_context(agencies.settings, on(today)), 7)

    found = cases()
    team = {row.employee_id for row in CaseMember.select().where(CaseMember.case == found[CaseState.SUMMONED].id)}
    assert {city.head.id, city.chief.id} < team
    running = {
        (row.case_id, row.kind): row.due_on
        for row in DisciplineClock.select().where(DisciplineClock.state == ClockState.RUNNING)
    }
    assert running == {
        (found[CaseState.SUMMONED].id, ClockKind.EXAMINATION_DAY): date(2026, 11, 25),
        (found[CaseState.REPORTED].id, ClockKind.SUPERIOR_ACTS): date(2026, 11, 26),
    }
    waiting = DisciplineReport.get(DisciplineReport.case == found[CaseState.REPORTED].id)
    assert (waiting.case.superior_id, waiting.source) == (city.chief.id, "Pengaduan warga")
    for who, count in ((city.chief, "2"), (city.head, "1"), (city.clerk, None)):
        figures = clocks_that_run_out(call_as(agencies.settings, who.id, on(today)))
        assert (figures[0].value if figures else None) == count
    happened = timeline_of(call_as(agencies.settings, city.chief.id, on(today)), found[CaseState.CLOSED].id)
    assert [one.text.split(":")[0].split(" with ")[0] for one in happened] == [
        "Reported", "Charged", "Summons 1 for 28 September 2026", "Examination", "Minutes signed by both.", "Proposed",
        "Decided", "The decision was received.", "In effect from this day", "The case ended",
    ]  # fmt: skip


def test_the_hr_officer_among_the_log_ins_follows_the_case_under_examination(agencies):
    officer = agencies.city.other
    Account.create(username="petugas", password_hash="-", employee=officer, display_name=officer.name)
    load(system_context(agencies.settings, on(TODAY)), 7)

    actor = call_as(agencies.settings, officer.id, on(TODAY)).actor
    seen = DisciplineCase.select().where(as_condition(visible(actor, DisciplineCase)))
    assert [row.state for row in seen] == [CaseState.SUMMONED]


def test_a_second_load_adds_nothing_and_the_same_seed_chooses_the_same_people(agencies):
    ctx = system_context(agencies.settings, on(TODAY))
    load(ctx, 7)
    first = {row.state: row.employee_id for row in cases().values()}
    load(ctx, 7)
    assert {row.state: row.employee_id for row in cases().values()} == first

    DisciplineCase.delete().execute()
    load(ctx, 7)
    assert {row.state: row.employee_id for row in cases().values()} == first


def test_nothing_happens_in_a_city_without_the_registry(desk):
    load(system_context(desk.settings, on(TODAY)), 7)

    assert not DisciplineCase.select().exists()
