"""Terms of innovations."""

from enum import StrEnum


class InnovationStage(StrEnum):
    """Where an innovation stands; DECLINED and ENDED are final."""

    PROPOSED = "PROPOSED"
    TRIED = "TRIED"
    ADOPTED = "ADOPTED"
    DECLINED = "DECLINED"
    ENDED = "ENDED"


class AuthorRole(StrEnum):
    """What somebody did for an innovation: led it, made it with others, or helped."""

    LEADER = "LEADER"
    MEMBER = "MEMBER"
    HELPER = "HELPER"


class EffectDirection(StrEnum):
    """Which way a measured value is to go."""

    LOWER = "LOWER"
    HIGHER = "HIGHER"


class EffectCaution(StrEnum):
    """What is to be kept in mind when a measured effect is read."""

    FEW_CASES = "FEW_CASES"
    UNEQUAL_WINDOWS = "UNEQUAL_WINDOWS"
    NO_VALUE_BEFORE = "NO_VALUE_BEFORE"
    NO_VALUE_AFTER = "NO_VALUE_AFTER"
    FACT_NOT_OFFERED = "FACT_NOT_OFFERED"
