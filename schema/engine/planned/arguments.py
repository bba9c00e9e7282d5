"""The arguments of a connection as pieces of SQL: filter, order, bounds of cursors and the size of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import peewee as pw

from core.context import Context
from schema.engine.catalogue import Catalogue, FieldInfo, TypeInfo
from schema.engine.conditions import Filter
from schema.engine.ordering import OrderKey, order_keys
from schema.engine.paging import Page, requested_page
from schema.engine.planned.builder import Builder
from schema.engine.planned.pieces import ROW, ActorPart, Call, CallPart, Sql, entity_alias, sql
from schema.engine.planned.variables import written
from schema.engine.selection import Nodes
from schema.engine.sql import all_of


@dataclass(frozen=True)
class _Order:
    """The order that a client or a declaration names; the same for every actor."""

    catalogue: Catalogue
    target: TypeInfo
    given: Sequence[Mapping[str, Any]]
    default: tuple[str, ...]

    @property
    def name(self) -> tuple[str, ...]:
        return (self.target.name, repr(self.given), *self.default)

    def keys(self, ctx: Context, table: Any) -> list[OrderKey]:
        """Return the keys as the actor of the call may read them."""
        return order_keys(self.catalogue, ctx, self.target, table, self.given, self.default)


@dataclass(frozen=True)
class PageArguments:
    """What the arguments of a connection come to."""

    alias: str
    model: type[pw.Model]
    by: _Order
    page: Page
    keys: Sequence[OrderKey]
    order: Sql
    filter: Sql | None
    bounds: Sql | None

    def key(self, number: int) -> Sql:
        """Return the expression of one key of the order."""

        def build(ctx: Context) -> Any:
            return self.by.keys(ctx, entity_alias(self.model))[number].expression

        return sql("(", ActorPart(("key", *self.by.name, number), build, self.alias), ")")


def read_page(
    builder: Builder, info: FieldInfo, target: TypeInfo, nodes: Nodes, default: Sequence[str], alias: str
) -> PageArguments:
    """Read the arguments; raise RequestFault for those that the other way refuses."""
    arguments = builder.arguments(info, nodes)
    model = target.model
    assert model is not None  # noqa: S101 - connections lead to entities; checked at start
    ctx = builder.run.ctx
    by = _Order(builder.run.catalogue, target, arguments.get("orderBy") or [], tuple(default))
    keys = by.keys(ctx, entity_alias(model, alias))
    page = requested_page(ctx.settings, arguments, keys)

    def order(ctx: Context) -> Any:
        orderings = [key.ordering(backward=page.backward) for key in by.keys(ctx, entity_alias(model))]
        return pw.CommaNodeList(orderings)

    return PageArguments(
        alias=alias,
        model=model,
        by=by,
        page=page,
        keys=keys,
        order=sql(ActorPart(("order", *by.name, page.backward), order, alias)),
        filter=_filter(builder, info, target, nodes, arguments, alias),
        bounds=_bounds(builder, info, model, nodes, by, page, alias),
    )


def _filter(
    builder: Builder, info: FieldInfo, target: TypeInfo, nodes: Nodes, arguments: Mapping[str, Any], alias: str
) -> Sql | None:
    text = written(nodes[0], "filter")
    if text == "":
        return None
    catalogue = builder.run.catalogue

    def over(ctx: Context, given: Mapping[str, Any], name: str) -> Any:
        assert target.model is not None  # noqa: S101 - connections lead to entities; checked at start
        return all_of([Filter(catalogue, ctx).over(target, given, entity_alias(target.model, name))])

    if text is None:
        return sql(
            "(",
            CallPart(lambda call: over(call.ctx, _arguments(builder, call, info, nodes).get("filter") or {}, alias)),
            ")",
        )
    value = arguments.get("filter") or {}
    return sql("(", ActorPart(("filter", target.name, text), lambda ctx: over(ctx, value, ROW), alias), ")")


def _bounds(
    builder: Builder, info: FieldInfo, model: type[pw.Model], nodes: Nodes, by: _Order, page: Page, alias: str
) -> Sql | None:
    if not page.has_after and not page.has_before:
        return None

    def build(call: Call) -> Any:
        keys = by.keys(call.ctx, entity_alias(model, alias))
        return all_of(requested_page(call.ctx.settings, _arguments(builder, call, info, nodes), keys).bounds)

    return sql("(", CallPart(build), ")")


def _arguments(builder: Builder, call: Call, info: FieldInfo, nodes: Nodes) -> dict[str, Any]:
    return replace(builder.run, ctx=call.ctx, variables=call.variables).arguments(info, nodes[0])
