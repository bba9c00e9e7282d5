"""Rows that many tests begin with: written as they were made the first time, and not made anew."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import peewee as pw

from core.database import Record, database, utc_now

T = TypeVar("T")

_STAMPS = ("created_at", "updated_at")
_NOW = object()
"""Stands for the present moment among kept values."""


@dataclass(frozen=True)
class _Kept:
    objects: bytes
    statements: list[tuple[str, list[Any]]]


_kept: dict[tuple[str, str], _Kept] = {}


def made_once(name: str, models: Sequence[type[pw.Model]], make: Callable[[], T]) -> T:
    """Return what `make` returns, a dataclass of rows, with its rows in the tables of `models`, stamped today.

    In one database the rows have the same ids in every test; ids are never given out twice, so that they stay free.
    Where there are rows already, they are made anew.
    """
    if any(model.select().exists() for model in models):
        return make()
    place = (name, str(database.obj.database))
    if place not in _kept:
        made = make()
        objects = pickle.dumps((made, list({id(row): row for row in _records(vars(made).values())}.values())))
        _kept[place] = _Kept(objects, [_statement(model) for model in models])
        return made
    now = utc_now()
    for text, values in _kept[place].statements:
        database.execute_sql(text, [now.replace(tzinfo=None) if value is _NOW else value for value in values])
    made, records = pickle.loads(_kept[place].objects)
    for row in records:
        row.__data__.update(dict.fromkeys(_STAMPS, now))
    return made


def _statement(model: type[pw.Model]) -> tuple[str, list[Any]]:
    columns = [field.column_name for field in model._meta.sorted_fields]
    listed = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.table_name
    found = database.execute_sql(f'SELECT {listed} FROM "{table}" ORDER BY id').fetchall()
    values = [_NOW if column in _STAMPS else value for row in found for column, value in zip(columns, row, strict=True)]
    row = f"({', '.join([database.obj.param] * len(columns))})"
    return f'INSERT INTO "{table}" ({listed}) VALUES {", ".join([row] * len(found))}', values


def _records(found: Any) -> Iterator[Record]:
    """Yield the rows with stamps among values, and those that they lead to."""
    for value in found:
        if isinstance(value, dict):
            yield from _records(value.values())
        elif isinstance(value, pw.Model):
            if isinstance(value, Record):
                yield value
            yield from _records(value.__rel__.values())
