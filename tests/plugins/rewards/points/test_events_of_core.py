"""What core announces earns points once it is committed: through the outbox, and told once more after a failure."""

from datetime import date

import pytest

from core.events import deliver_pending
from core.planning.models import PerformancePlan
from core.planning.terms import PeriodState, PlanApproach, PlanState
from core.platform.models import OutboxEvent
from core.progress.services.feedback import NewFeedback, give_feedback
from core.progress.terms import FeedbackTone
from core.work import unit_of_work
from plugins.rewards.events import EVENTS, HANDLERS
from plugins.rewards.points.models import PointAccount, PointRule, PointTransaction
from plugins.rewards.points.sources import SOURCES, WITHDRAWN_BY
from plugins.rewards.points.terms import PointEvent
from tests.plugins.rewards.points.conftest import balance, check_books
from tests.support.calls import NOON, system_context


@pytest.fixture
def plan(people):
    city = people.city
    type(city.period).update(state=PeriodState.OPEN).execute()
    return PerformancePlan.create(
        period=city.period, employee=city.officer, position=city.positions["officer"], unit=city.registry,
        evaluator=city.chief, approach=PlanApproach.QUANTITATIVE, state=PlanState.APPROVED,
        starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), revision=1,
    )  # fmt: skip


def test_feedback_that_is_given_earns_for_the_giver(db, people, plan):
    PointRule.create(name="-", event=PointEvent.FEEDBACK_GIVEN, points=7, valid_from=date(2026, 1, 1))

    made = give_feedback(
        people.as_(people.city.clerk),
        NewFeedback(tone=FeedbackTone.POSITIVE, text="Berkas selalu lengkap sebelum rapat.", plan_id=plan.id),
    )

    assert balance(people.city.clerk) == 7
    earned = PointTransaction.get()
    assert (earned.subject_type, earned.subject_id, earned.day) == ("Feedback", made.id, NOON.date())
    assert PointAccount.get_or_none(PointAccount.employee == people.city.officer.id) is None
    # The process dies after the handler: the event is delivered again.
    OutboxEvent.update(delivered_at=None, claimed_until=None, waiting_handlers=None).execute()
    assert deliver_pending() >= 1
    assert balance(people.city.clerk) == 7
    check_books()


@pytest.mark.parametrize(
    ("event", "kind", "payload"),
    [
        ("rewards.innovation_adopted", PointEvent.INNOVATION_ADOPTED, {"innovation_id": 5}),
        ("rewards.award_granted", PointEvent.AWARD_GRANTED, {"award_id": 5}),
    ],
)
def test_what_other_areas_announce_earns_for_each_of_their_people(db, people, event, kind, payload):
    PointRule.create(name="-", event=kind, points=9, valid_from=date(2026, 1, 1))
    city = people.city
    ids = [city.officer.id, city.clerk.id] if kind is PointEvent.INNOVATION_ADOPTED else [city.officer.id]
    told = {"employee_ids": ids} if len(ids) > 1 else {"employee_id": ids[0]}

    with unit_of_work(system_context(db)) as work:
        work.emit(event, {**payload, **told})

    assert {row.employee_id: row.balance for row in PointAccount.select() if row.employee_id} == dict.fromkeys(ids, 9)


def test_an_award_that_is_revoked_takes_its_points_back(db, people):
    PointRule.create(name="-", event=PointEvent.AWARD_GRANTED, points=9, valid_from=date(2026, 1, 1))
    for event in ("rewards.award_granted", "rewards.award_revoked"):
        with unit_of_work(system_context(db)) as work:
            work.emit(event, {"award_id": 5, "employee_id": people.city.officer.id})

    assert balance(people.city.officer) == 0
    check_books()


def test_every_event_that_earns_or_takes_back_is_heard():
    known = {event.name for event in EVENTS}
    heard = {handler.event for handler in HANDLERS if handler.name.startswith(("rewards.earn_", "rewards.take_back_"))}

    assert heard == {source.name for source in SOURCES} | set(WITHDRAWN_BY)
    assert {name for name in heard if name.startswith("rewards.")} <= known
