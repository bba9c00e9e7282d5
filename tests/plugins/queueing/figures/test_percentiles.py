"""Percentiles of type 7 beside the standard library's, and rounding beside that of decimals."""

import statistics
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.queueing.rules.percentiles import (
    between,
    minutes,
    on_step,
    percent_of,
    percentile,
    places,
    rounded,
)

seconds = st.lists(st.integers(min_value=0, max_value=100_000), min_size=2, max_size=30)
cases = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cases
@given(seconds, st.integers(min_value=1, max_value=99))
def test_percentiles_are_those_of_the_standard_library(values, percent):
    expected = statistics.quantiles([Fraction(value) for value in values], n=100, method="inclusive")[percent - 1]

    assert percentile(values, percent) == expected


@cases
@given(seconds, st.sampled_from([0, 50, 90, 95, 100]))
def test_two_neighbours_are_enough(values, percent):
    ordered = sorted(values)
    low, high = places(len(ordered), percent)

    assert between(ordered[low], ordered[high], len(ordered), percent) == percentile(values, percent)
    assert ordered[low] <= percentile(values, percent) <= ordered[high]


@cases
@given(seconds, st.sampled_from([5, 50, 90, 95]))
def test_the_float_of_a_percentile_tells_it_exactly(values, percent):
    exact = percentile(values, percent)

    assert on_step(float(exact) * (1 + 1e-13)) == exact


def test_ends_and_small_numbers():
    assert percentile([], 50) is None
    assert percentile([7], 95) == 7
    assert percentile([1, 2], 50) == Fraction(3, 2)
    assert percentile([10, 20, 30, 40, 50], 90) == 46
    assert [percentile([3, 1, 2], percent) for percent in (0, 100)] == [1, 3]


@cases
@given(st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=2000))
def test_halves_go_away_from_zero(value):
    exact = Decimal(value.numerator) / Decimal(value.denominator)

    assert rounded(value) == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_minutes_and_shares_have_two_decimals_and_none_without_cases():
    assert str(minutes(90)) == "1.50"
    assert str(minutes(Fraction(3, 10))) == "0.01"  # a tie
    assert minutes(None) is None
    assert str(percent_of(2, 3)) == "66.67"
    assert str(percent_of(3, 3)) == "100.00"
    assert percent_of(0, 0) is None
