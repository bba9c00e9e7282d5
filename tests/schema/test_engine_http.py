"""GraphQL over HTTP: strict bodies, content types, GraphiQL."""

import pytest

from core.app import create_app
from core.database import utc_now
from core.identity import services as identity
from schema import plugin


@pytest.fixture(autouse=True)
def _no_areas(monkeypatch):
    """What is asked here is about HTTP alone."""
    monkeypatch.setattr(plugin, "_AREAS", ())


@pytest.fixture
def client(db):
    return create_app(db, plugins=[]).test_client()


def ask(client, query, **more):
    return client.post("/graphql", json={"query": query, **more})


def test_a_query_is_answered(client):
    response = ask(client, "{ __typename }")

    assert (response.status_code, response.json["data"]) == (200, {"__typename": "Query"})
    assert response.content_type == "application/json; charset=utf-8"
    assert response.headers["X-Request-Id"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"null", "BAD_BODY"),
        (b"42", "BAD_BODY"),
        (b'"text"', "BAD_BODY"),
        (b"", "BAD_JSON"),
        (b"{", "BAD_JSON"),
        (b'{"query": "\xff"}', "BAD_JSON"),
        (b'{"query": "{ __typename }", "variables": {"a": ' + b"1" * 5000 + b"}}", "BAD_JSON"),
        (b"[" * 5000, "BAD_JSON"),
        (b"[]", "BATCH_TOO_LARGE"),
        (b"[" + b",".join([b'{"query": "{ __typename }"}'] * 11) + b"]", "BATCH_TOO_LARGE"),
        (b'[{"query": "{ __typename }"}, 42]', "BAD_BODY"),
        (b'[{"query": "{ __typename }"}, {}]', "NO_QUERY"),
        (b"{}", "NO_QUERY"),
        (b'{"query": 7}', "NO_QUERY"),
        (b'{"query": "{ __typename }", "variables": [1]}', "BAD_VARIABLES"),
        (b'{"query": "{ __typename }", "operationName": 7}', "BAD_OPERATION_NAME"),
        (b'{"query": "{ __typename }", "extensions": 7}', "BAD_EXTENSIONS"),
    ],
)
def test_a_body_that_is_no_request_is_refused_in_json(client, body, code):
    response = client.post("/graphql", data=body, content_type="application/json")

    assert response.status_code == 400
    assert response.json["errors"][0]["extensions"]["code"] == code


def test_only_json_is_taken_so_that_no_foreign_page_can_send_it(client):
    response = client.post("/graphql", data='{"query": "{ __typename }"}', content_type="text/plain")

    assert response.status_code == 415
    assert response.json["errors"][0]["extensions"]["code"] == "BAD_CONTENT_TYPE"


def test_a_body_beyond_the_limit_is_refused_with_the_limit(client):
    response = ask(client, "{ __typename }", variables={"a": "x" * 1_048_576})

    assert response.status_code == 413
    assert "1048576" in response.json["errors"][0]["message"]


def test_several_operations_want_a_name(client):
    response = ask(client, "query A { __typename } query B { other: __typename }")

    assert "data" not in response.json
    assert response.json["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    named = ask(client, "query A { __typename } query B { other: __typename }", operationName="B")
    assert named.json["data"] == {"other": "Query"}


def test_the_newer_media_type_gets_its_status(client):
    headers = {"Accept": "application/graphql-response+json"}

    bad = client.post("/graphql", json={"query": "{"}, headers=headers)
    good = client.post("/graphql", json={"query": "{ __typename }"}, headers=headers)

    assert (bad.status_code, good.status_code) == (400, 200)
    assert bad.content_type == good.content_type == "application/graphql-response+json; charset=utf-8"
    assert ask(client, "{").status_code == 200


def test_get_runs_queries(client):
    response = client.get("/graphql?query={__typename}")

    assert response.json["data"] == {"__typename": "Query"}


def test_a_wrong_token_is_401_in_json(client):
    response = client.post("/graphql", json={"query": "{ __typename }"}, headers={"Authorization": "Bearer nonsense"})

    assert response.status_code == 401
    assert response.json["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_the_request_id_of_the_caller_is_kept(client):
    response = client.post("/graphql", json={"query": "{ __typename }"}, headers={"X-Request-Id": "abcd-1234-efgh"})

    assert response.headers["X-Request-Id"] == "abcd-1234-efgh"


def test_messages_speak_the_callers_language(client):
    response = client.post("/graphql", data=b"42", content_type="application/json", headers={"Accept-Language": "id"})

    assert response.json["errors"][0]["message"].startswith("Isi permintaan")


def test_graphiql_is_served_whole_from_here(client):
    page = client.get("/graphql", headers={"Accept": "text/html"})

    assert page.status_code == 200
    assert b"GraphiQL" in page.data
    assert b"//" not in page.data.replace(b"<!doctype html>", b"")
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    for name in ("vendor/graphiql.min.js", "vendor/graphiql.min.css", "graphiql-page.js", "graphiql.css"):
        with client.get(f"/graphql/static/{name}") as file:
            assert file.status_code == 200


def test_graphiql_can_ask_for_the_code_of_a_second_factor_in_both_languages(client):
    english, indonesian = (
        client.get("/graphql", headers={"Accept": "text/html", "Accept-Language": language}).text
        for language in ("en", "id")
    )

    assert '<label id="second" hidden>Code of your device, or a recovery code' in english
    assert '<label id="second" hidden>Kode dari perangkat Anda, atau kode pemulihan' in indonesian


def test_graphiql_and_introspection_are_off_in_production(db):
    settings = db.model_copy(update={"production": True})
    client = create_app(settings, plugins=[]).test_client()

    page = client.get("/graphql", headers={"Accept": "text/html"})
    introspection = ask(client, "{ __schema { types { name } } }")

    assert page.status_code == 400
    assert introspection.json["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


def test_a_caller_who_asks_for_no_language_is_answered_in_that_of_the_account(client, ctx):
    identity.create_account(ctx, username="sari", password="a-long-password-0", language="en")
    ctx.now = utc_now()
    token = identity.login(ctx, "sari", "a-long-password-0").access_token
    query = {"query": "{ ...A } fragment A on Query { ...A }"}
    headers = {"Authorization": f"Bearer {token}"}

    own = client.post("/graphql", json=query, headers=headers)
    asked = client.post("/graphql", json=query, headers={**headers, "Accept-Language": "id"})
    stranger = client.post("/graphql", json=query)

    assert own.json["errors"][0]["message"] == "The fragment A spreads itself. Remove the cycle."
    assert asked.json["errors"][0]["message"] == "Fragmen A memuat dirinya sendiri. Hilangkan lingkarannya."
    assert stranger.json["errors"][0]["message"] == "Fragmen A memuat dirinya sendiri. Hilangkan lingkarannya."
