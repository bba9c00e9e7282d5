"""Who sees the history: holders of `history.read`, for the rows that they see today with nothing masked.

What is masked in a row, such as the giver of feedback, stands in clear in its history; so the history of a row is shown
only where the row itself is shown whole. Of deleted rows it is shown where every row of their type is.
"""

from dataclasses import replace
from typing import Any

import peewee as pw

from core.actor import EVERYWHERE, Actor
from core.history.models import HistoryRecord
from core.identity.models import Account, ApiToken, LoginSession, RecoveryCode, RoleGrant, SecondFactor
from core.organisation.models import Employee
from core.policy import ActEntry, PolicyEntry, among, either, fields, visible
from core.registry import active_registry
from core.work import SECRETS

READ = "history.read"
RESTORE = "history.restore"

AUDITED: tuple[type[pw.Model], ...] = (Account, RoleGrant, LoginSession, ApiToken, SecondFactor, RecoveryCode)
"""Tables whose history is shown to whoever reads all history, although he does not manage accounts."""

_UNSHOWN = frozenset({HistoryRecord.__module__, "core.approval.models"})
"""Areas whose own history nobody reads: the history itself, and requests, which hold values of every table."""

_ABOUT = ("employee", "plan", "evaluation", "progress_record", "work_result", "indicator", "objection")
"""Foreign keys by which a row belongs to somebody."""


def _history(actor: Actor, t: Any) -> Any:
    return history_within(actor, READ, t)


def history_within(actor: Actor, permission: str, t: Any, only: type[pw.Model] | None = None) -> Any:
    """Return the history rows (`t`: model or alias) of subjects that lie where a role gives the actor `permission`.

    `only` asks about the rows of one table, for a statement that says so itself.
    """
    paths = actor.paths(permission)
    if not paths:
        return False
    whole: list[str] = []
    parts: list[Any] = []
    for model in active_registry().models:
        if model.__module__ in _UNSHOWN or only not in {None, model}:
            continue
        subject = model.alias()
        rows = True if EVERYWHERE in paths and model in AUDITED else shown_by_role(actor, permission, subject)
        if rows is True:
            whole.append(model.__name__)
        elif rows is not False:
            keys = subject.select(subject.id).where(rows)
            parts.append((t.subject_type == model.__name__) & among(t.subject_id, keys))
    return either(t.subject_type.in_(whole) if whole else False, *parts)


def shown_by_role(actor: Actor, permission: str, subject: Any) -> Any:
    """Return the rows that the actor sees whole, and sees by those of its roles that give `permission`."""
    grants = tuple(grant for grant in actor.grants if permission in grant.permissions)
    by_role = replace(
        actor, account_id=0, employee_id=None, grants=grants, headed_paths=(), home_unit_ids=(), session_id=None
    )
    masks = (rows for name, rows in fields(actor, subject).items() if name not in SECRETS)
    result: Any = True
    for rows in (visible(by_role, subject), visible(actor, subject), *masks):
        if rows is False:
            return False
        if rows is not True:
            result = rows if result is True else result & rows
    return result


def _restore(actor: Actor, record: HistoryRecord) -> bool:
    """Allow where a role says so, except for what is about the actor itself."""
    rows = history_within(actor, RESTORE, HistoryRecord)
    if rows is False or not HistoryRecord.select().where((HistoryRecord.id == record.id) & rows).exists():
        return False
    model = next(model for model in active_registry().models if model.__name__ == record.subject_type)
    row = model.get_or_none(model._meta.primary_key == record.subject_id)
    return row is None or not is_about(actor, row)


def is_about(actor: Actor, row: pw.Model) -> bool:
    """Whether the row is about the actor itself, directly or as a part of what is."""
    if actor.employee_id is None:
        return False
    if isinstance(row, Employee):
        return bool(row.id == actor.employee_id)
    owners = [getattr(row, name) for name in _ABOUT if isinstance(row._meta.fields.get(name), pw.ForeignKeyField)]
    return any(is_about(actor, owner) for owner in owners if owner is not None)


ENTRIES: list[PolicyEntry] = [PolicyEntry(HistoryRecord, _history)]
ACTS: list[ActEntry] = [ActEntry(RESTORE, _restore)]
