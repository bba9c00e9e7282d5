"""Rows by what stands for them: the look-up of a relation, and the text of a row whose id is known."""

from collections.abc import Iterable
from typing import Any

import peewee as pw
from flask import url_for

from admin.listing.reading import readable, related_text, standing, text_of, view_of, visible
from admin.listing.rows import searched
from core.actor import Actor
from core.digits import LARGEST

MOST_FOUND = 20
_LONGEST_SEARCH = 200
_BETWEEN = " · "


def lookup_url_for(model: type[pw.Model]) -> str:
    """Return the address at which rows of `model` are looked up, nothing where no view shows them."""
    view = view_of(model)
    return url_for(f"{view.endpoint}.lookup_view") if view is not None else ""


def label_of(actor: Actor, model: type[pw.Model], id: int) -> str | None:
    """Return the text that stands for one row, None when the actor does not see it."""
    return labels_of(actor, model, [id]).get(id)


def labels_of(actor: Actor, model: type[pw.Model], ids: Iterable[int]) -> dict[int, str]:
    """Return the texts of those rows that the actor sees, by id, in one statement."""
    wanted = sorted({key for key in ids if 0 < key <= LARGEST})
    if not wanted:
        return {}
    query = _titled(actor, model).where(model.id.in_(wanted))  # type: ignore[attr-defined]
    return {row.id: _written(model, row) for row in query}


def looked_up(actor: Actor, model: type[pw.Model], text: str) -> list[dict[str, Any]]:
    """Return at most MOST_FOUND rows that the actor sees and every word of `text` fits; first those that begin so."""
    view = view_of(model)
    words = text.replace("\x00", " ")[:_LONGEST_SEARCH].split()
    first = related_text(actor, model, None)
    query = _titled(actor, model)
    if words:
        columns = view.searched or [view.by_name[name] for name in view.standing]
        for found in searched(view, actor, columns, words, model):
            query = query.where(found)
        begins = pw.fn.COALESCE(first, "").startswith(" ".join(words))
        query = query.order_by(pw.Case(None, ((begins, 0),), 1), first, model.id)  # type: ignore[attr-defined]
    else:
        query = query.order_by(first, model.id)  # type: ignore[attr-defined]
    return [{"id": row.id, "text": _written(model, row)} for row in query.limit(MOST_FOUND)]


def _titled(actor: Actor, model: Any) -> Any:
    view = view_of(model)
    names = standing(model)
    columns = [
        (text_of(actor, model, view.by_name[name]) if view is not None else readable(actor, model, name)).alias(name)
        for name in names
        if name != "id"
    ]
    return model.select(model.id, *columns).where(visible(actor, model)).namedtuples()


def _written(model: type[pw.Model], row: Any) -> str:
    view = view_of(model)
    texts = [
        view.shown(row, name) if view is not None else str(getattr(row, name))
        for name in standing(model)
        if getattr(row, name) not in {None, ""}
    ]
    return _BETWEEN.join(texts) or f"#{row.id}"
