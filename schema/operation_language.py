"""The ability `schema.operations@1`: what core, which knows no GraphQL, asks about operations."""

from collections.abc import Mapping
from threading import Lock
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode

from core.context import Context
from core.i18n import N_, translate
from core.operations.language import Inspected
from core.registry import Registry
from schema.application import application_schema
from schema.build import Schema
from schema.documents import Document
from schema.execution import execute

_ONE_OPERATION = N_("It has {count} operations, not one.")


class Language:
    """Reads and runs operations against the schema of a registry, which is built at its first need."""

    def __init__(self) -> None:
        self._lock = Lock()

    def schema(self, registry: Registry) -> Schema:
        """Return the schema of a registry."""
        with self._lock:
            return application_schema(registry)

    def inspect(self, registry: Registry, document: str) -> Inspected:
        """Return what a document is, and its faults."""
        try:
            read = self.schema(registry).documents.read(document, registry.settings)
        except GraphQLError as error:
            return Inspected(faults=(error.message,))
        operations = operations_of(read)
        if len(operations) != 1:
            return Inspected(faults=(translate(_ONE_OPERATION).format(count=len(operations)),))
        node = operations[0]
        return Inspected(
            name=node.name.value if node.name else "",
            kind=node.operation.value,
            variables=tuple(one.variable.name.value for one in node.variable_definitions or ()),
            faults=tuple(error.message for error in read.errors),
        )

    def answer(self, registry: Registry, ctx: Context, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Run a query as the actor of `ctx`."""
        return execute(self.schema(registry), ctx, document, variables, queries_only=True)

    def type_names(self, registry: Registry) -> frozenset[str]:
        """Return the names of the types that have a global id."""
        types = self.schema(registry).catalogue.types.values()
        return frozenset(info.name for info in types if info.model is not None)


def operations_of(document: Document) -> list[OperationDefinitionNode]:
    """Return the operations of a document."""
    return [node for node in document.tree.definitions if isinstance(node, OperationDefinitionNode)]


LANGUAGE = Language()
