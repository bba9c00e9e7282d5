"""A move or a new superior in mid-year splits a plan's responsibility and hands over what is pending."""

from datetime import date, timedelta

import pytest

from core.organisation.models import Assignment, Position, PositionKind, ReportingLine
from core.organisation.terms import SupervisionBasis, SupervisionGap
from core.planning.models import EvaluationPeriod, PerformancePlan, PlanEvaluator, WorkResult
from core.planning.policies import evaluates_today
from core.planning.services import approve_plan, change_evaluator, reconcile_plans, split_plan_for_move
from core.planning.terms import PeriodState, PlanState
from tests.support.calls import on, system_context
from tests.support.city import START
from tests.support.grants import give_role
from tests.support.plans import approved_plan, indicators_of, plan_of, result_of, results_of

JULY = date(2026, 7, 1)
LATER = date(2026, 7, 10)


def move(city, employee, unit, superior, day=JULY):
    """Let an employee hold another position from a day on."""
    position = Position.create(
        code=f"P{unit.id}{employee.id}{day}",
        title="Arsiparis",
        kind=PositionKind.get(PositionKind.code == "AHLI_PERTAMA"),
        unit=unit,
        valid_from=day,
    )
    Assignment.update(valid_to=day - timedelta(days=1)).where(
        (Assignment.employee == employee.id) & Assignment.valid_to.is_null()
    ).execute()
    Assignment.create(employee=employee, position=position, unit=unit, valid_from=day)
    superior_from(employee, superior, day)
    return position


def superior_from(employee, superior, day, basis=SupervisionBasis.HEAD):
    """Let somebody else supervise an employee from a day on."""
    ReportingLine.update(valid_to=day - timedelta(days=1)).where(
        (ReportingLine.employee == employee.id) & ReportingLine.valid_to.is_null()
    ).execute()
    ReportingLine.create(
        employee=employee, superior=superior, basis=basis if superior else None,
        gap=None if superior else SupervisionGap.NO_HEAD, valid_from=day,
    )  # fmt: skip


def spans(plan):
    rows = PlanEvaluator.select().where(PlanEvaluator.plan == plan.id).order_by(PlanEvaluator.valid_from)
    return [(row.evaluator_id, row.valid_from, row.valid_to) for row in rows]


def at_night(db, day=LATER):
    return system_context(db, on(day))


def test_a_move_ends_the_plan_and_drafts_its_continuation(db, city):
    above = approved_plan(city, city.chief)
    plan = approved_plan(city, city.officer)
    linked, free = results_of(plan)
    WorkResult.update(parent=results_of(above)[0]).where(WorkResult.id == linked.id).execute()
    position = move(city, city.officer, city.archive, city.other_chief)

    assert reconcile_plans(at_night(db)) == 1

    old = PerformancePlan.get_by_id(plan.id)
    assert (old.state, old.ends_on, old.evaluator_id) == (PlanState.ENDED, date(2026, 6, 30), city.chief.id)
    assert spans(old) == [(city.chief.id, START, date(2026, 6, 30))]
    new = PerformancePlan.get(PerformancePlan.continues == plan.id)
    assert (new.state, new.position_id, new.unit_id) == (PlanState.DRAFT, position.id, city.archive.id)
    assert (new.starts_on, new.ends_on, new.evaluator_id) == (JULY, date(2026, 12, 31), city.other_chief.id)
    assert spans(new) == [(city.other_chief.id, JULY, None)]
    # What supported the former superior's result stays behind.
    assert [row.statement for row in results_of(new)] == [free.statement]
    assert [row.statement for row in indicators_of(new)] == [f"Jumlah: {free.statement}"]
    assert reconcile_plans(at_night(db)) == 0


def test_a_move_within_the_unit_takes_everything_along_in_words(db, city):
    above = approved_plan(city, city.chief)
    plan = approved_plan(city, city.officer)
    parent = results_of(above)[0]
    WorkResult.update(parent=parent).where(WorkResult.id == results_of(plan)[0].id).execute()
    move(city, city.officer, city.registry, city.head)

    reconcile_plans(at_night(db))

    copies = results_of(PerformancePlan.get(PerformancePlan.continues == plan.id))
    assert [(row.parent_id, row.parent_statement) for row in copies] == [(None, parent.statement), (None, "")]


def test_a_plan_not_begun_goes_along_itself(db, city):
    plan = plan_of(city.officer, city.period, starts_on=JULY)
    position = move(city, city.officer, city.archive, city.other_chief)

    assert reconcile_plans(at_night(db)) == 1

    same = PerformancePlan.get_by_id(plan.id)
    assert (same.position_id, same.unit_id, same.evaluator_id) == (position.id, city.archive.id, city.other_chief.id)
    assert spans(same) == [(city.other_chief.id, JULY, None)]
    assert PerformancePlan.select().count() == 1


def test_a_plan_made_already_at_the_new_position_is_kept(db, city):
    plan = approved_plan(city, city.officer)
    move(city, city.officer, city.archive, city.other_chief)
    made = plan_of(city.officer, city.period, starts_on=JULY)

    reconcile_plans(at_night(db))

    assert PerformancePlan.get_by_id(plan.id).state is PlanState.ENDED
    assert [row.id for row in PerformancePlan.select().where(PerformancePlan.state == PlanState.DRAFT)] == [made.id]


def test_a_new_superior_takes_over_what_is_pending(db, city, as_, refused):
    plan = approved_plan(city, city.officer, state=PlanState.SUBMITTED)
    superior_from(city.officer, city.head, JULY)

    assert reconcile_plans(at_night(db), [city.officer.id]) == 1

    plan = PerformancePlan.get_by_id(plan.id)
    assert (plan.state, plan.evaluator_id) == (PlanState.SUBMITTED, city.head.id)
    assert spans(plan) == [(city.chief.id, START, date(2026, 6, 30)), (city.head.id, JULY, None)]
    assert refused(lambda: approve_plan(as_(city.chief, LATER), plan.id, plan.version)) == [
        ("FORBIDDEN", "input.planId")
    ]
    assert approve_plan(as_(city.head, LATER), plan.id, plan.version).state is PlanState.APPROVED
    assert reconcile_plans(at_night(db)) == 0


@pytest.mark.parametrize("basis", [SupervisionBasis.DELEGATION, SupervisionBasis.ACTING_PLH])
def test_who_stands_in_for_a_time_acts_but_does_not_take_over(db, city, as_, basis):
    plan = approved_plan(city, city.officer, state=PlanState.SUBMITTED)
    superior_from(city.officer, city.other_chief, JULY, basis)

    assert reconcile_plans(at_night(db)) == 0

    assert evaluates_today(as_(city.other_chief, LATER).actor, plan)
    assert evaluates_today(as_(city.chief, LATER).actor, plan) is (basis is SupervisionBasis.DELEGATION)


def test_a_vacant_post_leaves_the_evaluator_in_place(db, city, as_):
    plan = approved_plan(city, city.officer, state=PlanState.SUBMITTED)
    superior_from(city.officer, None, JULY)

    assert reconcile_plans(at_night(db)) == 0
    assert evaluates_today(as_(city.chief, LATER).actor, plan)


def test_a_plt_takes_over(db, city):
    plan = approved_plan(city, city.officer)
    superior_from(city.officer, city.other_chief, JULY, SupervisionBasis.ACTING_PLT)

    assert reconcile_plans(at_night(db)) == 1
    assert PerformancePlan.get_by_id(plan.id).evaluator_id == city.other_chief.id


def test_changes_ahead_wait_for_their_day(db, city):
    approved_plan(city, city.officer)
    superior_from(city.officer, city.head, JULY)

    assert reconcile_plans(at_night(db, date(2026, 6, 30))) == 0
    assert reconcile_plans(at_night(db, JULY)) == 1


def test_closed_periods_and_ended_plans_stay_as_they_are(db, city):
    approved_plan(city, city.officer, state=PlanState.ENDED)
    approved_plan(city, city.clerk)
    superior_from(city.officer, city.head, JULY)
    superior_from(city.clerk, city.head, JULY)
    EvaluationPeriod.update(state=PeriodState.CLOSED).execute()

    assert reconcile_plans(at_night(db)) == 0


def test_the_office_splits_a_plan_by_hand(db, city, as_, refused):
    give_role(city.clerk, "hr_officer", city.agency)
    office = as_(city.clerk, LATER)
    plan = approved_plan(city, city.officer)

    assert refused(lambda: split_plan_for_move(office, plan.id, plan.version, JULY)) == [("NOT_MOVED", "input.on")]
    move(city, city.officer, city.archive, city.other_chief)
    for day in (date(2025, 12, 31), date(2026, 7, 11)):
        assert refused(lambda on_day=day: split_plan_for_move(office, plan.id, plan.version, on_day)) == [
            ("DATE_OUTSIDE_PLAN", "input.on")
        ]
    assert refused(lambda: split_plan_for_move(office, plan.id, 99, JULY)) == [("STALE_VERSION", "input.version")]
    assert refused(lambda: split_plan_for_move(as_(city.officer, LATER), plan.id, plan.version, JULY)) == [
        ("FORBIDDEN", "input.planId")
    ]

    new = split_plan_for_move(office, plan.id, plan.version, JULY)

    assert (new.continues_id, new.starts_on) == (plan.id, JULY)
    ended = PerformancePlan.get_by_id(plan.id)
    assert refused(lambda: split_plan_for_move(office, plan.id, ended.version, JULY)) == [
        ("PLAN_STATE", "input.planId")
    ]


def test_the_office_names_another_evaluator(db, city, as_, refused):
    give_role(city.clerk, "hr_officer", city.agency)
    office = as_(city.clerk, LATER)
    plan = approved_plan(city, city.officer)

    changed = change_evaluator(office, plan.id, plan.version, city.head.id, JULY)

    assert changed.evaluator_id == city.head.id
    assert spans(plan) == [(city.chief.id, START, date(2026, 6, 30)), (city.head.id, JULY, None)]
    again = change_evaluator(office, plan.id, changed.version, city.other_chief.id, JULY)
    assert spans(plan) == [(city.chief.id, START, date(2026, 6, 30)), (city.other_chief.id, JULY, None)]
    assert refused(lambda: change_evaluator(office, plan.id, again.version, city.officer.id, JULY)) == [
        ("OWN_EVALUATOR", "input.evaluatorId")
    ]
    assert refused(lambda: change_evaluator(as_(city.chief, LATER), plan.id, again.version, city.head.id, JULY)) == [
        ("FORBIDDEN", "input.planId")
    ]


def test_results_of_a_draft_go_along_too(db, city):
    plan = plan_of(city.officer, city.period)
    result_of(plan, "Rancangan")
    move(city, city.officer, city.registry, city.chief)

    reconcile_plans(at_night(db))

    new = PerformancePlan.get(PerformancePlan.continues == plan.id)
    assert [row.statement for row in results_of(new)] == ["Rancangan"]
