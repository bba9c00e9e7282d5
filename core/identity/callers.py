"""Who is behind a session or a token, with roles and places, in one statement whose text is made once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import peewee as pw

from core.actor import EVERYWHERE, Actor, Grant
from core.database import database, is_sqlite
from core.identity.models import Account, ApiToken, LoginSession, RoleGrant
from core.identity.roles import permissions_of
from core.organisation.models import Assignment, Position, WorkUnit

_NOTHING = pw.SQL("NULL")
_AGES = timedelta(days=100 * 365)


@dataclass(frozen=True)
class _Slot:
    """Stands in a statement for a value of the call."""

    name: str


@dataclass(frozen=True)
class Caller:
    """Somebody whose credential is good: the actor, its account's language and, for an API token, its id.

    `is_use_due` says whether the use of the token or session has still to be noted.
    """

    actor: Actor
    language: str
    token_id: int | None = None
    is_use_due: bool = False


def caller_of_session(session_id: int, now: datetime, day: date) -> Caller | None:
    """Return who is logged in by this session of a program; None when it has ended or its account was closed."""
    never = now - _AGES
    given = {"key": session_id, "now": now, "day": day, "noted": never, "opened": never, "seen": never}
    return _caller(LoginSession, {**given, "browser": False})


def caller_of_browser(
    session_id: int, now: datetime, day: date, *, noted: datetime, opened: datetime, seen: datetime
) -> Caller | None:
    """Return who is logged in by this session of a browser, opened and last seen after those moments.

    Its use is due to be noted when last noted at `noted` or before.
    """
    given = {"key": session_id, "now": now, "day": day, "noted": noted, "opened": opened, "seen": seen}
    return _caller(LoginSession, {**given, "browser": True})


def caller_of_token(token_hash: str, now: datetime, day: date, noted: datetime) -> Caller | None:
    """Return whose token has this hash; its use is due to be noted when last noted at `noted` or before."""
    return _caller(ApiToken, {"key": token_hash, "now": now, "day": day, "noted": noted})


def _caller(model: type[pw.Model], given: Mapping[str, Any]) -> Caller | None:
    text, slots = _statement(model, is_sqlite())
    values = {
        **given,
        **{
            name: LoginSession.expires_at.db_value(given[name])
            for name in ("now", "noted", "opened", "seen")
            if name in given
        },
    }
    bound = [values[slot.name] if isinstance(slot, _Slot) else slot for slot in slots]
    rows: list[Any] = database.execute_sql(text, bound).fetchall()
    account = next((row for row in rows if row[0] == "account"), None)
    return None if account is None else _read(model, account, rows, given["day"])


def _read(model: type[pw.Model], account: Sequence[Any], rows: Sequence[Sequence[Any]], day: date) -> Caller:
    _, account_id, employee_id, shown, username, key, scopes, due, language = account
    of_token = model is ApiToken
    places = [row for row in rows if row[0] == "place"]
    # In one order: whatever is kept by the actor is found again.
    grants = sorted((row[3], row[4] or EVERYWHERE) for row in rows if row[0] == "grant")
    actor = Actor(
        today=day,
        account_id=account_id,
        employee_id=employee_id,
        name=shown or username,
        grants=tuple(Grant(role, path, permissions_of(role)) for role, path in grants),
        headed_paths=tuple(sorted({row[3] for row in places if row[2]})),
        home_unit_ids=tuple(sorted({row[1] for row in places})),
        token_scopes=frozenset(json.loads(scopes)) if of_token else None,
        session_id=None if of_token else key,
    )
    return Caller(actor, language, key if of_token else None, is_use_due=bool(due))


@cache
def _statement(model: Any, sqlite: bool) -> tuple[str, list[Any]]:  # noqa: ARG001 - the key of the cache
    """Return the statement over sessions or tokens: one row for the account, one for each grant and place."""
    found = model.alias()
    account = Account.alias()
    good = (
        ((found.id if model is LoginSession else found.token_hash) == _slot("key"))
        & found.revoked_at.is_null()
        & (found.expires_at > _slot("now"))
        & (account.is_active == True)  # noqa: E712 - SQL
    )
    used = found.last_used_at if model is ApiToken else found.last_seen_at
    is_due = pw.Case(None, ((used.is_null() | (used <= _slot("noted")), 1),), 0)
    scopes: Any = _NOTHING
    if model is ApiToken:
        scopes = found.scopes.cast("text")
    else:
        good &= (
            (found.is_browser == _slot("browser"))
            & (found.created_at > _slot("opened"))
            & (found.last_seen_at > _slot("seen"))
        )
    who = (
        found.select(
            pw.SQL("'account'"), account.id, account.employee, account.display_name, account.username, found.id,
            scopes, is_due, account.language,
        )
        .join(account, on=found.account == account.id)
        .where(good)
    )  # fmt: skip
    grant, unit = RoleGrant.alias(), WorkUnit.alias()
    grants = (
        grant.select(pw.SQL("'grant'"), *[_NOTHING] * 2, grant.role, unit.path, *[_NOTHING] * 4)
        .join(unit, pw.JOIN.LEFT_OUTER, on=grant.unit == unit.id)
        .where((grant.account == _one(found, account, account.id, good)) & _holds(grant))
    )
    assignment, home, position = Assignment.alias(), WorkUnit.alias(), Position.alias()
    head = pw.Case(None, ((position.is_head, 1),), 0)
    places = (
        assignment.select(pw.SQL("'place'"), home.id, head, home.path, *[_NOTHING] * 5)
        .join(home, on=assignment.unit == home.id)
        .join_from(assignment, position, on=assignment.position == position.id)
        .where((assignment.employee == _one(found, account, account.employee, good)) & _holds(assignment))
    )
    text, values = database.obj.get_sql_context().sql(who.union_all(grants).union_all(places)).query()
    return text, [value.value if isinstance(value, pw.Value) else value for value in values]


def _one(found: Any, account: Any, column: Any, good: Any) -> Any:
    return found.select(column).join(account, on=found.account == account.id).where(good)


def _holds(table: Any) -> Any:
    return (table.valid_from <= _slot("day")) & (table.valid_to.is_null() | (table.valid_to >= _slot("day")))


def _slot(name: str) -> Any:
    return pw.Value(_Slot(name), converter=False, unpack=False)
