"""Who calls a page: the session of the back office, and the form's token."""

import hmac
import secrets
from urllib.parse import urlencode

from flask import g, redirect, request, session
from werkzeug.wrappers import Response

from core.identity.authentication import actor_in_browser
from core.plugin_api import Actor, Context, active_registry, utc_now

_SESSION, _TOKEN = "session", "token"


def context() -> Context:
    """Return the context of this request; a stranger's without a session of the back office."""
    settings, now = active_registry().settings, utc_now()
    key = session.get(_SESSION)
    known = actor_in_browser(key, settings) if isinstance(key, int) else None
    return Context(
        actor=known or Actor(today=now.date()),
        settings=settings,
        now=now,
        request_id=g.request_id,
        language=g.language,
    )


def log_in() -> Response:
    """Send a stranger to the log-in of the back office, and back here afterwards."""
    return redirect("/admin/login?" + urlencode({"next": request.full_path.rstrip("?")}))


def form_token() -> str:
    """Return this browser's form token, the same as that of the back office."""
    return str(session.setdefault(_TOKEN, secrets.token_urlsafe(32)))


def has_form_token() -> bool:
    """Whether the form that was sent carries this browser's token."""
    expected, given = str(session.get(_TOKEN, "")), request.form.get("token", "")
    return bool(expected) and hmac.compare_digest(expected.encode(), given.encode())
