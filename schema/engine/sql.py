"""Small pieces of SQL that mean the same on SQLite and PostgreSQL."""

from collections.abc import Sequence
from typing import Any

import orjson
import peewee as pw

from core import policy
from core.actor import Actor
from core.database import database, is_sqlite
from schema.engine.late import Late, applied

NOTHING = pw.Value(1) == pw.Value(0)
"""A condition that no row meets."""

EVERYTHING = pw.Value(1) == pw.Value(1)
"""A condition that every row meets."""


def bound(value: Any) -> pw.Value:
    """Return a bind parameter that peewee leaves as it is."""
    return pw.Value(value, converter=False, unpack=False)


def is_one_of(expression: Any, values: Sequence[Any] | Late) -> Any:
    """Return whether the expression is among the values: one bind parameter, however many there are."""
    if not values:
        return NOTHING
    if is_sqlite():
        listed = pw.SQL("(SELECT value FROM json_each(?))", [applied(_json, values)])
        return pw.Expression(expression, pw.OP.IN, listed)
    return pw.Expression(expression, pw.OP.EQ, pw.fn.ANY(bound(applied(list, values))))


def _json(values: Sequence[Any]) -> str:
    return orjson.dumps(list(values)).decode()


def all_of(conditions: Sequence[Any]) -> Any:
    """Return the AND of the conditions, each an expression, True or False."""
    result: Any = EVERYTHING
    for condition in conditions:
        if condition is False or condition is NOTHING:
            return NOTHING
        if condition is not True and condition is not EVERYTHING:
            result = condition if result is EVERYTHING else result & condition
    return result


def any_of(conditions: Sequence[Any]) -> Any:
    """Return the OR of the conditions, each an expression, True or False."""
    result: Any = NOTHING
    for condition in conditions:
        if condition is True or condition is EVERYTHING:
            return EVERYTHING
        if condition is not False and condition is not NOTHING:
            result = condition if result is NOTHING else result | condition
    return result


def is_not_true(condition: Any) -> Any:
    """Return the two-valued NOT: unknown counts as false before it is turned round."""
    return pw.Expression(pw.EnclosedNodeList((condition,)), "IS NOT", pw.SQL("TRUE"))


class Scalar(pw.WrappedNode):
    """A subquery that stands for one value, in parentheses wherever it stands."""

    def __sql__(self, ctx: Any) -> Any:
        with ctx.scope_normal(parentheses=False, subquery=True):
            return ctx.literal("(").sql(self.node).literal(")")


class Masks:
    """The columns of one table as the actor may read them."""

    def __init__(self, actor: Actor, table: Any) -> None:
        self.actor = actor
        self.table = table

    def column(self, field: pw.Field) -> Any:
        """Return the column, or what the policy leaves of it."""
        rule = policy.mask(self.actor, self.table, field.name)
        plain = getattr(self.table, field.name)
        if rule is True:
            return plain
        # Hidden from all, too, it stays an expression of the column's type: PostgreSQL orders by no constant.
        return pw.Case(None, ((NOTHING if rule is False else rule, plain),))

    def is_masked(self, field: pw.Field) -> bool:
        """Whether the policy takes anything away from the column."""
        return policy.mask(self.actor, self.table, field.name) is not True


def rows_of(query: Any) -> list[tuple[Any, ...]]:
    """Run a statement and return its rows as the driver gives them."""
    return list(database.execute(query).fetchall())
