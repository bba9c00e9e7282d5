"""The context of one GraphQL request: who calls, in which language, under which request id."""

from flask import current_app, g, request

from core.actor import Actor
from core.app import LANGUAGE_COOKIE
from core.context import Context
from core.database import utc_now
from core.identity.authentication import authenticate
from core.identity.models import Account
from core.rates import Budget, client_address, key_of, rates_for
from core.settings import Settings

_RATES = "kinerja.rates"


def request_context(settings: Settings) -> Context:
    """Return the context of the current HTTP request; raise NotAuthenticated for a credential that is no good."""
    now = utc_now()
    actor = authenticate(request.headers.get("Authorization"), settings, now)
    return Context(
        actor=actor,
        settings=settings,
        now=now,
        request_id=g.request_id,
        language=_language(actor),
        budget=budget_of(actor.account_id, settings),
    )


def budget_of(account_id: int | None, settings: Settings) -> Budget:
    """Return what the current request may still spend: of its account, or of the address of a stranger."""
    if _RATES not in current_app.extensions:
        current_app.extensions[_RATES] = rates_for(settings)
    forwarded = request.headers.get("X-Forwarded-For", "")
    address = client_address(request.remote_addr, forwarded, settings.trusted_proxies)
    return Budget(current_app.extensions[_RATES], key_of(account_id, address))


def _language(actor: Actor) -> str:
    """Return the language that the request asks for; where it asks for none, that of the caller's account."""
    is_asked = LANGUAGE_COOKIE in request.cookies or "language" in request.args or "Accept-Language" in request.headers
    if is_asked or actor.account_id is None:
        return str(g.language)
    chosen = Account.select(Account.language).where(Account.id == actor.account_id).scalar()
    return str(chosen or g.language)
