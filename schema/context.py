"""The context of one GraphQL request: who calls, in which language, under which request id, with which budget."""

from urllib.parse import unquote

from flask import current_app, g, request

from core.app import LANGUAGE_COOKIE
from core.context import Context
from core.database import utc_now
from core.identity.authentication import identify
from core.rates import Budget, Tries, client_address, key_of
from core.settings import Settings

REASON = "X-Reason"
"""The header that says why something is changed: UTF-8, percent-encoded."""

_LONGEST_REASON = 1_000


def request_context(settings: Settings) -> Context:
    """Return the context of the current HTTP request; raise NotAuthenticated for a credential that is no good."""
    now = utc_now()
    caller = identify(request.headers.get("Authorization"), settings, now)
    return Context(
        actor=caller.actor,
        settings=settings,
        now=now,
        request_id=g.request_id,
        language=_language(caller.language),
        reason=_reason(),
        budget=request_budget(settings, caller.actor.account_id),
        tries=Tries(current_app.extensions["kinerja_tries"], key_of(None, _address(settings))),
    )


def request_budget(settings: Settings, account_id: int | None) -> Budget:
    """Return what the current HTTP request may spend: of its account, or of its address where nobody is known."""
    return Budget(current_app.extensions["kinerja_rates"], key_of(account_id, _address(settings)))


def _address(settings: Settings) -> str:
    return client_address(request.remote_addr, request.headers.get("X-Forwarded-For", ""), settings.trusted_proxies)


def _reason() -> str | None:
    text = unquote(request.headers.get(REASON, ""), errors="replace")
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()[:_LONGEST_REASON] or None


def _language(of_account: str | None) -> str:
    """Return the language that the request asks for; where it asks for none, that of the caller's account."""
    is_asked = LANGUAGE_COOKIE in request.cookies or "language" in request.args or "Accept-Language" in request.headers
    return str(g.language) if is_asked else of_account or str(g.language)
