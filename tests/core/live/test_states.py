"""States that anybody may follow: worked out once for all who do, told when they change, while there are places."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from core.database import database
from core.errors import Refused
from core.live.budget import Budget
from core.live.hub import Hub
from core.live.states import State, StateStreams
from core.work import unit_of_work
from tests.support.live import reader_has_ended


class Counted:
    """A state of the number that was emitted last, with how often it was worked out."""

    def __init__(self):
        self.number, self.reads = 0, 0

    def read(self):
        self.reads += 1
        return b'{"n":%d}' % self.number

    def state(self, share=1.0):
        return State("counted", frozenset({"sample.done"}), lambda payload: payload["n"] < 100, self.read, share)


@pytest.fixture
def counted():
    return Counted()


@pytest.fixture
def streams(db):
    """The places of a process: four, two for one address."""
    hub = Hub()
    yield StateStreams(hub, Budget(4, 10))
    hub.stop()
    reader_has_ended()


def emit(ctx, counted, number):
    counted.number = number
    with unit_of_work(ctx) as work:
        work.emit("sample.done", {"n": number})


def told(followed, position):
    """Wait for what comes next, and what is told of it."""
    assert followed.hub.wait(position, 5)
    return followed.stream.step(followed.hub, position, is_quiet=False)


def test_who_follows_is_told_the_state_at_once_and_each_change(streams, ctx, counted):
    followed = streams.follow(counted.state(), "a")
    emit(ctx, counted, 7)
    step = told(followed, followed.position)
    emit(ctx, counted, 700)
    other = told(followed, step.position)
    quiet = followed.stream.step(followed.hub, other.position, is_quiet=True)
    followed.leave()

    assert b'event: state\ndata: {"n":0}\n\n' in followed.beginning
    assert step.parts == (b'id: %d\nevent: state\ndata: {"n":7}\n\n' % step.position,)
    assert other.parts == ()
    assert quiet.parts == (b"id: %d\nevent: beat\ndata: {}\n\n" % other.position,)


def test_a_state_is_worked_out_once_per_change_for_all_who_follow(streams, ctx, counted):
    followers = [streams.follow(counted.state(), name) for name in "abcd"]
    before = counted.reads
    emit(ctx, counted, 5)
    start = Barrier(4)

    def step(followed):
        start.wait()
        try:
            return told(followed, followed.position).parts
        finally:
            database.close()

    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(step, followers))
    for followed in followers:
        followed.leave()

    assert len(set(parts)) == 1
    assert b'{"n":5}' in parts[0][0]
    assert (before, counted.reads) == (1, 2)


def test_a_thread_that_waits_with_a_stream_keeps_no_connection(streams, ctx, counted):
    followed = streams.follow(counted.state(), "a")
    kept = []

    def follow():
        database.connect(reuse_if_open=True)  # as the request before the stream
        parts = followed.parts(0.05)
        next(parts)
        kept.append(not database.is_closed())
        for part in parts:
            kept.append(not database.is_closed())
            if b"event: state" in part:
                break
        parts.close()
        return part

    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(follow)
        emit(ctx, counted, 7)
        assert b'{"n":7}' in found.result(10)
    assert set(kept) == {False}


def test_who_asks_again_and_again_gets_the_kept_state_until_it_changes(streams, ctx, counted):
    state = counted.state()
    first = [streams.states.current(state)[1] for _ in range(3)]
    emit(ctx, counted, 3)
    changed = streams.states.current(state)[1]
    emit(ctx, counted, 300)
    streams.states.current(state)

    assert (first, changed) == ([b'{"n":0}'] * 3, b'{"n":3}')
    assert counted.reads == 2


def test_places_are_kept_for_other_addresses_and_for_what_matters_more(streams, counted):
    opened = [streams.follow(counted.state(), "hall") for _ in range(2)]
    with pytest.raises(Refused, match="LIVE_STREAMS_OF_ADDRESS"):
        streams.follow(counted.state(), "hall")
    with pytest.raises(Refused, match="LIVE_STREAMS_FULL"):
        streams.follow(counted.state(share=0.5), "phone")
    opened += [streams.follow(counted.state(), name) for name in ("b", "c")]
    with pytest.raises(Refused, match="LIVE_STREAMS_FULL"):
        streams.follow(counted.state(), "d")
    for followed in opened:
        followed.leave()
        followed.leave()

    streams.follow(counted.state(share=0.5), "phone").leave()


def test_a_state_that_cannot_be_read_takes_no_place(streams, counted):
    def fail():
        raise ZeroDivisionError

    broken = State("broken", frozenset(), lambda _payload: True, fail)
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            streams.follow(broken, "a")

    streams.follow(counted.state(), "a").leave()
