"""How long a ticket will wait, as ranges: what the line says, widened by how such estimates came out of late.

First the line is played through with mean times: every open counter, when it is free, takes the first of the line that
it may serve, until the ticket is called (`expected_wait`). A turn is the time that a called ticket keeps a counter, so
people who do not come count with the little time that they cost. Means start from the target of the service and give
way to what was measured.

Then the ranges (`ranges_of`). Nobody knows beforehand how a given office differs from that play: people come first,
counters close for a while, one clerk is slow. So the ratios of waits that came to waits that were expected, of recent
tickets of the same service, are taken as they are: between their quantiles 10 and 90 % lies what will hold for four of
five of the next, between 25 and 75 % what will hold for half of them. This is conformal prediction with weights:
recent tickets, tickets that expected about as long a wait, and tickets of the same standing (priority or not) count
more. Until there are some, a log-normal spread that theory gives for the line stands in, with the weight of a few
tickets. No constant of any office is in it, and where the office changes the ranges follow.
"""

import heapq
import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist

SHIFT = 30.0
"""Seconds added to both sides of a ratio, so that waits of nearly nothing can be compared."""

PRIOR_TURNS = 5.0
"""How many measured turns the target of a service is worth."""

PRIOR_SCORES = 12.0
"""How many settled estimates the spread of theory is worth."""

HALF_LIFE = 150.0
"""After so many further settled estimates one counts half."""

LIKENESS = 0.35
"""How alike (as the logarithm of a ratio) two expected waits are that teach each other something."""

OTHER_STANDING = 0.2
"""What a ticket of a priority group tells about others, and the other way round."""

_NORMAL = tuple(NormalDist().inv_cdf((2 * place + 1) / 38) for place in range(19))
"""What stands in for 19 scores of theory: evenly spaced quantiles of the normal distribution."""


@dataclass(frozen=True)
class Turns:
    """How long a called ticket of a service keeps a counter, by the turns measured of late and the service's target."""

    measured: tuple[float, ...]
    target: float

    @cached_property
    def _sorted(self) -> tuple[float, ...]:
        """Ascending; a turn that nobody ended in time counts as eight times the median at most."""
        ordered = sorted(self.measured)
        if not ordered:
            return ()
        most = 8.0 * max(ordered[len(ordered) // 2], self.target / 4.0)
        return tuple(min(turn, most) for turn in ordered)

    @cached_property
    def mean(self) -> float:
        """The mean, drawn to the target while little is measured."""
        return (PRIOR_TURNS * self.target + math.fsum(self._sorted)) / (PRIOR_TURNS + len(self._sorted))

    @cached_property
    def variation(self) -> float:
        """The deviation divided by the mean, drawn to 1 (times without memory) while little is measured."""
        spread = math.fsum((turn - self.mean) ** 2 for turn in self._sorted)
        return math.sqrt((PRIOR_TURNS * self.mean**2 + spread) / (PRIOR_TURNS + len(self._sorted))) / self.mean

    def remaining(self, elapsed: float) -> float:
        """Return how much longer a turn is expected to take that has taken `elapsed`: the mean of the longer ones."""
        longer = self._sorted[bisect_right(self._sorted, elapsed) :]
        # Without experience the mean, as of times without memory, is the guess for what remains.
        return (2.0 * self.mean + math.fsum(turn - elapsed for turn in longer)) / (2.0 + len(longer))


@dataclass(frozen=True)
class OpenCounter:
    """A counter that calls people: what it may serve, the service it is busy with, for how long, and when it opens."""

    services: frozenset[int]
    busy_with: int | None = None
    busy_for: float = 0.0
    opens_in: float = 0.0


@dataclass(frozen=True)
class Settled:
    """An estimate whose wait has ended: seconds of service expected and waited, and whether its holder had priority."""

    expected: float
    waited: float
    is_priority: bool = False


@dataclass(frozen=True)
class Ranges:
    """Half of all waits lie between the half bounds, four of five between the wide ones; seconds."""

    half_low: float
    half_high: float
    wide_low: float
    wide_high: float


def expected_wait(
    ahead: Iterable[int], service: int, counters: Sequence[OpenCounter], turns: Mapping[int, Turns]
) -> float | None:
    """Return the seconds until a ticket is called behind `ahead`, services in the order of calls; None if by nobody."""
    if not any(service in counter.services for counter in counters):
        return None
    line = [*ahead, service]
    free = [(at, place) for place, at in enumerate(_free_at(counters, turns))]
    heapq.heapify(free)
    while free:
        at, place = heapq.heappop(free)
        able = counters[place].services
        taken = next((index for index, wanted in enumerate(line) if wanted in able), None)
        if taken is None:
            continue
        if taken == len(line) - 1:
            return at
        heapq.heappush(free, (at + turns[line.pop(taken)].mean, place))
    return None


def _free_at(counters: Sequence[OpenCounter], turns: Mapping[int, Turns]) -> list[float]:
    """When each counter will be free: what remains of each turn, and of several the first earlier than the mean.

    The k-th of c times without memory ends, in their mean, after 1/c + … + 1/(c - k + 1); the less turns vary, the
    nearer they end to their mean.
    """
    free = [counter.opens_in for counter in counters]
    busy = sorted(
        (turns[counter.busy_with].remaining(counter.busy_for), place, min(1.0, turns[counter.busy_with].variation))
        for place, counter in enumerate(counters)
        if counter.busy_with is not None
    )
    harmonic = 0.0
    for rank, (remaining, place, variation) in enumerate(busy):
        harmonic += 1.0 / (len(busy) - rank)
        free[place] += remaining * (1.0 + variation * (harmonic - 1.0))
    return free


def theory_spread(ahead: int, variation: float) -> float:
    """Return the deviation of the logarithm of waits by theory: turns that vary, and what is unknown."""
    return math.sqrt(math.log1p(variation * variation / (ahead + 1)) + 0.3**2)


def ranges_of(expected: float, spread: float, settled: Sequence[Settled], *, is_priority: bool = False) -> Ranges:
    """Return the ranges of a wait from its expected length, the spread of theory and settled estimates, newest first.

    All in time of service; `across` puts the time around it in which nobody is served.
    """
    here = math.log(expected + SHIFT)
    scores = [(z * spread, PRIOR_SCORES / len(_NORMAL)) for z in _NORMAL]
    for age, case in enumerate(settled):
        there = math.log(case.expected + SHIFT)
        weight = 0.5 ** (age / HALF_LIFE) * math.exp(-(((here - there) / LIKENESS) ** 2) / 2.0)
        if case.is_priority != is_priority:
            weight *= OTHER_STANDING
        if weight > 0.001:  # less changes no quantile
            scores.append((math.log(case.waited + SHIFT) - there, weight))
    scores.sort()

    def within(share: float) -> tuple[float, float]:
        tail = (1.0 - share) / 2.0
        low, high, one_sided = (
            math.exp(here + _quantile(scores, level)) - SHIFT for level in (tail, 1.0 - tail, share)
        )
        # Nobody waits less than nothing: where a range begins in the first second, all that is left out lies above it.
        return (low, high) if low >= 1.0 else (0.0, max(0.0, one_sided))

    return Ranges(*within(0.5), *within(0.8))


def across(seconds: float, pauses: Iterable[tuple[float, float]]) -> float:
    """Return when a time of service from now has passed, given the pauses to come (from, until; seconds from now)."""
    for start, end in sorted(pauses):
        if seconds >= start:
            seconds += end - start
    return seconds


def served_until(seconds: float, pauses: Iterable[tuple[float, float]]) -> float:
    """Return how much time of service passes until a moment (seconds from now): what `across` turns back."""
    return seconds - math.fsum(max(0.0, min(seconds, end) - start) for start, end in pauses)


def _quantile(scores: Sequence[tuple[float, float]], share: float) -> float:
    """The weighted quantile of sorted (value, weight), each weight spread around its value."""
    goal = share * math.fsum(weight for _, weight in scores)
    below = 0.0
    value_before = middle_before = None
    for value, weight in scores:
        middle = below + weight / 2.0
        if middle >= goal:
            if value_before is None or middle_before is None:
                return value
            return value_before + (value - value_before) * (goal - middle_before) / (middle - middle_before)
        below += weight
        value_before, middle_before = value, middle
    return scores[-1][0]
