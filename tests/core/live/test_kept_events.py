"""Live events are kept with their change, in the order of the commits, and read again from any of them."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Event

import pytest

from core.database import database, is_sqlite, utc_now
from core.errors import Refused, refuse
from core.live.hub import Hub
from core.live.models import LiveEvent
from core.live.reading import after, forget, newest, position_of
from core.work import unit_of_work
from tests.support.calls import system_context
from tests.support.live import reader_has_ended

WRITERS = 6
ROUNDS = 12
SAMPLE = frozenset({"sample.done"})


def emit(ctx, *numbers):
    with unit_of_work(ctx) as work:
        for number in numbers:
            work.emit("sample.done", {"n": number})


def numbers(events):
    return [event.payload["n"] for event in events]


@contextmanager
def followed():
    """A hub that is followed from now on, and the position of now."""
    hub = Hub()
    position = hub.join()
    try:
        yield hub, position
    finally:
        hub.stop()
        reader_has_ended()


def test_an_event_is_kept_with_its_change_and_read_from_a_position(ctx):
    start = newest()
    emit(ctx, 1, 2)
    middle = newest()
    emit(ctx, 3)

    assert numbers(after(start, 10)) == [1, 2, 3]
    assert numbers(after(middle, 10)) == [3]
    assert numbers(after(start, 2)) == [1, 2]
    assert after(start, 1)[0].name == "sample.done"


def test_what_was_refused_leaves_no_event(ctx):
    def refused_work():
        with unit_of_work(ctx) as work:
            work.emit("sample.done", {"n": 1})
            raise refuse("NO", "No.")

    with pytest.raises(Refused):
        refused_work()

    assert LiveEvent.select().count() == 0


def test_a_position_is_good_until_what_came_after_it_is_deleted(ctx):
    beginning = newest()
    emit(ctx, 1, 2)
    old = newest()
    LiveEvent.update(at=utc_now() - timedelta(hours=30)).execute()
    ctx.now = utc_now()
    emit(ctx, 3)

    assert position_of(str(beginning)) == beginning
    assert forget(utc_now() - timedelta(hours=24)) == 2
    assert forget(utc_now() - timedelta(hours=24)) == 0

    assert position_of(str(old)) == old
    assert numbers(after(old, 10)) == [3]
    assert position_of(str(newest())) == newest()
    for gone in (str(beginning), str(old - 1), str(newest() + 1), "-1", "²", "none", "9" * 30):
        with pytest.raises(Refused, match="REPLAY_GONE"):
            position_of(gone)


def test_whoever_reads_on_from_the_last_id_misses_nothing_of_concurrent_writers(db):
    """Writers number their events in one order and would like to commit in another."""
    start, done, seen = newest(), Event(), []

    def write(writer):
        chance = random.Random(writer)
        with database.connection_context():
            ctx = system_context(db)
            for number in range(ROUNDS):
                with unit_of_work(ctx) as work:
                    work.emit("sample.done", {"n": writer * 1000 + number})
                    # Some work long before they end, and some long after their events are written.
                    if chance.random() < 0.3:
                        time.sleep(chance.random() / 100)
                    work.before_commit("slow", lambda: time.sleep(chance.random() / 100))

    def read():
        position = start
        with database.connection_context():
            while True:
                was_done = done.is_set()
                events = after(position, 7)
                seen.extend(events)
                if events:
                    position = events[-1].id
                elif was_done:
                    return

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reading = pool.submit(read)
        for writing in [pool.submit(write, writer) for writer in range(WRITERS)]:
            writing.result(60)
        done.set()
        reading.result(60)

    assert len(seen) == WRITERS * ROUNDS
    assert [event.id for event in seen] == sorted({event.id for event in seen})
    assert sorted(numbers(seen)) == sorted(w * 1000 + n for w in range(WRITERS) for n in range(ROUNDS))


def test_the_hub_hears_of_what_others_write_and_gives_old_and_new_alike(ctx):
    emit(ctx, 1)
    with followed() as (hub, position):
        assert not hub.wait(position, 0.05)
        if is_sqlite():
            # As another process would: nobody says so here.
            LiveEvent.create(name="sample.done", payload='{"n": 2}', at=utc_now())
        else:
            emit(ctx, 2)
        assert hub.wait(position, 10)
        assert numbers(hub.after(position, SAMPLE)[0]) == [2]
        assert numbers(hub.after(position - 1, SAMPLE)[0]) == [1, 2]
    assert hub.wait(newest(), 5)


def test_the_hub_goes_on_after_its_connection_was_closed(ctx):
    with followed() as (hub, position):
        emit(ctx, 1)
        assert hub.wait(position, 10)
        if not is_sqlite():
            database.execute_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        emit(ctx, 2)
        # On a busy machine the error alone takes seconds to be written with all that was known at each step.
        assert hub.wait(newest() - 1, 60)
        assert numbers(hub.after(position, SAMPLE)[0]) == [1, 2]


def test_what_is_no_longer_in_memory_is_read_from_the_table(ctx, monkeypatch):
    monkeypatch.setattr("core.live.hub.KEPT", 3)
    with followed() as (hub, position):
        emit(ctx, *range(20))
        assert hub.wait(newest() - 1, 10)
        assert numbers(hub.after(position, SAMPLE)[0]) == list(range(20))
        assert numbers(hub.after(newest() - 1, SAMPLE)[0]) == [19]
        assert hub.after(position, frozenset({"other.done"})) == ([], newest())
        assert hub.after(newest() - 1, frozenset({"other.done"})) == ([], newest())
