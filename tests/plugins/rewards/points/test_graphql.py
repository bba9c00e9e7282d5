"""Points as clients have them: the whole way from an event to what is handed out, and who sees what."""

from datetime import UTC, datetime

import pytest

from core.plugin_host import start
from plugins.rewards.points.models import PointAccount, PointTransaction
from plugins.rewards.points.terms import PointMovement
from schema.application import application_schema
from schema.execution import execute
from tests.plugins.rewards.points.conftest import check_books
from tests.support.calls import NOON, call_as
from tests.support.grants import give_role
from tests.support.statements import counted_statements

FEBRUARY = datetime(2026, 2, 10, 5, 0, tzinfo=UTC)


@pytest.fixture
def ask(db, people):
    """Ask as somebody."""
    schema = application_schema(start(db, ["rewards"], web=True))

    def answer(who, query, at=NOON, **variables):
        found = execute(schema, call_as(db, who.id, at), query, variables)
        assert "errors" not in found, found
        return found["data"]

    return answer


POINTS = """query($id: ID!) { node(id: $id) { ... on Employee {
  points { balance owed expiringSoon { day points } entries { totalCount nodes { amount transaction { movement } } } }
  redemptions { nodes { state points item { name } } }
  leaderboardConsent { isGiven } } } }"""


def test_the_whole_way(ask, people, give):
    city = people.city
    give_role(city.head, "hr_admin")
    rule = ask(
        city.head,
        """mutation { createPointRule(input: {name: "Umpan balik", event: FEEDBACK_GIVEN, points: 10,
          validFrom: "2026-01-01", cap: 30, conditions: {min_characters: 20, relations: ["PEER"]}}) {
          rule { name points cap capPeriod conditionTexts } problems { code } } }""",
    )["createPointRule"]
    assert rule == {
        "rule": {
            "name": "Umpan balik", "points": 10, "cap": 30, "capPeriod": "MONTH",
            "conditionTexts": ["with at least 20 characters", "given as one of: peer"],
        },
        "problems": [],
    }  # fmt: skip
    give(city.officer, 100)
    asked = """mutation($item: ID!) { redeemPoints(input: {itemId: $item, key: "a", quantity: 2}) {
      redemption { id version points state } problems { code message } } }"""
    first = ask(city.officer, asked, item=f"RewardItem:{people.mug.id}")["redeemPoints"]
    again = ask(city.officer, asked, item=f"RewardItem:{people.mug.id}")["redeemPoints"]
    assert first == again
    redemption = first["redemption"]
    assert (redemption["points"], redemption["state"]) == (60, "ASKED_FOR")
    step = """mutation($id: ID!, $version: Int!) { %s(input: {id: $id, version: $version}) {
      redemption { id version state } problems { code } } }"""
    approve, hand_out = step % "approveRedemption", step % "handOutRedemption"
    denied = ask(city.clerk, approve, id=redemption["id"], version=redemption["version"])["approveRedemption"]
    assert [problem["code"] for problem in denied["problems"]] == ["NOT_FOUND"]
    done = ask(city.chief, approve, id=redemption["id"], version=redemption["version"])["approveRedemption"][
        "redemption"
    ]
    done = ask(city.chief, hand_out, id=done["id"], version=done["version"])["handOutRedemption"]["redemption"]
    assert done["state"] == "HANDED_OUT"
    found = ask(city.officer, POINTS, id=f"Employee:{city.officer.id}")["node"]
    assert found == {
        "points": {
            "balance": 40, "owed": 0, "expiringSoon": [],
            "entries": {
                "totalCount": 2,
                "nodes": [
                    {"amount": -60, "transaction": {"movement": "SPENT"}},
                    {"amount": 100, "transaction": {"movement": "ADJUSTED"}},
                ],
            },
        },
        "redemptions": {"nodes": [{"state": "HANDED_OUT", "points": 60, "item": {"name": "Cangkir"}}]},
        "leaderboardConsent": None,
    }  # fmt: skip
    check_books()


def test_others_see_nothing_not_even_in_sums(ask, people, give):
    give(people.city.officer, 100)
    officer = f"Employee:{people.city.officer.id}"

    assert ask(people.city.clerk, POINTS, id=officer)["node"]["points"] is None
    # The head of the agency leads without a role for points.
    assert ask(people.city.head, POINTS, id=officer)["node"]["points"] is None
    accounts = """{ pointAccounts { totalCount nodes { balance } } pointEntries { totalCount }
      pointTransactions { totalCount } }"""
    assert ask(people.city.clerk, accounts) == {
        "pointAccounts": {"totalCount": 0, "nodes": []},
        "pointEntries": {"totalCount": 0},
        "pointTransactions": {"totalCount": 0},
    }
    # What sums up all rows is under the same policy.
    sums = "{ pointEntriesAggregate { groups { count values { amount { sum } } } } }"
    found = {
        who: ask(getattr(people.city, who), sums)["pointEntriesAggregate"]["groups"] for who in ("clerk", "officer")
    }
    assert found == {
        "clerk": [{"count": 0, "values": {"amount": {"sum": None}}}],
        "officer": [{"count": 1, "values": {"amount": {"sum": "100"}}}],
    }


def test_with_the_setting_a_superior_sees_the_balance_and_no_entry(db, people, give):
    give(people.city.clerk, 70)
    other = db.model_copy(update={"sections": {"rewards": {"superiors_see_points": True}}})
    other._typed.clear()
    schema = application_schema(start(other, ["rewards"], web=True))
    give(people.city.other, 30)

    def ask_as(who, employee):
        return execute(schema, call_as(other, who.id), POINTS, {"id": f"Employee:{employee.id}"})["data"]["node"]

    seen = ask_as(people.city.other_chief, people.city.other)
    assert seen["points"]["balance"] == 30
    assert seen["points"]["entries"] == {"totalCount": 0, "nodes": []}
    assert (ask_as(people.city.other_chief, people.city.clerk) or {"points": None})["points"] is None
    start(db, ["rewards"], web=False)


def test_adjusting_says_why_and_counts_once(ask, people):
    give_role(people.city.head, "hr_admin")
    adjust = """mutation($id: ID!, $amount: Int!, $reason: String!) { adjustPoints(input: {employeeId: $id,
      amount: $amount, reason: $reason, key: "k"}) { transaction { movement reason madeBy }
      problems { code path } } }"""
    officer = f"Employee:{people.city.officer.id}"

    for _ in range(2):
        made = ask(people.city.head, adjust, id=officer, amount=15, reason="Koreksi")["adjustPoints"]
        assert made["transaction"]["movement"] == "ADJUSTED"
    assert PointAccount.get(PointAccount.employee == people.city.officer.id).balance == 15
    assert PointTransaction.select().where(PointTransaction.movement == PointMovement.ADJUSTED).count() == 1
    wrong = ((" ", 5, "POINTS_REASON"), ("-", 0, "POINTS_NONE"), ("-", 10**7, "NUMBER_OUT_OF_RANGE"))
    for reason, amount, code in wrong:
        refused = ask(people.city.head, adjust, id=officer, amount=amount, reason=reason)["adjustPoints"]
        assert [problem["code"] for problem in refused["problems"]] == [code]
    own = ask(people.city.head, adjust, id=f"Employee:{people.city.head.id}", amount=5, reason="-")["adjustPoints"]
    assert [problem["code"] for problem in own["problems"]] == ["OWN_POINTS"]


def test_leaderboard_and_sums_of_units(ask, people, give):
    board = """query($unit: ID!) { pointLeaderboard(unitId: $unit, year: 2026, month: 1) {
      isWithheld fewest places { rank name points } } }"""
    consent = "mutation { setLeaderboardConsent(input: {isGiven: true}) { consent { isGiven } problems { code } } }"
    city = people.city
    unit = f"WorkUnit:{city.root.id}"
    assert ask(city.clerk, board, unit=unit)["pointLeaderboard"] == {"isWithheld": True, "fewest": 5, "places": []}
    everybody = (city.officer, city.clerk, city.other, city.chief, city.head)
    for one in everybody:
        assert ask(one, consent)["setLeaderboardConsent"]["consent"] == {"isGiven": True}
    found = ask(city.clerk, board, unit=unit, at=FEBRUARY)["pointLeaderboard"]
    assert {place["rank"] for place in found["places"]} == {1}
    assert len(found["places"]) == 5
    sums = "query($id: ID!) { node(id: $id) { ... on WorkUnit { pointsEarned(year: 2026, month: 1) { points } } } }"
    # Two did not consent: of them the sum would tell.
    assert ask(city.clerk, sums, at=FEBRUARY, id=unit)["node"]["pointsEarned"] == {"points": None}


@pytest.mark.parametrize("count", [5, 50])
def test_lists_take_as_many_statements_for_many_as_for_few(ask, people, give, count):
    give_role(people.city.head, "auditor")
    for number in range(count):
        give(people.city.officer, number + 1)
    query = """{ pointEntries(first: 100) { totalCount nodes { amount account { balance employee { name }
      expiringSoon { points } } transaction { movement rule { name conditionTexts } } } } }"""

    with counted_statements() as found:
        data = ask(people.city.head, query)

    assert data["pointEntries"]["totalCount"] == 2 * count
    assert len(found) <= 14
