"""Who somebody is to the policy on a day: grants, units headed and units of work."""

from datetime import date
from typing import Any

import peewee as pw

from core.actor import EVERYWHERE, Actor, Grant
from core.identity.models import Account, RoleGrant
from core.identity.roles import permissions_of
from core.organisation.models import Assignment, Position, WorkUnit
from core.organisation.scope import holds_on


def actor_for_account(
    account: Account, day: date, *, session_id: int | None = None, token_scopes: frozenset[str] | None = None
) -> Actor:
    """Return the actor that an account is on `day`, three statements at most."""
    employee_id = account.employee_id
    headed, home = _places(employee_id, day) if employee_id else ((), ())
    return Actor(
        today=day,
        account_id=account.id,
        employee_id=employee_id,
        name=account.display_name or account.username,
        grants=_grants(account.id, day),
        headed_paths=headed,
        home_unit_ids=home,
        token_scopes=token_scopes,
        session_id=session_id,
    )


def actor_for_employee(employee_id: int, day: date) -> Actor:
    """Return the actor of an employee's account on `day`; without an account, what follows from its lines alone."""
    account = Account.get_or_none(Account.employee == employee_id)
    if account is not None:
        return actor_for_account(account, day)
    headed, home = _places(employee_id, day)
    return Actor(
        today=day, account_id=0, employee_id=employee_id, name=f"employee {employee_id}", headed_paths=headed,
        home_unit_ids=home,
    )  # fmt: skip


def grants_of(account_id: int, day: date) -> list[tuple[str, int | None]]:
    """Return the roles that an account holds on `day`, each with the id of its unit (None: the whole institution)."""
    rows: Any = (
        RoleGrant.select(RoleGrant.role, RoleGrant.unit)
        .where((RoleGrant.account == account_id) & holds_on(RoleGrant, day))
        .order_by(RoleGrant.role, RoleGrant.id)
        .tuples()
    )
    return list(rows)


def headed_units_of(employee_id: int | None, day: date) -> list[int]:
    """Return the ids of the units that an employee heads on `day`."""
    rows: Any = (
        Assignment.select(WorkUnit.id)
        .distinct()
        .join(WorkUnit, on=Assignment.unit == WorkUnit.id)
        .join(Position, on=Assignment.position == Position.id)
        .where((Assignment.employee == employee_id) & Position.is_head & holds_on(Assignment, day))
        .tuples()
    )
    return [unit for (unit,) in rows] if employee_id is not None else []


def _grants(account_id: int, day: date) -> tuple[Grant, ...]:
    rows: Any = (
        RoleGrant.select(RoleGrant.role, WorkUnit.path)
        .join(WorkUnit, pw.JOIN.LEFT_OUTER)
        .where((RoleGrant.account == account_id) & holds_on(RoleGrant, day))
        .tuples()
    )
    # In the order of core.identity.callers: the same caller is the same actor, whichever way he was found.
    held = sorted((role, path or EVERYWHERE) for role, path in rows)
    return tuple(Grant(role, path, permissions_of(role)) for role, path in held)


def _places(employee_id: int, day: date) -> tuple[tuple[str, ...], tuple[int, ...]]:
    rows: Any = list(
        Assignment.select(WorkUnit.id, WorkUnit.path, Position.is_head)
        .join(WorkUnit, on=Assignment.unit == WorkUnit.id)
        .join(Position, on=Assignment.position == Position.id)
        .where((Assignment.employee == employee_id) & holds_on(Assignment, day))
        .tuples()
    )
    headed = sorted({path for _, path, is_head in rows if is_head})
    return tuple(headed), tuple(sorted({unit for unit, _, _ in rows}))
