"""Classical formulas of waiting lines: Erlang B, C and A, M/M/1, M/M/c and M/G/1.

Rates are per one unit of time (any, the same for all arguments) and times in that unit; `load` is offered work in
erlangs, arrivals x mean serving time. Where work arrives as fast as it is done, or faster, no steady state exists and
the answer is `Unstable`, never a number. Everything is computed with ratios that stay between 0 and 1, or with
logarithms, so that thousands of servers neither overflow nor lose digits.

Planning asks for M/M/c, Erlang A and the servers that they need. M/M/1, M/G/1 and the servers by Erlang B stand beside
them because they are what those are held against: the printed answers of textbooks, and M/M/c with one server.

Sources: Erlang 1917; Palm 1957 and Baccelli and Hebuterne 1981 (patience); Pollaczek 1930, Khinchine 1932 (M/G/1).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

MOST_SERVERS = 1_000_000
"""More servers than this are not searched for."""

_STEPS = 600
_NEGLIGIBLE = 45.0  # exp(-45) is below what a float adds to 1


@dataclass(frozen=True)
class Unstable:
    """The line grows without end: `load` erlangs of work for `servers` who can do at most one each."""

    load: float
    servers: int


@dataclass(frozen=True)
class Steady:
    """The steady state of a line without end of patience.

    `idle` is the probability that nobody is there (P0), `wait_probability` that an arrival waits; `in_line` (Lq) and
    `in_system` (L) are mean numbers of people, `wait` (Wq) and `stay` (W) mean times.
    """

    load: float
    servers: int
    idle: float
    wait_probability: float
    in_line: float
    in_system: float
    wait: float
    stay: float
    decay: float

    def within(self, time: float) -> float:
        """Return the share of arrivals that wait at most `time` (service level); exact for exponential serving."""
        return 1.0 - self.wait_probability * math.exp(-self.decay * max(0.0, time))


@dataclass(frozen=True)
class Averages:
    """What Pollaczek and Khinchine give for one server and any serving times: means, no distribution of the wait."""

    load: float
    in_line: float
    in_system: float
    wait: float
    stay: float


@dataclass(frozen=True)
class Impatient:
    """The steady state of a line whose people leave when their patience ends; it exists under any load.

    `left` is the share who leave unserved, `wait` the mean time in line of all, served or not.
    """

    load: float
    servers: int
    wait_probability: float
    left: float
    in_line: float
    wait: float
    _served_within: Callable[[float], float]

    def within(self, time: float) -> float:
        """Return the share of arrivals who are served after at most `time`; who leaves before that is none of them."""
        return self._served_within(max(0.0, time))


def erlang_b(load: float, servers: int) -> float:
    """Return the probability that an arrival finds all servers busy and is turned away (Erlang B)."""
    _check(load, servers)
    blocked = 1.0
    for count in range(1, servers + 1):
        blocked = load * blocked / (count + load * blocked)
    return blocked


def erlang_c(load: float, servers: int) -> float | Unstable:
    """Return the probability that an arrival has to wait (Erlang C)."""
    if load >= servers:
        _check(load, servers)
        return Unstable(load, servers)
    blocked = erlang_b(load, servers)
    return blocked / (1.0 - load / servers * (1.0 - blocked))


def mm1(arrivals: float, serving: float) -> Steady | Unstable:
    """Return the steady state of one server: `arrivals` and `serving` are rates."""
    return mmc(arrivals, serving, 1)


def mmc(arrivals: float, serving: float, servers: int) -> Steady | Unstable:
    """Return the steady state of `servers` equal servers with one line (M/M/c)."""
    load = _load(arrivals, serving)
    waits = erlang_c(load, servers)
    if isinstance(waits, Unstable):
        return waits
    decay = servers * serving - arrivals
    wait = waits / decay
    return Steady(
        load=load,
        servers=servers,
        idle=_idle(load, servers),
        wait_probability=waits,
        in_line=arrivals * wait,
        in_system=arrivals * wait + load,
        wait=wait,
        stay=wait + 1.0 / serving,
        decay=decay,
    )


def mg1(arrivals: float, mean: float, variance: float) -> Averages | Unstable:
    """Return the means of one server whose serving times have this mean and variance (Pollaczek-Khinchine)."""
    load = _load(arrivals, 1.0 / mean)
    if load >= 1.0:
        return Unstable(load, 1)
    wait = arrivals * (mean * mean + variance) / (2.0 * (1.0 - load))
    return Averages(load, arrivals * wait, arrivals * wait + load, wait, wait + mean)


def erlang_a(arrivals: float, serving: float, servers: int, patience: float) -> Impatient:
    """Return the steady state of M/M/c whose people wait for an exponential time with mean `patience` at most.

    The wait that an arrival of endless patience would have has the density
    P(c) c mu exp(-c mu v + lambda patience (1 - exp(-v / patience))); all figures are integrals of it.
    """
    load = _load(arrivals, serving)
    _check(load, servers)
    if not patience > 0.0:
        raise ValueError("patience is a positive time")
    ceiling = servers * serving
    power = _exponent(arrivals, ceiling, patience)
    top_at = max(0.0, patience * math.log(arrivals / ceiling)) if arrivals > 0.0 else 0.0
    top = power(top_at)
    start, end = _span(power, top, top_at)

    width = _width(arrivals, ceiling, patience, top_at)

    def integral(low: float, high: float, weight: Callable[[float], float]) -> float:
        # v = top_at + width sinh(u): the density is narrow at its top and may have a tail a thousand times as long.
        def at(u: float) -> float:
            v = top_at + width * math.sinh(u)
            return weight(v) * math.exp(power(v) - top) * width * math.cosh(u)

        return ceiling * _simpson(at, math.asinh((low - top_at) / width), math.asinh((high - top_at) / width))

    blocked = erlang_b(load, servers)
    # Relative weights (all x exp(-top)) of arrivals who find a server free, and of those who do not.
    free = (1.0 / blocked - 1.0) * math.exp(-top) if blocked > 0.0 else math.inf
    full = integral(start, end, lambda _: 1.0)
    share = 0.0 if math.isinf(free) else 1.0 / (free + full)
    staying = integral(start, end, lambda v: math.exp(-v / patience))
    left = share * max(0.0, full - staying)

    def served_within(time: float) -> float:
        at_once = 1.0 if math.isinf(free) else share * free
        if time <= start:
            return at_once
        later = integral(start, min(time, end), lambda v: math.exp(-v / patience))
        return min(1.0, at_once + share * later)

    return Impatient(
        load=load,
        servers=servers,
        wait_probability=share * full,
        left=left,
        in_line=arrivals * left * patience,
        wait=left * patience,
        _served_within=served_within,
    )


def servers_for_blocking(load: float, most: float) -> int:
    """Return the fewest servers with which at most the share `most` of arrivals is turned away."""
    if not 0.0 < most <= 1.0:
        raise ValueError("a share that may be turned away lies above 0")
    blocked, servers = 1.0, 0
    while blocked > most:
        servers += 1
        blocked = load * blocked / (servers + load * blocked)
    return servers


def servers_needed(
    arrivals: float, serving: float, *, share: float, within: float, patience: float | None = None
) -> int:
    """Return the fewest servers with which `share` of arrivals is served after waiting at most `within`.

    With `patience` (mean time until somebody leaves) by Erlang A, else by Erlang C.
    """
    if not 0.0 <= share < 1.0:
        raise ValueError("a share that can be promised lies below 1")
    low = 1 if patience is not None else math.floor(_load(arrivals, serving)) + 1
    high = low
    while not _keeps(arrivals, serving, high, share, within, patience):
        low, high = high + 1, high * 2
        if high > MOST_SERVERS:
            raise ValueError("no number of servers that is searched keeps this")
    while low < high:
        middle = (low + high) // 2
        if _keeps(arrivals, serving, middle, share, within, patience):
            high = middle
        else:
            low = middle + 1
    return high


def share_within(
    arrivals: float, serving: float, servers: int, within: float, patience: float | None = None
) -> float | Unstable:
    """Return the share of arrivals served after waiting at most `within`, by Erlang A with `patience`, else C."""
    if patience is not None:
        return erlang_a(arrivals, serving, servers, patience).within(within)
    state = mmc(arrivals, serving, servers)
    return state if isinstance(state, Unstable) else state.within(within)


def _keeps(arrivals: float, serving: float, servers: int, share: float, within: float, patience: float | None) -> bool:
    reached = share_within(arrivals, serving, servers, within, patience)
    return not isinstance(reached, Unstable) and reached >= share


def _load(arrivals: float, serving: float) -> float:
    if not (arrivals >= 0.0 and serving > 0.0):
        raise ValueError("arrivals come at a rate of at least 0, serving at one above 0")
    return arrivals / serving


def _check(load: float, servers: int) -> None:
    if not (load >= 0.0 and servers >= 1):
        raise ValueError("a line has at least one server and no negative load")


def _idle(load: float, servers: int) -> float:
    """P0, from the largest term of its sum, so that neither load^n nor n! is ever formed."""
    if load == 0.0:
        return 1.0
    logs = [0.0]
    for count in range(1, servers):
        logs.append(logs[-1] + math.log(load / count))
    logs.append(logs[-1] + math.log(load / servers) - math.log1p(-load / servers))
    largest = max(logs)
    return math.exp(-largest - math.log(math.fsum(math.exp(term - largest) for term in logs)))


def _exponent(arrivals: float, ceiling: float, patience: float) -> Callable[[float], float]:
    def power(v: float) -> float:
        return -ceiling * v - arrivals * patience * math.expm1(-v / patience)

    return power


def _width(arrivals: float, ceiling: float, patience: float, top_at: float) -> float:
    """The distance from its top over which the density falls noticeably: by its slope and its bend there."""
    here = arrivals * math.exp(-top_at / patience)
    return 1.0 / (abs(here - ceiling) + math.sqrt(max(here, 1e-12 * ceiling) / patience))


def _span(power: Callable[[float], float], top: float, top_at: float) -> tuple[float, float]:
    """Where exp(power - top) is not negligible: it has one top and falls on both sides of it."""

    def edge(inside: float, outside: float) -> float:
        for _ in range(60):
            middle = (inside + outside) / 2.0
            if power(middle) > top - _NEGLIGIBLE:
                inside = middle
            else:
                outside = middle
        return outside

    start = edge(top_at, 0.0) if power(0.0) < top - _NEGLIGIBLE else 0.0
    step = 1e-9 + top_at
    while power(top_at + step) > top - _NEGLIGIBLE:
        step *= 2.0
    return start, edge(top_at, top_at + step)


def _simpson(of: Callable[[float], float], low: float, high: float) -> float:
    if high <= low:
        return 0.0
    step = (high - low) / _STEPS
    inner = (of(low + count * step) * (4.0 if count % 2 else 2.0) for count in range(1, _STEPS))
    return (of(low) + of(high) + math.fsum(inner)) * step / 3.0
