"""What is told as it happens: displays and holders of tickets need no account, counters and dashboards do.

Every field shows a state, so that of many events at once only the last is answered. Streams reach every subscriber of
the event, so `concerns` has to be cheap: it asks for a row by its key at most.
"""

from collections.abc import Mapping
from typing import Any

import strawberry

from core.plugin_api import Context, not_found
from plugins.queueing import models
from plugins.queueing.reading.board import board_of
from plugins.queueing.rules.identity import mark_of
from plugins.queueing.schema.board import HeldTicket, QueueBoard, held_ticket, point_by_code, show_board
from plugins.queueing.schema.watching import (
    CounterState,
    QueueDashboard,
    counter_state,
    dashboard_of,
    watched_counter,
    watched_point,
)
from plugins.queueing.services.tickets import ticket_by_token
from schema.engine import decode_id, stream

Payload = Mapping[str, Any]

EVENTS = ("queueing.ticket_changed",)


def _board(ctx: Context, _payload: Payload, point: str) -> QueueBoard:
    return show_board(board_of(point_by_code(ctx, point), ctx.now))


def _concerns_board(_ctx: Context, payload: Payload, point: str) -> bool:
    here = models.ServicePoint.select(models.ServicePoint.id).where(models.ServicePoint.code == point).scalar()
    return bool(payload["point_id"] == here)


def _open_board(ctx: Context, point: str) -> None:
    point_by_code(ctx, point)


def _ticket(ctx: Context, _payload: Payload, token: str) -> HeldTicket | None:
    return held_ticket(ctx, token)


def _concerns_ticket(_ctx: Context, payload: Payload, token: str) -> bool:
    if payload.get("mark") == mark_of(token):
        return True
    ticket, service = models.Ticket, models.QueueService
    # Whoever is called before it brings it forward, also at another service of the same counters.
    near = ticket.select().join(service).where((ticket.token == token) & (service.point == payload["point_id"]))
    return bool(near.where(ticket.day == payload["day"]).exists())


def _open_ticket(_ctx: Context, token: str) -> None:
    if ticket_by_token(token) is None:
        # Without the token: what was sent is not told back.
        raise not_found("token", id="token")


def _counter(ctx: Context, _payload: Payload, counter_id: str) -> CounterState:
    return counter_state(ctx, counter_id)


def _concerns_counter(_ctx: Context, payload: Payload, counter_id: str) -> bool:
    key = decode_id("Counter", counter_id, "counterId")
    if payload["counter_id"] == key:
        return True
    served = models.CounterService
    return bool(served.select().where((served.counter == key) & (served.service == payload["service_id"])).exists())


def _open_counter(ctx: Context, counter_id: str) -> None:
    watched_counter(ctx, counter_id)


def _dashboard(ctx: Context, _payload: Payload, point_id: str) -> QueueDashboard:
    return dashboard_of(ctx, point_id)


def _concerns_dashboard(_ctx: Context, payload: Payload, point_id: str) -> bool:
    return bool(payload["point_id"] == decode_id("ServicePoint", point_id, "pointId"))


def _open_dashboard(ctx: Context, point_id: str) -> None:
    watched_point(ctx, point_id)


class Subscription:
    """What is told as it happens in a queue."""

    queue_board_changed: QueueBoard | None = stream(
        _board,
        "What the display of a service point shows, after each change. Needs no account.",
        events=EVENTS,
        concerns=_concerns_board,
        opening=_open_board,
        args={"point": (str, "Code of the service point.")},
        latest_only=True,
        is_public=True,
    )
    queue_ticket_changed: HeldTicket | None = stream(
        _ticket,
        "A ticket as its holder sees it, after each change of its state, place or wait. Needs no account.",
        events=EVENTS,
        concerns=_concerns_ticket,
        opening=_open_ticket,
        args={"token": (str, "The token of the ticket.")},
        latest_only=True,
        is_public=True,
    )
    counter_changed: CounterState | None = stream(
        _counter,
        "A counter as it stands, after each change of its tickets or of its line.",
        events=EVENTS,
        concerns=_concerns_counter,
        opening=_open_counter,
        args={"counter_id": (strawberry.ID, "The counter.")},
        latest_only=True,
    )
    queue_dashboard_changed: QueueDashboard | None = stream(
        _dashboard,
        "A service point as it stands today, after each change.",
        events=EVENTS,
        concerns=_concerns_dashboard,
        opening=_open_dashboard,
        args={"point_id": (strawberry.ID, "The service point.")},
        latest_only=True,
    )
