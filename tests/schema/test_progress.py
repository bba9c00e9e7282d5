"""Progress, feedback and dialogues through GraphQL, each person with its own eyes."""

import base64
import logging
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.actor import Grant
from core.history.models import HistoryRecord
from core.identity.models import Account, RoleGrant
from core.progress.models import (
    Evidence,
    Feedback,
    FeedbackRequest,
    FeedbackRound,
    PerformanceDialogue,
    ProgressRecord,
)
from core.progress.terms import EvidenceKind, FeedbackTone, GiverRelation
from schema.execution import execute
from tests.support.calls import call_as, on
from tests.support.city import build_city, person, post, report
from tests.support.plans import approved_plan, indicators_of, results_of
from tests.support.schemas import core_schema

MAY = on(date(2026, 5, 20))

RECORD = """mutation($i: RecordProgressInput!) { recordProgress(input: $i) {
  record { id quantity note happenedOn version plan { id } indicator { id } recordedBy { name }
    evidence { totalCount } }
  problems { path code message } } }"""
BATCH = """mutation($i: RecordProgressBatchInput!) { recordProgressBatch(input: $i) {
  recorded rows { index record { id quantity } problems { path code } } problems { path code } } }"""
FEEDBACK = """query($f: FeedbackFilter, $o: [FeedbackOrder!]) { feedback(filter: $f, orderBy: $o) {
  totalCount nodes { id relation text givenOn giver { nip } request { id } } } }"""


@contextmanager
def statements():
    found = []
    handler = logging.Handler()
    handler.emit = lambda record: found.append(record.msg[0])
    logger = logging.getLogger("peewee")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def ask(db, who, query, **variables):
    response = execute(core_schema(), call_as(db, who.id, MAY), query, variables)
    assert "errors" not in response, response["errors"]
    return response["data"]


def change(db, who, query, **values):
    (payload,) = ask(db, who, query, i=values).values()
    return payload


def codes(payload):
    return [(problem["code"], ".".join(problem["path"])) for problem in payload["problems"]]


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def plan(city):
    return approved_plan(city, city.officer)


@pytest.fixture
def peers(city):
    made = []
    for number in range(3):
        colleague = person(f"19950101201803100{number + 1}", f"Rekan {number}")
        post(colleague, city.registry, f"Analis {number}", "PELAKSANA", is_head=False)
        report(colleague, city.chief)
        made.append(colleague)
    return made


def test_progress_is_recorded_corrected_and_removed(db, city, plan):
    indicator = indicators_of(plan)[0]
    made = change(
        db, city.officer, RECORD,
        indicatorId=f"Indicator:{indicator.id}", happenedOn="2026-05-04", quantity="3.5", note="Terbit",
    )  # fmt: skip
    assert made["problems"] == []
    record = made["record"]
    assert record == {
        "id": record["id"], "quantity": "3.5", "note": "Terbit", "happenedOn": "2026-05-04", "version": 1,
        "plan": {"id": f"PerformancePlan:{plan.id}"}, "indicator": {"id": f"Indicator:{indicator.id}"},
        "recordedBy": {"name": "Budi Santoso"}, "evidence": {"totalCount": 0},
    }  # fmt: skip
    link = change(
        db, city.officer,
        """mutation($i: AddEvidenceLinkInput!) { addEvidenceLink(input: $i) {
           evidence { kind title url downloadPath progressRecord { id } } problems { code } } }""",
        progressRecordId=record["id"], url="https://denpasarkota.go.id/akta", title="Daftar akta",
    )  # fmt: skip
    assert link["evidence"] == {
        "kind": "LINK", "title": "Daftar akta", "url": "https://denpasarkota.go.id/akta", "downloadPath": None,
        "progressRecord": {"id": record["id"]},
    }  # fmt: skip
    correct = """mutation($i: CorrectProgressInput!) { correctProgress(input: $i) {
      record { quantity note version } problems { path code } } }"""
    corrected = change(db, city.officer, correct, id=record["id"], version=1, quantity="4")
    assert corrected["record"] == {"quantity": "4", "note": "Terbit", "version": 2}
    assert codes(change(db, city.officer, correct, id=record["id"], version=1, quantity="5")) == [
        ("STALE_VERSION", "input.version")
    ]
    assert codes(change(db, city.officer, correct, id="Employee:1", version=1)) == [("BAD_ID", "input.id")]
    remove = "mutation($i: RemoveProgressInput!) { removeProgress(input: $i) { removedId problems { path code } } }"
    removed = change(db, city.officer, remove, id=record["id"], version=2, reason="Ganda")
    assert removed == {"removedId": record["id"], "problems": []}
    assert (ProgressRecord.select().count(), Evidence.select().count()) == (0, 0)


def test_wrong_people_and_wrong_values_change_nothing(db, city, plan):
    indicator = f"Indicator:{indicators_of(plan)[0].id}"
    before = HistoryRecord.select().count()
    refusals = {
        who: codes(change(db, getattr(city, who), RECORD, indicatorId=indicator, happenedOn="2026-05-04", quantity="1"))
        for who in ("chief", "head", "clerk", "other")
    }
    assert refusals == {
        "chief": [("FORBIDDEN", "input")],
        "head": [("FORBIDDEN", "input")],
        "clerk": [("NOT_FOUND", "input.indicatorId")],
        "other": [("NOT_FOUND", "input.indicatorId")],
    }
    bad = change(
        db, city.officer, RECORD, indicatorId="WorkUnit:1", workResultId="x", happenedOn="2026-05-04", quantity="1"
    )
    assert codes(bad) == [("BAD_ID", "input.indicatorId"), ("BAD_ID", "input.workResultId")]
    late = change(db, city.officer, RECORD, indicatorId=indicator, happenedOn="2026-05-21", quantity="-1")
    assert codes(late) == [("DATE_IN_FUTURE", "input.happenedOn"), ("QUANTITY_NEGATIVE", "input.quantity")]
    assert late["problems"][0]["message"] == "2026-05-21 is still to come. Give a date up to 2026-05-20."
    assert (ProgressRecord.select().count(), HistoryRecord.select().count()) == (0, before)


def test_a_batch_answers_per_row_and_again_the_same(db, city, plan):
    Account.create(username="officer", employee=city.officer)
    indicator = f"Indicator:{indicators_of(plan)[0].id}"
    rows = [
        {"indicatorId": indicator, "happenedOn": "2026-05-04", "quantity": "1"},
        {"indicatorId": "nothing", "happenedOn": "2026-05-04", "quantity": "1"},
        {"indicatorId": indicator, "happenedOn": "2025-05-04", "quantity": "1"},
    ]
    first = change(db, city.officer, BATCH, idempotencyKey="a", rows=rows)
    assert first["problems"] == []
    assert first["recorded"] == 1
    assert first["rows"][0]["record"]["quantity"] == "1"
    assert [row["record"] for row in first["rows"][1:]] == [None, None]
    assert [codes(row) for row in first["rows"]] == [
        [],
        [("BAD_ID", "input.rows.1.indicatorId")],
        [("DATE_OUTSIDE_PLAN", "input.rows.2.happenedOn")],
    ]
    assert change(db, city.officer, BATCH, idempotencyKey="a", rows=rows) == first
    other = change(db, city.officer, BATCH, idempotencyKey="a", rows=rows[:1])
    assert codes(other) == [("KEY_REUSED", "input.idempotencyKey")]
    assert ProgressRecord.select().count() == 1


def test_statements_of_a_batch_are_the_same_for_5_and_50(db, city, plan):
    indicator = f"Indicator:{indicators_of(plan)[0].id}"
    counts = []
    for count in (5, 50):
        rows = [{"indicatorId": indicator, "happenedOn": "2026-05-04", "quantity": str(n)} for n in range(count)]
        with statements() as found:
            assert change(db, city.officer, BATCH, idempotencyKey=str(count), rows=rows)["recorded"] == count
        counts.append(len(found))
    assert counts[0] == counts[1]


def give(plan, giver, relation=GiverRelation.PEER, day=4, text="Teliti"):
    return Feedback.create(
        plan=plan.id, employee=plan.employee_id, giver=giver, relation=relation, tone=FeedbackTone.POSITIVE,
        text=text, given_on=date(2026, 5, day),
    )  # fmt: skip


def test_below_the_minimum_nothing_is_shown_in_any_way(db, city, plan, peers):
    row = give(plan, peers[0])
    give(plan, peers[1])
    own = ask(db, city.officer, FEEDBACK)
    assert own == {"feedback": {"totalCount": 0, "nodes": []}}
    deep = ask(
        db, city.officer,
        """query($id: ID!) { node(id: $id) { id }
           performancePlans(filter: {feedback: {some: {}}}) { totalCount }
           mine: performancePlans { nodes { feedback { totalCount nodes { id } } workResults { nodes { feedback {
             totalCount } } } } } }""",
        id=f"Feedback:{row.id}",
    )  # fmt: skip
    assert deep["node"] is None
    assert deep["performancePlans"]["totalCount"] == 0
    assert [node["feedback"] for node in deep["mine"]["nodes"]] == [{"totalCount": 0, "nodes": []}]


def test_at_the_minimum_words_are_shown_without_names_and_days(db, city, plan, peers):
    for number, giver in enumerate(peers):
        give(plan, giver, day=4 + number)
    nodes = ask(db, city.officer, FEEDBACK)["feedback"]["nodes"]
    assert [(n["text"], n["giver"], n["givenOn"], n["request"]) for n in nodes] == [("Teliti", None, None, None)] * 3


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"giver": {"nip": {"eq": "199501012018031001"}}}, 0),
        ({"giver": {"nip": {"startsWith": "1"}}}, 0),
        ({"not": {"giver": {"nip": {"eq": "199501012018031001"}}}}, 3),
        ({"giver": {"isNull": True}}, 3),
        ({"giver": {"isNull": False}}, 0),
        ({"givenOn": {"eq": "2026-05-04"}}, 0),
        ({"givenOn": {"isNull": True}}, 3),
        ({"request": {"isNull": False}}, 0),
        ({"request": {"giver": {"name": {"contains": "Rekan"}}}}, 0),
        ({"or": [{"giver": {"name": {"contains": "Rekan"}}}, {"givenOn": {"gte": "2026-01-01"}}]}, 0),
    ],
)
def test_no_filter_tells_the_rated_person_who_gave_feedback(db, city, plan, peers, filters, expected):
    for number, giver in enumerate(peers):
        give(plan, giver, day=4 + number)
    data = ask(db, city.officer, FEEDBACK, f=filters)["feedback"]
    assert (data["totalCount"], len(data["nodes"])) == (expected, expected)
    assert all(node["giver"] is None for node in data["nodes"])
    through = ask(
        db, city.officer,
        "query($f: PerformancePlanFilter) { performancePlans(filter: $f) { totalCount } }",
        f={"feedback": {"some": filters}},
    )  # fmt: skip
    assert through["performancePlans"]["totalCount"] == (1 if expected else 0)


def test_no_order_tells_the_rated_person_who_gave_feedback(db, city, plan, peers):
    orders = []
    for days in ((4, 5, 6), (6, 5, 4)):
        Feedback.delete().execute()
        rows = [give(plan, giver, day=day, text=str(day)) for giver, day in zip(peers, days, strict=True)]
        for order in ([{"giver": {"name": "ASC"}}], [{"givenOn": "ASC"}], [{"givenOn": "DESC"}]):
            nodes = ask(db, city.officer, FEEDBACK, o=order)["feedback"]["nodes"]
            orders.append([[f"Feedback:{row.id}" for row in rows].index(node["id"]) for node in nodes])
    assert orders == [orders[0]] * 6


def test_cursors_tell_nothing_either(db, city, plan, peers):
    for number, giver in enumerate(peers):
        give(plan, giver, day=4 + number)
    data = ask(
        db, city.officer,
        "{ feedback(orderBy: [{givenOn: ASC}, {giver: {name: ASC}}], first: 3) { edges { cursor node { id } } } }",
    )  # fmt: skip
    for edge in data["feedback"]["edges"]:
        padded = edge["cursor"] + "=" * (-len(edge["cursor"]) % 4)
        text = base64.urlsafe_b64decode(padded).decode()
        assert "2026" not in text
        assert "Rekan" not in text


def test_the_superior_reads_names(db, city, plan, peers):
    give(plan, peers[0])
    nodes = ask(db, city.chief, FEEDBACK)["feedback"]["nodes"]
    assert [(n["giver"]["nip"], n["givenOn"]) for n in nodes] == [("199501012018031001", "2026-05-04")]


def test_a_peer_sees_only_what_he_gave(db, city, plan, peers):
    give(plan, peers[0])
    give(plan, peers[1])
    nodes = ask(db, peers[0], FEEDBACK)["feedback"]["nodes"]
    assert [n["giver"]["nip"] for n in nodes] == ["199501012018031001"]


def test_a_round_is_held_and_answered_through_the_api(db, city, plan, peers):
    account = Account.create(username="hr", employee=city.other)
    RoleGrant.create(account=account, role="hr_officer", valid_from=date(2026, 1, 1))
    start = """mutation($i: StartFeedbackRoundInput!) { startFeedbackRound(input: $i) {
      requests tooFew { name } round { id name requests { totalCount nodes { relation isAnswered answeredAt } } }
      problems { path code } } }"""
    values = {
        "name": "Mei", "periodId": f"EvaluationPeriod:{city.period.id}", "unitId": f"WorkUnit:{city.registry.id}",
        "opensOn": "2026-05-20", "closesOn": "2026-05-31", "peers": 2,
    }  # fmt: skip
    assert codes(change(db, city.chief, start, **values)) == [("FORBIDDEN", "input.unitId")]
    started = change(db, city.other, start, **values)
    assert started["problems"] == []
    assert (started["requests"], started["round"]["requests"]["totalCount"]) == (3, 3)
    assert started["tooFew"] == [{"name": "Budi Santoso"}]
    mine = "{ feedbackRequests { nodes { id employee { name } relation } } feedbackRounds { totalCount } }"
    assert ask(db, city.officer, mine) == {"feedbackRequests": {"nodes": []}, "feedbackRounds": {"totalCount": 0}}
    asked = ask(db, city.chief, mine)["feedbackRequests"]["nodes"]
    assert [(row["employee"]["name"], row["relation"]) for row in asked] == [("Budi Santoso", "SUPERIOR")]
    give_it = """mutation($i: GiveFeedbackInput!) { giveFeedback(input: $i) {
      feedback { id relation request { id } } problems { path code } } }"""
    given = change(
        db, city.chief, give_it, requestId=asked[0]["id"], tone="CONSTRUCTIVE", text="Lebih cepat",
        behaviorValue="ADAPTIVE",
    )  # fmt: skip
    assert given["problems"] == []
    assert given["feedback"]["request"] == {"id": asked[0]["id"]}
    office = ask(db, city.other, "{ feedbackRequests(filter: {isAnswered: {eq: true}}) { nodes { answeredAt } } }")
    assert office["feedbackRequests"]["nodes"] == [{"answeredAt": None}]
    assert FeedbackRequest.select().where(FeedbackRequest.answered_at.is_null(False)).count() == 1


def test_a_dialogue_is_recorded_and_changed(db, city, plan):
    record = """mutation($i: RecordDialogueInput!) { recordDialogue(input: $i) {
      dialogue { id version topic leader { name } } problems { path code } } }"""
    values = {"planId": f"PerformancePlan:{plan.id}", "heldOn": "2026-05-19", "topic": "TW II", "summary": "Baik."}
    assert codes(change(db, city.officer, record, **values)) == [("FORBIDDEN", "input.planId")]
    made = change(db, city.chief, record, **values)["dialogue"]
    assert (made["topic"], made["leader"]) == ("TW II", {"name": "Siti Aminah"})
    update = """mutation($i: UpdateDialogueInput!) { updateDialogue(input: $i) {
      dialogue { version agreedActions summary } problems { path code } } }"""
    changed = change(db, city.chief, update, id=made["id"], version=1, agreedActions="Pelatihan", topic=None)
    assert changed["dialogue"] == {"version": 2, "agreedActions": "Pelatihan", "summary": "Baik."}
    seen = ask(db, city.officer, "{ dialogues { nodes { topic plan { dialogues { totalCount } } } } }")
    assert seen["dialogues"]["nodes"] == [{"topic": "TW II", "plan": {"dialogues": {"totalCount": 1}}}]
    assert ask(db, city.head, "{ dialogues { totalCount } }") == {"dialogues": {"totalCount": 0}}


def test_what_indicators_stand_at_explains_itself(db, city, plan):
    indicator = indicators_of(plan)[0]
    for day in (4, 5):
        ProgressRecord.create(
            plan=plan, work_result=indicator.work_result_id, indicator=indicator, happened_on=date(2026, 5, day),
            quantity=Decimal(45),
        )  # fmt: skip
    query = """{ workResults { nodes { indicators { nodes { actual { asOf isMeasured state value records
      achievementPercent standing rule explanation } early: actual(on: "2026-05-04") { value } } } } } }"""
    nodes = ask(db, city.officer, query)["workResults"]["nodes"]
    assert nodes[0]["indicators"]["nodes"][0]["actual"] == {
        "asOf": "2026-05-20", "isMeasured": True, "state": "MEASURED", "value": "90", "records": 2,
        "achievementPercent": "90", "standing": "WORSE", "rule": "ratio",
        "explanation": "Sum of 2 records. 90 % = value ÷ 100, the nearest bound of the target.",
    }  # fmt: skip
    assert nodes[0]["indicators"]["nodes"][0]["early"] == {"value": "45"}
    empty = nodes[1]["indicators"]["nodes"][0]["actual"]
    assert (empty["isMeasured"], empty["value"], empty["state"]) == (False, None, "NO_VALUE")
    assert empty["explanation"] == "Nothing was recorded yet: not measured, neither 0 nor 100."


def test_who_reads_plans_but_no_progress_sees_no_actual_value(db, city, plan):
    ctx = call_as(db, city.other.id, MAY)
    ctx.actor = replace(ctx.actor, grants=(Grant("reader", "", frozenset({"planning.read"})),))
    response = execute(
        core_schema(), ctx, "{ workResults { nodes { indicators { nodes { actual { value } } } } } }", {}
    )
    nodes = response["data"]["workResults"]["nodes"]
    assert [node["indicators"]["nodes"] for node in nodes] == [[{"actual": None}], [{"actual": None}]]


def test_evidence_is_removed_by_the_holder_only(db, city, plan):
    result = results_of(plan)[0]
    record = ProgressRecord.create(plan=plan, work_result=result, happened_on=date(2026, 5, 4), note="Terbit")
    row = Evidence.create(progress_record=record, kind=EvidenceKind.LINK, title="Akta", url="https://a.go.id/")
    remove = "mutation($i: RemoveEvidenceInput!) { removeEvidence(input: $i) { removedId problems { path code } } }"
    key = f"Evidence:{row.id}"
    assert codes(change(db, city.chief, remove, id=key, version=1)) == [("FORBIDDEN", "input.id")]
    assert codes(change(db, city.clerk, remove, id=key, version=1)) == [("NOT_FOUND", "input.id")]
    assert change(db, city.officer, remove, id=key, version=1) == {"removedId": key, "problems": []}
    assert Evidence.select().count() == 0


READING = {
    "progressRecords": """{ progressRecords(first: 50) { totalCount nodes { id quantity happenedOn plan { id }
        workResult { statement } indicator { statement actual { value } } recordedBy { name }
        evidence(first: 3) { totalCount nodes { title downloadPath } } } } }""",
    "feedback": """{ feedback(first: 50) { totalCount nodes { id text relation givenOn giver { name } plan { id }
        workResult { statement } request { id round { name } } } } }""",
    "dialogues": """{ dialogues(first: 50) { totalCount nodes { topic heldOn leader { name } plan { id } } } }""",
    "feedbackRequests": """{ feedbackRequests(first: 50) { totalCount nodes { relation isAnswered employee { name }
        giver { name } round { name unit { name } period { code } requests(first: 2) { totalCount } } } } }""",
    "plans": """{ performancePlans(first: 50) { nodes { progressRecords(first: 2) { totalCount nodes { id } }
        feedback { totalCount } dialogues { totalCount nodes { topic } } } } }""",
}


def more(city, plan, count, start=0):
    account, _ = Account.get_or_create(username="auditor", defaults={"employee": city.secretary})
    RoleGrant.get_or_create(account=account, role="auditor", defaults={"valid_from": date(2026, 1, 1)})
    indicator, result = indicators_of(plan)[0], results_of(plan)[0]
    row, _ = FeedbackRound.get_or_create(
        name="Mei", period=city.period, unit=city.registry,
        defaults={"opens_on": date(2026, 5, 1), "closes_on": date(2026, 5, 31)},
    )  # fmt: skip
    for number in range(start, start + count):
        record = ProgressRecord.create(
            plan=plan, work_result=result, indicator=indicator, recorded_by=city.officer,
            happened_on=date(2026, 5, 1 + number % 20), quantity=Decimal(number),
        )  # fmt: skip
        Evidence.create(progress_record=record, kind=EvidenceKind.LINK, title=str(number), url="https://a.go.id/")
        giver = person(f"1990{number % 12 + 1:02d}012010{number % 12 + 1:02d}1{number:03d}", f"Pegawai {number}")
        request = FeedbackRequest.create(
            round=row, employee=city.officer, giver=giver, relation=GiverRelation.PEER, answered_at=MAY
        )
        given = give(plan, giver)
        Feedback.update(request=request, work_result=result).where(Feedback.id == given.id).execute()
        PerformanceDialogue.create(
            plan=plan, leader=city.chief, held_on=date(2026, 5, 1), topic=str(number), summary="Baik"
        )


def test_statements_are_the_same_for_5_and_50_rows(db, city, plan):
    more(city, plan, 5, start=1)
    few = {}
    for name, query in READING.items():
        with statements() as found:
            ask(db, city.secretary, query)
        few[name] = len(found)
    more(city, plan, 45, start=6)
    many = {}
    for name, query in READING.items():
        with statements() as found:
            data = ask(db, city.secretary, query)
        many[name] = len(found)
        if name != "plans":
            assert len(data[name]["nodes"]) == 50
    assert few == many
