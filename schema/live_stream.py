"""One subscriber's stream, whatever carries it: who it is, what it asked, and what it is told after each event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import peewee as pw
import structlog

from core.actor import Actor
from core.database import utc_now
from core.errors import Refused
from core.events import Event
from core.i18n import N_, speaking, translate
from core.identity.authentication import NotAuthenticated, authenticate
from core.live.frames import Step, beat
from core.live.hub import Hub
from core.logs import about_request
from core.settings import Settings
from schema.build import Schema
from schema.execution import execute
from schema.live_declare import LiveContext, Stream
from schema.problems import show_all
from schema.requests import GraphQLRequest

log = structlog.get_logger(__name__)

COMPLETE = b"event: complete\ndata:\n\n"
MOST_AT_ONCE = 262_144
"""Bytes worked out before they are sent; then it is seen first whether the client takes them."""

_HIDDEN = frozenset({"FORBIDDEN", "NOT_FOUND"})
_INTERNAL = N_("Something went wrong here. Tell your administrator the number {id}.")


@dataclass(frozen=True)
class Caller:
    """Who called: the credential, to be checked again, the language of the call and its number."""

    authorization: str | None
    language: str
    request_id: str


class CutOff(Exception):  # noqa: N818 - what happens to the stream
    """The stream cannot go on now, and nothing may be skipped: the client is to come again."""


class LiveStream:
    """A subscription that runs; every step is done by one thread that has a connection."""

    def __init__(
        self,
        schema: Schema,
        settings: Settings,
        caller: Caller,
        asked: GraphQLRequest,
        key: str,
        source: Stream,
        arguments: Mapping[str, Any],
    ) -> None:
        self._schema = schema
        self._settings = settings
        self._caller = caller
        self._asked = asked
        self._key = key
        self._source = source
        self._arguments = arguments
        self.events = frozenset(source.events)
        self._last: Any = None

    def step(self, hub: Hub, position: int, *, is_quiet: bool) -> Step:
        """Tell what came after `position`; when nothing did and `is_quiet`, see to it that the caller is still one."""
        mine, reached = hub.after(position, self.events)
        if not mine and not is_quiet:
            return Step((), reached)
        try:
            with speaking(self._caller.language), about_request(self._caller.request_id):
                actor = authenticate(self._caller.authorization, self._settings)
                told, last = self._tell(actor, mine)
        except NotAuthenticated as refusal:
            with speaking(self._caller.language):
                end = frame(refused_answer(refusal, self._caller)) + COMPLETE
                return Step((end,), position, is_over=True)
        if last is not None:
            return Step(told, last)
        # A comment keeps proxies from closing; the id lets a client resume from here, though nothing concerned it.
        return Step(told or ((beat(reached),) if is_quiet else ()), reached)

    def _tell(self, actor: Actor, events: Sequence[Event]) -> tuple[tuple[bytes, ...], int | None]:
        """Return what is to be sent about the events, and the id of the last where the rest is for another time."""
        now = utc_now()
        told: list[bytes] = []
        for event in reversed(events) if self._source.latest_only else events:
            ctx = LiveContext(
                actor=actor, settings=self._settings, now=now, request_id=self._caller.request_id,
                language=self._caller.language, event=event,
            )  # fmt: skip
            answer = self._answer(ctx, event)
            if answer is None:
                continue
            if not self._source.latest_only or answer.get("data") != self._last:
                told.append(frame(answer, event))
            if self._source.latest_only:
                self._last = answer.get("data")
                break
            if sum(map(len, told)) > MOST_AT_ONCE:
                return tuple(told), event.id
        return tuple(told), None

    def _answer(self, ctx: LiveContext, event: Event) -> dict[str, Any] | None:
        try:
            concerns = self._source.concerns
            if concerns is not None and not concerns(ctx, event.payload, **self._arguments):
                return None
            asked = self._asked
            answer = execute(self._schema, ctx, asked.query, asked.variables, asked.operation)
        except Refused:
            return None
        except (pw.OperationalError, pw.InterfaceError) as error:
            raise CutOff from error
        except Exception:
            log.exception("a live field failed", field=self._key, event_name=event.name)
            message = translate(_INTERNAL).replace("{id}", ctx.request_id)
            answer = {
                "errors": [{"message": message, "extensions": {"code": "INTERNAL_ERROR", "requestId": ctx.request_id}}]
            }
        codes = {error.get("extensions", {}).get("code") for error in answer.get("errors", ())}
        if "DATABASE_UNAVAILABLE" in codes:
            raise CutOff
        is_empty = (answer.get("data") or {}).get(self._key) is None
        return None if is_empty and codes <= _HIDDEN else answer


def frame(answer: Mapping[str, Any], event: Event | None = None) -> bytes:
    """Return an answer as an event `next` of the graphql-sse protocol, under the id of the event that it tells."""
    if event is None:
        return b"event: next\ndata: " + orjson.dumps(answer, default=str) + b"\n\n"
    # Some clients do not see the id of a message; so it stands in the answer too.
    live = {"eventId": str(event.id), "event": event.name, "at": event.at.isoformat()}
    body = orjson.dumps({**answer, "extensions": {**(answer.get("extensions") or {}), "live": live}}, default=str)
    return b"id: %d\nevent: next\ndata: %s\n\n" % (event.id, body)


def refused_answer(refusal: Refused, caller: Caller) -> dict[str, Any]:
    """Return a refusal as a GraphQL answer without data."""
    shown = show_all(refusal, caller.language)
    problems = [{"path": problem.path, "code": problem.code, "message": problem.message} for problem in shown]
    extensions = {"code": shown[0].code, "problems": problems, "requestId": caller.request_id}
    return {"errors": [{"message": shown[0].message, "extensions": extensions}]}
