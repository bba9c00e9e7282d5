"""The client: sessions, retries, pages and subscriptions over the standard library's HTTP."""

import contextlib
import http.client
import json
import select
import ssl
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Self, TypeVar
from urllib.parse import urlsplit

from kinerja_client.errors import KinerjaError, Refused
from kinerja_client.events import ServerEvent, events_of
from kinerja_client.operation import Call, Page
from kinerja_client.session import log_in, log_out, refresh
from kinerja_client.waiting import back_off, retry_after

D = TypeVar("D")
R = TypeVar("R")

_EARLY = 30.0
_JSON = "application/graphql-response+json, application/json;q=0.9"
_STREAM = "text/event-stream"
_BROKEN = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Tokens:
    """The tokens of a session; a refresh token works once. `expires_at` is in seconds since 1970."""

    access_token: str
    refresh_token: str
    expires_at: float


@dataclass(frozen=True)
class Answer(Generic[D]):
    """The data of an operation with its extensions (the cost, for instance) and the number of its request."""

    data: D
    extensions: Mapping[str, Any]
    request_id: str | None


@dataclass(frozen=True)
class Delivery(Generic[D]):
    """One delivery of a subscription; `id` continues after it later (`subscribe(…, last_event_id=id)`).

    `errors` are about what could not be read although the rest was; `extensions["live"]` names the event and its time.
    """

    data: D
    id: str
    errors: Sequence[Mapping[str, Any]] = ()
    extensions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Reply:
    status: int
    headers: http.client.HTTPMessage
    content: Mapping[str, Any]

    @property
    def first(self) -> Mapping[str, Any]:
        errors: Sequence[Mapping[str, Any]] = self.content.get("errors") or ({},)
        return errors[0]

    @property
    def code(self) -> str:
        return str((self.first.get("extensions") or {}).get("code", f"HTTP_{self.status}"))

    @property
    def fault(self) -> KinerjaError:
        return KinerjaError(
            self.code,
            self.first.get("message", f"HTTP {self.status}"),
            self.status,
            (self.first.get("extensions") or {}).get("requestId") or self.headers.get("X-Request-Id"),
            self.content.get("errors") or (),
            self.content.get("data"),
        )


@dataclass
class _Place:
    """How far a subscription has come."""

    last: str
    named: float = 0.0
    failures: int = 0
    renewed: bool = False
    is_over: bool = False
    has_lost_session: bool = False

    def renew(self, renewing: Callable[[], None]) -> None:
        """Get new tokens, once until the next delivery."""
        renewing()
        self.renewed = True


def new_idempotency_key() -> str:
    """Return a key for a batch: keep it until the answer has come, and send the same one again."""
    return str(uuid.uuid4())


@dataclass
class Client:
    """A client of one Kinerja, for many threads at once; close it, or use it as a context.

    `url` is the address of the API (https://kinerja.example.go.id/graphql), `live_url` that of `kinerja live` where it
    answers elsewhere. A person logs in; a program gives an `api_token`. `attempts` counts how often a request is sent
    before it is given up; `longest_wait`, `timeout` and `silence` (after which a stream counts as broken) are seconds.
    """

    url: str
    live_url: str | None = None
    api_token: str | None = None
    tokens: Tokens | None = None
    on_tokens: Callable[[Tokens | None], None] = lambda _tokens: None
    language: str = "id"
    attempts: int = 5
    longest_wait: float = 30.0
    timeout: float = 60.0
    silence: float = 60.0
    tls: ssl.SSLContext | None = None
    _idle: deque[http.client.HTTPConnection] = field(default_factory=deque, repr=False)
    _renewing: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept for the next calls."""
        while (connection := self._take()) is not None:
            connection.close()

    def login(self, username: str, password: str, code: str | None = None) -> None:
        """Log in; raise `Refused` when name and password do not fit, or a code is needed (SECOND_FACTOR_NEEDED)."""
        answer = self._send(log_in(username=username, password=password, code=code), is_signed=False)
        self._keep(answer.data["login"])

    def logout(self) -> None:
        """End the session on the server and forget its tokens."""
        if self.tokens is not None:
            self.run(log_out())
        self._forget()

    def run(self, call: Call[D], *, is_idempotent: bool = False) -> D:
        """Run a query or a mutation and return its data; a mutation's problems are in its payload (see `done`).

        Say `is_idempotent` for a mutation with an idempotency key: then it is sent again when an answer is lost.
        """
        return self.execute(call, is_idempotent=is_idempotent).data

    def execute(self, call: Call[D], *, is_idempotent: bool = False) -> Answer[D]:
        """Like `run`, with the cost of the operation and the number of its request."""
        return self._send(call, may_repeat=call.kind == "query" or is_idempotent)

    def pages(self, call: Call[D], connection: Callable[[D], Page[R] | None]) -> Iterator[R]:
        """Yield a connection row by row, page after page; the operation takes `after` and selects `pageInfo`."""
        while True:
            page = connection(self.run(call))
            if page is None:
                return
            yield from page["nodes"]
            if not page["pageInfo"]["hasNextPage"]:
                return
            call = call.after(page["pageInfo"]["endCursor"])

    def subscribe(self, call: Call[D], *, last_event_id: str = "") -> Iterator[Delivery[D]]:
        """Yield what happens, from now on or after an event, until the server completes the subscription.

        A broken connection is made again and continues after the last event, so that nothing is missed.
        """
        place = _Place(last_event_id)
        while True:
            wait: float | None = None
            place.has_lost_session = False
            try:
                with self._stream(call, place.last) as opened:
                    if isinstance(opened, _Reply):
                        wait = self._wait_of(opened, place)
                    else:
                        yield from self._deliveries(opened, place)
                        if place.is_over:
                            return
                        if place.has_lost_session:
                            place.renew(self._renew_now)
                            wait = 0.0
            except _BROKEN:
                pass
            except KinerjaError as error:
                # The tokens could not be renewed now.
                if not error.may_pass:
                    raise
            time.sleep(wait if wait is not None else max(place.named, back_off(place.failures, self.longest_wait)))
            place.failures += 1

    def _wait_of(self, reply: _Reply, place: "_Place") -> float | None:
        """Return the seconds to wait after a refusal (None: as usual); raise it when waiting does not help."""
        if reply.status == 401 and not place.renewed and self.tokens is not None:
            place.renew(self._renew_now)
            return 0.0
        if not reply.fault.may_pass:
            raise reply.fault
        return retry_after(reply.headers.get("Retry-After"))

    def _deliveries(self, events: Iterator[ServerEvent], place: "_Place") -> Iterator[Delivery[Any]]:
        for event in events:
            place.last, place.named = event.id or place.last, event.retry or place.named
            if event.event == "complete":
                place.is_over = True
                return
            if event.event != "next":
                continue
            place.failures = 0
            content = json.loads(event.data)
            if content.get("data") is None:
                fault = _Reply(200, http.client.HTTPMessage(), content).fault
                # The access token may have ended while the stream ran.
                if fault.code != "UNAUTHENTICATED" or place.renewed or self.tokens is None:
                    raise fault
                place.has_lost_session = True
                return
            place.renewed = False
            yield Delivery(content["data"], place.last, content.get("errors") or (), content.get("extensions") or {})

    @contextlib.contextmanager
    def _stream(self, call: Call[D], last: str) -> Iterator["Iterator[ServerEvent] | _Reply"]:
        url = self.live_url or self.url
        headers = self._headers(_STREAM) | ({"Last-Event-ID": last} if last else {})
        with contextlib.closing(self._connect(url, self.silence)) as connection:
            connection.request("POST", _target(url), _body(call), headers)
            # A response of which the server closes the connection outlives the connection.
            with connection.getresponse() as response:
                if response.status == 200 and (response.headers.get("Content-Type") or "").startswith(_STREAM):
                    yield events_of(response)
                else:
                    yield _Reply(response.status, response.headers, _content(response.read()))

    def _send(self, call: Call[D], *, may_repeat: bool = False, is_signed: bool = True) -> Answer[D]:
        renewed = False
        number = 0
        while True:
            is_last = number + 1 >= self.attempts
            try:
                reply = self._post(call, is_signed=is_signed)
            except _BROKEN as error:
                if is_last or not may_repeat:
                    raise KinerjaError("NO_ANSWER", f"No answer from {self.url}: {error}") from error
                time.sleep(back_off(number, self.longest_wait))
                number += 1
                continue
            if reply.status == 401 and is_signed and not renewed and self.tokens is not None:
                self._renew_now()
                renewed = True
                continue
            asked = retry_after(reply.headers.get("Retry-After"))
            is_away = reply.code == "DATABASE_UNAVAILABLE"
            # 429 and a 503 that names a time were refused before anything ran; who lost its database may have written.
            was_refused = reply.status == 429 or (reply.status == 503 and asked is not None and not is_away)
            if (was_refused or (may_repeat and (is_away or reply.status == 503))) and not is_last:
                time.sleep(asked if asked is not None else back_off(number, self.longest_wait))
                number += 1
                continue
            data = reply.content.get("data")
            if reply.status >= 400 or reply.content.get("errors") or data is None:
                raise reply.fault
            return Answer(data, reply.content.get("extensions") or {}, reply.headers.get("X-Request-Id"))

    def _post(self, call: Call[D], *, is_signed: bool) -> _Reply:
        headers = self._headers(_JSON, is_signed=is_signed)
        connection = self._take()
        while connection is not None and _is_stale(connection):
            connection.close()
            connection = self._take()
        connection = connection or self._connect(self.url, self.timeout)
        try:
            connection.request("POST", _target(self.url), _body(call), headers)
            response = connection.getresponse()
            reply = _Reply(response.status, response.headers, _content(response.read()))
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)
        return reply

    def _take(self) -> http.client.HTTPConnection | None:
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _connect(self, url: str, timeout: float) -> http.client.HTTPConnection:
        parts = urlsplit(url)
        if parts.scheme == "https":
            context = self.tls or ssl.create_default_context()
            return http.client.HTTPSConnection(parts.hostname or "", parts.port, timeout=timeout, context=context)
        return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)

    def _headers(self, accept: str, *, is_signed: bool = True) -> dict[str, str]:
        token = self._access_token() if is_signed else None
        return {
            "Content-Type": "application/json",
            "Accept": accept,
            "Accept-Language": self.language,
            **({"Authorization": f"Bearer {token}"} if token else {}),
        }

    def _access_token(self) -> str | None:
        held = self.tokens
        if held is not None and held.expires_at - _EARLY < time.time():
            self._renew(held)
        return self.tokens.access_token if self.tokens is not None else self.api_token

    def _renew_now(self) -> None:
        if self.tokens is not None:
            self._renew(self.tokens)

    def _renew(self, held: Tokens) -> None:
        # Once, however many threads wait for it: a refresh token that is used twice ends the session.
        with self._renewing:
            if self.tokens is not held:
                return
            payload = self._send(refresh(token=held.refresh_token), is_signed=False).data["refresh"]
            if payload["problems"]:
                self._forget()
            self._keep(payload)

    def _keep(self, payload: Mapping[str, Any]) -> None:
        if payload["problems"]:
            raise Refused(payload["problems"])
        self.tokens = Tokens(payload["accessToken"], payload["refreshToken"], time.time() + payload["expiresIn"])
        self.on_tokens(self.tokens)

    def _forget(self) -> None:
        self.tokens = None
        self.on_tokens(None)


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _body(call: Call[Any]) -> bytes:
    return json.dumps(call.body).encode()


def _content(body: bytes) -> Mapping[str, Any]:
    with contextlib.suppress(ValueError):
        content = json.loads(body)
        if isinstance(content, dict):
            return content
    return {}


def _is_stale(connection: http.client.HTTPConnection) -> bool:
    """Whether the server has closed a kept connection: its end has arrived, so that there is something to read."""
    if connection.sock is None:
        return False
    return bool(select.select([connection.sock], [], [], 0)[0])
