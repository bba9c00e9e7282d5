"""Rows that a field refers to, as a person sees them: what one is called, all there are, those a search finds."""

from collections.abc import Iterable, Sequence
from typing import Any

import peewee as pw

from admin.listing.lookups import labels_of, looked_up
from admin.listing.reading import visible
from core.actor import Actor

MOST_OPTIONS = 100
"""Rows that a form offers at once; where there are more, one searches."""

Option = tuple[str, str]
"""Id and text of a row."""


def options(who: Actor, model: type[pw.Model]) -> Sequence[Option] | None:
    """Return all rows that the actor sees, None when they are too many to choose from at once."""
    key: Any = model._meta.primary_key
    found: Any = model.select(key).where(visible(who, model)).limit(MOST_OPTIONS + 1).tuples()
    keys = [row[0] for row in found]
    if len(keys) > MOST_OPTIONS:
        return None
    return sorted(((str(key), text) for key, text in labels_of(who, model, keys).items()), key=lambda one: one[1])


def found_options(who: Actor, model: type[pw.Model], words: str) -> Sequence[Option]:
    """Return the first rows that every word fits."""
    return [(str(row["id"]), row["text"]) for row in looked_up(who, model, words)]


def labels(who: Actor, model: type[pw.Model], keys: Iterable[int]) -> dict[int, str]:
    """Return the text of each row among `keys` that the actor sees."""
    return labels_of(who, model, keys)
