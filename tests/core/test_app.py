"""The frame of every request: start-up, headers, languages, errors, readiness and the database connection."""

import re

import psycopg
import pytest

from core import app as app_module
from core import connections
from core.app import create_app
from core.database import connect, database
from core.errors import CannotStart, Problem, refuse
from core.i18n import has_translation
from core.settings import Settings
from tests.support.services import POSTGRESQL_URL

HTML = {"Accept": "text/html"}


@pytest.fixture
def app(db):
    return create_app(db, [])


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def faulty(app):
    """A client of an application whose pages fail in different ways."""
    app.testing = False

    @app.get("/fault/<kind>")
    def fault(kind):
        if kind == "refused":
            raise refuse("FORBIDDEN", "You are not allowed to do this. Ask your HR office for the right role.")
        if kind == "open":
            transaction = database.atomic()
            transaction.__enter__()
            return "left open"
        raise ValueError("secret detail")

    return app.test_client()


def test_an_application_without_migrations_is_refused_with_what_to_run(tmp_path):
    settings = Settings(secret_key="x" * 40, database_url=f"sqlite:///{tmp_path / 'empty.db'}", var_dir=tmp_path)

    with pytest.raises(CannotStart, match="Back it up, then run: kinerja migrate"):
        create_app(settings, [])


def test_a_shadowed_import_name_is_refused(db, monkeypatch):
    from core import shadowing

    monkeypatch.setattr(shadowing, "packages_distributions", lambda: {"core": ["kinerja", "corelib"]})

    with pytest.raises(CannotStart, match="The import name core is also brought by corelib"):
        create_app(db, [])


def test_the_start_page_names_the_institution_and_its_doors(client):
    page = client.get("/", headers=HTML).text

    assert "Pemerintah Daerah" in page
    assert 'href="/graphql"' in page
    assert '<html lang="id">' in page
    assert "Kinerja aparatur sipil negara" in page


def test_the_start_page_speaks_english_when_asked(client):
    assert '<html lang="en">' in client.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    assert "Performance of the civil service" in client.get("/?language=en").text

    client.get("/language/en")

    assert "Performance of the civil service" in client.get("/").text


def test_pages_load_nothing_from_elsewhere(client):
    page = client.get("/", headers=HTML)

    assert re.findall(r'(?:src|href)="(?!/|#)([^"]+)"', page.text) == []
    assert "<script" not in page.text
    assert 'style="' not in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'self'")


@pytest.mark.parametrize("path", ["/", "/healthz", "/nowhere", "/static/kinerja.css"])
def test_every_answer_has_the_security_headers(client, path):
    with client.get(path) as answer:
        headers = answer.headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "default-src 'self'" in headers["Content-Security-Policy"]


def test_a_request_keeps_a_sound_id_and_gets_one_otherwise(client):
    assert client.get("/healthz", headers={"X-Request-Id": "abc-12345"}).headers["X-Request-Id"] == "abc-12345"
    assert re.fullmatch("[0-9a-f]{32}", client.get("/healthz", headers={"X-Request-Id": "a b"}).headers["X-Request-Id"])


def test_a_missing_page_is_told_in_json_or_html(client):
    answer = client.get("/nowhere?language=en", headers={"X-Request-Id": "abc-12345"})
    page = client.get("/nowhere", headers=HTML)

    assert (answer.status_code, answer.json) == (
        404,
        {
            "error": {
                "code": "NOT_FOUND",
                "message": "There is no such page. Check the address.",
                "requestId": "abc-12345",
            }
        },
    )
    assert (page.status_code, "Halaman itu tidak ada." in page.text) == (404, True)


def test_an_unexpected_error_shows_its_number_and_nothing_inside(faulty, caplog):
    answer = faulty.get("/fault/x?language=en", headers={"X-Request-Id": "abc-12345"})

    assert answer.status_code == 500
    assert answer.json["error"]["message"] == "Something went wrong here. Tell your administrator the number abc-12345."
    assert "secret detail" not in answer.text
    assert caplog.text.count("ValueError: secret detail") == 1


def test_a_refusal_of_a_service_keeps_its_code_and_words(faulty):
    answer = faulty.get("/fault/refused?language=en")

    assert (answer.status_code, answer.json["error"]["code"]) == (403, "FORBIDDEN")


def test_what_is_too_large_is_not_read(client):
    answer = client.post("/graphql", data=b"x" * (12 * 1024 * 1024), content_type="application/json")

    assert answer.status_code == 413


def test_every_error_text_has_its_translation():
    assert [text for text in app_module.HTTP_TEXTS.values() if not has_translation(text, "id")] == []


def test_alive_and_ready(client):
    assert client.get("/healthz").json == {"status": "alive"}
    assert client.get("/readyz").json == {"status": "ready", "problems": []}


def test_not_ready_says_which_migrations_are_pending(client, monkeypatch):
    monkeypatch.setattr(app_module, "pending", lambda histories: ["core/0099_later"])

    answer = client.get("/readyz?language=en")

    assert answer.status_code == 503
    assert answer.json["problems"] == [
        {
            "code": "MIGRATIONS_PENDING",
            "message": "The database lacks 1 migrations (core/0099_later). Back it up, then run: kinerja migrate",
        }
    ]


def test_without_a_database_alive_but_not_ready(db, tmp_path):
    client = create_app(db, []).test_client()
    connect(f"sqlite:///{tmp_path / 'gone.db'}")
    database.close()
    (tmp_path / "gone.db").unlink()
    (tmp_path / "gone.db").mkdir()

    ready = client.get("/readyz?language=en")
    page = client.get("/?language=en")

    assert client.get("/healthz").status_code == 200
    assert (ready.status_code, ready.json["problems"][0]["code"]) == (503, "DATABASE_UNAVAILABLE")
    assert (page.status_code, page.json["error"]["code"]) == (503, "DATABASE_UNAVAILABLE")
    connect(db.database_url)


def test_a_transaction_that_was_left_open_is_rolled_back(faulty):
    assert faulty.get("/fault/open").text == "left open"

    assert not database.in_transaction()
    assert faulty.get("/readyz").status_code == 200


def test_a_connection_that_the_server_dropped_is_replaced(client, db):
    if not db.database_url.startswith("postgresql"):
        pytest.skip("SQLite has no server that could drop a connection")
    assert client.get("/").status_code == 200
    pid = database.execute_sql("SELECT pg_backend_pid()").fetchone()[0]
    with psycopg.connect(POSTGRESQL_URL, autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))

    assert client.get("/").status_code == 200
    assert database.execute_sql("SELECT pg_backend_pid()").fetchone()[0] != pid


def test_connections_are_kept_between_requests(client, monkeypatch):
    client.get("/")
    monkeypatch.setattr(connections.database.obj, "_connect", lambda: pytest.fail("connected again"))

    assert client.get("/").status_code == 200


def test_only_listed_origins_may_call_from_other_pages(db):
    client = create_app(db.model_copy(update={"cors_origins": ["https://apps.example"]}), []).test_client()

    allowed = client.options("/graphql", headers={"Origin": "https://apps.example"})
    strange = client.options("/graphql", headers={"Origin": "https://evil.example"})

    assert allowed.headers["Access-Control-Allow-Origin"] == "https://apps.example"
    assert "Authorization" in allowed.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Origin" not in strange.headers


def test_pages_outside_the_plugins_prefix_stop_start_up(db):
    from core.plugin_api import Pages
    from tests.contract.test_start_up_checks import plugin

    def mount(app, registry):
        app.add_url_rule("/sample-page", "sample", lambda: "here")

    with pytest.raises(CannotStart, match="Plugin sample: register_pages gives the name /sample-page"):
        create_app(db, [plugin(hooks={"register_pages": [Pages("/-/sample", mount)]})])


def test_pages_that_cannot_be_mounted_stop_start_up(db):
    from core.plugin_api import Pages
    from tests.contract.test_start_up_checks import plugin

    def mount(app, registry):
        raise OSError("no templates")

    with pytest.raises(CannotStart, match="Plugin sample fails in register_pages: OSError: no templates"):
        create_app(db, [plugin(hooks={"register_pages": [Pages("/-/sample", mount)]})])


def test_problems_may_hold_any_braces():
    assert Problem("X", "A {gap}.", params={"gap": "{no gap}"}).message("en") == "A {no gap}."
