"""Who uses the back office: a signed cookie names a session that the server can revoke at any time."""

import hmac
import secrets
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import g, request, session

from core.actor import Actor
from core.context import Context
from core.database import utc_now
from core.identity import services
from core.identity.authentication import actor_for_session
from core.identity.models import LoginSession
from core.registry import active_registry
from core.settings import Settings

_SESSION = "session"
_TOKEN = "token"  # noqa: S105 - the name of a key, no secret


def log_in(username: str, password: str) -> None:
    """Open a session for this browser; raises Refused when name or password are wrong or the account is locked."""
    agent = request.headers.get("User-Agent", "")[:255]
    tokens = services.login(context(), username, password, agent)
    # A fresh form token: what was issued to the stranger before is worth nothing to the person now.
    session.clear()
    session[_SESSION] = tokens.session.id
    g.pop("actor", None)


def log_out() -> None:
    """End this browser's session on the server, too."""
    ctx = context()
    if ctx.actor.session_id is not None:
        services.logout(ctx)
    session.clear()
    g.pop("actor", None)


def actor() -> Actor:
    """Return who uses this browser; a stranger when the session has ended or was revoked."""
    if "actor" not in g:
        settings = active_registry().settings
        key = session.get(_SESSION)
        known = actor_for_session(key, settings) if isinstance(key, int) and _is_fresh(key, settings) else None
        g.actor = known or _stranger(settings)
    found: Actor = g.actor
    return found


def context() -> Context:
    """Return the context of this request."""
    settings = active_registry().settings
    return Context(actor=actor(), settings=settings, request_id=g.request_id, language=g.language)


def form_token() -> str:
    """Return this browser's form token, which another site cannot know."""
    return str(session.setdefault(_TOKEN, secrets.token_urlsafe(32)))


def has_form_token() -> bool:
    """Whether the form that was sent carries this browser's token."""
    expected = str(session.get(_TOKEN, ""))
    return bool(expected) and hmac.compare_digest(expected.encode(), request.form.get("token", "").encode())


def local_target(target: str | None, fallback: str) -> str:
    """Return `target` if it is an address below /admin of this very server, `fallback` otherwise."""
    parts = urlsplit((target or "").replace("\\", "/"))
    is_local = not parts.scheme and not parts.netloc and parts.path.startswith("/admin/")
    return str(target) if is_local else fallback


def _stranger(settings: Settings) -> Actor:
    return Actor(today=utc_now().astimezone(ZoneInfo(settings.time_zone)).date())


def _is_fresh(session_id: int, settings: Settings) -> bool:
    row = LoginSession.select(LoginSession.created_at).where(LoginSession.id == session_id).first()
    return row is not None and utc_now() < row.created_at + timedelta(hours=settings.session_hours)
