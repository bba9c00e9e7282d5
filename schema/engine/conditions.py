"""Filters as the client writes them, made conditions over a table under the caller's policy."""

import inspect
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

import peewee as pw

from core.context import Context
from core.i18n import N_
from core.policy import visible
from schema.as_of import day_of
from schema.engine.catalogue import Catalogue, FieldInfo, TypeInfo
from schema.engine.faults import RequestFault
from schema.engine.fields import Column, Expression, Key, Pages, Relation
from schema.engine.ids import split_id
from schema.engine.kinds import Kind
from schema.engine.sql import Masks, Scalar, all_of, any_of, bound, is_not_true, is_one_of

MOST_CONDITIONS = 200
MOST_NESTING = 12
MOST_LISTED = 1_000

_PATTERNS = {"contains": "%%%s%%", "startsWith": "%s%%"}
_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: is_not_true(left == right),
    "lt": lambda left, right: left < right,
    "lte": lambda left, right: left <= right,
    "gt": lambda left, right: left > right,
    "gte": lambda left, right: left >= right,
}


class Filter:
    """Compiles one filter; counts what it holds, since a filter in a variable is no part of the document's depth."""

    def __init__(self, catalogue: Catalogue, ctx: Context) -> None:
        self.catalogue = catalogue
        self.ctx = ctx
        self.count = 0

    def over(self, kind: TypeInfo, value: Mapping[str, Any], table: Any, depth: int = 0) -> Any:
        """Return the condition that `value` states over `table`, which shows rows of the type."""
        self._guard(depth)
        masks = Masks(self.ctx.actor, table)
        conditions = []
        for name, given in value.items():
            if given is None:
                continue
            if name == "and":
                conditions.append(all_of([self.over(kind, part, table, depth + 1) for part in given]))
            elif name == "or":
                conditions.append(any_of([self.over(kind, part, table, depth + 1) for part in given]))
            elif name == "not":
                conditions.append(is_not_true(self.over(kind, given, table, depth + 1)))
            elif name == "isNull":
                raise RequestFault(
                    "BAD_FILTER", N_("isNull stands directly inside a relation of a filter. Move it there.")
                )
            else:
                conditions.append(self._field(kind.fields[name], given, table, masks, depth))
        return all_of(conditions)

    def _guard(self, depth: int) -> None:
        self.count += 1
        if depth > MOST_NESTING:
            raise RequestFault(
                "FILTER_TOO_DEEP",
                N_("The filter is nested deeper than {limit} levels. Make it flatter."),
                limit=MOST_NESTING,
            )
        if self.count > MOST_CONDITIONS:
            raise RequestFault(
                "FILTER_TOO_LARGE",
                N_("The filter has more than {limit} parts. Use fewer, or `in` with a list."),
                limit=MOST_CONDITIONS,
            )

    def _field(self, info: FieldInfo, given: Mapping[str, Any], table: Any, masks: Masks, depth: int) -> Any:
        source = info.source
        if isinstance(source, Relation):
            return self._to_one(info, given, foreign_key(source, table, masks), depth)
        if isinstance(source, Pages):
            return self._to_many(info, source, given, table, depth)
        if isinstance(source, Key):
            return self._key(given, table)
        self._guard(depth)
        return _scalar(info.kind, given, plain_value(info, table, masks))

    def _to_one(self, info: FieldInfo, given: Mapping[str, Any], key: Any, depth: int) -> Any:
        target = self.catalogue.types[str(info.target)]
        assert target.model is not None  # noqa: S101 - relations lead to entities; checked at start
        other = target.model.alias()
        rest = {name: part for name, part in given.items() if name != "isNull"}
        found = [other.id == key, visible(self.ctx.actor, other), self.over(target, rest, other, depth + 1)]
        exists = pw.fn.EXISTS(pw.Select([other], [pw.SQL("1")]).where(all_of(found)))
        if given.get("isNull"):
            if rest:
                raise RequestFault("BAD_FILTER", N_("isNull: true excludes every other condition. Remove the others."))
            return is_not_true(exists)
        return exists

    def _to_many(self, info: FieldInfo, source: Pages, given: Mapping[str, Any], table: Any, depth: int) -> Any:
        target = self.catalogue.types[row_type(self.catalogue, info)]
        assert target.model is not None  # noqa: S101 - connections lead to entities; checked at start
        conditions = []
        for name, part in given.items():
            if part is None:
                continue
            other = target.model.alias()
            parent, of_day = rows_below(source, other, Masks(self.ctx.actor, other), None)
            inner = [
                parent == table.id,
                *of_day,
                visible(self.ctx.actor, other),
                self.over(target, part, other, depth + 1),
            ]
            if source.where is not None:
                inner.append(source.where(other))
            exists = pw.fn.EXISTS(pw.Select([other], [pw.SQL("1")]).where(all_of(inner)))
            conditions.append(is_not_true(exists) if name == "none" else exists)
        return all_of(conditions)

    def _key(self, given: Mapping[str, Any], table: Any) -> Any:
        name = table.model if isinstance(table, pw.ModelAlias) else table
        kind = next(kind for kind in self.catalogue.types.values() if kind.model is name)
        conditions = []
        for operator, value in given.items():
            if value is None:
                raise _null_operand(f"id.{operator}")
            if operator == "in":
                _guard_list(value)
                conditions.append(is_one_of(table.id, [_key_of(kind.name, item) for item in value]))
            elif operator == "eq":
                conditions.append(table.id == _key_of(kind.name, value))
            elif operator == "ne":
                conditions.append(table.id != _key_of(kind.name, value))
        return all_of(conditions)


def row_type(catalogue: Catalogue, info: FieldInfo) -> str:
    """Return the name of the entity that a connection field pages through."""
    return str(catalogue.types[str(info.target)].fields["nodes"].target)


def rows_below(source: Pages, table: Any, masks: Masks, asked: date | None) -> tuple[Any, list[Any]]:
    """Return what points to the parent from a row of nested pages, and the conditions of the day that is asked for."""
    day = asked or (day_of(masks.actor) if source.key_at is not None else None)
    parent = masks.column(source.field) if day is None or source.key_at is None else source.key_at(table, day)
    return parent, [] if day is None or source.at is None else [source.at(table, day)]


def foreign_key(source: Relation, table: Any, masks: Masks) -> Any:
    """Return the expression that gives the key of the related row."""
    day = day_of(masks.actor)
    if day is not None and source.at is not None:
        return source.at(table, day)
    if isinstance(source.key, pw.Field):
        return masks.column(source.key)
    return _built(source.key, table, masks)


def plain_value(info: FieldInfo, table: Any, masks: Masks) -> Any:
    """Return the expression of a column or expression field."""
    day = day_of(masks.actor)
    if day is not None and info.source is not None and info.source.at is not None:
        return info.source.at(table, day)
    if isinstance(info.source, Column):
        return masks.column(info.source.field)
    assert isinstance(info.source, Expression)  # noqa: S101 - the generated inputs offer nothing else
    return _built(info.source.build, table, masks)


def _built(build: Callable[..., Any], table: Any, masks: Masks) -> Any:
    made = build(table, masks.actor) if _asks_for_actor(build) else build(table)
    # A query has no is_null() and the like.
    return Scalar(made) if isinstance(made, pw.SelectBase) else made


@cache
def _asks_for_actor(build: Callable[..., Any]) -> bool:
    return len(inspect.signature(build).parameters) > 1


def _scalar(kind: Kind, given: Mapping[str, Any], left: Any) -> Any:
    return all_of([_operation(kind, operator, value, left) for operator, value in given.items()])


def _operation(kind: Kind, operator: str, value: Any, left: Any) -> Any:
    if operator == "isNull":
        return left.is_null(value is not False)
    if value is None:
        if operator in {"eq", "ne"}:
            return left.is_null(operator == "eq")
        raise _null_operand(operator)
    if operator == "in":
        _guard_list(value)
        return is_one_of(left, [_bind(kind, item) for item in value])
    if operator in _PATTERNS:
        return _like(left, _PATTERNS[operator] % _escaped(value))
    return _COMPARISONS[operator](left, bound(_bind(kind, value)))


def _like(left: Any, pattern: str) -> Any:
    escaped = pw.NodeList((bound(pattern), pw.SQL("ESCAPE"), bound("\\")))
    return pw.Expression(left, pw.OP.ILIKE, escaped)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("\0", "")


def _bind(kind: Kind, value: Any) -> Any:
    if isinstance(value, str) and "\0" in value and not isinstance(value, Enum):
        raise RequestFault("BAD_FILTER", N_("A text in a filter has a NUL character. Remove it."))
    return kind.bind(value)


def _guard_list(values: Any) -> None:
    if len(values) > MOST_LISTED:
        raise RequestFault(
            "LIST_TOO_LONG",
            N_("A list in a filter has {value} entries, {limit} are allowed. Ask in several requests."),
            value=len(values),
            limit=MOST_LISTED,
        )


def _null_operand(operator: str) -> RequestFault:
    return RequestFault(
        "BAD_FILTER", N_("{operator} takes no null. Use isNull, or leave the condition out."), operator=operator
    )


def _key_of(type_name: str, value: str) -> int:
    parts = split_id(value)
    if parts is None or parts[0] != type_name:
        raise RequestFault(
            "BAD_ID",
            N_("{id} is not an id of {type}. Use the id as the API gave it, like {example}."),
            id=str(value)[:60],
            type=type_name,
            example=f"{type_name}:12",
        )
    return parts[1]
