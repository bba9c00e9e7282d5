"""A counter and a service point as they stand now, for those who serve and answer there."""

from dataclasses import replace
from datetime import date
from typing import Any

import strawberry

from core.plugin_api import Context, fetch, forbidden, may
from plugins.queueing import models
from plugins.queueing.reading.board import board_of
from plugins.queueing.reading.line import waiting_line
from plugins.queueing.reading.metrics import queue_figures
from plugins.queueing.roles import READ
from plugins.queueing.schema.board import QueueBoard, show_board
from plugins.queueing.schema.figures import QueueFigures
from plugins.queueing.schema.setup_types import Counter, ServicePoint
from plugins.queueing.schema.ticket_types import Ticket
from plugins.queueing.services.calendar import local_day
from plugins.queueing.terms import Bucket, TicketState
from schema.engine import decode_id, root_value

SHOWN_OF_LINE = 20
"""Tickets of a line that a counter is shown."""

_AT_COUNTER = (TicketState.CALLED, TicketState.SERVING)


@strawberry.type(description="A counter as it stands now: whom it serves, whom it put aside, who is next.")
class CounterState:
    """A counter as it stands now."""

    counter: Counter | None = strawberry.field(description="The counter.")
    day: date = strawberry.field(description="The day, at the service point.")
    current: list[Ticket] = strawberry.field(description="Tickets called to it or served there, the latest first.")
    held: list[Ticket] = strawberry.field(description="Tickets that it put aside.")
    waiting: int = strawberry.field(description="How many wait for what it serves.")
    line: list[Ticket] = strawberry.field(description=f"The first {SHOWN_OF_LINE} of them, in the order of calling.")


@strawberry.type(description="A service point today: its board and its figures.")
class QueueDashboard:
    """A service point today."""

    point: ServicePoint | None = strawberry.field(description="The service point.")
    day: date = strawberry.field(description="The day, at the service point.")
    board: QueueBoard = strawberry.field(description="What its display shows.")
    total: QueueFigures = strawberry.field(description="Figures of the day.")
    services: list[QueueFigures] = strawberry.field(description="The same by service.")
    hours: list[QueueFigures] = strawberry.field(description="The same by hour.")
    counters: list[QueueFigures] = strawberry.field(description="The same by counter.")


def watched_counter(ctx: Context, counter_id: str) -> models.Counter:
    """Return a counter that the caller may watch; refuse otherwise."""
    counter = fetch(models.Counter, decode_id("Counter", counter_id, "counterId"), ctx, "counterId")
    _require_reading(ctx, counter, "counterId")
    return counter


def watched_point(ctx: Context, point_id: str) -> models.ServicePoint:
    """Return a service point that the caller may watch; refuse otherwise."""
    point = fetch(models.ServicePoint, decode_id("ServicePoint", point_id, "pointId"), ctx, "pointId")
    _require_reading(ctx, point, "pointId")
    return point


def _require_reading(ctx: Context, subject: Any, path: str) -> None:
    # An act wants a token that may write; watching does not, and `fetch` has seen to it that the token may read.
    actor = replace(ctx.actor, token_scopes=None)
    if not may(actor, READ, subject):
        raise forbidden(path)


def counter_state(ctx: Context, counter_id: str) -> CounterState:
    """Return a counter as it stands; tickets are loaded by their keys, under policy."""
    counter = watched_counter(ctx, counter_id)
    day = local_day(counter.point, ctx.now, ctx.settings)
    served = models.CounterService.select(models.CounterService.service).where(
        models.CounterService.counter == counter.id
    )
    line = waiting_line([row.service_id for row in served], day)
    ticket = models.Ticket
    mine = list(
        ticket.select(ticket.id, ticket.state)
        .where(
            (ticket.counter == counter.id) & (ticket.day == day) & ticket.state.in_([*_AT_COUNTER, TicketState.HELD])
        )
        .order_by(ticket.called_at.desc(), ticket.id.desc())
    )
    made: Any = CounterState
    return made(  # type: ignore[no-any-return]
        counter=counter.id,
        day=day,
        current=[row.id for row in mine if row.state in _AT_COUNTER],
        held=[row.id for row in mine if row.state is TicketState.HELD],
        waiting=len(line),
        line=[row.id for row in line[:SHOWN_OF_LINE]],
    )


def dashboard_of(ctx: Context, point_id: str) -> QueueDashboard:
    """Return a service point as it stands today."""
    point = watched_point(ctx, point_id)
    day = local_day(point, ctx.now, ctx.settings)

    def figures(bucket: Bucket) -> list[Any]:
        return list(queue_figures(ctx, first=day, last=day, bucket=bucket, point_id=point.id))

    made: Any = QueueDashboard
    return made(  # type: ignore[no-any-return]
        point=point.id,
        day=day,
        board=show_board(board_of(point, ctx.now)),
        total=figures(Bucket.TOTAL)[0],
        services=figures(Bucket.SERVICE),
        hours=figures(Bucket.HOUR),
        counters=figures(Bucket.COUNTER),
    )


class WatchQueries:
    """What stands now, for staff."""

    counter_state: CounterState = root_value(
        counter_state,
        "A counter as it stands now.",
        args={"counter_id": (strawberry.ID, "The counter.")},
    )
    queue_dashboard: QueueDashboard = root_value(
        dashboard_of,
        "A service point as it stands today.",
        args={"point_id": (strawberry.ID, "The service point.")},
    )
