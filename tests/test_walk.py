"""The performance cycle of a civil servant from draft to final decision, over HTTP, each person with an own token."""

from datetime import date

import pytest

import schema.context
from core.app import create_app
from core.database import database
from core.identity import services as identity
from tests.support.calls import on, system_context
from tests.support.city import build_city

PEOPLE = ("secretary", "head", "chief", "officer", "clerk", "other_chief", "other")
PASSWORD = "lima kata acak yang panjang"
LOGIN = """mutation($username: String!, $password: String!) {
  login(input: {username: $username, password: $password}) { accessToken problems { code } } }"""
SELECTIONS = {
    "plan": "plan { id version state returnNote revision evaluator { name } }",
    "record": "record { id quantity note }",
    "feedback": "feedback { id text }",
    "performance": "organizationPerformance { id rating }",
    "evaluation": "evaluation { id version state resultRating behaviorRating predicate receivedOn explanation }",
    "objection": "objection { id version state dueOn }",
}


class Town:
    """Seven people with accounts and a calendar that the test turns."""

    def __init__(self, client, monkeypatch, city):
        self.client, self.city, self._patch = client, city, monkeypatch
        self.today = None

    def turn_to(self, day):
        """Make it noon of `day`."""
        self.today = day
        self._patch.setattr(schema.context, "utc_now", lambda: on(day))

    def ask(self, who, query, **variables):
        """Log in as `who` and send one operation."""
        answer = self._post(LOGIN, {"username": who, "password": PASSWORD})["data"]["login"]
        assert answer["problems"] == []
        return self._post(query, variables, answer["accessToken"])

    def act(self, who, field, kind, given):
        """Call a mutation as `who`; return the changed object, or the codes of the problems."""
        query = (
            f"mutation($input: {field[0].upper()}{field[1:]}Input!) "
            f"{{ {field}(input: $input) {{ {SELECTIONS[kind]} problems {{ path code message }} }} }}"
        )
        answer = self.ask(who, query, input=given)
        assert "errors" not in answer, answer
        payload = answer["data"][field]
        problems = payload.pop("problems")
        assert all(problem["message"] and problem["path"][0] == "input" for problem in problems), problems
        return [problem["code"] for problem in problems] or next(iter(payload.values()))

    def refuse(self, wrong, field, kind, given, codes=("FORBIDDEN", "NOT_FOUND")):
        """Let every wrong person try: each is refused, and nothing has changed."""
        for who in wrong:
            before = contents()
            answer = self.act(who, field, kind, given)
            assert isinstance(answer, list), (who, field, answer)
            assert set(answer) <= set(codes), (who, field, answer)
            assert contents() == before, (who, field)

    def _post(self, query, variables, token=None):
        headers = {"Accept-Language": "en", **({"Authorization": f"Bearer {token}"} if token else {})}
        response = self.client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
        assert response.status_code == 200, response.json
        return response.json


def contents():
    """Return every row of every table that a log-in does not write."""
    own = ("login_session", "account", "history_record", "outbox_event", "sqlite_")
    tables = sorted(name for name in database.get_tables() if not name.startswith(own))
    return {name: sorted(map(repr, database.execute_sql(f'SELECT * FROM "{name}"').fetchall())) for name in tables}


@pytest.fixture
def town(db, monkeypatch):
    client = create_app(db, plugins=[]).test_client()
    town = Town(client, monkeypatch, build_city())
    ctx = system_context(db)
    for who in PEOPLE:
        identity.create_account(ctx, username=who, password=PASSWORD, employee_id=getattr(town.city, who).id)
    return town


def everybody_but(*right):
    return [who for who in PEOPLE if who not in right]


def agreed_plan(town):
    """Walk from a draft over a return to the approved plan; return it with its indicator."""
    period = f"EvaluationPeriod:{town.city.period.id}"
    town.turn_to(date(2026, 1, 12))
    draft = {
        "periodId": period,
        "employeeId": f"Employee:{town.city.officer.id}",
        "workResults": [
            {
                "statement": "Akta kelahiran terbit tepat waktu",
                "indicators": [
                    {
                        "statement": "Rata-rata waktu tunggu",
                        "aspect": "TIME",
                        "unitOfMeasure": "hari",
                        "targetMin": "1",
                        "targetMax": "3",
                        "direction": "LOWER_IS_BETTER",
                        "pattern": "POSITION",
                    }
                ],
            }
        ],
    }
    town.refuse(everybody_but("officer", "chief"), "createPlan", "plan", draft)
    plan = town.act("officer", "createPlan", "plan", draft)
    assert (plan["state"], plan["evaluator"]["name"]) == ("DRAFT", "Siti Aminah")

    step = {"planId": plan["id"], "version": plan["version"]}
    town.refuse(everybody_but("officer"), "submitPlan", "plan", step)
    plan = town.act("officer", "submitPlan", "plan", step)
    assert plan["state"] == "SUBMITTED"

    step = {"planId": plan["id"], "version": plan["version"], "note": "Tambahkan target mutu"}
    town.refuse(everybody_but("chief"), "returnPlan", "plan", step)
    plan = town.act("chief", "returnPlan", "plan", step)
    assert (plan["state"], plan["returnNote"]) == ("RETURNED", "Tambahkan target mutu")

    plan = town.act("officer", "submitPlan", "plan", {"planId": plan["id"], "version": plan["version"]})
    step = {"planId": plan["id"], "version": plan["version"]}
    assert town.act("chief", "approvePlan", "plan", {**step, "version": plan["version"] - 1}) == ["STALE_VERSION"]
    town.refuse(everybody_but("chief"), "approvePlan", "plan", step)
    plan = town.act("chief", "approvePlan", "plan", step)
    assert (plan["state"], plan["revision"]) == ("APPROVED", 1)
    selection = "workResults { nodes { indicators { nodes { id } } } }"
    query = f"query($id: ID!) {{ node(id: $id) {{ ... on PerformancePlan {{ {selection} }} }} }}"
    (result,) = town.ask("officer", query, id=plan["id"])["data"]["node"]["workResults"]["nodes"]
    return plan, result["indicators"]["nodes"][0]["id"]


def final_evaluation(town):
    """Walk on over progress, feedback, the unit's performance and both ratings to the final evaluation."""
    plan, indicator = agreed_plan(town)
    town.turn_to(date(2026, 3, 31))
    report = {"indicatorId": indicator, "happenedOn": "2026-03-30", "quantity": "2.5", "note": "Antrean daring dipakai"}
    town.refuse(everybody_but("officer"), "recordProgress", "record", report)
    assert town.act("officer", "recordProgress", "record", report)["quantity"] == "2.5"

    feedback = {"planId": plan["id"], "tone": "POSITIVE", "text": "Waktu tunggu turun. Pertahankan."}
    town.refuse(["other_chief", "other"], "giveFeedback", "feedback", feedback)
    town.act("chief", "giveFeedback", "feedback", feedback)

    town.turn_to(date(2026, 4, 10))
    window = town.ask("chief", "{ periods { nodes { id windows { nodes { id number } } } } }")
    (period,) = window["data"]["periods"]["nodes"]
    quarter = next(node["id"] for node in period["windows"]["nodes"] if node["number"] == 1)
    rating = {"planId": plan["id"], "windowId": quarter, "resultRating": "ABOVE", "behaviorRating": "ABOVE"}
    town.refuse(everybody_but("chief"), "rateEvaluation", "evaluation", rating)
    evaluation = town.act("chief", "rateEvaluation", "evaluation", rating)
    assert (evaluation["state"], evaluation["predicate"]) == ("RATED", None)

    step = {"evaluationId": evaluation["id"], "version": evaluation["version"]}
    assert town.act("chief", "finaliseEvaluation", "evaluation", step) == ["ORGANIZATION_PERFORMANCE_MISSING"]
    unit = {
        "unitId": f"WorkUnit:{town.city.registry.id}",
        "periodId": period["id"],
        "windowId": quarter,
        "rating": "GOOD",
        "basis": "Rencana aksi tercapai",
    }
    town.refuse(everybody_but("head"), "setOrganizationPerformance", "performance", unit)
    town.act("head", "setOrganizationPerformance", "performance", unit)
    town.refuse(everybody_but("chief"), "finaliseEvaluation", "evaluation", step)
    evaluation = town.act("chief", "finaliseEvaluation", "evaluation", step)
    assert (evaluation["state"], evaluation["predicate"], evaluation["receivedOn"]) == (
        "FINAL",
        "VERY_GOOD",
        "2026-04-10",
    )
    assert evaluation["explanation"]["rule"]["kind"] == "predicate_matrix"
    return evaluation


def test_the_employee_sees_no_rating_before_it_is_final(town):
    plan, _ = agreed_plan(town)
    town.turn_to(date(2026, 4, 10))
    quarter = town.ask("chief", "{ periods { nodes { windows(filter: {number: {eq: 1}}) { nodes { id } } } } }")
    (window,) = quarter["data"]["periods"]["nodes"][0]["windows"]["nodes"]
    rating = {"planId": plan["id"], "windowId": window["id"], "resultRating": "BELOW", "behaviorRating": "MEETS"}
    evaluation = town.act("chief", "rateEvaluation", "evaluation", rating)

    seen = town.ask(
        "officer",
        "query($id: ID!) { node(id: $id) { id } evaluations { totalCount } }",
        id=evaluation["id"],
    )

    assert seen["data"] == {"node": None, "evaluations": {"totalCount": 0}}


def test_an_objection_on_day_14_is_accepted_and_its_decision_is_final(town):
    evaluation = final_evaluation(town)
    step = {"evaluationId": evaluation["id"], "version": evaluation["version"]}
    town.refuse(everybody_but("officer"), "acknowledgeEvaluation", "evaluation", step)
    town.act("officer", "acknowledgeEvaluation", "evaluation", step)

    town.turn_to(date(2026, 4, 24))
    given = {"evaluationId": evaluation["id"], "reason": "Bukti dukung bulan Maret belum dibaca"}
    town.refuse(everybody_but("officer"), "fileObjection", "objection", given)
    objection = town.act("officer", "fileObjection", "objection", given)
    assert (objection["state"], objection["dueOn"]) == ("FILED", "2026-04-24")
    decider = "query($id: ID!) { node(id: $id) { ... on Objection { decider { name } } } }"
    seen = town.ask("head", decider, id=objection["id"])["data"]["node"]
    assert seen == {"decider": {"name": "Ketut Wirawan"}}

    town.turn_to(date(2026, 4, 28))
    decision = {
        "objectionId": objection["id"],
        "version": objection["version"],
        "outcome": "CHANGED",
        "resultRating": "MEETS",
        "decision": "Bukti telah dibaca; hasil kerja sesuai ekspektasi",
        "evaluatorStatement": "Bukti bulan Maret datang terlambat",
    }
    town.refuse(everybody_but("head"), "decideObjection", "objection", decision)
    assert town.act("head", "decideObjection", "objection", decision)["state"] == "CHANGED"

    query = "query($id: ID!) { node(id: $id) { ... on Evaluation { state predicate resultRating } } }"
    answer = town.ask("officer", query, id=evaluation["id"])["data"]["node"]
    assert answer == {"state": "DECIDED", "predicate": "GOOD", "resultRating": "MEETS"}
    again = town.act("officer", "fileObjection", "objection", given)
    assert isinstance(again, list)
    town.refuse(["head"], "decideObjection", "objection", decision, codes=("DECISION_IS_FINAL",))


def test_an_objection_on_day_15_is_refused_and_changes_nothing(town):
    evaluation = final_evaluation(town)
    town.turn_to(date(2026, 4, 25))
    given = {"evaluationId": evaluation["id"], "reason": "Terlambat"}

    town.refuse(["officer"], "fileObjection", "objection", given, codes=("OBJECTION_TOO_LATE", "OBJECTION_LATE"))
