"""Who sees which accounts, roles, sessions and tokens, and who may change them."""

from typing import Any

import peewee as pw

from core.actor import EVERYWHERE, Actor
from core.identity.models import Account, ApiToken, LoginSession, RecoveryCode, RoleGrant, SecondFactor
from core.identity.roles import permissions_of
from core.organisation.models import Assignment, WorkUnit
from core.organisation.scope import holds_on, members_of, unit_within
from core.policy import ActEntry, PolicyEntry, among, either

MANAGE = "identity.manage"
GRANT = "identity.grant"


def _accounts(actor: Actor, t: Any) -> Any:
    return either(_own(actor, t.id), *(_of_staff(actor, t.employee, permission) for permission in (MANAGE, GRANT)))


def _grants(actor: Actor, t: Any) -> Any:
    paths = (*actor.paths(MANAGE), *actor.paths(GRANT))
    return either(_own(actor, t.account), unit_within(t.unit, paths))


def _sessions(actor: Actor, t: Any) -> Any:
    return either(_own(actor, t.account), _accounts_managed(actor, t.account))


def _own(actor: Actor, column: Any) -> Any:
    return False if actor.account_id is None else column == actor.account_id


def _of_staff(actor: Actor, employee_column: Any, permission: str) -> Any:
    """Return where an employee column names somebody assigned today where the actor holds `permission`."""
    paths = actor.paths(permission)
    if EVERYWHERE in paths:
        return True
    return among(employee_column, members_of(lambda unit: unit_within(unit, paths), actor.today)) if paths else False


def _accounts_managed(actor: Actor, account_column: Any) -> Any:
    account = Account.alias()
    rows = _of_staff(actor, account.employee, MANAGE)
    return rows if isinstance(rows, bool) else among(account_column, account.select(account.id).where(rows))


def _hidden(_actor: Actor, _table: Any) -> bool:
    return False


def _manage(actor: Actor, account: Account | None) -> bool:
    """Allow whoever manages accounts where this one works, unless it holds a role beyond that place."""
    paths = actor.paths(MANAGE)
    if EVERYWHERE in paths or account is None:
        return EVERYWHERE in paths
    employee_id = account.employee_id
    homes: Any = (
        Assignment.select(WorkUnit.path)
        .join(WorkUnit, on=Assignment.unit == WorkUnit.id)
        .where((Assignment.employee == employee_id) & holds_on(Assignment, actor.today))
        .tuples()
    )
    roles: Any = (
        RoleGrant.select(WorkUnit.path)
        .join(WorkUnit, pw.JOIN.LEFT_OUTER)
        .where(RoleGrant.account == account.id)
        .tuples()
    )
    places = [path for (path,) in homes] if employee_id else []
    return (
        bool(places)
        and all(actor.holds(MANAGE, path) for path in places)
        and all(actor.holds(MANAGE, path) for (path,) in roles if account.id)
    )


def _change_password(actor: Actor, account: Account) -> bool:
    return actor.account_id == account.id and actor.token_scopes is None


def _revoke_sessions(actor: Actor, account: Account) -> bool:
    return actor.account_id == account.id or _manage(actor, account)


def _create_api_token(actor: Actor, account: Account) -> bool:
    """Allow everyone for himself, and managers for accounts of programs: a token for a person would be that person."""
    if actor.token_scopes is not None:
        return False
    return actor.account_id == account.id or (account.employee_id is None and _manage(actor, account))


def _revoke_api_token(actor: Actor, token: ApiToken) -> bool:
    return actor.account_id == token.account_id or _manage(actor, token.account)


def _grant(actor: Actor, grant: RoleGrant) -> bool:
    """Allow giving and taking a role where the actor may, if he holds all that the role permits there himself."""
    path = grant.unit.path if grant.unit else None
    return actor.holds(GRANT, path) and all(actor.holds(permission, path) for permission in permissions_of(grant.role))


ENTRIES: list[PolicyEntry] = [
    PolicyEntry(Account, _accounts, {"password_hash": _hidden}),
    PolicyEntry(RoleGrant, _grants),
    PolicyEntry(LoginSession, _sessions, {"refresh_hash": _hidden}),
    PolicyEntry(ApiToken, _sessions, {"token_hash": _hidden}),
    PolicyEntry(SecondFactor, _sessions, {"sealed_secret": _hidden}),
    PolicyEntry(RecoveryCode, _sessions, {"code_hash": _hidden}),
]
ACTS: list[ActEntry] = [
    ActEntry(MANAGE, _manage),
    ActEntry(GRANT, _grant),
    ActEntry("identity.change_password", _change_password),
    ActEntry("identity.revoke_sessions", _revoke_sessions),
    ActEntry("identity.create_api_token", _create_api_token),
    ActEntry("identity.revoke_api_token", _revoke_api_token),
]
