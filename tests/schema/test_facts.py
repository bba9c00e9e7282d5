"""Facts through GraphQL: bound by the holder, measured, decided on by the superior, seen by whoever sees the plan."""

from datetime import date

import pytest

from core.facts.models import FactBinding, FactMeasurement
from core.facts.terms import FactSubject
from core.history.models import HistoryRecord
from core.planning.models import Indicator, PerformancePlan
from core.planning.terms import MeasuringPattern, PlanState
from core.progress.models import ProgressRecord
from schema.execution import execute
from tests.support.calls import call_as, on
from tests.support.city import build_city
from tests.support.facts import CALLS, SPEED, Source, facts_on, value
from tests.support.grants import give_role
from tests.support.plans import approved_plan, indicator_of, indicators_of, results_of
from tests.support.schemas import core_schema
from tests.support.statements import counted_statements

MAY = on(date(2026, 5, 20))
NO_PROBLEM = "problems { code path message }"
BIND = f"mutation($i: BindFactInput!) {{ r: bindFact(input: $i) {{ binding {{ id version }} {NO_PROBLEM} }} }}"
UNBIND = f"mutation($i: UnbindFactInput!) {{ r: unbindFact(input: $i) {{ removedId {NO_PROBLEM} }} }}"
MEASURE = f"""mutation($i: MeasureFactInput!) {{ r: measureFact(input: $i) {{
  measurement {{ id version value cases state evidence startsOn endsOn }} {NO_PROBLEM} }} }}"""
DECIDE = """mutation($i: %sFactInput!) { r: %sFact(input: $i) {
  measurement { id state comment decidedBy { name } progressRecord { quantity evidence { nodes { kind title } } } }
  problems { code path message } } }"""
ACCEPT, REJECT = DECIDE % ("Accept", "accept"), DECIDE % ("Reject", "reject")
SEEN = """query($id: ID!) { node(id: $id) { ... on PerformancePlan { workResults { nodes { indicators { nodes {
  fact factBinding { fact subject title unitOfMeasure isSourceOn boundBy { name } }
  factMeasurements { totalCount nodes { value cases state evidence title unitOfMeasure decidedAt } }
  actual { value } } } } } } } }"""


def ask(db, who, query, **variables):
    response = execute(core_schema(), call_as(db, who.id, MAY), query, variables)
    assert "errors" not in response, response["errors"]
    return response["data"]


def change(db, who, query, **values):
    return ask(db, who, query, i=values)["r"]


def codes(answer):
    return [(problem["code"], ".".join(problem["path"])) for problem in answer["problems"]]


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def plan(city):
    made = approved_plan(city, city.officer)
    Indicator.update(pattern=MeasuringPattern.POSITION).execute()
    PerformancePlan.update(state=PlanState.DRAFT).execute()
    return made


@pytest.fixture
def source(db):
    with facts_on(Source(lambda *_: value())) as made:
        yield made


def gid(row):
    return f"{type(row).__name__}:{row.id}"


def first_indicator(seen):
    return seen["node"]["workResults"]["nodes"][0]["indicators"]["nodes"][0]


def test_the_facts_offered(db, city, source):
    query = "query($s: FactSubject) { facts(subject: $s) { name title unit subject } }"
    speed = {"name": SPEED, "title": "Speed", "unit": "min", "subject": "EMPLOYEE"}
    calls = {"name": CALLS, "title": "Calls", "unit": "calls", "subject": "UNIT"}

    assert ask(db, city.officer, query) == {"facts": [calls, speed]}
    assert ask(db, city.officer, query, s="EMPLOYEE") == {"facts": [speed]}


def test_from_the_binding_to_the_progress_with_its_evidence(db, city, plan, source):
    indicator = indicators_of(plan)[0]
    bound = change(db, city.officer, BIND, indicatorId=gid(indicator), fact=SPEED, subject="EMPLOYEE")
    assert bound["problems"] == []
    PerformancePlan.update(state=PlanState.APPROVED).execute()
    measured = change(db, city.officer, MEASURE, indicatorId=gid(indicator))["measurement"]
    assert measured == {
        "id": measured["id"], "version": 1, "value": "12.3457", "cases": 40, "state": "PROPOSED",
        "evidence": {"query": "tickets", "window": ["2026-04-01", "…"]},
        "startsOn": "2026-04-01", "endsOn": "2026-05-20",
    }  # fmt: skip
    own = {"id": measured["id"], "version": 1}

    # Nobody decides on his own value, nor an administrator on anybody's.
    give_role(city.other, "hr_admin")
    for who in (city.officer, city.other):
        assert codes(change(db, who, ACCEPT, **own)) == [("FORBIDDEN", "input.id")]
        assert codes(change(db, who, REJECT, **own, comment="x")) == [("FORBIDDEN", "input.id")]
    assert ProgressRecord.select().count() == 0
    accepted = change(db, city.chief, ACCEPT, **own, comment="Sesuai")
    assert accepted["problems"] == []
    record = accepted["measurement"]["progressRecord"]
    ((proof),) = record["evidence"]["nodes"]
    assert (record["quantity"], proof["kind"]) == ("12.3457", "FACT")
    assert "Speed: 12.3457 min" in proof["title"]

    for who in (city.officer, city.chief, city.other):
        assert first_indicator(ask(db, who, SEEN, id=gid(plan))) == {
            "fact": SPEED,
            "factBinding": {
                "fact": SPEED, "subject": "EMPLOYEE", "title": "Speed", "unitOfMeasure": "min", "isSourceOn": True,
                "boundBy": {"name": city.officer.name},
            },
            "factMeasurements": {"totalCount": 1, "nodes": [{
                "value": "12.3457", "cases": 40, "state": "ACCEPTED", "title": "Speed", "unitOfMeasure": "min",
                "evidence": {"query": "tickets", "window": ["2026-04-01", "…"]}, "decidedAt": "2026-05-20T05:00:00Z",
            }]},
            "actual": {"value": "12.3457"},
        }  # fmt: skip
    assert ask(db, city.clerk, "{ factMeasurements { totalCount } }") == {"factMeasurements": {"totalCount": 0}}
    assert ask(db, city.chief, "{ factMeasurements { totalCount } }") == {"factMeasurements": {"totalCount": 1}}
    recorded = {row.subject_type for row in HistoryRecord.select()}
    assert {"FactBinding", "FactMeasurement", "ProgressRecord", "Evidence", "Indicator"} <= recorded


def test_a_rejected_value_counts_nowhere_and_says_why(db, city, plan, source):
    indicator = indicators_of(plan)[0]
    change(db, city.chief, BIND, indicatorId=gid(indicator), fact=SPEED)
    PerformancePlan.update(state=PlanState.APPROVED).execute()
    measured = change(db, city.chief, MEASURE, indicatorId=gid(indicator), startsOn="2026-04-01", endsOn="2026-04-30")
    key = measured["measurement"]["id"]
    assert codes(change(db, city.chief, REJECT, id=key, version=1, comment="")) == [
        ("COMMENT_MISSING", "input.comment")
    ]

    rejected = change(db, city.chief, REJECT, id=key, version=1, comment="Sistem mati seminggu")["measurement"]

    assert (rejected["state"], rejected["comment"], rejected["progressRecord"]) == (
        "REJECTED", "Sistem mati seminggu", None,
    )  # fmt: skip
    assert first_indicator(ask(db, city.officer, SEEN, id=gid(plan)))["actual"] == {"value": None}


def test_no_cases_is_an_answer_and_not_zero(db, city, plan, source):
    indicator = indicators_of(plan)[0]
    change(db, city.officer, BIND, indicatorId=gid(indicator), fact=SPEED)
    PerformancePlan.update(state=PlanState.APPROVED).execute()
    source.answer = lambda *_: None

    answer = change(db, city.officer, MEASURE, indicatorId=gid(indicator))

    assert answer["measurement"] is None
    assert codes(answer) == [("FACT_NO_CASES", "input.indicatorId")]
    assert "2026-04-01" in answer["problems"][0]["message"]
    assert FactMeasurement.select().count() == 0


def test_the_source_is_off(db, city, plan):
    indicator = indicators_of(plan)[0]
    with facts_on(Source(lambda *_: value())):
        bound = change(db, city.officer, BIND, indicatorId=gid(indicator), fact=SPEED)["binding"]
    assert codes(change(db, city.officer, BIND, indicatorId=gid(indicators_of(plan)[1]), fact=SPEED)) == [
        ("FACT_UNKNOWN", "input.fact")
    ]
    PerformancePlan.update(state=PlanState.APPROVED).execute()

    seen = first_indicator(ask(db, city.officer, SEEN, id=gid(plan)))["factBinding"]
    answer = change(db, city.officer, MEASURE, indicatorId=gid(indicator))

    assert (seen["title"], seen["isSourceOn"]) == ("Speed", False)
    assert codes(answer) == [("FACT_SOURCE_OFF", "input.indicatorId")]
    assert codes(change(db, city.officer, UNBIND, **bound)) == [("PLAN_NOT_EDITABLE", "input.id")]
    PerformancePlan.update(state=PlanState.DRAFT).execute()
    assert change(db, city.officer, UNBIND, **bound)["removedId"] == bound["id"]


def test_bindings_of_fifty_indicators_take_as_many_statements_as_of_five(db, city, plan, source):
    def counted():
        with counted_statements() as found:
            answer = ask(db, city.officer, SEEN.replace("actual { value }", ""), id=gid(plan))
        return len(found), answer

    result = results_of(plan)[0]

    def bind(number):
        row = indicator_of(result, f"Ukuran {number}")
        words = {"fact": SPEED, "subject": FactSubject.EMPLOYEE, "title": "Speed"}
        FactBinding.create(plan=plan, indicator=row, **words)
        FactMeasurement.create(
            plan=plan, indicator=row, **words, starts_on=plan.starts_on, ends_on=plan.ends_on, value=1, cases=1,
            evidence={}, measured_at=MAY,
        )  # fmt: skip

    for number in range(5):
        bind(number)
    few, _ = counted()
    for number in range(5, 45):
        bind(number)
    many, answer = counted()

    assert many == few
    shown = answer["node"]["workResults"]["nodes"][0]["indicators"]["nodes"]
    assert sum(each["factBinding"] is not None for each in shown) == 45
