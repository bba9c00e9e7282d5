"""Finds who calls by a token or a session in one statement, whose text is made once: every call begins with it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import peewee as pw

from core.actor import EVERYWHERE, Actor, Grant
from core.database import database
from core.identity.models import Account, ApiToken, LoginSession, RoleGrant
from core.identity.roles import permissions_of
from core.organisation.models import Assignment, Position, WorkUnit
from core.organisation.scope import holds_on

Credential = type[ApiToken] | type[LoginSession]

_KEY, _NOW, _DAY = "\0key", "\0now", "\0day"
"""Stand for the values of a call while the text is made; no value holds a NUL."""


def look_up(credential: Credential, key: str | int, now: datetime, day: date) -> tuple[Actor, Mapping[str, Any]] | None:
    """Return who calls with a good credential (a token by its hash, a session by its id), and its own columns.

    None for one that is unknown, expired or revoked, or whose account was closed.
    """
    text, places = _statement(credential, type(database.obj).__name__)
    given = {_KEY: key, _NOW: now.astimezone(UTC).replace(tzinfo=None), _DAY: day}
    rows = database.execute_sql(text, [given.get(value, value) for value in places]).fetchall()
    if not rows:
        return None
    own = _own_columns(credential)
    columns = {field.name: field.python_value(value) for field, value in zip(own, rows[0], strict=False)}
    return _actor([row[len(own) :] for row in rows], day), columns


def _actor(rows: Sequence[tuple[Any, ...]], day: date) -> Actor:
    account_id, employee_id, display_name, username, language = rows[0][:5]
    grants = {(grant, role, path) for *_, grant, role, path, _, _, _ in rows if grant is not None}
    places = {(unit, path, bool(is_head)) for *_, unit, path, is_head in rows if unit is not None}
    return Actor(
        today=day,
        account_id=account_id,
        employee_id=employee_id,
        name=display_name or username,
        language=language,
        grants=tuple(
            Grant(role, path or EVERYWHERE, permissions_of(role)) for _, role, path in sorted(grants, key=_id)
        ),
        headed_paths=tuple(sorted({path for _, path, is_head in places if is_head})),
        home_unit_ids=tuple(sorted({unit for unit, _, _ in places})),
    )


def _grant(_id: int, role: str, path: str | None) -> Grant:
    return Grant(role, path or EVERYWHERE, permissions_of(role))


def _id(grant: tuple[int, str, str | None]) -> int:
    return grant[0]


def _own_columns(credential: Credential) -> list[Any]:
    return [credential.id, *((ApiToken.scopes, ApiToken.last_used_at) if credential is ApiToken else ())]


@cache
def _statement(credential: Credential, _engine: str) -> tuple[str, list[Any]]:
    text, places = _query(credential).sql()
    return text, places


def _query(credential: Any) -> Any:
    granted, unit = WorkUnit.alias(), WorkUnit.alias()
    found_by = credential.token_hash if credential is ApiToken else credential.id
    day: Any = _DAY
    return (
        credential.select(
            *_own_columns(credential),
            *(Account.id, Account.employee, Account.display_name, Account.username, Account.language),
            *(RoleGrant.id, RoleGrant.role, granted.path),
            *(unit.id, unit.path, Position.is_head),
        )
        .join(Account)
        .join(RoleGrant, pw.JOIN.LEFT_OUTER, on=(RoleGrant.account == Account.id) & holds_on(RoleGrant, day))
        .join(granted, pw.JOIN.LEFT_OUTER, on=RoleGrant.unit == granted.id)
        .join_from(
            Account,
            Assignment,
            pw.JOIN.LEFT_OUTER,
            on=(Assignment.employee == Account.employee) & holds_on(Assignment, day),
        )
        .join(Position, pw.JOIN.LEFT_OUTER, on=Assignment.position == Position.id)
        .join_from(Assignment, unit, pw.JOIN.LEFT_OUTER, on=Assignment.unit == unit.id)
        .where(
            (found_by == pw.Value(_KEY, converter=False))
            & credential.revoked_at.is_null()
            & (credential.expires_at > _NOW)
            & (Account.is_active == True)  # noqa: E712 - SQL
        )
    )
