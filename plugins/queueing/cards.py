"""The queue on the start page of the back office: today at the service points whose queue the person may see."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import peewee as pw
from babel.numbers import format_decimal

from core.organisation.models import WorkUnit
from core.organisation.scope import read_paths
from core.organisation.services.changing import rows_of
from core.plugin_api import N_, Context, DashboardCard, Figure, Link, as_condition, translate, visible
from plugins.queueing.models import Counter, CounterShift, QueueService, ServicePoint, Ticket
from plugins.queueing.policies import points_within, services_within
from plugins.queueing.reading.metrics import queue_figures
from plugins.queueing.roles import READ
from plugins.queueing.services.calendar import local_day
from plugins.queueing.terms import TicketState

POINTS_SHOWN = 5
"""So many points are named with those who wait there, the longest lines first; the figures are of all of them."""


def figures_of_today(ctx: Context) -> list[Figure]:
    """Return how today goes at the points that the caller reads; nothing for whoever reads the queue of none."""
    services = _services(ctx)
    if not services:
        return []
    # Where it is already tomorrow at one of the points, both days are shown rather than none of them whole.
    days = {local_day(service.point, ctx.now, ctx.settings) for service in services}
    (today,) = queue_figures(ctx, first=min(days), last=max(days))
    targets = sorted({service.target_wait_minutes for service in services})
    return [
        Figure(N_("Waiting now"), _number(ctx, today.waiting)),
        *_lines_of_points(ctx, services),
        Figure(N_("Served today"), _number(ctx, today.served)),
        Figure(N_("Median wait today (target), in minutes"), f"{_number(ctx, today.wait_median)} ({_span(targets)})"),
        Figure(N_("Waits within the target today, in %"), _number(ctx, today.within_target_percent)),
    ]


def _services(ctx: Context) -> list[QueueService]:
    """Return what is served where the caller reads the queue, with the points; one's own tickets alone make no card."""
    inside = services_within(QueueService, read_paths(ctx.actor, READ))
    rows = (
        QueueService.select(QueueService, ServicePoint)
        .join(ServicePoint)
        .where(QueueService.is_active & ServicePoint.is_active, as_condition(inside))
    )
    return list(rows)


def _lines_of_points(ctx: Context, services: Sequence[QueueService]) -> list[Figure]:
    """Return how many wait at each of several points, the longest lines first."""
    points = {service.point_id: service.point for service in services}
    if len(points) == 1:
        return []
    days = sorted({local_day(point, ctx.now, ctx.settings) for point in points.values()})
    waiting: dict[int, int] = dict(
        rows_of(
            Ticket.select(QueueService.point, pw.fn.COUNT(Ticket.id))
            .join(QueueService)
            .where(
                Ticket.service.in_([service.id for service in services]),
                Ticket.day.in_(days),
                Ticket.state == TicketState.WAITING,
                as_condition(visible(ctx.actor, Ticket)),
            )
            .group_by(QueueService.point)
        )
    )
    longest = sorted(points.values(), key=lambda point: (-waiting.get(point.id, 0), point.name))
    at = translate(N_("Waiting at {point}"), ctx.language)
    return [
        Figure(at.format(point=point.name), _number(ctx, waiting.get(point.id, 0))) for point in longest[:POINTS_SHOWN]
    ]


def _number(ctx: Context, value: Decimal | int | None) -> str:
    return "–" if value is None else str(format_decimal(value, locale=ctx.language))


def _span(values: Sequence[Any]) -> str:
    return f"{values[0]}–{values[-1]}" if values[0] != values[-1] else str(values[0])


def pages_of_today(ctx: Context) -> list[Link]:
    """Return the ways to the pages of the caller's points: one's own counter of today, dashboard, planning, rest."""
    rows = (
        ServicePoint.select(ServicePoint, WorkUnit)
        .join(WorkUnit)
        .where(ServicePoint.is_active, as_condition(points_within(ServicePoint, read_paths(ctx.actor, READ))))
        .order_by(ServicePoint.name, ServicePoint.id)
    )
    points = list(rows)
    counters = _counters_of(ctx, points)
    links = []
    for point in points[:POINTS_SHOWN]:
        pages = [
            *(
                (translate(N_("Counter {number}"), ctx.language).format(number=number), f"counter/{number}")
                for number in counters[point.id]
            ),
            (translate(N_("Dashboard"), ctx.language), "dashboard"),
            (translate(N_("Planning the queue"), ctx.language), "planning"),
            (translate(N_("Display, kiosk and booking"), ctx.language), ""),
        ]
        place = f"{point.name}: " if len(points) > 1 else ""
        links += [Link(f"{place}{title}", f"/-/queueing/{point.code}/{page}") for title, page in pages]
    if len(points) > POINTS_SHOWN:
        links.append(Link(translate(N_("All service points"), ctx.language), "/-/queueing/"))
    return links


def _counters_of(ctx: Context, points: Sequence[ServicePoint]) -> dict[int, list[int]]:
    """Return by point the numbers of the counters where the caller has a shift today."""
    numbers: dict[int, list[int]] = defaultdict(list)
    days = {point.id: local_day(point, ctx.now, ctx.settings) for point in points}
    rows = rows_of(
        CounterShift.select(Counter.point, Counter.number, CounterShift.day)
        .join(Counter)
        .where(
            CounterShift.employee == ctx.actor.employee_id,
            Counter.is_active,
            Counter.point.in_(list(days)),
            CounterShift.day.in_(sorted(set(days.values()))),
        )
        .distinct()
        .order_by(Counter.number)
    )
    for point_id, number, day in rows:
        if day == days[point_id]:
            numbers[point_id].append(number)
    return numbers


CARDS = [DashboardCard("queueing.today", N_("Queues today"), figures_of_today, pages_of_today)]
"""The card of the plugin."""
