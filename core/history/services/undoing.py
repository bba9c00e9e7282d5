"""Undoing all changes of one unit of work, such as an import."""

from collections.abc import Collection
from typing import Any

import peewee as pw

from core.context import Context
from core.errors import Problem, Refused
from core.history.models import HistoryRecord
from core.history.services.rows import current, finish, model_of, obstacles, put_back, state_of
from core.i18n import N_
from core.work import unit_of_work

_MOST_NAMED = 20


def undo_batch(ctx: Context, batch: str, *, except_types: Collection[str] = ()) -> int:
    """Undo the changes of a batch, last one first, and return how many; refused where a row was changed since.

    Asks no policy: the service that offers the undoing does. Rows of `except_types` are left alone.
    """
    with unit_of_work(ctx) as work:
        records = [
            record
            for record in HistoryRecord.select().where(HistoryRecord.batch == batch).order_by(HistoryRecord.id.desc())
            if record.subject_type not in except_types
        ]
        later = _changed_later(batch, records)
        if later:
            raise Refused(later)
        models: set[type[pw.Model]] = set()
        for record in records:
            model = model_of(record)
            models.add(model)
            values = None if record.before is None else state_of(model, record.before)
            problems = obstacles(model, record.subject_id, values)
            if problems:
                raise Refused(problems)
            if values is not None:
                put_back(work, model, record.subject_id, values)
                continue
            row = current(model, record.subject_id)
            if row is not None:
                work.delete(row)
        finish(ctx, work, models)
        return len(records)


def _changed_later(batch: str, records: list[HistoryRecord]) -> list[Problem]:
    """Return a problem for each row (the first ones) that something else changed after the batch had done with it."""
    lasts: dict[str, dict[int, int]] = {}
    for record in records:
        keys = lasts.setdefault(record.subject_type, {})
        keys[record.subject_id] = max(record.id, keys.get(record.subject_id, 0))
    problems = []
    for name, keys in lasts.items():
        for part in pw.chunked(sorted(keys), 500):
            rows: Any = (
                HistoryRecord.select(HistoryRecord.subject_id, HistoryRecord.id, HistoryRecord.at)
                .where(
                    (HistoryRecord.subject_type == name)
                    & HistoryRecord.subject_id.in_(part)
                    & (HistoryRecord.id > min(keys[key] for key in part))
                    & (HistoryRecord.batch != batch)
                )
                .order_by(HistoryRecord.subject_id, HistoryRecord.id)
                .tuples()
            )
            changed = {key: at for key, found, at in rows if found > keys[key]}
            problems += [
                Problem(
                    "CHANGED_LATER",
                    N_("{subject} was changed since ({at}), so this cannot be undone. Undo or keep that change first."),
                    ("input",),
                    {"subject": f"{name}:{key}", "at": f"{at:%Y-%m-%d %H:%M} UTC"},
                )
                for key, at in changed.items()
            ]
    return problems[:_MOST_NAMED]
