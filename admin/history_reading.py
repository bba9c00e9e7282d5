"""Changes of the history as a person reads them: titles instead of columns, names instead of ids."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import peewee as pw
from flask import url_for
from playhouse.fields import EnumField

from admin.listing.lookups import labels_of
from admin.listing.reading import view_of
from admin.show import NOTHING, shown, term
from core.actor import Actor
from core.history.models import HistoryRecord
from core.history.services.rows import value_of
from core.i18n import translate
from core.registry import active_registry
from core.verbs.performing import verbs_of

_EMPTY: tuple[Any, ...] = (None, "", [], {})
_UNSHOWN = frozenset({"id", "path", "depth"})
_NAMES = ("name", "title", "statement", "display_name", "username", "topic", "code", "label")

Labels = Mapping[type[pw.Model], Mapping[int, str]]


@dataclass(frozen=True)
class Change:
    """One field before and after; `name` is its column."""

    name: str
    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One change of the history: what was done to which row, by whom, why, and field by field."""

    id: int
    at: str
    who: str
    action: str
    what: str
    label: str
    url: str
    reason: str
    batch: str
    changes: Sequence[Change]


def entries_of(who: Actor, records: Sequence[HistoryRecord]) -> list[Entry]:
    """Return the records as a person reads them, with a statement for each table of which rows are named."""
    models = {model.__name__: model for model in active_registry().models}
    states = [
        (record, models.get(record.subject_type), _read(record.before), _read(record.after)) for record in records
    ]
    labels = _labels(who, states)
    return [_entry(record, model, before, after, labels) for record, model, before, after in states]


def title_of(model: type[pw.Model] | None, name: str) -> str:
    """Return what a person calls a column."""
    view = view_of(model) if model is not None else None
    if view is not None and name in view.by_name:
        return translate(view.by_name[name].title)
    for verb in verbs_of(model) if model is not None else ():
        for field in verb.fields:
            if name in {field.column, field.name, field.name.removesuffix("_id")}:
                return translate(field.title)
    return name.replace("_", " ").capitalize()


def text_of(model: type[pw.Model] | None, name: str, value: Any, labels: Labels) -> str:
    """Return a value of JSON as a person reads it."""
    column: Any = model._meta.fields.get(name) if model is not None else None
    if value in _EMPTY:
        return NOTHING
    if isinstance(column, pw.ForeignKeyField):
        return labels.get(column.rel_model, {}).get(value, f"#{value}")
    if isinstance(column, EnumField):
        return term(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    try:
        value = value if column is None else value_of(column, value)
    except (TypeError, ValueError):
        # Written by an earlier program, when the column was of another kind.
        value = str(value)
    return shown(value, active_registry().settings)


def differences(
    who: Actor, model: type[pw.Model], now: Mapping[str, Any], then: Mapping[str, Any]
) -> list[tuple[str, str, str]]:
    """Return title, value now and value then of every field that differs."""
    names = [name for name in {**now, **then} if name not in _UNSHOWN and now.get(name) != then.get(name)]
    labels = _labels(who, [(None, model, now, then)])
    return [
        (
            title_of(model, name),
            text_of(model, name, now.get(name), labels),
            text_of(model, name, then.get(name), labels),
        )
        for name in names
    ]


def label_of(record: HistoryRecord) -> str:
    """Return what the row of a record was called then."""
    values = _read(record.after) or _read(record.before)
    found = next((str(values[name]) for name in _NAMES if values.get(name)), "")
    return found or f"#{record.subject_id}"


def _read(text: str | None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text) if text else {}
    return found


def _entry(
    record: HistoryRecord, model: type[pw.Model] | None, before: dict[str, Any], after: dict[str, Any], labels: Labels
) -> Entry:
    view = view_of(model) if model is not None else None
    label = labels.get(model, {}).get(record.subject_id) if model is not None else None
    url = ""
    if label is not None and view is not None and view.is_accessible():
        url = url_for(f"{view.endpoint}.details_view", id=record.subject_id)
    names = [name for name in {**before, **after} if name not in _UNSHOWN and before.get(name) != after.get(name)]
    return Entry(
        id=record.id,
        at=shown(record.at, active_registry().settings),
        who=record.actor_name,
        action=record.action,
        what=translate(view.name) if view is not None else record.subject_type,
        label=label or label_of(record),
        url=url,
        reason=record.reason or "",
        batch=record.batch,
        changes=[
            Change(
                name,
                title_of(model, name),
                text_of(model, name, before.get(name), labels),
                text_of(model, name, after.get(name), labels),
            )
            for name in names
            if before.get(name) not in _EMPTY or after.get(name) not in _EMPTY
        ],
    )


def _labels(who: Actor, states: Iterable[tuple[Any, type[pw.Model] | None, Any, Any]]) -> Labels:
    """Return the names of the rows that the states are about and refer to, where the caller sees them."""
    wanted: dict[type[pw.Model], set[int]] = {}
    for record, model, *values in states:
        if model is None:
            continue
        if record is not None:
            wanted.setdefault(model, set()).add(record.subject_id)
        for name, column in model._meta.fields.items():
            if isinstance(column, pw.ForeignKeyField):
                keys = {state.get(name) for state in values}
                wanted.setdefault(column.rel_model, set()).update(key for key in keys if isinstance(key, int))
    return {model: labels_of(who, model, keys) for model, keys in wanted.items() if keys}
