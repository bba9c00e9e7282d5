"""What a day would have been with other counters or opening hours: the office's own day, simulated many times.

People come when they came, for what they came; how long serving takes is drawn anew in each run from the turns of that
day (or, where there are few, of the days before), and how long somebody waits at most from those who left. The day as
it was is simulated in the same way, so that what a change brings is compared with like, and it can be seen beside the
figures of the real day how well the simulation fits it.
"""

import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from core.plugin_api import N_, Context, Problem, as_condition, fetch, refuse, visible
from plugins.queueing.models import QueueService, ServicePoint, Ticket
from plugins.queueing.reading.estimates import turns_of
from plugins.queueing.reading.metrics import QueueFigures, queue_figures
from plugins.queueing.rules.estimate import Turns
from plugins.queueing.rules.hours import is_time, minute_of, moment_of
from plugins.queueing.rules.percentiles import percentile, rounded
from plugins.queueing.services.calendar import spans_of, zone_of
from plugins.queueing.simulation.demand import Draw, Habits, exponential, lognormal, resampled
from plugins.queueing.simulation.office import Person, SimCounter, SimOffice, SimTicket, Span
from plugins.queueing.simulation.run import simulate
from plugins.queueing.terms import TicketState

MOST_RUNS = 200
MOST_COUNTERS = 100
FEW_TURNS = 10
"""With fewer turns of a service on the day, those of the days before are drawn from."""

_HOURS = N_("{start} to {end} is no time of a day. Give two times such as 08:00 and 15:00, the earlier first.")


@dataclass(frozen=True)
class CounterPlan:
    """A counter of the imagined day: its services, and from when until when it is open (as the point, where empty)."""

    service_ids: tuple[int, ...]
    starts_at: str = ""
    ends_at: str = ""


@dataclass(frozen=True)
class SimulatedRange:
    """A figure over the runs: its median, and what it lay between in four of five."""

    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True)
class Simulated:
    """The figures of a simulated day; times are minutes, None where nobody was called.

    `unserved` are those who still waited when the last counter closed, `busy_percent` the share of their open time
    that counters were busy, `overtime` minutes from the end of the opening hours to the end of the last turn.
    """

    served: SimulatedRange
    left: SimulatedRange
    no_shows: SimulatedRange
    unserved: SimulatedRange
    wait_mean: SimulatedRange | None
    wait_median: SimulatedRange | None
    wait_p90: SimulatedRange | None
    within_target_percent: SimulatedRange | None
    busy_percent: SimulatedRange | None
    overtime: SimulatedRange


@dataclass(frozen=True)
class WhatIf:
    """The real day, the same day simulated, and the imagined one, with what speaks against it."""

    actual: QueueFigures
    as_it_was: Simulated | None
    simulated: Simulated
    runs: int
    problems: tuple[Problem, ...]


def what_if(
    ctx: Context,
    *,
    point_id: int,
    day: date,
    counters: Sequence[CounterPlan],
    opening: Sequence[tuple[str, str]] | None = None,
    runs: int = 30,
    seed: int = 1,
) -> WhatIf:
    """Return what a day of a service point would have been under other counters or opening hours ("HH:MM" pairs)."""
    point = fetch(ServicePoint, point_id, ctx, "pointId")
    _check(counters, opening, runs)
    zone = zone_of(point, ctx.settings)
    tickets = _tickets(ctx, point, day)
    if not tickets:
        text = N_("On {day} nobody drew a number at {point} that you may see. Choose a day with tickets.")
        raise refuse("QUEUE_DAY_EMPTY", text, "day", day=day, point=point.name)
    spans = [Span(60.0 * minute_of(start), 60.0 * minute_of(end)) for start, end in opening or spans_of(point, day)]
    replay = _Replay(point, tickets, day, zone, spans)
    planned = [
        SimCounter(frozenset(plan.service_ids), _cut(spans or replay.all_day, plan.starts_at, plan.ends_at))
        for plan in counters
    ]
    real = replay.counters_as_they_were()
    actual = queue_figures(ctx, first=day, last=day, point_id=point.id)[0]
    return WhatIf(
        actual=actual,
        as_it_was=replay.figures(real, runs, seed) if real else None,
        simulated=replay.figures(planned, runs, seed),
        runs=runs,
        problems=tuple(replay.problems(planned)),
    )


class _Replay:
    """A day that is simulated again and again."""

    def __init__(
        self, point: ServicePoint, tickets: Sequence[Ticket], day: date, zone: ZoneInfo, spans: Sequence[Span]
    ) -> None:
        self._point, self._tickets, self._spans = point, tickets, tuple(spans)
        self._midnight = moment_of(day, "00:00", zone)
        self._targets = {ticket.service_id: ticket.service.target_wait_minutes * 60 for ticket in tickets}
        self._names = {ticket.service_id: ticket.service.name for ticket in tickets}
        self._serving = _serving(tickets)
        self._patience = _patience(tickets)
        self._absent = _mean(
            [_between(one.called_at, one.ended_at) for one in tickets if _vanished(one)], otherwise=60.0
        )

    @property
    def all_day(self) -> tuple[Span, ...]:
        """From the first arrival to the last end, for a day without opening hours."""
        ends = [self._at(moment) for one in self._tickets for moment in (one.queued_at, one.ended_at) if moment]
        return (Span(min(ends), max(ends) + 1.0),)

    def counters_as_they_were(self) -> list[SimCounter]:
        """Return the counters of the real day: open from their first call to their last end, for what they served."""
        turns: dict[int, list[Ticket]] = defaultdict(list)
        for ticket in self._tickets:
            if ticket.counter_id is not None and (ticket.called_at or ticket.serving_at) and ticket.ended_at:
                turns[ticket.counter_id].append(ticket)
        return [
            SimCounter(
                frozenset(ticket.service_id for ticket in called),
                (
                    Span(
                        min(self._at(ticket.called_at or ticket.serving_at) for ticket in called),
                        max(self._at(ticket.ended_at) for ticket in called) + 1.0,
                    ),
                ),
            )
            for _, called in sorted(turns.items())
        ]

    def figures(self, counters: Sequence[SimCounter], runs: int, seed: int) -> Simulated:
        """Return the figures of the day at these counters over so many runs."""
        office = SimOffice(
            tuple(counters),
            self._point.priority_rule,
            self._point.priority_every,
            absent_seconds=max(1.0, self._absent),
        )
        # The same seeds for every office: the same people with the same serving times come to each.
        return _summary([self._run(office, random.Random(f"{seed}/{number}")) for number in range(runs)])  # noqa: S311

    def problems(self, counters: Sequence[SimCounter]) -> Iterable[Problem]:
        """Say what the counters cannot do: a service that none may serve, work that exceeds their time."""
        work: dict[int, float] = defaultdict(float)
        for ticket in self._tickets:
            work[ticket.service_id] += self._absent if _vanished(ticket) else self._serving[ticket.service_id].mean
        alone = [frozenset({service}) for service in sorted(work)]
        for services in dict.fromkeys([*alone, frozenset(work)]):
            able = [one for one in counters if one.services & services]
            name = ", ".join(self._names[service] for service in sorted(services))
            hours = sum(span.end - span.start for one in able for span in one.spans) / 3600.0
            needed = sum(work[service] for service in services) / 3600.0
            if not able:
                text = N_("No counter may serve {service}. Give it to one.")
                yield Problem("QUEUE_SERVICE_WITHOUT_COUNTER", text, ("counters",), {"service": name})
            elif needed >= hours:
                text = N_(
                    "The day brings {needed} hours of work for {service}, its counters are open for {hours}: the line"
                    " grows. Add counters or hours."
                )
                params = {"service": name, "needed": f"{needed:.1f}", "hours": f"{hours:.1f}"}
                yield Problem("QUEUE_DAY_OVERLOADED", text, ("counters",), params)

    def _at(self, moment: datetime) -> float:
        return (moment - self._midnight).total_seconds()

    def _run(self, office: SimOffice, chance: random.Random) -> dict[str, Fraction | None]:
        people = [self._person(ticket, chance) for ticket in self._tickets]
        return self._figures_of(office, simulate(office, people))

    def _person(self, ticket: Ticket, chance: random.Random) -> Person:
        habits = Habits(self._serving[ticket.service_id].draw, patience=self._patience)
        drawn = habits.person(chance, self._at(ticket.queued_at), ticket.service_id)
        return Person(
            at=drawn.at,
            service=drawn.service,
            work=drawn.work,
            is_priority=ticket.priority_id is not None,
            patience=drawn.patience,
            vanishes=_vanished(ticket),
            place=self._at(ticket.placed_at) if ticket.placed_at else None,
        )

    def _figures_of(self, office: SimOffice, tickets: Sequence[SimTicket]) -> dict[str, Fraction | None]:
        waits = [round(ticket.wait) for ticket in tickets if ticket.wait is not None]
        in_time = sum(
            ticket.wait is not None and ticket.wait <= self._targets[ticket.person.service] for ticket in tickets
        )
        counter_time = sum(span.end - span.start for one in office.counters for span in one.spans)
        busy = sum(
            ticket.ended_at - ticket.called_at
            for ticket in tickets
            if ticket.ended_at is not None and ticket.called_at is not None
        )
        end = max(span.end for one in office.counters for span in one.spans)
        last = max((ticket.ended_at for ticket in tickets if ticket.ended_at is not None), default=end)
        return {
            "served": Fraction(sum(ticket.was_served for ticket in tickets)),
            "left": Fraction(sum(ticket.left_at is not None for ticket in tickets)),
            "no_shows": Fraction(sum(ticket.called_at is not None and ticket.person.vanishes for ticket in tickets)),
            "unserved": Fraction(sum(ticket.called_at is None and ticket.left_at is None for ticket in tickets)),
            "wait_mean": Fraction(sum(waits), 60 * len(waits)) if waits else None,
            "wait_median": _minutes(percentile(waits, 50)),
            "wait_p90": _minutes(percentile(waits, 90)),
            "within_target_percent": Fraction(100 * in_time, len(waits)) if waits else None,
            "busy_percent": Fraction(min(100.0, 100.0 * busy / counter_time)) if counter_time else None,
            "overtime": Fraction(max(0.0, last - end) / 60.0),
        }


@dataclass(frozen=True)
class _Serving:
    """How long the turns of a service last: their mean, and how one is drawn."""

    mean: float
    draw: Draw


def _serving(tickets: Sequence[Ticket]) -> dict[int, _Serving]:
    measured: dict[int, list[float]] = defaultdict(list)
    for ticket in tickets:
        if ticket.serve_seconds is not None:
            reacting = max(0.0, _between(ticket.called_at, ticket.serving_at) or 0.0)
            measured[ticket.service_id].append(reacting + ticket.serve_seconds)
    services = {ticket.service_id for ticket in tickets}
    before = turns_of(service for service in services if len(measured[service]) < FEW_TURNS)
    found = {}
    for service in services:
        turns = before.get(service)
        found[service] = _of(turns) if turns else _Serving(_mean(measured[service]), resampled(measured[service]))
    return found


def _of(turns: Turns) -> _Serving:
    if len(turns.measured) >= FEW_TURNS:
        return _Serving(_mean(turns.measured), resampled(turns.measured))
    return _Serving(turns.mean, lognormal(turns.mean, min(1.0, turns.variation)))


def _patience(tickets: Sequence[Ticket]) -> Draw | None:
    """How long people wait at most: the time waited by all, for each who left (exponential, the others cut off)."""
    gone = (TicketState.LEFT, TicketState.CANCELLED)
    left = [one for one in tickets if one.state in gone and one.called_at is None]
    waited = [_between(one.queued_at, one.called_at or one.serving_at or one.ended_at) or 0.0 for one in tickets]
    return exponential(max(60.0, math.fsum(waited) / len(left))) if left else None


def _vanished(ticket: Ticket) -> bool:
    return ticket.state is TicketState.NO_SHOW and ticket.called_at is not None


def _tickets(ctx: Context, point: ServicePoint, day: date) -> list[Ticket]:
    return list(
        Ticket.select(Ticket, QueueService)
        .join(QueueService)
        .where(
            QueueService.point == point.id,
            Ticket.day == day,
            Ticket.queued_at.is_null(False),
            as_condition(visible(ctx.actor, Ticket)),
        )
        .order_by(Ticket.queued_at, Ticket.id)
    )


def _cut(spans: Sequence[Span], starts_at: str, ends_at: str) -> tuple[Span, ...]:
    """The part of the opening hours in which a counter is open; a counter may open before or close after them."""
    if not starts_at and not ends_at:
        return tuple(spans)
    start = 60.0 * minute_of(starts_at) if starts_at else spans[0].start
    end = 60.0 * minute_of(ends_at) if ends_at else spans[-1].end
    inner = [Span(max(start, span.start), min(end, span.end)) for span in spans]
    kept = [span for span in inner if span.start < span.end]
    if start >= end:
        # Of one bound alone only the opening hours show that it leaves nothing.
        raise refuse("QUEUE_HOURS", _HOURS, "counters", start=starts_at or "-", end=ends_at or "-")
    return tuple(kept) if kept else (Span(start, end),)


def _check(counters: Sequence[CounterPlan], opening: Sequence[tuple[str, str]] | None, runs: int) -> None:
    if not 1 <= runs <= MOST_RUNS:
        text = N_("{runs} runs cannot be made. Ask for 1 to {most}.")
        raise refuse("QUEUE_RUNS", text, "runs", runs=runs, most=MOST_RUNS)
    if not 1 <= len(counters) <= MOST_COUNTERS:
        text = N_("{count} counters cannot be simulated. Name 1 to {most}.")
        raise refuse("QUEUE_COUNTERS", text, "counters", count=len(counters), most=MOST_COUNTERS)
    pairs = [("opening", place, pair) for place, pair in enumerate(opening or ())]
    pairs += [("counters", place, (plan.starts_at, plan.ends_at)) for place, plan in enumerate(counters)]
    for name, place, (starts_at, ends_at) in pairs:
        given = [time for time in (starts_at, ends_at) if time or name == "opening"]
        if not all(is_time(time) for time in given) or (len(given) > 1 and starts_at >= ends_at):
            raise refuse("QUEUE_HOURS", _HOURS, name, place, start=starts_at or "-", end=ends_at or "-")


def _summary(runs: Sequence[Mapping[str, Fraction | None]]) -> Simulated:
    def over(name: str) -> SimulatedRange | None:
        values = sorted(value for run in runs if (value := run[name]) is not None)
        if not values:
            return None
        at: Callable[[int], Decimal] = lambda percent: _place(values, percent)  # noqa: E731
        return SimulatedRange(at(10), at(50), at(90))

    named: dict[str, Any] = {field.name: over(field.name) for field in fields(Simulated)}
    return Simulated(**named)


def _place(ordered: Sequence[Fraction], percent: int) -> Decimal:
    at = Fraction((len(ordered) - 1) * percent, 100)
    low, high = ordered[math.floor(at)], ordered[math.ceil(at)]
    found = rounded(low + (high - low) * (at - math.floor(at)))
    assert found is not None  # noqa: S101 - a number is given
    return found


def _minutes(seconds: Fraction | None) -> Fraction | None:
    return None if seconds is None else seconds / 60


def _between(start: datetime | None, end: datetime | None) -> float | None:
    return (end - start).total_seconds() if start and end else None


def _mean(values: Sequence[float | None], otherwise: float = 600.0) -> float:
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if known else otherwise
