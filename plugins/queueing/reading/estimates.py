"""How long somebody will wait, and how often what was said held; the method is in rules/estimate."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import takewhile
from typing import Any

import peewee as pw

from core.plugin_api import Context, active_registry, as_condition, visible
from plugins.queueing.models import QueueService, Ticket, WaitEstimate
from plugins.queueing.reading.at_work import AtWork, at_work
from plugins.queueing.reading.line import AS_THEY_CAME, goes_first, waiting_line
from plugins.queueing.rules.estimate import Settled, Turns, across, expected_wait, ranges_of, theory_spread
from plugins.queueing.rules.percentiles import percent_of
from plugins.queueing.services.calendar import local_day
from plugins.queueing.terms import TicketState

TURNS = 60
"""So many of the latest turns of a service tell how long one takes."""

EXPERIENCE = 300
"""So many of the latest settled estimates of a service tell how the next will hold."""

_ENDED = (TicketState.DONE, TicketState.TRANSFERRED, TicketState.NO_SHOW)


@dataclass(frozen=True)
class WaitRange:
    """What is told to somebody who waits: people before, counters open, and the ranges of the wait in seconds.

    Half of all waits lie between the half bounds, four of five between the wide ones.
    """

    ahead: int
    counters: int
    half_low: int
    half_high: int
    wide_low: int
    wide_high: int


@dataclass(frozen=True)
class Foretold:
    """A range with what it stands on: seconds of service expected, and seconds without service known to lie before."""

    told: WaitRange
    expected: int
    closed: int


@dataclass(frozen=True)
class Accuracy:
    """How many told ranges came to an end, and what share of each kind held."""

    cases: int
    half_held_percent: Decimal | None
    wide_held_percent: Decimal | None


def estimate_for(ticket: Ticket, now: datetime) -> WaitRange | None:
    """Return how long a waiting ticket will still wait; None where it does not wait or no counter may call it."""
    if ticket.state is not TicketState.WAITING:
        return None
    found = foretell(ticket.service, now, ticket)
    return found.told if found else None


def estimate_for_newcomer(service: QueueService, now: datetime) -> WaitRange | None:
    """Return how long somebody would wait who took a number of a service now; None where no counter may call."""
    found = foretell(service, now)
    return found.told if found else None


def foretell(service: QueueService, now: datetime, ticket: Ticket | None = None) -> Foretold | None:
    """Return the wait of a ticket, or of a newcomer, with what it stands on."""
    settings = active_registry().settings
    work = at_work(service.point, now, settings)
    day = ticket.day if ticket else local_day(service.point, now, settings)
    before = _before(work.entangled(service.id), day, ticket)
    if before is None:
        return None
    services = {service.id, *before}
    turns = turns_of(services | {one.busy_with for one in work.counters if one.busy_with is not None})
    expected = expected_wait(before, service.id, work.counters, turns)
    if expected is None:
        return None
    spread = theory_spread(len(before), turns[service.id].variation)
    is_priority = ticket is not None and goes_first(ticket)
    ranges = ranges_of(expected, spread, _experience(service.id), is_priority=is_priority)
    reaching = work.reaching(service.id)
    told = WaitRange(
        sum(one in reaching for one in before),
        _open_for(work, service.id),
        *(
            round(across(bound, work.pauses))
            for bound in (ranges.half_low, ranges.half_high, ranges.wide_low, ranges.wide_high)
        ),
    )
    return Foretold(told, round(expected), round(across(expected, work.pauses) - expected))


def turns_of(service_ids: Iterable[int]) -> dict[int, Turns]:
    """Return how long a called ticket keeps a counter, by service, from the latest ones and the service's target.

    A turn lasts from the call until serving begins and then as long as is served; where nobody comes, until that is
    noted.
    """
    targets: Any = QueueService.select(QueueService.id, QueueService.target_serve_minutes).where(
        QueueService.id.in_(sorted(service_ids))
    )
    return {key: Turns(_latest_turns(key), max(1, minutes) * 60.0) for key, minutes in targets.tuples()}


def accuracy(
    ctx: Context, *, first: date, last: date, point_id: int | None = None, service_id: int | None = None
) -> Accuracy:
    """Return how often the ranges held that were told to the tickets of some days, those that the caller sees."""
    found: Any = WaitEstimate.select(
        pw.fn.COUNT(WaitEstimate.id),
        _held(WaitEstimate.half_low, WaitEstimate.half_high),
        _held(WaitEstimate.wide_low, WaitEstimate.wide_high),
    ).join(Ticket, on=(WaitEstimate.ticket == Ticket.id))
    found = found.where(
        Ticket.day.between(first, last),
        WaitEstimate.waited.is_null(False),
        as_condition(visible(ctx.actor, WaitEstimate)),
    )
    if service_id is not None:
        found = found.where(WaitEstimate.service == service_id)
    if point_id is not None:
        services = QueueService.select(QueueService.id).where(QueueService.point == point_id)
        found = found.where(WaitEstimate.service.in_(services))
    cases, half, wide = found.tuples().get()
    return Accuracy(cases, percent_of(half or 0, cases), percent_of(wide or 0, cases))


def _before(service_ids: Iterable[int], day: date, ticket: Ticket | None) -> list[int] | None:
    """The services of those called before a ticket (None: of all who wait), in order; None if it waits no more."""
    rows: Any = (
        Ticket.select(Ticket.id, Ticket.service, Ticket.priority)
        .where(Ticket.service.in_(sorted(service_ids)) & (Ticket.day == day) & (Ticket.state == TicketState.WAITING))
        .order_by(*AS_THEY_CAME)
        .tuples()
    )
    # Hundreds may wait while one takes a number; whole tickets are read only where the fair order matters.
    line = [(key, service_id) for key, service_id, _ in rows]
    if any(priority is not None for _, _, priority in rows):
        line = [(one.id, one.service_id) for one in waiting_line(service_ids, day)]
    if ticket is None:
        return [service_id for _, service_id in line]
    before = [service_id for _, service_id in takewhile(lambda one: one[0] != ticket.id, line)]
    return before if len(before) < len(line) else None


def _open_for(work: AtWork, service_id: int) -> int:
    """How many counters may call the service now, or first of all where none does yet."""
    able = [one.opens_in for one in work.counters if service_id in one.services]
    return sum(opens_in <= min(able) for opens_in in able)


def _latest_turns(service_id: int) -> tuple[float, ...]:
    rows: Any = (
        Ticket.select(Ticket.state, Ticket.called_at, Ticket.serving_at, Ticket.ended_at, Ticket.serve_seconds)
        .where((Ticket.service == service_id) & Ticket.state.in_(list(_ENDED)) & Ticket.counter.is_null(False))
        .order_by(Ticket.day.desc(), Ticket.ended_at.desc())
        .limit(TURNS)
        .tuples()
    )
    turns = []
    for _, called_at, serving_at, ended_at, served in rows:
        if serving_at is None:
            span = (ended_at - called_at).total_seconds() if called_at and ended_at else None
        else:
            reacting = (serving_at - called_at).total_seconds() if called_at else 0.0
            span = None if served is None else max(0.0, reacting) + served
        if span is not None and span >= 0.0:
            turns.append(float(span))
    return tuple(turns)


def _experience(service_id: int) -> list[Settled]:
    rows: Any = (
        WaitEstimate.select(WaitEstimate.expected, WaitEstimate.waited, WaitEstimate.closed, Ticket.priority)
        .join(Ticket, on=(WaitEstimate.ticket == Ticket.id))
        .where((WaitEstimate.service == service_id) & WaitEstimate.waited.is_null(False))
        .order_by(WaitEstimate.made_at.desc(), WaitEstimate.id.desc())
        .limit(EXPERIENCE)
        .tuples()
    )
    return [
        Settled(expected, max(0.0, float(waited - closed)), priority is not None)
        for expected, waited, closed, priority in rows
    ]


def _held(low: pw.Field, high: pw.Field) -> pw.Function:
    held = (WaitEstimate.waited >= low) & (WaitEstimate.waited <= high)
    return pw.fn.SUM(pw.Case(None, ((held, 1),), 0))
