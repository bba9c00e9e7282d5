"""Root fields as JSON: pages, one row by a condition, one row by its global id."""

from dataclasses import replace
from typing import Any

import peewee as pw
import strawberry
from graphql import GraphQLNonNull
from strawberry.types.arguments import convert_arguments

from core.policy import visible
from schema.engine.catalogue import FieldInfo
from schema.engine.fields import RootNode, RootOne, RootPages, RootValue
from schema.engine.ids import split_id
from schema.engine.planned import pages, rows
from schema.engine.planned.builder import Builder
from schema.engine.planned.dialects import Json, Literal
from schema.engine.planned.pieces import Call, CallPart, sql
from schema.engine.planned.reasons import Declined
from schema.engine.selection import Nodes
from schema.engine.sql import all_of
from schema.engine.texts import require_storable


def root(builder: Builder, info: FieldInfo, nodes: Nodes) -> Json:
    """Return the JSON of a root field."""
    builder.begin_root()
    source = info.source
    if isinstance(source, RootPages):
        return [_pages(builder, info, source, nodes)]
    if isinstance(source, RootOne):
        return [_one(builder, info, source, nodes)]
    if isinstance(source, RootNode):
        return _node(builder, info, nodes)
    if isinstance(source, RootValue):
        raise Declined(f"{info.name} is computed")
    raise Declined(f"{info.name} has a source of another sort")


def _pages(builder: Builder, info: FieldInfo, source: RootPages, nodes: Nodes) -> Any:
    builder.takes_only(info, nodes, *pages.PAGE_ARGUMENTS, *source.args)
    where = source.where
    if where is None:
        return pages.at_root(builder, info, nodes, source.order, None)

    def narrow(call: Call, table: Any) -> Any:
        converted = _arguments(builder, call, info, nodes)
        return where(call.ctx, table, **{name: converted[name] for name in source.args if name in converted})

    return pages.at_root(builder, info, nodes, source.order, narrow)


def _one(builder: Builder, info: FieldInfo, source: RootOne, nodes: Nodes) -> Any:
    kind = builder.run.catalogue.types[str(info.target)]
    builder.takes_only(info, nodes, *source.args)
    model = kind.model
    assert model is not None  # noqa: S101 - checked when the schema was built
    key: Any = model._meta.primary_key

    def find(call: Call) -> Any:
        wanted = source.find(call.ctx, **_arguments(builder, call, info, nodes, storable=True))
        if isinstance(wanted, int) and not isinstance(wanted, bool):
            wanted = key == wanted
        condition = all_of([False if wanted is None else wanted, visible(call.ctx.actor, model)])
        return pw.Select([model], [pw.SQL("*")]).where(condition).order_by(key).limit(1)

    alias = builder.alias()
    made = builder.words.concat(rows.row(builder, kind, nodes, alias, 1))
    nothing = builder.words.poison() if is_required(info) else "'null'"
    return sql("coalesce((SELECT ", made, " FROM (", CallPart(find), f') AS "{alias}"), {nothing})')


def _node(builder: Builder, info: FieldInfo, nodes: Nodes) -> Json:
    parts = split_id(builder.arguments(info, nodes)["id"])
    kind = builder.run.catalogue.entity(parts[0]) if parts else None
    if kind is None:
        return [Literal("null")]

    def key(call: Call) -> Any:
        found = split_id(replace(builder.run, ctx=call.ctx, variables=call.variables).arguments(info, nodes[0])["id"])
        if found is None or found[0] != kind.name:
            raise Declined("an id of another type")
        return pw.Value(found[1])

    builder.count(1)
    return [rows.by_key(builder, kind, nodes, builder.alias(), sql(CallPart(key)), 1)]


def is_required(info: FieldInfo) -> bool:
    """Whether the field may not be null."""
    return isinstance(info.graphql.type, GraphQLNonNull)


def _arguments(
    builder: Builder, call: Call, info: FieldInfo, nodes: Nodes, *, storable: bool = False
) -> dict[str, Any]:
    given = replace(builder.run, ctx=call.ctx, variables=call.variables).arguments(info, nodes[0])
    if storable:
        require_storable(given)
    schema: strawberry.Schema = builder.schema
    return convert_arguments(given, info.strawberry.arguments, schema.schema_converter.scalar_registry, schema.config)
