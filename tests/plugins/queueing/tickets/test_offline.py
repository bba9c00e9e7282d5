"""What a counter noted while it was offline is taken in by its own time, once, in whatever order it arrives."""

import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.queueing.models import Ticket, TicketEvent
from plugins.queueing.rules.states import facts_of
from plugins.queueing.services.offline import OfflineEvent, take_in
from plugins.queueing.services.recording import happened_to
from plugins.queueing.services.sweeping import close_days
from plugins.queueing.terms import EventSource, TicketEventKind, TicketState
from tests.plugins.queueing.tickets.conftest import after

K = TicketEventKind
STORY = ((K.CALLED, 10), (K.RECALLED, 11), (K.SERVING, 12), (K.HELD, 14), (K.RESUMED, 18), (K.DONE, 20))


def story(ticket, steps=STORY, prefix=""):
    return [
        OfflineEvent(ticket.id, kind, after(minute), f"{prefix}{ticket.id}-{kind}-{minute}") for kind, minute in steps
    ]


def codes(outcomes):
    return [outcome.problem.code if outcome.problem else None for outcome in outcomes]


@pytest.fixture
def sent(day, office):
    def send(*events, minute=60, counter=None):
        return codes(take_in(day.serving(minute), counter_id=(counter or office.one).id, events=events))

    return send


def test_late_events_take_their_own_time(day, sent, office):
    ticket = day.take().ticket

    assert sent(*story(ticket)) == [None] * 6

    row = day.row(ticket)
    assert (row.state, row.calls, row.wait_seconds, row.serve_seconds) == (TicketState.DONE, 2, 600, 240)
    assert (row.called_at, row.ended_at, row.counter_id) == (after(10), after(20), office.one.id)
    events = TicketEvent.select().where(TicketEvent.source == EventSource.OFFLINE)
    assert {event.recorded_at for event in events} == {after(60)}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_parts_in_any_order_repeated_come_to_the_same(day, sent, office, shuffle, size):
    ticket = day.take().ticket
    waiting = story(ticket)
    while waiting:
        shuffle.shuffle(waiting)
        parts = [waiting[start : start + size] for start in range(0, len(waiting), size)]
        # What is refused is sent again later, and now and then something that was taken in.
        waiting = [e for part in parts for e, code in zip(part, sent(*part), strict=True) if code == "TICKET_STEP"]
        assert sent(parts[0][0])[0] in {None, "TICKET_STEP"}

    row = day.row(ticket)
    assert (row.state, row.calls, row.wait_seconds, row.serve_seconds) == (TicketState.DONE, 2, 600, 240)
    assert len(happened_to(ticket.id)) == 7
    Ticket.delete().execute()


def test_each_event_is_taken_in_or_refused_on_its_own(day, sent, office):
    ticket, other = day.take().ticket, day.take().ticket
    far = OfflineEvent(ticket.id, K.CALLED, after(60) - timedelta(hours=49), "far")
    refused = {
        "TICKET_STEP": OfflineEvent(ticket.id, K.DONE, after(5), "early"),
        "EVENT_TOO_OLD": far,
        "EVENT_IN_FUTURE": OfflineEvent(ticket.id, K.CALLED, after(66), "future"),
        "EVENT_NOT_OFFLINE": OfflineEvent(ticket.id, K.CANCELLED, after(5), "cancel"),
        "NOT_FOUND": OfflineEvent(ticket.id + 99, K.CALLED, after(5), "who"),
        "EVENT_KEY_MISSING": OfflineEvent(ticket.id, K.CALLED, after(5), " "),
        "EVENT_KEY_REUSED": OfflineEvent(other.id, K.CALLED, after(6), "good"),
    }
    good = OfflineEvent(ticket.id, K.CALLED, after(4), "good")

    assert sent(good, *refused.values()) == [None, *refused]
    assert (day.row(ticket).state, day.row(other).state) == (TicketState.CALLED, TicketState.WAITING)
    assert sent(good, minute=60 * 100) == [None]
    assert day.kinds(ticket) == ["ISSUED", "CALLED"]


def test_who_was_served_offline_was_not_a_no_show(day, sent):
    """The two counters did not know of each other: what was done to somebody counts more than that nobody saw them."""
    served, away = day.take().ticket, day.take().ticket
    day.at("no_show", 16, day.call_next(15))
    assert close_days(day.serving(10 * 60)) == 1

    assert sent(*story(served, STORY[:3] + STORY[5:]), minute=11 * 60) == [None] * 4
    assert sent(*story(away)[:1], OfflineEvent(away.id, K.NO_SHOW, after(13), "n"), minute=11 * 60) == [None] * 2

    assert day.row(served).state is TicketState.DONE
    assert (day.row(away).state, day.row(away).ended_at) == (TicketState.NO_SHOW, after(13))


def test_who_was_served_here_did_not_stay_away_elsewhere(day, sent, office):
    ticket = day.take().ticket
    day.at("finish", 12, day.at("start", 11, day.call_next(10)))

    outcomes = sent(
        OfflineEvent(ticket.id, K.CALLED, after(4), "c"),
        OfflineEvent(ticket.id, K.NO_SHOW, after(6), "n"),
        counter=office.two,
    )

    assert outcomes == [None, "TICKET_STEP"]
    assert (day.row(ticket).state, day.row(ticket).wait_seconds) == (TicketState.DONE, 240)


def test_tickets_are_what_follows_from_their_events(day, sent, office):
    chance = random.Random(5)
    people = [day.take(minute).ticket for minute in range(8)]
    sent(*(event for ticket in people[:4] for event in chance.sample(story(ticket), 4)))
    for minute in range(30, 34):
        day.at("no_show", minute, day.call_next(minute, office.two), office.two)

    for ticket in Ticket.select():
        facts = facts_of(chance.sample(events := happened_to(ticket.id), len(events)))
        for name in ("state", "queued_at", "called_at", "serving_at", "ended_at", "calls"):
            assert getattr(ticket, name) == getattr(facts, name)
        assert (ticket.wait_seconds, ticket.serve_seconds) == (facts.wait_seconds, facts.serve_seconds)
