"""Plans drafted and changed: for whom, by whom, and what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.organisation.models import Assignment, Employee, ReportingLine
from core.planning.content import IndicatorContent, PlanContent, WorkResultContent
from core.planning.models import EvaluationPeriod, Indicator, PerformancePlan, WorkResult
from core.planning.services import PlanRequest, create_plan, submit_plan, update_plan
from core.planning.services.contents import content_of
from core.planning.terms import PeriodState, Perspective, PlanApproach, PlanState
from core.progress.models import ProgressRecord
from tests.support.city import START
from tests.support.grants import give_role
from tests.support.plans import approved_plan, indicators_of, plan_of, result_of, results_of


def request_for(city, who, **values):
    return PlanRequest(getattr(city, who).id, city.period.id, **values)


@pytest.mark.parametrize("who", ["officer", "chief"])
def test_the_employee_or_the_superior_drafts_the_plan(city, as_, who):
    plan = create_plan(as_(getattr(city, who)), request_for(city, "officer"))

    assert (plan.employee_id, plan.evaluator_id) == (city.officer.id, city.chief.id)


@pytest.mark.parametrize("who", ["other", "other_chief"])
def test_nobody_else_drafts_it(city, as_, refused, who):
    found = refused(lambda: create_plan(as_(getattr(city, who)), request_for(city, "officer")))

    assert found in ([("FORBIDDEN", "input.employeeId")], [("NOT_FOUND", "input.employeeId")])
    assert PerformancePlan.select().count() == 0


def test_the_office_of_the_unit_drafts_and_names_an_evaluator(city, as_, refused):
    give_role(city.clerk, "hr_officer", city.agency)
    office = as_(city.clerk)

    plan = create_plan(office, request_for(city, "officer", evaluator_id=city.head.id))

    assert plan.evaluator_id == city.head.id
    own = request_for(city, "other", evaluator_id=city.other.id)
    assert refused(lambda: create_plan(office, own)) == [("OWN_EVALUATOR", "input.evaluatorId")]
    named = request_for(city, "other", evaluator_id=city.head.id)
    assert refused(lambda: create_plan(as_(city.other), named)) == [("FORBIDDEN", "input.evaluatorId")]


def test_a_second_plan_for_the_same_days_is_refused(city, as_, refused):
    create_plan(as_(city.officer), request_for(city, "officer"))

    assert refused(lambda: create_plan(as_(city.officer), request_for(city, "officer"))) == [
        ("PLAN_EXISTS", "input.employeeId")
    ]
    assert PerformancePlan.select().count() == 1


def test_days_outside_the_period_are_refused(city, as_, refused):
    Assignment.update(valid_from=date(2020, 1, 1)).execute()
    early = request_for(city, "officer", starts_on=date(2025, 12, 31), ends_on=date(2027, 1, 1))

    assert refused(lambda: create_plan(as_(city.officer), early)) == [
        ("DATE_OUTSIDE_PERIOD", "input.startsOn"),
        ("DATE_OUTSIDE_PERIOD", "input.endsOn"),
    ]


def test_somebody_without_position_or_service_gets_no_plan(city, as_, refused):
    give_role(city.clerk, "hr_officer")
    Employee.update(left_on=date(2025, 6, 30)).where(Employee.id == city.officer.id).execute()
    Assignment.update(valid_to=date(2026, 1, 10)).where(Assignment.employee == city.other.id).execute()

    office = as_(city.clerk)

    assert refused(lambda: create_plan(office, request_for(city, "officer"))) == [("EMPLOYEE_LEFT", "input.employeeId")]
    assert refused(lambda: create_plan(office, request_for(city, "other"))) == [("NO_POSITION", "input.employeeId")]


def test_unknown_ids_are_refused_by_place(city, as_, refused):
    assert refused(lambda: create_plan(as_(city.officer), PlanRequest(999_999, city.period.id))) == [
        ("NOT_FOUND", "input.employeeId")
    ]
    assert refused(lambda: create_plan(as_(city.officer), PlanRequest(city.officer.id, 999_999))) == [
        ("NOT_FOUND", "input.periodId")
    ]


def test_a_faulty_draft_names_every_fault_and_writes_nothing(city, as_, refused):
    content = PlanContent(
        work_results=(
            WorkResultContent("", perspective=Perspective.BUDGET),
            WorkResultContent("B", indicators=(IndicatorContent("x", target_min=Decimal(2), target_max=Decimal(1)),)),
            WorkResultContent("C", parent_id=999_999),
        )
    )

    assert refused(lambda: create_plan(as_(city.officer), request_for(city, "officer", content=content))) == [
        ("EMPTY", "input.workResults.0.statement"),
        ("PERSPECTIVE_NOT_ALLOWED", "input.workResults.0.perspective"),
        ("TARGET_REVERSED", "input.workResults.1.indicators.0.targetMin"),
        ("NOT_FOUND", "input.workResults.2.parentId"),
    ]
    assert PerformancePlan.select().count() == WorkResult.select().count() == 0


def test_a_plan_supports_the_superiors_results_at_once(city, as_):
    above = approved_plan(city, city.chief)
    parent = results_of(above)[0]
    content = PlanContent(work_results=(WorkResultContent("Akta terbit", parent_id=parent.id),))

    plan = create_plan(as_(city.officer), request_for(city, "officer", content=content))

    assert results_of(plan)[0].parent_id == parent.id


@pytest.mark.parametrize("state", [PlanState.SUBMITTED, PlanState.APPROVED, PlanState.ENDED])
def test_a_plan_under_way_does_not_change(city, as_, refused, state):
    plan = approved_plan(city, city.officer, state=state)

    assert refused(lambda: update_plan(as_(city.officer), plan.id, plan.version, PlanContent(work_results=()))) == [
        ("PLAN_NOT_EDITABLE", "input.planId")
    ]
    assert len(results_of(plan)) == 2


@pytest.mark.parametrize("who", ["officer", "chief", "clerk"])
def test_holder_evaluator_and_office_change_a_draft(city, as_, who):
    give_role(city.clerk, "hr_officer", city.registry)
    plan = plan_of(city.officer, city.period)

    content = PlanContent(work_results=(WorkResultContent("Baru"),), consequences="Tidak ada")
    changed = update_plan(as_(getattr(city, who)), plan.id, plan.version, content, PlanApproach.QUALITATIVE)

    assert (changed.consequences, changed.approach) == ("Tidak ada", PlanApproach.QUALITATIVE)
    assert [row.statement for row in results_of(plan)] == ["Baru"]


@pytest.mark.parametrize(
    ("who", "code"), [("head", "FORBIDDEN"), ("secretary", "FORBIDDEN"), ("other", "NOT_FOUND"), ("clerk", "NOT_FOUND")]
)
def test_others_do_not_change_it(city, as_, refused, who, code):
    plan = plan_of(city.officer, city.period)

    content = PlanContent(work_results=(WorkResultContent("Baru"),))
    assert refused(lambda: update_plan(as_(getattr(city, who)), plan.id, plan.version, content)) == [
        (code, "input.planId")
    ]
    assert (results_of(plan), PerformancePlan.get_by_id(plan.id).version) == ([], plan.version)


def test_only_content_changes_count_as_a_change_of_the_plan(city, as_):
    plan = plan_of(city.officer, city.period)

    first = update_plan(as_(city.officer), plan.id, plan.version, PlanContent(work_results=(WorkResultContent("A"),)))

    assert PerformancePlan.get_by_id(plan.id).version == first.version == plan.version + 1


def test_rows_of_other_plans_are_not_taken_over(city, as_, refused):
    theirs = approved_plan(city, city.clerk)
    plan = plan_of(city.officer, city.period)
    mine = result_of(plan)
    result, indicator = results_of(theirs)[0], indicators_of(theirs)[0]

    content = PlanContent(
        work_results=(
            WorkResultContent("A", id=result.id),
            WorkResultContent("B", id=mine.id, indicators=(IndicatorContent("x", id=indicator.id),)),
            WorkResultContent("C", id=mine.id),
        )
    )
    assert refused(lambda: update_plan(as_(city.officer), plan.id, plan.version, content)) == [
        ("NOT_FOUND", "input.workResults.0.id"),
        ("NOT_FOUND", "input.workResults.1.indicators.0.id"),
        ("NOT_FOUND", "input.workResults.2.id"),
    ]
    assert WorkResult.get_by_id(result.id).plan_id == theirs.id


def test_what_has_progress_stays_in_the_plan(city, as_, refused):
    plan = approved_plan(city, city.officer, state=PlanState.DRAFT)
    result, indicator = results_of(plan)[0], indicators_of(plan)[0]
    ProgressRecord.create(plan=plan, work_result=result, indicator=indicator, happened_on=START, quantity=Decimal(1))

    content = PlanContent(work_results=(WorkResultContent("Baru"),))

    assert refused(lambda: update_plan(as_(city.officer), plan.id, plan.version, content)) == [
        ("IN_USE", "input.workResults")
    ]
    assert len(results_of(plan)) == 2
    assert Indicator.select().count() == 2


def test_a_removed_result_leaves_its_words_to_those_that_supported_it(city, as_):
    above = approved_plan(city, city.chief, state=PlanState.DRAFT)
    parent = results_of(above)[0]
    child = result_of(plan_of(city.officer, city.period), parent=parent)

    update_plan(as_(city.chief), above.id, above.version, PlanContent(work_results=()))

    row = WorkResult.get_by_id(child.id)
    assert (row.parent_id, row.parent_statement) == (None, parent.statement)


def test_an_incomplete_plan_is_not_submitted(city, as_, refused):
    plan = plan_of(city.officer, city.period)
    result_of(plan)

    assert refused(lambda: submit_plan(as_(city.officer), plan.id, plan.version)) == [
        ("INDICATOR_MISSING", "input.workResults.0.indicators")
    ]
    assert PerformancePlan.get_by_id(plan.id).state is PlanState.DRAFT


def test_the_top_of_the_institution_needs_a_named_evaluator(city, as_, refused):
    plan = approved_plan(city, city.secretary, state=PlanState.DRAFT)
    WorkResult.update(perspective=Perspective.BUDGET).execute()

    assert refused(lambda: submit_plan(as_(city.secretary), plan.id, plan.version)) == [
        ("EVALUATOR_MISSING", "input.planId")
    ]


def test_only_the_holder_submits(city, as_, refused):
    give_role(city.clerk, "hr_officer")
    plan = approved_plan(city, city.officer, state=PlanState.DRAFT)

    for who in (city.chief, city.clerk):
        assert refused(lambda who=who: submit_plan(as_(who), plan.id, plan.version)) == [("FORBIDDEN", "input.planId")]
    assert PerformancePlan.get_by_id(plan.id).state is PlanState.DRAFT


def test_the_plan_goes_to_whoever_supervises_on_the_day(city, as_):
    plan = approved_plan(city, city.officer, state=PlanState.DRAFT)
    ReportingLine.update(superior=city.other_chief).where(ReportingLine.employee == city.officer.id).execute()

    submitted = submit_plan(as_(city.officer), plan.id, plan.version)

    assert submitted.evaluator_id == city.other_chief.id


def test_a_closed_period_stops_everything(city, as_, refused):
    plan = approved_plan(city, city.officer, state=PlanState.DRAFT)
    EvaluationPeriod.update(state=PeriodState.CLOSED).execute()
    ctx = as_(city.officer)

    assert refused(lambda: submit_plan(ctx, plan.id, plan.version)) == [("PERIOD_CLOSED", "input.planId")]
    assert refused(lambda: update_plan(ctx, plan.id, plan.version, PlanContent())) == [
        ("PERIOD_CLOSED", "input.planId")
    ]


def test_content_given_back_changes_nothing(city, as_):
    plan = approved_plan(city, city.officer, state=PlanState.DRAFT)
    before = content_of(plan)

    update_plan(as_(city.officer), plan.id, plan.version, before)

    assert content_of(PerformancePlan.get_by_id(plan.id)) == before
    assert replace(before) == before
