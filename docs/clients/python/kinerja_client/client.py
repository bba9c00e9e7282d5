"""The client: sessions, retries, pages and subscriptions over the standard library's HTTP."""

import contextlib
import http.client
import json
import select
import ssl
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
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
    """One delivery of a subscription; `id` continues after it later (`subscribe(…, last_event_id=id)`)."""

    data: D
    id: str


@dataclass(frozen=True)
class _Reply:
    status: int
    headers: http.client.HTTPMessage
    content: Mapping[str, Any]

    @property
    def fault(self) -> KinerjaError:
        errors = self.content.get("errors") or [{}]
        extensions = errors[0].get("extensions") or {}
        return KinerjaError(
            extensions.get("code", f"HTTP_{self.status}"),
            errors[0].get("message", f"HTTP {self.status}"),
            self.status,
            extensions.get("requestId") or self.headers.get("X-Request-Id"),
            errors,
            self.content.get("data"),
        )


def new_idempotency_key() -> str:
    """Return a key for a batch: keep it until the answer has come, and send the same one again."""
    return str(uuid.uuid4())


@dataclass
class Client:
    """A client of one Kinerja, for many threads at once.

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
    _kept: threading.local = field(default_factory=threading.local, repr=False)
    _renewing: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection of this thread."""
        kept = getattr(self._kept, "connection", None)
        if kept is not None:
            kept.close()
        self._kept.connection = None

    def login(self, username: str, password: str) -> None:
        """Log in; raise `Refused` when name and password do not fit."""
        answer = self._send(log_in(username=username, password=password), is_signed=False)
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
        last, failures, renewed = last_event_id, 0, False
        while True:
            wait: float | None = None
            named = 0.0
            try:
                with self._stream(call, last) as opened:
                    if isinstance(opened, _Reply):
                        if opened.status == 401 and not renewed and self._renew_after_401(opened):
                            renewed = True
                            continue
                        if opened.status != 429 and opened.status < 500:
                            raise opened.fault
                        wait = retry_after(opened.headers.get("Retry-After"))
                    else:
                        for event in opened:
                            last, named = event.id or last, event.retry or named
                            if event.event == "complete":
                                return
                            if event.event == "next":
                                failures, renewed = 0, False
                                yield Delivery(self._delivered(event), last)
            except _BROKEN:
                pass
            time.sleep(wait if wait is not None else max(named, back_off(failures, self.longest_wait)))
            failures += 1

    @staticmethod
    def _delivered(event: ServerEvent) -> Any:
        content = json.loads(event.data)
        if content.get("errors"):
            raise _Reply(200, http.client.HTTPMessage(), content).fault
        return content["data"]

    @contextlib.contextmanager
    def _stream(self, call: Call[D], last: str) -> Iterator["Iterator[ServerEvent] | _Reply"]:
        url = self.live_url or self.url
        headers = self._headers(_STREAM) | ({"Last-Event-ID": last} if last else {})
        with contextlib.closing(self._connect(url, self.silence)) as connection:
            connection.request("POST", _target(url), _body(call), headers)
            response = connection.getresponse()
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
                self.close()
                if is_last or not may_repeat:
                    raise KinerjaError("NO_ANSWER", f"No answer from {self.url}: {error}") from error
                time.sleep(back_off(number, self.longest_wait))
                number += 1
                continue
            if reply.status == 401 and is_signed and not renewed and self._renew_after_401(reply):
                renewed = True
                continue
            asked = retry_after(reply.headers.get("Retry-After"))
            # 429 and a 503 that names a time were refused before anything ran; any other 503 may have written.
            again = reply.status == 429 or (reply.status == 503 and (may_repeat or asked is not None))
            if again and not is_last:
                time.sleep(asked if asked is not None else back_off(number, self.longest_wait))
                number += 1
                continue
            data = reply.content.get("data")
            if reply.status >= 400 or reply.content.get("errors") or data is None:
                raise reply.fault
            return Answer(data, reply.content.get("extensions") or {}, reply.headers.get("X-Request-Id"))

    def _post(self, call: Call[D], *, is_signed: bool) -> _Reply:
        headers = self._headers(_JSON, is_signed=is_signed)
        connection = getattr(self._kept, "connection", None)
        if connection is None or _is_stale(connection):
            self.close()
            connection = self._kept.connection = self._connect(self.url, self.timeout)
        connection.request("POST", _target(self.url), _body(call), headers)
        response = connection.getresponse()
        return _Reply(response.status, response.headers, _content(response.read()))

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

    def _renew_after_401(self, _reply: _Reply) -> bool:
        held = self.tokens
        if held is None:
            return False
        self._renew(held)
        return True

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
