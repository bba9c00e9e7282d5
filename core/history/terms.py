"""Which state of a change is meant."""

from enum import StrEnum


class RestoredState(StrEnum):
    """The state before a change, or the one after it."""

    BEFORE = "BEFORE"
    AFTER = "AFTER"
