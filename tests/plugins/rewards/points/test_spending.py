"""The catalogue: what is asked for takes points and stock at once, and a refusal gives both back."""

from datetime import date, timedelta

import pytest

from core.errors import Refused
from core.work import unit_of_work
from plugins.rewards.points.models import (
    PointEntry,
    PointTransaction,
    RewardItem,
    RewardRedemption,
)
from plugins.rewards.points.services import catalogue
from plugins.rewards.points.services.earning import expire_points
from plugins.rewards.points.services.ledger import Coming, credit, hold_account
from plugins.rewards.points.terms import PointMovement, RedemptionState
from tests.plugins.rewards.points.conftest import balance, check_books
from tests.support.calls import NOON, system_context


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


def test_points_and_stock_are_taken_once_however_often_it_is_sent(people, give):
    give(people.city.officer, 100)
    ctx = people.as_(people.city.officer)

    first = catalogue.redeem(ctx, people.mug.id, "k1", 2)
    again = catalogue.redeem(ctx, people.mug.id, "k1", 2)

    assert (first.id, first.points, first.state) == (again.id, 60, RedemptionState.ASKED_FOR)
    assert balance(people.city.officer) == 40
    assert RewardItem.get_by_id(people.mug.id).stock == 0
    with pytest.raises(Refused) as refusal:
        catalogue.redeem(ctx, people.mug.id, "k1", 1)
    assert codes(refusal) == ["REDEMPTION_KEY_REUSED"]
    check_books()


@pytest.mark.parametrize(
    ("changes", "quantity", "key", "code"),
    [
        ({}, 0, "k", "NUMBER_OUT_OF_RANGE"),
        ({}, 101, "k", "NUMBER_OUT_OF_RANGE"),
        ({}, 1, " ", "REDEMPTION_KEY"),
        ({}, 1, "x" * 65, "REDEMPTION_KEY"),
        ({}, 3, "k", "ITEM_OUT_OF_STOCK"),
        ({"price": 101}, 1, "k", "POINTS_TOO_FEW"),
        ({"limit_per_year": 1}, 2, "k", "ITEM_LIMIT"),
        ({"is_active": False}, 1, "k", "NOT_FOUND"),
    ],
)
def test_what_cannot_be_had_changes_nothing(people, give, changes, quantity, key, code):
    give(people.city.officer, 100)
    if changes:
        RewardItem.update(changes).where(RewardItem.id == people.mug.id).execute()

    with pytest.raises(Refused) as refusal:
        catalogue.redeem(people.as_(people.city.officer), people.mug.id, key, quantity)

    assert codes(refusal) == [code]
    assert balance(people.city.officer) == 100
    assert (RewardItem.get_by_id(people.mug.id).stock, RewardRedemption.select().count()) == (2, 0)


def test_a_limit_counts_what_stands_and_not_what_was_given_back(people, give):
    give(people.city.officer, 100)
    RewardItem.update(limit_per_year=1).where(RewardItem.id == people.mug.id).execute()
    ctx = people.as_(people.city.officer)
    first = catalogue.redeem(ctx, people.mug.id, "a")
    with pytest.raises(Refused):
        catalogue.redeem(ctx, people.mug.id, "b")

    catalogue.cancel_redemption(ctx, first.id, first.version)

    assert catalogue.redeem(ctx, people.mug.id, "b").state is RedemptionState.ASKED_FOR
    check_books()


def test_the_way_to_the_hand(people, give):
    give(people.city.officer, 100)
    asked = catalogue.redeem(people.as_(people.city.officer), people.mug.id, "k")
    chief = people.as_(people.city.chief)

    approved = catalogue.approve_redemption(chief, asked.id, asked.version, "Selamat")
    assert (approved.state, approved.decided_by, approved.decided_on) == (
        RedemptionState.APPROVED, chief.actor.name, chief.today,
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        catalogue.cancel_redemption(people.as_(people.city.officer), asked.id, None)
    assert codes(refusal) == ["REDEMPTION_STEP"]
    given = catalogue.hand_out_redemption(chief, asked.id, None)

    assert (given.state, given.handed_out_on) == (RedemptionState.HANDED_OUT, chief.today)
    for step in (catalogue.approve_redemption, catalogue.hand_out_redemption):
        with pytest.raises(Refused) as refusal:
            step(chief, asked.id, None)
        assert codes(refusal) == ["REDEMPTION_STEP"]
    assert balance(people.city.officer) == 70
    check_books()


def test_a_refusal_gives_points_and_stock_back_also_after_approval(people, give):
    give(people.city.officer, 100)
    chief = people.as_(people.city.chief)
    for key in ("a", "b"):
        asked = catalogue.redeem(people.as_(people.city.officer), people.mug.id, key)
        if key == "b":
            catalogue.approve_redemption(chief, asked.id, None)
        with pytest.raises(Refused) as refusal:
            catalogue.refuse_redemption(chief, asked.id, None, "  ")
        assert codes(refusal) == ["POINTS_REASON"]
        assert balance(people.city.officer) == 70

        refused = catalogue.refuse_redemption(chief, asked.id, None, "Habis")

        assert (refused.state, refused.note) == (RedemptionState.REFUSED, "Habis")
        assert balance(people.city.officer) == 100
        assert RewardItem.get_by_id(people.mug.id).stock == 2
    check_books()


def test_nobody_decides_on_the_own_request_nor_without_a_role(people, give):
    give(people.city.chief, 100)
    give(people.city.officer, 100)
    own = catalogue.redeem(people.as_(people.city.chief), people.mug.id, "k")
    other = catalogue.redeem(people.as_(people.city.officer), people.mug.id, "k")

    with pytest.raises(Refused) as refusal:
        catalogue.approve_redemption(people.as_(people.city.chief), own.id, None)
    assert codes(refusal) == ["OWN_REDEMPTION"]
    # A colleague does not even see it.
    with pytest.raises(Refused) as refusal:
        catalogue.approve_redemption(people.as_(people.city.clerk), other.id, None)
    assert codes(refusal) == ["NOT_FOUND"]
    with pytest.raises(Refused) as refusal:
        catalogue.cancel_redemption(people.as_(people.city.chief), other.id, None)
    assert codes(refusal) == ["FORBIDDEN"]


def lots(db, employee, *parts):
    ctx = system_context(db)
    with unit_of_work(ctx) as work:
        account = hold_account(employee.id)
        for number, (amount, day) in enumerate(parts):
            credit(work, account, PointMovement.EARNED, [Coming(amount, day)], key=f"test:{number}")


def test_what_expires_first_is_spent_first_and_comes_back_with_its_day(db, people):
    soon, late = date(2026, 1, 20), date(2026, 12, 31)
    lots(db, people.city.officer, (20, None), (20, late), (20, soon))
    ctx = people.as_(people.city.officer)

    asked = catalogue.redeem(ctx, people.mug.id, "k")
    catalogue.cancel_redemption(ctx, asked.id, None)

    returned = (
        PointEntry.select()
        .join(PointTransaction)
        .where((PointTransaction.movement == PointMovement.RETURNED) & (PointEntry.amount > 0))
        .order_by(PointEntry.id)
    )
    # The first would have expired in five days: the time it was away is given back.
    assert [(row.amount, row.expires_on) for row in returned] == [(20, date(2026, 2, 14)), (10, late)]
    check_books()


def test_points_expire_on_their_day_once(db, people):
    lots(db, people.city.officer, (20, date(2026, 1, 15)), (30, date(2026, 1, 16)), (50, None))
    ctx = system_context(db)

    assert expire_points(ctx) == 20
    assert expire_points(ctx) == 0
    assert balance(people.city.officer) == 80
    assert expire_points(system_context(db, NOON + timedelta(days=1))) == 30
    assert balance(people.city.officer) == 50
    check_books()


def test_expired_points_are_not_spent_before_the_job_has_run(db, people):
    lots(db, people.city.officer, (20, date(2026, 1, 15)), (20, None))

    with pytest.raises(Refused) as refusal:
        catalogue.redeem(people.as_(people.city.officer), people.mug.id, "k")

    assert codes(refusal) == ["POINTS_TOO_FEW"]
    assert refusal.value.problems[0].params == {"needed": 30, "balance": 20}
