"""Points are earned by events under rules, once for each row, and taken back when it is withdrawn."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from core.planning.models import PerformancePlan, WorkResult
from core.planning.terms import PlanApproach, PlanState, WorkResultKind
from core.progress.models import Feedback, ProgressRecord
from core.progress.terms import FeedbackTone, GiverRelation
from plugins.rewards.points.models import PointAccount, PointEntry, PointRule, PointTransaction
from plugins.rewards.points.services import catalogue
from plugins.rewards.points.services.earning import earn_by, expire_points, take_back_gone, take_back_of
from plugins.rewards.points.sources import SOURCES
from plugins.rewards.points.terms import CapPeriod, PointEvent, PointMovement
from tests.plugins.rewards.points.conftest import balance, check_books, happened
from tests.support.calls import NOON, system_context

TODAY = NOON.date()
BY_KIND = {source.kind: source for source in SOURCES}


def rule(event=PointEvent.PROGRESS_RECORDED, **values):
    given = {"name": "Tepat waktu", "points": 10, "valid_from": date(2026, 1, 1), **values}
    return PointRule.create(event=event, **given)


@pytest.fixture
def plan(people):
    city = people.city
    row = PerformancePlan.create(
        period=city.period, employee=city.officer, position=city.positions["officer"], unit=city.registry,
        evaluator=city.chief, approach=PlanApproach.QUANTITATIVE, state=PlanState.APPROVED,
        starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31),
    )  # fmt: skip
    result = WorkResult.create(plan=row, kind=WorkResultKind.MAIN, statement="Arsip tertata")
    return SimpleNamespace(row=row, result=result, officer=city.officer, clerk=city.clerk)


@pytest.fixture
def record(plan):
    def make(days_late=0, by=None):
        moment = NOON
        return ProgressRecord.create(
            plan=plan.row, work_result=plan.result, recorded_by=by or plan.officer,
            happened_on=TODAY - timedelta(days=days_late), created_at=moment, updated_at=moment,
        )  # fmt: skip

    return make


@pytest.fixture
def tell(db):
    def told(kind, payload, number=1, at=NOON):
        source = BY_KIND[kind]
        return earn_by(source, happened(source.name, payload, at, number), system_context(db, at))

    return told


def records(*rows):
    return {"record_ids": [row.id for row in rows], "plan_ids": []}


def test_an_event_earns_once_and_keeps_the_rule_as_it_was(people, tell, record):
    used = rule(legal_basis="Perwal 1/2026", expires_after_months=12)
    row = record()

    assert tell(PointEvent.PROGRESS_RECORDED, records(row)) == 1
    # Told again, with the same number or with another: the row has earned.
    assert tell(PointEvent.PROGRESS_RECORDED, records(row)) == 0
    assert tell(PointEvent.PROGRESS_RECORDED, records(row), number=2) == 0

    made = PointTransaction.get()
    assert (made.event_id, made.subject_type, made.subject_id) == (1, "ProgressRecord", row.id)
    assert made.rule_snapshot == {
        "id": used.id, "version": 1, "name": "Tepat waktu", "event": "PROGRESS_RECORDED", "points": 10, "cap": None,
        "cap_period": "MONTH", "conditions": {}, "expires_after_months": 12, "valid_from": "2026-01-01",
        "valid_to": None, "legal_basis": "Perwal 1/2026",
    }  # fmt: skip
    assert PointEntry.get(PointEntry.amount > 0).expires_on == date(2027, 1, 15)
    assert balance(people.city.officer) == 10
    check_books()


@pytest.mark.parametrize(
    ("conditions", "days_late", "own", "points"),
    [
        ({"within_days": 3}, 3, True, 10),
        ({"within_days": 3}, 4, True, 0),
        ({"within_days": 0}, 0, True, 10),
        ({"by_self": True}, 9, True, 10),
        ({"by_self": True}, 0, False, 0),
        ({"by_self": True, "within_days": 1}, 2, True, 0),
    ],
)
def test_conditions_of_progress(people, tell, record, conditions, days_late, own, points):
    rule(conditions=conditions)

    tell(PointEvent.PROGRESS_RECORDED, records(record(days_late, None if own else people.city.chief)))

    assert sum(row.balance or 0 for row in PointAccount.select()) == points


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "made"),
    [
        (date(2026, 1, 15), None, 1),
        (date(2026, 1, 16), None, 0),
        (date(2026, 1, 1), date(2026, 1, 15), 1),
        (date(2026, 1, 1), date(2026, 1, 14), 0),
    ],
)
def test_only_the_rules_of_the_day_of_the_event_count(db, people, record, valid_from, valid_to, made):
    rule(valid_from=valid_from, valid_to=valid_to)
    source = BY_KIND[PointEvent.PROGRESS_RECORDED]

    # Delivered a month later, after a failure.
    late = system_context(db, NOON + timedelta(days=31))
    assert earn_by(source, happened(source.name, records(record())), late) == made
    assert [row.day for row in PointTransaction.select()] == [TODAY] * made


def test_a_cap_gives_the_rest_and_then_nothing_until_the_next_period(people, tell, record):
    rule(points=10, cap=25, cap_period=CapPeriod.MONTH)

    for number in range(1, 5):
        tell(PointEvent.PROGRESS_RECORDED, records(record()), number=number)
    assert balance(people.city.officer) == 25
    amounts = [row.amount for row in PointEntry.select().where(PointEntry.amount > 0).order_by(PointEntry.id)]
    assert amounts == [10, 10, 5]

    tell(PointEvent.PROGRESS_RECORDED, records(record()), number=9, at=datetime(2026, 1, 31, 17, 0, tzinfo=UTC))
    # 1 February in Jakarta.
    assert balance(people.city.officer) == 35
    check_books()


def feedback(plan, giver, text="Kerja bagus sekali"):
    return Feedback.create(
        plan=plan.row, employee=plan.officer, giver=giver, relation=GiverRelation.PEER, tone=FeedbackTone.POSITIVE,
        text=text, given_on=TODAY,
    )  # fmt: skip


def test_feedback_earns_for_the_giver_and_takes_back_when_it_is_withdrawn(db, people, tell, plan):
    rule(PointEvent.FEEDBACK_GIVEN, conditions={"min_characters": 10, "relations": ["PEER"]})
    short, long = feedback(plan, plan.clerk, "Bagus"), feedback(plan, plan.clerk)
    for number, row in enumerate((short, long)):
        tell(PointEvent.FEEDBACK_GIVEN, {"feedback_id": row.id, "plan_id": plan.row.id}, number=number)
    assert balance(plan.clerk) == 10

    ctx = system_context(db)
    assert take_back_gone(ctx) == 0
    long.delete_instance()
    assert take_back_gone(ctx) == 1
    assert take_back_gone(ctx) == 0

    assert balance(plan.clerk) == 0
    check_books()


def test_what_was_spent_is_owed_and_held_back_from_what_is_earned_later(db, people, tell, record, give):
    rule(points=40)
    first = record()
    tell(PointEvent.PROGRESS_RECORDED, records(first))
    catalogue.redeem(people.as_(people.city.officer), people.mug.id, "k")
    ctx = system_context(db)

    assert take_back_of(ctx, "ProgressRecord", first.id, "progress.progress_removed") == 1
    assert take_back_of(ctx, "ProgressRecord", first.id, "progress.progress_removed") == 0

    account = PointAccount.get(PointAccount.employee == people.city.officer.id)
    assert (account.balance, account.owed) == (0, 30)
    undone = PointTransaction.get(PointTransaction.movement == PointMovement.TAKEN_BACK)
    assert (undone.shortfall, undone.reason) == (30, "progress.progress_removed")
    check_books()

    tell(PointEvent.PROGRESS_RECORDED, records(record()), number=2)
    account = PointAccount.get_by_id(account.id)
    assert (account.balance, account.owed) == (10, 0)
    check_books()


def test_a_row_that_comes_again_after_it_was_taken_back_earns_again(db, people, tell, record):
    rule()
    row = record()
    tell(PointEvent.PROGRESS_RECORDED, records(row))
    take_back_of(system_context(db), "ProgressRecord", row.id, "-")
    # The old event, told once more, does not count; a new one does.
    assert tell(PointEvent.PROGRESS_RECORDED, records(row)) == 0
    assert tell(PointEvent.PROGRESS_RECORDED, records(row), number=2) == 1
    assert balance(people.city.officer) == 10
    check_books()


def test_what_has_expired_is_not_taken_back_once_more(db, people, tell, record, give):
    rule(expires_after_months=1)
    row = record()
    tell(PointEvent.PROGRESS_RECORDED, records(row))
    give(people.city.officer, 5)
    later = system_context(db, NOON + timedelta(days=31))
    assert expire_points(later) == 10

    take_back_of(later, "ProgressRecord", row.id, "-")

    account = PointAccount.get(PointAccount.employee == people.city.officer.id)
    assert (account.balance, account.owed) == (5, 0)
    check_books()
