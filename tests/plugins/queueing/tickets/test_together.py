"""Many at the same moment: numbers without gap or double, nobody called twice, nobody forgotten."""

import json
import subprocess
import sys
from collections import Counter as Tally
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from core.database import database, is_sqlite
from core.errors import Refused
from plugins.queueing.models import QueueDay, ServiceQuota, Ticket, TicketEvent
from plugins.queueing.services import counters, tickets
from plugins.queueing.terms import TicketState
from tests.plugins.queueing.tickets.conftest import after, stranger
from tests.support.calls import system_context

MANY = 200
THREADS = 20

_TAKER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from core.actor import Actor
from core.context import Context
from core.database import connect, database
from core.plugin_host import start
from core.settings import Settings
from plugins.queueing.services.tickets import take_number

url, secret, service, count, now = sys.argv[1:]
settings = Settings(secret_key=secret, database_url=url, plugins=["queueing"])
connect(url)
start(settings, ["queueing"], web=False)
at = datetime.fromisoformat(now)

def take(_):
    with database.connection_context():
        ctx = Context(actor=Actor(today=at.date()), settings=settings, now=at)
        return take_number(ctx, service_id=int(service)).ticket.number

print("ready", flush=True)
sys.stdin.readline()
with ThreadPoolExecutor(10) as pool:
    print(list(pool.map(take, range(int(count)))))
"""


def at_once(work, inputs, threads=THREADS):
    """Run `work` for all inputs in threads with connections of their own; codes of refusals are answers, too."""
    barrier = Barrier(threads)

    def run(value):
        with database.connection_context():
            try:
                return work(value)
            except Refused as refused:
                return refused.problems[0].code

    with ThreadPoolExecutor(threads, initializer=barrier.wait) as pool:
        return list(pool.map(run, inputs))


def test_200_people_who_take_a_number_at_once_get_1_to_200(db, office):
    def take(_):
        return tickets.take_number(stranger(db), service_id=office.ktp.id).ticket.number

    assert sorted(at_once(take, range(MANY))) == list(range(1, MANY + 1))
    assert QueueDay.get().last_number == MANY
    assert Ticket.select().count() == TicketEvent.select().count() == MANY


def test_two_processes_give_out_one_row_of_numbers(db, office):
    if is_sqlite():
        pytest.skip("SQLite has one writer for all processes; threads show as much")
    given = [db.database_url, db.secret_key, str(office.ktp.id), str(MANY // 2), after().isoformat()]
    takers = [
        subprocess.Popen(
            [sys.executable, "-c", _TAKER, *given], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for taker in takers:
        assert taker.stdout.readline() == "ready\n"
    for taker in takers:
        taker.stdin.write("\n")
        taker.stdin.flush()
    numbers = [number for taker in takers for number in json.loads(taker.communicate(timeout=60)[0])]

    assert sorted(numbers) == list(range(1, MANY + 1))


def test_of_many_who_use_one_nik_at_once_one_gets_a_ticket(db, office):
    def book(number):
        if number % 2:
            return tickets.take_number(stranger(db), service_id=office.ktp.id, nik="3201010101010001").ticket.id
        day = office.day
        return tickets.book(stranger(db), service_id=office.ktp.id, day=day, nik="3201010101010001").ticket.id

    answers = at_once(book, range(THREADS))

    assert answers.count("NIK_HAS_TICKET") == THREADS - 1
    assert Ticket.select().count() == 1


def test_of_many_who_ask_under_one_key_at_once_all_get_the_same_ticket(db, office):
    ServiceQuota.create(service=office.ktp, quota=2)
    key = "a secret of one citizen"

    def ask(number):
        if number % 2:
            issued = tickets.take_number(stranger(db), service_id=office.ktp.id, nik="3201010101010001", key=key)
        else:
            booked = {"day": office.day, "slot": "10:00", "nik": "3201010101010002", "key": f"{key}, again"}
            issued = tickets.book(stranger(db), service_id=office.ktp.id, **booked)
        return number % 2, issued.ticket.id, issued.ticket.token, issued.code

    answers = at_once(ask, range(THREADS))

    # The quota is used up by the two, and the NIK of each has a ticket: who asks again gets it all the same.
    assert [len({one for one in answers if one[0] == kind}) for kind in (0, 1)] == [1, 1]
    assert Ticket.select().count() == TicketEvent.select().count() == 2
    assert QueueDay.get().last_number == 1


def test_of_many_who_ask_for_two_services_under_one_key_at_once_one_service_gives_a_ticket(db, office):
    def ask(number):
        service = (office.ktp, office.birth)[number % 2]
        return tickets.take_number(stranger(db), service_id=service.id, key="a secret of one citizen").ticket.id

    answers = at_once(ask, range(THREADS))

    assert len(set(answers)) == 2
    assert answers.count("TICKET_KEY_REUSED") == THREADS // 2
    assert Ticket.select().count() == 1
    assert sorted(day.last_number for day in QueueDay.select()) in ([1], [0, 1])


def test_two_counters_empty_a_line_of_60_and_lose_and_double_none(db, office, day):
    for _ in range(60):
        day.take()

    def serve(counter):
        served = []
        while True:
            ticket = counters.call_next(system_context(db, after(1)), counter_id=counter.id)
            if ticket is None:
                return served
            for verb in (counters.start, counters.finish):
                verb(system_context(db, after(1)), ticket_id=ticket.id, counter_id=counter.id)
            served.append(ticket.number)

    one, two = at_once(serve, [office.one, office.two], 2)

    assert sorted(one + two) == list(range(1, 61))
    assert one == sorted(one)
    assert two == sorted(two)
    assert {ticket.state for ticket in Ticket.select()} == {TicketState.DONE}
    assert set(Tally(event.kind.value for event in TicketEvent.select()).values()) == {60}


def test_a_call_that_is_told_many_times_at_once_calls_one(db, office, day):
    day.take(), day.take()

    called = at_once(
        lambda _: counters.call_next(system_context(db, after(1)), counter_id=office.one.id, key="k").number,
        range(8),
        8,
    )

    assert called == [1] * 8
    assert TicketEvent.select().where(TicketEvent.kind == "CALLED").count() == 1


def test_who_leaves_while_being_called_is_called_or_gone(db, office, day):
    issued = [day.take() for _ in range(12)]

    def act(number):
        if number % 2:
            ticket = issued[number // 2]
            return tickets.leave(stranger(db, after(1)), token=ticket.ticket.token, code=ticket.code).state
        ticket = counters.call_next(system_context(db, after(1)), counter_id=office.one.id)
        return counters.no_show(system_context(db, after(1)), ticket_id=ticket.id, counter_id=office.one.id).state

    answers = at_once(act, range(12), 6)

    # COUNTER_BUSY: another of these threads works the same counter; TICKET_STEP: the holder left after the call.
    assert set(answers) <= {TicketState.LEFT, TicketState.NO_SHOW, "COUNTER_BUSY", "TICKET_STEP"}
    for ticket in issued:
        assert len(day.kinds(ticket.ticket)) in {1, 2, 3}
