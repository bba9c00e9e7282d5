"""Terms of the house itself."""

from enum import StrEnum


class RunOutcome(StrEnum):
    """What became of one run of a job; one that was cut off failed."""

    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
