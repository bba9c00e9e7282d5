"""The columns of a view, and what follows from the type of each."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson
import peewee as pw
from playhouse.fields import EnumField


class Kind(StrEnum):
    """What a column holds, as far as filters, export and display care."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    DATE = "DATE"
    MOMENT = "MOMENT"
    BOOLEAN = "BOOLEAN"
    CHOICE = "CHOICE"
    RELATION = "RELATION"
    JSON = "JSON"


@dataclass(frozen=True)
class Shown:
    """A column of a view: a field of its model, its title, and for a foreign key the field that stands for the row.

    `write` turns a stored value into what a person reads; a column that `is_raw` is read for the view's blocks alone.
    Which filters there are follows from the type of the field; `is_filtered` False leaves them out.
    """

    name: str
    title: str
    label: pw.Field | None = None
    is_listed: bool = True
    is_searched: bool = False
    write: Callable[[Any], str] | None = None
    is_raw: bool = False
    is_filtered: bool | None = None


_KINDS: tuple[tuple[type[pw.Field], Kind], ...] = (
    (EnumField, Kind.CHOICE),
    (pw.ForeignKeyField, Kind.RELATION),
    (pw.JSONField, Kind.JSON),
    (pw.BooleanField, Kind.BOOLEAN),
    (pw.DateTimeField, Kind.MOMENT),
    (pw.DateField, Kind.DATE),
    (pw.IntegerField, Kind.NUMBER),
    (pw.DecimalField, Kind.NUMBER),
    (pw.FloatField, Kind.NUMBER),
)


def kind_of(field: pw.Field) -> Kind:
    """Return what a field holds; whatever is nothing else is text."""
    return next((kind for base, kind in _KINDS if isinstance(field, base)), Kind.TEXT)


def has_filter(column: Shown, field: pw.Field) -> bool:
    """Whether people are offered a filter by the column."""
    return column.is_filtered is not False and not column.is_raw and kind_of(field) is not Kind.JSON


def stored(field: pw.Field, value: Any) -> Any:
    """Return a value as the field has it in Python; where a column is masked in SQL it arrives as it is stored."""
    if value is None:
        return None
    if isinstance(field, pw.JSONField):
        return orjson.loads(value) if isinstance(value, str | bytes) else value
    return field.python_value(value)  # type: ignore[no-untyped-call]
