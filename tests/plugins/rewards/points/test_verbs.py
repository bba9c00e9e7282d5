"""Every verb of points, done as a page does it by somebody who may, and refused to others."""

from datetime import date

import pytest

from plugins.rewards.points.models import PointAccount, PointTransaction, RewardRedemption
from plugins.rewards.points.terms import CapPeriod, PointEvent, PointMovement, RedemptionState
from plugins.rewards.points.verbs import VERBS
from tests.core.verbs.conftest import whole_world, world  # noqa: F401 - fixtures
from tests.support.verbs import Case, check, do

RULE = {
    "name": "Inovasi", "event": "INNOVATION_ADOPTED", "points": "50", "cap": "", "cap_period": "YEAR",
    "conditions": "", "expires_after_months": "24", "valid_from": "2026-02-01", "valid_to": "", "legal_basis": "",
}  # fmt: skip

CASES = [
    Case(
        "rewards.create_point_rule", "hr_admin", texts=lambda _w: RULE,
        expected={
            "event": PointEvent.INNOVATION_ADOPTED, "points": 50, "cap": None, "cap_period": CapPeriod.YEAR,
            "conditions": {}, "expires_after_months": 24, "valid_from": date(2026, 2, 1),
        },
    ),
    Case(
        "rewards.correct_point_rule", "hr_admin", "point_rule.now",
        lambda _w: {"points": "12", "cap": "24", "conditions": '{"min_characters": 20}', "valid_to": "2026-12-31"},
        {"points": 12, "cap": 24, "conditions": {"min_characters": 20}, "valid_to": date(2026, 12, 31), "version": 2},
    ),
    Case(
        "rewards.create_item", "hr_admin",
        texts=lambda _w: {"name": "Payung", "description": "", "price": "40", "stock": "3", "limit_per_year": ""},
        expected={"name": "Payung", "price": 40, "stock": 3, "limit_per_year": None, "is_active": True},
    ),
    Case(
        "rewards.correct_item", "hr_admin", "item.mug", lambda _w: {"price": "25", "stock": "", "is_active": "0"},
        {"price": 25, "stock": None, "is_active": False},
    ),
    Case(
        "rewards.redeem", "clerk", "item.mug", lambda _w: {"quantity": "2"},
        {"quantity": 2, "points": 40, "state": RedemptionState.ASKED_FOR}, RewardRedemption,
    ),
    Case(
        "rewards.approve_redemption", "rewards_officer", "redemption.clerk", lambda _w: {"note": "Selamat"},
        {"state": RedemptionState.APPROVED, "note": "Selamat"},
    ),
    Case(
        "rewards.refuse_redemption", "rewards_officer", "redemption.clerk", lambda _w: {"reason": "Habis"},
        {"state": RedemptionState.REFUSED, "note": "Habis"},
    ),
    Case(
        "rewards.hand_out_redemption", "rewards_officer", "approved", expected={"state": RedemptionState.HANDED_OUT},
    ),
    Case(
        "rewards.cancel_redemption", "clerk", "redemption.clerk", expected={"state": RedemptionState.CANCELLED},
    ),
    Case(
        "rewards.adjust_points", "hr_admin",
        texts=lambda w: {"employee_id": w.rows["employee.clerk"].id, "amount": "-30", "reason": "Salah hitung"},
        expected={"movement": PointMovement.ADJUSTED, "reason": "Salah hitung"},
    ),
    Case("rewards.give_consent", "deputy", expected={"is_given": True}),
    Case("rewards.withdraw_consent", "clerk", "consent.clerk", expected={"is_given": False}),
]  # fmt: skip


@pytest.fixture(autouse=True)
def more(world):  # noqa: F811 - a fixture
    """A request of the clerk's that was agreed to."""
    row = RewardRedemption.create(
        employee=world.rows["employee.clerk"], item=world.rows["item.mug"], points=20, key="approved",
        state=RedemptionState.APPROVED, requested_on=date(2026, 1, 15),
    )  # fmt: skip
    world.rows["approved"] = row


def test_every_verb_is_done():
    assert {verb.name for verb in VERBS} == {case.name for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_verb(world, case, monkeypatch):  # noqa: F811 - a fixture
    # Any employee may consent and spend; those without a post here are refused for other reasons.
    if case.name in {"rewards.give_consent", "rewards.redeem"}:
        monkeypatch.setattr("tests.support.verbs.OTHERS", ("anonymous", "lapsed"))
    check(world, case)


def test_a_form_that_is_sent_twice_spends_once(world):  # noqa: F811 - a fixture
    case = next(case for case in CASES if case.name == "rewards.redeem")

    first, again = do(world, case), do(world, case)

    assert first.id == again.id
    account = PointAccount.get(PointAccount.employee == world.rows["employee.clerk"].id)
    assert account.balance == 40
    assert PointTransaction.select().where(PointTransaction.redemption == first.id).count() == 1
