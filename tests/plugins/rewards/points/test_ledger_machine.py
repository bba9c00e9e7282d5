"""The ledger under every order of earning, taking back, spending, giving back, expiry and adjusting."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.errors import Refused
from plugins.rewards.points.models import PointAccount, PointRule, PointTransaction, RewardItem, RewardRedemption
from plugins.rewards.points.services import catalogue, earning
from plugins.rewards.points.services.adjusting import adjust_points
from plugins.rewards.points.sources import Deed, Source
from plugins.rewards.points.terms import PointEvent, PointMovement
from tests.plugins.rewards.points.conftest import check_books, happened
from tests.support import databases
from tests.support.calls import NOON, call_as, system_context
from tests.support.city import build_city
from tests.support.grants import give_role


def deed_of(payload):
    return [Deed(payload["employee_id"], "Deed", payload["deed"])]


SOURCE = Source(PointEvent.INNOVATION_ADOPTED, "rewards.innovation_adopted", lambda _ctx, payload: deed_of(payload))


def code_of(act):
    """Do something; return the code of its refusal, None where it was done."""
    try:
        act()
    except Refused as refusal:
        return refusal.problems[0].code
    return None


class Ledger(RuleBasedStateMachine):
    """Two employees, two rules, one thing to buy, and days that go by; a plain model beside it counts along."""

    configuration = None

    @initialize()
    def begin(self):
        databases.empty()
        city = build_city()
        self.city, self.at, self.deeds = city, NOON, []
        self.people = [city.officer, city.clerk]
        give_role(city.chief, "rewards.officer")
        for person in self.people:
            give_role(person, "auditor")
        self.item = RewardItem.create(name="Cangkir", price=15, stock=6)
        for points, months, cap in ((20, 1, None), (7, None, 14)):
            PointRule.create(
                name="-", event=SOURCE.kind, points=points, cap=cap, expires_after_months=months,
                valid_from=date(2026, 1, 1),
            )  # fmt: skip
        self.expected_points = {person.id: 0 for person in self.people}
        self.stock = 6

    def ctx(self, who=None):
        settings = self.configuration
        return system_context(settings, self.at) if who is None else call_as(settings, who.id, self.at)

    def balance(self, person):
        account = PointAccount.get_or_none(PointAccount.employee == person.id)
        return account.balance if account else 0

    @rule(who=st.integers(0, 1), again=st.booleans())
    def earn(self, who, again):
        """Something is done; told twice it counts once."""
        person = self.people[who]
        number = len(self.deeds) + 1
        event = happened(SOURCE.name, {"employee_id": person.id, "deed": number}, self.at, number)
        made = earning.earn_by(SOURCE, event, self.ctx())
        assert made in {1, 2}
        if again:
            assert earning.earn_by(SOURCE, event, self.ctx()) == 0
        self.deeds.append(number)

    @precondition(lambda self: self.deeds)
    @rule(data=st.data())
    def take_back(self, data):
        """What was done is withdrawn; a second time nothing happens."""
        number = data.draw(st.sampled_from(self.deeds))
        earning.take_back_of(self.ctx(), "Deed", number, "-")
        assert earning.take_back_of(self.ctx(), "Deed", number, "-") == 0

    @rule(who=st.integers(0, 1), quantity=st.integers(1, 3), key=st.sampled_from("abcd"))
    def redeem(self, who, quantity, key):
        """A request takes points and stock, or changes nothing."""
        person = self.people[who]
        before, known = self.balance(person), RewardRedemption.select().count()
        code = code_of(lambda: catalogue.redeem(self.ctx(person), self.item.id, key, quantity))
        if code is not None:
            assert code in {"POINTS_TOO_FEW", "ITEM_OUT_OF_STOCK", "REDEMPTION_KEY_REUSED"}
            assert self.balance(person) == before
            return
        self.stock -= quantity * (RewardRedemption.select().count() - known)

    @rule(data=st.data(), step=st.sampled_from(("approve", "refuse", "hand_out", "cancel")))
    def go_on(self, data, step):
        """A request goes on, where its state allows it."""
        rows = list(RewardRedemption.select().order_by(RewardRedemption.id))
        if not rows:
            return
        row = data.draw(st.sampled_from(rows))
        person = next(one for one in self.people if one.id == row.employee_id)
        chief = self.ctx(self.city.chief)
        steps = {
            "approve": lambda: catalogue.approve_redemption(chief, row.id, None),
            "refuse": lambda: catalogue.refuse_redemption(chief, row.id, None, "-"),
            "hand_out": lambda: catalogue.hand_out_redemption(chief, row.id, None),
            "cancel": lambda: catalogue.cancel_redemption(self.ctx(person), row.id, None),
        }
        before = self.balance(person)
        code = code_of(steps[step])
        if code is not None:
            assert code == "REDEMPTION_STEP"
            assert self.balance(person) == before
            return
        if step in {"refuse", "cancel"}:
            assert self.balance(person) == before + row.points
            self.stock += row.quantity

    @rule(who=st.integers(0, 1), amount=st.integers(-40, 40).filter(bool))
    def adjust(self, who, amount):
        """An officer gives or takes, never more than there is."""
        person = self.people[who]
        code = code_of(lambda: adjust_points(self.ctx(self.city.chief), person.id, amount, "-"))
        assert code in {None, "POINTS_TOO_FEW"}

    @rule(days=st.integers(1, 40), swept=st.booleans())
    def days_go_by(self, days, swept):
        """Time passes; the job may or may not have run."""
        self.at += timedelta(days=days)
        if swept:
            earning.expire_points(self.ctx())
            assert earning.expire_points(self.ctx()) == 0

    @invariant()
    def books_are_right(self):
        """Balanced, never below nought, sums as repeated, debts accounted for, stock as counted, one return each."""
        if not hasattr(self, "city"):
            return
        check_books()
        assert RewardItem.get_by_id(self.item.id).stock == self.stock >= 0
        for movement in (PointMovement.SPENT, PointMovement.RETURNED):
            rows = [row.redemption_id for row in PointTransaction.select().where(PointTransaction.movement == movement)]
            assert len(rows) == len(set(rows))


@pytest.fixture
def machine(registry, db):
    """The machine on the database of this test."""
    return type("OnDatabase", (Ledger,), {"configuration": db})


def test_the_ledger_holds_in_every_order(machine):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
