"""Charts over HTTP, with real tokens: what is drawn, for whom, in whose language, and what is refused."""

import io
import struct
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import schema
from core.app import create_app
from core.appraisal.models import Evaluation
from core.charts import rendering
from core.database import utc_now
from core.errors import Refused
from core.i18n import load_translations
from core.identity import services as identity
from core.organisation.models import Employee
from core.organisation.terms import EmploymentStatus
from schema.charts.seal import sealed
from schema.execution import execute
from tests.support.apps import app_of
from tests.support.calls import call_as, system_context
from tests.support.city import build_city
from tests.support.plans import approved_plan
from tests.support.schemas import core_schema

PASSWORD = "empat kata acak sekali"
BY_STATUS = "{ employeesAggregate(groupBy: [{field: STATUS}]) { chart%s { spec svgUrl pngUrl } groups { count } } }"
SVG = "{http://www.w3.org/2000/svg}"


ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what is about HTTP and drawing alone."""


@pytest.fixture
def city(db):
    load_translations(Path(schema.__file__).parent / "translations")
    made = build_city()
    Employee.update(status=EmploymentStatus.PPPK).where(Employee.id == made.clerk.id).execute()
    return made


@pytest.fixture
def client(db):
    return app_of(db).test_client()


@pytest.fixture
def headers(db, city):
    """The head's token; logging in takes long on purpose."""
    identity.create_account(system_context(db, utc_now()), username="head", password=PASSWORD, employee_id=city.head.id)
    tokens = identity.login(system_context(db, utc_now()), "head", PASSWORD)
    return {"Authorization": f"Bearer {tokens.access_token}", "Accept-Language": "en"}


def ask(ctx, query, **variables):
    response = execute(core_schema(), ctx, query, variables)
    assert "errors" not in response, response["errors"]
    return response["data"]


def code_of(response):
    return response.json["errors"][0]["extensions"]["code"]


def rated(city, who, predicate):
    plan = approved_plan(city, who)
    return Evaluation.create(
        plan=plan,
        period=plan.period_id,
        employee=who,
        evaluator=plan.evaluator_id,
        unit=plan.unit_id,
        kind="ANNUAL",
        state="FINAL",
        predicate=predicate,
        final_on=date(2026, 3, 1),
    )


def test_a_chart_has_the_figures_of_its_caller_and_the_words_of_its_language(db, city):
    chief = call_as(db, city.chief.id)
    spec = ask(chief, BY_STATUS % "")["employeesAggregate"]["chart"]["spec"]

    assert spec["title"]["text"] == "Count by Kind of employment"
    assert [(row["category"], row["value"], row["text"]) for row in spec["data"]["values"]] == [
        ("PNS", 3, "3"),
        ("PPPK", 1, "1"),
    ]
    assert spec["description"] == "Count by Kind of employment. PNS: 3; PPPK: 1"
    indonesian = ask(replace(chief, language="id"), BY_STATUS % "")["employeesAggregate"]["chart"]["spec"]
    assert indonesian["title"]["text"] == "Jumlah menurut Status kepegawaian"
    others = ask(call_as(db, city.other.id), BY_STATUS % "")["employeesAggregate"]["chart"]["spec"]
    assert [row["value"] for row in others["data"]["values"]] == [2]


@ONE_DATABASE
def test_the_picture_of_a_specification_is_drawn_with_words_for_those_who_do_not_see(db, client, headers, city):
    query = BY_STATUS % '(title: "Pegawai <b> & status")'
    chart = ask(call_as(db, city.head.id), query)["employeesAggregate"]["chart"]

    svg = client.post(chart["svgUrl"], json={"spec": chart["spec"]}, headers=headers)
    # A client that counts in floating numbers sends back the same.
    again = {**chart["spec"], "width": float(chart["spec"]["width"])}
    png = client.post(chart["pngUrl"], json={"spec": again}, headers=headers)

    assert (svg.status_code, svg.content_type) == (200, "image/svg+xml")
    assert svg.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert (svg.headers["Cache-Control"], svg.headers["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    root = ET.parse(io.BytesIO(svg.data)).getroot()
    assert root.attrib["role"] == "img"
    assert root.find(f"{SVG}title").text == "Pegawai <b> & status"
    assert root.find(f"{SVG}desc").text == "Pegawai <b> & status. PNS: 6; PPPK: 1"
    assert {"PNS", "PPPK", "6", "1"} <= {text.text for text in root.iter(f"{SVG}text")}
    assert (png.status_code, png.content_type, png.data[:8]) == (200, "image/png", b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png.data[16:24])
    assert (width > 1280, height > 720) == (True, True)
    changed = {**chart["spec"], "data": {"values": [{"category": "PNS", "value": 1}]}}
    assert code_of(client.post("/charts/svg", json={"spec": changed}, headers=headers)) == "CHART_NOT_OURS"


@ONE_DATABASE
def test_a_query_with_a_chart_is_drawn_in_one_request_and_what_has_none_is_refused(client, headers, city):
    query = """query ($field: EmployeeAggregateField!) {
      a: employeesAggregate(groupBy: [{field: $field}]) { chart(kind: COLUMN) { spec } }
      b: employeesAggregate(groupBy: [{field: $field}, {field: STATUS}]) { chart(kind: LINE) { spec } } }"""
    body = {"query": query, "variables": {"field": "SEX"}}

    unclear = client.post("/charts/svg", json=body, headers=headers)
    drawn = client.post("/charts/svg", json={**body, "at": "/b/chart"}, headers=headers)
    nobody = client.post("/charts/svg", json=body)

    assert (unclear.status_code, code_of(unclear)) == (422, "CHART_NOT_FOUND")
    assert "/a/chart/spec, /b/chart/spec" in unclear.json["errors"][0]["message"]
    assert drawn.status_code == 200
    assert b"PPPK: 1" in drawn.data
    assert (nobody.status_code, code_of(nobody)) == (401, "UNAUTHENTICATED")
    assert nobody.headers["WWW-Authenticate"] == "Bearer"
    for send, status, code in REFUSED:
        response = client.post("/charts/png", headers=headers, **send)
        assert (response.status_code, code_of(response)) == (status, code), send


REFUSED = [
    ({"data": b"{", "content_type": "application/json"}, 400, "BAD_JSON"),
    ({"data": b"{}", "content_type": "text/plain"}, 415, "BAD_CONTENT_TYPE"),
    ({"data": b" " * 1_048_577, "content_type": "application/json"}, 413, "BODY_TOO_LARGE"),
    ({"json": 1}, 400, "BAD_BODY"),
    ({"json": [{"query": "{ __typename }"}]}, 400, "BAD_BODY"),
    ({"json": {}}, 400, "NO_QUERY"),
    ({"json": {"query": "{ a }", "variables": 7}}, 400, "BAD_VARIABLES"),
    ({"json": {"query": "{ a }", "operationName": 7}}, 400, "BAD_OPERATION_NAME"),
    ({"json": {"query": "{ nothing }"}}, 422, "GRAPHQL_VALIDATION_FAILED"),
    ({"json": {"query": "mutation { logout { problems { code } } }"}}, 422, "QUERIES_ONLY"),
    ({"json": {"query": "{ __typename }"}}, 422, "CHART_NOT_FOUND"),
    ({"json": {"query": "{ employeesAggregate { chart { spec } } }"}}, 422, "BAD_CHART"),
    ({"json": {"spec": {"mark": "bar", "data": {"url": "http://example.com"}}}}, 422, "CHART_NOT_OURS"),
    ({"json": {"spec": "x"}}, 422, "CHART_NOT_OURS"),
]
"""What is sent, and the status and code of the answer."""


def test_the_shares_of_the_law_and_targets_are_drawn_behind(db, city):
    for who, predicate in [("officer", "VERY_GOOD"), ("clerk", "GOOD"), ("other", "GOOD"), ("chief", "GOOD")]:
        rated(city, getattr(city, who), predicate)
    query = """{ evaluationsAggregate(groupBy: [{field: PREDICATE}])
      { chart(kind: SHARE, distributionFor: GOOD) { spec }
        bars: chart(bands: [{label: "target", low: 1, high: 2}, {label: "limit", high: 5}]) { spec } } }"""

    found = ask(replace(call_as(db, city.head.id), language="id"), query)["evaluationsAggregate"]

    shares = found["chart"]["spec"]
    assert [(row["category"], row["text"]) for row in shares["data"]["values"]] == [
        ("Sangat Baik", "25 %"),
        ("Baik", "75 %"),
        ("Butuh Perbaikan", "0 %"),
        ("Kurang", "0 %"),
        ("Sangat Kurang", "0 %"),
    ]
    assert shares["title"]["subtitle"] == (
        "SE MenPANRB 3/2023; Baik: kelompok terbanyak; Butuh Perbaikan + Kurang: paling sedikit 1"
    )
    bands = [row for layer in shares["layer"] for row in layer.get("data", {}).get("values", [])]
    assert bands[0] == {"category": "Baik", "low": 0, "high": 70, "text": "≤ 70 %"}
    words = {row["text"] for layer in found["bars"]["spec"]["layer"] for row in layer.get("data", {}).get("values", [])}
    assert words == {"target", "limit"}
    assert b"kelompok terbanyak" in rendering.draw(shares, "svg", 20)


CANNOT_BE_DRAWN = [
    ("", "", "one or two keys"),
    ("{field: SEX}, {field: STATUS}, {field: STATE}", "", "one or two keys"),
    ("{field: SEX}", "(width: 5000)", "width is 5000"),
    ("{field: SEX}", "(value: BIRTH_DATE, statistic: MAX)", "days cannot be drawn"),
    ("{field: SEX}", "(statistic: SUM)", "a statistic needs a field"),
    ("{field: SEX}", "(kind: SHARE, distributionFor: GOOD)", "shares of predicates"),
    ("{field: SEX}", '(bands: [{label: "x"}])', "no ends"),
    ("{field: SEX}", '(bands: [{label: "x", low: 2, high: 1}])', "turned round"),
    ("{field: SEX}", f'(title: "{"x" * 201}")', "201 characters"),
]


def test_a_chart_that_cannot_be_drawn_is_refused_with_its_remedy(ctx, city):
    for group_by, arguments, words in CANNOT_BE_DRAWN:
        query = f"{{ employeesAggregate(groupBy: [{group_by}]) {{ chart{arguments} {{ spec }} }} }}"
        error = execute(core_schema(), ctx, query)["errors"][0]
        assert (error["extensions"]["code"], words in error["message"]) == ("BAD_CHART", True), error


@ONE_DATABASE
def test_who_has_drawn_too_much_is_told_to_wait(db, city):
    few = db.model_copy(update={"rate_points_per_minute": 1_000_000})
    client = create_app(few, plugins=[]).test_client()
    identity.create_account(system_context(db, utc_now()), username="head", password=PASSWORD, employee_id=city.head.id)
    tokens = identity.login(system_context(db, utc_now()), "head", PASSWORD)
    sent = {"json": {"spec": "x"}, "headers": {"Authorization": f"Bearer {tokens.access_token}"}}

    answers = [client.post("/charts/svg", **sent) for _ in range(4)]

    assert (code_of(answers[0]), answers[-1].status_code, code_of(answers[-1])) == (
        "CHART_NOT_OURS",
        429,
        "RATE_LIMITED",
    )
    assert int(answers[-1].headers["Retry-After"]) > 0


def endless(stop):
    return sealed(
        {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "title": {"text": "x"},
            "description": "x",
            "data": {"sequence": {"start": 0, "stop": stop, "step": 0.0001}},
            "mark": "point",
            "encoding": {"x": {"field": "data"}},
        },
        "secret",
    )


def test_a_specification_that_hangs_is_ended_in_time():
    with pytest.raises(Refused) as refusal:
        rendering.draw(endless(10**9), "svg", 1)

    assert refusal.value.problems[0].code == "CHART_FAILED"


def test_no_more_charts_are_drawn_at_once_than_there_are_places(monkeypatch):
    monkeypatch.setattr(rendering, "_free", rendering.BoundedSemaphore(1))
    with rendering._free, pytest.raises(Refused) as refusal:
        rendering.draw(endless(1), "svg", 1)

    assert refusal.value.problems[0].code == "CHARTS_BUSY"


def test_the_drawing_process_reaches_no_host(monkeypatch):
    outside = sealed(
        {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "title": {"text": "x"},
            "description": "x",
            "data": {"url": "http://127.0.0.1:9/data.json"},
            "mark": "point",
        },
        "secret",
    )
    given = {}
    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *args, **more: given.update(more) or run(*args, **more))

    with pytest.raises(Refused) as refusal:
        rendering.draw(outside, "svg", 10)

    assert refusal.value.problems[0].code == "CHART_FAILED"
    assert given["env"] == {}
