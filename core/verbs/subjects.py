"""What a row is called and where it belongs, for those who keep a note of it: bin, runs and requests for approval."""

from datetime import date
from typing import Any

import peewee as pw

from core.organisation.models import Assignment, Employee, WorkUnit
from core.organisation.scope import holds_on

_NAMES = ("name", "title", "statement", "display_name", "username", "topic", "code", "label")
_OWNERS = (
    "unit",
    "plan",
    "employee",
    "evaluation",
    "work_result",
    "session",
    "progress_record",
    "indicator",
    "round",
    "delegator",
    "account",
    "service",
    "point",
    "counter",
)
_LONGEST = 200


def label_of_row(row: pw.Model) -> str:
    """Return what a person calls the row: its name or title, else that of whom or what it is about, else its id."""
    text = _name(row)
    if text:
        return text[:_LONGEST]
    for name in ("employee", "unit", "delegator"):
        owner = _owner(row, name)
        if owner is not None and _name(owner):
            return f"{_name(owner)} ({row.__data__['id']})"[:_LONGEST]
    return f"{type(row).__name__} {row.__data__['id']}"


def unit_path_of(row: pw.Model, today: date) -> str:
    """Return the path of the unit in which the row belongs today, empty where it belongs to none."""
    if isinstance(row, WorkUnit):
        return str(row.path)
    if isinstance(row, Employee):
        return _place_of(row.id, today)
    for name in _OWNERS:
        owner = _owner(row, name)
        if owner is not None:
            return unit_path_of(owner, today)
    return ""


def _name(row: pw.Model) -> str:
    found = (row.__data__.get(name) for name in _NAMES)
    return next((text.strip() for text in found if isinstance(text, str) and text.strip()), "")


def _owner(row: pw.Model, name: str) -> pw.Model | None:
    if not isinstance(row._meta.fields.get(name), pw.ForeignKeyField) or row.__data__.get(name) is None:
        return None
    column: Any = row._meta.fields[name]
    owner: pw.Model | None = column.rel_model.get_or_none(column.rel_model._meta.primary_key == row.__data__[name])
    return owner


def _place_of(employee_id: int, today: date) -> str:
    rows: Any = (
        Assignment.select(WorkUnit.path)
        .join(WorkUnit, on=Assignment.unit == WorkUnit.id)
        .where((Assignment.employee == employee_id) & (holds_on(Assignment, today) | (Assignment.valid_from > today)))
        .order_by(Assignment.is_primary.desc(), Assignment.valid_from)
        .tuples()
    )
    first = rows.first()
    return str(first[0]) if first else ""
