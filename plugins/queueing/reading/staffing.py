"""How many counters each half hour needs, by what came and how long serving took; what-if is in `what_if`.

The figures are those of a steady state: half an hour is long beside serving times of minutes, and what a peak leaves
behind for the next half hour is not in them. `what_if` plays whole days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import peewee as pw

from core.plugin_api import N_, Context, Problem, active_registry, as_condition, refuse, visible
from plugins.queueing.models import Counter, CounterService, QueueService, Ticket
from plugins.queueing.reading.what_if import CounterPlan, Simulated, SimulatedRange, WhatIf, what_if
from plugins.queueing.rules.erlang import Unstable, servers_needed, share_within
from plugins.queueing.rules.hours import moment_of, time_of
from plugins.queueing.rules.percentiles import rounded
from plugins.queueing.services.calendar import zone_of

__all__ = [
    "CounterPlan",
    "HalfHourNeed",
    "Simulated",
    "SimulatedRange",
    "WhatIf",
    "counters_needed",
    "what_if",
]

FEW_CASES = 10
"""With fewer serving times in a half hour those of all half hours stand in."""

LONGEST_MINUTES = 24 * 60


@dataclass(frozen=True)
class HalfHourNeed:
    """What a half hour of the day needs: arrivals an hour, mean minutes of serving, and counters so that it goes well.

    `wait_within_percent` is the share that is served in time with those counters, `present_within_percent` with the
    `present` ones that may serve it. Where those cannot do the work there is no such share, and `problem` says so.
    """

    starts_at: str
    arrivals_per_hour: Decimal
    serve_minutes: Decimal
    counters: int | None
    wait_within_percent: Decimal | None
    problem: Problem | None
    present: int = 0
    present_within_percent: Decimal | None = None


def counters_needed(
    ctx: Context,
    *,
    service_ids: Sequence[int],
    first: date,
    last: date,
    share: float = 0.9,
    minutes: float = 10,
    patience: float | None = None,
) -> list[HalfHourNeed]:
    """Return for each half hour in which people came how many counters it needs.

    So that `share` of those who come are served after at most `minutes`, by Erlang C, or by Erlang A where people leave
    after `patience` minutes in their mean. Arrivals are the mean of the days on which anybody came for these services;
    the caller counts with the tickets that he or she sees.
    """
    _check(share, minutes, patience)
    rows, days = _half_hours(ctx, service_ids, first, last)
    cases = sum(row.cases for row in rows)
    mean = sum(row.served for row in rows) / cases if cases else _target_seconds(service_ids)
    present = _present(service_ids)
    needs = []
    for row in rows:
        # A service that takes no time at all is a log without times.
        serving = max(1.0, row.served / row.cases if row.cases >= FEW_CASES else mean) / 60.0
        hourly = Fraction(2 * row.arrivals, days)
        needs.append(_need(row.slot, hourly, serving, present, share, minutes, patience))
    return needs


def _need(
    slot: int, hourly: Fraction, serving: float, present: int, share: float, minutes: float, patience: float | None
) -> HalfHourNeed:
    arrivals, rate = float(hourly) / 60.0, 1.0 / serving
    counters = servers_needed(arrivals, rate, share=share, within=minutes, patience=patience)
    reached = share_within(arrivals, rate, max(1, present), minutes, patience) if present else Unstable(0.0, 0)
    load, starts_at = arrivals * serving, time_of(slot * 30)
    problem = None
    # With patience there is a steady state under any load: it consists of people who give up.
    if load >= present:
        problem = Problem(
            "QUEUE_OVERLOADED",
            N_(
                "From {time} on work for {load} counters arrives, {counters} may serve it, and the line grows."
                " Open more counters, spread bookings over the day, or shorten serving."
            ),
            params={"time": starts_at, "load": f"{load:.1f}", "counters": present},
        )
    return HalfHourNeed(
        starts_at=starts_at,
        arrivals_per_hour=_two(hourly),
        serve_minutes=_two(serving),
        counters=counters,
        wait_within_percent=_percent(share_within(arrivals, rate, counters, minutes, patience)),
        problem=problem,
        present=present,
        present_within_percent=_percent(reached),
    )


def _check(share: float, minutes: float, patience: float | None) -> None:
    if not 0.0 < share <= 0.999:
        text = N_("A share of {share} cannot be planned for. Give one above 0 and at most 0.999.")
        raise refuse("QUEUE_SHARE", text, "share", share=share)
    for name, value, least in (("minutes", minutes, 0.0), ("patience", patience, 0.1)):
        if value is not None and not least <= value <= LONGEST_MINUTES:
            text = N_("{value} minutes cannot be planned with. Give from {least} to {most}.")
            raise refuse("QUEUE_MINUTES", text, name, value=value, least=least, most=LONGEST_MINUTES)


@dataclass
class _HalfHour:
    """What is known of a half hour over all days: arrivals, and cases and seconds of serving."""

    slot: int
    arrivals: int = 0
    cases: int = 0
    served: int = 0


def _half_hours(ctx: Context, service_ids: Sequence[int], first: date, last: date) -> tuple[list[_HalfHour], int]:
    """The half hours in which anybody came, in order, and the number of days on which anybody came at all."""
    slot = _slot(service_ids, first)
    rows: Any = (
        Ticket.select(
            slot,
            Ticket.day,
            pw.fn.COUNT(Ticket.id),
            pw.fn.COUNT(Ticket.serve_seconds),
            pw.fn.SUM(Ticket.serve_seconds),
        )
        .where(
            Ticket.service.in_(list(service_ids)),
            Ticket.day.between(first, last),
            Ticket.queued_at.is_null(False),
            Ticket.local_hour.is_null(False),
            as_condition(visible(ctx.actor, Ticket)),
        )
        # By its place: PostgreSQL does not see that two expressions with parameters are the same.
        .group_by(pw.SQL("1"), Ticket.day)
        .tuples()
    )
    found: dict[int, _HalfHour] = {}
    days = set()
    for number, day, arrivals, cases, served in rows:
        half_hour = found.setdefault(number, _HalfHour(number))
        half_hour.arrivals += arrivals
        half_hour.cases += cases
        half_hour.served += served or 0
        days.add(day)
    return [found[number] for number in sorted(found)], len(days)


def _slot(service_ids: Sequence[int], first: date) -> pw.Expression:
    """The half hour of the local day in which a wait began."""
    service = QueueService.get_or_none(QueueService.id.in_(list(service_ids)))
    # The hour is kept in local time; the minute is that of UTC, off by 30 or 45 in some zones.
    off = 0
    if service is not None:
        off = moment_of(first, "00:00", zone_of(service.point, active_registry().settings)).minute
    second_half = Ticket.queued_at.minute.in_([minute for minute in range(60) if (minute - off) % 60 >= 30])
    return Ticket.local_hour * 2 + pw.Case(None, ((second_half, 1),), 0)


def _target_seconds(service_ids: Sequence[int]) -> float:
    rows: Any = (
        QueueService.select(QueueService.target_serve_minutes).where(QueueService.id.in_(list(service_ids))).tuples()
    )
    targets = [target for (target,) in rows]
    return 60.0 * sum(targets) / len(targets) if targets else 600.0


def _present(service_ids: Sequence[int]) -> int:
    """How many counters in use may serve any of the services."""
    found: int = (
        Counter.select()
        .where(
            Counter.is_active
            & Counter.id.in_(
                CounterService.select(CounterService.counter).where(CounterService.service.in_(list(service_ids)))
            )
        )
        .count()
    )
    return found


def _percent(reached: float | Unstable) -> Decimal | None:
    return None if isinstance(reached, Unstable) else _two(100.0 * reached)


def _two(value: float | Fraction) -> Decimal:
    found = rounded(Fraction(value))
    assert found is not None  # noqa: S101 - a number is given
    return found
