"""A small day of a queue over HTTP, servers killed in the middle: nothing lost, nothing double, displays current."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from core.database import database
from core.settings import Settings
from plugins.queueing.models import Ticket
from tests.conftest import SECRET
from tests.support import queue_findings as findings
from tests.support.databases import open_for_tests
from tests.support.queue_day import QueueDay, Scale, Servers
from tests.support.queue_office import environment, open_office, zone_of_noon
from tests.support.queue_recount import recount

SCALE = Scale(citizens=120, counters=4, displays=6, seconds=5, serving=0.05)


@pytest.mark.slow
def test_a_day_with_a_kill_in_the_middle_loses_and_doubles_nothing(deployed, database_url):
    settings = Settings(
        secret_key=SECRET, database_url=database_url, var_dir=deployed / "var", files_dir=deployed / "files",
        plugins=["queueing"],
    )  # fmt: skip
    open_for_tests(database_url)
    office = open_office(settings, SCALE.counters)
    now = datetime.now(UTC)
    day = now.astimezone(ZoneInfo(zone_of_noon(now))).date().isoformat()
    database.close()

    # Half of the threads are places for displays, half of these for displays behind one address.
    with Servers(deployed, environment(settings, KINERJA_THREADS="32"), has_live=False).running() as servers:
        run = QueueDay(servers, office, SCALE, day)
        run.run()
        told = run.told
        open_for_tests(database_url)
        is_current = run.displays.wait_until(findings.last_event(), 10)
        run.displays.stop()

    assert (told.errors, {code for code, _ in told.problems} - {"TICKET_STEP"}) == ([], set())
    assert len(told.tickets) >= SCALE.citizens
    assert findings.lost(told) == []
    assert findings.doubled() == []
    assert findings.gaps() == []
    # What was done and not acknowledged belongs to a request that got no answer.
    assert findings.strangers(told) <= told.unanswered
    states = {state: Ticket.select().where(Ticket.state == state).count() for state in ("WAITING", "CALLED", "DONE")}
    assert (states["WAITING"], states["CALLED"]) == (3, 2)
    assert states["DONE"] > SCALE.citizens // 2
    assert is_current
    board = findings.board_as_told(office.point)
    for display in run.displays.displays:
        assert display.latest_body() == findings.as_json(board)
        assert len(display.connected) > 1
    assert findings.seconds_until_shown(told, run.displays.displays, (0, 0))[1] == []
    counted = recount(office.services)
    assert {name: _plain(run.dashboard[name]) for name in counted} == counted


def _plain(value):
    return Decimal(value) if isinstance(value, str) else value
