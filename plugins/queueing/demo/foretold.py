"""What people of the demo were told about their waits as they began to wait, by the method of rules/estimate.

An office that has kept estimates for weeks has learned from them; so the days are gone through in order, and of each
moment only what had happened by then is known. Times are seconds after midnight.
"""

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

from plugins.queueing.demo.day import Visit
from plugins.queueing.reading.estimates import EXPERIENCE, TURNS
from plugins.queueing.rules.estimate import OpenCounter, Ranges, Settled, Turns, expected_wait, ranges_of, theory_spread
from plugins.queueing.terms import TicketEventKind

_QUEUED = frozenset({TicketEventKind.ISSUED, TicketEventKind.CHECKED_IN})
_NEVER = 10**6  # seconds: later than any day ends


@dataclass(frozen=True)
class Told:
    """An estimate: when it was told, what it stood on, its ranges, and the wait that came (None: not called yet)."""

    at: int
    ahead: int
    counters: int
    expected: int
    ranges: Ranges
    waited: int | None


@dataclass(frozen=True)
class _Stay:
    """A visit that has begun to wait: until when it waited, and from when until when it kept a counter."""

    place: int
    service: int
    is_priority: bool
    queued: int
    waits_until: int
    called: int | None
    counter: int | None
    over: int


class Foreteller:
    """Tells the waits of an office day after day, and learns from those that have ended."""

    def __init__(self, counters: Sequence[Sequence[int]], target_seconds: float) -> None:
        self._counters = [frozenset(services) for services in counters]
        self._target = target_seconds
        self._turns: dict[int, deque[float]] = defaultdict(lambda: deque(maxlen=TURNS))
        self._settled: dict[int, deque[Settled]] = defaultdict(lambda: deque(maxlen=EXPERIENCE))

    def day(self, visits: Sequence[Visit], until: int) -> dict[int, Told]:
        """Return what was told until a moment of a day, by the place of the visit."""
        stays = sorted(filter(None, map(_stay, range(len(visits)), visits)), key=lambda stay: stay.queued)
        told: dict[int, Told] = {}
        unsettled: list[tuple[_Stay, float]] = []
        unfinished: list[_Stay] = []
        came: list[_Stay] = []
        for stay in stays:
            now = stay.queued
            if now > until:
                break
            unsettled, unfinished = self._learn(unsettled, unfinished, now)
            came = [one for one in came if one.over > now]
            line = [one for one in came if one.waits_until > now and (one.is_priority or not stay.is_priority)]
            ahead = [one.service for one in sorted(line, key=lambda one: not one.is_priority)]
            found = self._foretell(stay, ahead, came)
            if found is not None:
                expected, ranges = found
                waited = stay.called - now if stay.called is not None and stay.called <= until else None
                able = sum(stay.service in services for services in self._counters)
                told[stay.place] = Told(now, len(ahead), able, round(expected), ranges, waited)
                unsettled.append((stay, expected))
            came.append(stay)
            unfinished.append(stay)
        self._learn(unsettled, unfinished, until)
        return told

    def _foretell(self, stay: _Stay, ahead: Sequence[int], came: Sequence[_Stay]) -> tuple[float, Ranges] | None:
        now = stay.queued
        there = {one.counter: one for one in came if one.called is not None and one.called <= now}
        counters = [
            OpenCounter(services, busy.service, now - (busy.called or now))
            if (busy := there.get(place))
            else OpenCounter(services)
            for place, services in enumerate(self._counters)
        ]
        served = range(1 + max(service for services in self._counters for service in services))
        turns = {service: Turns(tuple(self._turns[service]), self._target) for service in served}
        expected = expected_wait(ahead, stay.service, counters, turns)
        if expected is None:
            return None
        spread = theory_spread(len(ahead), turns[stay.service].variation)
        return expected, ranges_of(expected, spread, self._settled[stay.service], is_priority=stay.is_priority)

    def _learn(
        self, unsettled: list[tuple[_Stay, float]], unfinished: list[_Stay], now: int
    ) -> tuple[list[tuple[_Stay, float]], list[_Stay]]:
        """Take in whose wait and whose turn has ended; return those who are still to come."""
        for stay, expected in unsettled:
            if stay.called is not None and stay.called <= now:
                case = Settled(round(expected), stay.called - stay.queued, stay.is_priority)
                self._settled[stay.service].appendleft(case)
        for stay in unfinished:
            if stay.called is not None and stay.over <= now:
                self._turns[stay.service].append(stay.over - stay.called)
        return (
            [each for each in unsettled if each[0].waits_until > now],
            [stay for stay in unfinished if stay.over > now],
        )


def _stay(place: int, visit: Visit) -> _Stay | None:
    queued = next((at for kind, at, _ in visit.steps if kind in _QUEUED), None)
    if queued is None:
        return None
    calls = ((at, counter) for kind, at, counter in visit.steps if kind is TicketEventKind.CALLED)
    called, counter = next(calls, (None, None))
    over = visit.steps[-1][1] if len(visit.steps) > 1 and visit.steps[-1][0] not in _QUEUED else _NEVER
    waits_until = over if called is None else called
    is_priority = visit.priority is not None
    return _Stay(place, visit.service, is_priority, queued, waits_until, called, counter, over)
