"""Pages for everybody: the service points, one point with its services, and its display."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, url_for

from core.plugin_api import may
from plugins.queueing.models import ServicePoint
from plugins.queueing.pages import calling
from plugins.queueing.pages.finding import counters_of, point_named, points, services_of
from plugins.queueing.pages.streams import board_state, current_board
from plugins.queueing.rules.hours import local_time
from plugins.queueing.services.calendar import days_with_spans, zone_of

_DAYS_SHOWN = 7


def is_open_now(point: ServicePoint) -> bool:
    """Whether a point serves at this moment."""
    day, time = local_time(calling.now(), zone_of(point, calling.settings()))
    return any(start <= time < end for start, end in days_with_spans(point, day, day).get(day, []))


def add_to(pages: Blueprint) -> None:
    """Add the pages of this subject."""

    @pages.get("/")
    def index() -> str:
        return render_template("queueing/index.html", points=points(), is_open_now=is_open_now)

    @pages.get("/<code>/")
    def point(code: str) -> str:
        found = point_named(code)
        today, _ = local_time(calling.now(), zone_of(found, calling.settings()))
        last = today + timedelta(days=_DAYS_SHOWN - 1)
        spans = days_with_spans(found, today, last)
        days = [today + timedelta(days=number) for number in range(_DAYS_SHOWN)]
        who = calling.actor()
        return render_template(
            "queueing/point.html",
            point=found,
            services=services_of(found),
            hours=[(day, spans.get(day, [])) for day in days],
            is_open=is_open_now(found),
            counters=counters_of(found) if may(who, "queueing.serve", found) else [],
            reads=may(who, "queueing.read", found),
        )

    @pages.get("/<code>/display")
    def display(code: str) -> str:
        found = point_named(code)
        shown: dict[str, Any] = current_board(found)
        return render_template(
            "queueing/display.html",
            point=found,
            board=shown,
            stream=url_for("queueing.events", code=found.code),
            poll=url_for("queueing.board", code=found.code),
            key=board_state(found).key,
        )
