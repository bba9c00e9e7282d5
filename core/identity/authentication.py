"""Who calls: the actor behind the Authorization header of a request."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.actor import Actor
from core.database import utc_now
from core.errors import Problem, Refused
from core.i18n import N_
from core.identity.looking_up import look_up
from core.identity.models import ApiToken, LoginSession
from core.identity.tokens import API_PREFIX, hashed, read_access_token
from core.settings import Settings

_USE_NOTED_EVERY = timedelta(minutes=5)


class NotAuthenticated(Refused):
    """The credential of a call is none of ours, or no longer good."""

    def __init__(self) -> None:
        super().__init__(
            Problem(
                "UNAUTHENTICATED",
                N_("Your log-in or token is not valid (any more). Log in again, or use a new token."),
            )
        )


def authenticate(authorization: str | None, settings: Settings, now: datetime | None = None) -> Actor:
    """Return who calls with this Authorization header (none: a stranger), one statement, a second to note the use.

    Raise NotAuthenticated for a credential that is wrong, expired or revoked.
    """
    moment = now or utc_now()
    if not authorization or not authorization.strip():
        return Actor(today=_day(moment, settings))
    scheme, _, credential = authorization.strip().partition(" ")
    credential = credential.strip()
    actor = None
    if scheme.lower() == "bearer" and credential:
        by_token = credential.startswith(API_PREFIX)
        actor = (_of_api_token if by_token else _of_access_token)(credential, settings, moment)
    if actor is None:
        raise NotAuthenticated
    return actor


def actor_for_session(session_id: int, settings: Settings, now: datetime | None = None) -> Actor | None:
    """Return who is logged in by this session; None when it has ended or its account was closed."""
    moment = now or utc_now()
    found = look_up(LoginSession, session_id, moment, _day(moment, settings))
    return replace(found[0], session_id=session_id) if found else None


def _of_access_token(credential: str, settings: Settings, now: datetime) -> Actor | None:
    claims = read_access_token(credential, now, settings)
    if claims is None:
        return None
    actor = actor_for_session(claims.session_id, settings, now)
    return actor if actor is not None and actor.account_id == claims.account_id else None


def _of_api_token(credential: str, settings: Settings, now: datetime) -> Actor | None:
    found = look_up(ApiToken, hashed(credential), now, _day(now, settings))
    if found is None:
        return None
    actor, token = found
    # Not at every call: a busy client would make every read a write.
    if token["last_used_at"] is None or token["last_used_at"] <= now - _USE_NOTED_EVERY:
        ApiToken.update(last_used_at=now).where(ApiToken.id == token["id"]).execute()
    return replace(actor, token_scopes=frozenset(token["scopes"]))


def _day(now: datetime, settings: Settings) -> date:
    return now.astimezone(ZoneInfo(settings.time_zone)).date()
