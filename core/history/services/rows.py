"""What both ways back share: reading a recorded state, writing it to its row, and naming what stands in the way."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
import peewee as pw

from core.context import Context
from core.database import AmountField, Record, UtcDateTimeField
from core.errors import Problem, refuse
from core.history.models import HistoryRecord
from core.history.policies import AUDITED
from core.i18n import N_
from core.organisation import models as organisation
from core.organisation.services.reporting import rebuild_lines
from core.platform import models as platform
from core.policy import is_confidential
from core.registry import active_registry
from core.work import UNRECORDED, UnitOfWork

_MOST_NAMED = 10


def model_of(record: HistoryRecord) -> type[pw.Model]:
    """Return the table of a record; refuse for accounts, roles and the house's own tables, which stay as they are."""
    model = next((model for model in active_registry().models if model.__name__ == record.subject_type), None)
    if model is None or model in AUDITED or model.__module__ in {platform.__name__, HistoryRecord.__module__}:
        raise refuse(
            "NOT_RESTORABLE",
            N_("{type} is not brought back from the history. Make the change that you want there itself."),
            "input",
            "id",
            type=record.subject_type,
        )
    return model


def state_of(model: type[pw.Model], text: str) -> dict[str, Any]:
    """Return the columns of a recorded state as Python values; columns that are gone since are left out."""
    recorded: dict[str, Any] = orjson.loads(text)
    columns: Mapping[str, Any] = model._meta.fields
    return {
        name: value_of(columns[name], value)
        for name, value in recorded.items()
        if name in columns and name not in UNRECORDED and columns[name] is not model._meta.primary_key
    }


def value_of(column: Any, value: Any) -> Any:
    """Return a JSON value as the column has it in Python."""
    if value is None or isinstance(column, pw.JSONField | pw.ForeignKeyField):
        return value
    if isinstance(column, UtcDateTimeField):
        return datetime.fromisoformat(value)
    if isinstance(column, pw.DateField):
        return date.fromisoformat(value)
    if isinstance(column, AmountField):
        return Decimal(value)
    return column.python_value(value)


def current(model: type[pw.Model], key: int) -> pw.Model | None:
    """Return the row as it is now, None when it is gone."""
    row: pw.Model | None = model.get_or_none(model._meta.primary_key == key)
    return row


def put_back(work: UnitOfWork, model: type[pw.Model], key: int, values: Mapping[str, Any]) -> pw.Model:
    """Give the row its recorded state; a deleted row comes back with its old id."""
    row = current(model, key)
    if row is not None:
        return work.update(row, **values)
    if issubclass(model, Record):
        # Higher than any version it had, so that nobody's old copy passes as fresh.
        earlier = (HistoryRecord.subject_type == model.__name__) & (HistoryRecord.subject_id == key)
        values = {**values, "version": HistoryRecord.select().where(earlier).count() + 1}
    return work.create(model, id=key, **values)


def obstacles(model: type[pw.Model], key: int, values: Mapping[str, Any] | None) -> list[Problem]:
    """Return what stands in the way of a state: rows that refer to one to be deleted, are missing, or clash."""
    if values is None:
        return _dependents(model, key)
    return [*_missing(model, values), *_clashes(model, key, values)]


def finish(ctx: Context, work: UnitOfWork, models: set[type[pw.Model]]) -> None:
    """Work out anew what follows from the restored rows."""
    if any(model.__module__ == organisation.__name__ for model in models):
        work.before_commit("history.reporting_lines", lambda: _rebuild(ctx))


def _rebuild(ctx: Context) -> None:
    rebuild_lines(ctx)


def _dependents(model: type[pw.Model], key: int) -> list[Problem]:
    problems = []
    for other in active_registry().models:
        for column in other._meta.sorted_fields:
            if isinstance(column, pw.ForeignKeyField) and column.rel_model is model and not _is_derived(other):
                keys: Any = other.select(other._meta.primary_key).where(column == key).limit(_MOST_NAMED).tuples()
                problems += [
                    Problem(
                        "RESTORE_DEPENDENT",
                        N_("{dependent} refers to {subject}, so it cannot be taken away. Change that first."),
                        ("input", "id"),
                        {
                            "dependent": "-" if is_confidential(other) else f"{other.__name__}:{found}",
                            "subject": f"{model.__name__}:{key}",
                        },
                    )
                    for (found,) in keys
                ]
    return problems


def _is_derived(model: type[pw.Model]) -> bool:
    """Whether the rows follow from others and are worked out anew: they stand in nobody's way."""
    return model is organisation.ReportingLine


def _missing(model: type[pw.Model], values: Mapping[str, Any]) -> list[Problem]:
    return [
        Problem(
            "RESTORE_MISSING",
            N_("{missing}, to which this state refers ({column}), is gone. Bring that back first."),
            ("input", "id"),
            {"missing": f"{column.rel_model.__name__}:{values[column.name]}", "column": column.name},
        )
        for column in model._meta.sorted_fields
        if isinstance(column, pw.ForeignKeyField)
        and values.get(column.name) is not None
        and current(column.rel_model, values[column.name]) is None
    ]


def _clashes(model: type[pw.Model], key: int, values: Mapping[str, Any]) -> list[Problem]:
    groups = [[column.name] for column in model._meta.sorted_fields if column.unique]
    groups += [list(names) for names, is_unique in _indexes(model) if is_unique]
    problems = []
    for names in groups:
        if any(values.get(name) is None for name in names):
            continue
        same = model._meta.primary_key != key
        for name in names:
            same &= model._meta.fields[name] == values[name]
        row = model.select().where(same).first()
        if row is not None:
            problems.append(
                Problem(
                    "RESTORE_CLASH",
                    N_("{other} has the same {columns} now. Change that first."),
                    ("input", "id"),
                    {"other": f"{model.__name__}:{row._pk}", "columns": ", ".join(names)},
                )
            )
    return problems


def _indexes(model: type[pw.Model]) -> list[tuple[tuple[str, ...], bool]]:
    return [index for index in model._meta.indexes if isinstance(index, tuple)]
