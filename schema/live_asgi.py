"""Streams from a process of their own (`kinerja live`): many at once, on one event loop and a few threads."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import parse_qsl
from uuid import uuid4

import orjson
import peewee as pw
import structlog
from werkzeug.datastructures import LanguageAccept, MIMEAccept
from werkzeug.http import parse_accept_header, parse_options_header

from core import connections, metrics
from core.app import HTTP_TEXTS, SECURITY_HEADERS
from core.context import Context
from core.contributions import Pages
from core.database import connect
from core.errors import Refused
from core.i18n import LANGUAGES, N_, speaking, translate
from core.identity.authentication import NotAuthenticated, identify
from core.live.budget import CALLER_FULL, RETRY_SECONDS
from core.live.frames import Step
from core.live.reading import newest
from core.live.states import NO_PLACE, Followed, State, StateStreams
from core.logs import configure_logging
from core.plugin_host import start
from core.rates import Budget, client_address, key_of, rates_for
from core.registry import Registry
from core.settings import Settings, load_settings
from schema.application import application_schema
from schema.bad_request import BadRequest
from schema.live_http import EXPOSED, LAST_ID, STREAM_HEADERS
from schema.live_opening import MEDIA_TYPE, RATE_LIMITED, Limited, Live, Opened
from schema.live_stream import Caller, CutOff
from schema.requests import GraphQLRequest, only_one, read_body, read_parameters

log = structlog.get_logger(__name__)

T = TypeVar("T")
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Answer = tuple[int, Mapping[str, str], bytes]

PATHS = frozenset({"/graphql", "/graphql/", "/graphql/stream"})
THREADS = 8
"""Deliveries worked out at the same time; each thread has a connection to the database."""

_BODY_SECONDS = 30
_READ_AWAY = 4  # times the longest body, of one that is longer
_PROBES = {"/healthz": b'{"status":"alive"}', "/readyz": b'{"status":"ready"}'}
_TOO_LATE = N_("The request did not come whole in time. Send it again, over a better line.")
_STREAMS_ONLY = N_("This process serves streams only. Send Accept: {accept}, or ask the web server (kinerja serve).")


def application() -> "LiveApplication":
    """Make the ASGI application from the settings around it."""
    settings = load_settings()
    configure_logging(production=settings.production)
    connect(settings.database_url)
    registry = start(settings, web=True)
    made = LiveApplication(Live(application_schema(registry), settings, settings.live_max_streams), registry)
    # Every thread of work opens a connection of its own.
    connections.discard()
    return made


class LiveApplication:
    """The streams of one process, as an ASGI application."""

    def __init__(self, live: Live, registry: Registry) -> None:
        self._live = live
        self._states = StateStreams(live.hub, live.budget)
        self._pages: list[Pages] = [pages for _, pages in registry.owned("register_pages") if pages.states]
        self._settings = live.settings
        self._pool = ThreadPoolExecutor(min(THREADS, self._settings.threads), thread_name_prefix="live")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news: dict[asyncio.Event, frozenset[str]] = {}
        self._rates = rates_for(self._settings)
        live.hub.wake_with(self._wake)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection, or follow the life of the process."""
        if scope["type"] == "lifespan":
            await self._live_through(receive, send)
        elif scope["type"] == "http":
            await self._serve(_Request(scope, receive, self._settings), send)

    async def _live_through(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._loop = asyncio.get_running_loop()
                # The server waits for open connections, so the streams must end first; then it gets its signal.
                self._loop.add_signal_handler(signal.SIGTERM, self._stop)
                await send({"type": "lifespan.startup.complete"})
            else:
                self._live.hub.stop()
                self._pool.shutdown(wait=False, cancel_futures=True)
                await send({"type": "lifespan.shutdown.complete"})
                return

    def _stop(self) -> None:
        self._live.hub.stop()
        os.kill(os.getpid(), signal.SIGINT)

    def _wake(self, names: frozenset[str] | None) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(self._wake_those, names)

    def _wake_those(self, names: frozenset[str] | None) -> None:
        for news, events in self._news.items():
            if names is None or not events.isdisjoint(names):
                news.set()

    async def _serve(self, request: "_Request", send: Send) -> None:
        with speaking(request.language):
            try:
                opened = await self._open(request)
            except BadRequest as fault:
                opened = _fault(request, fault.status, fault.code, fault.message)
            except Limited as limited:
                headers = {"Retry-After": str(limited.retry_after)}
                opened = _fault(request, 429, RATE_LIMITED, limited.message, headers)
            except NotAuthenticated as refusal:
                opened = _refused(request, 401, refusal, {"WWW-Authenticate": "Bearer"})
            except Refused as refusal:
                status = 429 if refusal.problems[0].code in CALLER_FULL else 503
                opened = _refused(request, status, refusal, {"Retry-After": str(RETRY_SECONDS)})
            except TimeoutError:
                # The body did not come in time.
                opened = _fault(request, 408, "REQUEST_TIMEOUT", translate(_TOO_LATE))
            except CutOff:
                opened = _fault(request, 503, "DATABASE_UNAVAILABLE", translate(HTTP_TEXTS[503]))
            except Exception:
                log.exception("unexpected error", request_id=request.id)
                text = translate(HTTP_TEXTS[500]).replace("{id}", request.id)
                opened = _fault(request, 500, "INTERNAL_ERROR", text)
        if isinstance(opened, Opened | Followed):
            await self._stream(request, opened, send)
        else:
            await _send_whole(request, opened, send)

    async def _open(self, request: "_Request") -> Opened | Followed | Answer:
        pages = next((pages for pages in self._pages if request.path.startswith(f"{pages.prefix}/")), None)
        if pages is not None and request.method == "GET":
            return await self._work(lambda: self._follow(request, pages))
        if request.path not in PATHS:
            return await self._about_itself(request)
        if request.method == "OPTIONS":
            return request.preflight()
        if request.method not in {"GET", "POST"}:
            return _fault(request, 405, "METHOD_NOT_ALLOWED", translate(HTTP_TEXTS[405]))
        if request.path != "/graphql/stream" and not request.takes_streams:
            return _fault(request, 406, "STREAMS_ONLY", translate(_STREAMS_ONLY).format(accept=MEDIA_TYPE))
        body = await request.body() if request.method == "POST" else b""
        opened = await self._work(lambda: self._begin(request, body))
        return opened if isinstance(opened, Opened) else (200, {"Content-Type": MEDIA_TYPE, **STREAM_HEADERS}, opened)

    async def _about_itself(self, request: "_Request") -> Answer:
        if request.path == "/metrics":
            if not metrics.may_read(self._settings, request.remote, request.titled_headers):
                return _fault(request, 403, "FORBIDDEN", translate(HTTP_TEXTS[403]))
            return 200, {"Content-Type": metrics.CONTENT_TYPE}, await self._work(metrics.page)
        if request.path not in _PROBES:
            return _fault(request, 404, "NOT_FOUND", translate(HTTP_TEXTS[404]))
        if request.path == "/readyz":
            await self._work(newest)
        return 200, {"Content-Type": "application/json"}, _PROBES[request.path]

    def _begin(self, request: "_Request", body: bytes) -> Opened | bytes:
        with speaking(request.language):
            asked = request.asked(body)
            known = identify(request.header("authorization"), self._settings)
        language = request.language if request.asks_for_language else known.language or request.language
        caller = Caller(request.header("authorization"), language, request.id)
        last_id = request.header(LAST_ID.lower()) or request.parameters.get("lastEventId")
        ctx = Context(actor=known.actor, settings=self._settings, request_id=request.id, language=language)
        ctx.budget = Budget(self._rates, key_of(known.actor.account_id, self._address(request)))
        return self._live.open(ctx, caller, asked, last_id, queries_only=request.method != "POST")

    def _follow(self, request: "_Request", pages: Pages) -> Followed | Answer:
        find = pages.states
        state: State | None = find(request.path.removeprefix(pages.prefix)) if find else None
        if state is None:
            return _fault(request, 404, "NOT_FOUND", translate(HTTP_TEXTS[404]))
        try:
            return self._states.follow(state, key_of(None, self._address(request)))
        except Refused:
            return NO_PLACE, {"Retry-After": str(RETRY_SECONDS)}, b""

    def _address(self, request: "_Request") -> str:
        proxies = self._settings.trusted_proxies
        return client_address(request.remote, request.header("x-forwarded-for") or "", proxies)

    async def _work(self, act: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, _with_connection, act)

    async def _stream(self, request: "_Request", opened: Opened | Followed, send: Send) -> None:
        telling = asyncio.ensure_future(self._tell(request, opened, send))
        leaving = asyncio.ensure_future(request.gone())
        try:
            await asyncio.wait({telling, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            telling.cancel()
            opened.leave()
            with suppress(asyncio.CancelledError):
                await telling

    async def _tell(self, request: "_Request", opened: Opened | Followed, send: Send) -> None:
        hub, position, quiet = self._live.hub, opened.position, self._settings.live_keepalive_seconds
        news = asyncio.Event()
        self._news[news] = opened.stream.events
        try:
            headers = {"Content-Type": f"{MEDIA_TYPE}; charset=utf-8", LAST_ID: str(position), **STREAM_HEADERS}
            await self._send(send, request.start(200, headers))
            await self._send(send, _part(opened.beginning))
            # What a client missed that comes again is told at once.
            woken = True
            while not hub.stopped:
                step = await self._step(opened, position, is_quiet=not woken)
                is_behind = step.position > position
                position = step.position
                for part in step.parts:
                    await self._send(send, _part(part))
                if step.is_over:
                    break
                woken = is_behind or await _happens(news, quiet)
                news.clear()
            await self._send(send, {"type": "http.response.body", "body": b"", "more_body": False})
        except (TimeoutError, CutOff, OSError, RuntimeError) as error:
            # Left without "complete": a client that lives comes again, with the last id that it has seen.
            log.info("a stream is cut off", request_id=request.id, reason=type(error).__name__)
        finally:
            del self._news[news]

    async def _step(self, opened: Opened | Followed, position: int, *, is_quiet: bool) -> Step:
        return await self._work(lambda: opened.stream.step(self._live.hub, position, is_quiet=is_quiet))

    async def _send(self, send: Send, message: Message) -> None:
        # Waits while the client does not read; one that does not for long is cut off rather than written for.
        await asyncio.wait_for(send(message), self._settings.live_send_seconds)


class _Request:
    """What is wanted of an ASGI request."""

    def __init__(self, scope: Scope, receive: Receive, settings: Settings) -> None:
        self.method = str(scope["method"])
        self.path = str(scope["path"])
        self.parameters = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        self._headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        self._receive = receive
        self.remote: str | None = (scope.get("client") or (None,))[0]
        self._settings = settings
        self.id = uuid4().hex
        wanted = self.parameters.get("language")
        accepted = parse_accept_header(self.header("accept-language") or "", LanguageAccept)
        self.asks_for_language = wanted in LANGUAGES or bool(accepted)
        self.language = (
            wanted if wanted in LANGUAGES else accepted.best_match(LANGUAGES, settings.default_language)
        ) or settings.default_language

    @property
    def titled_headers(self) -> dict[str, str]:
        """The headers under names as they are usually written."""
        return {name.title(): value for name, value in self._headers.items()}

    @property
    def takes_streams(self) -> bool:
        """Whether the client takes an event stream."""
        kinds = ["application/json", MEDIA_TYPE]
        return parse_accept_header(self.header("accept") or "", MIMEAccept).best_match(kinds) == MEDIA_TYPE

    def header(self, name: str) -> str | None:
        """Return a header by its lower-case name."""
        return self._headers.get(name)

    def asked(self, body: bytes) -> GraphQLRequest:
        """Read the operation."""
        if self.method == "POST":
            return only_one(read_body(body, self._settings))
        return read_parameters(self.parameters)

    async def body(self) -> bytes:
        """Return the body, if it is JSON and not too large; many clients see an answer only once they have sent all."""
        body = await asyncio.wait_for(self._whole_body(), _BODY_SECONDS)
        kind, options = parse_options_header(self.header("content-type"))
        if kind != "application/json":
            text = N_("The body is {given}. Send it as {wanted}.")
            raise BadRequest("BAD_CONTENT_TYPE", text, 415, given=kind or "?", wanted="application/json")
        if options.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
            raise BadRequest("BAD_CHARSET", N_("The body is not in UTF-8. Send it in UTF-8."), 415)
        if body is None:
            text = N_("The body has more than {limit} bytes. Send less at once, in several requests.")
            raise BadRequest("BODY_TOO_LARGE", text, 413, limit=self._settings.graphql_max_bytes)
        return body

    async def _whole_body(self) -> bytes | None:
        body, size, limit = bytearray(), 0, self._settings.graphql_max_bytes
        while size <= _READ_AWAY * limit:
            message = await self._receive()
            part = message.get("body", b"")
            size += len(part)
            if size <= limit:
                body += part
            if message["type"] == "http.disconnect" or not message.get("more_body", False):
                break
        return bytes(body) if size <= limit else None

    async def gone(self) -> None:
        """Return when the client has closed the connection."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    def start(self, status: int, headers: Mapping[str, str]) -> Message:
        """Return the beginning of an answer, with the headers that every answer has."""
        every = {**SECURITY_HEADERS, "X-Request-Id": self.id, **self._origin(), **headers}
        pairs = [(name.lower().encode(), value.encode("latin-1")) for name, value in every.items()]
        return {"type": "http.response.start", "status": status, "headers": pairs}

    def preflight(self) -> Answer:
        """Answer a browser's question whether another page may call."""
        allowed = f"Authorization, Content-Type, Accept-Language, X-Request-Id, {LAST_ID}"
        headers = {
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": allowed,
            "Access-Control-Max-Age": "600",
        }
        return 204, headers if self._origin() else {}, b""

    def _origin(self) -> dict[str, str]:
        origin = self.header("origin")
        if origin not in self._settings.cors_origins:
            return {}
        return {
            "Access-Control-Allow-Origin": str(origin),
            "Access-Control-Expose-Headers": EXPOSED,
            "Vary": "Origin",
        }


def _with_connection(act: Callable[[], T]) -> T:
    try:
        connections.acquire()
        return act()
    except (pw.OperationalError, pw.InterfaceError) as error:
        log.warning("the database failed", error=str(error))
        connections.discard()
        raise CutOff from error
    finally:
        connections.release()


async def _happens(news: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(news.wait(), seconds)
    except TimeoutError:
        return False
    return True


def _part(content: bytes) -> Message:
    return {"type": "http.response.body", "body": content, "more_body": True}


async def _send_whole(request: _Request, answer: Answer, send: Send) -> None:
    status, headers, body = answer
    await send(request.start(status, {"Cache-Control": "no-store", **headers, "Content-Length": str(len(body))}))
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _fault(request: _Request, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Answer:
    content = {"errors": [{"message": message, "extensions": {"code": code, "requestId": request.id}}]}
    return status, {"Content-Type": "application/json; charset=utf-8", **(headers or {})}, orjson.dumps(content)


def _refused(request: _Request, status: int, refusal: Refused, headers: Mapping[str, str]) -> Answer:
    return _fault(request, status, refusal.problems[0].code, refusal.problems[0].message(), headers)
