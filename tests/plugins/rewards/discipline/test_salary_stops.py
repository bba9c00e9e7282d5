"""Ten working days of absence in a row: superior reports, HR verifies, the budget officer sets."""

from datetime import date

import numpy as np
import pytest

from core.plugin_api import Refused
from plugins.rewards.discipline.models import DisciplineCase
from plugins.rewards.discipline.terms import SalaryStopState
from tests.plugins.rewards.discipline.conftest import code_of

TEN = [one.astype(object) for one in np.busday_offset(date(2026, 2, 2), np.arange(10), roll="forward")]


def refused(call, *args, **values):
    with pytest.raises(Refused) as refusal:
        call(*args, **values)
    return code_of(refusal)


@pytest.fixture
def stop(desk):
    return desk.report_salary_stop(employee_id=desk.city.officer.id, absent_days=TEN)


def test_the_stop_begins_with_the_month_after_and_waits_for_no_decision(desk, stop):
    assert (stop.absent_first_on, stop.absent_last_on) == (TEN[0], TEN[-1])
    assert stop.stops_from == date(2026, 3, 1)
    assert stop.rules["regulation"].startswith("PP 94/2021")
    assert not DisciplineCase.select().exists()

    desk.verify_salary_stop(stop.id)
    made = desk.set_salary_stop(stop.id, decree_number="KPA 1")
    assert (made.state, made.decree_number, made.imposed_on) == (SalaryStopState.SET, "KPA 1", desk.day)
    assert desk.lift_salary_stop(stop.id, reason="Came back.").state is SalaryStopState.LIFTED


def test_nine_days_or_days_not_in_a_row_stop_nothing(desk):
    person = desk.city.officer.id

    assert refused(desk.report_salary_stop, employee_id=person, absent_days=TEN[:9]) == ["DISCIPLINE_ROW_TOO_SHORT"]
    assert refused(desk.report_salary_stop, employee_id=person, absent_days=[]) == ["DISCIPLINE_ROW_TOO_SHORT"]
    gap = [*TEN[:5], *TEN[6:], date(2026, 2, 27)]
    assert refused(desk.report_salary_stop, employee_id=person, absent_days=gap) == ["DISCIPLINE_ROW_TOO_SHORT"]


def test_the_same_days_are_reported_once(desk, stop):
    again = {"employee_id": desk.city.officer.id, "absent_days": TEN}

    assert refused(desk.report_salary_stop, **again) == ["DISCIPLINE_STOP_TWICE"]


def test_no_step_is_skipped(desk, stop):
    assert refused(desk.set_salary_stop, stop.id, decree_number="1") == ["DISCIPLINE_STOP_STEP"]
    assert refused(desk.lift_salary_stop, stop.id, reason="-") == ["DISCIPLINE_STOP_STEP"]
    desk.verify_salary_stop(stop.id)
    assert refused(desk.verify_salary_stop, stop.id) == ["DISCIPLINE_STOP_STEP"]
    assert refused(desk.set_salary_stop, stop.id, decree_number=" ") == ["TEXT_MISSING"]
    assert desk.reject_salary_stop(stop.id, reason="Was on leave.").state is SalaryStopState.REJECTED
    assert refused(desk.set_salary_stop, stop.id, decree_number="1") == ["DISCIPLINE_STOP_STEP"]
