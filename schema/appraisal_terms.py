"""The terms of evaluation as GraphQL enums, each value with the word of the law; registered once."""

from enum import Enum

import strawberry

from core.appraisal.rules.distribution import Skip, WarningCode
from core.appraisal.terms import (
    CalibrationState,
    EvaluationKind,
    EvaluationState,
    ObjectionState,
    OrganizationRating,
    Predicate,
    Rating,
)
from schema.engine.enums import describe_values

__all__ = [
    "CalibrationState",
    "EvaluationKind",
    "EvaluationState",
    "ObjectionState",
    "OrganizationRating",
    "Predicate",
    "Rating",
    "Skip",
    "WarningCode",
]


def _register(kind: type[Enum], name: str, description: str, **values: str) -> None:
    strawberry.enum(kind, name=name, description=description)
    describe_values(kind, **values)


_register(
    Rating,
    "Rating",
    "A rating of results or behaviour against the leader's expectation (rating hasil kerja, rating perilaku).",
    ABOVE="Above expectation (di atas ekspektasi).",
    MEETS="As expected (sesuai ekspektasi).",
    BELOW="Below expectation (di bawah ekspektasi).",
)
_register(
    Predicate,
    "Predicate",
    "The performance predicate (predikat kinerja).",
    VERY_GOOD="Sangat Baik.",
    GOOD="Baik.",
    NEEDS_IMPROVEMENT="Butuh Perbaikan.",
    POOR="Kurang (misconduct).",
    VERY_POOR="Sangat Kurang.",
)
_register(
    OrganizationRating,
    "OrganizationRating",
    "The performance of a unit (capaian kinerja organisasi).",
    OUTSTANDING="Istimewa.",
    GOOD="Baik.",
    NEEDS_IMPROVEMENT="Butuh Perbaikan.",
    POOR="Kurang.",
    VERY_POOR="Sangat Kurang.",
)
_register(
    EvaluationKind,
    "EvaluationKind",
    "What an evaluation is for.",
    PERIODIC="One window of a period (evaluasi periodik).",
    ANNUAL="The whole period (evaluasi tahunan).",
)
_register(
    EvaluationState,
    "EvaluationState",
    "Where an evaluation stands; the rated person sees it from FINAL on.",
    DRAFT="Not both ratings are given.",
    RATED="Results and behaviour are rated.",
    FINAL="The predicate is given and shown to the employee.",
    ACKNOWLEDGED="The employee took notice, or is deemed to have.",
    OBJECTED="An objection (keberatan) waits for its decision.",
    DECIDED="An objection was decided for good.",
)
_register(
    ObjectionState,
    "ObjectionState",
    "Where an objection (keberatan) stands.",
    FILED="It waits for its decision.",
    UPHELD="The evaluation stands as it is.",
    CHANGED="The evaluation was given other ratings.",
)
_register(
    CalibrationState,
    "CalibrationState",
    "Whether a calibration session takes shifts.",
    OPEN="It takes shifts.",
    CLOSED="It is over.",
)
_register(
    WarningCode,
    "DistributionWarningCode",
    "In which way predicates differ from the pattern of distribution (pola distribusi).",
    NONE_ALLOWED="The pattern has none of these.",
    ABOVE_MAXIMUM="The share is above the maximum.",
    BELOW_MINIMUM="The share is below the minimum.",
    MUST_EXIST="The pattern has at least some of these.",
    NOT_THE_MAJORITY="Another predicate is given more often.",
)
_register(
    Skip,
    "DistributionSkip",
    "Why a distribution is not compared with the pattern.",
    TOO_FEW_EMPLOYEES="Percentages cannot be met by so few employees.",
    NO_ORGANIZATION_PERFORMANCE="The unit's performance is not set.",
    NO_RULE_IN_FORCE="No pattern was in force on the last day.",
    NOT_COUNTED="The plan does not count in this span.",
)
