"""What a planned statement is made of: SQL text, and parts whose text and values follow from the call."""

import sys
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

import peewee as pw
from graphql.execution.values import VariableValues

from core.context import Context
from core.database import database
from schema.engine.late import Late, late, shape

ROW = "kinerja_row"
"""How a part that many statements share calls its table until it is put into one of them."""

_QUOTED_ROW = f'"{ROW}"'
_SHAPES = 100


@dataclass(frozen=True)
class Call:
    """One call of a planned operation."""

    ctx: Context
    variables: VariableValues | None


@dataclass(frozen=True)
class Fixed:
    """SQL with bind parameters, the same in every call."""

    text: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class ActorPart:
    """SQL that follows from the actor alone; `build` gives its expression, `key` names it among all such parts.

    The expression is over a table called ROW, which stands for `alias` here.
    """

    key: Hashable
    build: Callable[[Context], Any]
    alias: str

    def over(self, made: Fixed) -> Fixed:
        """Return the compiled part with its table's name in this statement."""
        return Fixed(made.text.replace(_QUOTED_ROW, f'"{self.alias}"'), made.values)


@dataclass(frozen=True)
class CallPart:
    """SQL that follows from the call: from the values of its variables, or from its moment."""

    build: Callable[[Call], Any]

    def made(self, call: Call) -> Fixed:
        """Return the SQL and the values of a call."""
        return compiled(self.build(call))


@dataclass(frozen=True, eq=False)
class ShapedPart:
    """SQL that follows from the actor and the shape of what the call gives; the values in it are bound later.

    `read` takes from a call what it gives, `build` makes the expression of it with values that are read later.
    """

    read: Callable[[Call], Any]
    build: Callable[[Context, Any], Any]
    kept: dict[Hashable, Fixed] = field(default_factory=dict)

    def made(self, call: Call) -> Fixed:
        """Return the SQL and the values of a call."""
        source = self.read(call)
        key = (call.ctx.actor, shape(source))
        found = self.kept.get(key)
        if found is None:
            found = compiled(self.build(call.ctx, late(source)))
            if len(self.kept) >= _SHAPES:
                self.kept.clear()
            self.kept[key] = found
        return Fixed(found.text, tuple(one.read(source) if isinstance(one, Late) else one for one in found.values))


Piece = str | Fixed | ActorPart | CallPart | ShapedPart
Sql = list[Piece]


def sql(*items: Piece | Sql) -> Sql:
    """Return pieces in one list."""
    result: Sql = []
    for item in items:
        if isinstance(item, list):
            result.extend(item)
        else:
            result.append(item)
    return result


def listed(items: Sequence[Sql], between: str) -> Sql:
    """Return the items with text between them."""
    result: Sql = []
    for item in items:
        if result:
            result.append(between)
        result.extend(item)
    return result


def compiled(node: Any) -> Fixed:
    """Return the SQL of one expression or query; True and False are conditions."""
    if isinstance(node, bool):
        return Fixed("TRUE" if node else "FALSE", ())
    ctx = database.obj.get_sql_context()
    # As inside a query: subqueries stand in parentheses.
    with ctx.scope_normal(subquery=True):
        text, values = ctx.sql(node).query()
    # Callers of one shape have the same text, which is kept once.
    return Fixed(sys.intern(text), tuple(values))


def entity_alias(model: type[pw.Model], alias: str = ROW) -> Any:
    """Return the table of the model under a fixed name."""
    return model.alias(alias)
