"""Plain values of rows as JSON text, by their declared kind."""

from enum import Enum
from typing import Any

import orjson
import peewee as pw
from graphql import GraphQLEnumType, GraphQLNonNull, get_named_type

from schema.engine.catalogue import FieldInfo
from schema.engine.kinds import ANYTHING, BOOLEAN, DATE, DECIMAL, INTEGER, MOMENT, TEXT, Kind
from schema.engine.planned.dialects import Dialect
from schema.engine.planned.pieces import Sql, sql
from schema.engine.planned.reasons import Declined


def shown(words: Dialect, info: FieldInfo, value: Sql, field: pw.Field | None, *, never_null: bool) -> Sql:
    """Return the JSON text of a field's value; NULL where the schema forbids it is poison."""
    if info.is_list:
        raise Declined(f"{info.name} is a list in a column")
    named = get_named_type(info.graphql.type)
    if isinstance(named, GraphQLEnumType):
        made = words.enum(value, _enum_names(named, info.kind))
    elif named.name == "ID":
        made = words.text(value)
    else:
        made = plain(words, info.kind, value, field)
    if never_null:
        return made
    nothing = words.poison() if isinstance(info.graphql.type, GraphQLNonNull) else "'null'"
    return sql("coalesce(", made, f", {nothing})")


def plain(words: Dialect, kind: Kind, value: Sql, field: pw.Field | None) -> Sql:
    """Return the JSON text of a value of a kind, NULL where it is NULL."""
    if kind is INTEGER:
        return words.integer(value, field)
    if kind is DECIMAL:
        return words.decimal(value, field)
    ways = {
        TEXT.name: words.text,
        BOOLEAN.name: words.boolean,
        DATE.name: words.date,
        MOMENT.name: words.moment,
        ANYTHING.name: words.json,
    }
    if kind.name not in ways:
        # Binary fractions print differently everywhere.
        raise Declined(f"values of type {kind.name} are printed by Python")
    return ways[kind.name](value)


def for_cursor(words: Dialect, kind: Kind, value: Sql, field: pw.Field | None) -> Sql:
    """Return the JSON text of an order key's value in a cursor."""
    if isinstance(kind.read, type) and issubclass(kind.read, Enum):
        stored = [(str(member.value), orjson.dumps(member.value).decode()) for member in _texts(kind)]
        made = words.enum(value, stored)
    else:
        made = plain(words, kind, value, field)
    return sql("coalesce(", made, ", 'null')")


def _enum_names(named: GraphQLEnumType, kind: Kind) -> list[tuple[str, str]]:
    return [(member.value, orjson.dumps(named.serialize(member)).decode()) for member in _texts(kind)]


def _texts(kind: Kind) -> list[Any]:
    members: Any = kind.read
    if not all(isinstance(member.value, str) for member in members):
        raise Declined(f"values of {kind.name} are no texts")
    return list(members)
