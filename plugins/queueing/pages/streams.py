"""What pages follow live: the board of a point and the state of a ticket, as streams or asked for again and again."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

import orjson
from flask import Blueprint, Response, abort, current_app, request

from core.live.budget import RETRY_SECONDS
from core.live.states import NO_PLACE, State, StateStreams
from core.plugin_api import Refused, active_registry
from core.rates import key_of
from plugins.queueing.models import ServicePoint, Ticket
from plugins.queueing.pages import calling
from plugins.queueing.pages.finding import point_named, ticket_named
from plugins.queueing.reading.board import board_of
from plugins.queueing.reading.line import ahead_of
from plugins.queueing.rules.identity import mark_of
from plugins.queueing.services.tickets import ticket_by_token
from plugins.queueing.terms import TicketState

CHANGED = frozenset({"queueing.ticket_changed"})

_HEADERS = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}
_PHONES = 0.5
"""Phones of citizens leave half of the places to displays and counters; they ask again and again instead."""


def add_to(pages: Blueprint) -> None:
    """Add the pages of this subject."""

    @pages.get("/<code>/events")
    def events(code: str) -> Response:
        return _stream(board_state(point_named(code)))

    @pages.get("/<code>/board")
    def board(code: str) -> Response:
        return _current(board_state(point_named(code)))

    @pages.get("/t/<token>/events")
    def ticket_events(token: str) -> Response:
        return _stream(ticket_state(ticket_named(token)))

    @pages.get("/t/<token>/state")
    def ticket_now(token: str) -> Response:
        return _current(ticket_state(ticket_named(token)))


def state_at(path: str) -> State | None:
    """Return the state that a stream of this address below /-/queueing tells, for `kinerja live`."""
    match path.strip("/").split("/"):
        case ["t", token, "events"]:
            ticket = ticket_by_token(token)
            return ticket_state(ticket) if ticket else None
        case [code, "events"]:
            point = ServicePoint.get_or_none((ServicePoint.code == code) & ServicePoint.is_active)
            return board_state(point) if point else None
        case _:
            return None


def board_state(point: ServicePoint) -> State:
    """Return what displays, counters and dashboards of a point follow: numbers only, fit for every eye."""
    return State(f"queueing.board.{point.id}", CHANGED, partial(_is_at, point.id), partial(_board, point.id))


def ticket_state(ticket: Ticket) -> State:
    """Return what the page of a ticket follows."""
    concerns = _Moves(mark_of(ticket.token), ticket.service_id)
    return State(f"queueing.ticket.{ticket.id}", CHANGED, concerns, partial(_ticket, ticket.token), share=_PHONES)


def current_board(point: ServicePoint) -> dict[str, Any]:
    """Return the board of a point as streams tell it."""
    found: dict[str, Any] = orjson.loads(_board(point.id))
    return found


def _is_at(point_id: int, payload: Mapping[str, Any]) -> bool:
    return bool(payload.get("point_id") == point_id)


@dataclass
class _Moves:
    """Whether something changes what the holder of a ticket sees: their own news, and what happens in their line."""

    mark: str
    service_id: int

    def __call__(self, payload: Mapping[str, Any]) -> bool:
        if payload.get("mark") == self.mark:
            # Whoever is handed on waits in the line of another service from then on.
            self.service_id = payload["service_id"]
            return True
        return bool(payload.get("service_id") == self.service_id)


def _board(point_id: int) -> bytes:
    board = board_of(ServicePoint.get_by_id(point_id), calling.now())
    return orjson.dumps(
        {
            "open": board.open_counters,
            "last": board.last_event,
            "calls": [
                {"label": call.label, "counter": call.counter, "at": call.called_at.isoformat(), "calls": call.calls}
                for call in board.calls
            ],
            "services": [
                {
                    "id": service.service_id,
                    "name": service.name,
                    "prefix": service.prefix,
                    "waiting": service.waiting,
                    "next": list(service.next_labels),
                }
                for service in board.services
            ],
        }
    )


def _ticket(token: str) -> bytes:
    ticket = ticket_by_token(token)
    if ticket is None:
        return b'{"state":null}'
    ahead = ahead_of(ticket) if ticket.state is TicketState.WAITING else None
    return orjson.dumps({"state": ticket.state.value, "ahead": ahead, "calls": ticket.calls, "version": ticket.version})


def _streams() -> StateStreams:
    found: StateStreams | None = current_app.extensions.get("kinerja.states")
    if found is None:
        abort(404)
    return found


def _stream(state: State) -> Response:
    try:
        followed = _streams().follow(state, key_of(None, calling.address()))
    except Refused:
        # The page asks again and again instead, and for a stream after a while.
        return Response(status=NO_PLACE, headers={"Retry-After": str(RETRY_SECONDS)})
    keepalive = active_registry().settings.live_keepalive_seconds
    response = Response(followed.parts(keepalive), content_type="text/event-stream", headers=_HEADERS)
    # Also when the client has gone before the first line.
    response.call_on_close(followed.leave)
    return response


def _current(state: State) -> Response:
    position, body = _streams().states.current(state)
    response = Response(body, content_type="application/json", headers={"Cache-Control": "no-cache"})
    response.headers["Last-Event-ID"] = str(position)
    response.set_etag(sha256(body).hexdigest()[:24])
    response.make_conditional(request)
    return response
