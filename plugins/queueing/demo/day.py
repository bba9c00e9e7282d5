"""A day at an office as it might have been: people come, wait, are called and served, and some give up.

Pure and the same for the same generator. Times are seconds after midnight.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from random import Random

from plugins.queueing.terms import TicketEventKind

_K = TicketEventKind
_HOUR = 3600
_SHARE_BY_HOUR = (0.21, 0.25, 0.20, 0.12, 0.12, 0.07, 0.03)
"""How many of the day's people come in each seventh of it: most in the morning."""

_NO_SHOW_SHARE, _ABSENT_SHARE, _CANCEL_SHARE = 0.04, 0.08, 0.03
_PATIENCE_MINUTES = (40, 120)
_SETTLING_SECONDS = (10, 45)
_RECALL_AFTER = 60
_GIVE_UP_AFTER = 90


@dataclass(frozen=True)
class Demand:
    """What a day is asked for: people and minutes of service by service, and the share that books online."""

    people: tuple[int, ...]
    minutes: tuple[float, ...]
    online_share: float
    priority_share: float = 0.08


@dataclass(frozen=True)
class DayPlan:
    """When the office opens and closes, when its counters pause, and which services each counter serves."""

    opens: int
    closes: int
    counters: tuple[tuple[int, ...], ...]
    slot: int = 1800


@dataclass
class Visit:
    """One person's day: the service asked for, and what happened, each step with the counter where it happened."""

    service: int
    arrives: int
    patience: int
    serves: int
    priority: int | None = None
    slot: int | None = None
    steps: list[tuple[TicketEventKind, int, int | None]] = field(default_factory=list)

    @property
    def is_online(self) -> bool:
        """Whether it was booked."""
        return self.slot is not None


def visits_of_a_day(chance: Random, plan: DayPlan, demand: Demand, priorities: int) -> list[Visit]:
    """Return the visits of a day, in the order in which people came (who never came: by their slot)."""
    visits = sorted(_people(chance, plan, demand, priorities), key=lambda visit: visit.arrives)
    coming = [visit for visit in visits if not _stays_away(chance, visit)]
    _serve(chance, coming, plan)
    return visits


def _people(chance: Random, plan: DayPlan, demand: Demand, priorities: int) -> Iterator[Visit]:
    span = plan.closes - plan.opens
    for service, (people, minutes) in enumerate(zip(demand.people, demand.minutes, strict=True)):
        for _ in range(round(people * chance.uniform(0.85, 1.15))):
            part = chance.choices(range(len(_SHARE_BY_HOUR)), _SHARE_BY_HOUR)[0]
            arrives = plan.opens + int(span * (part + chance.random()) / len(_SHARE_BY_HOUR))
            slot = None
            if chance.random() < demand.online_share:
                # Slots are given out evenly, and people come a little before theirs.
                slot = plan.opens + plan.slot * chance.randrange(max(1, span // plan.slot))
                arrives = max(plan.opens, slot + chance.randint(-600, 900))
            yield Visit(
                service=service,
                arrives=arrives,
                patience=60 * chance.randint(*_PATIENCE_MINUTES),
                serves=max(60, int(60 * chance.gammavariate(3, minutes / 3))),
                priority=chance.randrange(priorities) if chance.random() < demand.priority_share else None,
                slot=slot,
            )


def _stays_away(chance: Random, visit: Visit) -> bool:
    """Note the booking of a visit and whether its holder never comes."""
    if visit.slot is None:
        visit.steps.append((_K.ISSUED, visit.arrives, None))
        return False
    booked = visit.slot - chance.randint(18 * _HOUR, 3 * 24 * _HOUR)
    visit.steps.append((_K.BOOKED, booked, None))
    if chance.random() < _CANCEL_SHARE:
        visit.steps.append((_K.CANCELLED, booked + 2 * _HOUR, None))
        return True
    if chance.random() < _ABSENT_SHARE:
        visit.steps.append((_K.NO_SHOW, visit.slot + 2 * 1800, None))
        return True
    visit.steps.append((_K.CHECKED_IN, visit.arrives, None))
    return False


def _serve(chance: Random, coming: Sequence[Visit], plan: DayPlan) -> None:
    """Let counters call people: priority groups first, then in order of arrival, each counter for its services."""
    free_at = [(plan.opens + 60 * place, counter) for place, counter in enumerate(range(len(plan.counters)))]
    waiting: list[tuple[bool, int, int]] = []
    upcoming = list(reversed(list(enumerate(coming))))
    while free_at and (upcoming or waiting):
        now, counter = heappop(free_at)
        while upcoming and upcoming[-1][1].arrives <= now:
            place, visit = upcoming.pop()
            heappush(waiting, (visit.priority is None, visit.arrives, place))
        chosen = _next(waiting, coming, plan.counters[counter], now)
        if chosen is not None:
            heappush(free_at, (_attend(chance, coming[chosen], counter, now), counter))
        elif upcoming:
            heappush(free_at, (max(now + 15, upcoming[-1][1].arrives), counter))
        # A counter with nobody left for it goes home.


def _next(
    waiting: list[tuple[bool, int, int]], coming: Sequence[Visit], services: Sequence[int], now: int
) -> int | None:
    """Take the next of the line for a counter; who has waited too long has gone."""
    passed, found = [], None
    while waiting and found is None:
        entry = heappop(waiting)
        visit = coming[entry[2]]
        if visit.arrives + visit.patience <= now:
            visit.steps.append((_K.LEFT, visit.arrives + visit.patience, None))
        elif visit.service in services:
            found = entry[2]
        else:
            passed.append(entry)
    for entry in passed:
        heappush(waiting, entry)
    return found


def _attend(chance: Random, visit: Visit, counter: int, now: int) -> int:
    """Call and serve somebody; return when the counter is free again."""
    visit.steps.append((_K.CALLED, now, counter))
    if chance.random() < _NO_SHOW_SHARE:
        visit.steps.append((_K.RECALLED, now + _RECALL_AFTER, counter))
        visit.steps.append((_K.NO_SHOW, now + _GIVE_UP_AFTER, counter))
        return now + _GIVE_UP_AFTER + 5
    begins = now + chance.randint(*_SETTLING_SECONDS)
    visit.steps.append((_K.SERVING, begins, counter))
    visit.steps.append((_K.DONE, begins + visit.serves, counter))
    return begins + visit.serves + chance.randint(5, 20)
