"""What tables, columns and recorded values are called on pages about changes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import peewee as pw
from flask import url_for
from playhouse.fields import EnumField

from admin.listing.reading import view_of
from admin.show import shown, term
from admin.writing.references import labels
from core.context import Context
from core.i18n import N_, translate
from core.registry import active_registry
from core.verbs.performing import verbs_of

HIDDEN = N_("(you may not see it)")


def model_named(name: str) -> Any:
    """Return the table of this name, None when its plugin is off."""
    return next((model for model in active_registry().models if model.__name__ == name), None)


def model_title(model: Any) -> str:
    """Return the title of a table, which is that of its view."""
    view = view_of(model)
    return translate(view.name) if view is not None else str(model.__name__)


def title_of_named(name: str) -> str:
    """Return the title of the table of this name, the name where its plugin is off."""
    model = model_named(name)
    return model_title(model) if model is not None else name


def column_title(model: Any, name: str) -> str:
    """Return the title of a column: that of its view, or of a field of a verb, or its name."""
    view = view_of(model)
    column = view.by_name.get(name) if view is not None else None
    if column is not None:
        return translate(column.title)
    for verb in verbs_of(model):
        for field in verb.fields:
            if name in {field.column, field.name, field.name.removesuffix("_id")}:
                return translate(field.title)
    return name


def link_to(model: Any, key: int) -> str:
    """Return the address of a row's page, nothing where its table has no view."""
    view = view_of(model)
    return url_for(f"{view.endpoint}.details_view", id=key) if view is not None else ""


def told_values(ctx: Context, model: Any, column: str, values: Iterable[Any]) -> list[str]:
    """Return recorded values of one column as a person reads them; rows that the actor does not see are not named."""
    found = list(values)
    field = model._meta.fields.get(column) if model is not None else None
    if isinstance(field, pw.ForeignKeyField):
        named = labels(ctx.actor, field.rel_model, [key for key in found if isinstance(key, int)])
        return [shown(None, ctx.settings) if key is None else named.get(key, translate(HIDDEN)) for key in found]
    return [_told(ctx, field, value) for value in found]


def _told(ctx: Context, field: Any, value: Any) -> str:
    if isinstance(field, EnumField) and value is not None:
        return term(value)
    if isinstance(field, pw.DateField) and isinstance(value, str):
        value = date.fromisoformat(value)
    return shown(value, ctx.settings)
