"""Who calls: the actor behind the Authorization header of a request."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.actor import Actor
from core.database import utc_now
from core.errors import Problem, Refused
from core.i18n import N_
from core.identity.callers import Caller, caller_of_browser, caller_of_session, caller_of_token
from core.identity.models import ApiToken, LoginSession
from core.identity.tokens import API_PREFIX, hashed, read_access_token
from core.settings import Settings

_USE_NOTED_EVERY = timedelta(minutes=5)
_SEEN_NOTED_EVERY = timedelta(minutes=1)


class NotAuthenticated(Refused):
    """The credential of a call is none of ours, or no longer good."""

    def __init__(self) -> None:
        super().__init__(
            Problem(
                "UNAUTHENTICATED",
                N_("Your log-in or token is not valid (any more). Log in again, or use a new token."),
            )
        )


@dataclass(frozen=True)
class Authenticated:
    """Who calls, and the language of its account (None for a stranger)."""

    actor: Actor
    language: str | None = None


def authenticate(authorization: str | None, settings: Settings, now: datetime | None = None) -> Actor:
    """Return who calls with this Authorization header (none: a stranger); raise NotAuthenticated as `identify` does."""
    return identify(authorization, settings, now).actor


def identify(authorization: str | None, settings: Settings, now: datetime | None = None) -> Authenticated:
    """Return who calls with this Authorization header (none: a stranger) and in which language, by one statement.

    Raise NotAuthenticated for a credential that is wrong, expired or revoked.
    """
    moment = now or utc_now()
    if not authorization or not authorization.strip():
        return Authenticated(Actor(today=_day(moment, settings)))
    scheme, _, credential = authorization.strip().partition(" ")
    credential = credential.strip()
    caller = None
    if scheme.lower() == "bearer" and credential:
        by_token = credential.startswith(API_PREFIX)
        caller = (_of_api_token if by_token else _of_access_token)(credential, settings, moment)
    if caller is None:
        raise NotAuthenticated
    return Authenticated(caller.actor, caller.language)


def actor_in_browser(session_id: int, settings: Settings, now: datetime | None = None) -> Actor | None:
    """Return who is logged in by this session of a browser, and note that it is used, once a minute at most.

    None when it has ended, is older than `session_hours`, was not used for `session_idle_minutes`, or its account was
    closed.
    """
    moment = now or utc_now()
    caller = caller_of_browser(
        session_id,
        moment,
        _day(moment, settings),
        noted=moment - _SEEN_NOTED_EVERY,
        opened=moment - timedelta(hours=settings.session_hours),
        seen=moment - timedelta(minutes=settings.session_idle_minutes),
    )
    if caller is None:
        return None
    if caller.is_use_due:
        LoginSession.update(last_seen_at=moment).where(LoginSession.id == session_id).execute()
    return caller.actor


def _of_access_token(credential: str, settings: Settings, now: datetime) -> Caller | None:
    claims = read_access_token(credential, now, settings)
    if claims is None:
        return None
    caller = caller_of_session(claims.session_id, now, _day(now, settings))
    return caller if caller is not None and caller.actor.account_id == claims.account_id else None


def _of_api_token(credential: str, settings: Settings, now: datetime) -> Caller | None:
    caller = caller_of_token(hashed(credential), now, _day(now, settings), now - _USE_NOTED_EVERY)
    # Not at every call: a busy client would make every read a write.
    if caller is not None and caller.is_use_due:
        ApiToken.update(last_used_at=now).where(ApiToken.id == caller.token_id).execute()
    return caller


def _day(now: datetime, settings: Settings) -> date:
    return now.astimezone(ZoneInfo(settings.time_zone)).date()
