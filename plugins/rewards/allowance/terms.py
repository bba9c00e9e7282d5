"""Terms of the allowance (tambahan penghasilan pegawai, TPP)."""

from enum import StrEnum


class BasisBy(StrEnum):
    """What the basis of an employee is looked up by: the class of the position, or its kind and level."""

    JOB_CLASS = "JOB_CLASS"
    POSITION_KIND = "POSITION_KIND"


class ShareBase(StrEnum):
    """What a percentage of a deduction is of; both parts count as they are before any deduction."""

    BASIS = "BASIS"
    PERFORMANCE = "PERFORMANCE"
    DISCIPLINE = "DISCIPLINE"
    PARTS = "PARTS"
    REMAINING = "REMAINING"


class PredicateOf(StrEnum):
    """Whose predicate counts: of the last evaluation window that is over, or of the last year that is over."""

    WINDOW = "WINDOW"
    YEAR = "YEAR"


class Rounding(StrEnum):
    """How amounts are rounded."""

    HALF_UP = "HALF_UP"
    HALF_EVEN = "HALF_EVEN"
    DOWN = "DOWN"
    UP = "UP"


class Unrecorded(StrEnum):
    """What a working day stands for of which nothing is known."""

    PRESENT = "PRESENT"
    MISSING = "MISSING"


class AllowanceStepKind(StrEnum):
    """The steps of a simulation."""

    PERFORMANCE_PART = "PERFORMANCE_PART"
    PREDICATE = "PREDICATE"
    DISCIPLINE_PART = "DISCIPLINE_PART"
    LATE = "LATE"
    EARLY = "EARLY"
    NO_RECORD = "NO_RECORD"
    ABSENT = "ABSENT"
    MISSED_ASSEMBLY = "MISSED_ASSEMBLY"
    LEAVE = "LEAVE"
    ATTENDANCE_CAP = "ATTENDANCE_CAP"
    SANCTION = "SANCTION"
    ROUNDING = "ROUNDING"
    CEILING = "CEILING"
    FLOOR = "FLOOR"


class AllowanceGap(StrEnum):
    """What a simulation lacks for a result."""

    TABLE = "TABLE"
    POSITION = "POSITION"
    BASIS = "BASIS"
    PREDICATE = "PREDICATE"
    MONTH_NOT_OVER = "MONTH_NOT_OVER"
    ATTENDANCE = "ATTENDANCE"
    SHARE_OF_ABSENCE = "SHARE_OF_ABSENCE"
    SHARE_OF_LATENESS = "SHARE_OF_LATENESS"
    SHARE_OF_EARLINESS = "SHARE_OF_EARLINESS"
    SHARE_OF_NO_RECORD = "SHARE_OF_NO_RECORD"
    SHARE_OF_ASSEMBLY = "SHARE_OF_ASSEMBLY"
    SHARE_OF_LEAVE = "SHARE_OF_LEAVE"
    SHARE_OF_SANCTION = "SHARE_OF_SANCTION"
