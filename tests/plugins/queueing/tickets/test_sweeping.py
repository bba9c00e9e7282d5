"""Bookings lapse, and the day of a service point comes to its end."""

import pytest

from core.plugin_api import active_registry
from plugins.queueing.services.sweeping import close_days, sweep_no_shows
from plugins.queueing.services.tickets import check_in
from plugins.queueing.terms import TicketState
from tests.plugins.queueing.tickets.conftest import after, stranger

NIKS = [f"32010101010100{number:02}" for number in range(9)]


def test_a_booking_lapses_some_time_after_its_slot(day, db):
    slot, whole_day, kept = (day.book(nik=NIKS[n], slot=slot) for n, slot in enumerate(("10:00", "", "10:00")))
    check_in(stranger(db, after(95)), token=kept.ticket.token, code=kept.code)

    # The slot ends at 10:30, the grace at 11:00.
    assert sweep_no_shows(day.serving(149)) == 0
    assert sweep_no_shows(day.serving(155)) == 1
    assert sweep_no_shows(day.serving(156)) == 0

    lapsed = day.row(slot.ticket)
    assert (lapsed.state, lapsed.ended_at, lapsed.number) == (TicketState.NO_SHOW, after(150), None)
    assert day.row(whole_day.ticket).state is TicketState.BOOKED
    assert day.row(kept.ticket).state is TicketState.WAITING


def test_the_day_is_closed_after_the_end_of_service(day, office):
    booked = day.book().ticket
    served, held, called, waiting = (day.take(minute).ticket for minute in range(4))
    day.at("hold", 7, day.at("start", 6, day.at("call", 5, held)))
    day.at("start", 9, day.at("call", 8, served))
    day.at("call", 10, called, office.two)
    tomorrow = day.book(nik=NIKS[1], day=office.day.replace(day=3)).ticket

    # Service ends at 15:00, tickets are closed an hour later.
    assert close_days(day.serving(7 * 60)) == 0
    assert close_days(day.serving(7 * 60 + 30)) == 4
    assert [day.row(ticket).state.value for ticket in (booked, held, called, waiting, served, tomorrow)] == [
        "NO_SHOW",
        "NO_SHOW",
        "NO_SHOW",
        "LEFT",
        "SERVING",
        "BOOKED",
    ]
    assert {day.row(ticket).ended_at for ticket in (booked, held, called, waiting)} == {after(6 * 60 + 30)}
    assert close_days(day.serving(24 * 60)) == 1
    assert (day.row(served).state, day.row(served).ended_at) == (TicketState.DONE, after(6 * 60 + 30))
    # Nobody noted when the counter was done.
    assert (day.row(served).serving_at is None, day.row(served).serve_seconds) == (False, None)


def test_each_point_ends_its_day_by_its_own_clock(day, office):
    ticket = day.take().ticket
    office.point.time_zone = "Asia/Jayapura"
    office.point.save()

    # 15:00 in Jayapura is 13:00 in Jakarta.
    assert close_days(day.serving(5 * 60 + 30)) == 1
    assert day.row(ticket).ended_at == after(4 * 60 + 30)


def test_what_went_on_after_the_end_of_service_ends_after_that(day):
    day.take()
    called = day.call_next(6 * 60 + 40)

    assert close_days(day.serving(8 * 60)) == 1
    assert (day.row(called).state, day.row(called).ended_at) == (TicketState.NO_SHOW, after(6 * 60 + 40))


@pytest.mark.parametrize("name", ["queueing.sweep_no_shows", "queueing.close_days"])
def test_both_run_by_the_clock(day, name):
    job = {job.name: job for job in active_registry().jobs}[name]

    assert job.schedule
    assert job.run(day.serving(24 * 60)) == 0
