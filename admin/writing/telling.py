"""What tables, columns and recorded values are called on pages about changes."""

from collections.abc import Iterable
from typing import Any

import peewee as pw
from flask import url_for

from admin.history_reading import text_of
from admin.listing.reading import view_of
from admin.show import shown
from admin.writing.references import labels
from core.context import Context
from core.i18n import N_, translate
from core.registry import active_registry

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
    return [text_of(model, column, value, {}) for value in found]
