"""The simulated day: it agrees with the formulas where there are some, and follows the office's own rules elsewhere."""

import random

import pytest

from plugins.queueing.rules.erlang import erlang_a, mmc
from plugins.queueing.simulation.demand import Habits, booked, exponential, lognormal, resampled, together, walk_ins
from plugins.queueing.simulation.office import Person, SimCounter, SimOffice, Span
from plugins.queueing.simulation.run import simulate
from plugins.queueing.terms import PriorityRule

ALWAYS = (Span(0.0, 1e9),)
MANY_HALF_HOURS = {1800.0 * place: 30.0 for place in range(400)}


def counters(count, services=frozenset({1}), spans=ALWAYS):
    return tuple(SimCounter(services, spans) for _ in range(count))


def test_a_long_day_waits_as_erlang_c_says():
    people = walk_ins(random.Random(5), 1, Habits(exponential(150)), MANY_HALF_HOURS)

    tickets = simulate(SimOffice(counters(3)), people)

    state = mmc(1 / 60, 1 / 150, 3)
    waits = [ticket.wait for ticket in tickets]
    assert sum(waits) / len(waits) == pytest.approx(state.wait, rel=0.12)
    assert sum(wait <= 60 for wait in waits) / len(waits) == pytest.approx(state.within(60), abs=0.03)


def test_a_long_day_with_patience_loses_as_many_as_erlang_a_says():
    people = walk_ins(random.Random(5), 1, Habits(exponential(200), patience=exponential(300)), MANY_HALF_HOURS)

    tickets = simulate(SimOffice(counters(3)), people)

    state = erlang_a(1 / 60, 1 / 200, 3, 300)
    assert sum(t.left_at is not None for t in tickets) / len(tickets) == pytest.approx(state.left, abs=0.015)
    served_soon = sum(t.wait is not None and t.wait <= 60 for t in tickets)
    assert served_soon / len(tickets) == pytest.approx(state.within(60), abs=0.02)


def test_the_same_seed_brings_the_same_people():
    def people(seed):
        chance = random.Random(seed)
        habits = Habits(lognormal(300, 0.5), resampled([5.0, 9.0]), priority_share=0.1, vanishing_share=0.1)
        return together(
            walk_ins(chance, 1, habits, {28_800.0: 12.0}), booked(chance, 2, habits, {28_800.0: 6}, show_share=0.5)
        )

    assert people(3) == people(3) != people(4)
    assert {person.service for person in people(3)} == {1, 2}


def test_one_in_three_of_a_priority_group_is_called_or_all_of_them_first():
    people = [Person(at=0.0, service=1, work=10.0, is_priority=place >= 4) for place in range(8)]

    def order(rule):
        tickets = simulate(SimOffice(counters(1, spans=(Span(1.0, 1e9),)), rule, 3), people)
        return "".join("P" if t.person.is_priority else "." for t in sorted(tickets, key=lambda t: t.called_at))

    assert order(PriorityRule.STRICT) == "PPPP...."
    assert order(PriorityRule.ONE_IN_N) == "P..P..PP"


def test_who_is_handed_on_keeps_a_place_and_waits_from_the_transfer_on():
    office = SimOffice(counters(1, spans=(Span(20.0, 1e9),)))
    came = [Person(at=1.0, service=1, work=10.0), Person(at=9.0, service=1, work=10.0, place=0.0)]

    first, handed_on = simulate(office, came)

    assert (first.called_at, handed_on.called_at, handed_on.wait) == (30.0, 20.0, 11.0)


def test_who_came_before_the_end_is_served_after_it_and_counters_take_only_their_services():
    people = [Person(50.0, 1, 100.0), Person(60.0, 1, 100.0), Person(60.0, 2, 5.0), Person(260.0, 1, 100.0)]
    office = SimOffice(counters(1, spans=(Span(100.0, 150.0),)))

    first, second, other, late = simulate(office, people)

    assert (first.called_at, second.called_at) == (100, 200)
    assert (other.called_at, late.called_at) == (None, None)


def test_who_vanishes_costs_the_counter_a_moment_and_a_break_is_kept():
    people = [Person(0.0, 1, 500.0, vanishes=True), Person(1.0, 1, 30.0, gap=7.0), Person(2.0, 1, 30.0)]
    office = SimOffice(counters(1, spans=(Span(0.0, 80.0), Span(1000.0, 2000.0))), absent_seconds=60.0)

    vanished, second, third = simulate(office, people)

    assert (vanished.ended_at, vanished.was_served) == (60, False)
    assert (second.called_at, third.called_at) == (67, 1000)
