"""Who calls: the actor behind the Authorization header of a request."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.actor import Actor
from core.database import utc_now
from core.errors import Problem, Refused
from core.i18n import N_
from core.identity.actors import actor_for_account
from core.identity.models import Account, ApiToken, LoginSession
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
    """Return who calls with this Authorization header (none: a stranger), at most four statements.

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
    session = (
        LoginSession.select(LoginSession, Account)
        .join(Account)
        .where(
            (LoginSession.id == session_id)
            & LoginSession.revoked_at.is_null()
            & (LoginSession.expires_at > moment)
            & (Account.is_active == True)  # noqa: E712 - SQL
        )
        .first()
    )
    if session is None:
        return None
    return actor_for_account(session.account, _day(moment, settings), session_id=session.id)


def _of_access_token(credential: str, settings: Settings, now: datetime) -> Actor | None:
    claims = read_access_token(credential, now, settings)
    if claims is None:
        return None
    actor = actor_for_session(claims.session_id, settings, now)
    return actor if actor is not None and actor.account_id == claims.account_id else None


def _of_api_token(credential: str, settings: Settings, now: datetime) -> Actor | None:
    token = (
        ApiToken.select(ApiToken, Account)
        .join(Account)
        .where(
            (ApiToken.token_hash == hashed(credential))
            & ApiToken.revoked_at.is_null()
            & (ApiToken.expires_at > now)
            & (Account.is_active == True)  # noqa: E712 - SQL
        )
        .first()
    )
    if token is None:
        return None
    # Not at every call: a busy client would make every read a write.
    if token.last_used_at is None or token.last_used_at <= now - _USE_NOTED_EVERY:
        ApiToken.update(last_used_at=now).where(ApiToken.id == token.id).execute()
    return actor_for_account(token.account, _day(now, settings), token_scopes=frozenset(token.scopes))


def _day(now: datetime, settings: Settings) -> date:
    return now.astimezone(ZoneInfo(settings.time_zone)).date()
