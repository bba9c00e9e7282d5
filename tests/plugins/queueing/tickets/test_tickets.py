"""Citizens book, take numbers, check in and leave; one-time codes and NIKs are kept as hashes."""

import json
from datetime import timedelta

import pytest

from core.database import database
from core.errors import Refused
from core.history.models import HistoryRecord
from core.live.models import LiveEvent
from plugins.queueing.models import PriorityGroup, QueueDay, ServiceQuota, Ticket, TicketEvent, WaitEstimate
from plugins.queueing.reading.line import ahead_of, waiting_line
from plugins.queueing.services import foresight, tickets
from plugins.queueing.terms import Channel, PriorityRule, TicketState
from tests.plugins.queueing.tickets.conftest import MORNING, after, stranger

NIK = "3201010101010001"


def refused(verb, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        verb(*args, **kwargs)
    return caught.value.problems[0].code


def test_numbers_are_given_per_service_and_day(day, office):
    labels = [
        tickets.label_of(day.take(minute, service).ticket)
        for minute, service in enumerate((office.ktp, office.ktp, office.birth, office.ktp))
    ]

    assert labels == ["A-001", "A-002", "B-001", "A-003"]
    ticket = Ticket.get(Ticket.number == 3)
    assert (ticket.state, ticket.day, ticket.local_hour) == (TicketState.WAITING, office.day, 8)
    assert (ticket.queued_at, ticket.slot) == (after(3), "08:30")


def test_a_booking_gets_its_number_when_its_holder_is_there(day, db, office):
    booked = day.book(slot="10:00", holder_name=" Ani ", phone="0812")
    day.take(5)

    ticket = tickets.check_in(stranger(db, after(60)), token=booked.ticket.token, code=booked.code)

    assert (booked.ticket.number, ticket.number, ticket.state) == (None, 2, TicketState.WAITING)
    assert (ticket.booked_at, ticket.queued_at, ticket.holder_name) == (MORNING, after(60), "Ani")
    assert day.kinds(ticket) == ["BOOKED", "CHECKED_IN"]
    # Said again, since the answer got lost: nothing changes, and no number is used up.
    again = tickets.check_in(stranger(db, after(61)), token=ticket.token, code=booked.code)
    assert (again.number, again.queued_at, day.kinds(ticket)) == (2, after(60), ["BOOKED", "CHECKED_IN"])
    assert QueueDay.get(QueueDay.service == office.ktp).last_number == 2


def test_nothing_personal_is_kept_in_plain(day):
    issued = day.take(nik=NIK)

    kept = [str(value) for value in Ticket.get().__data__.values()]

    told = "".join(str(row.payload) for row in LiveEvent.select())
    assert (HistoryRecord.select().count(), issued.ticket.nik_hash in told) == (0, False)
    assert NIK not in kept
    assert issued.code not in kept
    assert (len(issued.ticket.token), len(issued.code), len(issued.ticket.nik_hash)) == (32, 6, 64)


def test_a_person_has_one_active_ticket_of_a_service_and_day(day, db, office):
    first = day.book()

    assert refused(day.book) == "NIK_HAS_TICKET"
    assert refused(day.take, nik=NIK) == "NIK_HAS_TICKET"
    day.book(service=office.birth)
    day.book(day=office.day + timedelta(days=1))
    tickets.cancel(stranger(db), token=first.ticket.token, code=first.code)
    assert day.take(nik=NIK).ticket.number == 1


@pytest.mark.parametrize(
    "nik", ["", "123", "32010101010100012", "320101010101000a", "３２０１０１０１０１０１０００１"]
)
def test_a_nik_has_16_digits(day, nik):
    assert refused(day.book, nik=nik) == "NIK_INVALID"


def test_codes_are_not_guessed(day, db):
    issued = day.take()
    wrong = "000000" if issued.code != "000000" else "111111"

    def leave(code, token=issued.ticket.token):
        return tickets.leave(stranger(db, after(1)), token=token, code=code)

    assert refused(leave, wrong) == "CODE_WRONG"
    assert refused(leave, issued.code, "unknown") == "TICKET_UNKNOWN"
    assert [refused(leave, wrong) for _ in range(5)] == ["CODE_WRONG"] * 4 + ["CODE_LOCKED"]
    assert refused(leave, issued.code) == "CODE_LOCKED"
    assert day.row(issued.ticket).state is TicketState.WAITING


def test_the_right_code_gives_all_tries_back(day, db):
    booked = day.book()
    for _ in range(4):
        refused(tickets.check_in, stranger(db), token=booked.ticket.token, code="x")
    tickets.check_in(stranger(db), token=booked.ticket.token, code=booked.code)

    assert day.row(booked.ticket).code_tries == 0


def test_cancelling_and_leaving_end_a_ticket(day, db):
    one, two = day.take(), day.take(1)

    tickets.cancel(stranger(db, after(2)), token=one.ticket.token, code=one.code)
    left = tickets.leave(stranger(db, after(3)), token=two.ticket.token, code=two.code)

    assert (left.state, left.ended_at, left.wait_seconds) == (TicketState.LEFT, after(3), None)
    assert day.row(one.ticket).state is TicketState.CANCELLED
    assert refused(tickets.leave, stranger(db, after(4)), token=one.ticket.token, code=one.code) == "TICKET_STEP"


def test_numbers_end_with_the_quota_and_with_the_service(day, office, db):
    ServiceQuota.create(service=office.ktp, quota=2)
    day.take(), day.take()

    assert refused(day.take) == "QUOTA_FULL"
    assert refused(day.take, minute=7 * 60, service=office.birth) == "POINT_CLOSED_FOR_TODAY"
    late = tickets.take_number(day.serving(7 * 60), service_id=office.birth.id, channel=Channel.STAFF)
    assert late.ticket.number == 1
    assert refused(day.take, service=office.birth, channel=Channel.STAFF) == "FORBIDDEN"
    sunday = stranger(db, after(-24 * 60))
    assert refused(tickets.take_number, sunday, service_id=office.birth.id) == "POINT_CLOSED"
    office.birth.is_active = False
    office.birth.save()
    assert refused(day.take, service=office.birth) == "NOT_FOUND"


def test_staff_check_people_in_and_decide_about_their_priority(day, db, office):
    elderly = PriorityGroup.create(code="lansia", name="Lansia")
    booked = day.book(priority_id=elderly.id).ticket
    waiting = day.take(1, priority_id=elderly.id).ticket

    tickets.check_in_at_counter(day.serving(2), ticket_id=booked.id, confirms_priority=True)
    tickets.confirm_priority(day.serving(3), ticket_id=waiting.id, is_confirmed=False)

    assert day.row(booked).is_priority_confirmed
    assert (day.row(waiting).priority, day.kinds(waiting)) == (None, ["ISSUED", "PRIORITY"])
    assert '"confirmed": false' in TicketEvent.get(TicketEvent.kind == "PRIORITY").detail
    assert refused(tickets.confirm_priority, day.serving(4), ticket_id=waiting.id, is_confirmed=True) == (
        "PRIORITY_NOT_DECLARED"
    )
    assert refused(day.take, priority_id=elderly.id + 1) == "PRIORITY_UNKNOWN"
    assert refused(tickets.check_in_at_counter, day.serving(24 * 60), ticket_id=booked.id) == "CHECK_IN_DAY"


def test_the_line_follows_the_rule_of_the_point(day, office):
    elderly = PriorityGroup.create(code="lansia", name="Lansia")
    people = [
        day.take(minute, priority_id=elderly.id if first else None).ticket
        for minute, first in enumerate((False, False, True, False, True))
    ]

    def line():
        return [ticket.number for ticket in waiting_line([office.ktp.id], office.day)]

    assert line() == [3, 5, 1, 2, 4]
    office.point.priority_rule = PriorityRule.ONE_IN_N
    office.point.save()
    assert line() == [3, 1, 2, 5, 4]
    assert day.at("finish", 11, day.at("start", 10, day.call_next(9))).number == 3
    # Its place in the rule is kept when the next is called.
    assert line() == [1, 2, 5, 4]
    assert [ahead_of(day.row(ticket)) for ticket in people] == [0, 1, 0, 3, 2]


def test_a_wait_that_cannot_be_foretold_keeps_nobody_from_a_number(day, monkeypatch):
    def fail(_work, _ticket):
        database.execute_sql("SELECT nothing FROM nowhere")

    monkeypatch.setattr(foresight, "note_estimate", fail)

    assert day.take().ticket.number == 1
    assert (Ticket.select().count(), WaitEstimate.select().count()) == (1, 0)


def test_who_asks_again_gets_what_became_of_the_ticket_and_a_code_that_fits(day, db, office):
    key = "a secret of one citizen"
    first = day.take(key=key)
    moved = day.at("transfer", 5, day.call_next(4), service_id=office.birth.id)

    again = day.take(10, key=key)
    assert (again.ticket.id, again.code, again.ticket.token) == (moved.id, first.code, first.ticket.token)
    tickets.leave(stranger(db, after(11)), token=again.ticket.token, code=again.code)
    # After the doors are closed, and when nobody knows any more whose it was.
    assert day.take(8 * 60, key=key).ticket.state is TicketState.LEFT
    booked = day.book(key=f"{key}, 2")
    Ticket.update(nik_hash=None, code_hash="").execute()
    assert day.book(12 * 60, key=f"{key}, 2").ticket.id == booked.ticket.id
    assert Ticket.select().count() == 3


def test_neither_key_nor_code_is_kept(day, db):
    key = "a secret of one citizen"
    issued = day.take(key=key)

    kept = [str(value) for row in [*Ticket.select().dicts(), *TicketEvent.select().dicts()] for value in row.values()]
    kept += [json.dumps(row.payload) for row in LiveEvent.select()]
    assert not [value for value in kept if key in value or issued.code == value]
    # Another installation makes another ticket of the same key.
    elsewhere = db.model_copy(update={"secret_key": "y" * 40})
    other = tickets.take_number(stranger(elsewhere), service_id=issued.ticket.service_id, key=key)
    assert {other.ticket.token, other.code}.isdisjoint({issued.ticket.token, issued.code})
