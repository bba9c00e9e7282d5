"""One row of an entity as a JSON object: its values, related rows, pages of rows and places of computed fields."""

import peewee as pw

from core.policy import is_read_noted
from schema.engine.catalogue import FieldInfo, TypeInfo
from schema.engine.fields import Batch, Column, Expression, Key, Pages, Relation
from schema.engine.planned import computed, pages, sources, values
from schema.engine.planned.builder import Builder
from schema.engine.planned.dialects import Json, Literal
from schema.engine.planned.pieces import Sql, sql
from schema.engine.planned.reasons import Declined
from schema.engine.planned.selecting import TYPENAME, selected
from schema.engine.selection import Nodes


def row(builder: Builder, kind: TypeInfo, nodes: Nodes, alias: str, most: int) -> Json:
    """Return the JSON object of the row that `alias` stands for; there are at most `most` such rows."""
    if kind.model is not None and is_read_noted(kind.model):
        raise Declined(f"it is kept who reads {kind.name}")
    result: Json = []
    for response_key, found in selected(builder.run, kind, nodes).items():
        result.append(Literal(f'{"," if result else "{"}"{response_key}":'))
        name = found[0].name.value
        if name == TYPENAME:
            result.append(Literal(f'"{kind.name}"'))
        else:
            result.extend(_field(builder, kind, kind.fields[name], found, alias, most))
    result.append(Literal("}" if result else "{}"))
    return result


def _field(builder: Builder, kind: TypeInfo, info: FieldInfo, nodes: Nodes, alias: str, most: int) -> Json:
    assert kind.model is not None  # noqa: S101 - rows are of entities
    source = info.source
    if not isinstance(source, Pages | Batch):
        builder.takes_only(info, nodes)
    if isinstance(source, Key):
        return [Literal(f'"{kind.name}:'), sql(f'"{alias}"."id"'), Literal('"')]
    if isinstance(source, Column):
        never_null = not source.field.null and not sources.is_masked(kind.model, source.field)
        value = sources.column(kind.model, alias, source.field)
        return [values.shown(builder.words, info, value, source.field, never_null=never_null)]
    if isinstance(source, Expression):
        return [values.shown(builder.words, info, sources.value(kind.model, alias, info), None, never_null=False)]
    if isinstance(source, Relation):
        return [_relation(builder, kind.model, info, source, nodes, alias, most)]
    if isinstance(source, Pages):
        return [pages.nested(builder, info, source, nodes, alias, most)]
    if isinstance(source, Batch):
        return computed.hole(builder, kind, info, source, nodes, alias)
    raise Declined(f"{kind.name}.{info.name} has a source of another sort")


def _relation(
    builder: Builder, model: type[pw.Model], info: FieldInfo, source: Relation, nodes: Nodes, alias: str, most: int
) -> Sql:
    target = builder.run.catalogue.types[str(info.target)]
    assert target.model is not None  # noqa: S101 - relations lead to entities; checked at start
    builder.count(most)
    other = builder.alias()
    return by_key(builder, target, nodes, other, sources.key(model, alias, source), most)


def by_key(builder: Builder, kind: TypeInfo, nodes: Nodes, alias: str, key: Sql, most: int) -> Sql:
    """Return the JSON object of the visible row with a key, or null."""
    assert kind.model is not None  # noqa: S101 - rows are of entities
    made = builder.words.concat(row(builder, kind, nodes, alias, most))
    table = kind.model._meta.table_name
    return sql(
        "coalesce((SELECT ", made, f' FROM "{table}" AS "{alias}" WHERE "{alias}"."id" = ', key,
        " AND ", sources.visible_rows(kind.model, alias), "), 'null')",
    )  # fmt: skip
