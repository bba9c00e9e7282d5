"""Whole numbers that come as text."""

import pytest

from core.digits import LARGEST, whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("17", 17), ("007", 7), (str(LARGEST), LARGEST)])
def test_plain_digits_are_a_number(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", " 1", "1_0", "٣", "²", "x", str(LARGEST + 1), "9" * 10_000])
def test_everything_else_is_no_number(text):
    """Ten thousand digits, which Python itself refuses to read, among it."""
    assert whole_number(text) is None
