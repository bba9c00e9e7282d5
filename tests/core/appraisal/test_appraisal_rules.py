"""The law of evaluation in tables of values: R1, R4 to R8 and what lies around them."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.appraisal.rules.credit import credit_for, months_in
from core.appraisal.rules.distribution import check_distribution
from core.appraisal.rules.matrix import head_result_rating, predicate_for
from core.appraisal.rules.objection_clock import is_in_time, objection_due_on
from core.appraisal.terms import OrganizationRating, Predicate, Rating
from core.law.reference import _DATA, _read
from core.law.rule import Rule


def rule(kind, revision=1, **content):
    values = _read(_DATA / f"{kind}-{revision}.json")
    return Rule(**{**values, "content": {**values["content"], **content}})


MATRIX, DISTRIBUTION, CREDIT = rule("predicate_matrix"), rule("distribution"), rule("credit_points")
OBJECTION, HEAD = rule("objection"), rule("head_result_rating")
ORDER = [Predicate.VERY_POOR, Predicate.POOR, Predicate.NEEDS_IMPROVEMENT, Predicate.GOOD, Predicate.VERY_GOOD]
SHORT = {"SB": Predicate.VERY_GOOD, "B": Predicate.GOOD, "BP": Predicate.NEEDS_IMPROVEMENT, "K": Predicate.POOR,
         "SK": Predicate.VERY_POOR}  # fmt: skip


@pytest.mark.parametrize(
    ("result", "behavior", "predicate"),
    [
        ("ABOVE", "ABOVE", "VERY_GOOD"),
        ("ABOVE", "MEETS", "GOOD"),
        ("ABOVE", "BELOW", "POOR"),
        ("MEETS", "ABOVE", "GOOD"),
        ("MEETS", "MEETS", "GOOD"),
        ("MEETS", "BELOW", "POOR"),
        ("BELOW", "ABOVE", "NEEDS_IMPROVEMENT"),
        ("BELOW", "MEETS", "NEEDS_IMPROVEMENT"),
        ("BELOW", "BELOW", "VERY_POOR"),
    ],
)
def test_the_matrix_gives_a_predicate_for_each_pair(result, behavior, predicate):
    assert predicate_for(MATRIX, Rating(result), Rating(behavior)) is Predicate(predicate)


def test_better_behavior_never_gives_a_worse_predicate():
    """In the other direction it does: bad behaviour counts more where results are not bad (misconduct)."""
    better = [Rating.BELOW, Rating.MEETS, Rating.ABOVE]
    for result in Rating:
        ranks = [ORDER.index(predicate_for(MATRIX, result, behavior)) for behavior in better]
        assert ranks == sorted(ranks)
    for behavior in Rating:
        ranks = [ORDER.index(predicate_for(MATRIX, result, behavior)) for result in better]
        assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("performance", "rating"),
    [
        ("OUTSTANDING", "ABOVE"),
        ("GOOD", "MEETS"),
        ("NEEDS_IMPROVEMENT", "BELOW"),
        ("POOR", "BELOW"),
        ("VERY_POOR", "BELOW"),
    ],
)
def test_the_units_performance_is_its_heads_rating_of_results(performance, rating):
    assert head_result_rating(HEAD, OrganizationRating(performance)) is Rating(rating)


def found(performance, *, unrated=0, min_head_count=10, **counts):
    check = check_distribution(
        DISTRIBUTION,
        OrganizationRating(performance),
        {SHORT[name]: count for name, count in counts.items()},
        unrated=unrated,
        min_head_count=min_head_count,
    )
    assert check.skipped is None
    return [(warning.code.value, str(warning.share)) for warning in check.warnings]


@pytest.mark.parametrize(
    ("performance", "counts", "warnings"),
    [
        # R4
        ("OUTSTANDING", {"SB": 70, "B": 30}, []),
        ("OUTSTANDING", {"SB": 71, "B": 29}, [("ABOVE_MAXIMUM", "71.00")]),
        ("OUTSTANDING", {"SB": 70, "SK": 30}, []),
        ("OUTSTANDING", {"SB": 40, "B": 30, "BP": 30}, []),
        ("OUTSTANDING", {"SB": 40, "B": 60}, [("NOT_THE_MAJORITY", "40.00")]),
        ("OUTSTANDING", {"SB": 50, "B": 50}, []),
        ("OUTSTANDING", {"SB": 7, "B": 3}, []),
        ("OUTSTANDING", {"SB": 8, "B": 2}, [("ABOVE_MAXIMUM", "80.00")]),
        # R6
        ("GOOD", {"B": 7, "SB": 3}, [("MUST_EXIST", "0.00")]),
        ("GOOD", {"B": 7, "SB": 2, "BP": 1}, []),
        ("GOOD", {"B": 7, "SB": 2, "K": 1}, []),
        ("GOOD", {"B": 7, "SB": 2, "SK": 1}, [("MUST_EXIST", "0.00")]),
        ("GOOD", {"B": 8, "BP": 2}, [("ABOVE_MAXIMUM", "80.00")]),
        ("GOOD", {"B": 4, "SB": 5, "BP": 1}, [("NOT_THE_MAJORITY", "40.00")]),
        ("NEEDS_IMPROVEMENT", {"SB": 10, "BP": 60, "B": 30}, []),
        ("NEEDS_IMPROVEMENT", {"SB": 11, "BP": 60, "B": 29}, [("ABOVE_MAXIMUM", "11.00")]),
        ("NEEDS_IMPROVEMENT", {"BP": 59, "B": 41}, [("BELOW_MINIMUM", "59.00")]),
        ("POOR", {"SB": 10, "BP": 10, "K": 60, "B": 20}, []),
        ("POOR", {"SB": 10, "BP": 9, "K": 60, "B": 21}, [("BELOW_MINIMUM", "9.00")]),
        ("POOR", {"BP": 41, "K": 59}, [("BELOW_MINIMUM", "59.00")]),
        ("POOR", {"SB": 11, "BP": 9, "K": 59, "B": 21},
         [("ABOVE_MAXIMUM", "11.00"), ("BELOW_MINIMUM", "9.00"), ("BELOW_MINIMUM", "59.00")]),
        # R5
        ("VERY_POOR", {"SB": 1, "SK": 60, "K": 10, "B": 29}, [("NONE_ALLOWED", "1.00")]),
        ("VERY_POOR", {"SK": 59, "K": 11, "B": 30}, [("BELOW_MINIMUM", "59.00")]),
        ("VERY_POOR", {"SK": 60, "K": 10, "B": 30}, []),
        ("VERY_POOR", {"SK": 60, "K": 4, "BP": 6, "B": 30}, []),
        ("VERY_POOR", {"SK": 60, "K": 4, "BP": 5, "B": 31}, [("BELOW_MINIMUM", "9.00")]),
    ],
)  # fmt: skip
def test_the_distribution_is_compared_with_the_pattern(performance, counts, warnings):
    assert found(performance, **counts) == warnings


@pytest.mark.parametrize(
    ("performance", "counts", "unrated", "warnings"),
    [
        ("OUTSTANDING", {"SB": 1}, 99, []),
        ("OUTSTANDING", {"SB": 71}, 29, [("ABOVE_MAXIMUM", "71.00")]),
        ("GOOD", {"B": 7, "SB": 2}, 1, []),
        ("GOOD", {"SB": 6, "B": 1}, 3, [("NOT_THE_MAJORITY", "10.00")]),
        ("GOOD", {"SB": 5, "B": 1}, 4, []),
        ("VERY_POOR", {"B": 40, "SK": 30}, 30, []),
        ("VERY_POOR", {"B": 41, "SK": 30}, 29, [("BELOW_MINIMUM", "30.00")]),
    ],
)
def test_while_some_are_unrated_only_what_cannot_be_mended_is_a_warning(performance, counts, unrated, warnings):
    assert found(performance, unrated=unrated, **counts) == warnings


def test_a_warning_tells_its_figures():
    [warning] = check_distribution(
        DISTRIBUTION, OrganizationRating.GOOD, {Predicate.GOOD: 7, Predicate.VERY_GOOD: 3}
    ).warnings
    assert warning.predicates == (Predicate.NEEDS_IMPROVEMENT, Predicate.POOR)
    assert (warning.count, warning.head_count, warning.limit) == (0, 10, Decimal(1))


@pytest.mark.parametrize(
    ("law", "performance", "counts", "skipped"),
    [
        (DISTRIBUTION, None, {"B": 20}, "NO_ORGANIZATION_PERFORMANCE"),
        (None, "GOOD", {"B": 20}, "NO_RULE_IN_FORCE"),
        (DISTRIBUTION, "GOOD", {"SB": 9}, "TOO_FEW_EMPLOYEES"),
        (DISTRIBUTION, "GOOD", {}, "TOO_FEW_EMPLOYEES"),
    ],
)
def test_what_is_not_compared_says_why(law, performance, counts, skipped):
    check = check_distribution(
        law,
        OrganizationRating(performance) if performance else None,
        {SHORT[name]: count for name, count in counts.items()},
        min_head_count=10,
    )
    assert (check.skipped.value, check.warnings) == (skipped, ())
    assert check.head_count == sum(counts.values())


@given(
    st.sampled_from(OrganizationRating),
    st.fixed_dictionaries({predicate: st.integers(0, 60) for predicate in Predicate}),
    st.integers(0, 60),
)
def test_a_check_changes_no_count_and_more_unrated_never_adds_a_minimum(performance, counts, unrated):
    before = dict(counts)
    check = check_distribution(DISTRIBUTION, performance, counts, unrated=unrated)
    assert counts == before
    assert dict(check.counts) == before
    assert check.head_count == sum(before.values()) + unrated
    for warning in check.warnings:
        assert warning.head_count == check.head_count
        assert 0 <= warning.share <= 100
        assert warning.count == sum(before[predicate] for predicate in warning.predicates)


@pytest.mark.parametrize(
    ("kind", "months", "predicate", "points"),
    [
        # R8
        ("AHLI_PERTAMA", 12, "VERY_GOOD", "18.75"),
        ("AHLI_MUDA", 12, "GOOD", "25.00"),
        ("AHLI_MADYA", 12, "NEEDS_IMPROVEMENT", "28.13"),
        ("TERAMPIL", 12, "POOR", "2.50"),
        ("PEMULA", 12, "VERY_POOR", "0.94"),
        ("AHLI_PERTAMA", 2, "GOOD", "2.08"),
        ("PENYELIA", 12, "POOR", "12.50"),
        ("AHLI_UTAMA", 12, "VERY_GOOD", "75.00"),
        ("MAHIR", 12, "GOOD", "12.50"),
        ("MAHIR", 1, "GOOD", "1.04"),
        ("MAHIR", 0, "GOOD", "0.00"),
        ("PEMULA", 1, "VERY_POOR", "0.08"),
        ("PEMULA", 6, "NEEDS_IMPROVEMENT", "1.41"),
        ("AHLI_MADYA", 3, "POOR", "4.69"),
        ("AHLI_UTAMA", 11, "VERY_GOOD", "68.75"),
    ],
)
def test_credit_points_follow_from_months_predicate_and_position(kind, months, predicate, points):
    assert str(credit_for(CREDIT, Predicate(predicate), kind, months).points) == points


def test_a_position_without_coefficient_has_no_credit_points():
    assert credit_for(CREDIT, Predicate.GOOD, "PELAKSANA", 12) is None


@pytest.mark.parametrize("months", [-1, 13])
def test_credit_points_are_for_a_year_at_most(months):
    with pytest.raises(ValueError, match="months"):
        credit_for(CREDIT, Predicate.GOOD, "MAHIR", months)


@given(st.integers(1, 11), st.sampled_from(sorted(CREDIT.content["coefficients"])), st.sampled_from(Predicate))
def test_parts_of_a_year_add_up_to_the_year_within_rounding(months, kind, predicate):
    first, second = credit_for(CREDIT, predicate, kind, months), credit_for(CREDIT, predicate, kind, 12 - months)
    whole = credit_for(CREDIT, predicate, kind, 12)
    assert abs(first.points + second.points - whole.points) <= Decimal("0.01")
    assert Decimal(0) <= first.points <= whole.points


@given(st.integers(0, 12), st.sampled_from(sorted(CREDIT.content["coefficients"])))
def test_a_better_predicate_never_gives_fewer_credit_points(months, kind):
    points = [credit_for(CREDIT, predicate, kind, months).points for predicate in ORDER]
    assert points == sorted(points)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 12),
        (date(2026, 11, 1), date(2026, 12, 31), 2),
        (date(2026, 1, 1), date(2026, 3, 14), 3),
        (date(2026, 3, 15), date(2026, 12, 31), 9),
        (date(2026, 2, 2), date(2026, 2, 28), 0),
        (date(2026, 2, 1), date(2026, 2, 1), 1),
        (date(2026, 5, 2), date(2026, 5, 1), 0),
        (date(2025, 12, 1), date(2026, 1, 31), 2),
    ],
)
def test_a_month_counts_for_the_span_that_has_its_first_day(first, last, months):
    assert months_in(first, last) == months


@given(st.dates(date(2026, 1, 1), date(2026, 12, 30)))
def test_a_move_never_makes_or_loses_a_month(last):
    before = months_in(date(2026, 1, 1), last)
    assert before + months_in(last + timedelta(days=1), date(2026, 12, 31)) == 12


@pytest.mark.parametrize(
    ("received", "filed", "accepted"),
    [
        # R7
        (date(2026, 3, 1), date(2026, 3, 15), True),
        (date(2026, 3, 1), date(2026, 3, 16), False),
        (date(2026, 3, 1), date(2026, 3, 1), True),
        (date(2024, 2, 20), date(2024, 3, 5), True),
        (date(2024, 2, 20), date(2024, 3, 6), False),
        (date(2026, 12, 25), date(2027, 1, 8), True),
        (date(2026, 12, 25), date(2027, 1, 9), False),
    ],
)
def test_an_objection_is_in_time_until_the_fourteenth_day(received, filed, accepted):
    assert is_in_time(filed, objection_due_on(OBJECTION, received)) is accepted


@pytest.mark.parametrize(
    ("days", "kind", "holidays", "due"),
    [
        (None, None, (), date(2026, 3, 15)),
        (None, "working", (), date(2026, 3, 19)),
        (None, "working", (date(2026, 3, 18),), date(2026, 3, 20)),
        (None, "working", (date(2026, 3, 7),), date(2026, 3, 19)),
        (None, "calendar", (date(2026, 3, 3),), date(2026, 3, 15)),
        (21, None, (), date(2026, 3, 22)),
    ],
)
def test_the_institution_may_count_otherwise(days, kind, holidays, due):
    assert objection_due_on(OBJECTION, date(2026, 3, 1), days=days, day_kind=kind, holidays=holidays) == due


def test_every_cell_has_a_predicate():
    assert {predicate_for(MATRIX, *pair) for pair in product(Rating, Rating)} == set(Predicate)
