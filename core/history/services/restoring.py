"""Bringing one row back to a state that the history recorded."""

from collections.abc import Mapping
from typing import Any, Literal

import peewee as pw

from core.context import Context, stating
from core.errors import Refused, refuse
from core.history.models import HistoryRecord
from core.history.policies import RESTORE
from core.history.services.rows import current, finish, model_of, obstacles, put_back, state_of
from core.i18n import N_
from core.organisation.models import WorkUnit, WorkUnitRevision
from core.policy import as_condition, fetch, require, visible
from core.work import UnitOfWork, plain, unit_of_work

State = Literal["before", "after"]


def history_of(ctx: Context, subject_type: str, subject_id: int) -> list[HistoryRecord]:
    """Return the changes of one row that the caller sees, earliest first."""
    rows = (HistoryRecord.subject_type == subject_type) & (HistoryRecord.subject_id == subject_id)
    query = HistoryRecord.select().where(rows & as_condition(visible(ctx.actor, HistoryRecord)))
    return list(query.order_by(HistoryRecord.id))


def restore(ctx: Context, history_id: int, *, state: State = "before", reason: str | None = None) -> pw.Model | None:
    """Bring the row of a history record back to its state before (or after) that change; None when it was not there.

    What history does not hold, such as passwords, stays as it is. Refused without a reason, and where other rows stand
    in the way, each of them named.
    """
    with stating(ctx, _said(ctx, reason)), unit_of_work(ctx) as work:
        record, model = _restorable(ctx, history_id)
        text = record.before if state == "before" else record.after
        values = None if text is None else state_of(model, text)
        problems = obstacles(model, record.subject_id, values)
        if problems:
            raise Refused(problems)
        _check_tree(model, record.subject_id, values)
        return _apply(ctx, work, model, record.subject_id, values)


def restore_field(
    ctx: Context, history_id: int, field: str, reason: str | None, *, state: State = "before"
) -> pw.Model:
    """Give one field of a row the value that it had before (or after) a change, and leave the others as they are.

    Refused as `restore` is, where the row is gone, and for a field that the change does not hold.
    """
    with stating(ctx, _said(ctx, reason)), unit_of_work(ctx) as work:
        record, model = _restorable(ctx, history_id)
        text = record.before if state == "before" else record.after
        held = {} if text is None else state_of(model, text)
        if field not in held:
            raise refuse(
                "FIELD_NOT_HELD",
                N_("This change holds no {field}. Choose one of the fields that it shows."),
                "input",
                "field",
                field=field,
            )
        row = current(model, record.subject_id)
        if row is None:
            text = N_("The record itself is gone, so no field of it can be restored. Bring the record back first.")
            raise refuse("RECORD_GONE", text, "input", "id")
        values = {**{name: row.__data__.get(name) for name in held}, field: held[field]}
        problems = obstacles(model, record.subject_id, values)
        if problems:
            raise Refused(problems)
        _check_tree(model, record.subject_id, values)
        finish(ctx, work, {model})
        return work.update(row, **{field: held[field]})


def _said(ctx: Context, reason: str | None) -> str:
    why = (reason or ctx.reason or "").strip()
    if not why:
        raise refuse(
            "REASON_MISSING", N_("Bringing back an earlier state needs a reason. Write why."), "input", "reason"
        )
    return why


def _restorable(ctx: Context, history_id: int) -> tuple[HistoryRecord, type[pw.Model]]:
    record = fetch(HistoryRecord, history_id, ctx, "input", "id")
    model = model_of(record)
    require(ctx, RESTORE, record, "input", "id")
    return record, model


def _apply(
    ctx: Context, work: UnitOfWork, model: type[pw.Model], key: int, values: Mapping[str, Any] | None
) -> pw.Model | None:
    finish(ctx, work, {model})
    if values is not None:
        return put_back(work, model, key, values)
    row = current(model, key)
    if row is not None:
        work.delete(row)
    return None


def _check_tree(model: type[pw.Model], key: int, values: Mapping[str, Any] | None) -> None:
    """Refuse to change alone what is dated of a unit: its revisions and the paths of units below it hold it, too."""
    if model not in {WorkUnit, WorkUnitRevision}:
        return
    row = current(model, key)
    places = ("name", "short_name", "parent", "path", "depth", "valid_from", "valid_to")
    is_same = (
        row is not None
        and values is not None
        and all(plain(row.__data__[name]) == plain(values.get(name)) for name in places if name in row.__data__)
    )
    if not is_same:
        raise refuse(
            "RESTORE_TREE",
            N_("This state has the unit under another name, place or time. Rename, move or close the unit instead."),
            "input",
            "id",
        )
