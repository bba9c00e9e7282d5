"""Events reach their handlers after the commit, each at least once, and a failing handler stops nobody."""

import json
from datetime import timedelta

import pytest

from core import events
from core.database import utc_now
from core.errors import Refused, refuse
from core.events import EventHandler, deliver_pending
from core.faults import recent_faults
from core.platform.models import OutboxEvent
from core.work import unit_of_work


@pytest.fixture
def seen(db):
    """What handlers saw; `first` and `second` listen to `sample.done`, `second` fails while `broken` is set."""
    calls = []

    def first(event, ctx):
        calls.append(("first", event.payload["n"], ctx.actor.name))

    def second(event, ctx):
        if "broken" in calls:
            raise ValueError("no paper")
        calls.append(("second", event.payload["n"], ctx.language))

    events.install([EventHandler("a.first", "sample.done", first), EventHandler("b.second", "sample.done", second)], db)
    return calls


def emit(ctx, n=1, name="sample.done"):
    with unit_of_work(ctx) as work:
        work.emit(name, {"n": n})


def test_handlers_run_after_the_commit_in_order(seen, ctx):
    with unit_of_work(ctx) as work:
        work.emit("sample.done", {"n": 7})
        assert seen == []

    assert seen == [("first", 7, "a.first"), ("second", 7, "id")]
    row = OutboxEvent.get()
    assert (row.attempts, row.waiting_handlers, row.last_error) == (1, "[]", "")
    assert row.delivered_at is not None


def test_nothing_is_delivered_when_the_work_is_refused(seen, ctx):
    def refused_work():
        with unit_of_work(ctx) as work:
            work.emit("sample.done", {"n": 1})
            raise refuse("NO", "No.")

    with pytest.raises(Refused):
        refused_work()

    assert seen == []
    assert OutboxEvent.select().count() == 0


def test_an_event_that_nobody_handles_leaves_no_row(seen, ctx):
    emit(ctx, name="sample.ignored")

    assert OutboxEvent.select().count() == 0


def test_a_failing_handler_is_remembered_and_the_other_is_served_once(seen, ctx):
    seen.append("broken")

    emit(ctx)

    row = OutboxEvent.get()
    assert seen == ["broken", ("first", 1, "a.first")]
    assert (row.delivered_at, json.loads(row.waiting_handlers), row.attempts) == (None, ["b.second"], 1)
    assert row.last_error == "b.second: ValueError: no paper"
    assert recent_faults("b")[-1].error == "ValueError: no paper"


def test_a_failed_delivery_is_repeated_when_it_is_due_and_only_for_who_failed(seen, ctx):
    seen.append("broken")
    emit(ctx)
    seen.clear()

    assert deliver_pending() == 0
    assert deliver_pending(now=utc_now() + timedelta(minutes=3)) == 1
    assert deliver_pending(now=utc_now() + timedelta(days=1)) == 0

    assert seen == [("second", 1, "id")]
    assert OutboxEvent.get().delivered_at is not None


def test_pauses_between_tries_grow_up_to_an_hour(seen, ctx):
    seen.append("broken")
    emit(ctx)
    OutboxEvent.update(attempts=20).execute()

    moment = utc_now() + timedelta(minutes=3)
    deliver_pending(now=moment)

    pause = OutboxEvent.get().claimed_until - utc_now()
    assert timedelta(minutes=59) < pause <= timedelta(hours=1)


def test_an_event_of_a_process_that_died_is_delivered_later(seen, ctx):
    events.store([("sample.done", {"n": 5})], utc_now())

    assert deliver_pending() == 0
    assert deliver_pending(now=utc_now() + events.CLAIM) == 1
    assert [call[:2] for call in seen] == [("first", 5), ("second", 5)]


def test_without_an_application_an_event_waits_for_one(seen, ctx, monkeypatch):
    monkeypatch.setattr(events, "_installed", None)
    emit(ctx, 9)
    monkeypatch.undo()

    assert deliver_pending() == 1
    assert [call[:2] for call in seen] == [("first", 9), ("second", 9)]


def test_open_failures_are_told_until_the_event_is_delivered(seen, ctx):
    seen.append("broken")
    emit(ctx)
    assert events.open_failures() == ["b.second: ValueError: no paper"]

    seen.clear()
    deliver_pending(now=utc_now() + timedelta(minutes=3))

    assert events.open_failures() == []


def test_delivered_events_are_forgotten_and_others_kept(seen, ctx):
    emit(ctx)
    seen.append("broken")
    emit(ctx)

    assert events.forget_delivered(utc_now() - timedelta(days=30)) == 0
    assert events.forget_delivered(utc_now() + timedelta(days=1)) == 1
    assert [row.delivered_at for row in OutboxEvent.select()] == [None]


def test_only_so_many_are_delivered_at_once(seen, ctx):
    events.store([("sample.done", {"n": n}) for n in range(5)], utc_now())

    assert deliver_pending(limit=2, now=utc_now() + events.CLAIM) == 2
    assert [n for who, n, _ in seen if who == "first"] == [0, 1]
