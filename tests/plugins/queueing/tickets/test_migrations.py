"""What the migrations of the queue make of tickets that were there before, by their events."""

import pytest

from core import migrating
from core.database import database
from core.migrating import migrate_everything
from core.plugin_host import build_registry
from core.reference import load_reference_data
from core.settings import Settings
from plugins.queueing.models import CounterService, WaitEstimate
from plugins.queueing.services.rebuilding import rebuild
from tests.plugins.queueing.tickets.conftest import after
from tests.support.calls import system_context
from tests.support.databases import open_for_tests


@pytest.fixture
def db(fresh_database_url, tmp_path):
    """A database of this test alone, whose tables it takes down."""
    settings = Settings(secret_key="x" * 40, database_url=fresh_database_url, var_dir=tmp_path)
    open_for_tests(fresh_database_url)
    migrate_everything(build_registry(settings, ["queueing"], web=False).migration_sources)
    load_reference_data()
    yield settings
    database.close()


def tickets():
    """What the tables hold of each ticket and its first event, without the models of today."""
    columns = "t.id, t.queued_at, t.wait_seconds, t.local_hour, e.at, e.recorded_at, e.detail"
    rows = database.execute_sql(
        f"SELECT {columns} FROM queueing_ticket t JOIN queueing_ticket_event e ON e.ticket_id = t.id"
        " WHERE e.kind = 'ISSUED' ORDER BY t.id"
    )
    return [[str(value) for value in row] for row in rows.fetchall()]


def test_places_that_were_kept_are_told_from_waits(day, db, office):
    CounterService.create(counter=office.two, service=office.birth)
    day.take(0)
    day.take(1)
    second = day.at("transfer", 45, day.call_next(4), service_id=office.birth.id)
    day.call_next(46)
    third = day.at("transfer", 49, second, service_id=office.ktp.id)
    fourth = day.at("transfer", 50, day.call_next(49, office.two), office.two, service_id=office.birth.id)
    behind = day.at("transfer", 52, day.call_next(51), service_id=office.birth.id, keeps_place=False)
    day.call_next(53)
    histories = migrating.histories_of(build_registry(db, ["queueing"], web=False).migration_sources)
    now, kept = tickets(), [second.id, third.id, fourth.id]

    migrating.down(histories, "queueing/0003_place_in_line")
    before = tickets()
    # As it was: whoever kept a place bore the beginning of the first wait, and the wait of all of it.
    first = str(after(0).replace(tzinfo=None))
    assert [row[1] for row in before if int(row[0]) in kept] == [first] * 3
    assert [row for row in before if int(row[0]) not in kept] == [row for row in now if int(row[0]) not in kept]
    assert next(row[2:4] for row in before if int(row[0]) == second.id) == [str(46 * 60), "8"]
    migrating.up(histories)

    assert tickets() == now
    assert next(row[2:4] for row in now if int(row[0]) == second.id) == ["60", "9"]
    rows = [day.row(ticket) for ticket in (second, third, fourth, behind)]
    assert [row.placed_at for row in rows] == [after(0), after(0), after(0), None]
    assert rebuild(system_context(db)).differed == 0
    assert {row.waited for row in WaitEstimate.select().where(WaitEstimate.ticket == second.id)} <= {60}
