"""Roles given to accounts, over a unit and all below it, from a day to a day."""

from datetime import date, timedelta
from typing import Any

import peewee as pw

from core.context import Context
from core.errors import Problem, Refused, forbidden
from core.i18n import N_
from core.identity.models import Account, RoleGrant
from core.identity.policies import GRANT
from core.identity.roles import is_role, permissions_of
from core.identity.services.api_tokens import account_closed
from core.identity.services.last_admin import ROLE as LAST_ROLE
from core.identity.services.last_admin import keep_an_admin
from core.organisation.models import WorkUnit
from core.organisation.scope import holds_on
from core.policy import as_condition, fetch, require, visible
from core.work import unit_of_work


def grant_role(
    ctx: Context,
    *,
    account_id: int,
    role: str,
    unit_id: int | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> RoleGrant:
    """Give a role over a unit and all below it (None: the whole institution); nobody gives more than he holds."""
    first = valid_from or ctx.today
    with unit_of_work(ctx) as work:
        account = fetch(Account, account_id, ctx, "input", "accountId")
        unit = fetch(WorkUnit, unit_id, ctx, "input", "unitId") if unit_id is not None else None
        wanted = RoleGrant(account=account, role=role, unit=unit, valid_from=first, valid_to=valid_to)
        if not is_role(role):
            raise Refused(
                Problem(
                    "UNKNOWN_ROLE",
                    N_("There is no role {role}. Choose one of those that the API lists."),
                    ("input", "role"),
                    {"role": role[:64]},
                )
            )
        require(ctx, GRANT, wanted, "input", "role")
        if not ctx.actor.is_system and not _outlasts(ctx, wanted):
            raise forbidden("input", "validTo")
        problems = _problems(ctx, wanted)
        if problems:
            raise Refused(problems)
        return work.create(RoleGrant, account=account, role=role, unit=unit, valid_from=first, valid_to=valid_to)


def revoke_grant(ctx: Context, grant_id: int) -> RoleGrant:
    """Take a role away at once: it ends yesterday, or disappears if it began today or later."""
    with unit_of_work(ctx) as work:
        grant = fetch(RoleGrant, grant_id, ctx, "input", "grantId")
        require(ctx, GRANT, grant, "input", "grantId")
        if grant.role == LAST_ROLE:
            keep_an_admin(ctx.today, without_grant=grant.id)
        yesterday = ctx.today - timedelta(days=1)
        if grant.valid_from > yesterday:
            work.delete(grant)
        elif grant.valid_to is None or grant.valid_to > yesterday:
            work.update(grant, valid_to=yesterday)
        return grant


def list_grants(ctx: Context, account_id: int | None = None) -> list[RoleGrant]:
    """Return the grants that the caller sees, latest first; of one account, if named."""
    query = (
        RoleGrant.select(RoleGrant, Account, WorkUnit)
        .join_from(RoleGrant, Account)
        .join_from(RoleGrant, WorkUnit, pw.JOIN.LEFT_OUTER)
        .where(as_condition(visible(ctx.actor, RoleGrant)))
    )
    if account_id is not None:
        query = query.where(RoleGrant.account == account_id)
    return list(query.order_by(RoleGrant.id.desc()))


def _problems(ctx: Context, wanted: RoleGrant) -> list[Problem]:
    problems = []
    if wanted.account.id == ctx.actor.account_id:
        problems.append(
            Problem(
                "SELF_GRANT",
                N_("Nobody gives a role to himself. Ask another administrator."),
                ("input", "accountId"),
            )
        )
    if not wanted.account.is_active:
        problems.append(account_closed("input", "accountId"))
    if wanted.valid_to is not None and wanted.valid_to < max(wanted.valid_from, ctx.today):
        problems.append(
            Problem(
                "BAD_GRANT_END",
                N_("The role would end before it begins or before today. Choose a later last day."),
                ("input", "validTo"),
            )
        )
    elif _overlapping(wanted):
        problems.append(
            Problem(
                "GRANT_EXISTS",
                N_("The account already has this role there in that time. Take the former one away first."),
                ("input", "role"),
            )
        )
    return problems


def _overlapping(wanted: RoleGrant) -> bool:
    unit_id = wanted.unit_id
    rows = (
        (RoleGrant.account == wanted.account.id)
        & (RoleGrant.role == wanted.role)
        & (RoleGrant.unit.is_null() if unit_id is None else RoleGrant.unit == unit_id)
        & (RoleGrant.valid_to.is_null() | (RoleGrant.valid_to >= wanted.valid_from))
    )
    if wanted.valid_to is not None:
        rows &= RoleGrant.valid_from <= wanted.valid_to
    return bool(RoleGrant.select().where(rows).exists())


def _outlasts(ctx: Context, wanted: RoleGrant) -> bool:
    """Whether the caller holds what he gives, there, at least as long: a grant on loan cannot become one for good."""
    place = wanted.unit.path if wanted.unit else ""
    rows: Any = (
        RoleGrant.select(RoleGrant.role, WorkUnit.path, RoleGrant.valid_to)
        .join(WorkUnit, pw.JOIN.LEFT_OUTER)
        .where((RoleGrant.account == ctx.actor.account_id) & holds_on(RoleGrant, ctx.today))
        .tuples()
    )
    lasting: set[str] = set()
    for role, path, valid_to in rows:
        is_long_enough = valid_to is None or (wanted.valid_to is not None and wanted.valid_to <= valid_to)
        if is_long_enough and place.startswith(path or ""):
            lasting |= permissions_of(role)
    return {GRANT, *permissions_of(wanted.role)} <= lasting
