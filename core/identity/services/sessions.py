"""Logging in, staying logged in and logging out.

The counters of wrong tries, the moment of the last log-in and the sessions themselves are no data about people's work:
they are kept in their own rows and leave no history, except when a session is ended.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from core.context import Context
from core.database import is_sqlite, transaction
from core.errors import Refused, refuse
from core.i18n import N_
from core.identity.models import Account, LoginSession
from core.identity.passwords import hash_password, is_outdated, is_password
from core.identity.rules import lock_seconds, normal_username
from core.identity.tokens import Claims, hashed, make_access_token, make_refresh_token, session_of
from core.policy import as_condition, fetch, require, visible
from core.work import UnitOfWork, unit_of_work

_LONGEST_USER_AGENT = 255
_LONGEST_PASSWORD_TRIED = 1_000


@dataclass(frozen=True)
class Tokens:
    """What a client gets when it logs in: `expires_in` is the life of the access token in seconds."""

    access_token: str
    refresh_token: str
    account: Account
    session: LoginSession
    expires_in: int


def login(ctx: Context, username: str, password: str, user_agent: str = "") -> Tokens:
    """Log in with username and password; every failure looks alike and takes as long."""
    account = Account.get_or_none(Account.username == normal_username(username))
    is_right = is_password(password[:_LONGEST_PASSWORD_TRIED], account.password_hash if account else None)
    if account is None:
        raise _login_failed()
    with transaction():
        # Read again: tries that ran at the same moment have counted meanwhile, and even the right password waits then.
        current = _locked_row(account.id)
        is_open = current.is_active and (current.locked_until is None or current.locked_until <= ctx.now)
        is_let_in = is_open and is_right and current.password_hash == account.password_hash
        if is_let_in:
            _count_success(ctx, current, password)
            return _open_session(ctx, current, user_agent)
        if is_open:
            _count_failure(ctx, current)
    raise _login_failed()


def refresh(ctx: Context, refresh_token: str) -> Tokens:
    """Exchange a refresh token for new tokens; one that was used before ends its session, since somebody has a copy."""
    session_id = session_of(refresh_token, ctx.settings)
    if session_id is None:
        raise _session_ended()
    with transaction():
        new = make_refresh_token(session_id, ctx.settings)
        is_current = (
            LoginSession.update(refresh_hash=hashed(new), refreshed_at=ctx.now, expires_at=_end(ctx))
            .where(
                (LoginSession.id == session_id)
                & (LoginSession.refresh_hash == hashed(refresh_token))
                & LoginSession.revoked_at.is_null()
                & (LoginSession.expires_at > ctx.now)
            )
            .execute()
        )
        if is_current:
            session = (
                LoginSession.select(LoginSession, Account).join(Account).where(LoginSession.id == session_id).get()
            )
            if session.account.is_active:
                return _tokens(ctx, session, new)
    _revoke_unasked(ctx, session_id)
    raise _session_ended()


def logout(ctx: Context) -> None:
    """End the session of this call; without one there is nothing to end."""
    if ctx.actor.session_id is None:
        return
    with unit_of_work(ctx) as work:
        end_sessions(work, ctx.actor.account_id or 0, LoginSession.id == ctx.actor.session_id)


def revoke_sessions(ctx: Context, account_id: int) -> int:
    """End all sessions of an account, one's own or a managed one; return how many there were."""
    with unit_of_work(ctx) as work:
        account = fetch(Account, account_id, ctx, "input", "accountId")
        require(ctx, "identity.revoke_sessions", account, "input", "accountId")
        return end_sessions(work, account.id)


def list_sessions(ctx: Context, account_id: int | None = None) -> list[LoginSession]:
    """Return the sessions that the caller sees, latest first; of one account, if named."""
    query = LoginSession.select().where(as_condition(visible(ctx.actor, LoginSession)))
    if account_id is not None:
        query = query.where(LoginSession.account == account_id)
    return list(query.order_by(LoginSession.id.desc()))


def end_sessions(work: UnitOfWork, account_id: int, which: Any = None) -> int:
    """End the sessions of an account that still run (all, or those where `which` holds); return how many."""
    query = LoginSession.select().where((LoginSession.account == account_id) & LoginSession.revoked_at.is_null())
    running = list(query if which is None else query.where(which))
    for session in running:
        work.update(session, revoked_at=work.ctx.now)
    return len(running)


def _revoke_unasked(ctx: Context, session_id: int) -> None:
    """End a session whose refresh token was used twice; it stays ended although the call is refused."""
    session = LoginSession.get_or_none((LoginSession.id == session_id) & LoginSession.revoked_at.is_null())
    if session is not None:
        with unit_of_work(ctx) as work:
            work.update(session, revoked_at=ctx.now)


def _locked_row(account_id: int) -> Account:
    query = Account.select().where(Account.id == account_id)
    row: Account = (query if is_sqlite() else query.for_update()).get()
    return row


def _count_failure(ctx: Context, account: Account) -> None:
    failures = account.failed_logins + 1
    seconds = lock_seconds(failures)
    until = ctx.now + timedelta(seconds=seconds) if seconds else None
    Account.update(failed_logins=failures, locked_until=until).where(Account.id == account.id).execute()


def _count_success(ctx: Context, account: Account, password: str) -> None:
    changes: dict[str, Any] = {"failed_logins": 0, "locked_until": None, "last_login_at": ctx.now}
    if is_outdated(account.password_hash):
        changes["password_hash"] = hash_password(password)
    Account.update(changes).where(Account.id == account.id).execute()


def _open_session(ctx: Context, account: Account, user_agent: str) -> Tokens:
    session = LoginSession.create(
        account=account,
        refresh_hash=uuid4().hex,  # the token names its session, which has no number before this line
        created_at=ctx.now,
        refreshed_at=ctx.now,
        expires_at=_end(ctx),
        user_agent=user_agent[:_LONGEST_USER_AGENT],
    )
    token = make_refresh_token(session.id, ctx.settings)
    session.refresh_hash = hashed(token)
    session.save()
    return _tokens(ctx, session, token)


def _tokens(ctx: Context, session: LoginSession, refresh_token: str) -> Tokens:
    account = session.account
    access_token = make_access_token(Claims(account.id, session.id), ctx.now, ctx.settings)
    return Tokens(access_token, refresh_token, account, session, ctx.settings.access_token_minutes * 60)


def _end(ctx: Context) -> Any:
    return ctx.now + timedelta(days=ctx.settings.refresh_token_days)


def _login_failed() -> Refused:
    # One text for everything, so that nobody learns which usernames exist or are locked.
    return refuse(
        "LOGIN_FAILED",
        N_(
            "You are not logged in: the username or the password is wrong, or there were too many wrong tries. "
            "Check both; after several tries wait some minutes. Your administrator can set a new password."
        ),
        "input",
    )


def _session_ended() -> Refused:
    return refuse("SESSION_ENDED", N_("Your session has ended. Log in again."), "input", "refreshToken")
