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


class TaskStep(StrEnum):
    """What is or was to be done with an uploaded file: try it, import it, or take the import back."""

    CHECK = "CHECK"
    IMPORT = "IMPORT"
    UNDO = "UNDO"


class TaskState(StrEnum):
    """How far an uploaded file has come; WAITING and RUNNING belong to its present step."""

    NEW = "NEW"
    CHECKED = "CHECKED"
    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
