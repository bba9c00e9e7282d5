"""What an operation selects of one connection, and how a page of rows is laid out for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from schema.engine.catalogue import TypeInfo
from schema.engine.selection import Nodes, Run

CURSORS = frozenset({"startCursor", "endCursor"})


@dataclass
class ConnectionPlan:
    """The selection of one connection.

    Rows are asked for in views, since `nodes` and `edges { node }` may select different things of the same rows.
    """

    kind: TypeInfo
    row_type: str
    views: list[Nodes] = field(default_factory=list)
    node_lists: list[tuple[str, int]] = field(default_factory=list)
    edge_lists: list[tuple[str, list[tuple[str, int | None]]]] = field(default_factory=list)
    page_infos: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)

    @property
    def needs_rows(self) -> bool:
        """Whether anything but the total is selected."""
        return bool(self.node_lists or self.edge_lists or self.page_infos)

    @property
    def needs_cursors(self) -> bool:
        """Whether a cursor is selected anywhere."""
        in_edges = any(view is None for _, parts in self.edge_lists for _, view in parts)
        return in_edges or any(name in CURSORS for _, parts in self.page_infos for _, name in parts)


def plan_connection(run: Run, kind: TypeInfo, nodes: Nodes) -> ConnectionPlan:
    """Read the selection of a connection field."""
    edge = run.catalogue.types[str(kind.fields["edges"].target)]
    page_info = run.catalogue.types[str(kind.fields["pageInfo"].target)]
    plan = ConnectionPlan(kind, str(kind.fields["nodes"].target))
    for key, selected in run.select(kind, nodes).items():
        name = selected[0].name.value
        if name == "nodes":
            plan.node_lists.append((key, _view(plan, selected)))
        elif name == "edges":
            parts = run.select(edge, selected).items()
            plan.edge_lists.append(
                (
                    key,
                    [(part, None if inner[0].name.value == "cursor" else _view(plan, inner)) for part, inner in parts],
                )
            )
        elif name == "pageInfo":
            parts = run.select(page_info, selected).items()
            plan.page_infos.append((key, [(part, inner[0].name.value) for part, inner in parts]))
        elif name == "totalCount":
            plan.totals.append(key)
    return plan


def _view(plan: ConnectionPlan, nodes: Nodes) -> int:
    plan.views.append(nodes)
    return len(plan.views) - 1


@dataclass(frozen=True)
class PageRows:
    """The rows of one page, one list for each view, and where the page lies."""

    views: Sequence[Sequence[dict[str, Any]]]
    size: int
    cursor: Callable[[int], str]
    has_next: bool
    has_previous: bool


def lay_out(plan: ConnectionPlan, page: PageRows, total: int | None) -> dict[str, Any]:
    """Return the connection's value by response key."""
    value: dict[str, Any] = {}
    for key, view in plan.node_lists:
        value[key] = page.views[view]
    for key, parts in plan.edge_lists:
        value[key] = [
            {part: page.cursor(index) if view is None else page.views[view][index] for part, view in parts}
            for index in range(page.size)
        ]
    for key, names in plan.page_infos:
        value[key] = {part: _page_info(name, page) for part, name in names}
    for key in plan.totals:
        value[key] = total
    return value


def _page_info(name: str, page: PageRows) -> Any:
    if name == "hasNextPage":
        return page.has_next
    if name == "hasPreviousPage":
        return page.has_previous
    if not page.size:
        return None
    return page.cursor(0 if name == "startCursor" else page.size - 1)
