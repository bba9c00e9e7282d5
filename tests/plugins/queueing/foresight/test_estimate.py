"""The estimate of a wait: the line played through, and the ranges that experience draws around it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.queueing.rules.estimate import (
    OpenCounter,
    Settled,
    Turns,
    across,
    expected_wait,
    ranges_of,
    served_until,
    theory_spread,
)

TARGET = 600.0
NEW = {1: Turns((), TARGET), 2: Turns((), 300.0)}
ALL, ONE = frozenset({1, 2}), frozenset({1})
FREE, FREE_FOR_ONE = OpenCounter(ALL), OpenCounter(ONE)
BUSY = OpenCounter(ALL, busy_with=1, busy_for=100.0)


@pytest.mark.parametrize(
    ("ahead", "service", "counters", "seconds"),
    [
        ([], 1, [FREE], 0),
        ([1], 1, [FREE], 600),
        ([1, 1], 1, [FREE, FREE], 600),
        ([1, 2, 1], 1, [FREE, FREE], 600),  # the second counter is done with its 2 after 300, takes a 1 until 900
        ([2, 2], 1, [FREE_FOR_ONE, FREE], 0),  # nobody ahead may use the first counter
        ([], 2, [FREE_FOR_ONE], None),
        ([], 1, [], None),
        ([1], 1, [OpenCounter(ONE, opens_in=900.0)], 1500),
        ([], 1, [BUSY], 600),  # without experience what remains of a turn is its mean
        ([], 1, [BUSY, BUSY], 300),  # of two the first ends after half of that
    ],
)
def test_the_line_is_played_through_with_mean_turns(ahead, service, counters, seconds):
    assert expected_wait(ahead, service, counters, NEW) == seconds


def test_the_target_gives_way_to_what_is_measured_and_a_forgotten_turn_counts_little():
    measured = Turns((120.0,) * 95, TARGET)
    forgotten = Turns((*(120.0,) * 95, 40_000.0), TARGET)

    assert Turns((), TARGET).mean == TARGET
    assert measured.mean == pytest.approx((5 * 600 + 95 * 120) / 100)
    assert forgotten.mean < 1.1 * measured.mean
    assert measured.remaining(60.0) < measured.mean
    assert forgotten.variation <= 1.0


def test_experience_moves_the_ranges_and_that_of_others_hardly():
    slower = [Settled(900.0, 1800.0)] * 200
    theory = ranges_of(900.0, theory_spread(3, 1.0), [])
    taught = ranges_of(900.0, theory_spread(3, 1.0), slower)
    priority = ranges_of(900.0, theory_spread(3, 1.0), slower[:40], is_priority=True)

    assert theory.wide_low < theory.half_low < 900 < theory.half_high < theory.wide_high
    assert 1700 < taught.half_low <= taught.half_high < 1900
    assert priority.half_low < 900


def test_a_range_that_begins_at_nothing_leaves_all_it_leaves_out_above():
    waits = [Settled(0.0, float(second * 37 % 100)) for second in range(300)]
    told = ranges_of(0.0, 0.3, waits)

    assert (told.wide_low, told.half_low) == (pytest.approx(8, abs=4), pytest.approx(22, abs=5))
    assert ranges_of(0.0, 0.3, [Settled(0.0, 0.0)] * 300).wide_high == pytest.approx(0, abs=1)


@given(
    st.floats(0, 20_000),
    st.integers(0, 200),
    st.lists(st.builds(Settled, st.floats(0, 20_000), st.floats(0, 20_000), st.booleans()), max_size=30),
)
@settings(deadline=None)
def test_the_half_range_lies_in_the_wide_one_and_none_is_negative(expected, ahead, settled):
    told = ranges_of(expected, theory_spread(ahead, 0.9), settled)

    assert 0 <= told.wide_low <= told.half_low <= told.half_high <= told.wide_high


@pytest.mark.parametrize(
    ("seconds", "pauses", "passed"),
    [
        (600, [], 600),
        (600, [(900, 1800)], 600),
        (600, [(300, 900)], 1200),
        (0, [(0, 1200)], 1200),
        (600, [(700, 1000), (500, 650)], 1050),
    ],
)
def test_time_of_service_passes_around_the_pauses(seconds, pauses, passed):
    assert across(seconds, pauses) == passed
    assert served_until(passed, pauses) == seconds


@given(st.lists(st.sampled_from([1, 2]), max_size=30), st.integers(1, 5), st.integers(0, 5))
@settings(deadline=None)
def test_a_longer_line_never_shortens_the_wait_and_another_counter_never_lengthens_it(ahead, counters, busy):
    open_now = [FREE] * counters + [BUSY] * busy
    wait = expected_wait(ahead, 1, open_now, NEW)

    assert wait <= expected_wait([*ahead, 1], 1, open_now, NEW)
    assert expected_wait(ahead, 1, [*open_now, FREE], NEW) <= wait
