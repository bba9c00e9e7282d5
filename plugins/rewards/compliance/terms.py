"""Terms of compliance: what is owed, how it stands, and what was told to whom."""

from enum import StrEnum


class ComplianceDuty(StrEnum):
    """What is owed: a plan that is set, progress of each month, an evaluation or feedback of each window."""

    PLAN = "PLAN"
    PROGRESS = "PROGRESS"
    EVALUATION = "EVALUATION"
    FEEDBACK = "FEEDBACK"


class ObligationState(StrEnum):
    """How what is owed stands; EXCUSED was late and accepted with a reason."""

    OPEN = "OPEN"
    ON_TIME = "ON_TIME"
    LATE = "LATE"
    EXCUSED = "EXCUSED"
    EXEMPT = "EXEMPT"


class ExemptReason(StrEnum):
    """Why somebody owes nothing: by status or state, by leave in all of the span, by what HR granted, or no longer."""

    STATUS = "STATUS"
    LEAVE = "LEAVE"
    GRANTED = "GRANTED"
    NO_LONGER_OWED = "NO_LONGER_OWED"


class NoticeKind(StrEnum):
    """Whether somebody was reminded, or a superior was told."""

    REMINDER = "REMINDER"
    NOTE = "NOTE"
