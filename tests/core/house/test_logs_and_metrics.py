"""Logs that machines and people can read and that keep secrets; figures that only the right callers read."""

import io
import json
import logging

import pytest

from core import metrics
from core.logs import about_request, configure_logging
from core.settings import Settings


@pytest.fixture
def stream():
    """Where the logs go; the root logger is as it was afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield io.StringIO()
    root.handlers, root.level = handlers, level


def test_a_line_in_production_is_json_with_the_request(stream):
    configure_logging(production=True, stream=stream)

    with about_request("req-12345678"):
        logging.getLogger("core.x").warning("%s rows", 3)

    line = json.loads(stream.getvalue())
    assert line["event"] == "3 rows"
    assert line["level"] == "warning"
    assert line["logger"] == "core.x"
    assert line["request_id"] == "req-12345678"
    assert line["timestamp"].endswith("Z")


def test_an_exception_is_one_line_of_json(stream):
    configure_logging(production=True, stream=stream)

    try:
        int("odd")
    except ValueError:
        logging.getLogger("core.x").exception("failed")

    line = json.loads(stream.getvalue())
    assert "ValueError: invalid literal" in line["exception"]


@pytest.mark.parametrize("name", ["password", "access_token", "Authorization", "secret_key", "set_cookie"])
def test_secrets_are_not_logged(stream, name):
    configure_logging(production=True, stream=stream)

    logging.getLogger("core.x").warning("seen", extra={name: "hush-hush"})

    assert "hush-hush" not in stream.getvalue()


def test_a_line_for_people_is_readable(stream):
    configure_logging(production=False, stream=stream)

    logging.getLogger("core.x").info("hello")

    assert "hello" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


@pytest.mark.parametrize(
    ("token", "address", "headers", "expected"),
    [
        ("", "127.0.0.1", {}, True),
        ("", "::1", {}, True),
        ("", "10.1.2.3", {}, False),
        ("", None, {}, False),
        ("", "unix", {}, False),
        ("", "127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}, False),
        ("", "127.0.0.1", {"Forwarded": "for=203.0.113.7"}, False),
        ("t0ken", "127.0.0.1", {}, False),
        ("t0ken", "10.1.2.3", {"Authorization": "Bearer t0ken"}, True),
        ("t0ken", "10.1.2.3", {"Authorization": "Bearer other"}, False),
    ],
)
def test_figures_are_for_this_machine_or_a_token(token, address, headers, expected):
    settings = Settings(secret_key="x" * 40, metrics_token=token)

    assert metrics.may_read(settings, address, headers) is expected


def test_the_page_counts_requests_by_route(db):
    metrics.observe("/graphql", "POST", 200, 0.02)

    page = metrics.page().decode()

    assert 'kinerja_requests_total{method="POST",route="/graphql",status="200"}' in page
    assert "kinerja_events_waiting 0.0" in page
