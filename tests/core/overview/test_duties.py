"""Who owes what by when, and who gets to know it."""

from datetime import date

import pytest

from core.appraisal.terms import EvaluationState
from core.organisation.models import Employee
from core.organisation.terms import EmployeeState, EmploymentStatus
from core.overview.duties import Board, count_duties, duties_of
from core.overview.months import month_counts
from core.overview.rules import ReportingSpan
from core.overview.terms import DutyKind
from core.planning.models import PerformancePlan
from tests.core.overview.conftest import evaluated, report
from tests.support.plans import approved_plan
from tests.support.statements import counted_statements


def named(city, found):
    """What was found, in words: about whom, who owes it and since when."""
    names = {getattr(city, name).id: name for name in ("head", "chief", "officer", "clerk", "other_chief", "other")}
    return [(names[duty.about_id], names[duty.debtor_id], duty.due_on) for duty in found]


def of(kind, city, unit=None, **values):
    return Board(city.period, unit=unit or city.agency, kind=kind, **values)


def test_a_plan_that_is_not_set_is_owed_by_its_holder_or_once_submitted_by_the_evaluator(city, plans, calls):
    found = duties_of(calls("head"), of(DutyKind.PLAN, city))

    deadline = date(2026, 1, 31)
    assert sorted(named(city, found)) == [
        ("clerk", "chief", deadline), ("other", "other", deadline), ("other_chief", "other_chief", deadline),
    ]  # fmt: skip
    assert {duty.about_id: duty.plan_id for duty in found} == {
        city.clerk.id: plans["clerk"].id, city.other.id: plans["other"].id, city.other_chief.id: None,
    }  # fmt: skip


def test_nobody_is_late_with_a_plan_on_the_day_of_the_deadline(city, plans, calls):
    assert duties_of(calls("head", date(2026, 1, 31)), of(DutyKind.PLAN, city)) == []


def test_progress_is_owed_for_the_last_full_month_until_it_is_reported(city, plans, calls):
    report(plans["officer"], date(2026, 6, 30))
    report(plans["chief"], date(2026, 5, 31))
    report(plans["head"], date(2026, 7, 2))

    found = duties_of(calls("head"), of(DutyKind.PROGRESS, city))

    assert named(city, found) == [("chief", "chief", date(2026, 6, 30))]


def test_a_month_may_be_named_for_progress(city, plans, calls):
    report(plans["officer"], date(2026, 6, 30))
    month = ReportingSpan(date(2026, 5, 1), date(2026, 5, 31))

    found = duties_of(calls("head"), of(DutyKind.PROGRESS, city, city.registry, month=month))

    assert named(city, found) == [("chief", "chief", date(2026, 5, 31)), ("officer", "officer", date(2026, 5, 31))]


def test_periodic_evaluations_are_owed_by_the_evaluator_ten_days_after_their_window(city, plans, calls):
    evaluated(plans["officer"], 1)
    evaluated(plans["officer"], 2, state=EvaluationState.RATED)
    board = of(DutyKind.PERIODIC_EVALUATION, city, city.registry)

    assert [duty.window_number for duty in duties_of(calls("head", date(2026, 7, 10)), board)] == [1]
    found = duties_of(calls("head", date(2026, 7, 11)), board)

    assert [(*row, duty.window_number) for row, duty in zip(named(city, found), found, strict=True)] == [
        ("chief", "head", date(2026, 4, 10), 1),
        ("chief", "head", date(2026, 7, 10), 2),
        ("officer", "chief", date(2026, 7, 10), 2),
    ]


def test_the_annual_evaluation_is_owed_after_its_deadline(city, plans, calls):
    evaluated(plans["officer"])
    board = of(DutyKind.ANNUAL_EVALUATION, city, city.registry)

    assert duties_of(calls("head", date(2027, 1, 31)), board) == []
    assert named(city, duties_of(calls("head", date(2027, 2, 1)), board)) == [("chief", "head", date(2027, 1, 31))]


def test_taking_note_of_a_final_evaluation_is_due_in_working_days(city, plans, calls):
    evaluated(plans["officer"], 1, received_on=date(2026, 7, 6))
    evaluated(plans["chief"], 1, state=EvaluationState.ACKNOWLEDGED)

    found = duties_of(calls("head"), of(DutyKind.ACKNOWLEDGEMENT, city))

    assert named(city, found) == [("officer", "officer", date(2026, 7, 24))]


@pytest.mark.parametrize("kind", list(DutyKind))
def test_who_is_exempt_owes_nothing(city, plans, calls, kind):
    evaluated(plans["officer"], 1)
    Employee.update(state=EmployeeState.ON_LEAVE).execute()

    assert duties_of(calls("head", date(2027, 2, 1)), of(kind, city)) == []


def test_exempt_states_and_kinds_of_employment_are_a_setting(city, plans, calls):
    Employee.update(state=EmployeeState.ON_LEAVE).where(Employee.id == city.clerk.id).execute()
    Employee.update(status=EmploymentStatus.CPNS).where(Employee.id == city.other.id).execute()
    ctx = calls("head")
    ctx.settings = ctx.settings.model_copy(update={"compliance_exempt": ["CPNS"]})

    assert {row[0] for row in named(city, duties_of(ctx, of(DutyKind.PLAN, city)))} == {"clerk", "other_chief"}


def test_everybody_knows_only_of_those_whose_plans_he_sees(city, plans, calls):
    whole = Board(city.period)

    assert {row[0] for row in named(city, duties_of(calls("officer"), whole))} == {"officer"}
    assert {row[0] for row in named(city, duties_of(calls("chief"), whole))} == {"chief", "officer", "clerk"}
    assert duties_of(calls("other_chief"), of(None, city, city.registry)) == []


def test_what_one_owes_oneself_is_asked_by_the_debtor(city, plans, calls):
    mine = Board(city.period, debtor_id=city.chief.id)

    found = duties_of(calls("chief"), mine)

    assert {(duty.kind, duty.about_id) for duty in found} == {
        (DutyKind.PLAN, city.clerk.id),
        (DutyKind.PROGRESS, city.chief.id),
        (DutyKind.PERIODIC_EVALUATION, city.officer.id),
    }


def test_counts_are_those_of_the_list(city, plans, calls):
    evaluated(plans["officer"], 1)
    ctx, board = calls("head"), of(None, city)

    counts = count_duties(ctx, board)

    found = duties_of(ctx, board)
    assert sum(count for _, _, count in counts) == len(found)
    assert {(unit, kind): count for unit, kind, count in counts} == {
        key: sum((duty.unit_id, duty.kind) == key for duty in found)
        for key in {(duty.unit_id, duty.kind) for duty in found}
    }


def test_pages_of_the_list_follow_each_other(city, plans, calls):
    ctx, board = calls("head"), of(None, city)
    whole = duties_of(ctx, board)

    assert [*duties_of(ctx, board, limit=3), *duties_of(ctx, board, limit=100, offset=3)] == whole
    assert len(whole) > 3


def test_more_people_take_no_more_statements(city, plans, calls):
    ctx, board = calls("head"), of(None, city)
    evaluated(plans["officer"], 1)
    with counted_statements() as few:
        duties_of(ctx, board)
        count_duties(ctx, board)
        month_counts(ctx, board)
    for name in ("other", "other_chief"):
        PerformancePlan.delete().where(PerformancePlan.employee == getattr(city, name)).execute()
        approved_plan(city, getattr(city, name))
    with counted_statements() as many:
        duties_of(ctx, board)
        count_duties(ctx, board)
        month_counts(ctx, board)

    assert len(many) == len(few) == 5


def test_months_that_are_over_count_plans_to_report_on_and_those_reported_on(city, plans, calls):
    report(plans["officer"], date(2026, 5, 2), date(2026, 5, 9), date(2026, 6, 30))
    report(plans["chief"], date(2026, 5, 31))
    PerformancePlan.update(starts_on=date(2026, 6, 1)).where(PerformancePlan.id == plans["head"].id).execute()

    counts = month_counts(calls("head"), of(None, city))

    assert [(month.expected, month.reported) for month in counts] == [(2, 0), (2, 0), (2, 0), (2, 0), (2, 2), (3, 1)]
    assert counts[-1].span == ReportingSpan(date(2026, 6, 1), date(2026, 6, 30))


def test_what_is_missing_in_a_month_is_the_list_of_that_month(city, plans, calls):
    report(plans["officer"], date(2026, 5, 2))
    ctx = calls("head")

    for month in month_counts(ctx, of(None, city)):
        assert len(duties_of(ctx, of(DutyKind.PROGRESS, city, month=month.span))) == month.missing


def test_no_month_is_counted_before_one_is_over(city, plans, calls):
    assert month_counts(calls("head", date(2026, 1, 31)), of(None, city)) == []
