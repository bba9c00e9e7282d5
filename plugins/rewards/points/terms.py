"""Terms of points."""

from enum import StrEnum


class PointAccountKind(StrEnum):
    """Whose points an account holds: an employee's, or one of the four of the institution that balance them."""

    EMPLOYEE = "EMPLOYEE"
    SOURCE = "SOURCE"
    SPENT = "SPENT"
    EXPIRED = "EXPIRED"
    ADJUSTED = "ADJUSTED"


class PointMovement(StrEnum):
    """Why points move."""

    EARNED = "EARNED"
    TAKEN_BACK = "TAKEN_BACK"
    SETTLED = "SETTLED"
    SPENT = "SPENT"
    RETURNED = "RETURNED"
    EXPIRED = "EXPIRED"
    ADJUSTED = "ADJUSTED"


COUNTERPART = {
    PointMovement.EARNED: PointAccountKind.SOURCE,
    PointMovement.TAKEN_BACK: PointAccountKind.SOURCE,
    PointMovement.SETTLED: PointAccountKind.SOURCE,
    PointMovement.SPENT: PointAccountKind.SPENT,
    PointMovement.RETURNED: PointAccountKind.SPENT,
    PointMovement.EXPIRED: PointAccountKind.EXPIRED,
    PointMovement.ADJUSTED: PointAccountKind.ADJUSTED,
}
"""The institution's account on the other side of each movement."""


class CapPeriod(StrEnum):
    """The span within which a rule gives an employee no more than its cap."""

    DAY = "DAY"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


class PointEvent(StrEnum):
    """What points are earned by; each stands for an event of core or of this plugin."""

    PROGRESS_RECORDED = "PROGRESS_RECORDED"
    FEEDBACK_GIVEN = "FEEDBACK_GIVEN"
    EVALUATION_FINALISED = "EVALUATION_FINALISED"
    FACT_ACCEPTED = "FACT_ACCEPTED"
    INNOVATION_ADOPTED = "INNOVATION_ADOPTED"
    AWARD_GRANTED = "AWARD_GRANTED"


class RedemptionState(StrEnum):
    """Where a request for something of the catalogue stands; the last three are final."""

    ASKED_FOR = "ASKED_FOR"
    APPROVED = "APPROVED"
    HANDED_OUT = "HANDED_OUT"
    REFUSED = "REFUSED"
    CANCELLED = "CANCELLED"
