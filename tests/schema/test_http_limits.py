"""Batches, rates and methods over HTTP."""

import pytest

from core.app import create_app
from schema import plugin


@pytest.fixture(autouse=True)
def _no_areas(monkeypatch):
    """What is asked here is about HTTP alone."""
    monkeypatch.setattr(plugin, "_AREAS", ())


@pytest.fixture
def serve(db):
    """A client of an application with some settings changed."""
    return lambda **changes: create_app(db.model_copy(update=changes), plugins=[]).test_client()


def code_of(answer):
    return answer["errors"][0]["extensions"]["code"] if "errors" in answer else None


def test_a_list_of_operations_is_answered_by_a_list(serve):
    client = serve()
    body = [
        {"query": "query A { __typename } query B { other: __typename }", "operationName": "B"},
        {"query": "{ nonsense }"},
        {"query": "query ($w: Boolean!) { __typename @include(if: $w) }", "variables": {"w": False}},
    ]

    response = client.post("/graphql", json=body)

    assert response.status_code == 200
    assert [answer.get("data") for answer in response.json] == [{"other": "Query"}, None, {}]
    assert [code_of(answer) for answer in response.json] == [None, "GRAPHQL_VALIDATION_FAILED", None]


@pytest.mark.parametrize("most", [0, 1])
def test_lists_can_be_switched_off(serve, most):
    response = serve(graphql_max_batch=most).post("/graphql", json=[{"query": "{ __typename }"}])

    assert (response.status_code, code_of(response.json)) == (400, "NO_BATCHES")


def test_operations_of_a_list_share_the_limit_of_cost(serve):
    client = serve(graphql_max_cost=3_000)

    answers = client.post("/graphql", json=[{"query": "{ __schema { description } }"}] * 3).json

    assert [code_of(answer) for answer in answers] == [None, "COST_TOO_HIGH", "COST_TOO_HIGH"]
    assert "data" in client.post("/graphql", json={"query": "{ __schema { description } }"}).json


def test_who_asks_too_often_is_told_to_wait(serve):
    client = serve(rate_points_per_minute=4_000)

    answers = [client.post("/graphql", json={"query": "{ __typename }"}) for _ in range(5)]
    elsewhere = client.post("/graphql", json={"query": "{ __typename }"}, environ_base={"REMOTE_ADDR": "192.0.2.7"})

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[0].json["extensions"]["cost"] == {"requested": 1, "limit": 10_000_000, "remaining": 2_999}
    assert code_of(answers[4].json) == "RATE_LIMITED"
    assert 0 < int(answers[4].headers["Retry-After"]) <= 16
    assert elsewhere.status_code == 200


@pytest.mark.parametrize("body", [b"{", b'{"query": "{"}', b'{"query": "{ nonsense }"}', b"42"])
def test_nonsense_is_counted_too(serve, body):
    client = serve(rate_points_per_minute=2_500)

    answers = [client.post("/graphql", data=body, content_type="application/json") for _ in range(3)]

    assert [answer.status_code == 429 for answer in answers] == [False, False, True]
    assert int(answers[2].headers["Retry-After"]) > 0


def test_a_wrong_token_is_counted_for_the_address(serve):
    client = serve(rate_points_per_minute=1_500)
    headers = {"Authorization": "Bearer nonsense"}

    statuses = [client.post("/graphql", json={"query": "{ __typename }"}, headers=headers).status_code for _ in "ab"]

    assert statuses == [401, 429]


def test_behind_a_trusted_proxy_the_caller_counts_and_not_the_proxy(serve):
    client = serve(rate_points_per_minute=1_500, trusted_proxies=["127.0.0.1"])

    def ask(address):
        headers = {"X-Forwarded-For": f"192.0.2.66, {address}"}
        return client.post("/graphql", json={"query": "{ __typename }"}, headers=headers).status_code

    assert [ask("198.51.100.1"), ask("198.51.100.1"), ask("198.51.100.2")] == [200, 429, 200]


def test_without_a_limit_nothing_is_counted(serve):
    answer = serve(rate_points_per_minute=0).post("/graphql", json={"query": "{ __typename }"}).json

    assert answer["extensions"]["cost"] == {"requested": 1, "limit": 10_000_000}


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
def test_get_changes_nothing(serve, monkeypatch, accept):
    monkeypatch.undo()
    response = serve().get("/graphql?query=mutation{logout{problems{code}}}", headers={"Accept": accept})

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert code_of(response.json) == "QUERIES_ONLY"


def test_head_reads_no_body_and_changes_nothing(serve):
    client = serve()

    asked = client.head("/graphql?query={__typename}")
    body = client.head("/graphql", json={"query": "{ __typename }"})

    assert [asked.status_code, body.status_code, asked.data, body.data] == [200, 400, b"", b""]
    assert asked.content_type == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ("", "NO_QUERY"),
        ("query=", "NO_QUERY"),
        ("query={__typename}&variables={", "BAD_JSON"),
        ("query={__typename}&variables=[]", "BAD_VARIABLES"),
        ("query={__typename}&extensions=7", "BAD_EXTENSIONS"),
        ("query=%ff%fe", "GRAPHQL_PARSE_FAILED"),
        ("query=%00", "GRAPHQL_PARSE_FAILED"),
    ],
)
def test_parameters_that_are_no_request_are_refused(serve, parameters, code):
    response = serve().get(f"/graphql?{parameters}", headers={"Accept": "application/graphql-response+json"})

    assert (response.status_code, code_of(response.json)) == (400, code)


def test_other_methods_are_told_which_ones_there_are(serve):
    response = serve().put("/graphql", json={"query": "{ __typename }"})

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) >= {"GET", "POST"}


def test_another_origin_may_call_only_when_it_is_named(serve):
    client = serve(cors_origins=["https://portal.example.go.id"])

    def preflight(origin):
        return client.options("/graphql", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})

    known, unknown = preflight("https://portal.example.go.id"), preflight("https://evil.example")
    answer = client.get("/graphql?query={__typename}", headers={"Origin": "https://portal.example.go.id"})

    assert known.status_code == 204
    assert known.headers["Access-Control-Allow-Origin"] == "https://portal.example.go.id"
    assert known.headers["Access-Control-Allow-Methods"] == "GET, POST"
    assert "Access-Control-Allow-Origin" not in unknown.headers
    assert "Retry-After" in answer.headers["Access-Control-Expose-Headers"]
    for response in (known, unknown, answer):
        assert "Access-Control-Allow-Credentials" not in response.headers
