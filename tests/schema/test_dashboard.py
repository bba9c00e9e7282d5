"""A unit's dashboard: what it counts, for whom, and in how many statements."""

from datetime import date
from decimal import Decimal

import pytest

from core.appraisal.models import Evaluation
from core.appraisal.terms import EvaluationKind, EvaluationState, Predicate
from core.planning.models import PerformancePlan
from core.planning.terms import PlanState
from core.progress.models import ProgressRecord
from schema.execution import execute
from tests.support.calls import call_as, on
from tests.support.city import build_city, unit
from tests.support.plans import approved_plan, indicators_of, plan_of
from tests.support.schemas import core_schema

QUERY = """query($unit: ID!, $period: ID!, $days: Int) {
  unitDashboard(unitId: $unit, periodId: $period, lateAfterDays: $days) {
    unit { code } period { code } headCount withoutPlan planCount plansByState { state count }
    progress { indicators indicatorsWithProgress indicatorsPercent employees employeesReporting employeesPercent }
    predicates { windowNumber predicate count } lateSince lateUntil lateReporterCount
    lateReporters { employee { name } plan { state } lastReportedOn }
    children { unit { code } headCount withoutPlan planCount lateReporterCount progress { indicatorsPercent }
      predicates { predicate count } } } }"""


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def board(db, city):
    """Read a unit's dashboard as somebody on 10 July."""

    def run(who, where, days=None, day=date(2026, 7, 10)):
        given = {"unit": f"WorkUnit:{where.id}", "period": f"EvaluationPeriod:{city.period.id}", "days": days}
        response = execute(core_schema(), call_as(db, who.id, on(day)), QUERY, given)
        assert "errors" not in response, response["errors"]
        return response["data"]["unitDashboard"]

    return run


def report(plan, *days):
    indicator = indicators_of(plan)[0]
    for day in days:
        ProgressRecord.create(
            plan=plan, work_result=indicator.work_result_id, indicator=indicator, happened_on=day, quantity=Decimal(1)
        )


def rate(plan, predicate, window=0):
    Evaluation.create(
        plan=plan, period=plan.period_id, employee=plan.employee_id, unit=plan.unit_id, window_number=window,
        kind=EvaluationKind.ANNUAL, state=EvaluationState.FINAL, predicate=predicate,
    )  # fmt: skip


@pytest.fixture
def half_year(city):
    plans = {who: approved_plan(city, getattr(city, who)) for who in ("head", "chief", "officer", "other")}
    plan_of(city.clerk, city.period)
    report(plans["officer"], date(2026, 5, 2), date(2026, 6, 3))
    report(plans["other"], date(2026, 5, 4))
    rate(plans["officer"], Predicate.GOOD)
    rate(plans["other"], Predicate.VERY_GOOD)
    rate(plans["chief"], Predicate.GOOD)
    return plans


def test_a_unit_with_all_below_it(city, board, half_year):
    shown = board(city.head, city.agency)

    assert shown["unit"] == {"code": "10"}
    assert shown["period"] == {"code": "2026"}
    assert (shown["headCount"], shown["withoutPlan"], shown["planCount"]) == (6, 1, 5)
    assert shown["plansByState"] == [
        {"state": "DRAFT", "count": 1},
        {"state": "SUBMITTED", "count": 0},
        {"state": "RETURNED", "count": 0},
        {"state": "APPROVED", "count": 4},
        {"state": "ENDED", "count": 0},
    ]
    assert shown["progress"] == {
        "indicators": 8,
        "indicatorsWithProgress": 2,
        "indicatorsPercent": "25",
        "employees": 4,
        "employeesReporting": 2,
        "employeesPercent": "50",
    }
    assert {(row["predicate"], row["count"]) for row in shown["predicates"] if row["count"]} == {
        ("GOOD", 2),
        ("VERY_GOOD", 1),
    }
    assert (shown["lateSince"], shown["lateUntil"], shown["lateReporterCount"]) == ("2026-06-01", "2026-06-30", 3)
    assert shown["lateReporters"] == [
        {"employee": {"name": "Ketut Wirawan"}, "plan": {"state": "APPROVED"}, "lastReportedOn": None},
        {"employee": {"name": "Siti Aminah"}, "plan": {"state": "APPROVED"}, "lastReportedOn": None},
        {"employee": {"name": "Dewi Lestari"}, "plan": {"state": "APPROVED"}, "lastReportedOn": "2026-05-04"},
    ]
    children = {child["unit"]["code"]: child for child in shown["children"]}
    assert {
        code: (child["headCount"], child["withoutPlan"], child["planCount"]) for code, child in children.items()
    } == {
        "11": (3, 0, 3),
        "12": (2, 1, 1),
    }
    assert {code: child["lateReporterCount"] for code, child in children.items()} == {"11": 1, "12": 1}
    assert children["12"]["progress"] == {"indicatorsPercent": "50"}


def test_days_may_be_chosen_for_late_reporters(city, board, half_year):
    shown = board(city.head, city.agency, days=70)

    assert (shown["lateSince"], shown["lateUntil"]) == ("2026-05-01", "2026-07-09")
    assert [row["employee"]["name"] for row in shown["lateReporters"]] == ["Ketut Wirawan", "Siti Aminah"]


def test_who_just_got_a_plan_is_not_late(city, board):
    plan = approved_plan(city, city.officer)
    PerformancePlan.update(approved_at=on(date(2026, 7, 1))).where(PerformancePlan.id == plan.id).execute()
    approved_plan(city, city.clerk, state=PlanState.ENDED)
    approved_plan(city, city.other, starts_on=date(2026, 7, 1))

    assert board(city.head, city.agency)["lateReporterCount"] == 0


def test_nobody_is_late_before_a_month_is_over(city, board, half_year):
    shown = board(city.head, city.agency, day=date(2026, 1, 20))

    assert (shown["lateSince"], shown["lateUntil"], shown["lateReporters"]) == (None, None, [])


def test_everybody_counts_what_he_may_see(city, board, half_year):
    shown = board(city.officer, city.agency)

    assert shown["planCount"] == 1
    assert shown["progress"]["employeesPercent"] == "100"
    assert [row for row in shown["predicates"] if row["count"]] == [
        {"windowNumber": 0, "predicate": "GOOD", "count": 1}
    ]


def test_an_empty_unit_has_no_percentages(city, board):
    shown = board(city.head, unit("13", "Bidang Baru", city.agency))

    assert (shown["headCount"], shown["planCount"], shown["children"], shown["predicates"]) == (0, 0, [], [])
    assert shown["progress"]["indicatorsPercent"] is None


def test_unknown_units_and_periods_are_refused(db, city):
    for given in (
        {"unit": "WorkUnit:999999", "period": f"EvaluationPeriod:{city.period.id}"},
        {"unit": f"WorkUnit:{city.root.id}", "period": "EvaluationPeriod:999999"},
    ):
        response = execute(core_schema(), call_as(db, city.head.id), QUERY, given)
        assert response["errors"][0]["extensions"]["code"] == "NOT_FOUND"


@pytest.mark.parametrize("days", [0, -5])
def test_a_span_of_no_days_is_refused(db, city, days):
    given = {"unit": f"WorkUnit:{city.root.id}", "period": f"EvaluationPeriod:{city.period.id}", "days": days}
    response = execute(core_schema(), call_as(db, city.head.id), QUERY, given)

    (problem,) = response["errors"][0]["extensions"]["problems"]
    assert (problem["code"], problem["path"]) == ("BAD_DAYS", ["lateAfterDays"])


def test_fifty_children_take_as_many_statements_as_five(city, board, half_year, count_statements):
    for number in range(5):
        unit(f"A{number}", f"Unit {number}", city.agency)
    with count_statements() as few:
        board(city.head, city.agency)
    for number in range(50):
        unit(f"B{number}", f"Unit {number}", city.agency)

    with count_statements() as many:
        shown = board(city.head, city.agency)

    assert len(many) == len(few)
    assert len(shown["children"]) == 57
