"""Sessions: what is open, staying logged in and logging out."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from core.context import Context
from core.database import transaction
from core.errors import Refused, refuse
from core.i18n import N_
from core.identity.models import Account, LoginSession
from core.identity.tokens import Claims, hashed, make_access_token, make_refresh_token, session_of
from core.policy import as_condition, fetch, require, visible
from core.work import UnitOfWork, unit_of_work

_LONGEST_USER_AGENT = 255


@dataclass(frozen=True)
class Tokens:
    """What a client gets when it logs in: `expires_in` is the life of the access token in seconds."""

    access_token: str
    refresh_token: str
    account: Account
    session: LoginSession
    expires_in: int


def refresh(ctx: Context, refresh_token: str) -> Tokens:
    """Exchange a refresh token for new tokens; one that was used before ends its session, since somebody has a copy."""
    session_id = session_of(refresh_token, ctx.settings)
    if session_id is None:
        raise _session_ended()
    with transaction():
        new = make_refresh_token(session_id, ctx.settings)
        is_current = (
            LoginSession.update(
                refresh_hash=hashed(new), refreshed_at=ctx.now, last_seen_at=ctx.now, expires_at=_end(ctx)
            )
            .where(
                (LoginSession.id == session_id)
                & (LoginSession.refresh_hash == hashed(refresh_token))
                & (LoginSession.is_browser == False)  # noqa: E712 - SQL
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


def end_session(ctx: Context, session_id: int) -> int:
    """End one session, of one's own or of a managed account; return whether it still ran, as 1 or 0."""
    with unit_of_work(ctx) as work:
        session = fetch(LoginSession, session_id, ctx, "input", "sessionId")
        require(ctx, "identity.revoke_sessions", session.account, "input", "sessionId")
        return end_sessions(work, session.account.id, LoginSession.id == session.id)


def end_other_sessions(ctx: Context) -> int:
    """End all sessions of the caller but this one; return how many there were."""
    with unit_of_work(ctx) as work:
        account = fetch(Account, ctx.actor.account_id or 0, ctx, "input")
        require(ctx, "identity.revoke_sessions", account, "input")
        return end_sessions(work, account.id, LoginSession.id != (ctx.actor.session_id or 0))


def running_sessions(ctx: Context) -> list[LoginSession]:
    """Return the caller's own sessions that are still good, last used first."""
    opened = ctx.now - timedelta(hours=ctx.settings.session_hours)
    seen = ctx.now - timedelta(minutes=ctx.settings.session_idle_minutes)
    is_program = LoginSession.is_browser == False  # noqa: E712 - SQL
    query = LoginSession.select().where(
        (LoginSession.account == (ctx.actor.account_id or 0))
        & LoginSession.revoked_at.is_null()
        & (LoginSession.expires_at > ctx.now)
        & (is_program | ((LoginSession.created_at > opened) & (LoginSession.last_seen_at > seen)))
    )
    return list(query.order_by(LoginSession.last_seen_at.desc(), LoginSession.id.desc()))


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


def open_session(ctx: Context, account: Account, user_agent: str, *, is_browser: bool) -> Tokens:
    """Open a session for somebody who has proved who he is."""
    session = LoginSession.create(
        account=account,
        refresh_hash=uuid4().hex,  # the token names its session, which has no number before this line
        created_at=ctx.now,
        refreshed_at=ctx.now,
        last_seen_at=ctx.now,
        expires_at=ctx.now + timedelta(hours=ctx.settings.session_hours) if is_browser else _end(ctx),
        is_browser=is_browser,
        user_agent=user_agent[:_LONGEST_USER_AGENT],
    )
    token = make_refresh_token(session.id, ctx.settings)
    session.refresh_hash = hashed(token)
    session.save()
    return _tokens(ctx, session, token)


def _revoke_unasked(ctx: Context, session_id: int) -> None:
    """End a session whose refresh token was used twice; it stays ended although the call is refused."""
    session = LoginSession.get_or_none((LoginSession.id == session_id) & LoginSession.revoked_at.is_null())
    if session is not None:
        with unit_of_work(ctx) as work:
            work.update(session, revoked_at=ctx.now)


def _tokens(ctx: Context, session: LoginSession, refresh_token: str) -> Tokens:
    account = session.account
    access_token = make_access_token(Claims(account.id, session.id), ctx.now, ctx.settings)
    return Tokens(access_token, refresh_token, account, session, ctx.settings.access_token_minutes * 60)


def _end(ctx: Context) -> Any:
    return ctx.now + timedelta(days=ctx.settings.refresh_token_days)


def _session_ended() -> Refused:
    return refuse("SESSION_ENDED", N_("Your session has ended. Log in again."), "input", "refreshToken")
