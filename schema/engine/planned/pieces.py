"""What a planned statement is made of: SQL text, and parts whose text and values follow from the call."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import peewee as pw
from graphql.execution.values import VariableValues

from core.context import Context
from core.database import database

ROW = "kinerja_row"
"""How a part that many statements share calls its table until it is put into one of them."""

_QUOTED_ROW = f'"{ROW}"'


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


Piece = str | Fixed | ActorPart | CallPart
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
    return Fixed(text, tuple(values))


def entity_alias(model: type[pw.Model], alias: str = ROW) -> Any:
    """Return the table of the model under a fixed name."""
    return model.alias(alias)
