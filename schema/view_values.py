"""The variables of a view, read from the address as the operation declares them; every wrong one is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import orjson
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_nullable_type,
    type_from_ast,
    validate_input_value,
)

from core.errors import Problem
from core.i18n import N_

RESERVED = frozenset({"format", "bom", "language"})
"""Parameters of every view; a variable of such a name cannot be set by address."""

_WORDS = {"true": True, "false": False}


@dataclass(frozen=True)
class Given:
    """The variables of a call and what is wrong with them."""

    values: Mapping[str, Any]
    problems: Sequence[Problem]


def declared(schema: GraphQLSchema, operation: OperationDefinitionNode) -> dict[str, tuple[GraphQLInputType, bool]]:
    """Return the variables of an operation: type, and whether a value must be given."""
    found: dict[str, tuple[GraphQLInputType, bool]] = {}
    for node in operation.variable_definitions or ():
        kind: Any = type_from_ast(schema, node.type)
        found[node.variable.name.value] = (kind, isinstance(kind, GraphQLNonNull) and node.default_value is None)
    return found


def read_variables(
    schema: GraphQLSchema, operation: OperationDefinitionNode, parameters: Mapping[str, Sequence[str]]
) -> Given:
    """Read the parameters of an address into variables; an empty one of a type other than String counts as left out."""
    kinds = declared(schema, operation)
    values: dict[str, Any] = {}
    problems = [_unknown(name, kinds) for name in parameters if name not in kinds and name not in RESERVED]
    for name, (kind, is_required) in kinds.items():
        texts = [text for text in parameters.get(name, ()) if text or _is_string(kind)]
        if not texts:
            if is_required:
                text = N_("The parameter {name} is missing. Give it, of the type {type}.")
                problems.append(Problem("VARIABLE_MISSING", text, (name,), {"name": name, "type": str(kind)}))
            continue
        try:
            value = _value(kind, texts)
        except ValueError:
            problems.append(_wrong(name, texts, kind))
            continue
        if _fits(value, kind):
            values[name] = value
        else:
            problems.append(_wrong(name, texts, kind))
    return Given(values, problems)


def _fits(value: Any, kind: GraphQLInputType) -> bool:
    faults: list[Exception] = []

    def note(error: Exception, _path: object) -> None:
        faults.append(error)

    validate_input_value(value, kind, note)
    return not faults


def _value(kind: GraphQLInputType, texts: Sequence[str]) -> Any:
    inner = get_nullable_type(kind)
    if isinstance(inner, GraphQLList):
        return [_value(inner.of_type, [text]) for text in texts]
    if len(texts) > 1:
        raise ValueError
    text = texts[0]
    if isinstance(inner, GraphQLInputObjectType) or (isinstance(inner, GraphQLScalarType) and inner.name == "JSON"):
        return orjson.loads(text)
    if isinstance(inner, GraphQLScalarType):
        if inner.name == "Int":
            return int(text) if text.removeprefix("-").isdecimal() and text.isascii() else _fail()
        if inner.name == "Float":
            return float(text)
        if inner.name == "Boolean":
            return _WORDS[text] if text in _WORDS else _fail()
    return text


def _fail() -> Any:
    raise ValueError


def _is_string(kind: GraphQLInputType) -> bool:
    inner = get_nullable_type(kind)
    return isinstance(inner, GraphQLScalarType) and inner.name == "String"


def _unknown(name: str, kinds: Mapping[str, Any]) -> Problem:
    known = sorted({*kinds, *RESERVED})
    closest = get_close_matches(name, known, n=1, cutoff=0)
    text = N_("There is no parameter {name}. Did you mean {closest}? Known are: {known}.")
    params = {"name": name[:100], "closest": closest[0], "known": ", ".join(known)}
    return Problem("VARIABLE_UNKNOWN", text, (name[:100],), params)


def _wrong(name: str, texts: Sequence[str], kind: GraphQLInputType) -> Problem:
    inner = get_nullable_type(kind)
    while isinstance(inner, GraphQLList):
        inner = get_nullable_type(inner.of_type)
    params = {"name": name, "value": ", ".join(texts)[:200], "type": str(kind)}
    if isinstance(inner, GraphQLEnumType):
        text = N_("The value {value} of {name} is none of its type {type}. Give one of: {known}.")
        return Problem("VARIABLE_INVALID", text, (name,), {**params, "known": ", ".join(inner.values)})
    text = N_("The value {value} of {name} does not fit its type {type}. Correct it; lists repeat the parameter.")
    return Problem("VARIABLE_INVALID", text, (name,), params)
