"""Terms of import and export."""

from enum import StrEnum


class ImportMode(StrEnum):
    """What a bad row does: stop everything, or be left out and reported."""

    ALL_OR_NOTHING = "ALL_OR_NOTHING"
    VALID_ROWS = "VALID_ROWS"


class ImportState(StrEnum):
    """How an import ended."""

    DONE = "DONE"
    REFUSED = "REFUSED"
    UNDONE = "UNDONE"
