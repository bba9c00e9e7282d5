"""R2 and achievement, by tables of values and by properties."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.planning.rules.measuring import Entry, Measurement, MeasuringState, Standing, achievement, measured_value
from core.planning.terms import Direction, MeasuringPattern

UP, DOWN = Direction.HIGHER_IS_BETTER, Direction.LOWER_IS_BETTER
COUNT, POSITION, RELEASE = MeasuringPattern.COUNT, MeasuringPattern.POSITION, MeasuringPattern.RELEASE
JUNE = date(2026, 6, 30)
AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


def entries(*values):
    return [Entry(date(2026, month, 15), Decimal(value)) for month, value in enumerate(values, start=1)]


def measured(value, count):
    return Measurement(MeasuringState.MEASURED, Decimal(value), count)


@pytest.mark.parametrize(
    ("pattern", "values", "as_of", "release_on", "expected"),
    [
        (COUNT, ["3", "4", "5"], JUNE, None, measured("12", 3)),
        (COUNT, ["3", "4", "5"], date(2026, 2, 28), None, measured("7", 2)),
        (COUNT, ["0"], JUNE, None, measured("0", 1)),
        (COUNT, [], JUNE, None, Measurement(MeasuringState.NO_VALUE)),
        (COUNT, ["3"], date(2026, 1, 14), None, Measurement(MeasuringState.NO_VALUE)),
        (POSITION, ["80", "85", "90"], JUNE, None, measured("90", 3)),
        (POSITION, ["80", "85", "90"], date(2026, 2, 20), None, measured("85", 2)),
        (POSITION, [], JUNE, None, Measurement(MeasuringState.NO_VALUE)),
        (RELEASE, ["70"], JUNE, date(2026, 7, 1), Measurement(MeasuringState.NOT_YET_RELEASED)),
        (RELEASE, ["70"], JUNE, None, Measurement(MeasuringState.NOT_YET_RELEASED)),
        (RELEASE, ["70"], JUNE, date(2026, 6, 30), Measurement(MeasuringState.NO_VALUE)),
        (RELEASE, ["70", "71"], JUNE, date(2026, 2, 1), measured("71", 1)),
        (RELEASE, ["70", "71"], JUNE, date(2026, 1, 1), measured("71", 2)),
    ],
)
def test_values_come_together_by_pattern(pattern, values, as_of, release_on, expected):
    assert measured_value(pattern, entries(*values), as_of, release_on) == expected


def test_of_two_positions_on_one_day_the_later_one_stands():
    day = date(2026, 3, 1)
    given_late_first = [Entry(day, Decimal(90)), Entry(day, Decimal(91)), Entry(day - timedelta(days=1), Decimal(5))]

    assert measured_value(POSITION, given_late_first, JUNE) == measured("91", 3)


@given(st.lists(AMOUNTS, max_size=12))
def test_a_count_is_the_sum_of_its_entries(values):
    result = measured_value(COUNT, [Entry(JUNE, value) for value in values], JUNE)

    assert result.value == (sum(values, Decimal(0)) if values else None)


@pytest.mark.parametrize(
    ("value", "low", "high", "direction", "standing", "percent", "rule"),
    [
        ("100", "100", "100", UP, Standing.WITHIN, "100.00", "within_range"),
        ("110", "100", "120", UP, Standing.WITHIN, "100.00", "within_range"),
        ("110", "100", "120", DOWN, Standing.WITHIN, "100.00", "within_range"),
        ("50", "100", "120", UP, Standing.WORSE, "50.00", "ratio"),
        ("150", "100", "120", UP, Standing.BETTER, "125.00", "ratio"),
        ("2", "3", "3", UP, Standing.WORSE, "66.67", "ratio"),
        ("-1", "3", "3", UP, Standing.WORSE, "0.00", "ratio"),
        ("15", "5", "10", DOWN, Standing.WORSE, "50.00", "inverse_ratio"),
        ("25", "5", "10", DOWN, Standing.WORSE, "0.00", "inverse_ratio"),
        ("4", "5", "10", DOWN, Standing.BETTER, "120.00", "inverse_ratio"),
        ("1", "0", "0", DOWN, Standing.WORSE, None, "no_ratio"),
        ("1", "0", "0", UP, Standing.BETTER, None, "no_ratio"),
        ("-3", "-2", "-1", UP, Standing.WORSE, None, "no_ratio"),
    ],
)
def test_a_value_stands_to_its_target(value, low, high, direction, standing, percent, rule):
    result = achievement(Decimal(value), Decimal(low), Decimal(high), direction)

    assert (result.standing, result.percent, result.rule) == (standing, percent and Decimal(percent), rule)


def test_the_bound_that_counted_is_named():
    assert achievement(Decimal(150), Decimal(100), Decimal(120), UP).bound == Decimal(120)
    assert achievement(Decimal(15), Decimal(5), Decimal(10), DOWN).bound == Decimal(10)
    assert achievement(Decimal(110), Decimal(100), Decimal(120), UP).bound == Decimal(100)
    assert achievement(Decimal(110), Decimal(100), Decimal(120), DOWN).bound == Decimal(120)


@given(AMOUNTS, AMOUNTS, AMOUNTS, st.sampled_from(Direction))
def test_a_worse_value_never_reaches_100_percent_and_a_better_one_never_falls_below(value, one, two, direction):
    result = achievement(value, min(one, two), max(one, two), direction)

    if result.percent is not None:
        assert result.percent >= 0
        assert result.percent <= 100 or result.standing is Standing.BETTER
        assert result.percent >= 100 or result.standing is Standing.WORSE
