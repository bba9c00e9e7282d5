"""What an intervention has changed: waits before and after its day, and why the figures may not carry a conclusion."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import peewee as pw

from core.organisation.services.changing import rows_of
from core.plugin_api import N_, Context, Problem, as_condition, fetch, refuse, translate, visible
from plugins.queueing.models import Intervention, QueueService, Ticket
from plugins.queueing.reading.metrics import QueueFigures, queue_figures
from plugins.queueing.rules.comparison import (
    Cell,
    Effect,
    Wait,
    matched,
    median_effect,
    median_minutes,
    share_effect,
)
from plugins.queueing.rules.hours import open_spans
from plugins.queueing.services.calendar import days_with_spans, local_day, opening_lines

FEWEST_DAYS, MOST_DAYS = 7, 366
LEAST_WAITS = 100
LEAST_SERVED_DAYS = 10
LEAST_CELLS = 5
LEAST_MATCHED_PERCENT = 50
MOST_CLOSED_PERCENT = 20
MOST_OTHER_ARRIVALS_PERCENT = 25
"""Bounds beyond which a comparison is shown with a warning."""


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`: all its figures, the days on which somebody waited, and those that were closed."""

    first: date
    last: date
    figures: QueueFigures
    served_days: int
    closed_days: int


@dataclass(frozen=True)
class HourPair:
    """The medians of one local hour before and after, in minutes, with the numbers of waits."""

    hour: int
    before: Decimal
    after: Decimal
    before_cases: int
    after_cases: int


@dataclass(frozen=True)
class DayMedian:
    """The median wait of one day in minutes, with its number of waits."""

    day: date
    is_after: bool
    median: Decimal
    cases: int


@dataclass(frozen=True)
class Comparison:
    """An intervention with both periods; `wait` in minutes and `within_target` in percent compare matched cells only.

    `matched_cells` of `cells` weekdays with an hour had enough waits in both periods. Without a warning the figures
    carry a conclusion if the interval of the effect does not hold 0; with one they may not.
    """

    intervention: Intervention
    before: Period
    after: Period
    wait: Effect | None
    within_target: Effect | None
    matched_cells: int
    cells: int
    matched_percent: int
    by_hour: tuple[HourPair, ...]
    by_day: tuple[DayMedian, ...]
    warnings: tuple[Problem, ...]

    @property
    def is_conclusive(self) -> bool:
        """Whether nothing warns and the wait has clearly changed."""
        return not self.warnings and self.wait is not None and self.wait.is_clear


@dataclass(frozen=True)
class ChartBar:
    """One bar of the chart: the median wait of an hour in one of the periods."""

    category: str
    series: str
    value: Decimal
    cases: int


def compare(ctx: Context, *, intervention_id: int, days: int = 30, seed: int = 0) -> Comparison:
    """Compare so many days before an intervention with as many after it; the day itself belongs to neither.

    The same `seed` gives the same interval. The number of statements does not depend on the number of tickets.
    """
    intervention = fetch(Intervention, intervention_id, ctx, "interventionId")
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        text = N_("{days} days cannot be compared. Give a number from {fewest} to {most}.")
        raise refuse("COMPARISON_DAYS", text, "days", days=days, fewest=FEWEST_DAYS, most=MOST_DAYS)
    span, one = timedelta(days=days), timedelta(days=1)
    ends = (intervention.day - span, intervention.day - one), (intervention.day + one, intervention.day + span)
    known = _waits(ctx, intervention, ends)
    waits = [[wait for wait in known if first <= wait.day <= last] for first, last in ends]
    periods = [_period(ctx, intervention, *end, part) for end, part in zip(ends, waits, strict=True)]
    cells = matched(waits[0], waits[1])
    keys = {(wait.day.weekday(), wait.hour) for part in waits for wait in part}
    in_cells = sum(len(cell.before) + len(cell.after) for cell in cells)
    matched_percent = 100 * in_cells // max(1, sum(map(len, waits)))
    return Comparison(
        intervention=intervention,
        before=periods[0],
        after=periods[1],
        wait=median_effect(cells, seed),
        within_target=share_effect(cells, seed),
        matched_cells=len(cells),
        cells=len(keys),
        matched_percent=matched_percent,
        by_hour=_by_hour(cells),
        by_day=_by_day(intervention, waits),
        warnings=tuple(_warnings(ctx, intervention, periods, cells, matched_percent)),
    )


def chart_of(comparison: Comparison, language: str | None = None) -> list[ChartBar]:
    """Return the bars of the chart: for each hour the medians of both periods, hours and periods in words."""
    before, after = translate(N_("Before"), language), translate(N_("After"), language)
    bars = []
    for pair in comparison.by_hour:
        category = f"{pair.hour:02d}:00"
        bars.append(ChartBar(category, before, pair.before, pair.before_cases))
        bars.append(ChartBar(category, after, pair.after, pair.after_cases))
    return bars


def _waits(ctx: Context, intervention: Intervention, ends: Sequence[tuple[date, date]]) -> list[Wait]:
    about = (
        Ticket.service == intervention.service_id
        if intervention.service_id is not None
        else QueueService.point == intervention.point_id
    )
    within = pw.Case(None, ((Ticket.wait_seconds <= QueueService.target_wait_minutes * 60, 1),), 0)
    rows = (
        Ticket.select(Ticket.day, Ticket.local_hour, Ticket.wait_seconds, within)
        .join(QueueService)
        .where(
            about,
            Ticket.day.between(ends[0][0], ends[1][1]),
            Ticket.wait_seconds.is_null(False),
            Ticket.local_hour.is_null(False),
            as_condition(visible(ctx.actor, Ticket)),
        )
        # A fixed order, so that the same seed draws the same.
        .order_by(Ticket.id)
    )
    return [Wait(day, hour, seconds, bool(is_within)) for day, hour, seconds, is_within in rows_of(rows)]


def _period(ctx: Context, intervention: Intervention, first: date, last: date, waits: Sequence[Wait]) -> Period:
    (figures,) = queue_figures(
        ctx, first=first, last=last, point_id=intervention.point_id, service_id=intervention.service_id
    )
    return Period(first, last, figures, len({wait.day for wait in waits}), _closed(intervention, first, last))


def _closed(intervention: Intervention, first: date, last: date) -> int:
    """Return on how many days the point was closed although it serves on that weekday."""
    lines = opening_lines(intervention.point)
    weekdays = {weekday for weekday in range(7) if open_spans(lines, weekday)}
    usual = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    served = days_with_spans(intervention.point, first, last)
    return sum(day.weekday() in weekdays and day not in served for day in usual)


def _by_hour(cells: Sequence[Cell]) -> tuple[HourPair, ...]:
    pairs = []
    for hour in sorted({cell.hour for cell in cells}):
        before = [wait for cell in cells if cell.hour == hour for wait in cell.before]
        after = [wait for cell in cells if cell.hour == hour for wait in cell.after]
        low, high = median_minutes(before), median_minutes(after)
        if low is not None and high is not None:
            pairs.append(HourPair(hour, low, high, len(before), len(after)))
    return tuple(pairs)


def _by_day(intervention: Intervention, waits: Sequence[Sequence[Wait]]) -> tuple[DayMedian, ...]:
    days: dict[date, list[Wait]] = {}
    for wait in (wait for part in waits for wait in part):
        days.setdefault(wait.day, []).append(wait)
    medians = ((day, median_minutes(found), len(found)) for day, found in sorted(days.items()))
    return tuple(
        DayMedian(day, day > intervention.day, median, cases) for day, median, cases in medians if median is not None
    )


def _warnings(
    ctx: Context, intervention: Intervention, periods: Sequence[Period], cells: Sequence[Cell], matched_percent: int
) -> Iterable[Problem]:
    """Yield why the figures may not carry a conclusion, each with what to do."""
    before, after = periods
    counts = [period.figures.wait_cases for period in periods]
    if min(counts) < LEAST_WAITS:
        text = N_("Only {before} waits before and {after} after are known. Compare from {least} in each period on.")
        yield _warning("COMPARISON_FEW_WAITS", text, before=counts[0], after=counts[1], least=LEAST_WAITS)
    if min(period.served_days for period in periods) < LEAST_SERVED_DAYS:
        text = N_("There are {before} days with waits before and {after} after. Compare longer periods.")
        yield _warning("COMPARISON_FEW_DAYS", text, before=before.served_days, after=after.served_days)
    if len(cells) < LEAST_CELLS or matched_percent < LEAST_MATCHED_PERCENT:
        text = N_(
            "Only {cells} weekdays with an hour, with {percent} % of the waits, occur in both periods. "
            "Compare longer periods with the same opening hours."
        )
        yield _warning("COMPARISON_FEW_CELLS", text, cells=len(cells), percent=matched_percent)
    others = list(_others(ctx, intervention, before.first, after.last))
    if others:
        names = "; ".join(f"{row.name} ({row.day})" for row in others)
        text = N_("Something else was done in these periods: {names}. Choose periods that do not hold it.")
        yield _warning("COMPARISON_OVERLAP", text, names=names)
    today = local_day(intervention.point, ctx.now, ctx.settings)
    if after.last >= today:
        text = N_("The period after runs until {last} and is not over yet. Compare again then.")
        yield _warning("COMPARISON_NOT_OVER", text, last=after.last)
    if any(100 * one.closed_days > MOST_CLOSED_PERCENT * (one.closed_days + one.served_days) for one in periods):
        text = N_(
            "The point was closed on {before} of its days before and {after} after. "
            "Choose periods without long closures."
        )
        yield _warning("COMPARISON_CLOSED_DAYS", text, before=before.closed_days, after=after.closed_days)
    yield from _other_demand(before, after)


def _other_demand(before: Period, after: Period) -> Iterable[Problem]:
    """Yield a warning where so many more or fewer people came each day that the waits would differ anyway."""
    if not (before.served_days and after.served_days and before.figures.arrivals):
        return
    rates = [period.figures.arrivals * 100 // period.served_days for period in (before, after)]
    percent = (rates[1] - rates[0]) * 100 // rates[0] if rates[0] else 0
    if abs(percent) > MOST_OTHER_ARRIVALS_PERCENT:
        text = N_(
            "The number of people a day differs by {percent} % between the periods, which changes waits by itself. "
            "Compare periods in which as many came."
        )
        yield _warning("COMPARISON_OTHER_DEMAND", text, percent=percent)


def _others(ctx: Context, intervention: Intervention, first: date, last: date) -> Any:
    """Return other interventions in these days that touch the same tickets."""
    rows = (
        Intervention.select()
        .where(
            Intervention.point == intervention.point_id,
            Intervention.id != intervention.id,
            Intervention.day.between(first, last),
            as_condition(visible(ctx.actor, Intervention)),
        )
        .order_by(Intervention.day, Intervention.id)
    )
    if intervention.service_id is None:
        return rows
    return rows.where(Intervention.service.is_null() | (Intervention.service == intervention.service_id))


def _warning(code: str, text: str, **params: Any) -> Problem:
    return Problem(code, text, ("interventionId",), params)
