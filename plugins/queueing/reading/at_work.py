"""Which counters of a service point call people now or will today, what they are busy with, and when nobody serves."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from core.settings import Settings
from plugins.queueing.models import Counter, CounterService, CounterShift, QueueService, ServicePoint, Ticket
from plugins.queueing.rules.estimate import OpenCounter, served_until
from plugins.queueing.rules.hours import local_time, moment_of
from plugins.queueing.services.calendar import spans_of, zone_of
from plugins.queueing.terms import TicketState

BUSY_LATELY = timedelta(minutes=15)
"""How long a counter counts as open after it ended a ticket."""

AT_COUNTER = (TicketState.CALLED, TicketState.SERVING)


@dataclass(frozen=True)
class AtWork:
    """A point at a moment: its counters, and the pauses still to come (from, until; seconds from now)."""

    counters: tuple[OpenCounter, ...]
    pauses: tuple[tuple[float, float], ...]

    def reaching(self, service_id: int) -> frozenset[int]:
        """Return the services of the counters that may serve a service: who waits for them may stand before it."""
        return frozenset().union(*(one.services for one in self.counters if service_id in one.services))

    def entangled(self, service_id: int) -> frozenset[int]:
        """Return the services that touch a service through shared counters, over however many others."""
        known: frozenset[int] = frozenset()
        found = self.reaching(service_id)
        while found != known:
            known = found
            found = found.union(*(one.services for one in self.counters if one.services & known))
        return found


def at_work(point: ServicePoint, now: datetime, settings: Settings) -> AtWork:
    """Return who serves at a point.

    A counter is open on a shift, with a ticket, or a moment after one; where nothing of the kind is known of the day
    all counters are taken to be. A shift that begins later opens its counter then.
    """
    zone = zone_of(point, settings)
    day, _ = local_time(now, zone)
    able: dict[int, set[int]] = defaultdict(set)
    rows: Any = (
        CounterService.select(CounterService.counter, CounterService.service)
        .join(Counter)
        .where((Counter.point == point.id) & Counter.is_active)
        .tuples()
    )
    for counter_id, service_id in rows:
        able[counter_id].add(service_id)
    busy, lately = _tickets_at(point, now)
    shifts = [
        (counter_id, _seconds(moment_of(day, starts_at, zone), now), _seconds(moment_of(day, ends_at, zone), now))
        for counter_id, starts_at, ends_at in _shifts_at(point, day)
        if counter_id in able
    ]
    opens = {counter_id: max(0.0, starts) for counter_id, starts, ends in sorted(shifts, reverse=True) if ends > 0.0}
    opens |= dict.fromkeys([*busy, *lately], 0.0)
    if not shifts and not opens:
        opens = dict.fromkeys(able, 0.0)
    spans = [(moment_of(day, start, zone), moment_of(day, end, zone)) for start, end in spans_of(point, day)]
    pauses = tuple(_pauses(spans, now, is_busy=bool(busy)))
    counters = []
    for counter_id, opens_in in sorted(opens.items()):
        if counter_id in able:
            busy_with, busy_for = busy.get(counter_id, (None, 0.0))
            services = frozenset(able[counter_id])
            counters.append(OpenCounter(services, busy_with, busy_for, served_until(opens_in, pauses)))
    return AtWork(tuple(counters), pauses)


def open_counters(point: ServicePoint, now: datetime, settings: Settings) -> set[int]:
    """Return the counters where somebody has a shift now, has a ticket, or had one until a moment ago."""
    day, time = local_time(now, zone_of(point, settings))
    busy, lately = _tickets_at(point, now)
    return {*busy, *lately, *(counter for counter, starts, ends in _shifts_at(point, day) if starts <= time < ends)}


def _shifts_at(point: ServicePoint, day: date) -> list[tuple[int, str, str]]:
    """Return the counters with somebody on a shift on a day, from when until when."""
    rows: Any = (
        CounterShift.select(CounterShift.counter, CounterShift.starts_at, CounterShift.ends_at)
        .join(Counter)
        .where((Counter.point == point.id) & (CounterShift.day == day))
        .tuples()
    )
    return list(rows)


def _tickets_at(point: ServicePoint, now: datetime) -> tuple[dict[int, tuple[int, float]], set[int]]:
    """Return by counter the service of the ticket there with the seconds since its call, and who had one lately."""
    rows: Any = (
        Ticket.select(Ticket.counter, Ticket.service, Ticket.state, Ticket.called_at, Ticket.serving_at)
        .join(QueueService)
        .where(
            (QueueService.point == point.id)
            & Ticket.day.between((now - timedelta(days=1)).date(), (now + timedelta(days=1)).date())
            & Ticket.counter.is_null(False)
            & (Ticket.state.in_(list(AT_COUNTER)) | (Ticket.ended_at >= now - BUSY_LATELY))
        )
        .tuples()
    )
    busy: dict[int, tuple[int, float]] = {}
    lately: set[int] = set()
    for counter_id, service_id, state, called_at, serving_at in rows:
        since = called_at or serving_at
        # Whoever was called yesterday and never ended keeps no counter today.
        if state in AT_COUNTER and since is not None and since > now - timedelta(hours=12):
            busy[counter_id] = service_id, max(0.0, _seconds(now, since))
        elif state not in AT_COUNTER:
            lately.add(counter_id)
    return busy, lately


def _pauses(
    spans: Iterable[tuple[datetime, datetime]], now: datetime, *, is_busy: bool
) -> Iterable[tuple[float, float]]:
    """Give the times before and between the spans of a day; none that has begun where somebody serves through it."""
    free_from = now
    for start, end in spans:
        if end <= now:
            continue
        if start > free_from and not (is_busy and free_from == now):
            yield _seconds(free_from, now), _seconds(start, now)
        free_from = end


def _seconds(moment: datetime, now: datetime) -> float:
    return (moment - now).total_seconds()
