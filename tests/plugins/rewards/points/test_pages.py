"""The pages of one's own points and of one's own simulated allowance, in a browser."""

import re
from datetime import date

import pytest

from core.organisation.models import Position
from core.plugin_api import utc_now
from plugins.rewards.allowance.services.examples import adopt_example
from plugins.rewards.allowance.terms import BasisBy
from plugins.rewards.points.models import LeaderboardConsent, PointAccount, RewardItem, RewardRedemption
from plugins.rewards.points.services.adjusting import adjust_points
from plugins.rewards.points.terms import RedemptionState
from tests.support.apps import app_of
from tests.support.calls import system_context
from tests.support.office import Person, add_people


@pytest.fixture
def app(db, city):
    app = app_of(db, ["rewards"])
    add_people(city, {"officer": None, "clerk": None, "guest": "auditor"})
    adjust_points(system_context(db, utc_now()), city.officer.id, 100, "Saldo awal")
    RewardItem.create(name="Cangkir <b>", description="Putih & besar", price=30, stock=5)
    RewardItem.create(name="Lama", price=1, is_active=False)
    return app


@pytest.fixture
def officer(app):
    return Person(app, "officer")


def key_in(page):
    return re.search(r'name="key" value="([0-9a-f]{32})"', page).group(1)


def test_points_are_spent_once_and_the_request_is_withdrawn(officer):
    page = officer.get("/-/rewards/points").text
    assert "<strong>100</strong>" in page
    assert "Cangkir &lt;b&gt;" in page
    assert "Lama" not in page
    item = RewardItem.get(RewardItem.is_active)

    for _ in range(2):
        answer = officer.post("/-/rewards/points/redeem", item=item.id, quantity="2", key=key_in(page))
        assert (answer.status_code, answer.location) == (302, "/-/rewards/points")
    page = officer.get("/-/rewards/points").text
    assert "<strong>40</strong>" in page
    row = RewardRedemption.get()
    assert RewardRedemption.select().count() == 1
    assert officer.post("/-/rewards/points/cancel", id=row.id).status_code == 302
    assert RewardRedemption.get_by_id(row.id).state is RedemptionState.CANCELLED
    assert "<strong>100</strong>" in officer.get("/-/rewards/points").text


def test_a_refusal_is_told_on_the_page_and_changes_nothing(officer):
    item = RewardItem.get(RewardItem.is_active)

    answer = officer.post("/-/rewards/points/redeem", item=item.id, quantity="4", key="k")

    assert answer.status_code == 422
    assert "This takes 120 points, 100 are there." in answer.text
    assert PointAccount.get(PointAccount.employee.is_null(False)).balance == 100
    assert officer.post("/-/rewards/points/redeem", item="x", quantity="", key="k").status_code == 422
    assert RewardRedemption.select().count() == 0


def test_without_the_forms_token_nothing_is_done(officer):
    for path in ("redeem", "cancel", "consent"):
        assert officer.post(f"/-/rewards/points/{path}", token="another", given="1").status_code == 400
    assert LeaderboardConsent.select().count() == 0


def test_consent_is_given_and_withdrawn(officer):
    assert "You are named on no leaderboard unless you agree." in officer.get("/-/rewards/points").text
    officer.post("/-/rewards/points/consent", given="1")
    page = officer.get("/-/rewards/points").text
    assert "You agreed to be named on leaderboards." in page
    assert "Nobody is named before 5 people of the unit have agreed." in page
    officer.post("/-/rewards/points/consent", given="0")
    assert [row.is_given for row in LeaderboardConsent.select()] == [False]


def test_others_see_their_own_page_and_strangers_the_log_in(app, officer):
    assert "<strong>0</strong>" in Person(app, "clerk").get("/-/rewards/points").text
    assert "This log-in belongs to no employee" in Person(app, "guest").get("/-/rewards/points").text
    stranger = app.test_client()
    for path in ("points", "allowance"):
        answer = stranger.get(f"/-/rewards/{path}")
        assert (answer.status_code, answer.location.partition("?")[0]) == (302, "/admin/login")
    assert stranger.post("/-/rewards/points/consent", data={"given": "1"}).status_code == 302
    assert LeaderboardConsent.select().count() == 0


def test_the_simulation_says_that_it_is_no_payroll_and_what_is_missing(db, city, app, officer):
    page = officer.get("/-/rewards/allowance", month="2026-06").text
    assert "A simulation, never a payroll: nothing is paid by it." in page
    assert "No table of the allowance is in force in this month." in page
    Position.update(job_class=9).where(Position.id == city.positions["officer"].id).execute()
    adopt_example(
        system_context(db), code="kepahiang", regulation="Perbup 1/2026", valid_from=date(2026, 1, 1),
        basis_by=BasisBy.JOB_CLASS, amounts={"9": "5000000"},
    )  # fmt: skip

    page = officer.get("/-/rewards/allowance", month="2026-06").text

    assert "Perbup 1/2026" in page
    assert "3,000,000" in page
    assert "No predicate is final for the span that counts." in page
    assert "Result (simulated" not in page
    # Whatever else is asked for is this month.
    assert officer.get("/-/rewards/allowance", month="2026-13").status_code == 200
    assert "Simulasi, bukan daftar gaji" in Person(app, "officer", "id").get("/-/rewards/allowance").text
    assert "This log-in belongs to no employee" in Person(app, "guest").get("/-/rewards/allowance").text
