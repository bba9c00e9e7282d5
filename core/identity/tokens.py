"""The kinds of tokens: signed access tokens, refresh tokens that change at each use, API tokens of clients, and the
tickets of those who are half-way through a log-in.
"""  # noqa: D205 - one sentence

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import jwt

from core.settings import Settings

ISSUER = "kinerja"
API_PREFIX = "kin_"
SHOWN_LENGTH = 12
"""How much of an API token is kept readable, to tell tokens apart."""

_ALGORITHM = "HS256"


@dataclass(frozen=True)
class Claims:
    """What an access token says: whose it is and which session it belongs to."""

    account_id: int
    session_id: int


def hashed(token: str) -> str:
    """Return what is stored of a token: random tokens need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_access_token(claims: Claims, now: datetime, settings: Settings) -> str:
    """Return a signed token that is good for `access_token_minutes`."""
    content = {
        "iss": ISSUER,
        "sub": str(claims.account_id),
        "sid": claims.session_id,
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(minutes=settings.access_token_minutes)).timestamp()),
    }
    return jwt.encode(content, key_for(settings, "access token"), _ALGORITHM)


def read_access_token(token: str, now: datetime, settings: Settings) -> Claims | None:
    """Return what a token says, None unless we signed it and it is still good at `now`."""
    try:
        content = jwt.decode(
            token,
            key_for(settings, "access token"),
            algorithms=[_ALGORITHM],
            issuer=ISSUER,
            # The moment of the call decides, not the clock of the library.
            options={"require": ["exp", "iss", "sub", "sid"], "verify_exp": False, "verify_iat": False},
        )
    except jwt.InvalidTokenError:
        return None
    account_id, session_id, end = content["sub"], content["sid"], content["exp"]
    if not (account_id.isdecimal() and isinstance(session_id, int) and isinstance(end, int) and end > now.timestamp()):
        return None
    return Claims(int(account_id), session_id)


def make_refresh_token(session_id: int, settings: Settings) -> str:
    """Return a new refresh token of a session, signed so that any earlier one is known again without being stored."""
    content = f"{session_id}.{secrets.token_urlsafe(24)}"
    return f"{content}.{_signature(content, settings)}"


def session_of(refresh_token: str, settings: Settings) -> int | None:
    """Return the session for which we once made this refresh token, None when we did not."""
    content, _, signature = refresh_token.rpartition(".")
    if not hmac.compare_digest(_signature(content, settings).encode(), signature.encode()):
        return None
    return int(content.partition(".")[0])


def make_api_token() -> str:
    """Return a new API token."""
    return API_PREFIX + secrets.token_urlsafe(32)


def make_ticket(account_id: int, mark: str, end: datetime, settings: Settings) -> str:
    """Return a signed ticket for the second step of a log-in; `mark` is what must not have changed until then."""
    content = {"sub": str(account_id), "mark": hashed(mark), "exp": int(end.timestamp())}
    return jwt.encode(content, key_for(settings, "log-in ticket"), _ALGORITHM)


def read_ticket(ticket: str, now: datetime, settings: Settings) -> tuple[int, str] | None:
    """Return whose ticket it is and the hash of its mark; None unless we signed it and it is still good at `now`."""
    try:
        content = jwt.decode(
            ticket,
            key_for(settings, "log-in ticket"),
            algorithms=[_ALGORITHM],
            options={"require": ["exp", "sub", "mark"], "verify_exp": False},
        )
    except jwt.InvalidTokenError:
        return None
    return (int(content["sub"]), str(content["mark"])) if content["exp"] > now.timestamp() else None


def _signature(content: str, settings: Settings) -> str:
    return hmac.new(key_for(settings, "refresh token"), content.encode(), hashlib.sha256).hexdigest()


def key_for(settings: Settings, purpose: str) -> bytes:
    """Return our key for one purpose, so that a token of one kind can never pass as another."""
    return hmac.new(settings.secret_key.encode(), purpose.encode(), hashlib.sha256).digest()
