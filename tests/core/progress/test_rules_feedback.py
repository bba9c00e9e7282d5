"""Who stands how to whom, whom a round asks, and from when feedback is shown."""

from datetime import date

import pytest

from core.progress.rules.feedback import (
    Place,
    answer_problems,
    choose_givers,
    is_shown_to_subject,
    relation_of,
    round_problems,
    text_problems,
)
from core.progress.terms import GiverRelation

SUPERIOR, PEER, SUBORDINATE = GiverRelation.SUPERIOR, GiverRelation.PEER, GiverRelation.SUBORDINATE
BOSS = Place(1, None, frozenset({10}))
ANNA = Place(2, 1, frozenset({11}))
BUDI = Place(3, 1, frozenset({12}))
CARA = Place(4, 2, frozenset({11}))
DEWI = Place(5, 9, frozenset({12}))
STRANGER = Place(6, 9, frozenset({13}))


@pytest.mark.parametrize(
    ("giver", "subject", "evaluator", "expected"),
    [
        (BOSS, ANNA, None, SUPERIOR),
        (ANNA, BOSS, None, SUBORDINATE),
        (ANNA, BUDI, None, PEER),
        (CARA, ANNA, None, SUBORDINATE),
        (DEWI, BUDI, None, PEER),
        (STRANGER, ANNA, None, None),
        (STRANGER, ANNA, 6, SUPERIOR),
        (ANNA, ANNA, None, None),
        (ANNA, ANNA, 2, None),
        (Place(7), Place(8), None, None),
        (BOSS, CARA, None, None),
    ],
)
def test_the_relation_follows_from_lines_and_units(giver, subject, evaluator, expected):
    assert relation_of(giver, subject, evaluator) is expected


@pytest.mark.parametrize(
    ("relation", "givers", "expected"),
    [(SUPERIOR, 1, True), (PEER, 2, False), (PEER, 3, True), (SUBORDINATE, 2, False), (SUBORDINATE, 4, True)],
)
def test_colleagues_words_are_shown_from_the_minimum_on(relation, givers, expected):
    assert is_shown_to_subject(relation, givers, 3) is expected


def test_a_round_asks_superiors_and_subordinates_and_draws_peers():
    others = [BOSS, BUDI, CARA, STRANGER, *(Place(20 + number, 1) for number in range(9))]
    chosen = choose_givers(ANNA, others, tuple(GiverRelation), peers=3, salt="7")
    again = choose_givers(ANNA, reversed(others), tuple(GiverRelation), peers=3, salt="7")
    other_round = choose_givers(ANNA, others, tuple(GiverRelation), peers=3, salt="8")
    assert chosen == again
    assert [relation for _, relation in chosen] == [SUPERIOR, PEER, PEER, PEER, SUBORDINATE]
    assert chosen[0] == (1, SUPERIOR)
    assert chosen[-1] == (4, SUBORDINATE)
    assert chosen != other_round


def test_a_round_asks_only_the_relations_named():
    assert choose_givers(ANNA, [BOSS, BUDI, CARA], (SUBORDINATE,), peers=5, salt="7") == [(4, SUBORDINATE)]


@pytest.mark.parametrize(
    ("text", "subjects", "expected"),
    [
        ("Bagus", 0, []),
        ("Bagus", 1, []),
        (" ", 0, ["TEXT_MISSING"]),
        ("x" * 5_001, 2, ["TEXT_TOO_LONG", "TWO_SUBJECTS"]),
    ],
)
def test_feedback_has_a_text_and_one_subject(text, subjects, expected):
    assert [problem.code for problem in text_problems(text, subjects=subjects)] == expected


@pytest.mark.parametrize(
    ("opens", "closes", "peers", "relations", "expected"),
    [
        (1, 5, 5, (PEER,), []),
        (10, 10, 0, (PEER,), []),
        (5, 4, 5, (PEER,), ["DATES_REVERSED"]),
        (1, 2, 5, (PEER,), ["DATE_IN_PAST"]),
        (1, 5, 21, (), ["NOBODY_ASKED", "PEERS_OUT_OF_RANGE"]),
        (1, 5, -1, (PEER,), ["PEERS_OUT_OF_RANGE"]),
    ],
)
def test_a_round_has_days_and_givers(opens, closes, peers, relations, expected):
    problems = round_problems(
        date(2026, 5, opens), date(2026, 5, closes), date(2026, 5, 3), peers=peers, relations=relations
    )
    assert [problem.code for problem in problems] == expected


@pytest.mark.parametrize(
    ("day", "answered", "expected"),
    [(1, False, []), (5, False, []), (6, False, ["ROUND_NOT_OPEN"]), (3, True, ["ALREADY_ANSWERED"])],
)
def test_a_request_is_answered_once_while_the_round_is_open(day, answered, expected):
    problems = answer_problems(date(2026, 5, 1), date(2026, 5, 5), date(2026, 5, day), is_answered=answered)
    assert [problem.code for problem in problems] == expected
