"""Columns as an actor may read them: masked where the policy masks, related rows by the text that stands for them."""

from typing import Any

import peewee as pw
from flask import current_app

from admin.listing.columns import Shown
from core import policy
from core.actor import Actor
from core.policy import as_condition

_USUAL_NAMES = ("name", "title", "code", "username", "statement")
_FARTHEST = 3
"""Rows that stand for rows that stand for rows."""


def view_of(model: type[pw.Model]) -> Any:
    """Return the view that shows rows of `model`, None where there is none."""
    return next((view for view in _views() if view.model is model), None)


def view_at(endpoint: str) -> Any:
    """Return the view of this endpoint, None where there is none."""
    return next((view for view in _views() if view.endpoint == endpoint), None)


def _views() -> list[Any]:
    admins = current_app.extensions.get("admin", ())
    # Flask-Admin keeps no public list of its views.
    return [view for admin in admins for view in admin._views if hasattr(view, "standing")]  # noqa: SLF001


def standing(model: type[pw.Model]) -> tuple[str, ...]:
    """Return the names of the columns that stand for a row of `model` where another row refers to it."""
    view = view_of(model)
    if view is not None:
        names: tuple[str, ...] = view.standing
        return names
    return next(((name,) for name in _USUAL_NAMES if name in model._meta.fields), ("id",))


def readable(who: Actor, table: Any, name: str) -> Any:
    """Return the column `name` of `table` (a model or an alias) where the actor may read it, NULL elsewhere."""
    rule = policy.mask(who, table, name)
    if rule is False:
        return pw.Value(None)
    column = _column(table, name)
    return column if rule is True else pw.Case(None, ((rule, column),))


def visible(who: Actor, table: Any) -> Any:
    """Return which rows of `table` the actor sees, as an expression."""
    return as_condition(policy.visible(who, table))


def text_of(who: Actor, table: Any, column: Shown) -> Any:
    """Return what a column shows: itself, or for a foreign key the text of the related row where that is visible."""
    return _text(who, table, column.name, column.label, 0)


def related_key(who: Actor, table: Any, name: str) -> Any:
    """Return the id of the related row where it is visible."""
    related = _field(table, name).rel_model.alias()
    return related.select(related.id).where((related.id == readable(who, table, name)) & visible(who, related))


def related_text(who: Actor, related: Any, label: pw.Field | None, depth: int = 0) -> Any:
    """Return the text that stands for a row of `related` (a model or an alias)."""
    if label is not None:
        return readable(who, related, str(label.name))
    view = view_of(_model(related))
    name = standing(_model(related))[0]
    column = view.by_name[name] if view is not None and name in view.by_name else None
    return _text(who, related, name, column.label if column is not None else None, depth)


def _text(who: Actor, table: Any, name: str, label: pw.Field | None, depth: int) -> Any:
    field = _field(table, name)
    if not isinstance(field, pw.ForeignKeyField) or depth >= _FARTHEST:
        return readable(who, table, name)
    related = field.rel_model.alias()
    text = related_text(who, related, label, depth + 1)
    return related.select(text).where((related.id == readable(who, table, name)) & visible(who, related))


def _column(table: Any, name: str) -> Any:
    """Return a column also where an alias has something else under its name, such as `model`."""
    return (
        pw.FieldAlias(table, table.model._meta.fields[name])
        if isinstance(table, pw.ModelAlias)
        else getattr(table, name)
    )


def _model(table: Any) -> Any:
    return table.model if isinstance(table, pw.ModelAlias) else table


def _field(table: Any, name: str) -> Any:
    return _model(table)._meta.fields[name]
