"""Work results linked to the superior's, at once or later, and what is left over."""

from datetime import date

import pytest

from core.organisation.models import ReportingLine
from core.planning.models import EvaluationPeriod, PerformancePlan, PlanEvaluator, WorkResult
from core.planning.services import is_orphan, is_uncovered, link_work_result, unlink_work_result
from core.planning.terms import Frequency, PeriodState, PlanState, WorkResultKind
from core.policy import as_condition, visible
from tests.support.plans import approved_plan, plan_of, result_of, results_of


@pytest.fixture
def cascade(city):
    """Approved plans of secretary, head, chief and officer, unlinked."""
    return {
        who: approved_plan(city, getattr(city, who), statements=("Satu", "Dua"))
        for who in ("secretary", "head", "chief", "officer")
    }


def first(plan):
    return results_of(plan)[0]


def test_a_result_is_linked_later_and_unlinked(city, as_, cascade):
    child, parent = first(cascade["officer"]), first(cascade["chief"])

    linked = link_work_result(as_(city.officer), child.id, parent.id, child.version)
    assert WorkResult.get_by_id(child.id).parent_id == parent.id

    unlink_work_result(as_(city.officer), child.id, linked.version)
    assert WorkResult.get_by_id(child.id).parent_id is None


@pytest.mark.parametrize("who", ["chief", "officer"])
def test_evaluator_and_holder_link(city, as_, cascade, who):
    child, parent = first(cascade["officer"]), first(cascade["chief"])

    assert link_work_result(as_(getattr(city, who)), child.id, parent.id, child.version).parent_id == parent.id


@pytest.mark.parametrize(("who", "code"), [("head", "FORBIDDEN"), ("clerk", "NOT_FOUND"), ("other", "NOT_FOUND")])
def test_others_do_not(city, as_, refused, cascade, who, code):
    child, parent = first(cascade["officer"]), first(cascade["chief"])

    assert refused(lambda: link_work_result(as_(getattr(city, who)), child.id, parent.id, child.version)) == [
        (code, "input.workResultId")
    ]
    assert WorkResult.get_by_id(child.id).parent_id is None


def test_a_stale_version_is_refused(city, as_, refused, cascade):
    child, parent = first(cascade["officer"]), first(cascade["chief"])

    assert refused(lambda: link_work_result(as_(city.officer), child.id, parent.id, child.version + 1)) == [
        ("STALE_VERSION", "input.version")
    ]


def test_only_results_of_the_evaluator_can_be_supported(city, as_, refused, cascade):
    child = first(cascade["officer"])
    head_result = first(cascade["head"])

    assert refused(lambda: link_work_result(as_(city.officer), child.id, head_result.id, child.version)) == [
        ("NOT_FOUND", "input.parentId")
    ]
    # The superior sees the head's results, yet they are not the evaluator's of the officer.
    assert refused(lambda: link_work_result(as_(city.chief), child.id, head_result.id, child.version)) == [
        ("PARENT_NOT_SUPERIOR", "input.parentId")
    ]


def test_a_former_evaluators_result_can_still_be_supported(city, as_, cascade):
    child, parent = first(cascade["officer"]), first(cascade["chief"])
    PerformancePlan.update(evaluator=city.head).where(PerformancePlan.id == cascade["officer"].id).execute()

    assert link_work_result(as_(city.officer), child.id, parent.id, child.version).parent_id == parent.id


def test_a_result_of_another_period_cannot_be_supported(city, as_, refused, cascade):
    other = EvaluationPeriod.create(
        code="2025", name="2025", starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31),
        frequency=Frequency.QUARTERLY, plan_deadline=date(2025, 1, 31), evaluation_deadline=date(2026, 1, 31),
    )  # fmt: skip
    PerformancePlan.update(period=other).where(PerformancePlan.id == cascade["chief"].id).execute()
    child, parent = first(cascade["officer"]), first(cascade["chief"])

    assert refused(lambda: link_work_result(as_(city.officer), child.id, parent.id, child.version)) == [
        ("PARENT_OTHER_PERIOD", "input.parentId")
    ]


def test_a_circle_is_refused(city, as_, refused, cascade):
    below, above = first(cascade["officer"]), first(cascade["chief"])
    WorkResult.update(parent=below).where(WorkResult.id == above.id).execute()
    twin = results_of(cascade["officer"])[1]

    for parent in (above, twin):
        assert refused(lambda key=parent.id: link_work_result(as_(city.officer), below.id, key, below.version)) == [
            ("LINK_LOOP", "input.parentId")
        ]


def test_ended_plans_and_closed_periods_keep_their_links(city, as_, refused, cascade):
    child, parent = first(cascade["officer"]), first(cascade["chief"])
    PerformancePlan.update(state=PlanState.ENDED).where(PerformancePlan.id == cascade["officer"].id).execute()
    assert refused(lambda: link_work_result(as_(city.officer), child.id, parent.id, child.version)) == [
        ("PLAN_STATE", "input.workResultId")
    ]
    EvaluationPeriod.update(state=PeriodState.CLOSED).execute()
    assert refused(lambda: unlink_work_result(as_(city.officer), child.id, child.version)) == [
        ("PERIOD_CLOSED", "input.workResultId")
    ]


def found(rule):
    return {row.id for row in WorkResult.select().where(rule(WorkResult))}


def test_orphans_and_uncovered_results_are_found(city, cascade):
    officer, chief, head = (results_of(cascade[who]) for who in ("officer", "chief", "head"))
    WorkResult.update(parent=chief[0]).where(WorkResult.id == officer[0].id).execute()
    WorkResult.update(kind=WorkResultKind.ADDITIONAL).where(WorkResult.id == head[1].id).execute()

    # The secretary has no evaluator, so that nothing of his can be an orphan; nobody reports to the officer.
    assert found(is_orphan) == {officer[1].id, chief[0].id, chief[1].id, head[0].id}
    assert found(is_uncovered) == {
        chief[1].id, head[0].id, head[1].id, *(row.id for row in results_of(cascade["secretary"]))
    }  # fmt: skip


def test_nothing_is_an_orphan_while_the_evaluator_has_no_plan(city):
    result_of(plan_of(city.officer, city.period))

    assert found(is_orphan) == set()


def seen(ctx):
    rows = WorkResult.select().where(as_condition(visible(ctx.actor, WorkResult)))
    return {row.id for row in rows}


def test_who_sees_which_results(city, as_, cascade):
    ids = {who: {row.id for row in results_of(plan)} for who, plan in cascade.items()}

    assert seen(as_(city.officer)) == ids["officer"] | ids["chief"]
    assert seen(as_(city.clerk)) == ids["chief"]
    assert seen(as_(city.chief)) == ids["officer"] | ids["chief"] | ids["head"]
    assert seen(as_(city.head)) == ids["officer"] | ids["chief"] | ids["head"] | ids["secretary"]
    assert seen(as_(city.secretary)) == set.union(*ids.values())
    assert seen(as_(city.other)) == set()
    assert seen(as_(city.other_chief)) == ids["head"]


def test_a_result_supported_once_stays_visible_after_a_new_superior(city, as_, cascade):
    child, parent = first(cascade["officer"]), first(cascade["chief"])
    WorkResult.update(parent=parent).where(WorkResult.id == child.id).execute()
    ReportingLine.update(superior=city.other_chief).where(ReportingLine.employee == city.officer.id).execute()

    assert seen(as_(city.officer)) == {row.id for row in results_of(cascade["officer"])} | {parent.id}


def test_a_former_evaluator_still_sees_the_plan(city, as_, cascade):
    PlanEvaluator.create(plan=cascade["officer"], evaluator=city.other_chief, valid_from=date(2026, 1, 2))

    ids = {row.id for row in results_of(cascade["officer"])}
    assert ids <= seen(as_(city.other_chief))
