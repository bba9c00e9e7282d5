"""Steps of a ticket: which are possible, and that the facts follow from the events in whatever order they arrive."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.queueing.rules.states import Happened, facts_of, in_order, is_possible, next_states, placed_now
from plugins.queueing.terms import FINAL_STATES, TicketEventKind, TicketState

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
K = TicketEventKind


def at(seconds):
    return START + timedelta(seconds=seconds)


def told(*steps, counter=None):
    return [Happened(kind, at(seconds), counter) for kind, seconds in steps]


@st.composite
def stories(draw):
    """Possible lives of a ticket, with seconds that several steps share."""
    state, moment, events = None, 0, []
    for _ in range(draw(st.integers(1, 14))):
        steps = next_states(state)
        if not steps:
            break
        kind = draw(st.sampled_from(sorted(steps)))
        moment += draw(st.integers(0, 3))
        state = steps[kind]
        events.append(Happened(kind, at(moment), draw(st.sampled_from([None, 1, 2])), draw(st.sampled_from([None, 7]))))
    return events


anything = st.lists(
    st.builds(
        Happened,
        st.sampled_from(list(TicketEventKind)),
        st.integers(0, 6).map(at),
        st.sampled_from([None, 1, 2]),
        st.just(None),
    ),
    max_size=12,
)


@given(st.one_of(stories(), anything), st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_facts(events, random):
    shuffled = random.sample(events, len(events))

    assert facts_of(shuffled) == facts_of(events)


@given(stories())
def test_a_story_with_a_second_of_its_own_for_each_step_is_kept_step_by_step(events):
    apart = [Happened(event.kind, at(number)) for number, event in enumerate(events)]

    placed = in_order(reversed(apart))

    assert [event for event, _ in placed] == apart
    assert all(state is not None for _, state in placed)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(-2, 2)), max_size=14))
def test_what_happens_now_comes_after_what_is_known_whatever_the_clocks_say(steps):
    events, state, now = [], None, 0
    for choice, change in steps:
        possible = next_states(state)
        if not possible:
            break
        kind = sorted(possible)[choice % len(possible)]
        now += change
        events.append(placed_now(events, Happened(kind, at(now))))
        state = possible[kind]
        assert facts_of(reversed(events)).state is state
    assert all(after is not None for _, after in in_order(events))


@given(st.one_of(stories(), anything))
def test_spans_are_never_negative_and_an_end_is_an_end(events):
    facts = facts_of(events)

    assert (facts.wait_seconds or 0) >= 0
    assert (facts.serve_seconds or 0) >= 0
    assert (facts.ended_at is not None) == (facts.state in FINAL_STATES)
    assert (facts.state is TicketState.DONE) <= (facts.serving_at is not None)


def test_waiting_ends_with_the_first_call_and_serving_leaves_out_what_was_on_hold():
    facts = facts_of(
        told((K.BOOKED, 0), (K.CHECKED_IN, 100), (K.CALLED, 400), (K.RECALLED, 460))
        + told((K.SERVING, 500), (K.HELD, 560), (K.RESUMED, 860), (K.DONE, 900), counter=2)
    )

    assert (facts.wait_seconds, facts.serve_seconds, facts.calls) == (300, 100, 2)
    assert (facts.booked_at, facts.queued_at, facts.called_at) == (at(0), at(100), at(400))
    assert (facts.serving_at, facts.ended_at, facts.state) == (at(500), at(900), TicketState.DONE)
    assert facts.counter_id == 2


def test_steps_of_the_same_second_take_their_way_through_the_office():
    kinds = (K.DONE, K.SERVING, K.HELD, K.ISSUED, K.RESUMED, K.CALLED)

    facts = facts_of(told(*((kind, 0) for kind in kinds)))

    assert (facts.state, facts.calls, facts.serve_seconds) == (TicketState.DONE, 1, 0)


@pytest.mark.parametrize("state", [None, *TicketState])
def test_no_step_leads_out_of_an_end_or_back_to_the_beginning(state):
    steps = next_states(state)

    assert (not steps) == (state in FINAL_STATES)
    assert {K.BOOKED, K.ISSUED}.isdisjoint(steps) or state is None
    assert (K.DONE in steps) == (state in {TicketState.SERVING, TicketState.HELD})


def test_a_late_step_takes_its_place_or_is_impossible():
    known = told((K.ISSUED, 0), (K.CALLED, 100), (K.SERVING, 130), (K.DONE, 200))

    assert is_possible(known, Happened(K.RECALLED, at(110)))
    assert not is_possible(known, Happened(K.RECALLED, at(150)))
    assert not is_possible(known, Happened(K.CALLED, at(-5)))
    # Nobody who was served becomes somebody who did not come.
    assert not is_possible(known, Happened(K.NO_SHOW, at(120)))
    # Whoever was closed as left in the evening was in truth served at the counter that was offline.
    evening = told((K.ISSUED, 0), (K.LEFT, 9000))
    assert is_possible(evening, Happened(K.CALLED, at(100)))
    assert facts_of([*evening, *told((K.CALLED, 100), (K.SERVING, 120), (K.DONE, 300))]).state is TicketState.DONE
