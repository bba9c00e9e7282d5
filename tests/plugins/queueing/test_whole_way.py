"""The whole way of a citizen's turn into an officer's plan, each step by its own caller; the plugin off, on again."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from core.actor import Actor
from core.context import Context
from core.history.models import HistoryRecord
from core.plugin_host import start
from core.registry import active_registry
from plugins.queueing.models import Ticket
from schema.application import application_schema
from schema.execution import execute
from tests.support.calls import call_as
from tests.support.grants import give_role

PROBLEMS = "problems { code path message }"
FIGURES = """query($code: String!) { workUnits(filter: {code: {eq: $code}}) { nodes {
  queueMetrics(from: "2026-03-01", to: "2026-03-31") { arrivals served waiting waitMedian withinTargetPercent } } } }"""
PLAN = """query($id: ID!) { node(id: $id) { ... on PerformancePlan { workResults { nodes { indicators { nodes {
  id fact factBinding { title unitOfMeasure isSourceOn } actual { value }
  factMeasurements { nodes { value cases state comment decidedBy { name } } } } } } } } } }"""
FACT = "queueing.wait_median_minutes"


def at(hour, minute, day=2):
    """Return a moment of a day in March 2026 by the clock of Jakarta."""
    return datetime(2026, 3, day, hour - 7, minute, tzinfo=UTC)


@pytest.fixture
def people(db, office):
    """The officer serves at the counters; the chief, who heads the unit, has no role of the queue."""
    give_role(office.city.officer, "queueing.counter", office.city.registry)

    def switch(*names):
        people.schema = application_schema(start(db, names, web=True))

    def ask(who, when, query, **variables):
        ctx = (
            Context(actor=Actor(today=when.date()), settings=db, now=when, language="en")
            if who is None
            else call_as(db, who.id, when)
        )
        return execute(people.schema, ctx, query, variables)

    def change(who, when, field, selection, **given):
        kind = field[0].upper() + field[1:]
        query = f"mutation($i: {kind}Input!) {{ r: {field}(input: $i) {{ {selection} {PROBLEMS} }} }}"
        answer = ask(who, when, query, i=given)
        assert "errors" not in answer, answer["errors"]
        assert answer["data"]["r"]["problems"] == []
        return answer["data"]["r"]

    people = SimpleNamespace(office=office, city=office.city, schema=None, switch=switch, ask=ask, change=change)
    switch("queueing")
    return people


def bound_plan(people):
    """Let the officer plan a shorter wait, bound to the fact, and the chief approve it; give the plan and indicator."""
    city, january = people.city, datetime(2026, 1, 15, 2, 0, tzinfo=UTC)
    indicator = {
        "statement": "Median waktu tunggu", "aspect": "TIME", "unitOfMeasure": "menit", "targetMin": "10",
        "targetMax": "15", "direction": "LOWER_IS_BETTER", "pattern": "POSITION",
    }  # fmt: skip
    selection = "plan { id version workResults { nodes { indicators { nodes { id } } } } }"
    plan = people.change(
        city.officer, january, "createPlan", selection, periodId=f"EvaluationPeriod:{city.period.id}",
        workResults=[{"statement": "Warga dilayani tanpa menunggu lama", "indicators": [indicator]}],
        expectations=[], supportNeeded="",
    )["plan"]  # fmt: skip
    key = plan["workResults"]["nodes"][0]["indicators"]["nodes"][0]["id"]
    bound = people.change(
        city.officer, january, "bindFact", "binding { title }", indicatorId=key, fact=FACT, subject="UNIT"
    )
    assert bound["binding"] == {"title": "Median waktu tunggu antrean"}
    seen = people.ask(city.officer, january, "query($id: ID!) { node(id: $id) { ... on PerformancePlan { version } } }",
                      id=plan["id"])["data"]["node"]  # fmt: skip
    step = {"planId": plan["id"], "version": seen["version"]}
    for who, field in ((city.officer, "submitPlan"), (city.chief, "approvePlan")):
        step["version"] = people.change(who, january, field, "plan { version }", **step)["plan"]["version"]
    return plan["id"], key


def citizen_books(people, nik):
    given = {"serviceId": f"QueueService:{people.office.ktp.id}", "day": "2026-03-02", "slot": "10:00", "nik": nik}
    return people.change(None, at(8, 10), "bookTicket", "code ticket { token state }", **given)


def served(people, called, started, finished):
    """Let the officer call whoever is next and serve them; give the ticket."""
    officer, counter = people.city.officer, f"Counter:{people.office.two.id}"
    ticket = people.change(officer, called, "callNext", "ticket { id label state }", counterId=counter)["ticket"]
    assert ticket["state"] == "CALLED"
    given = {"ticketId": ticket["id"], "counterId": counter}
    people.change(officer, started, "startServing", "ticket { state }", **given)
    return people.change(officer, finished, "finishTicket", "ticket { state label }", **given)["ticket"]


def figures(people, who, when):
    (unit,) = people.ask(who, when, FIGURES, code="11")["data"]["workUnits"]["nodes"]
    return unit["queueMetrics"][0]


def indicator_in(people, who, when, plan):
    node = people.ask(who, when, PLAN, id=plan)["data"]["node"]
    return node["workResults"]["nodes"][0]["indicators"]["nodes"][0]


def test_from_a_booking_to_the_officers_plan(people):
    city = people.city
    plan, indicator = bound_plan(people)
    nothing = {"arrivals": 0, "served": 0, "waiting": 0, "waitMedian": None, "withinTargetPercent": None}
    assert figures(people, city.chief, at(8, 0)) == nothing

    # Two citizens without accounts: one booked, one takes a number later and waits longer.
    booked = citizen_books(people, "3174010101900001")
    held = {"token": booked["ticket"]["token"], "code": booked["code"]}
    people.change(None, at(9, 55), "checkIn", "ticket { label state position }", **held)
    people.change(None, at(10, 0), "takeNumber", "ticket { label }", serviceId=f"QueueService:{people.office.ktp.id}")
    assert figures(people, city.chief, at(10, 1)) == nothing | {"arrivals": 2, "waiting": 2}

    assert served(people, at(10, 7), at(10, 8), at(10, 19))["label"] == "A-001"
    query = "query($t: String!) { queueTicket(token: $t) { state } }"
    assert people.ask(None, at(10, 20), query, t=held["token"])["data"]["queueTicket"] == {"state": "DONE"}
    assert served(people, at(10, 20), at(10, 21), at(10, 30))["label"] == "A-002"
    assert figures(people, city.chief, at(10, 31)) == {
        "arrivals": 2, "served": 2, "waiting": 0, "waitMedian": "16", "withinTargetPercent": "50",
    }  # fmt: skip
    # Who reads no queue sees none of it.
    assert figures(people, city.other, at(10, 31)) == nothing

    measured = people.change(
        city.officer, at(16, 0), "measureFact",
        "measurement { id version value cases state evidence startsOn endsOn }", indicatorId=indicator,
    )["measurement"]  # fmt: skip
    assert {name: measured[name] for name in ("value", "cases", "state", "startsOn", "endsOn")} == {
        "value": "16", "cases": 2, "state": "PROPOSED", "startsOn": "2026-01-01", "endsOn": "2026-03-02",
    }  # fmt: skip
    evidence = measured["evidence"]
    assert evidence["window"] == {"from": "2026-01-01", "to": "2026-03-02"}
    # The evidence's own query shows the superior the same cases and the same value.
    proof = people.ask(city.chief, at(16, 5), evidence["query"], **evidence["variables"])
    assert proof["data"] == {"queueMetrics": [{"waitCases": 2, "waitMedian": "16"}]}
    assert indicator_in(people, city.chief, at(16, 5), plan)["actual"] == {"value": None}

    own = {"id": measured["id"], "version": measured["version"]}
    refused = people.ask(
        city.officer,
        at(16, 6),
        f"mutation($i: AcceptFactInput!) {{ r: acceptFact(input: $i) {{ {PROBLEMS} }} }}",
        i=own,
    )
    assert refused["data"]["r"]["problems"][0]["code"] == "FORBIDDEN"
    accepted = people.change(
        city.chief, at(16, 10), "acceptFact",
        "measurement { state progressRecord { quantity evidence { nodes { kind title } } } }", **own, comment="Sesuai",
    )["measurement"]  # fmt: skip
    record = accepted["progressRecord"]
    assert (accepted["state"], record["quantity"]) == ("ACCEPTED", "16")
    (fact,) = record["evidence"]["nodes"]
    assert fact["kind"] == "FACT"
    assert "Median waktu tunggu antrean: 16" in fact["title"]

    assert indicator_in(people, city.officer, at(16, 11), plan) == {
        "id": indicator,
        "fact": FACT,
        "factBinding": {"title": "Median waktu tunggu antrean", "unitOfMeasure": "menit", "isSourceOn": True},
        "actual": {"value": "16"},
        "factMeasurements": {"nodes": [
            {"value": "16", "cases": 2, "state": "ACCEPTED", "comment": "Sesuai",
             "decidedBy": {"name": city.chief.name}},
        ]},
    }  # fmt: skip
    assert {"FactMeasurement", "ProgressRecord"} <= {row.subject_type for row in HistoryRecord.select()}


def test_off_the_plan_keeps_its_value_and_on_again_everything_goes_on(people):
    city = people.city
    plan, indicator = bound_plan(people)
    people.change(None, at(9, 0), "takeNumber", "ticket { label }", serviceId=f"QueueService:{people.office.ktp.id}")
    served(people, at(9, 8), at(9, 9), at(9, 20))
    measured = people.change(
        city.chief, at(16, 0), "measureFact", "measurement { id version }", indicatorId=indicator
    )["measurement"]  # fmt: skip
    people.change(city.chief, at(16, 1), "acceptFact", "measurement { state }", **measured)

    people.switch()

    seen = indicator_in(people, city.officer, at(17, 0), plan)
    assert (seen["actual"], seen["factBinding"]["isSourceOn"]) == ({"value": "8"}, False)
    assert "errors" in people.ask(city.chief, at(17, 0), FIGURES, code="11")
    again = people.ask(
        city.chief, at(17, 0), f"mutation($i: MeasureFactInput!) {{ r: measureFact(input: $i) {{ {PROBLEMS} }} }}",
        i={"indicatorId": indicator},
    )  # fmt: skip
    assert again["data"]["r"]["problems"][0]["code"] == "FACT_SOURCE_OFF"
    owners = {owner for found in active_registry().contributions.values() for owner, _ in found}
    assert "queueing" not in owners

    people.switch("queueing")

    assert indicator_in(people, city.officer, at(17, 5), plan)["factBinding"]["isSourceOn"] is True
    people.change(None, at(9, 0, 3), "takeNumber", "ticket { label }", serviceId=f"QueueService:{people.office.ktp.id}")
    served(people, at(9, 16, 3), at(9, 17, 3), at(9, 20, 3))
    assert figures(people, city.chief, at(10, 0, 3))["waitMedian"] == "12"
    assert Ticket.select().count() == 2
