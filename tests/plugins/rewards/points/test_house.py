"""Demo data, the card and the checks of points and of simulations."""

from datetime import UTC, datetime

import pytest

from plugins.rewards.allowance import demo as allowance_demo
from plugins.rewards.allowance.models import AllowanceRun
from plugins.rewards.points import demo
from plugins.rewards.points.cards import figures
from plugins.rewards.points.checks import CHECKS
from plugins.rewards.points.models import LeaderboardConsent, PointAccount, PointEntry, PointRule, RewardRedemption
from plugins.rewards.points.services import catalogue
from plugins.rewards.points.terms import RedemptionState
from tests.plugins.rewards.points.conftest import check_books
from tests.support.calls import call_as, system_context
from tests.support.city import person, post, unit

NOVEMBER = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


@pytest.fixture
def registry_of_the_demo(registry):
    """The unit of the demo city with eight people."""
    home = unit("04.3", "Pencatatan Sipil", None)
    made = []
    for number in range(8):
        employee = person(f"19900{number + 1}172015031{number + 10:03}", f"Pegawai {number}")
        made.append(post(employee, home, f"Staf {number}", "PELAKSANA", is_head=False))
    return made


def test_the_demo_has_every_step_and_its_books_are_balanced(db, registry_of_the_demo):
    ctx = system_context(db, NOVEMBER)

    demo.load(ctx, 1)
    allowance_demo.load(ctx, 1)

    assert PointRule.select().count() == 6
    assert sorted(row.state.value for row in RewardRedemption.select()) == [
        "APPROVED", "ASKED_FOR", "HANDED_OUT", "REFUSED",
    ]  # fmt: skip
    assert LeaderboardConsent.select().where(LeaderboardConsent.is_given).count() == 6
    check_books()
    run = AllowanceRun.get()
    # Nobody was evaluated here: that is said of everybody.
    assert (run.employees, run.incomplete) == (8, 8)


def test_a_city_without_the_registry_gets_nothing(db, registry):
    ctx = system_context(db, NOVEMBER)
    demo.load(ctx, 1)
    allowance_demo.load(ctx, 1)
    assert PointRule.select().count() == AllowanceRun.select().count() == 0


def test_the_card_shows_the_own_points_and_what_waits(db, people_with_points):
    city, _ = people_with_points
    shown = {figure.label: figure.value for figure in figures(call_as(db, city.officer.id))}
    assert shown == {"My points": "70", "Of these expiring soon": "0"}
    assert {figure.label: figure.value for figure in figures(call_as(db, city.chief.id))} == {
        "Requests that wait for a decision": "1"
    }
    assert figures(call_as(db, city.clerk.id)) == []


@pytest.fixture
def people_with_points(people, give):
    """The officer has asked for something."""
    give(people.city.officer, 100)
    made = catalogue.redeem(people.as_(people.city.officer), people.mug.id, "k")
    assert made.state is RedemptionState.ASKED_FOR
    return people.city, people.mug


def test_the_doctor_finds_books_that_are_wrong(db, people_with_points):
    def asked():
        return [problem.code for check in CHECKS for problem in check.run(system_context(db))]

    assert asked() == []
    PointAccount.update(balance=1).where(PointAccount.employee.is_null(False)).execute()
    assert asked() == ["POINTS_BALANCE_DIFFERS"]
    PointEntry.update(amount=-29).where(PointEntry.amount == -30).execute()
    assert asked() == ["POINTS_LEDGER_UNBALANCED", "POINTS_BALANCE_DIFFERS"]


def test_an_employee_who_is_deleted_leaves_balanced_books(db, people_with_points):
    city, _ = people_with_points
    account = PointAccount.get(PointAccount.employee == city.officer.id)
    PointAccount.update(employee=None).where(PointAccount.id == account.id).execute()
    assert [problem for check in CHECKS for problem in check.run(system_context(db))] == []
