"""Logging in: by password, by the institution's provider, and by the second factor where there is one.

The counters of wrong tries, the moment of the last log-in and the sessions themselves are no data about people's work:
they are kept in their own rows and leave no history, except when a session is ended or a recovery code is used.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from hmac import compare_digest
from typing import Any

from core.actor import Actor
from core.context import Context
from core.database import transaction
from core.errors import Refused, refuse
from core.i18n import N_
from core.identity.models import Account
from core.identity.passwords import hash_password, is_outdated, is_password
from core.identity.rules import normal_username
from core.identity.services.proving import LONGEST_PASSWORD_TRIED, count_failure, is_open, locked_row, one_try
from core.identity.services.second_factor import (
    ENROLMENT_SECONDS,
    Enrolment,
    codes_left,
    enrol,
    enrolment_for,
    enrolment_under_way,
    has_factor,
    is_demanded,
    use_code,
    wrong_code,
)
from core.identity.services.sessions import Tokens, open_session
from core.identity.tokens import hashed, make_ticket, read_ticket

CODE_SECONDS = 300
"""How long somebody has for the code, from the password."""


class Need(StrEnum):
    """What is still wanted of somebody whose password was right."""

    CODE = "CODE"
    ENROLMENT = "ENROLMENT"


@dataclass(frozen=True)
class Pending:
    """A log-in half-way: what is still wanted, and the ticket for it, good for some minutes."""

    need: Need
    ticket: str


def login(ctx: Context, username: str, password: str, user_agent: str = "", code: str | None = None) -> Tokens:
    """Log a program in with username, password and, where the account has a second factor, a code.

    Every failure of the first two looks alike and takes as long.
    """
    account = _by_password(ctx, username, password)
    need = _need(ctx, account)
    if need is Need.ENROLMENT:
        raise refuse(
            "SECOND_FACTOR_MISSING",
            N_("Your role needs a second factor. Log in to the back office once and set it up there."),
            "input",
        )
    if need is Need.CODE:
        if not code:
            raise refuse(
                "SECOND_FACTOR_NEEDED",
                N_("This account has a second factor. Send the code of the device, or a recovery code, as well."),
                "input",
                "code",
            )
        _by_code(ctx, account, code)
    return _let_in(ctx, account, user_agent, is_browser=False)


def begin_login(ctx: Context, username: str, password: str, user_agent: str = "") -> Tokens | Pending:
    """Log a browser in with username and password, or say what is still wanted."""
    account = _by_password(ctx, username, password)
    return _pending(ctx, account) or _let_in(ctx, account, user_agent)


def login_with_code(ctx: Context, ticket: str, code: str, user_agent: str = "") -> tuple[Tokens, int | None]:
    """Go on with a log-in by a code of the device; after a recovery code, also tell how many are left."""
    account = _of_ticket(ctx, ticket)
    before = codes_left(account.id)
    _by_code(ctx, account, code)
    after = codes_left(account.id)
    return _let_in(ctx, account, user_agent), after if after != before else None


def enrolment_at_login(ctx: Context, ticket: str, sealed: str | None = None) -> Enrolment:
    """Return the device that somebody has to set up before the log-in goes on: the one under seal, or a new one."""
    account = _of_ticket(ctx, ticket)
    return enrolment_under_way(ctx, account, sealed) if sealed else enrolment_for(ctx, account)


def login_with_enrolment(
    ctx: Context, ticket: str, sealed: str, code: str, user_agent: str = ""
) -> tuple[Tokens, list[str]]:
    """Go on with a log-in by the first code of a new device; return the recovery codes as well."""
    account = _of_ticket(ctx, ticket)
    owner = Actor(ctx.today, account.id, account.employee_id, account.display_name or account.username)
    codes = enrol(replace(ctx, actor=owner), account, sealed, code)
    return _let_in(ctx, account, user_agent), codes


def login_by_provider(ctx: Context, username: str, user_agent: str = "") -> Tokens | Pending:
    """Log in whom the institution's provider vouches for; nobody gets an account by that.

    Its own second factor counts, unless the setting `oidc_needs_second_factor` says otherwise.
    """
    account = Account.get_or_none((Account.username == normal_username(username)) & (Account.is_active == True))  # noqa: E712 - SQL
    if account is None:
        raise refuse(
            "OIDC_NO_ACCOUNT",
            N_(
                "You are {username} there, but no account here is open under that name. Ask your administrator for one."
            ),
            "input",
            username=username[:64],
        )
    pending = _pending(ctx, account) if ctx.settings.oidc_needs_second_factor else None
    return pending or _let_in(ctx, account, user_agent, by_password=False)


def _by_password(ctx: Context, username: str, password: str) -> Account:
    with one_try(ctx):
        account = Account.get_or_none(Account.username == normal_username(username))
        is_right = is_password(password[:LONGEST_PASSWORD_TRIED], account.password_hash if account else None)
        if account is None:
            raise _login_failed()
        with transaction():
            # Read again: tries that ran at the same moment have counted meanwhile; even the right password waits then.
            current = locked_row(account.id)
            may_try = is_open(ctx, current)
            if may_try and is_right and current.password_hash == account.password_hash:
                if is_outdated(current.password_hash):
                    current.password_hash = hash_password(password)
                    Account.update(password_hash=current.password_hash).where(Account.id == current.id).execute()
                return current
            if may_try:
                count_failure(ctx, current)
        raise _login_failed()


def _by_code(ctx: Context, account: Account, code: str) -> None:
    with one_try(ctx):
        with transaction():
            current = locked_row(account.id)
            may_try = is_open(ctx, current)
            if may_try and use_code(ctx, current, code):
                return
            if may_try:
                count_failure(ctx, current)
        raise wrong_code()


def _need(ctx: Context, account: Account) -> Need | None:
    if has_factor(account.id):
        return Need.CODE
    return Need.ENROLMENT if is_demanded(ctx, account.id) else None


def _pending(ctx: Context, account: Account) -> Pending | None:
    need = _need(ctx, account)
    if need is None:
        return None
    seconds = CODE_SECONDS if need is Need.CODE else ENROLMENT_SECONDS
    return Pending(need, make_ticket(account.id, _mark(account), ctx.now + timedelta(seconds=seconds), ctx.settings))


def _of_ticket(ctx: Context, ticket: str) -> Account:
    """Return whose ticket it is; one from before a new password is worth nothing."""
    account_id, mark = read_ticket(ticket, ctx.now, ctx.settings) or (0, "")
    account = Account.get_or_none((Account.id == account_id) & (Account.is_active == True))  # noqa: E712 - SQL
    if account is None or not compare_digest(mark, hashed(_mark(account))):
        raise refuse("LOGIN_STEP_OVER", N_("The log-in took too long. Begin again with your password."), "input")
    return account


def _mark(account: Account) -> str:
    return f"{account.id}.{account.password_hash}"


def _let_in(
    ctx: Context, account: Account, user_agent: str, *, is_browser: bool = True, by_password: bool = True
) -> Tokens:
    with transaction():
        current = locked_row(account.id)
        # A lock is for those who guess passwords; whom the provider knows does not wait for them.
        if not (is_open(ctx, current) if by_password else current.is_active):
            raise _login_failed()
        changes: dict[str, Any] = {"last_login_at": ctx.now}
        if by_password:
            changes |= {"failed_logins": 0, "locked_until": None}
        Account.update(changes).where(Account.id == current.id).execute()
        return open_session(ctx, current, user_agent, is_browser=is_browser)


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
