"""States of bulk runs and of their items."""

from enum import StrEnum


class RunState(StrEnum):
    """How far a run is; STOPPED by a person or because it could not go on."""

    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    STOPPED = "STOPPED"
    UNDONE = "UNDONE"


class ItemState(StrEnum):
    """What became of one row; REQUESTED: it waits for a second person."""

    WAITING = "WAITING"
    DONE = "DONE"
    REFUSED = "REFUSED"
    REQUESTED = "REQUESTED"
