"""Which variables decide the shape of a statement, and which only bring values."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    Node,
    ValueNode,
    VariableNode,
    print_ast,
)
from graphql.execution.values import VariableValues

from schema.engine.ids import split_id

_BY_VALUE = frozenset({"first", "last", "orderBy"})
_BY_PRESENCE = frozenset({"after", "before"})


def written(node: FieldNode, argument: str) -> str | None:
    """Return an argument as the document writes it; None where variables bring values into it."""
    for given in node.arguments or ():
        if given.name.value == argument:
            return None if any(True for _ in _variables(given.value)) else print_ast(given.value)
    return ""


@dataclass(frozen=True)
class Shaping:
    """The variables of a document that shape statements, and how much of their values does."""

    by_value: frozenset[str]
    by_presence: frozenset[str]
    by_type: frozenset[str]

    def key(self, variables: VariableValues | None) -> Hashable:
        """Return what the values decide."""
        if variables is None:
            return ()
        given = variables.coerced
        return (
            tuple((name, repr(given[name])) for name in sorted(self.by_value) if name in given),
            tuple((name, given[name] is None) for name in sorted(self.by_presence) if name in given),
            tuple((name, (split_id(given[name]) or (None,))[0]) for name in sorted(self.by_type) if name in given),
        )


def shaping(document: DocumentNode) -> Shaping:
    """Read the uses of variables in a document."""
    by_value: set[str] = set()
    by_presence: set[str] = set()
    by_type: set[str] = set()
    for node in _walk(document):
        directives = getattr(node, "directives", None) or ()
        for directive in directives:
            for given in directive.arguments or ():
                by_value.update(_variables(given.value))
        if isinstance(node, FieldNode):
            for given in node.arguments or ():
                names = set(_variables(given.value))
                if given.name.value in _BY_VALUE:
                    by_value |= names
                elif given.name.value in _BY_PRESENCE:
                    by_presence |= names
                elif given.name.value == "id" and node.name.value == "node":
                    by_type |= names
    return Shaping(frozenset(by_value), frozenset(by_presence), frozenset(by_type))


def _walk(node: Node) -> Iterator[Node]:
    yield node
    selections: Any = getattr(node, "selection_set", None)
    if isinstance(node, DocumentNode):
        for definition in node.definitions:
            yield from _walk(definition)
    elif selections is not None:
        for selection in selections.selections:
            yield from _walk(selection)


def _variables(value: ValueNode) -> Iterator[str]:
    if isinstance(value, VariableNode):
        yield value.name.value
        return
    for part in getattr(value, "values", None) or ():
        yield from _variables(part)
    for field in getattr(value, "fields", None) or ():
        yield from _variables(field.value)
