"""The lines of an event stream that are the same whatever it tells, and one step of telling."""

from dataclasses import dataclass

RETRY_MILLISECONDS = 2_000
"""After this time a client of the standard's kind comes again when it was cut off."""


@dataclass(frozen=True)
class Step:
    """What is to be sent now, how far the stream has come with it, and whether it ends."""

    parts: tuple[bytes, ...]
    position: int
    is_over: bool = False


def beat(position: int) -> bytes:
    """Return what a silent stream sends: a comment, and how far the stream has come."""
    return b"id: %d\n:\n\n" % position


def opening(position: int) -> bytes:
    """Return what every stream begins with."""
    return b"retry: %d\n" % RETRY_MILLISECONDS + beat(position)
