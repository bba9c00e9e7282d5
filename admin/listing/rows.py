"""The rows that answer a list: those that the actor sees, found, ordered and counted in one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import and_
from typing import Any

import peewee as pw

from admin.listing.asked import Asked
from admin.listing.columns import Kind, Shown, kind_of
from admin.listing.conditions import expression
from admin.listing.reading import readable, related_text, text_of, visible
from core import policy
from core.actor import Actor
from core.database import database
from core.policy import as_condition

MOST_COUNTED = 10_000
"""Rows that are counted, and that can be paged through; of more it is said that there are more."""


@dataclass(frozen=True)
class Page:
    """One page of a list, and how many rows there are: `found` at most MOST_COUNTED, more when `is_more`."""

    rows: Sequence[Any]
    found: int
    is_more: bool

    def pages(self, size: int) -> int:
        """Return the number of pages."""
        return max(1, -(-self.found // size))


def selected(view: Any, who: Actor, names: Iterable[str]) -> Any:
    """Return the query of the visible rows with these columns, and the id."""
    columns = [text_of(who, view.model, view.by_name[name]).alias(name) for name in dict.fromkeys(names)]
    return view.model.select(view.model.id, *columns).where(visible(who, view.model)).namedtuples()


def keys(view: Any, who: Actor, asked: Asked, table: Any = None) -> Any:
    """Return the query of the ids of all rows that are found, without an order."""
    table = view.model if table is None else table
    return narrowed(view, who, asked, table.select(table.id).where(visible(who, table)), table)


def narrowed(view: Any, who: Actor, asked: Asked, query: Any, table: Any) -> Any:
    """Return `query` with only the rows that fit the search and every filter."""
    for found in searched(view, who, view.searched, asked.words, table):
        query = query.where(found)
    for one in asked.conditions:
        query = query.where(expression(who, table, view.model, one))
    return query


def ordered(view: Any, who: Actor, asked: Asked, query: Any) -> Any:
    """Return `query` in the order that is asked for; rows without a value come last, equal ones by id."""
    model = view.model
    name = asked.sort
    if name == "id" or name not in view.by_name:
        return query.order_by(model.id.desc() if asked.descending else model.id)
    column = view.by_name[name]
    field = model._meta.fields[name]
    rule = policy.mask(who, model, name)
    if rule is False:
        return query.order_by(model.id)
    key = text_of(who, model, column)
    # Said only where it matters: an index gives rows in its own order, and knows of no other.
    nulls = "LAST" if field.null or rule is not True or kind_of(field) is Kind.RELATION else None
    key = pw.Desc(key, nulls=nulls) if asked.descending else pw.Asc(key, nulls=nulls)
    return query.order_by(key, model.id)


def page_of(view: Any, who: Actor, asked: Asked, extra: Any = None) -> Page:
    """Return one page in one statement; in two where the page is empty, and the number must be asked for by itself.

    `extra` is a condition on the model that belongs to the list itself, such as the row whose related rows it shows.
    """
    table = view.model.alias()
    counted = keys(view, who, asked, table)
    query = ordered(view, who, asked, narrowed(view, who, asked, selected(view, who, asked.columns), view.model))
    if extra is not None:
        query, counted = query.where(extra(view.model)), counted.where(extra(table))
    number = _capped(counted)
    start = asked.page * asked.size
    rows: list[Any] = []
    if start < MOST_COUNTED:
        rows = list(query.select_extend(number.alias("found")).limit(asked.size).offset(start))
    found = rows[0].found if rows else number.scalar() if asked.page else 0
    return Page(rows, min(found, MOST_COUNTED), found > MOST_COUNTED)


def count(view: Any, who: Actor) -> int:
    """Return how many rows the actor sees."""
    table = view.model
    return int(table.select(table.id).where(visible(who, table)).count())


def _capped(query: Any) -> Any:
    """Return the query of the number of rows, counted no farther than is told."""
    return pw.Select([query.limit(MOST_COUNTED + 1).alias("some")], [pw.fn.COUNT(pw.SQL("*"))]).bind(database)


def searched(view: Any, who: Actor, columns: Sequence[Shown], words: Sequence[str], table: Any) -> Iterable[Any]:
    """Yield a condition for each word, which one of `columns` holds.

    Digits that follow each other may be one number with blanks, as a NIP has.
    """

    def found(word: str) -> Any:
        return as_condition(policy.either(*(_holds(view, who, column, word, table) for column in columns)))

    for is_number, run in groupby(words, str.isdecimal):
        parts = list(run)
        if is_number and len(parts) > 1:
            yield policy.either(reduce(and_, map(found, parts)), found("".join(parts)))
        else:
            yield from map(found, parts)


def _holds(view: Any, who: Actor, column: Shown, word: str, table: Any) -> Any:
    field = view.model._meta.fields[column.name]
    shown = readable(who, table, column.name)
    kind = kind_of(field)
    if kind is Kind.RELATION:
        related = field.rel_model.alias()
        text = pw.fn.COALESCE(pw.Cast(related_text(who, related, column.label), "TEXT"), "")
        return shown.in_(related.select(related.id).where(text.contains(word) & visible(who, related)))
    return pw.fn.COALESCE(shown if kind is Kind.TEXT else pw.Cast(shown, "TEXT"), "").contains(word)
