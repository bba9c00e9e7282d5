"""What an operation costs, from its document and its real variables, before anything of it runs.

A field costs 1, what is computed in Python or counted costs more, and what is selected of a row costs as often as the
page may have rows: `first`, `last`, or the page size of the settings.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    BooleanValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    ValueNode,
    VariableNode,
)

from core.context import Context
from core.i18n import N_
from core.rates import Exhausted
from core.settings import Settings
from schema.documents import Document
from schema.engine.catalogue import Catalogue, FieldInfo, TypeInfo
from schema.engine.faults import RequestFault
from schema.engine.fields import Batch, Change, RootValue
from schema.engine.selection import fragments_of
from schema.limits import check_values

WEIGHTS: Mapping[type, int] = {Batch: 5, RootValue: 10, Change: 10}
"""What a field with such a source costs for each row; a source may have a `weight` of its own instead."""

TOTAL_COUNT = 10
INTROSPECTION = 2_000
"""`__schema` and `__type`: graphql-core resolves them field by field."""

ASSUMED_LENGTH = 10
"""Entries of a list that is no page."""

SHOWN_MOST = 2**31 - 1

_PRICES_KEPT = 100
_PLAIN_TYPES = frozenset({"Int", "Boolean"})


@dataclass(frozen=True)
class Price:
    """The cost of a selection, and the way to what costs most in it."""

    cost: int = 0
    heaviest: tuple[str, ...] = ()


def check_cost(
    catalogue: Catalogue, ctx: Context, document: Document, variables: Mapping[str, Any], operation: str | None
) -> dict[str, Any]:
    """Return `extensions` with the cost of the operation that would run; nothing when it is not clear which one.

    Raises:
        RequestFault: values, mutations, cost or the caller's rate are beyond their limits.
    """
    settings = ctx.settings
    check_values(variables, settings)
    node = document.operation(operation)
    if node is None:
        return {}
    _check_changes(document, node, ctx)
    price = price_of(catalogue, document, node, variables, settings)
    before = ctx.budget.cost if ctx.budget is not None else 0
    if before + price.cost > settings.graphql_max_cost:
        raise RequestFault(
            "COST_TOO_HIGH",
            N_(
                "The request costs {value}, {limit} are allowed; most of it is {field}. "
                "Give `first` a smaller number there and in the lists around it, or ask in several requests."
            ),
            value=min(before + price.cost, SHOWN_MOST),
            limit=settings.graphql_max_cost,
            field=".".join(_to_last_page(price.heaviest))[:200],
        )
    cost: dict[str, Any] = {"requested": price.cost, "limit": settings.graphql_max_cost}
    if ctx.budget is not None:
        ctx.budget.cost += price.cost
        remaining = spend(ctx, price.cost)
        if remaining is not None:
            cost["remaining"] = remaining
    return {"extensions": {"cost": cost}}


def spend(ctx: Context, points: int) -> int | None:
    """Take points out of the caller's bucket and return what is left of it; refuse when they are not there."""
    try:
        return ctx.budget.spend(points) if ctx.budget is not None else None
    except Exhausted as spent:
        raise RequestFault(
            "RATE_LIMITED",
            N_("You have asked for too much within a minute. Wait {retryAfter} seconds and repeat."),
            retryAfter=spent.retry_after,
            limit=ctx.settings.rate_points_per_minute,
        ) from None


def price_of(
    catalogue: Catalogue,
    document: Document,
    node: OperationDefinitionNode,
    variables: Mapping[str, Any],
    settings: Settings,
) -> Price:
    """Return the price of an operation with these variables; remembered with the document."""
    plain = _plain_variables(node, variables)
    name = node.name.value if node.name else ""
    key = (name, tuple(plain.items()), settings.graphql_page_size, settings.graphql_max_page_size)
    found: Price | None = document.prices.get(key)
    if found is None:
        root = catalogue.graphql.get_root_type(node.operation)
        kind = catalogue.types.get(root.name) if root is not None else None
        found = _Pricer(catalogue, fragments_of(document.tree), plain, settings).selection(node.selection_set, kind, 1)
        if len(document.prices) >= _PRICES_KEPT:
            document.prices.clear()
        document.prices[key] = found
    return found


class _Pricer:
    """Prices every fragment once."""

    def __init__(
        self,
        catalogue: Catalogue,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, int | None],
        settings: Settings,
    ) -> None:
        self._types = catalogue.types
        self._fragments = fragments
        self._variables = variables
        self._settings = settings
        self._known: dict[tuple[str, int], Price] = {}

    def selection(self, selections: SelectionSetNode, kind: TypeInfo | None, size: int) -> Price:
        """Return the price of what is selected of one object; `size` is the number of rows if it is a page."""
        total = most = 0
        heaviest: tuple[str, ...] = ()
        for part in self._parts(selections, kind, size):
            total += part.cost
            if part.cost > most:
                most, heaviest = part.cost, part.heaviest
        return Price(total, heaviest)

    def _parts(self, selections: SelectionSetNode, kind: TypeInfo | None, size: int) -> Iterator[Price]:
        for node in selections.selections:
            if node.directives and self._is_left_out(node):
                continue
            if isinstance(node, FieldNode):
                yield self._field(node, kind, size)
            elif isinstance(node, FragmentSpreadNode):
                yield self._fragment(node.name.value, size)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                inner = kind if condition is None else self._types.get(condition.name.value, kind)
                yield self.selection(node.selection_set, inner, size)

    def _fragment(self, name: str, size: int) -> Price:
        key = (name, size)
        if key not in self._known:
            node = self._fragments[name]
            kind = self._types.get(node.type_condition.name.value)
            self._known[key] = self.selection(node.selection_set, kind, size)
        return self._known[key]

    def _field(self, node: FieldNode, kind: TypeInfo | None, size: int) -> Price:
        name = node.name.value
        info = kind.fields.get(name) if kind is not None else None
        weight = _weight(name, info, kind)
        if node.selection_set is None:
            return Price(weight, (name,))
        rows = self._page_size(node) if info is not None and "first" in info.graphql.args else 1
        target = self._types.get(info.target) if info is not None and info.target is not None else None
        inner = self.selection(node.selection_set, target, rows)
        times = 1
        if info is not None and info.is_list:
            times = size if kind is not None and _is_page(kind) else ASSUMED_LENGTH
        # The way ends at a list: what is selected of one row costs little by itself.
        return Price(weight + times * inner.cost, (name, *inner.heaviest))

    def _page_size(self, node: FieldNode) -> int:
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        for name in ("last", "first"):
            value = self._number(given.get(name))
            if value is not None:
                return min(max(value, 0), self._settings.graphql_max_page_size)
        return self._settings.graphql_page_size

    def _number(self, node: ValueNode | None) -> int | None:
        if isinstance(node, VariableNode):
            return self._variables.get(node.name.value)
        return _literal(node)

    def _is_left_out(self, node: Any) -> bool:
        for directive in node.directives:
            unwanted = {"skip": 1, "include": 0}.get(directive.name.value)
            if unwanted is not None and any(self._number(given.value) == unwanted for given in directive.arguments):
                return True
        return False


def _weight(name: str, info: FieldInfo | None, kind: TypeInfo | None) -> int:
    if info is None:
        return INTROSPECTION if name in {"__schema", "__type"} else 1
    if name == "totalCount" and kind is not None and _is_page(kind):
        return TOTAL_COUNT
    own = getattr(info.source, "weight", None)
    return own if isinstance(own, int) else WEIGHTS.get(type(info.source), 1)


def _is_page(kind: TypeInfo) -> bool:
    return "pageInfo" in kind.fields and "edges" in kind.fields


def _literal(node: ValueNode | None) -> int | None:
    if isinstance(node, IntValueNode):
        # Longer ones fit no Int; converting thousands of digits takes long.
        return int(node.value) if len(node.value) < 12 else None
    return int(node.value) if isinstance(node, BooleanValueNode) else None


def _plain_variables(node: OperationDefinitionNode, variables: Mapping[str, Any]) -> dict[str, int | None]:
    """Return the numbers and truths among the variables; of others the price does not depend."""
    found: dict[str, int | None] = {}
    for definition in node.variable_definitions or ():
        kind = definition.type.type if isinstance(definition.type, NonNullTypeNode) else definition.type
        if isinstance(kind, NamedTypeNode) and kind.name.value in _PLAIN_TYPES:
            name = definition.variable.name.value
            if name in variables:
                value = variables[name]
                found[name] = int(value) if isinstance(value, int) else None
            else:
                found[name] = _literal(definition.default_value)
    return found


def _to_last_page(way: tuple[str, ...]) -> tuple[str, ...]:
    """Return the way up to its last page, where a smaller number helps."""
    pages = [place for place, name in enumerate(way) if name in {"nodes", "edges"}]
    return way[: pages[-1]] if pages else way


def _check_changes(document: Document, node: OperationDefinitionNode, ctx: Context) -> None:
    if node.operation is not OperationType.MUTATION:
        return
    count = document.size.changes + (ctx.budget.changes if ctx.budget is not None else 0)
    if count > ctx.settings.graphql_max_mutations:
        raise RequestFault(
            "TOO_MANY_MUTATIONS",
            N_("The request has {value} mutations, {limit} are allowed. Send several requests."),
            value=count,
            limit=ctx.settings.graphql_max_mutations,
        )
    if ctx.budget is not None:
        ctx.budget.changes = count
