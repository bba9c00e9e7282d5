"""What is simulated: an office with its counters, the people who come, and what became of each.

Moments are seconds since midnight, spans seconds. Nothing here is drawn by chance: each person brings along how long
serving takes and when patience ends (see `demand`), so that two offices can be compared under the very same people.
"""

from dataclasses import dataclass
from typing import NamedTuple

from plugins.queueing.terms import PriorityRule


class Span(NamedTuple):
    """From when until when."""

    start: float
    end: float


@dataclass(frozen=True)
class SimCounter:
    """A counter: the services that it may serve, when it is open, and how its serving times compare (1 = as drawn)."""

    services: frozenset[int]
    spans: tuple[Span, ...]
    pace: float = 1.0


@dataclass(frozen=True)
class SimOffice:
    """Counters with the rule by which people of priority groups are called.

    `serves_out`: who came before the end of the last span is served after it. `absent_seconds` is how long a counter
    waits for somebody who does not come when called.
    """

    counters: tuple[SimCounter, ...]
    rule: PriorityRule = PriorityRule.STRICT
    every: int = 3
    serves_out: bool = True
    absent_seconds: float = 60.0


@dataclass(frozen=True)
class Person:
    """Somebody who comes: when, for what, how long serving takes, what the counter needs before it calls (`gap`).

    `patience` is how long is waited before leaving (None: endless). `place` is the moment whose place in the line is
    kept by whoever was handed on (None: that of coming). Who `vanishes` stays on the line but does not come when
    called.
    """

    at: float
    service: int
    work: float
    gap: float = 0.0
    is_priority: bool = False
    patience: float | None = None
    vanishes: bool = False
    is_booked: bool = False
    place: float | None = None


@dataclass
class SimTicket:
    """What became of a person: moments of the call, of the end, of leaving; the counter by its place in the office."""

    person: Person
    place: int
    called_at: float | None = None
    ended_at: float | None = None
    left_at: float | None = None
    counter: int | None = None

    @property
    def wait(self) -> float | None:
        """Seconds from coming to the call."""
        return None if self.called_at is None else self.called_at - self.person.at

    @property
    def was_served(self) -> bool:
        """Whether the person was called, came and was served."""
        return self.ended_at is not None and not self.person.vanishes
