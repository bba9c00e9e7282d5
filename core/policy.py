"""One policy for every channel: which rows an actor sees, which fields of them, and which acts are allowed.

Rows and fields are peewee expressions, so that GraphQL, the back office and exports compile the same rule into their
own statements. Whatever is not allowed here is denied.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import peewee as pw

from core.actor import EVERYWHERE, Actor
from core.context import Context
from core.errors import forbidden, not_found

M = TypeVar("M", bound=pw.Model)

Rows = Callable[[Actor, Any], Any]
"""Gives for an actor and a model (or an alias of it) an expression over its rows, or True or False for all or none.

It follows from the actor alone and asks nothing of the database or the clock: planned reads keep what it gives.
"""

Act = Callable[[Actor, Any], bool]
"""Answers whether an actor may do an act to a subject."""


Read = Callable[[Context, Sequence[int], str], None]
"""Keeps who was shown which rows (by their ids) of a model, and by which channel."""


@dataclass(frozen=True)
class PolicyEntry:
    """What a model shows to whom: `visible` rows, and `masks` by field name (where the field may be read).

    Of a confidential model nobody is told that rows exist which he does not see: no count of all, no name of one that
    stands in the way. `read` is told of every row that a person is shown, whatever the channel.
    """

    model: type[pw.Model]
    visible: Rows
    masks: Mapping[str, Rows] = field(default_factory=dict)
    is_confidential: bool = False
    read: Read | None = None


@dataclass(frozen=True)
class ActEntry:
    """Who may do the act named `permission`."""

    permission: str
    rule: Act


_entries: dict[type[pw.Model], PolicyEntry] = {}
_acts: dict[str, Act] = {}
_edition = 0


def install(entries: Iterable[PolicyEntry], acts: Iterable[ActEntry]) -> None:
    """Put the policy of one application in force; called once by the composition root."""
    global _edition  # noqa: PLW0603 - as the tables themselves
    _edition += 1
    _entries.clear()
    _acts.clear()
    _entries.update({entry.model: entry for entry in entries})
    _acts.update({act.permission: act.rule for act in acts})


def edition() -> int:
    """Return a number that changes with each policy put in force: for those who keep what follows from it."""
    return _edition


def is_covered(model: type[pw.Model]) -> bool:
    """Whether `model` has a policy; start-up refuses a model without one."""
    return model in _entries


def acts() -> frozenset[str]:
    """Return the names of all acts that have a policy."""
    return frozenset(_acts)


def _entry(table: Any) -> PolicyEntry:
    model = table.model if isinstance(table, pw.ModelAlias) else table
    try:
        return _entries[model]
    except KeyError:
        raise LookupError(f"{model.__name__} has no policy: register one with register_policies") from None


def visible(actor: Actor, table: Any) -> Any:
    """Return which rows of `table` (a model or an alias) the actor sees: an expression, True or False."""
    entry = _entry(table)
    if actor.is_system:
        return True
    if actor.token_scopes is not None and "read" not in actor.token_scopes:
        return False
    return entry.visible(actor, table)


def fields(actor: Actor, table: Any) -> dict[str, Any]:
    """Return for each masked field of `table` where the actor may read it: an expression, True or False."""
    if actor.is_system:
        return {}
    return {name: rows(actor, table) for name, rows in _entry(table).masks.items()}


def is_confidential(table: Any) -> bool:
    """Whether it is told to nobody that there are rows of `table` which he does not see."""
    return _entry(table).is_confidential


def is_read_noted(table: Any) -> bool:
    """Whether it is kept who was shown rows of `table`."""
    return _entry(table).read is not None


def note_read(ctx: Context, table: Any, ids: Sequence[int], channel: str) -> None:
    """Tell of rows of `table` that the caller is shown; of work that the house does by itself nothing is kept.

    `channel` is GRAPHQL, PAGE or EXPORT.
    """
    read = _entry(table).read
    if read is not None and ids and not ctx.actor.is_system:
        read(ctx, ids, channel)


def mask(actor: Actor, table: Any, name: str) -> Any:
    """Return where the actor may read the field `name` of `table`: an expression, True or False."""
    rows = None if actor.is_system else _entry(table).masks.get(name)
    return True if rows is None else rows(actor, table)


def masked_fields(table: Any) -> Mapping[str, Rows]:
    """Return the fields of `table` that are masked for some actors."""
    return _entry(table).masks


def shown(actor: Actor, table: Any, name: str) -> Any:
    """Return the column `name` of `table` as the actor may read it: itself, NULL, or NULL where it is masked."""
    column = getattr(table, name)
    rows = fields(actor, table).get(name, True)
    if rows is True:
        return column
    return pw.Value(None) if rows is False else pw.Case(None, ((rows, column),))


def may(actor: Actor, permission: str, subject: Any) -> bool:
    """Whether the actor may do the act named `permission` to `subject`."""
    rule = _acts.get(permission)
    if rule is None:
        raise LookupError(f"No policy for the act {permission!r}: register one with register_policies")
    if actor.is_system:
        return True
    if actor.token_scopes is not None and not {permission, "write"} & actor.token_scopes:
        return False
    return actor.is_known and rule(actor, subject)


def as_condition(rows: Any) -> Any:
    """Return `rows` (an expression, True or False) as an expression that SQL takes on both databases."""
    if rows is True:
        return pw.Value(1) == pw.Value(1)
    if rows is False:
        return pw.Value(1) == pw.Value(0)
    return rows


def either(*parts: Any) -> Any:
    """Return the OR of row rules, each an expression, True or False."""
    if any(part is True for part in parts):
        return True
    chosen = [part for part in parts if part is not False]
    # In pairs of pairs: SQLite takes a hundred brackets within each other at most.
    while len(chosen) > 1:
        pairs = [chosen[place : place + 2] for place in range(0, len(chosen), 2)]
        chosen = [pair[0] | pair[1] if len(pair) > 1 else pair[0] for pair in pairs]
    return chosen[0] if chosen else False


def among(column: Any, rows: Any) -> Any:
    """Return where `column` is one of the keys that a query of one column gives.

    As EXISTS and not as IN: PostgreSQL then chooses between asking the index for each row and making a table of all
    keys, by the number of rows; of an IN beside an OR it would always make the table.
    """
    return pw.fn.EXISTS(rows.where(rows.selected_columns[0] == column))


def below(path: Any, prefixes: Iterable[str]) -> Any:
    """Return where the column `path` lies in one of the subtrees `prefixes`: one indexed range for each.

    Paths are chains of 8-digit ids, so that their order is the same under every collation.
    """
    ranges: list[Any] = []
    for prefix in prefixes:
        if prefix == EVERYWHERE:
            return True
        ranges.append((path >= prefix) & (path < _successor(prefix)))
    return either(*ranges)


def _successor(prefix: str) -> str:
    return str(int(prefix) + 1).zfill(len(prefix))


def fetch(model: type[M], key: int, ctx: Context, *path: str | int) -> M:
    """Return the row `key` of `model` if the actor sees it; refuse with NOT_FOUND at `path` otherwise."""
    rows = as_condition(visible(ctx.actor, model))
    row: M | None = model.select().where((model._meta.primary_key == key) & rows).first()
    if row is None:
        raise not_found(*path, id=f"{model.__name__}:{key}")
    return row


def require(ctx: Context, permission: str, subject: Any, *path: str | int) -> None:
    """Refuse with FORBIDDEN at `path` unless the actor may do the act named `permission` to `subject`."""
    if not may(ctx.actor, permission, subject):
        raise forbidden(*path)
