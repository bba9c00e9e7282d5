"""What the makers of one statement share: the run, the dialect, aliases, the bound of rows and computed fields."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import strawberry

from schema.engine.catalogue import FieldInfo, TypeInfo
from schema.engine.fields import Batch
from schema.engine.planned.dialects import Dialect, Json
from schema.engine.planned.reasons import Declined
from schema.engine.selection import Nodes, Run


@dataclass(frozen=True)
class Hole:
    """A computed field in one place of the selection: its values come from `resolve_many`."""

    kind: TypeInfo
    info: FieldInfo
    source: Batch
    nodes: Nodes


@dataclass
class Builder:
    """One statement in the making; `row` makes a row's JSON, in which pages lie that hold rows again.

    `rows` bounds the rows that the other way would read for the root field under way, `most_rows` for any of them.
    """

    schema: strawberry.Schema
    run: Run
    words: Dialect
    row: Callable[["Builder", TypeInfo, Nodes, str, int], Json]
    rows: int = 0
    most_rows: int = 0
    holes: list[Hole] = field(default_factory=list)
    has_json: bool = False
    _aliases: int = 0

    def alias(self) -> str:
        """Return a name for a table that no other in the statement has."""
        self._aliases += 1
        return f"e{self._aliases}"

    def begin_root(self) -> None:
        """Count the rows of the next root field from nothing."""
        self.rows = 0

    def count(self, rows: int) -> None:
        """Count rows that a list or a relation may read."""
        self.rows += rows
        self.most_rows = max(self.most_rows, self.rows)

    def takes_only(self, info: FieldInfo, nodes: Nodes, *names: str) -> None:
        """Decline a field that is given an argument other than these (names of Python)."""
        given = {argument.name.value for argument in nodes[0].arguments or ()}
        if given:
            arguments = zip(info.strawberry.arguments, info.graphql.args, strict=True)
            known = {name for argument, name in arguments if argument.python_name in names}
            if given - known:
                raise Declined(f"{info.name} is given {min(given - known)}")

    def arguments(self, info: FieldInfo, nodes: Nodes) -> dict[str, Any]:
        """Return the coerced arguments of a field."""
        return self.run.arguments(info, nodes[0])
