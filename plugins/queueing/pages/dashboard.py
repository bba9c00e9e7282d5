"""The manager's dashboard: today against the targets, what waits now, and when people come and wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from markupsafe import Markup

from core.plugin_api import N_, Context, may, translate
from plugins.queueing.models import QueueService, ServicePoint
from plugins.queueing.pages import calling
from plugins.queueing.pages.drawing import Cell, Column, columns, heat_map
from plugins.queueing.pages.finding import point_named, services_of
from plugins.queueing.pages.showing import figure
from plugins.queueing.pages.streams import current_board
from plugins.queueing.reading.metrics import QueueFigures, queue_figures
from plugins.queueing.services.calendar import local_day
from plugins.queueing.terms import Bucket

_PERMISSION = "queueing.read"
_DAYS = 28
_DAYS_DRAWN = 14
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


@dataclass(frozen=True)
class ServiceToday:
    """A service today: its figures, if somebody came, its target, and how many wait now."""

    service: QueueService
    figures: QueueFigures | None
    waiting: int

    @property
    def is_late(self) -> bool:
        """Whether nine in ten did not wait as short as the target says."""
        p90 = self.figures.wait_p90 if self.figures else None
        return p90 is not None and p90 > self.service.target_wait_minutes


def add_to(pages: Blueprint) -> None:
    """Add the pages of this subject."""

    @pages.get("/<code>/dashboard")
    def dashboard(code: str) -> Any:
        point, ctx = point_named(code), calling.context()
        is_part = request.args.get("part") == "live"
        if not ctx.actor.is_known:
            return abort(401) if is_part else calling.log_in()
        if not may(ctx.actor, _PERMISSION, point):
            abort(403)
        return render_template(
            "queueing/_dashboard_live.html" if is_part else "queueing/dashboard.html",
            point=point,
            stream=url_for("queueing.events", code=point.code),
            poll=url_for("queueing.board", code=point.code),
            **_figures(ctx, point),
        )


def _figures(ctx: Context, point: ServicePoint) -> dict[str, Any]:
    today = local_day(point, ctx.now, ctx.settings)
    first = today - timedelta(days=_DAYS - 1)
    board = current_board(point)
    waiting = {service["id"]: service["waiting"] for service in board["services"]}

    def found(bucket: Bucket, since: date) -> list[QueueFigures]:
        return queue_figures(ctx, first=since, last=today, bucket=bucket, point_id=point.id)

    by_service = {figures.key: figures for figures in found(Bucket.SERVICE, today)}
    hours = found(Bucket.HOUR, today)
    days = found(Bucket.DAY, today - timedelta(days=_DAYS_DRAWN - 1))
    week = found(Bucket.WEEKDAY_HOUR, first)
    services = services_of(point)
    return {
        "now": ctx.now,
        "today": today,
        "days": _DAYS,
        "total": found(Bucket.TOTAL, today)[0],
        "board": board,
        "waiting": sum(waiting.values()),
        "services": [
            ServiceToday(service, by_service.get(str(service.id)), waiting.get(service.id, 0)) for service in services
        ],
        "hours": hours,
        "hours_chart": _arrivals(hours),
        "by_day": days,
        "days_chart": _waits(days, services),
        "week": _cells(week),
        "week_chart": _heat(week),
    }


def _arrivals(hours: Sequence[QueueFigures]) -> Markup:
    drawn = [Column(_hour(one.key), one.arrivals, figure(one.arrivals)) for one in hours]
    return columns(translate(N_("People who came today, by hour")), drawn)


def _waits(days: Sequence[QueueFigures], services: Sequence[QueueService]) -> Markup:
    drawn = [
        Column(f"{date.fromisoformat(one.key):%d.%m}", one.wait_p90, figure(one.wait_p90 and round(one.wait_p90)))
        for one in days
    ]
    targets = {service.target_wait_minutes for service in services}
    # Of several targets no single line would be true.
    target = targets.pop() if len(targets) == 1 else None
    title = translate(N_("Wait of nine in ten, in minutes, by day"))
    return columns(title, drawn, target, translate(N_("Target {minutes}")).format(minutes=target))


def _cells(week: Sequence[QueueFigures]) -> list[tuple[str, str, QueueFigures]]:
    """Return the figures by weekday and hour for the table beside the heat map."""
    return [(translate(_WEEKDAYS[int(one.key[0])]), _hour(one.key[2:]), one) for one in week if "-" in one.key]


def _heat(week: Sequence[QueueFigures]) -> Markup:
    known = [one for one in week if "-" in one.key and one.wait_median is not None]
    hours = sorted({one.key[2:] for one in known})
    weekdays = sorted({int(one.key[0]) for one in known})
    cells = [
        Cell(weekdays.index(int(one.key[0])), hours.index(one.key[2:]), median, figure(round(median)))
        for one in known
        if (median := one.wait_median) is not None
    ]
    title = translate(N_("Median wait in minutes by weekday and hour"))
    return heat_map(title, [translate(_WEEKDAYS[day]) for day in weekdays], [_hour(hour) for hour in hours], cells)


def _hour(key: str) -> str:
    return key or "–"
