"""Periods: who makes, opens and closes them, and what they refuse."""

from datetime import date

import pytest

from core.planning.models import EvaluationPeriod, EvaluationWindow
from core.planning.services import PeriodRequest, PlanRequest, close_period, create_period, create_plan, open_period
from core.planning.terms import Frequency, PeriodState
from tests.support.grants import give_role

NEXT = PeriodRequest("2027", "Tahun 2027", date(2027, 1, 1), date(2027, 12, 31), Frequency.QUARTERLY)


@pytest.fixture
def office(city, as_):
    give_role(city.clerk, "hr_officer")
    return as_(city.clerk)


def test_a_period_is_made_with_windows_and_the_deadlines_of_the_settings(city, office):
    period = create_period(office, NEXT)

    assert period.state is PeriodState.PLANNED
    assert (period.plan_deadline, period.evaluation_deadline) == (date(2027, 1, 31), date(2028, 1, 31))
    windows = EvaluationWindow.select().where(EvaluationWindow.period == period.id).order_by(EvaluationWindow.number)
    assert [(row.number, row.name) for row in windows] == [
        (1, "Triwulan I 2027"),
        (2, "Triwulan II 2027"),
        (3, "Triwulan III 2027"),
        (4, "Triwulan IV 2027"),
    ]


def test_a_period_in_mid_year_takes_its_last_day_as_deadline_of_plans(city, office):
    EvaluationPeriod.delete().execute()

    period = create_period(
        office, PeriodRequest("B", "Paruh", date(2027, 7, 1), date(2027, 12, 31), Frequency.HALF_YEARLY)
    )

    assert (period.plan_deadline, period.evaluation_deadline) == (date(2027, 12, 31), date(2028, 1, 31))


def test_everything_wrong_with_a_period_is_told_at_once(city, office, refused):
    wrong = PeriodRequest("2026", " ", date(2026, 7, 1), date(2026, 6, 1), Frequency.MONTHLY, date(2026, 6, 2))

    assert refused(lambda: create_period(office, wrong)) == [
        ("EMPTY", "input.name"),
        ("ENDS_BEFORE_START", "input.endsOn"),
        ("DEADLINE_OUTSIDE_PERIOD", "input.planDeadline"),
        ("CODE_TAKEN", "input.code"),
        ("PERIOD_OVERLAPS", "input.startsOn"),
    ]
    assert EvaluationPeriod.select().count() == 1


def test_only_the_office_of_the_whole_institution_manages_periods(city, as_, refused):
    give_role(city.other, "hr_officer", city.agency)

    for person in (city.other, city.head, city.secretary):
        assert refused(lambda who=person: create_period(as_(who), NEXT)) == [("FORBIDDEN", "input")]
    assert EvaluationPeriod.select().count() == 1


def test_a_period_opens_closes_and_opens_again_for_a_reason(city, office, refused):
    period = create_period(office, NEXT)

    assert refused(lambda: close_period(office, period.id, period.version)) == [("PERIOD_STATE", "input.periodId")]
    period = open_period(office, period.id, period.version)
    assert refused(lambda: open_period(office, period.id, period.version)) == [("PERIOD_STATE", "input.periodId")]
    period = close_period(office, period.id, period.version)
    assert refused(lambda: open_period(office, period.id, period.version)) == [("REASON_REQUIRED", "input.reason")]
    assert refused(lambda: open_period(office, period.id, 1, "Keberatan")) == [("STALE_VERSION", "input.version")]
    period = open_period(office, period.id, period.version, "Keberatan")
    assert EvaluationPeriod.get_by_id(period.id).state is PeriodState.OPEN


@pytest.mark.parametrize(
    ("state", "code"), [(PeriodState.CLOSED, "PERIOD_CLOSED"), (PeriodState.PLANNED, "PERIOD_NOT_OPEN")]
)
def test_a_period_that_is_not_open_takes_no_plans(city, as_, refused, state, code):
    EvaluationPeriod.update(state=state).execute()

    request = PlanRequest(city.officer.id, city.period.id)

    assert refused(lambda: create_plan(as_(city.officer), request)) == [(code, "input.periodId")]
