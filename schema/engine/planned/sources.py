"""Expressions over one row as pieces: columns under the policy's masks, declared expressions, and who is visible."""

import inspect
from collections.abc import Callable
from typing import Any

import peewee as pw

from core.context import Context
from core.policy import masked_fields, visible
from schema.engine.catalogue import FieldInfo
from schema.engine.fields import Column, Expression, Relation
from schema.engine.planned.pieces import ActorPart, Sql, compiled, entity_alias, sql
from schema.engine.sql import Masks


def column(model: type[pw.Model], alias: str, field: pw.Field) -> Sql:
    """Return a column as the actor may read it."""
    if field.name not in masked_fields(model):
        return plain_column(alias, field)

    def build(ctx: Context) -> Any:
        return Masks(ctx.actor, entity_alias(model)).column(field)

    return sql("(", ActorPart(("column", model, field.name), build, alias), ")")


def plain_column(alias: str, field: pw.Field) -> Sql:
    """Return a column itself."""
    return sql(f'"{alias}"."{field.column_name}"')


def is_masked(model: type[pw.Model], field: pw.Field) -> bool:
    """Whether the policy may take the column away from some actor."""
    return field.name in masked_fields(model)


def value(model: type[pw.Model], alias: str, info: FieldInfo) -> Sql:
    """Return the expression of a column or expression field."""
    if isinstance(info.source, Column):
        return column(model, alias, info.source.field)
    assert isinstance(info.source, Expression)  # noqa: S101 - asked for no others
    return built(model, alias, info.source.build)


def key(model: type[pw.Model], alias: str, source: Relation) -> Sql:
    """Return the expression of the related row's key."""
    if isinstance(source.key, pw.Field):
        return column(model, alias, source.key)
    return built(model, alias, source.key)


def built(model: type[pw.Model], alias: str, build: Callable[..., Any]) -> Sql:
    """Return what a declaration's function builds over the row."""
    if len(inspect.signature(build).parameters) > 1:
        return sql(
            "(", ActorPart(("built", model, build), lambda ctx: build(entity_alias(model), ctx.actor), alias), ")"
        )
    return sql("(", compiled(build(entity_alias(model, alias))), ")")


def visible_rows(model: type[pw.Model], alias: str) -> Sql:
    """Return the condition under which the actor sees the row."""
    return sql("(", ActorPart(("visible", model), lambda ctx: visible(ctx.actor, entity_alias(model)), alias), ")")
