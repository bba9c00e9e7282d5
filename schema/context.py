"""The context of one GraphQL request: who calls, in which language, under which request id."""

from flask import g, request

from core.actor import Actor
from core.app import LANGUAGE_COOKIE
from core.context import Context
from core.database import utc_now
from core.identity.authentication import authenticate
from core.identity.models import Account
from core.settings import Settings


def request_context(settings: Settings) -> Context:
    """Return the context of the current HTTP request; raise NotAuthenticated for a credential that is no good."""
    now = utc_now()
    actor = authenticate(request.headers.get("Authorization"), settings, now)
    return Context(actor=actor, settings=settings, now=now, request_id=g.request_id, language=_language(actor))


def _language(actor: Actor) -> str:
    """Return the language that the request asks for; where it asks for none, that of the caller's account."""
    is_asked = LANGUAGE_COOKIE in request.cookies or "language" in request.args or "Accept-Language" in request.headers
    if is_asked or actor.account_id is None:
        return str(g.language)
    chosen = Account.select(Account.language).where(Account.id == actor.account_id).scalar()
    return str(chosen or g.language)
