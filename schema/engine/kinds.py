"""Kinds of plain values: how each is read from a row, bound into a statement and written into a cursor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import orjson

from core.database import is_sqlite
from schema.scalars import JSON, date_text, decimal_text, is_storable, moment_text


@dataclass(frozen=True)
class Kind:
    """One kind of value.

    `read` takes what the database driver gives, `bind` makes what it takes, `text` and `parse` are for cursors;
    `parse` raises ValueError on anything that `text` cannot have written.
    """

    name: str
    read: Callable[[Any], Any]
    bind: Callable[[Any], Any]
    text: Callable[[Any], Any]
    parse: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _checked(kind: type) -> Callable[[Any], Any]:
    def parse(value: Any) -> Any:
        if type(value) is not kind:
            raise ValueError(value)
        return value

    return parse


def _parse_integer(value: Any) -> int:
    if type(value) is not int or not -(2**63) <= value < 2**63:
        raise ValueError(value)
    return value


def _read_decimal(value: Any) -> Decimal:
    # SQLite gives a number, PostgreSQL a Decimal with the scale of its column: both mean the same amount.
    return Decimal(decimal_text(value))


def _bind_decimal(value: Any) -> Any:
    # SQLite keeps amounts as numbers; a text would only be compared as a number beside a bare column.
    return float(value) if is_sqlite() else value


def _parse_decimal(value: Any) -> Decimal:
    if not isinstance(value, str):
        raise ValueError(value)  # noqa: TRY004 - one kind of fault for all broken cursors
    try:
        number = Decimal(value)
    except ArithmeticError:
        raise ValueError(value) from None
    if not is_storable(number):
        raise ValueError(value)
    return number


def _read_date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _bind_date(value: date) -> Any:
    return value.isoformat() if is_sqlite() else value


def _parse_date(value: Any) -> date:
    return date.fromisoformat(_checked(str)(value))


def _read_moment(value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment.replace(tzinfo=UTC)


def _bind_moment(value: datetime) -> Any:
    naive = value.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return str(naive) if is_sqlite() else naive


def _parse_moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(_checked(str)(value))
    if moment.tzinfo is None:
        raise ValueError(value)
    # Raises OverflowError beyond the calendar, which a reader of cursors expects as well.
    return moment.astimezone(UTC)


def _read_json(value: Any) -> Any:
    return orjson.loads(value) if isinstance(value, str | bytes) else value


TEXT = Kind("String", _same, _same, _same, _checked(str))
INTEGER = Kind("Int", int, _same, _same, _parse_integer)
NUMBER = Kind("Float", float, _same, _same, _checked(float))
BOOLEAN = Kind("Boolean", bool, bool, _same, _checked(bool))
DECIMAL = Kind("Decimal", _read_decimal, _bind_decimal, decimal_text, _parse_decimal)
DATE = Kind("Date", _read_date, _bind_date, date_text, _parse_date)
MOMENT = Kind("DateTime", _read_moment, _bind_moment, moment_text, _parse_moment)
ANYTHING = Kind("JSON", _read_json, _same, _same, _same)

BY_TYPE: dict[Any, Kind] = {
    str: TEXT,
    int: INTEGER,
    float: NUMBER,
    bool: BOOLEAN,
    Decimal: DECIMAL,
    date: DATE,
    datetime: MOMENT,
    JSON: ANYTHING,
}


def enum_kind(name: str, members: type[Enum]) -> Kind:
    """Return the kind of an enum column, kept as the text of its member."""

    def parse(value: Any) -> Any:
        return members(_checked(str)(value))

    def bind(value: Any) -> Any:
        return value.value if isinstance(value, Enum) else value

    return Kind(name, members, bind, bind, parse)
