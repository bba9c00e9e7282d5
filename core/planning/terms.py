"""Terms of planning (PermenPANRB 6/2022)."""

from enum import StrEnum


class Frequency(StrEnum):
    """How often a period is evaluated besides the annual evaluation."""

    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"
    HALF_YEARLY = "HALF_YEARLY"


class PeriodState(StrEnum):
    """Whether a period takes changes."""

    PLANNED = "PLANNED"
    OPEN = "OPEN"
    CLOSED = "CLOSED"


class PlanApproach(StrEnum):
    """How results are measured (pendekatan kuantitatif atau kualitatif)."""

    QUANTITATIVE = "QUANTITATIVE"
    QUALITATIVE = "QUALITATIVE"


class PlanState(StrEnum):
    """Where a performance plan (SKP) stands; ENDED: its holder moved on and it is evaluated for its own span."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    APPROVED = "APPROVED"
    ENDED = "ENDED"


class WorkResultKind(StrEnum):
    """Main or additional work result (hasil kerja utama atau tambahan)."""

    MAIN = "MAIN"
    ADDITIONAL = "ADDITIONAL"


class Perspective(StrEnum):
    """The four perspectives of a senior executive's plan (JPT)."""

    SERVICE_RECIPIENT = "SERVICE_RECIPIENT"
    BUSINESS_PROCESS = "BUSINESS_PROCESS"
    INTERNAL_STRENGTHENING = "INTERNAL_STRENGTHENING"
    BUDGET = "BUDGET"


class Aspect(StrEnum):
    """What an indicator measures (kuantitas, kualitas, waktu, biaya)."""

    QUANTITY = "QUANTITY"
    QUALITY = "QUALITY"
    TIME = "TIME"
    COST = "COST"


class Direction(StrEnum):
    """Whether a higher or a lower value is better."""

    HIGHER_IS_BETTER = "HIGHER_IS_BETTER"
    LOWER_IS_BETTER = "LOWER_IS_BETTER"


class MeasuringPattern(StrEnum):
    """How values of a year come together: counts add up, positions stand, releases exist only once published."""

    COUNT = "COUNT"
    POSITION = "POSITION"
    RELEASE = "RELEASE"


class BehaviorValue(StrEnum):
    """The seven core values BerAKHLAK (SE MenPANRB 20/2021)."""

    SERVICE_ORIENTED = "SERVICE_ORIENTED"
    ACCOUNTABLE = "ACCOUNTABLE"
    COMPETENT = "COMPETENT"
    HARMONIOUS = "HARMONIOUS"
    LOYAL = "LOYAL"
    ADAPTIVE = "ADAPTIVE"
    COLLABORATIVE = "COLLABORATIVE"
