"""Citizens without a script: booking, kiosk and ticket, in both languages, with problems at their fields."""

import re

import pytest

from core.rates import LocalRates
from plugins.queueing.models import QueueService, ServiceQuota, Ticket
from plugins.queueing.terms import Channel, TicketState

NIK = "3201010101010001"
BASE = "/-/queueing"


def booked(citizen, office, **given):
    """Book as a form does."""
    form = {"service": office.ktp.id, "day": "2026-03-02", "slot": "13:00", "nik": NIK, "name": "Ani", **given}
    return citizen.post(f"{BASE}/dukcapil/book", data=form)


def code_on(page):
    return re.search(r'class="code">(\d{6})<', page.text)[1]


def test_points_and_services_are_shown_in_the_readers_language(citizen, app, office):
    first = citizen.get(f"{BASE}/")
    point = citizen.get(f"{BASE}/dukcapil/")
    indonesian = app.test_client().get(f"{BASE}/dukcapil/", headers={"Accept-Language": "id"})

    assert "Dukcapil" in first.text
    assert "Open now" in first.text
    assert "KTP-el" in point.text
    assert "Surat pengantar" in point.text
    assert "08:00–15:00" in point.text
    assert "Buka sekarang" in indonesian.text
    assert 'lang="id"' in indonesian.text
    assert citizen.get(f"{BASE}/nowhere/").status_code == 404


def test_a_booking_gives_a_ticket_and_its_code_to_this_browser_alone(citizen, app, office):
    answer = booked(citizen, office, priority=office.group.id)

    ticket = Ticket.get()
    page = citizen.get(answer.location)
    assert (ticket.state, ticket.channel, ticket.slot) == (TicketState.BOOKED, Channel.ONLINE, "13:00")
    assert (ticket.holder_name, ticket.priority_id) == ("Ani", office.group.id)
    assert "Surat pengantar" in page.text
    assert len(code_on(page)) == 6
    assert "<svg" in page.text
    assert 'class="code"' not in app.test_client().get(answer.location).text


def test_what_is_wrong_with_a_booking_stands_at_its_field_and_input_is_kept(citizen, office):
    answer = booked(citizen, office, nik="12", name="Ani binti Ali")

    assert answer.status_code == 422
    assert 'id="nik-fault"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'value="Ani binti Ali"' in answer.text
    assert re.search(r'value="13:00"[^>]*checked', answer.text)
    assert Ticket.select().count() == 0
    assert 'id="name-fault"' in booked(citizen, office, name=" ").text
    assert booked(citizen, office, service="999").status_code == 422
    assert booked(citizen, office, day="yesterday").status_code == 422


def test_full_slots_cannot_be_chosen(citizen, office):
    ServiceQuota.create(service=office.ktp, slot="13:00", quota=1)
    booked(citizen, office)

    page = citizen.get(f"{BASE}/dukcapil/book?service={office.ktp.id}&day=2026-03-02")
    again = booked(citizen, office, nik="3201010101010002")

    assert re.search(r'value="13:00" required disabled', page.text)
    assert again.status_code == 422
    assert "nothing is left" in again.text


def test_the_kiosk_gives_a_number_with_a_qr_code_and_forgets_the_code(citizen, office):
    answer = citizen.post(f"{BASE}/dukcapil/kiosk", data={"service": office.ktp.id, "priority": office.group.id})

    page = citizen.get(answer.location)
    assert "A-001" in page.text
    assert len(code_on(page)) == 6
    assert 'role="img"' in page.text
    assert 'class="code"' not in citizen.get(answer.location).text
    assert Ticket.get().priority_id == office.group.id
    assert citizen.post(f"{BASE}/dukcapil/kiosk", data={"service": "x"}).status_code == 422


def test_a_booking_checks_in_at_the_kiosk_by_nik_or_by_what_was_scanned(citizen, office, clock):
    clock.pass_minutes(4 * 60)
    tickets = []
    for number in (1, 2):
        answer = booked(citizen, office, nik=f"320101010101000{number}", slot="14:00")
        tickets.append((answer.location, code_on(citizen.get(answer.location))))
    by_nik = {"booking": "3201 0101 0101 0001", "code": tickets[0][1]}
    by_address = {"booking": f"https://kinerja.example.go.id{tickets[1][0]}", "code": tickets[1][1]}

    wrong = citizen.post(f"{BASE}/dukcapil/kiosk/check-in", data={**by_nik, "code": "000000"})
    unknown = citizen.post(f"{BASE}/dukcapil/kiosk/check-in", data={**by_nik, "booking": "3201010101019999"})
    shown = [
        citizen.get(citizen.post(f"{BASE}/dukcapil/kiosk/check-in", data=form).location)
        for form in (by_nik, by_address)
    ]

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert 'id="code-fault"' in wrong.text
    assert 'id="booking-fault"' in unknown.text
    assert ["A-001" in shown[0].text, "A-002" in shown[1].text] == [True, True]
    assert {ticket.state for ticket in Ticket.select()} == {TicketState.WAITING}


def test_a_ticket_shows_its_place_and_obeys_its_code_only(citizen, office):
    first = citizen.post(f"{BASE}/dukcapil/kiosk", data={"service": office.ktp.id}).location
    second = citizen.post(f"{BASE}/dukcapil/kiosk", data={"service": office.ktp.id}).location
    code = code_on(citizen.get(second))
    address = f"{BASE}/t/{second.rpartition('/')[2]}"

    page = citizen.get(address)
    state = citizen.get(f"{address}/state")
    wrong = citizen.post(f"{address}/leave", data={"code": "000000" if code != "000000" else "111111"})
    empty = citizen.post(f"{address}/leave", data={"code": ""})
    left = citizen.post(f"{address}/leave", data={"code": code})

    assert "Before you: 1" in page.text
    assert (state.json["state"], state.json["ahead"]) == ("WAITING", 1)
    assert (wrong.status_code, empty.status_code, left.status_code) == (422, 422, 303)
    assert "Gone" in citizen.get(address).text
    assert "<html" not in citizen.get(f"{address}?part=state").text
    assert citizen.get(f"{BASE}/t/{first.rpartition('/')[2]}x").status_code == 404


def test_a_booking_is_cancelled_and_another_may_follow(citizen, office):
    address = booked(citizen, office).location
    code = code_on(citizen.get(address))

    citizen.post(f"{address}/cancel", data={"code": code})

    assert Ticket.get().state is TicketState.CANCELLED
    assert booked(citizen, office).status_code == 303


def test_one_address_acts_so_often_only(citizen, office, app):
    app.extensions["queueing.rates"] = LocalRates(10)

    answers = [citizen.post(f"{BASE}/dukcapil/kiosk", data={"service": "x"}).status_code for _ in range(12)]

    assert answers[:10] == [422] * 10
    assert answers[-1] == 429


@pytest.mark.parametrize("path", ["", "dukcapil/", "dukcapil/kiosk", "dukcapil/book", "dukcapil/display"])
def test_no_page_runs_or_styles_what_stands_in_it_or_comes_from_elsewhere(citizen, office, path):
    page = citizen.get(f"{BASE}/{path}")

    assert page.status_code == 200
    assert page.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert page.headers["Cache-Control"] == "no-store"
    assert not re.search(r"<script(?![^>]*src=)|<style| style=| on[a-z]+=\"|https?://(?!www\.w3\.org)", page.text)


def test_a_service_without_booking_is_not_offered_for_it(citizen, office):
    QueueService.update(books_ahead_days=0).execute()

    assert "Nothing can be booked here" in citizen.get(f"{BASE}/dukcapil/book").text


def test_a_page_that_is_sent_twice_takes_one_number_and_one_booking(citizen, office):
    def key_of(page):
        return re.search(r'name="key" value="([^"]+)" autocomplete="off"', page.text)[1]

    start = citizen.get(f"{BASE}/dukcapil/kiosk")
    given = {"service": office.ktp.id, "key": key_of(start)}
    one, two = (citizen.post(f"{BASE}/dukcapil/kiosk", data=given) for _ in range(2))
    assert one.location == two.location
    # The first answer got lost, the second one tells the code.
    assert code_on(citizen.get(two.location))
    assert key_of(citizen.get(f"{BASE}/dukcapil/kiosk")) != given["key"]
    other = citizen.post(f"{BASE}/dukcapil/kiosk", data={**given, "service": office.birth.id})
    assert (other.status_code, "Another ticket was given" in other.text) == (422, True)
    assert key_of(other) != given["key"]

    form = citizen.get(f"{BASE}/dukcapil/book?service={office.ktp.id}&day=2026-03-02")
    sent = [booked(citizen, office, key=key_of(form)) for _ in range(2)]
    assert sent[0].location == sent[1].location
    assert [(ticket.state, ticket.number) for ticket in Ticket.select().order_by(Ticket.id)] == [
        (TicketState.WAITING, 1),
        (TicketState.BOOKED, None),
    ]
    assert "no-store" in start.headers["Cache-Control"]
