"""What goes on by itself: silent superiors, people who were moved, who has reached a band; nothing opens a case."""

from datetime import date, timedelta

import numpy as np
import pytest

from core.attendance.models import AttendanceDay
from core.attendance.terms import AttendanceState
from core.events import Event
from core.organisation.models import Assignment, Employee
from core.organisation.terms import EmployeeState
from core.plugin_api import UnitOfWork
from core.workdays.models import Holiday
from plugins.rewards.discipline import checks
from plugins.rewards.discipline.events import CLOCK_BROKEN, HANDLERS, MOVED, SUPERIOR_SILENT
from plugins.rewards.discipline.models import DisciplineCase, DisciplineClock
from plugins.rewards.discipline.reading import absence_of_reports, is_under_examination, overdue_clocks
from plugins.rewards.discipline.services.sweeping import sweep
from plugins.rewards.discipline.terms import CaseState
from tests.support.calls import call_as, on
from tests.support.statements import counted_statements

DAYS = [one.astype(object) for one in np.busday_offset(date(2026, 2, 2), np.arange(10), roll="forward")]


def absent(person, days, state=AttendanceState.UNEXCUSED):
    for day in days:
        AttendanceDay.create(employee=person, day=day, state=state)


@pytest.fixture
def told(monkeypatch):
    """Gives what was announced under a name: events that nobody waits for are stored nowhere."""
    announced = []
    emit = UnitOfWork.emit

    def noted(work, name, payload):
        announced.append((name, payload))
        emit(work, name, payload)

    monkeypatch.setattr(UnitOfWork, "emit", noted)
    return lambda name: [payload for one, payload in announced if one == name]


def test_a_superior_who_does_not_act_is_noted_for_the_next_higher_one_once(desk, told):
    case = desk.reported()
    assert sweep(desk.at(date(2026, 3, 11)).ctx)["told"] == 0

    assert [sweep(desk.at(date(2026, 3, 12)).ctx)["told"] for _ in range(2)] == [1, 0]

    clock = DisciplineClock.get(DisciplineClock.case == case)
    assert (clock.told, clock.told_on) == (desk.city.head, date(2026, 3, 12))
    assert desk.case(case).state is CaseState.REPORTED
    assert DisciplineCase.select().count() == 1
    assert len(told(SUPERIOR_SILENT)) == 1
    # The one who was told sees the case and may take it over.
    assert [row.id for row in overdue_clocks(call_as(desk.settings, desk.city.head.id, on(desk.day)))] == [clock.id]


def test_a_broken_clock_is_told_of(desk, told):
    case = desk.reported()
    desk.at(date(2026, 3, 12)).take_up(case, late_reason="Was on leave.")

    assert len(told(CLOCK_BROKEN)) == 1


def test_overdue_clocks_are_for_those_who_deal_with_the_case(desk):
    desk.reported()
    desk.at(date(2026, 3, 12))

    assert len(overdue_clocks(desk.ctx)) == 1
    assert len(overdue_clocks(call_as(desk.settings, desk.city.chief.id, on(desk.day)))) == 1
    for outsider in (desk.city.officer, desk.city.other_chief, desk.city.secretary):
        assert overdue_clocks(call_as(desk.settings, outsider.id, on(desk.day))) == []


def test_who_has_reached_a_band_is_a_list_for_the_superior_and_opens_nothing(desk):
    city = desk.city
    absent(city.officer, DAYS[:4])
    absent(city.clerk, DAYS[:2])
    absent(city.other, DAYS)
    absent(city.chief, DAYS[:3], AttendanceState.EXCUSED)

    with counted_statements() as statements:
        everybody = absence_of_reports(desk.ctx)
    found = [(one.employee_id, one.outcome.sanction, len(one.outcome.days)) for one in everybody]
    assert found == [(city.other.id, "HEAVY_3", 10), (city.officer.id, "LIGHT_2", 4)]
    assert everybody[0].outcome.salary_stops_from == date(2026, 3, 1)
    assert everybody[1].outcome.days == tuple(DAYS[:4])
    assert len(statements) == 4
    of_chief = absence_of_reports(call_as(desk.settings, city.chief.id, on(desk.day)))
    assert [one.employee_id for one in of_chief] == [city.officer.id]
    assert absence_of_reports(call_as(desk.settings, city.clerk.id, on(desk.day))) == []
    assert not DisciplineCase.select().exists()


def test_days_after_the_day_that_is_asked_about_do_not_count(desk):
    absent(desk.city.officer, DAYS[:4])

    assert absence_of_reports(desk.ctx, DAYS[1]) == []
    assert absence_of_reports(desk.ctx, DAYS[2])[0].outcome.sanction == "LIGHT_1"


@pytest.mark.parametrize(
    ("state", "is_under"), [("reported", False), ("charged", True), ("decided", False), ("in_effect", False)]
)
def test_who_is_under_examination(desk, state, is_under):
    getattr(desk, state)()

    assert is_under_examination(desk.city.officer.id) is is_under
    assert not is_under_examination(desk.city.other.id)


def test_an_open_remedy_counts_as_well(desk):
    case = desk.received()
    desk.file_remedy(case, grounds="Unjust.")

    assert is_under_examination(desk.city.officer.id)


def move(desk, person, unit):
    """Move somebody to another unit from tomorrow's view: the present post ends, another begins today."""
    old = Assignment.get((Assignment.employee == person.id) & Assignment.is_primary)
    Assignment.update(valid_to=desk.day - timedelta(days=1)).where(Assignment.id == old.id).execute()
    Assignment.create(employee=person, position=old.position, unit=unit, valid_from=desk.day)


def test_a_move_during_the_examination_is_noted_for_the_team_and_counted_by_the_doctor(desk, told):
    case = desk.charged()
    desk.at(date(2026, 3, 4))
    assert checks.people_moved(desk.ctx) == []
    move(desk, desk.city.officer, desk.city.archive)
    [handler] = [one for one in HANDLERS if one.event == "organisation.employee_moved"]

    handler.handle(Event(1, handler.event, {"employee_id": desk.city.officer.id}, on(desk.day)), desk.ctx)
    handler.handle(Event(2, handler.event, {"employee_id": desk.city.other.id}, on(desk.day)), desk.ctx)

    assert len(told(MOVED)) == 1
    [problem] = checks.people_moved(desk.ctx)
    assert (problem.code, problem.params) == ("DISCIPLINE_PERSON_MOVED", {"count": 1})
    assert desk.city.officer.name not in problem.message("en")
    desk.dismiss(desk.reported(), reason="-")
    assert desk.case(case).state is CaseState.TAKEN_UP


def test_a_move_within_the_unit_is_none(desk):
    desk.charged()
    move(desk.at(date(2026, 3, 4)), desk.city.officer, desk.city.registry)

    assert checks.people_moved(desk.ctx) == []


def test_the_doctor_counts_overdue_steps_and_names_nobody(desk):
    desk.reported()
    assert checks.clocks_overdue(desk.ctx) == []

    [problem] = checks.clocks_overdue(desk.at(date(2026, 3, 12)).ctx)

    assert (problem.code, problem.params) == ("DISCIPLINE_OVERDUE", {"count": 1})


def test_the_doctor_sees_that_the_job_stands_still(desk):
    case = desk.received()
    day = desk.decision(case).effective_on
    assert checks.job_stands_still(desk.at(day).ctx) == []

    assert [one.code for one in checks.job_stands_still(desk.at(day + timedelta(days=3)).ctx)] == [
        "DISCIPLINE_JOB_LATE"
    ]
    desk.choose(remedy_suspends_effect=True)
    assert checks.job_stands_still(desk.ctx) == []


def test_the_doctor_asks_for_the_calendar_of_next_year_when_deadlines_reach_it(desk):
    desk.reported()
    assert checks.calendar_ends(desk.ctx) == []
    late = desk.at(date(2026, 10, 1)).ctx

    assert [one.params for one in checks.calendar_ends(late)] == [{"year": 2027}]
    Holiday.create(day=date(2027, 1, 1), name="Tahun Baru", kind="NATIONAL")
    assert checks.calendar_ends(late) == []


def test_the_doctor_says_that_rules_of_pppk_are_unverified(desk, pppk):
    assert [one.code for one in checks.rules_of_pppk(desk.ctx)] == ["DISCIPLINE_PPPK_UNVERIFIED"]
    desk.choose(pppk_rules="local_only")
    assert checks.rules_of_pppk(desk.ctx) == []
    desk.choose()
    Employee.update(state=EmployeeState.LEFT).where(Employee.id == pppk.id).execute()
    assert checks.rules_of_pppk(desk.ctx) == []
