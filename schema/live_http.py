"""Streams from the web server itself: each holds one of its threads, so there are few of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import peewee as pw
import structlog
from flask import Response, g, request

from core import connections
from core.errors import Refused
from core.identity.authentication import NotAuthenticated
from core.live.budget import CALLER_FULL, RETRY_SECONDS
from core.live.shutdown import when_told_to_stop
from core.live.states import StateStreams
from core.settings import Settings
from schema.bad_request import BadRequest
from schema.build import Schema
from schema.context import request_context
from schema.live_opening import MEDIA_TYPE, RATE_LIMITED, Limited, Live, Opened
from schema.live_stream import Caller, CutOff
from schema.requests import GraphQLRequest, only_one

log = structlog.get_logger(__name__)

LAST_ID = "Last-Event-ID"
EXPOSED = f"{LAST_ID}, Retry-After, X-Request-Id"
STREAM_HEADERS = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}

Read = Callable[[Settings], GraphQLRequest | list[GraphQLRequest]]
Fault = Callable[[int, str, str], Response]


def places(settings: Settings) -> int:
    """Return how many streams one process of the web server may hold: at least half of its threads stay free."""
    return min(settings.live_max_streams, settings.threads // 2)


class WebStreams:
    """The streams of one process of the web server."""

    def __init__(
        self,
        schema: Schema,
        settings: Settings,
        read: Callable[[Settings], GraphQLRequest | list[GraphQLRequest]],
        fault: Fault,
    ) -> None:
        self._live = Live(schema, settings, places(settings))
        self.states = StateStreams(self._live.hub, self._live.budget)
        self._settings = settings
        self._read = read
        self._fault = fault
        when_told_to_stop(self._live.hub.stop)

    def are_wanted(self) -> bool:
        """Whether the present request asks for a stream."""
        kinds = ["application/json", "application/graphql-response+json", "text/html", MEDIA_TYPE]
        return request.accept_mimetypes.best_match(kinds) == MEDIA_TYPE

    def answer(self) -> Response:
        """Answer the present request with a stream, or with what stands against it."""
        try:
            asked = only_one(self._read(self._settings))
            ctx = request_context(self._settings)
            caller = Caller(request.headers.get("Authorization"), ctx.language, str(g.request_id))
            last_id = request.headers.get(LAST_ID) or request.args.get("lastEventId")
            opened = self._live.open(ctx, caller, asked, last_id, queries_only=request.method != "POST")
        except BadRequest as fault:
            return self._fault(fault.status, fault.code, fault.message)
        except Limited as limited:
            response = self._fault(429, RATE_LIMITED, limited.message)
            response.headers["Retry-After"] = str(limited.retry_after)
            return response
        except NotAuthenticated as refusal:
            response = self._refused(401, refusal)
            response.headers["WWW-Authenticate"] = "Bearer"
            return response
        except Refused as refusal:
            response = self._refused(429 if refusal.problems[0].code in CALLER_FULL else 503, refusal)
            response.headers["Retry-After"] = str(RETRY_SECONDS)
            return response
        if isinstance(opened, bytes):
            return Response(opened, content_type=MEDIA_TYPE, headers=STREAM_HEADERS)
        response = Response(self._frames(opened), content_type=MEDIA_TYPE, headers=STREAM_HEADERS)
        response.headers[LAST_ID] = str(opened.position)
        # For a page of another origin that may call.
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
        # Also when the client has gone before the first line.
        response.call_on_close(opened.leave)
        return response

    def _refused(self, status: int, refusal: Refused) -> Response:
        return self._fault(status, refusal.problems[0].code, refusal.problems[0].message())

    def _frames(self, opened: Opened) -> Iterator[bytes]:
        hub, position = opened.hub, opened.position
        try:
            yield opened.beginning
            while not hub.stopped:
                woken = hub.wait(position, self._settings.live_keepalive_seconds)
                with _connection():
                    step = opened.stream.step(hub, position, is_quiet=not woken)
                position = step.position
                yield from step.parts
                if step.is_over:
                    return
        except CutOff:
            # Without "complete": the client comes again, with the last id that it has seen.
            return
        finally:
            opened.leave()


@contextmanager
def _connection() -> Iterator[None]:
    try:
        connections.acquire()
        yield
    except (pw.OperationalError, pw.InterfaceError) as error:
        log.warning("a stream is cut off, the database failed", error=str(error))
        connections.discard()
        raise CutOff from error
    finally:
        connections.release()
