"""What a view reads: the one list of its operation, the columns of its rows, and how to turn its pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
    parse,
    print_ast,
    type_from_ast,
)

from schema.engine.selection import fragments_of

MARK = "kinerjaPage"
"""Response key under which a plan asks for the page's end."""

AFTER = "kinerjaAfter"
"""Variable that carries the cursor from page to page."""

FIRST = "kinerjaFirst"
"""Variable that carries the size of a page."""

_PAGING = {"first", "last", "before", "after"}
_PAGE = parse(
    f"query(${FIRST}: Int, ${AFTER}: String) "
    f"{{ f(first: ${FIRST}, after: ${AFTER}) {{ {MARK}: pageInfo {{ hasNextPage endCursor }} }} }}"
)


@dataclass(frozen=True)
class Column:
    """A column: its heading (the path of response keys, joined by dots), its path in a row, and its type's name.

    `is_many`: the value is a list, joined when its entries have one leaf (`leaf`), counted otherwise.
    """

    path: tuple[str, ...]
    kind: str
    is_many: bool = False
    leaf: tuple[str, ...] | None = None

    @property
    def heading(self) -> str:
        """What stands above it."""
        return ".".join(self.path)


@dataclass(frozen=True)
class Rows:
    """A list of an operation: its path from the root, the path from it to its entries, and its columns.

    `entries` is () for a plain list, ("nodes",) or ("edges",) for a connection; `is_whole` when all its pages are asked
    for, because the operation names no page itself.
    """

    path: tuple[str, ...]
    entries: tuple[str, ...]
    columns: tuple[Column, ...]
    is_whole: bool


@dataclass(frozen=True)
class Plan:
    """An operation as a view runs it: its document (without fragments spread by name), and its outermost lists."""

    document: str
    lists: tuple[Rows, ...]
    columns: tuple[Column, ...]

    @property
    def rows(self) -> Rows | None:
        """The one list, None when there is none or more than one."""
        return self.lists[0] if len(self.lists) == 1 else None


class _Planner:
    def __init__(self, schema: GraphQLSchema, tree: DocumentNode) -> None:
        self.schema = schema
        self.fragments = fragments_of(tree)

    def expanded(self, selections: SelectionSetNode) -> SelectionSetNode:
        """Return a selection in which fragments stand where they are spread."""
        return SelectionSetNode(selections=tuple(self._expanded(node) for node in selections.selections))

    def _expanded(self, node: Any) -> Any:
        if isinstance(node, FragmentSpreadNode):
            fragment = self.fragments[node.name.value]
            return InlineFragmentNode(
                type_condition=fragment.type_condition,
                directives=node.directives,
                selection_set=self.expanded(fragment.selection_set),
            )
        if node.selection_set is None:
            return node
        inner = self.expanded(node.selection_set)
        return replace(node, selection_set=inner)

    def fields(
        self, kind: GraphQLCompositeType, selections: SelectionSetNode
    ) -> Iterator[tuple[str, FieldNode, GraphQLOutputType]]:
        """Give response key, node and type of every field, in order."""
        for node in selections.selections:
            if isinstance(node, InlineFragmentNode):
                inner: Any = type_from_ast(self.schema, node.type_condition) if node.type_condition else kind
                yield from self.fields(inner, node.selection_set)
            elif isinstance(node, FieldNode):
                name = node.name.value
                key = (node.alias or node.name).value
                if name == "__typename":
                    yield key, node, self.schema.type_map["String"]  # type: ignore[misc]
                elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and name in kind.fields:
                    yield key, node, kind.fields[name].type

    def lists(
        self, kind: GraphQLCompositeType, selections: SelectionSetNode, path: tuple[str, ...] = ()
    ) -> Iterator[Rows]:
        """Give the outermost lists below a selection."""
        for key, node, output in self.fields(kind, selections):
            here = (*path, key)
            inner = get_named_type(output)
            if node.selection_set is None or not is_composite_type(inner):
                if is_list_type(get_nullable_type(output)):
                    yield Rows(here, (), (Column((), inner.name),), is_whole=False)
            elif is_list_type(get_nullable_type(output)):
                yield Rows(here, (), tuple(self.columns(inner, node.selection_set)), is_whole=False)
            elif _is_connection(inner):
                yield from self._connection(inner, node, here)
            else:
                yield from self.lists(inner, node.selection_set, here)

    def _connection(self, kind: Any, node: FieldNode, path: tuple[str, ...]) -> Iterator[Rows]:
        is_whole = not _PAGING & {argument.name.value for argument in node.arguments or ()}
        for key, field, output in self.fields(kind, _selected(node)):
            if field.name.value in {"nodes", "edges"} and field.selection_set is not None:
                columns = self.columns(get_named_type(output), field.selection_set)
                yield Rows(path, (key,), tuple(columns), is_whole)
                return

    def columns(self, kind: Any, selections: SelectionSetNode, path: tuple[str, ...] = ()) -> Iterator[Column]:
        """Give the columns of a row, each response key once."""
        seen: set[tuple[str, ...]] = set()
        for column in self._columns(kind, selections, path):
            if column.path not in seen:
                seen.add(column.path)
                yield column

    def _columns(self, kind: Any, selections: SelectionSetNode, path: tuple[str, ...]) -> Iterator[Column]:
        for key, node, output in self.fields(kind, selections):
            here = (*path, key)
            inner = get_named_type(output)
            is_list = is_list_type(get_nullable_type(output))
            if node.selection_set is None:
                yield Column(here, inner.name, is_many=is_list, leaf=() if is_list else None)
            elif is_list:
                yield self._many(here, inner, node.selection_set)
            elif _is_connection(inner):
                yield from self._pages(here, inner, node)
            else:
                yield from self._columns(inner, node.selection_set, here)

    def _pages(self, path: tuple[str, ...], kind: Any, node: FieldNode) -> Iterator[Column]:
        for key, field, output in self.fields(kind, _selected(node)):
            name = field.name.value
            if name in {"nodes", "edges"} and field.selection_set is not None:
                yield self._many((*path, key), get_named_type(output), field.selection_set)
            elif field.selection_set is None:
                yield Column((*path, key), get_named_type(output).name)

    def _many(self, path: tuple[str, ...], kind: Any, selections: SelectionSetNode) -> Column:
        leaves = list(self.columns(kind, selections))
        if len(leaves) == 1 and not leaves[0].is_many:
            return Column(path, leaves[0].kind, is_many=True, leaf=leaves[0].path)
        return Column(path, "Int", is_many=True)


def plan_of(schema: GraphQLSchema, tree: DocumentNode) -> Plan:
    """Return how a view runs the one query of a document that is valid."""
    planner = _Planner(schema, tree)
    operation = next(node for node in tree.definitions if isinstance(node, OperationDefinitionNode))
    selections = planner.expanded(operation.selection_set)
    root: Any = schema.query_type
    lists = tuple(planner.lists(root, selections))
    columns = tuple(planner.columns(root, selections)) if not lists else ()
    whole = [one for one in lists if one.is_whole]
    whole_query = replace(operation, selection_set=selections)
    if len(lists) != 1 or not whole:
        return Plan(print_ast(whole_query), tuple(replace(one, is_whole=False) for one in lists), columns)
    return Plan(_paged(whole_query, whole[0].path), lists, columns)


def _paged(operation: OperationDefinitionNode, path: Sequence[str]) -> str:
    """Return the operation with a page's size, cursor and end asked for at the list under `path`."""
    extra: Any = _PAGE.definitions[0]
    field = extra.selection_set.selections[0]
    mark = field.selection_set.selections[0]
    made = replace(
        operation,
        variable_definitions=(*(operation.variable_definitions or ()), *extra.variable_definitions),
        selection_set=_at(operation.selection_set, list(path), field.arguments, mark),
    )
    return print_ast(made)


def _at(selections: SelectionSetNode, path: list[str], arguments: Sequence[Any], mark: Any) -> SelectionSetNode:
    return SelectionSetNode(selections=tuple(_at_node(node, path, arguments, mark) for node in selections.selections))


def _at_node(node: Any, path: list[str], arguments: Sequence[Any], mark: Any) -> Any:
    if isinstance(node, InlineFragmentNode):
        return replace(node, selection_set=_at(node.selection_set, path, arguments, mark))
    if (node.alias or node.name).value != path[0]:
        return node
    if len(path) > 1:
        return replace(node, selection_set=_at(node.selection_set, path[1:], arguments, mark))
    return replace(
        node,
        arguments=(*(node.arguments or ()), *arguments),
        selection_set=SelectionSetNode(selections=(*node.selection_set.selections, mark)),
    )


def _selected(node: FieldNode) -> SelectionSetNode:
    return node.selection_set or SelectionSetNode(selections=())


def _is_connection(kind: Any) -> bool:
    return isinstance(kind, GraphQLObjectType) and {"edges", "pageInfo"} <= set(kind.fields)
