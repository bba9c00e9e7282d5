"""Documents parsed and validated once, kept by their text."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    parse,
    specified_rules,
    validate,
)

from core.settings import Settings
from schema.limits import Size, check, far_too_deep, measure, too_many_tokens

_KEPT = 500
_LONGEST_KEPT = 20_000
_MOST_CHARACTERS = 300_000
"""Of all texts kept: a tree takes 100 to 300 bytes for each character of its text."""

_MOST_ERRORS = 20


@dataclass(frozen=True)
class Document:
    """A document, its size and what is wrong with it; `prices` remembers what its operations cost."""

    tree: DocumentNode
    size: Size
    errors: tuple[GraphQLError, ...]
    prices: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """Return the operation that would run; None when it is not clear which one."""
        operations = [
            node
            for node in self.tree.definitions
            if isinstance(node, OperationDefinitionNode) and (name is None or (node.name and node.name.value == name))
        ]
        return operations[0] if len(operations) == 1 else None

    def operation_type(self, name: str | None) -> OperationType | None:
        """Return the type of the operation that would run; None when it is not clear which one."""
        operation = self.operation(name)
        return operation.operation if operation is not None else None


class Documents:
    """The documents of one schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._kept: OrderedDict[tuple[str, bool], Document] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def read(self, text: str, settings: Settings) -> Document:
        """Return the document of a query text; raise a GraphQL error when it is broken or beyond the limits."""
        key = (text, settings.production)
        with self._lock:
            document = self._kept.get(key)
            if document is not None:
                self._kept.move_to_end(key)
        if document is None:
            document = self._make(text, settings)
            # What is broken is not sent again on purpose; keeping it would let strangers fill the memory.
            if len(text) <= _LONGEST_KEPT and not document.errors:
                self._keep(key, document)
        else:
            check(document.size, settings)
        return document

    def _keep(self, key: tuple[str, bool], document: Document) -> None:
        with self._lock:
            if key not in self._kept:
                self._characters += len(key[0])
            self._kept[key] = document
            while len(self._kept) > _KEPT or self._characters > _MOST_CHARACTERS:
                (text, _), _ = self._kept.popitem(last=False)
                self._characters -= len(text)

    def _make(self, text: str, settings: Settings) -> Document:
        try:
            tree = parse(text, max_lexical_tokens=settings.graphql_max_tokens, max_comments=settings.graphql_max_tokens)
            size = measure(tree)
        except GraphQLSyntaxError as error:
            if "nested too deeply" in error.message:
                raise far_too_deep(settings) from None
            if "Parsing aborted" in error.message:
                raise too_many_tokens(settings) from None
            raise
        except RecursionError:
            raise far_too_deep(settings) from None
        # Before validation, since some of its rules take long on documents beyond the limits.
        check(size, settings)
        rules = [*specified_rules, NoSchemaIntrospectionCustomRule] if settings.production else specified_rules
        return Document(tree, size, tuple(validate(self._schema, tree, rules, max_errors=_MOST_ERRORS)))
