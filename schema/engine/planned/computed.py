"""Fields that Python computes for all rows at once: the statement leaves holes with their parents, filled later."""

import re
from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import orjson
import peewee as pw

from schema.engine.catalogue import FieldInfo, TypeInfo
from schema.engine.fields import Batch
from schema.engine.level import given_arguments
from schema.engine.planned import plain
from schema.engine.planned.builder import Builder, Hole
from schema.engine.planned.dialects import Dialect, Json, Literal
from schema.engine.planned.marks import HOLE, HOLE_END
from schema.engine.planned.pieces import Sql, sql
from schema.engine.planned.reasons import Declined
from schema.engine.planned.sources import plain_column
from schema.engine.selection import Nodes, Run

_HOLES = re.compile(f"{HOLE}([0-9]+)\\|([0-9]+)([^{HOLE_END}]*){HOLE_END}")


def hole(builder: Builder, kind: TypeInfo, info: FieldInfo, source: Batch, nodes: Nodes, alias: str) -> Json:
    """Return the place of a computed field in a row's JSON: the row's key and the columns that the field needs."""
    plain.check(builder.run, info, nodes)
    builder.takes_only(info, nodes, *source.args)
    number = len(builder.holes)
    builder.holes.append(Hole(kind, info, source, nodes))
    result: Json = [Literal(f"{HOLE}{number}|"), sql(f'"{alias}"."id"')]
    for field in source.needs:
        needed = _needed(builder.words, field, plain_column(alias, field))
        result += [Literal(","), sql("coalesce(", needed, ", 'null')")]
    return [*result, Literal(HOLE_END)]


def _needed(words: Dialect, field: pw.Field, column: Sql) -> Sql:
    if isinstance(field, pw.BooleanField):
        return words.boolean(column)
    if isinstance(field, pw.IntegerField | pw.AutoField | pw.ForeignKeyField):
        return sql("CAST(", column, " AS TEXT)")
    if isinstance(field, pw.CharField | pw.TextField | pw.DateField | pw.DateTimeField | pw.DecimalField):
        return words.text(column)
    if isinstance(field, pw.JSONField):
        # SQLite's driver gives the text, PostgreSQL's what it says.
        return words.text(column) if words.is_sqlite else sql("CAST(", column, " AS TEXT)")
    raise Declined(f"a computed field needs a column of type {type(field).__name__}")


def filled(text: str, holes: Sequence[Hole], run: Run) -> str:
    """Return the answer with the values of its computed fields in their places; each is asked once for all rows."""
    parents: list[dict[str, SimpleNamespace]] = [{} for _ in holes]
    for number, key, rest in _HOLES.findall(text):
        found = parents[int(number)]
        if key not in found:
            found[key] = _parent(holes[int(number)].source, key, rest)
    values = [_values(one, found, run) for one, found in zip(holes, parents, strict=True)]
    return _HOLES.sub(lambda match: values[int(match[1])][match[2]], text)


def _parent(source: Batch, key: str, rest: str) -> SimpleNamespace:
    parent = SimpleNamespace(id=int(key))
    if not source.needs:
        return parent
    # As the driver reads it: numbers beyond 64 bits too.
    raw = plain.read_json(f"[{rest[1:]}]")
    for field, value in zip(source.needs, raw, strict=True):
        name = field.object_id_name if isinstance(field, pw.ForeignKeyField) else field.name
        read: Callable[[Any], Any] = field.python_value
        setattr(parent, name, None if value is None else read(value))
    return parent


def _values(one: Hole, parents: Mapping[str, SimpleNamespace], run: Run) -> dict[str, str]:
    if not parents:
        return {}
    given = given_arguments(run, one.info, one.source, one.nodes)
    values = one.source.resolve_many(run.ctx, list(parents.values()), **given)
    if len(values) != len(parents):
        raise Declined(f"{one.kind.name}.{one.info.name}: {len(values)} values for {len(parents)} parents")
    return {
        key: orjson.dumps(plain.completed(run, one.info, one.nodes, value), default=str).decode()
        for key, value in zip(parents, values, strict=True)
    }
