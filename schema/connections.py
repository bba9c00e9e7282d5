"""Relay connections: pages of rows with opaque cursors."""

from enum import Enum
from typing import Generic, TypeVar

import strawberry

T = TypeVar("T")


@strawberry.type(description="Where a page lies in the whole.")
class PageInfo:
    """Where a page lies in the whole."""

    has_next_page: bool = strawberry.field(description="Whether rows follow this page.")
    has_previous_page: bool = strawberry.field(description="Whether rows come before this page.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first row of the page.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last row of the page.")


@strawberry.type(description="A row of a page with its cursor.")
class Edge(Generic[T]):
    """A row of a page with its cursor."""

    cursor: str = strawberry.field(description="Opaque place of this row, for `after` and `before`.")
    node: T = strawberry.field(description="The row.")


@strawberry.type(description="A page of rows.")
class Connection(Generic[T]):
    """A page of rows."""

    nodes: list[T] = strawberry.field(description="The rows of the page.")
    edges: list[Edge[T]] = strawberry.field(description="The rows of the page with their cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page lies in the whole.")
    total_count: int = strawberry.field(
        description="Number of rows that match the filter and that the caller may see, over all pages."
    )


@strawberry.enum(name="OrderDirection", description="Direction of an order; rows without a value come last in both.")
class OrderDirection(Enum):
    """Direction of an order."""

    ASC = strawberry.enum_value("ASC", description="Smallest first.")
    DESC = strawberry.enum_value("DESC", description="Largest first.")
