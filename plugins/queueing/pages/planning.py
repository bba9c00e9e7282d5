"""The manager's planning page: what interventions changed, how well waits were foretold, and what counters would do."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from babel.dates import format_date
from flask import Blueprint, abort, g, render_template, request
from markupsafe import Markup

from core.plugin_api import N_, Context, may, translate
from plugins.queueing.models import Intervention, ServicePoint
from plugins.queueing.pages import calling
from plugins.queueing.pages.drawing import Column, columns
from plugins.queueing.pages.finding import point_named
from plugins.queueing.pages.planning_forms import (
    DAYS,
    compared,
    imagined,
    interventions_of,
    offered_counters,
    staffing,
)
from plugins.queueing.pages.showing import figure
from plugins.queueing.reading.comparison import Comparison, chart_of
from plugins.queueing.reading.estimates import Accuracy, accuracy
from plugins.queueing.reading.staffing import HalfHourNeed, SimulatedRange, WhatIf
from plugins.queueing.rules.comparison import Effect
from plugins.queueing.services.calendar import local_day

_PERMISSION = "queueing.read"
_FEWEST_CASES = 30
_NEAR = 10
"""How many percent points a share may be off before the ranges are called too narrow or too wide."""


def add_to(pages: Blueprint) -> None:
    """Add the pages of this subject."""

    @pages.get("/<code>/planning")
    def planning(code: str) -> Any:
        point, ctx = point_named(code), calling.context()
        if not ctx.actor.is_known:
            return calling.log_in()
        if not may(ctx.actor, _PERMISSION, point):
            abort(403)
        return _page(ctx, point)


def _page(ctx: Context, point: ServicePoint) -> Any:
    today = local_day(point, ctx.now, ctx.settings)
    known = interventions_of(ctx, point)
    offered = offered_counters(point, request.args)
    comparison = compared(ctx, known, request.args)
    needs = staffing(ctx, point, today, request.args)
    plan = imagined(ctx, point, today, offered, request.args)
    told = accuracy(ctx, first=today - timedelta(days=DAYS - 1), last=today, point_id=point.id)
    found: Comparison | None = comparison.found
    page = render_template(
        "queueing/planning.html",
        point=point,
        today=today,
        days=DAYS,
        interventions=[(str(one.id), _name(one)) for one in known],
        comparison=comparison,
        verdict=_verdict(found.wait) if found else "",
        hours_chart=_hours_chart(found) if found else "",
        days_chart=_days_chart(found) if found else "",
        accuracy=told,
        reliance=_reliance(told),
        staffing=needs,
        needs_chart=_needs_chart(needs.found) if needs.found else "",
        plan=plan,
        offered=offered,
        plan_rows=_rows(plan.found) if plan.found else [],
    )
    return page, 422 if comparison.faults or needs.faults or plan.faults else 200


def _name(one: Intervention) -> str:
    """Return the name, kind and day of an intervention in one line."""
    return f"{one.name} · {translate(one.kind.value)} · {format_date(one.day, 'd MMM y', locale=g.language)}"


def _verdict(wait: Effect | None) -> str:
    """Say in a sentence what has changed, and how sure that is."""
    if wait is None:
        return translate(
            N_("No weekday and hour had enough waits in both periods: nothing can be compared. Compare longer periods.")
        )
    if not wait.is_clear:
        text = N_(
            "Whether waiting has changed cannot be said: the difference lies between {low} and {high} minutes, "
            "which may be none at all."
        )
        return translate(text).format(low=figure(wait.low), high=figure(wait.high))
    if wait.difference < 0:
        text = N_("The median wait has fallen by {change} minutes; with 95 % certainty by {low} to {high} minutes.")
        ends = -wait.high, -wait.low
    else:
        text = N_("The median wait has risen by {change} minutes; with 95 % certainty by {low} to {high} minutes.")
        ends = wait.low, wait.high
    return translate(text).format(change=figure(abs(wait.difference)), low=figure(ends[0]), high=figure(ends[1]))


def _legend() -> tuple[str, str]:
    return translate(N_("Before")), translate(N_("After"))


def _hours_chart(found: Comparison) -> Markup:
    bars = chart_of(found, g.language)
    before, _ = _legend()
    drawn = [Column(bar.category, bar.value, figure(round(bar.value)), bar.series == before) for bar in bars]
    return columns(translate(N_("Median wait by hour before and after, in minutes")), drawn, legend=_legend())


def _days_chart(found: Comparison) -> Markup:
    drawn = [
        Column(f"{one.day:%d.%m}", one.median, figure(round(one.median)), not one.is_after) for one in found.by_day
    ]
    return columns(translate(N_("Median wait by day before and after, in minutes")), drawn, legend=_legend())


def _reliance(told: Accuracy) -> str:
    """Say whether people could rely on what was foretold."""
    if told.wide_held_percent is None or told.half_held_percent is None:
        return ""
    if told.cases < _FEWEST_CASES:
        return translate(N_("These are too few to say whether people can rely on it. Look again in some days."))
    off = told.half_held_percent - 50, told.wide_held_percent - 80
    if min(off) < -_NEAR:
        return translate(N_("People often waited longer or shorter than they were told."))
    if max(off) > _NEAR:
        return translate(N_("People could rely on it; the times could even be told more exactly."))
    return translate(N_("People could rely on it."))


def _needs_chart(needs: Sequence[HalfHourNeed]) -> Markup:
    drawn = [Column(need.starts_at, need.counters, figure(need.counters)) for need in needs]
    present = needs[0].present
    return columns(
        translate(N_("Counters needed by half hour")),
        drawn,
        present,
        translate(N_("There are {count}")).format(count=present),
    )


def _rows(found: WhatIf) -> list[tuple[str, str, str, str]]:
    """Return the figures of the real day, of the same day simulated, and of the imagined one."""
    actual, was = found.actual, found.as_it_was
    asked = (
        (N_("Median wait, in minutes"), "wait_median", actual.wait_median, ""),
        (N_("Wait that nine in ten did not exceed, in minutes"), "wait_p90", actual.wait_p90, ""),
        (N_("Waits within the target"), "within_target_percent", actual.within_target_percent, " %"),
        (N_("People who were served"), "served", actual.served, ""),
        (N_("People who left without being served"), "left", actual.left, ""),
        (N_("People who still waited at the end"), "unserved", None, ""),
        (N_("Time that counters were busy"), "busy_percent", None, " %"),
    )
    return [
        (
            translate(label),
            figure(real, unit),
            _range(getattr(was, name) if was else None, unit),
            _range(getattr(found.simulated, name), unit),
        )
        for label, name, real, unit in asked
    ]


def _range(found: SimulatedRange | None, unit: str) -> str:
    if found is None:
        return figure(None)
    if found.low == found.high:
        return figure(found.middle, unit)
    text = translate(N_("{middle} ({low} to {high})"))
    return text.format(middle=figure(found.middle, unit), low=figure(found.low), high=figure(found.high, unit))
