"""From when to when a fact is measured, and which value becomes progress on which day."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.facts.rules.measuring import (
    Span,
    counted_twice,
    day_of_progress,
    kept_value,
    latest_span,
    span_within,
)
from core.planning.terms import MeasuringPattern

FIRST, SECOND = Span(date(2026, 1, 1), date(2026, 3, 31)), Span(date(2026, 4, 1), date(2026, 6, 30))
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
MOVED = Span(date(2026, 2, 10), date(2026, 4, 15))
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("window", "plan", "today", "expected"),
    [
        (FIRST, YEAR, date(2026, 12, 1), FIRST),
        (FIRST, YEAR, date(2026, 2, 1), Span(FIRST.first, date(2026, 2, 1))),
        (FIRST, MOVED, date(2026, 12, 1), Span(MOVED.first, FIRST.last)),
        (SECOND, MOVED, date(2026, 12, 1), Span(SECOND.first, MOVED.last)),
        (SECOND, YEAR, date(2026, 3, 31), None),
        (Span(date(2026, 7, 1), date(2026, 9, 30)), MOVED, date(2026, 12, 1), None),
    ],
)
def test_a_window_is_measured_as_far_as_the_plan_ran_until_today(window, plan, today, expected):
    assert span_within(window, plan, today) == expected


def test_the_latest_window_that_has_begun_is_meant():
    assert latest_span([SECOND, FIRST], YEAR, date(2026, 3, 31)) == FIRST
    assert latest_span([SECOND, FIRST], YEAR, date(2026, 4, 1)) == Span(SECOND.first, SECOND.first)
    assert latest_span([SECOND], YEAR, date(2026, 3, 1)) is None


@given(days, days, days, days)
def test_spans_overlap_where_they_share_a_day(a, b, c, d):
    one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    shared = max(one.first, other.first) <= min(one.last, other.last)

    assert one.overlaps(other) is other.overlaps(one) is shared


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("12.34565"), Decimal("12.3457")),
        (Decimal("-0.00005"), Decimal("-0.0001")),
        (Decimal(7), Decimal(7)),
        (Decimal("NaN"), None),
        (Decimal("Infinity"), None),
        (Decimal(10) ** 15, None),
        (Decimal("12345678901.23456"), Decimal("12345678901.2346")),
        (Decimal("123456789012.3456"), None),
        (1.5, None),
        (None, None),
    ],
)
def test_a_value_is_kept_with_four_decimals_or_not_at_all(value, expected):
    assert kept_value(value) == expected


def test_a_value_counts_from_its_last_day_and_a_release_from_its_publication():
    release = date(2026, 4, 20)
    assert day_of_progress(FIRST, MeasuringPattern.COUNT, None) == FIRST.last
    assert day_of_progress(FIRST, MeasuringPattern.POSITION, release) == FIRST.last
    assert day_of_progress(FIRST, MeasuringPattern.RELEASE, release) == release
    assert day_of_progress(SECOND, MeasuringPattern.RELEASE, release) == SECOND.last


def test_only_counts_are_counted_twice():
    assert counted_twice(MOVED, MeasuringPattern.COUNT, [SECOND, FIRST]) == SECOND
    assert counted_twice(FIRST, MeasuringPattern.COUNT, [SECOND]) is None
    assert counted_twice(FIRST, MeasuringPattern.POSITION, [FIRST]) is None
