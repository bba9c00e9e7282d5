"""What fails while running is kept apart: logged, remembered for the operator, and it stops nobody else."""

import logging
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from core.database import utc_now

log = logging.getLogger(__name__)

REMEMBERED = 50


@dataclass(frozen=True)
class Fault:
    """Something that failed: the contribution (its name begins with its plugin's), what it was doing, when and how."""

    source: str
    doing: str
    at: datetime
    error: str


@dataclass
class Outcome:
    """What became of an isolated block: `error` is None when it ran through."""

    error: Exception | None = None


_faults: deque[Fault] = deque(maxlen=REMEMBERED)


@contextmanager
def isolated(source: str, doing: str) -> Iterator[Outcome]:
    """Run a block of a plugin; an exception is logged and remembered instead of raised."""
    outcome = Outcome()
    try:
        yield outcome
    except Exception as error:
        outcome.error = error
        _faults.append(Fault(source, doing, utc_now(), f"{type(error).__name__}: {error}"))
        log.exception("%s failed: %s", source, doing)


def recent_faults(plugin: str | None = None) -> tuple[Fault, ...]:
    """Return the last faults of this process, newest last; those of one plugin if it is named."""
    return tuple(
        fault for fault in _faults if plugin is None or fault.source == plugin or fault.source.startswith(f"{plugin}.")
    )
