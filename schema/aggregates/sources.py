"""The sources of aggregate fields: each stands beside a connection and counts the same rows."""

import dataclasses
from typing import TYPE_CHECKING, Any

from schema.engine.fields import Computed, Pages, RootPages

if TYPE_CHECKING:
    from schema.engine.catalogue import Catalogue, FieldInfo
    from schema.engine.level import Level
    from schema.engine.selection import Nodes


@dataclasses.dataclass(frozen=True)
class RootAggregate(Computed):
    """Groups of all visible rows of an entity, as the root connection `of` shows them; `weight` is what it costs."""

    of: RootPages
    weight: int = 50

    def resolver(self, schema: Any, catalogue: "Catalogue", info: "FieldInfo") -> Any:
        """Return the resolver of the root field."""
        from schema.aggregates.answering import root_resolver

        return root_resolver(schema, catalogue, info, self.of)


@dataclasses.dataclass(frozen=True)
class PagesAggregate(Computed):
    """Groups of the rows that point to a row, as the connection `of` shows them; `weight` is the cost for each row."""

    of: Pages
    weight: int = 5

    def step(self, level: "Level", key: str, info: "FieldInfo", nodes: "Nodes") -> Any:
        """Return the step that adds the groups of every parent of a level."""
        from schema.aggregates.answering import level_step

        return level_step(level, key, info, self.of, nodes)
