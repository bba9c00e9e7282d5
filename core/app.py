"""The composition root: settings, database, plugins and pages become one Flask application."""

import re
import time
from collections.abc import Sequence
from contextlib import ExitStack
from types import ModuleType
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import uuid4

import peewee as pw
from flask import Flask, Response, g, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Rule
from werkzeug.wrappers import Response as AnyResponse

from core import connections, jobs, metrics
from core.certificates.codes import VERIFY, read_code
from core.certificates.reading import CheckedCertificate, check_certificate
from core.database import connect, database, make_database
from core.errors import CannotStart, Problem, Refused
from core.i18n import LANGUAGES, N_, long_day, speaking, translate
from core.jobs import JobQueue
from core.logs import about_request
from core.migrating import histories_of, pending
from core.plan_cache import plan_once
from core.plugin_host import PluginError, start
from core.rates import Exhausted, Tries, client_address, key_of, rates_for, tries_for, verification_tries_for
from core.registry import Registry
from core.settings import Settings, load_settings
from core.shadowing import shadowed_names

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LANGUAGE_COOKIE = "language"
_CALLERS_HEADERS = "Authorization, Content-Type, Accept-Language, If-None-Match, X-Reason, X-Request-Id, Last-Event-ID"
_A_YEAR = 365 * 24 * 3600
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_NO_DATABASE = frozenset({"healthz", "readyz", "static"})
_READS_PLANNED = "schema.graphql"
_STATUS_OF_REFUSAL = {"FORBIDDEN": 403, "NOT_FOUND": 404, "STALE_VERSION": 409}

HTTP_TEXTS = {
    400: N_("The request cannot be understood. Check what was sent."),
    401: N_("You are not logged in. Log in and repeat."),
    403: N_("You are not allowed to do this. Ask your HR office for the right role."),
    404: N_("There is no such page. Check the address."),
    405: N_("This address does not take such a request. Check the method."),
    413: N_("What was sent is too large. Send less at once."),
    429: N_("Too many requests. Wait a moment and repeat."),
    500: N_("Something went wrong here. Tell your administrator the number {id}."),
    503: N_("The database does not answer. Try again in a moment; administrators see the log."),
}

_REFUSED_UNREAD = frozenset({401, 403, 404, 405, 413, 415})
"""Answers that are given before the body is read, or before all of it is."""

_MOST_READ_AWAY = 4_000_000
"""Bytes that are read away at most, for each megabyte of a permitted upload."""

_PART = 65_536


def create_app(settings: Settings | None = None, plugins: Sequence[str | ModuleType] | None = None) -> Flask:
    """Build the application from `settings` (default: environment and file) with `plugins` (default: by settings).

    Raises:
        CannotStart: settings, plugins, names or the state of the database stand against it; the message has the remedy.
    """
    settings = settings or load_settings()
    shadowed = shadowed_names()
    if shadowed:
        raise CannotStart(shadowed)
    if not _is_connected(settings.database_url):
        connect(settings.database_url)
    registry = start(settings, plugins, web=True)
    jobs.install(JobQueue(settings, registry.jobs))
    app = Flask("core", static_folder="static", template_folder="templates")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        # One file and the text around it; what is larger is not even read.
        MAX_CONTENT_LENGTH=settings.max_upload_mb * 1024 * 1024 + settings.graphql_max_bytes,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.production,
        # A browser takes a name with this prefix only over HTTPS, for this host alone and for all of its paths.
        SESSION_COOKIE_NAME="__Host-session" if settings.production else "session",
    )
    app.extensions["kinerja"] = registry
    app.extensions["kinerja_rates"] = rates_for(settings)
    app.extensions["kinerja_tries"] = tries_for(settings)
    app.extensions["kinerja_verification_tries"] = verification_tries_for(settings)
    app.jinja_env.globals.update(t=translate, settings=settings)
    _frame_requests(app, settings)
    _answer_errors(app)
    _own_pages(app, settings, registry)
    _verification_pages(app, settings)
    _mount_pages(app, registry)
    return app


def _is_connected(url: str) -> bool:
    engine, wanted = database.obj, make_database(url)
    return (
        engine is not None
        and not database.is_closed()
        and (type(engine), engine.database, engine.connect_params)
        == (type(wanted), wanted.database, wanted.connect_params)
    )


def _frame_requests(app: Flask, settings: Settings) -> None:
    @app.before_request
    def open_frame() -> AnyResponse | None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid4().hex
        g.started = time.perf_counter()
        g.frame = ExitStack()
        g.language = _language(settings)
        g.frame.enter_context(speaking(g.language))
        g.frame.enter_context(about_request(g.request_id))
        if request.endpoint not in _NO_DATABASE:
            connections.acquire()
            if request.endpoint != _READS_PLANNED:
                plan_once(wanted=False)
        return _preflight(settings)

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        # Behind a proxy the request itself is plain HTTP; a browser minds this over HTTPS only.
        if settings.production:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={_A_YEAR}")
        response.headers["X-Request-Id"] = g.request_id
        _allow_origin(response, settings)
        route = request.url_rule.rule if request.url_rule else "-"
        metrics.observe(route, request.method, response.status_code, time.perf_counter() - g.started)
        if response.status_code in _REFUSED_UNREAD:
            _read_away(_MOST_READ_AWAY * settings.max_upload_mb)
        return response

    @app.teardown_request
    def close_frame(_error: BaseException | None) -> None:
        connections.release()
        if "frame" in g:
            g.frame.close()


def _read_away(most: int) -> None:
    """Read what is left of a refused body: many clients see the answer only once they have sent all of theirs."""
    stream = request.environ.get("wsgi.input")
    left = min(request.content_length or 0, most)
    while stream is not None and left > 0:
        part = stream.read(min(left, _PART))
        if not part:
            return
        left -= len(part)


def _language(settings: Settings) -> str:
    for wanted in (request.args.get("language"), request.cookies.get(LANGUAGE_COOKIE)):
        if wanted in LANGUAGES:
            return str(wanted)
    return request.accept_languages.best_match(LANGUAGES, settings.default_language) or settings.default_language


def _preflight(settings: Settings) -> AnyResponse | None:
    if request.method == "OPTIONS" and request.headers.get("Origin") in settings.cors_origins:
        response = Response(status=204)
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Access-Control-Allow-Headers"] = _CALLERS_HEADERS
        response.headers["Access-Control-Max-Age"] = "600"
        return response
    return None


def _allow_origin(response: Response, settings: Settings) -> None:
    origin = request.headers.get("Origin")
    if origin in settings.cors_origins:
        response.headers["Access-Control-Allow-Origin"] = str(origin)
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After, X-Request-Id"
        response.vary.add("Origin")


def _answer_errors(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> AnyResponse:
        if error.code is None or error.code < 400:
            return error.get_response()
        response = _error_page(
            error.code, error.name.upper().replace(" ", "_"), HTTP_TEXTS.get(error.code, HTTP_TEXTS[400])
        )
        if isinstance(error, MethodNotAllowed):
            response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
        return response

    @app.errorhandler(Refused)
    def refused(error: Refused) -> AnyResponse:
        first = error.problems[0]
        return _error_page(_STATUS_OF_REFUSAL.get(first.code, 422), first.code, first.message())

    @app.errorhandler(pw.OperationalError)
    @app.errorhandler(pw.InterfaceError)
    def database_gone(error: pw.DatabaseError) -> AnyResponse:
        app.logger.error("the database failed", exc_info=error)
        connections.discard()
        return _error_page(503, "DATABASE_UNAVAILABLE", HTTP_TEXTS[503])

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> AnyResponse:
        app.logger.error("unexpected error", exc_info=error)
        return _error_page(500, "INTERNAL_ERROR", HTTP_TEXTS[500])


def _error_page(status: int, code: str, text: str) -> AnyResponse:
    message = translate(text).replace("{id}", g.request_id)
    if request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html":
        page = render_template(
            "error.html", status=status, message=message, request_id=g.request_id, language=g.language
        )
        return Response(page, status=status)
    response = jsonify({"error": {"code": code, "message": message, "requestId": g.request_id}})
    response.status_code = status
    return response


def _own_pages(app: Flask, settings: Settings, registry: Registry) -> None:
    @app.get("/")
    def home() -> str:
        paths = {rule.rule for rule in app.url_map.iter_rules()}
        return render_template(
            "home.html",
            language=g.language,
            has_graphql="/graphql" in paths,
            has_admin="/admin/" in paths,
            doors=[pages for _, pages in registry.owned("register_pages") if pages.title],
            plugins=[plugin.record for plugin in registry.plugins if not plugin.is_built_in],
        )

    @app.get("/language/<code>")
    def choose_language(code: str) -> AnyResponse:
        response = redirect(_own_path(request.args.get("next", "")) or url_for("home"))
        if code in LANGUAGES:
            response.set_cookie(
                LANGUAGE_COOKIE, code, max_age=_A_YEAR, httponly=True, samesite="Lax", secure=settings.production
            )
        return response

    @app.get("/healthz")
    def healthz() -> AnyResponse:
        return jsonify({"status": "alive"})

    @app.get("/readyz")
    def readyz() -> AnyResponse:
        problems = _not_ready(app, registry)
        body = {
            "status": "not ready" if problems else "ready",
            "problems": [{"code": problem.code, "message": problem.message()} for problem in problems],
        }
        response = jsonify(body)
        response.status_code = 503 if problems else 200
        return response

    @app.get("/metrics")
    def figures() -> AnyResponse:
        if not metrics.may_read(settings, request.remote_addr, dict(request.headers)):
            return _error_page(403, "FORBIDDEN", HTTP_TEXTS[403])
        return Response(metrics.page(), content_type=metrics.CONTENT_TYPE)


def _verification_pages(app: Flask, settings: Settings) -> None:
    """Serve the pages on which anybody checks a certificate: open to everybody, closed to whoever guesses codes."""

    @app.get(VERIFY)
    def verify() -> AnyResponse:
        typed = request.args.get("code", "").strip()
        if typed:
            return redirect(url_for("verify_code", code=(read_code(typed) or typed)[:80]), 303)
        return _verification("", None, 200)

    @app.get(f"{VERIFY}<code>")
    def verify_code(code: str) -> AnyResponse:
        forwarded = request.headers.get("X-Forwarded-For", "")
        address = client_address(request.remote_addr, forwarded, settings.trusted_proxies)
        tries = Tries(app.extensions["kinerja_verification_tries"], key_of(None, address))
        try:
            tries.take()
        except Exhausted as exhausted:
            response = _error_page(429, "RATE_LIMITED", HTTP_TEXTS[429])
            response.headers["Retry-After"] = str(exhausted.retry_after)
            return response
        found = check_certificate(settings, code)
        if found is not None:
            tries.give_back()
        return _verification(code, found, 404 if found is None else 200)


def _verification(typed: str, found: CheckedCertificate | None, status: int) -> AnyResponse:
    page = render_template(
        "verify.html",
        language=g.language,
        typed=typed,
        found=found,
        day=lambda value: long_day(value, g.language),
    )
    response = Response(page, status=status)
    # Whoever knows the code may see it; caches between and search engines need not.
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _own_path(address: str) -> str:
    """Return `address` if it is a path of this very server without a wish for a language, nothing otherwise."""
    parts = urlsplit(address.replace("\\", "/"))
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path.startswith("//"):
        return ""
    wishes = [(name, value) for name, value in parse_qsl(parts.query) if name != LANGUAGE_COOKIE]
    return urlunsplit(("", "", parts.path, urlencode(wishes), ""))


def _not_ready(app: Flask, registry: Registry) -> list[Problem]:
    try:
        connections.acquire()
        names = pending(histories_of(registry.migration_sources))
    except pw.DatabaseError:
        app.logger.exception("not ready")
        connections.discard()
        return [Problem("DATABASE_UNAVAILABLE", HTTP_TEXTS[503])]
    if names:
        text = N_("The database lacks {count} migrations ({names}). Back it up, then run: kinerja migrate")
        return [Problem("MIGRATIONS_PENDING", text, params={"count": len(names), "names": ", ".join(names)})]
    return []


def _mount_pages(app: Flask, registry: Registry) -> None:
    """Mount the pages of every plugin, and see that each stays below its own prefix."""
    built_in = {plugin.record.name for plugin in registry.plugins if plugin.is_built_in}
    for owner, pages in registry.owned("register_pages"):
        before = {id(rule) for rule in app.url_map.iter_rules()}
        try:
            pages.mount(app, registry)
        except CannotStart:
            raise
        except Exception as error:
            text = N_("Plugin {plugin} fails in {hook}: {error}. Repair it or take it off the setting plugins.")
            params = {"plugin": owner, "hook": "register_pages", "error": f"{type(error).__name__}: {error}"}
            raise PluginError(Problem("PLUGIN_BROKEN", text, params=params)) from error
        if owner not in built_in:
            _check_rules(owner, pages.prefix, [rule for rule in app.url_map.iter_rules() if id(rule) not in before])


def _check_rules(owner: str, prefix: str, rules: Sequence[Rule]) -> None:
    for rule in rules:
        is_below = rule.rule == prefix or rule.rule.startswith(f"{prefix}/")
        if not is_below or rule.endpoint.partition(".")[0] != owner:
            text = N_(
                "Plugin {plugin}: {hook} gives the name {name}, which does not begin with {prefix}. Rename it so."
            )
            params = {
                "plugin": owner,
                "hook": "register_pages",
                "name": f"{rule.rule} ({rule.endpoint})",
                "prefix": f"{prefix} ({owner})",
            }
            raise PluginError(Problem("PLUGIN_PREFIX", text, params=params))
