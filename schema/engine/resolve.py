"""Plumbing between graphql-core and the engine: root fields load, every other field prints what was loaded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import strawberry
from graphql import GraphQLError, GraphQLInterfaceType, GraphQLResolveInfo, GraphQLSchema, GraphQLUnionType
from strawberry.types.arguments import convert_arguments

from core.context import Context
from core.errors import Refused
from schema.as_of import ARGUMENT, asked_day
from schema.engine.catalogue import Catalogue, FieldInfo, read_catalogue
from schema.engine.fields import Change, Computed, RootNode, RootOne, RootPages, RootValue
from schema.engine.ids import split_id
from schema.engine.level import TYPE
from schema.engine.loader import Loader
from schema.engine.selection import Run
from schema.engine.soundness import check
from schema.engine.sql import all_of
from schema.engine.texts import require_storable, require_usable, without_invisible
from schema.live_declare import Stream
from schema.problems import show_all

Resolver = Callable[..., Any]
Call = GraphQLResolveInfo[Context]


def attach(schema: strawberry.Schema, core: GraphQLSchema) -> Catalogue:
    """Give every field of a built schema its way to a value and return what the engine knows of the schema.

    `core` is the same schema as graphql-core has it.
    """
    catalogue = read_catalogue(core)
    check(catalogue)
    roots = {root.name for root in (core.query_type, core.mutation_type, core.subscription_type) if root is not None}
    for kind in catalogue.types.values():
        object_type = core.type_map[kind.name]
        object_type.is_type_of = None  # type: ignore[attr-defined]
        for info in kind.fields.values():
            info.graphql.resolve = _root(schema, catalogue, info) if kind.name in roots else _loaded
    for named in core.type_map.values():
        if isinstance(named, GraphQLInterfaceType | GraphQLUnionType):
            named.resolve_type = _type_of
    return catalogue


def _loaded(row: Any, info: Call, **_arguments: Any) -> Any:
    return row[info.path.key]


def _type_of(row: Any, _info: Any, _kind: Any) -> str:
    return str(row[TYPE])


def _root(schema: strawberry.Schema, catalogue: Catalogue, info: FieldInfo) -> Resolver:
    source = info.source
    if isinstance(source, RootPages):
        return _root_pages(schema, catalogue, info, source)
    if isinstance(source, RootOne):
        return _root_one(schema, catalogue, info, source)
    if isinstance(source, RootNode):
        return _root_node(catalogue)
    if isinstance(source, RootValue):
        return _root_value(schema, catalogue, info, source)
    if isinstance(source, Computed):
        return source.resolver(schema, catalogue, info)
    return _change_or_stream(schema, catalogue, info)


def _change_or_stream(schema: strawberry.Schema, catalogue: Catalogue, info: FieldInfo) -> Resolver:
    source = info.source
    if isinstance(source, Change):
        return _change(schema, catalogue, info, source)
    if isinstance(source, Stream):
        return _root_value(schema, catalogue, info, RootValue(source.value, source.args))
    raise TypeError(
        f"The root field {info.name} declares no source: use root_pages, root_one, root_value, mutation or stream"
    )


def _python_arguments(schema: strawberry.Schema, info: FieldInfo, given: dict[str, Any]) -> dict[str, Any]:
    converter = schema.schema_converter
    return convert_arguments(given, info.strawberry.arguments, converter.scalar_registry, schema.config)


def _root_pages(schema: strawberry.Schema, catalogue: Catalogue, info: FieldInfo, source: RootPages) -> Resolver:
    def resolve(_root: Any, call: Call, **given: Any) -> Any:
        narrow = None
        if source.where is not None:
            converted = _python_arguments(schema, info, given)
            own = {name: converted[name] for name in source.args if name in converted}
            where = source.where

            def narrow(table: Any) -> Any:
                return where(call.context, table, **own)

        day = asked_day(given)
        narrowed = narrow if day is None or source.at is None else _on_day(narrow, source.at, day)
        with _refusals_as_errors(call):
            loader = Loader(Run.of(catalogue, call).at(day))
            return loader.page(info, list(call.field_nodes), given, narrowed, source.order)

    return resolve


def _on_day(narrow: Callable[[Any], Any] | None, at: Callable[..., Any], day: date) -> Callable[[Any], Any]:
    return lambda table: at(table, day) if narrow is None else all_of([narrow(table), at(table, day)])


def _root_one(schema: strawberry.Schema, catalogue: Catalogue, info: FieldInfo, source: RootOne) -> Resolver:
    kind = catalogue.entity(str(info.target))
    if kind is None:
        raise TypeError(f"The root field {info.name} is a root_one, but {info.target} is no entity")

    def resolve(_root: Any, call: Call, **given: Any) -> Any:
        with _refusals_as_errors(call):
            require_storable(given)
            day = asked_day(given) if source.at else None
            own = {name: value for name, value in given.items() if name != ARGUMENT or not source.at}
            wanted = source.find(call.context, **_python_arguments(schema, info, own))
            return Loader(Run.of(catalogue, call).at(day)).one(kind, list(call.field_nodes), wanted)

    return resolve


def _root_node(catalogue: Catalogue) -> Resolver:
    def resolve(_root: Any, call: Call, **given: Any) -> Any:
        parts = split_id(given["id"])
        kind = catalogue.entity(parts[0]) if parts else None
        if parts is None or kind is None:
            return None
        return Loader(Run.of(catalogue, call)).by_keys(kind, list(call.field_nodes), [parts[1]]).get(parts[1])

    return resolve


def _root_value(schema: strawberry.Schema, catalogue: Catalogue, info: FieldInfo, source: RootValue) -> Resolver:
    def resolve(_root: Any, call: Call, **given: Any) -> Any:
        with _refusals_as_errors(call):
            require_storable(given)
            value = source.resolve(call.context, **_python_arguments(schema, info, given))
            return Loader(Run.of(catalogue, call)).complete(info, list(call.field_nodes), [value])[0]

    return resolve


def _change(schema: strawberry.Schema, catalogue: Catalogue, info: FieldInfo, source: Change) -> Resolver:
    kind = catalogue.types[str(info.target)]

    def resolve(_root: Any, call: Call, **given: Any) -> Any:
        ctx = call.context
        try:
            require_usable(given)
            converted = _python_arguments(schema, info, without_invisible(given))
            result = dict(source.perform(ctx, converted["input"]) if source.input else source.perform(ctx))
        except Refused as refusal:
            result = {"problems": show_all(refusal, ctx.language)}
        result.setdefault("problems", [])
        return Loader(Run.of(catalogue, call)).plain(kind, list(call.field_nodes), [result])[0]

    return resolve


@contextmanager
def _refusals_as_errors(call: Call) -> Iterator[None]:
    """Show a refusal in a query, which has no payload for problems, as a GraphQL error with its code."""
    try:
        yield
    except Refused as refusal:
        shown = show_all(refusal, call.context.language)
        problems = [{"path": problem.path, "code": problem.code, "message": problem.message} for problem in shown]
        raise GraphQLError(shown[0].message, extensions={"code": shown[0].code, "problems": problems}) from None
