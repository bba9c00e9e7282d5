"""Terms of evaluation (PermenPANRB 6/2022, SE MenPANRB 3/2023)."""

from enum import StrEnum


class Rating(StrEnum):
    """A rating of results or behaviour against the leader's expectation."""

    ABOVE = "ABOVE"
    MEETS = "MEETS"
    BELOW = "BELOW"


class Predicate(StrEnum):
    """The performance predicate (predikat kinerja): Sangat Baik down to Sangat Kurang."""

    VERY_GOOD = "VERY_GOOD"
    GOOD = "GOOD"
    NEEDS_IMPROVEMENT = "NEEDS_IMPROVEMENT"
    POOR = "POOR"
    VERY_POOR = "VERY_POOR"


PREDICATE_TERMS = {
    Predicate.VERY_GOOD: "Sangat Baik",
    Predicate.GOOD: "Baik",
    Predicate.NEEDS_IMPROVEMENT: "Butuh Perbaikan",
    Predicate.POOR: "Kurang",
    Predicate.VERY_POOR: "Sangat Kurang",
}
"""The words of the law, the same in every language."""


class OrganizationRating(StrEnum):
    """The performance of a unit (capaian kinerja organisasi): Istimewa down to Sangat Kurang."""

    OUTSTANDING = "OUTSTANDING"
    GOOD = "GOOD"
    NEEDS_IMPROVEMENT = "NEEDS_IMPROVEMENT"
    POOR = "POOR"
    VERY_POOR = "VERY_POOR"


class EvaluationKind(StrEnum):
    """Periodic (for a window) or annual (for the period)."""

    PERIODIC = "PERIODIC"
    ANNUAL = "ANNUAL"


class EvaluationState(StrEnum):
    """Where an evaluation stands."""

    DRAFT = "DRAFT"
    RATED = "RATED"
    FINAL = "FINAL"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    OBJECTED = "OBJECTED"
    DECIDED = "DECIDED"


class ObjectionState(StrEnum):
    """Where an objection (keberatan) stands; UPHELD: the evaluation stands as it is."""

    FILED = "FILED"
    UPHELD = "UPHELD"
    CHANGED = "CHANGED"


class CalibrationState(StrEnum):
    """Whether a calibration session still takes shifts."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"
