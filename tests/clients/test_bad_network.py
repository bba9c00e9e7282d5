"""What both clients do when the network or the server fails: wait as told, send again what may be, resume streams."""

import json
from datetime import date

import pytest

from tests.clients.conftest import told
from tests.clients.wire import Script, tokens

ME = {"data": {"me": None}}
BUSY = {"errors": [{"message": "Too many.", "extensions": {"code": "RATE_LIMITED"}}]}
MISSING = {"errors": [{"message": "Database.", "extensions": {"code": "DATABASE_UNAVAILABLE", "requestId": "r-1"}}]}
PLANS = "subscription Plans { planStateChanged { id } }"
REFUSED = {"data": None, "errors": [{"message": "Log in.", "extensions": {"code": "UNAUTHENTICATED"}}]}


def busy_server():
    """A server that is overrun: a query is sent until it is answered, a mutation is not sent twice."""
    return Script(
        (429, {"Retry-After": "0.3"}, BUSY),
        (503, {}, MISSING),
        (200, {}, MISSING),
        (200, {}, ME),
        (503, {"Retry-After": "0"}, MISSING),
    )


def saw_patience(server):
    first, second = server.asked[:2]
    assert second["at"] - first["at"] >= 0.3, "Retry-After was not honoured."
    assert len(server.asked) == 5
    assert server.answers == []


def event(number=None, answer=None, name="next"):
    lines = [] if number is None else [f"id: {number}"]
    lines += [f"event: {name}", "data:" if answer is None else f"data: {json.dumps(answer)}"]
    return "\n".join(lines).encode() + b"\n\n"


def plan(number):
    return {"data": {"planStateChanged": {"id": f"PerformancePlan:{number}"}}}


def breaking_server():
    """A server whose streams break in every way: in the middle of an event, by refusal, by the end of a token."""
    stream = {"Cache-Control": "no-cache"}
    return Script(
        (200, {}, {"data": {"login": tokens(1)}}),
        (
            200,
            stream,
            b"retry: 20\nid: 100\n:\n\n" + event(101, plan(1)) + event(102, plan(2)) + event(103, plan(3))[:-9],
        ),
        (503, {"Retry-After": "0.05"}, MISSING),
        (200, stream, event(103, plan(3)).replace(b"\n", b"\r\n") + event(answer=REFUSED) + event(name="complete")),
        (503, {}, MISSING),
        (401, {}, REFUSED),
        (200, {}, {"data": {"refresh": tokens(2)}}),
        (200, stream, b"id: 110\n:\n\n"),
        (200, stream, event(111, {**plan(4), "errors": [{"message": "Part."}]}) + event(name="complete")),
    )


def saw_all(server, ids):
    assert ids == ["PerformancePlan:1", "PerformancePlan:2", "PerformancePlan:3", "PerformancePlan:4"]
    assert server.answers == []
    streams = [asked for asked in server.asked if asked["content"]["operationName"] == "Plans"]
    assert [asked["headers"].get("Last-Event-ID") for asked in streams] == [None, "102", "102", "103", "103", "110"]
    assert [asked["headers"]["Authorization"] for asked in streams] == ["Bearer access-1"] * 4 + ["Bearer access-2"] * 2
    assert {asked["headers"]["Accept"] for asked in streams} == {"text/event-stream"}


def test_the_python_client_is_patient(python_client):
    import kinerja_client as kit
    from kinerja_client import operations

    with busy_server() as server, kit.Client(server.url, api_token="token", longest_wait=0.1) as client:
        assert client.run(operations.who_am_i()) == {"me": None}
        with pytest.raises(kit.KinerjaError) as fault:
            client.run(operations.submit_plan(plan="PerformancePlan:1", version=1))

        assert (fault.value.code, fault.value.status, fault.value.request_id) == ("DATABASE_UNAVAILABLE", 503, "r-1")
        saw_patience(server)


def test_the_typescript_client_is_patient(node):
    with busy_server() as server:
        story = told(node(story="busy", url=server.url))

        assert story["answer"] is None
        assert story["mutation"]["code"] == "DATABASE_UNAVAILABLE"
        saw_patience(server)


def test_the_python_client_resumes_a_stream_and_misses_nothing(python_client):
    import kinerja_client as kit

    with breaking_server() as server, kit.Client(server.url, longest_wait=0.1) as client:
        client.login("officer", "secret")
        deliveries = list(client.subscribe(kit.Call("Plans", "subscription", PLANS, {})))

        saw_all(server, [delivery.data["planStateChanged"]["id"] for delivery in deliveries])
        assert [delivery.id for delivery in deliveries] == ["101", "102", "103", "111"]
        assert [len(delivery.errors) for delivery in deliveries] == [0, 0, 0, 1]


def test_the_typescript_client_resumes_a_stream_and_misses_nothing(node):
    with breaking_server() as server:
        process = node(
            story="stream", url=server.url, username="officer", password="secret", name="Plans", text=PLANS, count=99
        )
        out, fault = process.communicate(timeout=20)

        assert process.returncode == 0, fault
        told_ = [json.loads(line) for line in out.splitlines()]
        deliveries = [line["delivery"] for line in told_ if "delivery" in line]
        saw_all(server, [delivery["data"]["planStateChanged"]["id"] for delivery in deliveries])
        assert [delivery["id"] for delivery in deliveries] == ["101", "102", "103", "111"]
        assert [len(delivery["errors"]) for delivery in deliveries] == [0, 0, 0, 1]


def test_a_stream_that_cannot_be_had_is_an_error(python_client):
    import kinerja_client as kit

    refused = {"errors": [{"message": "Unknown.", "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"}}]}
    body = event(answer=refused) + event(name="complete")
    with Script((200, {}, body)) as server, kit.Client(server.url, api_token="token") as client:
        with pytest.raises(kit.KinerjaError) as fault:
            next(client.subscribe(kit.Call("Plans", "subscription", PLANS, {})))

        assert fault.value.code == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("3", 3.0),
        ("0", 0.0),
        ("-1", 0.0),
        ("Sat, 21 Nov 2026 05:00:10 GMT", 10.0),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(python_client, header, seconds):

    from kinerja_client.waiting import retry_after

    from tests.support.calls import on

    assert retry_after(header, on(date(2026, 11, 21))) == seconds
