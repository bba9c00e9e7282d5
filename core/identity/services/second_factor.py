"""The second factor: a device that shows a code every 30 seconds, and recovery codes for when it is lost."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.actor import Actor
from core.context import Context
from core.errors import Refused, refuse
from core.i18n import N_
from core.identity.codes import (
    address_of,
    hashed_recovery_code,
    new_recovery_codes,
    new_secret,
    opened,
    seal,
    step_of,
)
from core.identity.models import Account, LoginSession, RecoveryCode, RoleGrant, SecondFactor
from core.identity.services.proving import locked_row, prove_password
from core.identity.services.sessions import end_sessions
from core.organisation.scope import holds_on
from core.policy import fetch, require
from core.settings import Settings
from core.work import UnitOfWork, unit_of_work

log = logging.getLogger(__name__)

ENROLMENT_SECONDS = 900
"""How long a device may take from the QR code to its first code."""

_DIGITS = 6


@dataclass(frozen=True)
class Enrolment:
    """A device that is being set up: its secret as text, its address for the QR code, and all of it under seal."""

    secret: str
    address: str
    sealed: str


@dataclass(frozen=True)
class FactorState:
    """What somebody is told of the own second factor: since when (None: none), how many recovery codes are left."""

    since: datetime | None
    codes_left: int
    is_demanded: bool


def factor_state(ctx: Context) -> FactorState:
    """Return the state of the caller's second factor."""
    account_id = ctx.actor.account_id or 0
    factor = SecondFactor.get_or_none(SecondFactor.account == account_id)
    return FactorState(factor.created_at if factor else None, codes_left(account_id), is_demanded(ctx, account_id))


def has_factor(account_id: int) -> bool:
    """Whether a code of a device is asked of the account."""
    return bool(SecondFactor.select().where(SecondFactor.account == account_id).exists())


def codes_left(account_id: int) -> int:
    """Return how many recovery codes of the account are still good."""
    return int(
        RecoveryCode.select().where((RecoveryCode.account == account_id) & RecoveryCode.used_at.is_null()).count()
    )


def is_demanded(ctx: Context, account_id: int) -> bool:
    """Whether the settings demand a second factor of a role that the account holds today."""
    roles = ctx.settings.second_factor_roles
    held = (RoleGrant.account == account_id) & RoleGrant.role.in_(roles) & holds_on(RoleGrant, ctx.today)
    return bool(roles) and bool(RoleGrant.select().where(held).exists())


def enrolment_for(ctx: Context, account: Account) -> Enrolment:
    """Return a new device for the account; nothing is stored until a code of it was right."""
    if has_factor(account.id):
        raise refuse(
            "SECOND_FACTOR_SET",
            N_("The second factor is set up already. Turn it off first, then set up the new device."),
            "input",
        )
    secret = new_secret()
    sealed = seal(f"{account.id}.{secret}", ctx.now, ctx.settings)
    return _enrolment(account, secret, sealed, ctx.settings)


def enrolment_under_way(ctx: Context, account: Account, sealed: str) -> Enrolment:
    """Return the device under seal again; refused when it took too long or belongs to another account."""
    text = opened(sealed, ctx.settings, now=ctx.now, seconds=ENROLMENT_SECONDS) or ""
    owner, _, secret = text.partition(".")
    if owner != str(account.id):
        raise refuse("ENROLMENT_OVER", N_("Setting up took too long. Begin again with a new QR code."), "input")
    return _enrolment(account, secret, sealed, ctx.settings)


def begin_enrolment(ctx: Context, password: str) -> Enrolment:
    """Begin to set up the caller's own device; asks the password again."""
    account = _own(ctx)
    prove_password(ctx, password, "input", "password")
    return enrolment_for(ctx, account)


def continue_enrolment(ctx: Context, sealed: str) -> Enrolment:
    """Return the caller's device that is being set up."""
    return enrolment_under_way(ctx, _own(ctx), sealed)


def confirm_enrolment(ctx: Context, sealed: str, code: str) -> list[str]:
    """Turn the caller's second factor on by a first code; return the recovery codes, readable only now.

    Sessions that were opened without it end.
    """
    return enrol(ctx, _own(ctx), sealed, code)


def enrol(ctx: Context, account: Account, sealed: str, code: str) -> list[str]:
    """Turn the second factor of the account on; the caller has made sure that it is the account's owner who asks."""
    enrolment = enrolment_under_way(ctx, account, sealed)
    step = step_of(enrolment.secret, code, ctx.now)
    if step is None:
        raise wrong_code()
    with unit_of_work(ctx) as work:
        locked_row(account.id)
        if has_factor(account.id):
            raise refuse(
                "SECOND_FACTOR_SET",
                N_("The second factor is set up already. Turn it off first, then set up the new device."),
                "input",
            )
        secret = seal(enrolment.secret, ctx.now, ctx.settings)
        work.create(SecondFactor, account=account, sealed_secret=secret, last_step=step)
        end_sessions(work, account.id, LoginSession.id != (ctx.actor.session_id or 0))
        return _fresh_codes(work, account.id)


def renew_recovery_codes(ctx: Context, password: str) -> list[str]:
    """Give the caller new recovery codes, readable only now; the former ones are worth nothing."""
    account = _own(ctx)
    prove_password(ctx, password, "input", "password")
    with unit_of_work(ctx) as work:
        locked_row(account.id)
        if not has_factor(account.id):
            raise _not_set("input")
        return _fresh_codes(work, account.id)


def turn_off_second_factor(ctx: Context, password: str) -> None:
    """Turn the caller's second factor off, unless the settings demand it."""
    account = _own(ctx)
    prove_password(ctx, password, "input", "password")
    if is_demanded(ctx, account.id):
        raise refuse(
            "SECOND_FACTOR_DEMANDED",
            N_("Your role needs a second factor. For a new device, ask an administrator to reset it."),
            "input",
        )
    with unit_of_work(ctx) as work:
        _remove(work, account.id)


def reset_second_factor(ctx: Context, account_id: int) -> Account:
    """Take the second factor from somebody else who lost it, for a reason, and end the sessions of the account."""
    with unit_of_work(ctx) as work:
        account = fetch(Account, account_id, ctx, "input", "accountId")
        require(ctx, "identity.manage", account, "input", "accountId")
        if account.id == ctx.actor.account_id:
            raise refuse(
                "OWN_SECOND_FACTOR",
                N_("This is your own account. Turn the second factor off with your password instead."),
                "input",
                "accountId",
            )
        if not (ctx.reason or "").strip():
            raise refuse(
                "REASON_REQUIRED",
                N_("A second factor is reset for a reason only. Write how you know who asks."),
                "input",
                "reason",
            )
        _remove(work, account.id)
        end_sessions(work, account.id)
        return account


def use_code(ctx: Context, account: Account, code: str) -> bool:
    """Use up a code of the device or a recovery code, and say whether it was good; none is good twice.

    The caller holds the row of the account (`locked_row`).
    """
    factor = SecondFactor.get_or_none(SecondFactor.account == account.id)
    digits = "".join(code.split())
    if factor is None:
        return False
    if len(digits) == _DIGITS and digits.isascii() and digits.isdigit():
        return _use_step(ctx, factor, digits)
    code_hash = hashed_recovery_code(account.id, code, ctx.settings)
    row = RecoveryCode.get_or_none((RecoveryCode.code_hash == code_hash) & RecoveryCode.used_at.is_null())
    if row is None:
        return False
    owner = Actor(ctx.today, account.id, account.employee_id, account.display_name or account.username)
    with unit_of_work(replace(ctx, actor=owner, work=None)) as work:
        work.update(row, used_at=ctx.now)
    return True


def wrong_code() -> Refused:
    """Return the refusal of a code."""
    return refuse(
        "SECOND_FACTOR_WRONG",
        N_(
            "The code is wrong or was used before, or there were too many wrong tries. Wait for the next code of your "
            "device and see that its clock is right, or use a recovery code."
        ),
        "input",
        "code",
    )


def _use_step(ctx: Context, factor: SecondFactor, digits: str) -> bool:
    secret = opened(factor.sealed_secret, ctx.settings)
    if secret is None:
        log.error(
            "the second factor %s was sealed with another secret_key; an administrator has to reset it", factor.id
        )
        return False
    step = step_of(secret, digits, ctx.now)
    is_new = (SecondFactor.id == factor.id) & (SecondFactor.last_step < (step or 0))
    return step is not None and SecondFactor.update(last_step=step).where(is_new).execute() == 1


def _enrolment(account: Account, secret: str, sealed: str, settings: Settings) -> Enrolment:
    return Enrolment(secret, address_of(secret, account.username, settings.institution_name), sealed)


def _own(ctx: Context) -> Account:
    account = fetch(Account, ctx.actor.account_id or 0, ctx, "input")
    require(ctx, "identity.change_password", account, "input")
    return account


def _fresh_codes(work: UnitOfWork, account_id: int) -> list[str]:
    _remove_codes(work, account_id)
    codes = new_recovery_codes()
    settings, now = work.ctx.settings, work.ctx.now
    rows: list[dict[str, Any]] = [
        {"account": account_id, "code_hash": hashed_recovery_code(account_id, code, settings), "created_at": now}
        for code in codes
    ]
    work.create_many(RecoveryCode, rows)
    return codes


def _remove(work: UnitOfWork, account_id: int) -> None:
    locked_row(account_id)
    factor = SecondFactor.get_or_none(SecondFactor.account == account_id)
    if factor is None:
        raise _not_set("input")
    _remove_codes(work, account_id)
    work.delete(factor)


def _remove_codes(work: UnitOfWork, account_id: int) -> None:
    for row in RecoveryCode.select().where(RecoveryCode.account == account_id).order_by(RecoveryCode.id):
        work.delete(row)


def _not_set(*path: str) -> Refused:
    return refuse("SECOND_FACTOR_NOT_SET", N_("No second factor is set up. There is nothing to change."), *path)
