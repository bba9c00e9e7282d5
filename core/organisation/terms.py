"""Terms of the organisation and its people."""

from enum import StrEnum


class EmploymentStatus(StrEnum):
    """Kind of employment of an ASN (status kepegawaian)."""

    PNS = "PNS"
    CPNS = "CPNS"
    PPPK = "PPPK"


class Sex(StrEnum):
    """Sex as the civil-service number encodes it."""

    MALE = "MALE"
    FEMALE = "FEMALE"


class EmployeeState(StrEnum):
    """Whether somebody serves."""

    ACTIVE = "ACTIVE"
    ON_LEAVE = "ON_LEAVE"
    LEFT = "LEFT"


class PositionGroup(StrEnum):
    """Groups of positions (UU 20/2023 articles 13, 14 and 18)."""

    EXECUTIVE = "EXECUTIVE"
    MANAGERIAL = "MANAGERIAL"
    FUNCTIONAL = "FUNCTIONAL"
    OPERATIONAL = "OPERATIONAL"


class AssignmentKind(StrEnum):
    """How somebody holds a position: for good, or acting as Plt (post vacant) or Plh (holder away)."""

    DEFINITIVE = "DEFINITIVE"
    PLT = "PLT"
    PLH = "PLH"


class SupervisionBasis(StrEnum):
    """Why somebody supervises somebody on a day."""

    HEAD = "HEAD"
    ACTING_PLT = "ACTING_PLT"
    ACTING_PLH = "ACTING_PLH"
    DELEGATION = "DELEGATION"
    NAMED = "NAMED"


class SupervisionGap(StrEnum):
    """Why nobody supervises somebody on a day."""

    NO_ASSIGNMENT = "NO_ASSIGNMENT"
    NO_HEAD = "NO_HEAD"
    TOP_OF_INSTITUTION = "TOP_OF_INSTITUTION"
    SEVERAL_HEADS = "SEVERAL_HEADS"
