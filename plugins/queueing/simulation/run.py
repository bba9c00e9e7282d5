"""The simulation of a day, event by event, with simpy: people come, counters call, some lose patience."""

from bisect import insort
from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Any

import simpy

from plugins.queueing.rules.line import fair_order
from plugins.queueing.simulation.office import Person, SimCounter, SimOffice, SimTicket

Steps = Generator[simpy.Event, Any, None]


class Day:
    """A running day: who waits in the order of the line, what each counter does."""

    def __init__(self, office: SimOffice, on_queued: Callable[["Day", SimTicket], None] | None = None) -> None:
        self.office = office
        self.env = simpy.Environment()
        self.waiting: list[SimTicket] = []
        self.tickets: list[SimTicket] = []
        self.at_counter: list[SimTicket | None] = [None] * len(office.counters)
        self._on_queued = on_queued
        self._others_since_priority: int | None = None
        self._still_open = len(office.counters)
        self._news = self.env.event()

    @property
    def now(self) -> float:
        """Seconds since midnight."""
        return float(self.env.now)

    def run(self, people: Iterable[Person]) -> list[SimTicket]:
        """Let the day pass and return what became of everybody, in the order of coming."""
        self.env.process(self._coming(sorted(people, key=lambda person: person.at)))
        for place, counter in enumerate(self.office.counters):
            self.env.process(self._serving(place, counter))
        self.env.run()
        return self.tickets

    def line(self) -> list[SimTicket]:
        """Return who waits in the order in which they would be called if nobody else came."""
        return self._ordered(self.waiting)

    def is_open(self, place: int) -> bool:
        """Whether a counter calls people at this moment."""
        return any(span.start <= self.now < span.end for span in self.office.counters[place].spans)

    def _coming(self, people: Sequence[Person]) -> Steps:
        for place, person in enumerate(people):
            if person.at > self.now:
                yield self.env.timeout(person.at - self.now)
            ticket = SimTicket(person, place)
            self.tickets.append(ticket)
            insort(self.waiting, ticket, key=_place)
            if self._on_queued:
                self._on_queued(self, ticket)
            if person.patience is not None:
                self.env.process(self._losing_patience(ticket, person.patience))
            self._tell()
        self._tell()

    def _losing_patience(self, ticket: SimTicket, patience: float) -> Steps:
        yield self.env.timeout(patience)
        # Whoever stands there when the last counter has closed was not served; that is not a lack of patience.
        if ticket.called_at is None and self._still_open:
            ticket.left_at = self.now
            self.waiting.remove(ticket)

    def _tell(self) -> None:
        self._news.succeed()
        self._news = self.env.event()

    def _serving(self, place: int, counter: SimCounter) -> Steps:
        spans = sorted(counter.spans)
        for number, span in enumerate(spans):
            if span.start > self.now:
                yield self.env.timeout(span.start - self.now)
            while self.now < span.end:
                ticket = self._first_for(counter)
                if ticket is None:
                    yield self._news | self.env.timeout(span.end - self.now)
                else:
                    yield from self._turn(place, counter, ticket)
            while self.office.serves_out and number == len(spans) - 1:
                ticket = self._first_for(counter, before=span.end)
                if ticket is None:
                    break
                yield from self._turn(place, counter, ticket)
        self._still_open -= 1

    def _turn(self, place: int, counter: SimCounter, ticket: SimTicket) -> Steps:
        if ticket.person.gap:
            yield self.env.timeout(ticket.person.gap)
            chosen = self._first_for(counter)
            if chosen is None:
                return
            ticket = chosen
        self.waiting.remove(ticket)
        if ticket.person.is_priority:
            self._others_since_priority = 0
        elif self._others_since_priority is not None:
            self._others_since_priority += 1
        ticket.called_at, ticket.counter = self.now, place
        self.at_counter[place] = ticket
        busy = self.office.absent_seconds if ticket.person.vanishes else ticket.person.work * counter.pace
        yield self.env.timeout(busy)
        ticket.ended_at = self.now
        self.at_counter[place] = None

    def _first_for(self, counter: SimCounter, before: float | None = None) -> SimTicket | None:
        able = [
            ticket
            for ticket in self.waiting
            if ticket.person.service in counter.services and (before is None or ticket.person.at < before)
        ]
        return self._ordered(able)[0] if able else None

    def _ordered(self, waiting: Sequence[SimTicket]) -> list[SimTicket]:
        since = self._others_since_priority
        return fair_order(waiting, _goes_first, self.office.rule, self.office.every, since)


def _place(ticket: SimTicket) -> float:
    return ticket.person.at if ticket.person.place is None else ticket.person.place


def _goes_first(ticket: SimTicket) -> bool:
    return ticket.person.is_priority


def simulate(
    office: SimOffice, people: Iterable[Person], on_queued: Callable[[Day, SimTicket], None] | None = None
) -> list[SimTicket]:
    """Let the people come to the office for a day; `on_queued` is told of each as the wait begins."""
    return Day(office, on_queued).run(people)
