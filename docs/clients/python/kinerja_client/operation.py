"""What a generated operation gives: a call, ready to be sent, that knows the type of its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, Literal, Self, TypedDict, TypeVar

Data = TypeVar("Data")
Row = TypeVar("Row")


@dataclass(frozen=True)
class Call(Generic[Data]):
    """An operation with its variables; a variable that is None is left out."""

    name: str
    kind: Literal["query", "mutation", "subscription"]
    text: str
    variables: Mapping[str, Any]

    def after(self, cursor: str | None) -> Self:
        """Return the call for the page after `cursor`."""
        return replace(self, variables={**self.variables, "after": cursor})

    @property
    def body(self) -> dict[str, Any]:
        """What is sent as JSON."""
        variables = {name: value for name, value in self.variables.items() if value is not None}
        return {"query": self.text, "operationName": self.name, "variables": variables}


class PageInfo(TypedDict):
    """Where a page ends."""

    hasNextPage: bool
    endCursor: str | None


class Page(TypedDict, Generic[Row]):
    """What a page of a connection has to select, so that `pages` can go on."""

    nodes: list[Row]
    pageInfo: PageInfo
