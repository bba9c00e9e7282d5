"""Ratings to predicate: the nine-cell matrix, and the rating of results of somebody who heads a unit."""

from core.appraisal.terms import OrganizationRating, Predicate, Rating
from core.law.rule import Rule


def predicate_for(rule: Rule, result: Rating, behavior: Rating) -> Predicate:
    """Return the predicate of two ratings (PermenPANRB 6/2022, matriks predikat kinerja)."""
    return Predicate(rule.content["cells"][result.value][behavior.value])


def head_result_rating(rule: Rule, performance: OrganizationRating) -> Rating:
    """Return the rating of results of the head of a unit with this performance (SE MenPANRB 3/2023)."""
    return Rating(rule.content["ratings"][performance.value])
