"""The fair order of who waits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.queueing.rules.line import fair_order
from plugins.queueing.terms import PriorityRule


def order(people, rule, every=3, since=None):
    """Order people by name: capital letters belong to a priority group."""
    return "".join(fair_order(people, str.isupper, rule, every, since))


@pytest.mark.parametrize(
    ("rule", "every", "since", "expected"),
    [
        (PriorityRule.STRICT, 3, None, "XYZabcde"),
        (PriorityRule.ONE_IN_N, 3, None, "XabYcdZe"),
        (PriorityRule.ONE_IN_N, 3, 0, "abXcdYeZ"),
        (PriorityRule.ONE_IN_N, 3, 1, "aXbcYdeZ"),
        (PriorityRule.ONE_IN_N, 2, 5, "XaYbZcde"),
        (PriorityRule.ONE_IN_N, 1, 0, "XYZabcde"),
    ],
)
def test_people_of_priority_groups_go_first_by_the_rule_of_the_point(rule, every, since, expected):
    assert order("abXcYdeZ", rule, every, since) == expected


@given(st.text("abcXYZ", max_size=30), st.sampled_from(PriorityRule), st.integers(1, 5), st.integers(0, 6) | st.none())
def test_everybody_is_called_once_and_nobody_overtakes_their_like(people, rule, every, since):
    called = order(people, rule, every, since)

    assert sorted(called) == sorted(people)
    for belongs in (str.isupper, str.islower):
        assert list(filter(belongs, called)) == list(filter(belongs, people))


@given(st.text("aX", max_size=40), st.integers(2, 5))
def test_as_long_as_others_wait_one_in_n_is_of_a_priority_group(people, every):
    called = order(people, PriorityRule.ONE_IN_N, every)
    mixed = called[: called.rfind("a") + 1]

    assert all(mixed[place : place + every].count("X") <= 1 for place in range(len(mixed) - every + 1))
