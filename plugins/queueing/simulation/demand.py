"""Who comes: drawn half hour by half hour or from bookings, the same people for the same seed."""

import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from plugins.queueing.simulation.office import Person

HALF_HOUR = 1800.0

Draw = Callable[[random.Random], float]
"""A distribution of seconds."""


def exponential(mean: float) -> Draw:
    """Times without memory."""
    return lambda chance: chance.expovariate(1.0 / mean)


def lognormal(mean: float, variation: float) -> Draw:
    """Times as people serve: few very short, some very long; `variation` is the deviation divided by the mean."""
    sigma = math.sqrt(math.log1p(variation * variation))
    middle = math.log(mean) - sigma * sigma / 2.0
    return lambda chance: chance.lognormvariate(middle, sigma)


def resampled(seconds: Sequence[float]) -> Draw:
    """Times that were measured, drawn again."""
    measured = tuple(seconds)
    return lambda chance: chance.choice(measured)


@dataclass(frozen=True)
class Habits:
    """How the people of a service behave: serving, the pause before their call, and what share does what."""

    serving: Draw
    gap: Draw | None = None
    patience: Draw | None = None
    priority_share: float = 0.0
    vanishing_share: float = 0.0

    def person(self, chance: random.Random, at: float, service: int, *, is_booked: bool = False) -> Person:
        """Draw one who comes at a moment."""
        return Person(
            at=at,
            service=service,
            work=self.serving(chance),
            gap=self.gap(chance) if self.gap else 0.0,
            is_priority=chance.random() < self.priority_share,
            patience=self.patience(chance) if self.patience else None,
            vanishes=chance.random() < self.vanishing_share,
            is_booked=is_booked,
        )


def walk_ins(chance: random.Random, service: int, habits: Habits, per_half_hour: Mapping[float, float]) -> list[Person]:
    """Draw who comes unannounced: a Poisson number in each half hour, given its begin and its mean."""
    people = []
    for begin, mean in sorted(per_half_hour.items()):
        at = begin
        while mean > 0.0 and (at := at + chance.expovariate(mean / HALF_HOUR)) < begin + HALF_HOUR:
            people.append(habits.person(chance, at, service))
    return people


def booked(
    chance: random.Random,
    service: int,
    habits: Habits,
    per_slot: Mapping[float, int],
    *,
    show_share: float = 0.85,
    early_mean: float = 300.0,
    early_deviation: float = 400.0,
) -> list[Person]:
    """Draw who comes by appointment: so many per slot, of whom `show_share` come, on average a little early."""
    return [
        habits.person(chance, begin - chance.gauss(early_mean, early_deviation), service, is_booked=True)
        for begin, count in sorted(per_slot.items())
        for _ in range(count)
        if chance.random() < show_share
    ]


def together(*groups: Iterable[Person]) -> list[Person]:
    """Put groups of people into the one order in which they come."""
    return sorted((person for group in groups for person in group), key=lambda person: person.at)
