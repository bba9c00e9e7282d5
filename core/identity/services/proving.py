"""Proving who one is, by password or code, where every wrong try counts and locks for longer and longer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from core.context import Context
from core.database import is_sqlite, transaction
from core.errors import refuse
from core.i18n import N_
from core.identity.models import Account
from core.identity.passwords import is_password
from core.identity.rules import lock_seconds
from core.rates import Exhausted

LONGEST_PASSWORD_TRIED = 1_000


@contextmanager
def one_try(ctx: Context) -> Iterator[None]:
    """Count a try for the address that calls, unless the block succeeds; refused when it has failed too often."""
    if ctx.tries is None:
        yield
        return
    try:
        ctx.tries.take()
    except Exhausted as exhausted:
        raise refuse(
            "TOO_MANY_TRIES",
            N_("Too many log-ins failed from your network. Wait {seconds} seconds, then try again."),
            "input",
            seconds=exhausted.retry_after,
        ) from None
    yield
    ctx.tries.give_back()


def locked_row(account_id: int) -> Account:
    """Return an account that nobody else changes until the end of the transaction."""
    query = Account.select().where(Account.id == account_id)
    row: Account = (query if is_sqlite() else query.for_update()).get()
    return row


def is_open(ctx: Context, account: Account) -> bool:
    """Whether the account may be tried now: neither closed nor locked."""
    return account.is_active and (account.locked_until is None or account.locked_until <= ctx.now)


def count_failure(ctx: Context, account: Account) -> None:
    """Count a wrong password or code."""
    failures = account.failed_logins + 1
    seconds = lock_seconds(failures)
    until = ctx.now + timedelta(seconds=seconds) if seconds else None
    Account.update(failed_logins=failures, locked_until=until).where(Account.id == account.id).execute()


def prove_password(ctx: Context, password: str, *path: str) -> None:
    """Refuse unless this is the caller's present password; whoever finds a browser open must not guess on and on."""
    account = Account.get_by_id(ctx.actor.account_id or 0)
    is_right = is_password(password[:LONGEST_PASSWORD_TRIED], account.password_hash)
    with transaction():
        current = locked_row(account.id)
        may_try = is_open(ctx, current)
        if may_try and is_right and current.password_hash == account.password_hash:
            return
        if may_try:
            count_failure(ctx, current)
    if may_try:
        raise refuse(
            "WRONG_PASSWORD",
            N_("The present password is not right. Type it again, or ask an administrator for a new one."),
            *path,
        )
    raise refuse(
        "PASSWORD_LOCKED",
        N_("There were too many wrong tries. Wait some minutes, then type the password again."),
        *path,
    )
