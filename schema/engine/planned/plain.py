"""Values made in Python, completed as graphql-core would; whatever it would tell as an error is left to it."""

import json
from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    GraphQLScalarType,
    Undefined,
)

from schema.engine.catalogue import FieldInfo, TypeInfo
from schema.engine.planned.reasons import Declined
from schema.engine.planned.selecting import TYPENAME, selected
from schema.engine.selection import Nodes, Run

read_json = json.loads


def check(run: Run, info: FieldInfo, nodes: Nodes) -> None:
    """Decline a computed field whose value leads to rows, which are read by graphql-core's way."""
    if info.target is None:
        return
    kind = run.catalogue.types.get(info.target)
    if kind is None or kind.model is not None:
        raise Declined(f"{info.name} is computed and leads to rows")
    for found in selected(run, kind, nodes).values():
        if found[0].name.value != TYPENAME:
            check(run, kind.fields[found[0].name.value], found)


def completed(run: Run, info: FieldInfo, nodes: Nodes, value: Any) -> Any:
    """Return a field's value as it is printed."""
    if info.target is None:
        return _leaves(info.graphql.type, value)
    kind = run.catalogue.types[info.target]
    if info.is_list and value is not None:
        # The other way leaves missing objects out of lists as well.
        return [_object(run, kind, nodes, item) for item in value if item is not None]
    if value is None:
        if isinstance(info.graphql.type, GraphQLNonNull):
            raise Declined(f"{info.name} has no value")
        return None
    return _object(run, kind, nodes, value)


def _object(run: Run, kind: TypeInfo, nodes: Nodes, item: Any) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for response_key, found in selected(run, kind, nodes).items():
        name = found[0].name.value
        if name == TYPENAME:
            result[response_key] = kind.name
        else:
            info = kind.fields[name]
            result[response_key] = completed(run, info, found, _attribute(item, info.python_name))
    return result


def _attribute(item: Any, name: str) -> Any:
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name)


def _leaves(kind: GraphQLOutputType, value: Any) -> Any:
    if isinstance(kind, GraphQLNonNull):
        made = _leaves(kind.of_type, value)
        if made is None:
            raise Declined("a value is missing")
        return made
    if value is None:
        return None
    if isinstance(kind, GraphQLList):
        if isinstance(value, str | Mapping) or not hasattr(value, "__iter__"):
            raise Declined("a value is no list")
        return [_leaves(kind.of_type, item) for item in value]
    assert isinstance(kind, GraphQLScalarType | GraphQLEnumType)  # noqa: S101 - objects are completed above
    try:
        made = kind.serialize(value)
    except (GraphQLError, ValueError, TypeError, ArithmeticError, AttributeError):
        raise Declined("a value cannot be printed") from None
    if made is None or made is Undefined:
        raise Declined("a value cannot be printed")
    return made
