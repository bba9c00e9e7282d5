"""200 people ask servers for a number at the same moment, each over a line of its own."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

import pytest

from core.database import database, is_sqlite, utc_now
from plugins.queueing.models import OpeningHours, QueueDay, ServicePoint, Ticket, TicketEvent
from tests.support.queue_day import PROBLEMS, TAKE, Caller, Told
from tests.support.queue_office import environment, zone_of_noon
from tests.support.server import Server

MANY = 200


@pytest.fixture
def ports(db, office, tmp_path):
    """Servers on the office, which is open: two on PostgreSQL; SQLite has one writer for all processes."""
    ServicePoint.update(time_zone=zone_of_noon(utc_now()), keeps_national_holidays=False).execute()
    OpeningHours.delete().execute()
    for weekday in range(7):
        OpeningHours.create(point=office.point, weekday=weekday, starts_at="00:00", ends_at="24:00")
    count = 1 if is_sqlite() else 2
    servers = [Server(tmp_path, environment(db), ("serve", "--no-worker")) for _ in range(count)]
    with ExitStack() as stack:
        for server in servers:
            stack.callback(server.kill)
            server.begin()
        for server in servers:
            server.wait_until_ready()
        yield [server.port for server in servers]


@pytest.mark.slow
def test_200_calls_at_once_over_http_get_200_consecutive_numbers(ports, office):
    told, together = Told(), Barrier(MANY)

    def take(place):
        with Caller(ports[place % len(ports)], told) as caller:
            together.wait(30)
            return caller.ask(TAKE % PROBLEMS, service=f"QueueService:{office.ktp.id}")["ticket"]["label"]

    with ThreadPoolExecutor(MANY) as pool:
        labels = list(pool.map(take, range(MANY)))

    assert (told.errors, told.problems, told.unanswered) == ([], [], 0)
    assert sorted(labels) == [f"A-{number:03}" for number in range(1, MANY + 1)]
    database.connect(reuse_if_open=True)
    assert QueueDay.get().last_number == MANY
    assert Ticket.select().count() == TicketEvent.select().count() == MANY
