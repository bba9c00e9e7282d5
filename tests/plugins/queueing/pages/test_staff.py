"""Counters and the dashboard: who gets in, what the keys do, and what comes in late after the line was lost."""

import re

import pytest

from plugins.queueing.models import Ticket, TicketEvent
from plugins.queueing.terms import EventSource, TicketState
from tests.support.office import Person

BASE = "/-/queueing/dukcapil"
COUNTER = f"{BASE}/counter/1"


@pytest.fixture
def waiting(citizen, office):
    """Three who wait."""
    for _ in range(3):
        citizen.post(f"{BASE}/kiosk", data={"service": office.ktp.id})
    return list(Ticket.select().order_by(Ticket.id))


def states():
    return [ticket.state.value for ticket in Ticket.select().order_by(Ticket.id)]


def test_only_who_serves_there_gets_in(app, citizen, clerk):
    stranger = citizen.get(COUNTER)

    assert (stranger.status_code, stranger.location) == (
        302,
        "/admin/login?next=%2F-%2Fqueueing%2Fdukcapil%2Fcounter%2F1",
    )
    assert citizen.get(f"{COUNTER}?part=live").status_code == 401
    assert citizen.post(f"{COUNTER}/act", data={"act": "next"}).status_code == 401
    assert Person(app, "officer").get(COUNTER).status_code == 403
    assert Person(app, "officer").get(f"{BASE}/dashboard").status_code == 403
    assert clerk.get(COUNTER).status_code == 200
    assert clerk.get(f"{BASE}/counter/9").status_code == 404


def test_a_counter_calls_serves_and_finishes(clerk, waiting):
    clerk.post(f"{COUNTER}/act", act="next", key="k1")
    first = waiting[0].id
    called = clerk.get(COUNTER)
    for act in ("recall", "start", "hold"):
        assert clerk.post(f"{COUNTER}/act", act=act, ticket=first, key=f"{act}1").status_code == 303
    held = clerk.get(COUNTER)
    for act in ("resume", "finish"):
        clerk.post(f"{COUNTER}/act", act=act, ticket=first)
    clerk.post(f"{COUNTER}/act", act="next")
    clerk.post(f"{COUNTER}/act", act="no_show", ticket=waiting[1].id)

    assert 'data-state="CALLED"' in called.text
    assert "A-001" in called.text
    assert "Go on with A-001" in held.text
    assert states() == ["DONE", "NO_SHOW", "WAITING"]


def test_an_act_that_is_sent_twice_under_one_key_counts_once(clerk, waiting):
    for _ in range(2):
        clerk.post(f"{COUNTER}/act", act="next", key="the-same")

    assert states() == ["CALLED", "WAITING", "WAITING"]


def test_a_ticket_is_passed_on_to_another_service(clerk, waiting, office):
    clerk.post(f"{COUNTER}/act", act="next")
    unsaid = clerk.post(f"{COUNTER}/act?part=live", act="transfer", ticket=waiting[0].id, service="")
    clerk.post(f"{COUNTER}/act", act="transfer", ticket=waiting[0].id, service=office.birth.id)

    assert "No service is chosen" in unsaid.text
    assert states() == ["TRANSFERRED", "WAITING", "WAITING", "WAITING"]
    page = clerk.get(COUNTER).text
    assert "B-001" in page
    assert re.search(r"B-001</strong>\s+[0-9.:]+ · in the line since [0-9.:]+", page)


def test_a_priority_is_confirmed_at_the_counter(clerk, citizen, office):
    citizen.post(f"{BASE}/kiosk", data={"service": office.ktp.id, "priority": office.group.id})
    clerk.post(f"{COUNTER}/act", act="next")

    page = clerk.get(COUNTER)
    clerk.post(f"{COUNTER}/act", act="confirm", ticket=Ticket.get().id, confirmed="yes")

    assert "Elderly" in page.text
    assert Ticket.get().is_priority_confirmed


def test_staff_check_in_who_has_booked(clerk, citizen, office):
    form = {"service": office.ktp.id, "day": "2026-03-02", "slot": "13:00", "nik": "3201010101010001", "name": "Ani"}
    citizen.post(f"{BASE}/book", data={**form, "priority": office.group.id})

    page = clerk.get(COUNTER)
    clerk.post(f"{COUNTER}/act", act="check_in", ticket=Ticket.get().id, confirmed="yes")

    ticket = Ticket.get()
    assert "Is here, priority confirmed" in page.text
    assert "Ani" in page.text
    assert (ticket.state, ticket.number, ticket.is_priority_confirmed) == (TicketState.WAITING, 1, True)


def test_impossible_steps_and_forms_without_token_are_told(clerk, waiting):
    impossible = clerk.post(f"{COUNTER}/act?part=live", act="finish", ticket=waiting[0].id)
    unknown = clerk.post(f"{COUNTER}/act?part=live", act="finish", ticket="x")
    foreign = clerk.post(f"{COUNTER}/act?part=live", act="next", token="of another site")
    odd = clerk.post(f"{COUNTER}/act", act="dance", ticket=waiting[0].id)

    assert (impossible.status_code, unknown.status_code, foreign.status_code, odd.status_code) == (422, 200, 403, 400)
    assert 'role="alert"' in impossible.text
    assert "<html" not in impossible.text
    assert states() == ["WAITING"] * 3


def test_what_a_counter_did_without_a_line_comes_in_at_its_own_time(clerk, waiting, clock):
    first, second = waiting[0].id, waiting[1].id
    clock.pass_minutes(30)
    events = [
        {"ticket": first, "kind": "CALLED", "at": "2026-03-02T01:40:00Z", "key": "a"},
        {"ticket": first, "kind": "SERVING", "at": "2026-03-02T01:41:00.250Z", "key": "b"},
        {"ticket": first, "kind": "DONE", "at": "2026-03-02T01:50:00+00:00", "key": "c"},
        {"ticket": second, "kind": "DONE", "at": "2026-03-02T01:52:00Z", "key": "d"},
        {"ticket": second, "kind": "NONSENSE", "at": "2026-03-02T01:52:00Z", "key": "e"},
    ]
    headers = {"X-Form-Token": clerk.token}

    answers = [clerk.client.post(f"{COUNTER}/offline", json={"events": events}, headers=headers) for _ in range(2)]
    foreign = clerk.client.post(f"{COUNTER}/offline", json={"events": events})
    unread = clerk.client.post(f"{COUNTER}/offline", json={"events": "many"}, headers=headers)

    problems = {one["key"]: one["problem"] for one in answers[0].json["outcomes"]}
    assert [problems[key] is None for key in "abcde"] == [True, True, True, False, False]
    assert answers[1].json == answers[0].json
    assert (foreign.status_code, unread.status_code) == (403, 400)
    ticket = Ticket.get_by_id(first)
    assert (ticket.state, ticket.wait_seconds, ticket.serve_seconds) == (TicketState.DONE, 600, 540)
    kept = TicketEvent.select().where(TicketEvent.source == EventSource.OFFLINE)
    assert sorted(event.key for event in kept) == ["a", "b", "c"]


def test_the_dashboard_shows_today_beside_the_target_with_tables(clerk, waiting, clock):
    clock.pass_minutes(20)
    clerk.post(f"{COUNTER}/act", act="next")

    page = clerk.get(f"{BASE}/dashboard")
    part = clerk.get(f"{BASE}/dashboard?part=live")

    assert page.status_code == 200
    assert "<strong>2</strong> wait now" in page.text
    assert "<strong>3</strong> came today" in page.text
    assert "too long" in page.text
    assert page.text.count("<svg") == 3
    assert page.text.count("<table") == 4
    assert "<html" not in part.text
    assert not re.search(r" style=", page.text)


def test_a_stream_without_a_place_tells_the_browser_not_to_come_again(citizen, app, waiting):
    app.extensions["kinerja.states"]._budget.most = 0

    answer = citizen.get(f"{BASE}/events")

    assert (answer.status_code, answer.data, answer.headers["Retry-After"]) == (204, b"", "30")


def test_the_board_is_told_to_displays_as_numbers_only(clerk, citizen, waiting):
    before = citizen.get(f"{BASE}/board")
    unchanged = citizen.get(f"{BASE}/board", headers={"If-None-Match": before.headers["ETag"]})
    clerk.post(f"{COUNTER}/act", act="next")
    after = citizen.get(f"{BASE}/board", headers={"If-None-Match": before.headers["ETag"]})

    assert before.json["calls"] == []
    assert unchanged.status_code == 304
    assert [(call["label"], call["counter"]) for call in after.json["calls"]] == [("A-001", 1)]
    assert after.json["services"][0]["waiting"] == 2
    assert "A-001" in citizen.get(f"{BASE}/display").text
