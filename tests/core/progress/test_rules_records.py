"""What may be reported as progress."""

from datetime import date
from decimal import Decimal

import pytest

from core.planning.terms import MeasuringPattern, PeriodState
from core.progress.rules.records import PlanFacts, Report, dialogue_problems, period_problems, report_problems

TODAY = date(2026, 5, 20)
PLAN = PlanFacts(True, date(2026, 1, 1), date(2026, 12, 31), PeriodState.OPEN)


def found(report, plan=PLAN, today=TODAY):
    return [(problem.code, ".".join(problem.path)) for problem in report_problems(report, plan, today)]


def report(**changes):
    values = {"happened_on": date(2026, 5, 4), "quantity": Decimal(3), "note": "", "pattern": MeasuringPattern.COUNT}
    return Report(**{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"happened_on": TODAY}, []),
        ({"happened_on": date(2026, 1, 1)}, []),
        ({"happened_on": date(2026, 5, 21)}, [("DATE_IN_FUTURE", "happenedOn")]),
        ({"happened_on": date(2025, 12, 31)}, [("DATE_OUTSIDE_PLAN", "happenedOn")]),
        ({"quantity": None, "note": "Menyusun draf"}, []),
        ({"quantity": None, "note": "  "}, [("NOTHING_REPORTED", "note")]),
        ({"quantity": Decimal(0)}, []),
        ({"note": "x" * 10_000}, []),
        ({"note": "x" * 10_001}, [("NOTE_TOO_LONG", "note")]),
        ({"quantity": Decimal("0.0001")}, []),
        ({"quantity": Decimal("0.00001")}, [("AMOUNT_TOO_PRECISE", "quantity")]),
        ({"quantity": Decimal("NaN")}, [("AMOUNT_INVALID", "quantity")]),
        ({"quantity": Decimal(-1)}, [("QUANTITY_NEGATIVE", "quantity")]),
        ({"quantity": Decimal(-1), "pattern": MeasuringPattern.POSITION}, []),
        ({"quantity": Decimal(1), "pattern": None}, [("QUANTITY_WITHOUT_INDICATOR", "quantity")]),
        ({"quantity": None, "pattern": None, "note": "Selesai"}, []),
    ],
)
def test_a_report_is_checked_against_plan_and_day(changes, expected):
    assert found(report(**changes)) == expected


@pytest.mark.parametrize(
    ("happened_on", "release_on", "expected"),
    [
        (date(2026, 3, 31), date(2026, 4, 1), [("NOT_RELEASED", "happenedOn")]),
        (date(2026, 4, 1), date(2026, 4, 1), []),
        (date(2026, 3, 31), None, []),
    ],
)
def test_a_release_is_not_reported_before_it_is_published(happened_on, release_on, expected):
    assert found(report(happened_on=happened_on, release_on=release_on, pattern=MeasuringPattern.RELEASE)) == expected


def test_a_release_day_binds_no_other_pattern():
    assert found(report(happened_on=date(2026, 3, 31), release_on=date(2026, 4, 1))) == []


def test_a_plan_that_was_never_approved_takes_nothing():
    plan = PlanFacts(False, PLAN.starts_on, PLAN.ends_on, PeriodState.OPEN)
    assert found(report(), plan) == [("PLAN_NOT_APPROVED", "")]


def test_an_ended_plan_takes_only_its_own_span():
    plan = PlanFacts(True, PLAN.starts_on, date(2026, 4, 30), PeriodState.OPEN)
    assert found(report(happened_on=date(2026, 4, 30)), plan) == []
    assert found(report(happened_on=date(2026, 5, 1)), plan) == [("DATE_OUTSIDE_PLAN", "happenedOn")]


@pytest.mark.parametrize(
    ("state", "expected"),
    [(PeriodState.OPEN, []), (PeriodState.CLOSED, ["PERIOD_CLOSED"]), (PeriodState.PLANNED, ["PERIOD_NOT_OPEN"])],
)
def test_only_an_open_period_takes_changes(state, expected):
    assert [problem.code for problem in period_problems(state)] == expected


def test_every_fault_is_named_at_once():
    plan = PlanFacts(False, PLAN.starts_on, PLAN.ends_on, PeriodState.CLOSED)
    bad = report(happened_on=date(2027, 1, 1), quantity=Decimal(-1), note="x" * 10_001)
    assert [code for code, _ in found(bad, plan)] == [
        "PERIOD_CLOSED", "PLAN_NOT_APPROVED", "DATE_IN_FUTURE", "QUANTITY_NEGATIVE", "NOTE_TOO_LONG",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("held_on", "expected"),
    [
        (date(2025, 9, 30), ["DATE_OUTSIDE_PLAN"]),
        (date(2025, 10, 1), []),
        (TODAY, []),
        (date(2026, 5, 21), ["DATE_IN_FUTURE"]),
    ],
)
def test_a_dialogue_was_held_and_not_long_before_the_plan(held_on, expected):
    problems = dialogue_problems(held_on, PLAN, TODAY, earliest=date(2025, 10, 1))
    assert [problem.code for problem in problems] == expected
