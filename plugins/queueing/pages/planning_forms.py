"""The parts of the planning page: what each form asks, and what the readings answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import peewee as pw

from core.plugin_api import N_, Context, Refused, as_condition, translate, visible
from plugins.queueing.models import Counter, CounterService, Intervention, QueueService, ServicePoint, Ticket
from plugins.queueing.pages.finding import counters_of, services_of
from plugins.queueing.pages.given import Given
from plugins.queueing.pages.problems import Faults
from plugins.queueing.reading.comparison import FEWEST_DAYS, Comparison, compare
from plugins.queueing.reading.staffing import CounterPlan, HalfHourNeed, WhatIf, counters_needed, what_if
from plugins.queueing.services.calendar import spans_of

DAYS = 28
_MOST_INTERVENTIONS = 50
_MOST_SPAN = 366
_MOST_COMPARED = 92  # days before and after; the API compares a year, which takes longer than a page may
_LONGEST_WAIT = 240
_MOST_RUNS, _FEWEST_RUNS = 20, 3
_MOST_CAME = 3000
_TURNS_AT_MOST = 6000
"""Turns that are simulated for one page, so that it comes in a bounded time even after a day with thousands."""


@dataclass
class Part:
    """A form with what was given, what is wrong, what is told instead of an answer, and the answer."""

    given: Mapping[str, str]
    faults: Faults
    told: list[str] = field(default_factory=list)
    found: Any = None


def interventions_of(ctx: Context, point: ServicePoint) -> list[Intervention]:
    """Return what was done at a point, the latest first."""
    rows = Intervention.select().where(Intervention.point == point.id, as_condition(visible(ctx.actor, Intervention)))
    return list(rows.order_by(Intervention.day.desc(), Intervention.id.desc()).limit(_MOST_INTERVENTIONS))


def compared(ctx: Context, known: list[Intervention], args: Mapping[str, str]) -> Part:
    """Return the comparison of the intervention that is asked for."""
    form = Given(args, {"intervention": "", "days": "30"})
    part = Part(form.values, form.faults)
    asked = form.values["intervention"]
    if not asked:
        return part
    days = form.whole("days", FEWEST_DAYS, _MOST_COMPARED)
    chosen = next((one for one in known if str(one.id) == asked), None)
    if chosen is None:
        form.fault("intervention", translate(N_("This is not noted at this point. Choose something from the list.")))
    if chosen is None or days is None:
        return part
    try:
        found: Comparison = compare(ctx, intervention_id=chosen.id, days=days)
    except Refused as refusal:
        part.told = _messages(refusal)
        return part
    part.found, part.told = found, [warning.message() for warning in found.warnings]
    return part


def staffing(ctx: Context, point: ServicePoint, today: date, args: Mapping[str, str]) -> Part:
    """Return how many counters each half hour needs; without a question those of the last four weeks."""
    yesterday = today - timedelta(days=1)
    defaults = {"from": str(today - timedelta(days=DAYS)), "to": str(yesterday), "share": "90", "minutes": "10"}
    form = Given(args, defaults)
    part = Part(form.values, form.faults)
    first, last = form.day("from", today), form.day("to", today)
    share, minutes = form.number("share", 1, 99.9), form.number("minutes", 0, _LONGEST_WAIT)
    if first and last and not 0 <= (last - first).days < _MOST_SPAN:
        text = translate(N_("This is before the first day or more than {days} days after it. Choose a nearer day."))
        form.fault("to", text.format(days=_MOST_SPAN))
    if form.faults or first is None or last is None or share is None or minutes is None:
        return part
    services = [service.id for service in services_of(point)]
    try:
        needs: list[HalfHourNeed] = counters_needed(
            ctx, service_ids=services, first=first, last=last, share=share / 100, minutes=minutes
        )
    except Refused as refusal:
        part.told = _messages(refusal)
        return part
    part.found, part.told = needs, [need.problem.message() for need in needs if need.problem]
    return part


@dataclass(frozen=True)
class Offered:
    """A counter of the what-if form, with the services that it may serve and whether it is ticked."""

    counter: Counter
    services: tuple[QueueService, ...]
    is_chosen: bool


def offered_counters(point: ServicePoint, args: Any) -> list[Offered]:
    """Return the counters that can be planned: those that serve something; all are ticked before the first question."""
    services = {service.id: service for service in services_of(point)}
    served: dict[int, list[QueueService]] = {}
    rows: Any = CounterService.select(CounterService.counter, CounterService.service).where(
        CounterService.service.in_(list(services))
    )
    for counter_id, service_id in rows.tuples():
        served.setdefault(counter_id, []).append(services[service_id])
    ticked = set(args.getlist("counter")) if "day" in args else None
    return [
        Offered(
            counter,
            tuple(sorted(served[counter.id], key=lambda service: service.prefix)),
            ticked is None or str(counter.number) in ticked,
        )
        for counter in counters_of(point)
        if counter.id in served
    ]


def imagined(ctx: Context, point: ServicePoint, today: date, offered: list[Offered], args: Mapping[str, str]) -> Part:
    """Return what the day that is asked for would have been."""
    names = [f"{name}-{one.counter.number}" for one in offered for name in ("starts", "ends")]
    defaults = {"day": _last_day(ctx, point, today), "opens": "", "closes": "", **dict.fromkeys(names, "")}
    form = Given(args, defaults)
    part = Part(form.values, form.faults)
    if "day" not in args:
        return part
    day = form.day("day", today)
    opening = _span(form, "opens", "closes")
    if bool(opening[0]) != bool(opening[1]):
        missing = "closes" if opening[0] else "opens"
        form.fault(missing, translate(N_("One time alone is no span. Give both times, or leave both empty.")))
    plans = []
    spans = [opening] if opening[0] else spans_of(point, day) if day else []
    for one in offered:
        starts_at, ends_at = _span(form, f"starts-{one.counter.number}", f"ends-{one.counter.number}")
        if one.is_chosen:
            _within_the_day(form, one.counter.number, starts_at, ends_at, spans)
            plans.append(CounterPlan(tuple(service.id for service in one.services), starts_at, ends_at))
    if not plans:
        form.fault("counter", translate(N_("No counter is chosen. Tick at least one.")))
    if form.faults or day is None:
        return part
    came = _came(point, day)
    if came > _MOST_CAME:
        text = N_("{count} numbers were drawn on this day, too many to play it through here. Choose another day.")
        part.told = [translate(text).format(count=came)]
        return part
    try:
        found: WhatIf = what_if(
            ctx,
            point_id=point.id,
            day=day,
            counters=plans,
            opening=[opening] if opening[0] else None,
            runs=max(_FEWEST_RUNS, min(_MOST_RUNS, _TURNS_AT_MOST // max(1, came))),
        )
    except Refused as refusal:
        part.told = _messages(refusal)
        return part
    part.found, part.told = found, [problem.message() for problem in found.problems]
    return part


def _span(form: Given, start: str, end: str) -> tuple[str, str]:
    span = form.time(start), form.time(end)
    if all(span) and span[0] >= span[1]:
        form.fault(end, translate(N_("This is not after the time from which. Give a later one.")))
    return span


def _within_the_day(form: Given, number: int, starts_at: str, ends_at: str, spans: list[tuple[str, str]]) -> None:
    """Note where the one time that is given leaves no time together with the hours of the point."""
    if not spans or (starts_at and ends_at):
        return
    if starts_at and starts_at >= spans[-1][1]:
        text = translate(N_("The point closes at {time}. Give an earlier time, or say until when the counter is open."))
        form.fault(f"starts-{number}", text.format(time=spans[-1][1]))
    if ends_at and ends_at <= spans[0][0]:
        text = translate(N_("The point opens at {time}. Give a later time, or say from when the counter is open."))
        form.fault(f"ends-{number}", text.format(time=spans[0][0]))


def _last_day(ctx: Context, point: ServicePoint, today: date) -> str:
    """Return the last day before today on which somebody came, as far as the caller sees; else yesterday."""
    rows: Any = (
        Ticket.select(pw.fn.MAX(Ticket.day))
        .join(QueueService)
        .where(
            QueueService.point == point.id,
            Ticket.day.between(today - timedelta(days=_MOST_SPAN), today - timedelta(days=1)),
            Ticket.queued_at.is_null(False),
            as_condition(visible(ctx.actor, Ticket)),
        )
    )
    return str(rows.scalar() or today - timedelta(days=1))


def _came(point: ServicePoint, day: date) -> int:
    """Return how many tickets a day has; the more, the less often it is simulated."""
    tickets = Ticket.select().join(QueueService).where(QueueService.point == point.id, Ticket.day == day)
    return int(tickets.count())


def _messages(refusal: Refused) -> list[str]:
    return [problem.message() for problem in refusal.problems]
