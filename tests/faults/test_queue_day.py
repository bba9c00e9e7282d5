"""A day of 1,000 citizens at eight counters over HTTP, the server killed in the middle: nothing lost, nobody twice."""

import http.client
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from core.database import utc_now
from core.identity import services as identity
from core.identity.models import RoleGrant
from core.migrating import migrate_everything
from core.plugin_host import build_registry, start
from core.settings import load_settings
from plugins.queueing.models import (
    Counter,
    CounterService,
    OpeningHours,
    QueueService,
    ServicePoint,
    Ticket,
    TicketEvent,
)
from plugins.queueing.rules.states import Happened, facts_of
from plugins.queueing.settings import QueueSettings
from plugins.queueing.terms import TicketEventKind, TicketState
from tests.support.calls import system_context
from tests.support.city import START, build_city
from tests.support.databases import open_for_tests
from tests.support.live import LiveClient
from tests.support.server import Client, serving

CITIZENS = 1_000
COUNTERS = 8
DISPLAYS = 4
KIOSKS = 3
SERVICES = ("A", "B", "C", "D")
BROKEN = (OSError, http.client.HTTPException, AssertionError)

TAKE = """mutation($id: ID!) {
  takeNumber(input: {serviceId: $id}) { ticket { token label } problems { code message } }
}"""
NEXT = """mutation($id: ID!, $key: String!) {
  callNext(input: {counterId: $id, key: $key}) { ticket { id } problems { code message } }
}"""
SERVE = """mutation($ticket: ID!, $id: ID!, $one: String!, $two: String!) {
  startServing(input: {ticketId: $ticket, counterId: $id, key: $one}) { problems { code message } }
  finishTicket(input: {ticketId: $ticket, counterId: $id, key: $two}) { problems { code message } }
}"""
BOARD = """query { queueBoard(point: "dukcapil") { lastEvent calls { label counter } services { prefix waiting } } }"""
SHOWN = """subscription {
  queueBoardChanged(point: "dukcapil") { lastEvent calls { label counter } services { prefix waiting } }
}"""


@pytest.fixture
def office(deployed, database_url, monkeypatch):
    """An office that is open now, with four services and eight counters, and the token of its staff."""
    monkeypatch.setenv("KINERJA_PLUGINS", "queueing")
    open_for_tests(database_url)
    settings = load_settings()
    migrate_everything(build_registry(settings).migration_sources)
    start(settings)
    city = build_city()
    # Where it is about noon, so that the day does not end meanwhile.
    hours = 12 - datetime.now(UTC).hour
    point = ServicePoint.create(
        unit=city.registry, code="dukcapil", name="Dukcapil", time_zone=f"Etc/GMT{-hours:+d}",
        keeps_national_holidays=False,
    )  # fmt: skip
    for weekday in range(7):
        OpeningHours.create(point=point, weekday=weekday, starts_at="00:00", ends_at="23:59")
    services = [
        QueueService.create(point=point, unit=city.registry, code=prefix.lower(), name=prefix, prefix=prefix)
        for prefix in SERVICES
    ]
    counters = [Counter.create(point=point, number=number + 1) for number in range(COUNTERS)]
    for number, counter in enumerate(counters):
        for service in (services[number % 4], services[(number + 1) % 4]):
            CounterService.create(counter=counter, service=service)
    ctx = system_context(settings, utc_now())
    account = identity.create_account(ctx, username="clerk", employee_id=city.clerk.id)
    RoleGrant.create(account=account, role="queueing.counter", unit=city.registry, valid_from=START)
    token = identity.create_api_token(ctx, name="test", scopes=("read", "write"), account_id=account.id).token
    return Day(deployed, services, counters, token)


class Day:
    """What the people and machines of the day share."""

    def __init__(self, folder, services, counters, token):
        self.folder, self.services, self.counters, self.token = folder, services, counters, token
        self.lock = threading.Lock()
        self.tokens, self.called, self.served = set(), [], set()
        self.pause, self.halfway, self.over = threading.Event(), threading.Event(), threading.Event()
        self.resumed = threading.Event()
        self.shown = [None] * DISPLAYS

    @contextmanager
    def asking(self, port, token=""):
        """Give a way to ask that comes back after a broken line, with the same words until they are answered."""
        with Client(port, token) as client:
            if not token:
                client._headers.pop("Authorization")

            def ask(query, again=True, **variables):
                while True:
                    if self.pause.is_set():
                        assert self.resumed.wait(120)
                    try:
                        return client.ask(query, variables)["data"]
                    except BROKEN:
                        client._connection.close()
                        time.sleep(0.1)
                        if not again:
                            return None

            yield ask

    def citizens(self, port, kiosk):
        """Take numbers at a kiosk; a number that was not acknowledged is taken anew."""
        with self.asking(port) as ask:
            for number in range(kiosk, CITIZENS, KIOSKS):
                service = self.services[number * 7 % len(self.services)]
                answer = None
                while answer is None:
                    answer = ask(TAKE, again=False, id=f"QueueService:{service.id}")
                assert answer["takeNumber"]["problems"] == []
                with self.lock:
                    self.tokens.add(answer["takeNumber"]["ticket"]["token"])

    def serve(self, port, counter, everybody_came):
        """Call and serve until nobody is left; each act has a key, so that it counts once however often it is sent."""
        with self.asking(port, self.token) as ask:
            number = 0
            while True:
                is_last_look = everybody_came.is_set()
                number += 1
                name = f"{counter.number}/{number}"
                answer = ask(NEXT, id=f"Counter:{counter.id}", key=f"{name}/call")["callNext"]
                assert answer["problems"] == []
                if answer["ticket"] is None:
                    if is_last_look:
                        return
                    time.sleep(0.05)
                    continue
                ticket = answer["ticket"]["id"]
                with self.lock:
                    self.called.append(ticket)
                done = ask(SERVE, ticket=ticket, id=f"Counter:{counter.id}", one=f"{name}/start", two=f"{name}/end")
                assert [done[act]["problems"] for act in done] == [[], []]
                with self.lock:
                    self.served.add(ticket)
                    if len(self.served) == CITIZENS // 2:
                        self.halfway.set()

    def display(self, port, number):
        """Follow the board until the day is over, and come back after a broken line."""
        last_id = None
        while not self.over.is_set():
            try:
                with LiveClient(port, None, SHOWN, last_id=last_id) as stream:
                    while (told := stream.next()) is not None:
                        last_id = stream.last_id
                        if told.data and told.data.get("data"):
                            self.shown[number] = told.data["data"]["queueBoardChanged"]
                        if self.over.is_set():
                            return
            except BROKEN:
                time.sleep(0.1)


def recount():
    """Return what the board has to show, from the events alone: who is at a counter, and how many wait."""
    events = {}
    for row in TicketEvent.select().order_by(TicketEvent.id):
        events.setdefault(row.ticket_id, []).append(Happened(row.kind, row.at, row.counter_id, row.employee_id))
    numbers = {row.id: row.number for row in Counter.select()}
    calls, waiting = set(), dict.fromkeys(SERVICES, 0)
    for ticket in Ticket.select(Ticket, QueueService).join(QueueService):
        facts = facts_of(events[ticket.id])
        assert (facts.state, facts.wait_seconds) == (ticket.state, ticket.wait_seconds)
        if facts.state in {TicketState.CALLED, TicketState.SERVING}:
            calls.add((f"{ticket.service.prefix}-{ticket.number:03}", numbers[facts.counter_id]))
        waiting[ticket.service.prefix] += facts.state is TicketState.WAITING
    return calls, waiting


def as_counted(board):
    """Return a board as `recount` has it."""
    calls = {(call["label"], call["counter"]) for call in board["calls"]}
    return calls, {service["prefix"]: service["waiting"] for service in board["services"]}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_day_with_a_killed_server_loses_nothing_and_calls_nobody_twice(office, database_url):
    environment = {"KINERJA_WORKERS": "2", "KINERJA_RATE_POINTS_PER_MINUTE": "0"}
    if "citizen_acts_per_minute" in QueueSettings.model_fields:
        environment["KINERJA_QUEUEING__CITIZEN_ACTS_PER_MINUTE"] = "1000000"
    came = threading.Event()
    with serving(office.folder, **environment) as server, ThreadPoolExecutor(KIOSKS + COUNTERS + DISPLAYS) as pool:
        begun = time.monotonic()
        watching = [pool.submit(office.display, server.port, number) for number in range(DISPLAYS)]
        arriving = [pool.submit(office.citizens, server.port, kiosk) for kiosk in range(KIOSKS)]
        serving_ = [pool.submit(office.serve, server.port, counter, came) for counter in office.counters]
        try:
            assert office.halfway.wait(240), [future.exception(0) for future in arriving + serving_ if future.done()]
            server.kill()
            office.pause.set()
            time.sleep(0.5)
            server.start()
            open_for_tests(database_url)
            with Client(server.port, office.token) as client:
                board = client.ask(BOARD)["data"]["queueBoard"]
            # Nobody acts: the board is what the events say.
            assert as_counted(board) == recount()
            acknowledged = {row.token for row in Ticket.select(Ticket.token)}
            assert office.tokens <= acknowledged
        finally:
            office.pause.clear()
            office.resumed.set()
        for future in arriving:
            future.result(240)
        came.set()
        for future in serving_:
            future.result(240)
        took = time.monotonic() - begun
        with Client(server.port, office.token) as client:
            board = client.ask(BOARD)["data"]["queueBoard"]
        deadline = time.monotonic() + 10
        while any(shown is None or shown["lastEvent"] < board["lastEvent"] for shown in office.shown):
            assert time.monotonic() < deadline, office.shown
            time.sleep(0.05)
        office.over.set()
        server.stop()
        for future in watching:
            future.result(30)

    open_for_tests(database_url)
    assert all(as_counted(shown) == as_counted(board) == recount() for shown in office.shown)
    # Everything acknowledged is there, nobody was called twice, and whoever came was served.
    tickets = list(Ticket.select())
    assert office.tokens <= {ticket.token for ticket in tickets}
    assert len(office.tokens) == CITIZENS
    assert len(tickets) <= CITIZENS + KIOSKS
    assert {ticket.state for ticket in tickets} == {TicketState.DONE}
    assert sorted(office.called) == sorted({f"Ticket:{ticket.id}" for ticket in tickets})
    calls = TicketEvent.select().where(TicketEvent.kind == TicketEventKind.CALLED)
    assert len({event.ticket_id for event in calls}) == calls.count() == len(tickets)
    numbers = {}
    for ticket in tickets:
        numbers.setdefault(ticket.service_id, []).append(ticket.number)
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in numbers.values())
    print(f"{took:.0f} s, {timedelta(seconds=took / len(tickets))} a citizen")  # noqa: T201 - told with -s
