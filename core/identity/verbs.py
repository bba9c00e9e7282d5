"""What people do by hand to accounts, roles, log-ins and tokens.

A new token is made on a page of its own, since it is readable only once.
"""

from collections.abc import Sequence
from typing import cast

from core.context import Context
from core.i18n import N_
from core.identity.models import Account, ApiToken, RoleGrant, SecondFactor
from core.identity.services import (
    create_account,
    deactivate_account,
    grant_role,
    reactivate_account,
    reset_second_factor,
    revoke_api_token,
    revoke_grant,
    revoke_sessions,
    set_password,
)
from core.identity.services.profiles import AccountChanges, update_account
from core.organisation.models import Employee, WorkUnit
from core.registry import active_registry
from core.verbs.calling import REASON, given
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField


def _languages(_ctx: Context) -> Sequence[tuple[str, str]]:
    return [("id", N_("Indonesian")), ("en", N_("English"))]


def _roles(_ctx: Context) -> Sequence[tuple[str, str]]:
    return [(role.name, role.title) for role in active_registry().roles]


def _create(ctx: Context, _target: Target, values: Values) -> Account:
    wanted = given(values)
    # An empty password is none: nobody can log in to the account yet.
    wanted["password"] = wanted.get("password") or None
    return create_account(ctx, **wanted)


def _update(ctx: Context, target: Target, values: Values) -> Account:
    return update_account(ctx, target.id, target.version, cast("AccountChanges", dict(values)))


def _set_password(ctx: Context, target: Target, values: Values) -> Account:
    return set_password(ctx, target.id, values["password"])


def _deactivate(ctx: Context, target: Target, _values: Values) -> Account:
    return deactivate_account(ctx, target.id)


def _reactivate(ctx: Context, target: Target, _values: Values) -> Account:
    return reactivate_account(ctx, target.id)


def _reset_second_factor(ctx: Context, target: Target, values: Values) -> Account:
    ctx.reason = values["reason"]
    return reset_second_factor(ctx, target.id)


def _has_second_factor(account: Account) -> bool:
    return bool(SecondFactor.select().where(SecondFactor.account == account).exists())


def _revoke_sessions(ctx: Context, target: Target, _values: Values) -> int:
    return revoke_sessions(ctx, target.id)


_EMPLOYEE = VerbField(
    "employee_id",
    N_("Employee"),
    FieldKind.REFERENCE,
    refers_to=Employee,
    help=N_("Empty: an account of a program."),
)
_ABOUT = (
    VerbField("display_name", N_("Name")),
    VerbField("language", N_("Language"), FieldKind.CHOICE, is_required=True, choices=_languages),
)

ACCOUNTS = (
    Verb(
        "identity.create_account",
        N_("New account"),
        Account,
        Does.CREATE,
        _create,
        (
            VerbField("username", N_("User name"), is_required=True),
            VerbField(
                "password",
                N_("Password"),
                FieldKind.PASSWORD,
                help=N_("Empty: nobody can log in to it until a password is set."),
            ),
            _EMPLOYEE,
            *_ABOUT,
        ),
        permission="identity.manage",
    ),
    Verb(
        "identity.update_account",
        N_("Correct"),
        Account,
        Does.CORRECT,
        _update,
        (_EMPLOYEE, *_ABOUT),
        permission="identity.manage",
        may_be_bulk=True,
    ),
    Verb(
        "identity.set_password",
        N_("Set a password"),
        Account,
        Does.ACT,
        _set_password,
        (VerbField("password", N_("Password"), FieldKind.PASSWORD, is_required=True),),
        permission="identity.manage",
        suits=lambda row: row.is_active,
        help=N_("Its sessions end."),
    ),
    Verb(
        "identity.deactivate_account",
        N_("Deactivate"),
        Account,
        Does.ACT,
        _deactivate,
        permission="identity.manage",
        suits=lambda row: row.is_active,
        may_be_bulk=True,
        is_grave=True,
        help=N_("Nobody logs in to it any more, and its sessions and tokens end."),
    ),
    Verb(
        "identity.reactivate_account",
        N_("Open again"),
        Account,
        Does.ACT,
        _reactivate,
        permission="identity.manage",
        suits=lambda row: not row.is_active or row.locked_until is not None,
        may_be_bulk=True,
        help=N_("Also where it is locked after failed log-ins."),
    ),
    Verb(
        "identity.reset_second_factor",
        N_("Reset the second factor"),
        Account,
        Does.ACT,
        _reset_second_factor,
        (REASON,),
        permission="identity.manage",
        suits=_has_second_factor,
        is_grave=True,
        help=N_("For somebody who lost the device. Its sessions end, and the password alone opens the account again."),
    ),
    Verb(
        "identity.revoke_sessions",
        N_("End all log-ins"),
        Account,
        Does.ACT,
        _revoke_sessions,
        permission="identity.revoke_sessions",
        may_be_bulk=True,
        is_grave=True,
    ),
)


def _grant(ctx: Context, _target: Target, values: Values) -> RoleGrant:
    return grant_role(ctx, **given(values))


def _revoke(ctx: Context, target: Target, _values: Values) -> RoleGrant:
    return revoke_grant(ctx, target.id)


def _revoke_token(ctx: Context, target: Target, _values: Values) -> ApiToken:
    return revoke_api_token(ctx, target.id)


GRANTS = (
    Verb(
        "identity.grant_role",
        N_("Give a role"),
        RoleGrant,
        Does.CREATE,
        _grant,
        (
            VerbField("account_id", N_("Account"), FieldKind.REFERENCE, is_required=True, refers_to=Account),
            VerbField("role", N_("Role"), FieldKind.CHOICE, is_required=True, choices=_roles),
            VerbField(
                "unit_id",
                N_("Unit"),
                FieldKind.REFERENCE,
                refers_to=WorkUnit,
                help=N_("With everything below it. Empty: the whole institution."),
            ),
            VerbField("valid_from", N_("From"), FieldKind.DATE),
            VerbField("valid_to", N_("Until"), FieldKind.DATE),
        ),
        permission="identity.grant",
    ),
    Verb(
        "identity.revoke_grant",
        N_("Take the role away"),
        RoleGrant,
        Does.ACT,
        _revoke,
        permission="identity.grant",
        may_be_bulk=True,
        is_grave=True,
    ),
    Verb(
        "identity.revoke_api_token",
        N_("End the token"),
        ApiToken,
        Does.ACT,
        _revoke_token,
        permission="identity.revoke_api_token",
        suits=lambda row: row.revoked_at is None,
        may_be_bulk=True,
        is_grave=True,
    ),
)

VERBS = (*ACCOUNTS, *GRANTS)
