"""Terms of facts that indicators take their actual values from."""

from enum import StrEnum


class FactSubject(StrEnum):
    """Whether a fact is measured of the plan's unit or of its employee."""

    UNIT = "UNIT"
    EMPLOYEE = "EMPLOYEE"


class FactState(StrEnum):
    """Whether somebody has decided on a measured value."""

    PROPOSED = "PROPOSED"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
