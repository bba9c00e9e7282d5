"""Who calls a page: the session of the back office, the form's token, and how often an address may act."""

import hmac
import secrets
from datetime import datetime
from urllib.parse import urlencode

from flask import abort, current_app, g, redirect, request, session
from werkzeug.wrappers import Response

from core.identity.authentication import actor_in_browser
from core.plugin_api import Actor, Context, active_registry, utc_now
from core.rates import LocalRates, Rates, RedisRates, client_address, key_of
from core.settings import Settings
from plugins.queueing.settings import QueueSettings

_SESSION, _TOKEN = "session", "token"
_CODES = "queueing_codes"
_MOST_CODES = 4

POINTS_OF_A_CODE = 3
"""What an act with a code costs, so that codes are not found by trying."""


def rates_of(settings: Settings) -> Rates:
    """Return the buckets of acts without an account, by address."""
    acts = settings.section("queueing", QueueSettings).citizen_acts_per_minute
    if settings.jobs_backend == "redis":
        return RedisRates(acts, settings.redis_url, "kinerja.queueing.")
    return LocalRates(acts)


def settings() -> Settings:
    """Return the settings of the application."""
    return active_registry().settings


def now() -> datetime:
    """Return the moment of this request."""
    return utc_now()


def actor() -> Actor:
    """Return who uses this browser; a stranger without a session of the back office."""
    if "queueing_actor" not in g:
        key = session.get(_SESSION)
        known = actor_in_browser(key, settings()) if isinstance(key, int) else None
        g.queueing_actor = known or Actor(today=context_of(None).today)
    found: Actor = g.queueing_actor
    return found


def context() -> Context:
    """Return the context of this request."""
    return context_of(actor())


def context_of(who: Actor | None) -> Context:
    """Return the context of this request for somebody; for a citizen's acts nobody."""
    moment = now()
    return Context(
        actor=who or Actor(today=moment.date()),
        settings=settings(),
        now=moment,
        request_id=g.request_id,
        language=g.language,
    )


def log_in() -> Response:
    """Send a stranger to the log-in of the back office, and back here afterwards."""
    return redirect("/admin/login?" + urlencode({"next": request.path}))


def form_token() -> str:
    """Return this browser's form token, the same as that of the back office."""
    return str(session.setdefault(_TOKEN, secrets.token_urlsafe(32)))


def has_form_token() -> bool:
    """Whether the form that was sent, or the header beside JSON, carries this browser's token."""
    expected = str(session.get(_TOKEN, ""))
    given = request.form.get("token", "") or request.headers.get("X-Form-Token", "")
    return bool(expected) and hmac.compare_digest(expected.encode(), given.encode())


def address() -> str:
    """Return from where is called."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return client_address(request.remote_addr, forwarded, settings().trusted_proxies)


def count_act(points: int = 1) -> None:
    """Count an act without an account; answer 429 when the address has done too many in this minute."""
    rates: Rates = current_app.extensions["queueing.rates"]
    if not rates.spend(key_of(None, address()), points).is_allowed:
        abort(429)


def keep_code(token: str, code: str) -> None:
    """Keep a code that is told once in this browser's cookie, which is signed, for the next pages."""
    codes = dict(session.get(_CODES, {}))
    codes[token] = code
    session[_CODES] = dict(list(codes.items())[-_MOST_CODES:])


def kept_code(token: str) -> str:
    """Return the code of a ticket if this browser got it."""
    return str(session.get(_CODES, {}).get(token, ""))


def take_code(token: str) -> str:
    """Return the code of a ticket and keep it no more: the browser of a kiosk is everybody's."""
    codes = dict(session.get(_CODES, {}))
    code = str(codes.pop(token, ""))
    session[_CODES] = codes
    return code
