"""Who uses the back office: a signed cookie names a session that the server can revoke at any time."""

import hmac
import secrets
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from flask import current_app, g, redirect, request, session
from werkzeug.wrappers import Response

from core.actor import Actor
from core.context import Context
from core.database import utc_now
from core.i18n import N_
from core.identity import services
from core.identity.authentication import actor_in_browser
from core.rates import Tries, client_address, key_of
from core.registry import active_registry
from core.settings import Settings

FORM_TOO_OLD = N_("The form was too old. Fill it in again.")

_SESSION = "session"
_TOKEN = "token"  # noqa: S105 - the name of a key, no secret


def enter(tokens: services.Tokens) -> None:
    """Make this browser the one that the session was opened for."""
    leave()
    session[_SESSION] = tokens.session.id


def leave() -> None:
    """End this browser's session on the server, too; what was issued to whoever used it is worth nothing afterwards."""
    ctx = context()
    if ctx.actor.session_id is not None:
        services.logout(ctx)
    session.clear()
    g.pop("actor", None)


def user_agent() -> str:
    """Return how this browser calls itself."""
    return request.headers.get("User-Agent", "")


def actor() -> Actor:
    """Return who uses this browser; a stranger when the session has ended or was revoked."""
    if "actor" not in g:
        settings = active_registry().settings
        key = session.get(_SESSION)
        known = actor_in_browser(key, settings) if isinstance(key, int) else None
        g.actor = known or _stranger(settings)
    found: Actor = g.actor
    return found


def context() -> Context:
    """Return the context of this request."""
    settings = active_registry().settings
    address = client_address(request.remote_addr, request.headers.get("X-Forwarded-For", ""), settings.trusted_proxies)
    return Context(
        actor=actor(),
        settings=settings,
        request_id=g.request_id,
        language=g.language,
        tries=Tries(current_app.extensions["kinerja_tries"], key_of(None, address)),
    )


def form_token() -> str:
    """Return this browser's form token, which another site cannot know."""
    return str(session.setdefault(_TOKEN, secrets.token_urlsafe(32)))


def has_form_token() -> bool:
    """Whether the form that was sent carries this browser's token."""
    expected = str(session.get(_TOKEN, ""))
    return bool(expected) and hmac.compare_digest(expected.encode(), request.form.get("token", "").encode())


def log_in() -> Response:
    """Send a stranger to the log-in, and back to this page afterwards."""
    return redirect("/admin/login?" + urlencode({"next": request.full_path.rstrip("?")}))


def local_target(target: str | None, fallback: str) -> str:
    """Return `target` if it is an address below /admin, or a plugin's page, of this very server; or `fallback`."""
    parts = urlsplit((target or "").replace("\\", "/"))
    is_local = not parts.scheme and not parts.netloc and parts.path.startswith(("/admin/", "/-/"))
    return str(target) if is_local else fallback


def _stranger(settings: Settings) -> Actor:
    return Actor(today=utc_now().astimezone(ZoneInfo(settings.time_zone)).date())
