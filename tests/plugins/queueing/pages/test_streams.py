"""The board over real connections: from the web server, and from the process made for streams."""

import http.client
import json
import time

import pytest

from core.actor import Actor
from core.context import Context
from core.database import database, is_sqlite, utc_now
from plugins.queueing.models import OpeningHours
from plugins.queueing.services.tickets import take_number
from tests.support.server import serving

EVENTS = "/-/queueing/dukcapil/events"
DISPLAYS = 50
THREADS = "224"
"""So many threads of `kinerja serve` have places for 50 displays behind one address, and some more."""


class Stream:
    """The stream of a display."""

    def __init__(self, port, path=EVENTS, last_id=None):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
        headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": last_id} if last_id else {})
        self.connection.request("GET", path, headers=headers)
        self.response = self.connection.getresponse()
        self.last_id = last_id

    def waiting(self):
        """Return how many wait for the first service, by the next state that is told."""
        while True:
            line = self.response.readline().decode()
            assert line, "the stream has ended"
            name, _, value = line.rstrip("\n").partition(": ")
            if name == "id":
                self.last_id = value
            elif name == "data" and value != "{}":
                return json.loads(value)["services"][0]["waiting"]


@pytest.fixture(params=["live", "serve"])
def server(db, office, tmp_path, request):
    """A server of each kind on the office, which never closes."""
    for weekday in range(7):
        OpeningHours.delete().where(OpeningHours.weekday == weekday).execute()
        OpeningHours.create(point=office.point, weekday=weekday, starts_at="00:00", ends_at="24:00")
    environment = {
        "KINERJA_SECRET_KEY": db.secret_key, "KINERJA_DATABASE_URL": db.database_url, "KINERJA_PLUGINS": "queueing",
        "KINERJA_VAR_DIR": str(tmp_path / "var"), "KINERJA_FILES_DIR": str(tmp_path / "files"),
        "KINERJA_THREADS": THREADS,
    }  # fmt: skip
    command = ("serve", "--no-worker") if request.param == "serve" else ("live",)
    with serving(tmp_path, command, **environment) as server:
        yield server


def connections_of_the_server():
    """How many connections there are to the database, this test's too; 0 on SQLite, which knows none."""
    if is_sqlite():
        return 0
    return database.execute_sql("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()").fetchone()[
        0
    ]


def test_displays_are_told_changes_within_a_second_and_resume(server, db, office):
    def take():
        stranger = Context(actor=Actor(today=utc_now().date()), settings=db, now=utc_now())
        take_number(stranger, service_id=office.ktp.id)

    displays = [Stream(server.port) for _ in range(DISPLAYS)]
    assert {display.waiting() for display in displays} == {0}
    take()
    started = time.monotonic()
    assert {display.waiting() for display in displays} == {1}
    seconds = time.monotonic() - started
    assert connections_of_the_server() < DISPLAYS / 2
    gone = displays.pop()
    gone.connection.close()
    take()
    again = Stream(server.port, last_id=gone.last_id)

    assert seconds < 1.5
    assert again.waiting() == 2
    assert int(again.last_id) > int(gone.last_id)
    assert {display.waiting() for display in displays} == {2}
    unknown = Stream(server.port, "/-/queueing/nowhere/events")
    assert unknown.response.status == 404
    for display in [*displays, again, unknown]:
        display.connection.close()
    assert server.stop() < 10
    database.close()
