"""Counters call, serve, hold, hand on and finish, each step once."""

import pytest

from core.errors import Refused
from plugins.queueing.models import CounterService, Ticket
from plugins.queueing.reading.board import BoardCall, board_of
from plugins.queueing.services import counters
from plugins.queueing.services.rebuilding import Rebuilt, rebuild
from plugins.queueing.services.tickets import label_of, leave, ticket_by_token
from plugins.queueing.terms import TicketState
from tests.plugins.queueing.tickets.conftest import after, stranger
from tests.support.calls import system_context
from tests.support.grants import give_role


def refused(verb, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        verb(*args, **kwargs)
    return caught.value.problems[0].code


def test_a_counter_serves_one_after_the_other(day, office):
    day.take(0), day.take(1)

    called = day.call_next(10)
    day.at("recall", 11, called)
    day.at("start", 12, called)
    day.at("hold", 15, called)
    day.at("resume", 25, called)
    done = day.at("finish", 30, called)

    assert (done.number, done.state, done.calls) == (1, TicketState.DONE, 2)
    assert (done.wait_seconds, done.serve_seconds) == (600, 480)
    assert (done.counter_id, done.version) == (office.one.id, 7)
    assert day.call_next(31).number == 2
    assert day.call_next(31, office.two) is None


def test_who_serves_needs_the_role_and_is_kept(day, office):
    day.take()
    assert refused(counters.call_next, day.clerk(1), counter_id=office.one.id) == "FORBIDDEN"

    give_role(office.city.clerk, "queueing.counter", office.city.registry)
    called = counters.call_next(day.clerk(2), counter_id=office.one.id)
    done = counters.start(day.clerk(3), ticket_id=called.id, counter_id=office.one.id)

    assert (done.employee_id, done.state) == (office.city.clerk.id, TicketState.SERVING)


def test_a_repeated_key_gives_the_same_ticket(day):
    day.take(0), day.take(1)

    one = day.call_next(2, key="k1")
    again = day.call_next(3, key="k1")

    assert (one.id, day.kinds(one)) == (again.id, ["ISSUED", "CALLED"])
    for _ in range(2):
        assert day.at("start", 4, one, key="k2").state is TicketState.SERVING
    assert day.kinds(one) == ["ISSUED", "CALLED", "SERVING"]
    assert refused(day.call_next, 5, key="k2") == "EVENT_KEY_REUSED"
    assert refused(day.at, "finish", 5, one, key="k2") == "EVENT_KEY_REUSED"
    assert refused(day.call_next, 5, key="k" * 65) == "EVENT_KEY_TOO_LONG"


def test_a_counter_has_one_ticket_at_a_time(day, office):
    day.take(0), day.take(1)
    one = day.call_next(2)

    assert refused(day.call_next, 3) == "COUNTER_BUSY"
    assert refused(day.at, "start", 3, one, office.two) == "TICKET_ELSEWHERE"
    day.at("hold", 5, day.at("start", 4, one))
    two = day.call_next(6)
    assert (two.number, refused(day.at, "resume", 7, one)) == (2, "COUNTER_BUSY")
    # Whoever is on hold may go on at another counter.
    assert day.at("resume", 8, one, office.two).counter_id == office.two.id


def test_somebody_who_does_not_come_is_called_as_often_as_the_point_says(day):
    day.take()
    called = day.call_next(1)
    day.at("recall", 2, called), day.at("recall", 3, called)

    assert refused(day.at, "recall", 4, called) == "CALLS_USED_UP"
    assert day.at("no_show", 5, called).state is TicketState.NO_SHOW
    assert refused(day.at, "start", 6, called) == "TICKET_STEP"


def test_somebody_is_called_out_of_turn_only_by_name(day, office):
    day.take(0)
    two = day.take(1).ticket

    birth = day.take(1, office.birth).ticket

    assert refused(day.at, "start", 2, two) == "TICKET_STEP"
    assert refused(day.at, "call", 2, birth, office.two) == "SERVICE_NOT_HERE"
    assert day.at("call", 2, two, office.two).state is TicketState.CALLED
    assert day.call_next(3).number == 1


def test_who_is_handed_on_keeps_place_token_and_code(day, db, office):
    first = day.take(0)
    day.take(5, office.birth)
    called = day.call_next(10, office.two)
    day.at("start", 11, called, office.two)

    new = day.at("transfer", 12, called, office.two, service_id=office.birth.id, key="t")

    assert day.at("transfer", 13, called, office.two, service_id=office.birth.id, key="t").id == new.id
    assert (label_of(new), new.placed_at, new.origin_id) == ("B-002", after(0), called.id)
    # The second wait begins where the first service ends: no moment counts twice, and none of service as waiting.
    old = day.row(called)
    assert (old.wait_seconds, old.serve_seconds, old.ended_at, new.queued_at) == (600, 60, after(12), after(12))
    assert day.row(called).state is TicketState.TRANSFERRED
    assert day.call_next(14).id == new.id
    assert day.row(new).wait_seconds == 120
    assert ticket_by_token(first.ticket.token).id == new.id
    assert leave(stranger(db, after(15)), token=first.ticket.token, code=first.code).state is TicketState.LEFT
    assert Ticket.select().count() == 3


def test_who_is_handed_on_without_a_place_waits_from_now_on(day, office):
    day.take(0)
    day.take(5, office.birth)
    called = day.call_next(10, office.two)

    new = day.at("transfer", 12, called, office.two, service_id=office.birth.id, keeps_place=False)

    assert (new.queued_at, day.call_next(14).number, day.kinds(new)) == (after(12), 1, ["ISSUED"])
    assert new.placed_at is None


def test_who_is_handed_on_twice_keeps_the_first_place_and_waits_three_times(day, db, office):
    CounterService.create(counter=office.two, service=office.birth)
    first = day.take(0).ticket
    day.take(1)
    day.take(2, office.birth)
    second = day.at("transfer", 5, day.call_next(4), service_id=office.birth.id)
    assert day.call_next(6).id == second.id
    third = day.at("transfer", 9, second, service_id=office.ktp.id)

    assert day.call_next(10, office.two).id == third.id
    rows = [day.row(ticket) for ticket in (first, second, third)]
    assert [(row.queued_at, row.placed_at, row.wait_seconds) for row in rows] == [
        (after(0), None, 240),
        (after(5), after(0), 60),
        (after(9), after(0), 60),
    ]
    assert [row.ended_at for row in rows[:2]] == [row.queued_at for row in rows[1:]]
    assert rebuild(system_context(db)) == Rebuilt(5, 0)
    Ticket.update(placed_at=None, queued_at=after(0), wait_seconds=0).where(Ticket.origin.is_null(False)).execute()
    assert rebuild(system_context(db)) == Rebuilt(5, 2)
    assert [(row.queued_at, row.placed_at, row.wait_seconds) for row in rows[1:]] == [
        (row.queued_at, row.placed_at, row.wait_seconds) for row in map(day.row, rows[1:])
    ]


def test_who_is_handed_on_by_a_clock_that_is_behind_begins_to_wait_after_the_service(day, office):
    day.take(0)
    called = day.at("start", 6, day.call_next(5))

    new = day.at("transfer", 4, called, service_id=office.birth.id)

    assert (day.row(called).ended_at, new.queued_at, new.placed_at) == (after(6), after(6), after(0))


def test_the_board_shows_numbers_only(day, office):
    for minute in range(3):
        day.take(minute)
    day.take(4, office.birth)
    one = day.call_next(5)
    day.call_next(6, office.two)
    day.at("recall", 7, one)

    board = board_of(office.point, after(8))

    assert board.calls == (BoardCall("A-001", 1, after(7), 2), BoardCall("A-002", 2, after(6), 1))
    assert [(s.prefix, s.waiting, s.next_labels) for s in board.services] == [
        ("A", 1, ("A-003",)),
        ("B", 1, ("B-001",)),
    ]
    assert (board.open_counters, board.code, board.at) == (2, "dukcapil", after(8))
    day.at("start", 9, one)
    assert board_of(office.point, after(9)).last_event > board.last_event
