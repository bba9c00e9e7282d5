"""Which fields an operation selects on a concrete type: fragments, directives and aliases resolved."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLResolveInfo,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionSetNode,
)
from graphql.execution.values import get_argument_values, get_directive_values

from core.context import Context
from core.i18n import N_
from schema.as_of import dated
from schema.engine.catalogue import Catalogue, FieldInfo, TypeInfo
from schema.engine.faults import RequestFault

Nodes = list[FieldNode]


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """Return the fragments of a document by name."""
    return {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}


@dataclass
class Run:
    """One operation under way: whose it is, and what its fragments and variables mean."""

    catalogue: Catalogue
    ctx: Context
    fragments: dict[str, FragmentDefinitionNode]
    variables: Any
    rows: int = 0
    whole: "Run | None" = None

    @classmethod
    def of(cls, catalogue: Catalogue, info: GraphQLResolveInfo[Context]) -> "Run":
        """Return the run that a root resolver stands in."""
        return cls(catalogue, info.context, info.fragments, info.variable_values)

    def at(self, day: date | None) -> "Run":
        """Return the same operation on the data of a day; rows are counted for the whole of it."""
        if day is None:
            return self
        ctx = replace(self.ctx, actor=dated(self.ctx.actor, day))
        return Run(self.catalogue, ctx, self.fragments, self.variables, whole=self.whole or self)

    def select(self, kind: TypeInfo, nodes: Iterable[FieldNode]) -> dict[str, Nodes]:
        """Return the fields that `nodes` select on the type, by response key, in the order of the document."""
        found: dict[str, Nodes] = {}
        seen: set[str] = set()
        for node in nodes:
            if node.selection_set is not None:
                self._collect(kind, node.selection_set, found, seen)
        return found

    @property
    def rows_left(self) -> int:
        """How many more rows the operation's root field may read."""
        return self.ctx.settings.graphql_max_rows - (self.whole or self).rows

    def count(self, rows: int) -> None:
        """Count rows that were read; refuse to go on beyond the limit."""
        (self.whole or self).rows += rows
        if self.rows_left < 0:
            raise RequestFault(
                "TOO_MANY_ROWS",
                N_("The query reads more than {limit} rows. Ask for smaller pages, or for fewer lists inside lists."),
                limit=self.ctx.settings.graphql_max_rows,
            )

    def arguments(self, info: FieldInfo, node: FieldNode) -> dict[str, Any]:
        """Return the coerced arguments of a field."""
        return get_argument_values(info.graphql, node, self.variables)

    def _collect(self, kind: TypeInfo, selections: SelectionSetNode, found: dict[str, Nodes], seen: set[str]) -> None:
        for selection in selections.selections:
            if selection.directives and not self.is_included(selection):
                continue
            if isinstance(selection, FieldNode):
                key = (selection.alias or selection.name).value
                if selection.name.value != "__typename":
                    found.setdefault(key, []).append(selection)
            elif isinstance(selection, InlineFragmentNode):
                condition = selection.type_condition
                if condition is None or condition.name.value in kind.answers_to:
                    self._collect(kind, selection.selection_set, found, seen)
            elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in seen:
                seen.add(selection.name.value)
                fragment = self.fragments[selection.name.value]
                if fragment.type_condition.name.value in kind.answers_to:
                    self._collect(kind, fragment.selection_set, found, seen)

    def is_included(self, selection: Any) -> bool:
        """Whether the directives of a selection let it in."""
        skip = get_directive_values(GraphQLSkipDirective, selection, self.variables)
        if skip and skip["if"] is True:
            return False
        include = get_directive_values(GraphQLIncludeDirective, selection, self.variables)
        return not (include and include["if"] is False)
