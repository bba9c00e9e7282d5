"""Orders as the client writes them, made keys that sort alike on both databases and resume at a cursor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import peewee as pw

from core.context import Context
from core.i18n import N_
from core.policy import visible
from schema.engine.catalogue import Catalogue, TypeInfo
from schema.engine.conditions import foreign_key, plain_value
from schema.engine.faults import RequestFault
from schema.engine.fields import Column, Expression, Relation
from schema.engine.fields import Key as KeySource
from schema.engine.kinds import INTEGER, Kind
from schema.engine.sql import EVERYTHING, NOTHING, Masks, Scalar, all_of, any_of, bound

MOST_KEYS = 8


@dataclass(frozen=True)
class OrderKey:
    """One key of an order; rows without a value come last in both directions."""

    name: str
    expression: Any
    kind: Kind
    descending: bool
    nullable: bool

    def ordering(self, *, backward: bool) -> pw.Ordering:
        """Return the ORDER BY term, turned round for reading backwards."""
        direction = "DESC" if self.descending != backward else "ASC"
        nulls = ("FIRST" if backward else "LAST") if self.nullable else None
        return pw.Ordering(self.expression, direction, nulls=nulls)

    def equals(self, value: Any) -> Any:
        """Return whether a row stands at `value`."""
        return self.expression.is_null() if value is None else self.expression == bound(self.kind.bind(value))

    def beyond(self, value: Any, *, backward: bool) -> Any:
        """Return whether a row stands after `value` (before it when backward) by this key alone."""
        if value is None:
            return self.expression.is_null(False) if backward else NOTHING
        right = bound(self.kind.bind(value))
        step = self.expression < right if self.descending != backward else self.expression > right
        return step | self.expression.is_null() if self.nullable and not backward else step

    def from_on(self, value: Any, *, backward: bool) -> Any:
        """Return a condition that rows at `value` or after it (before it when backward) meet, or everything."""
        if value is None or self.nullable:
            return EVERYTHING
        right = bound(self.kind.bind(value))
        return self.expression <= right if self.descending != backward else self.expression >= right


def order_keys(
    catalogue: Catalogue,
    ctx: Context,
    kind: TypeInfo,
    table: Any,
    given: Sequence[Mapping[str, Any]],
    default: Sequence[str],
) -> list[OrderKey]:
    """Return the keys of an order (or of the default order), always ending in the row's own key."""
    maker = _Maker(catalogue, ctx)
    masks = Masks(ctx.actor, table)
    if len(given) > MOST_KEYS:
        raise RequestFault(
            "BAD_ORDER",
            N_("orderBy has {value} entries, {limit} are allowed. Remove the last ones."),
            value=len(given),
            limit=MOST_KEYS,
        )
    keys = [maker.given(kind, entry, table, masks) for entry in given]
    if not given:
        keys = [maker.named(kind, name, table, masks) for name in default or kind.order]
    if not keys or keys[-1].name != "id":
        keys.append(OrderKey("id", table.id, INTEGER, descending=False, nullable=False))
    return keys


def beyond(keys: Sequence[OrderKey], values: Sequence[Any], *, backward: bool) -> Any:
    """Return whether a row stands strictly after (before) the place given by one value for each key."""
    options = []
    for index, key in enumerate(keys):
        same = [earlier.equals(value) for earlier, value in zip(keys[:index], values[:index], strict=True)]
        options.append(all_of([*same, key.beyond(values[index], backward=backward)]))
    if not options:
        return EVERYTHING
    # What the options say of the first key, said once more by itself: only so a database begins in the index there.
    return all_of([keys[0].from_on(values[0], backward=backward), any_of(options)])


class _Maker:
    def __init__(self, catalogue: Catalogue, ctx: Context) -> None:
        self.catalogue = catalogue
        self.ctx = ctx

    def named(self, kind: TypeInfo, name: str, table: Any, masks: Masks) -> OrderKey:
        plain = name.removeprefix("-")
        info = kind.by_python_name[plain]
        return self._leaf(kind, info.name, table, masks, descending=name.startswith("-"))

    def given(self, kind: TypeInfo, entry: Mapping[str, Any], table: Any, masks: Masks, depth: int = 0) -> OrderKey:
        chosen = [(name, value) for name, value in entry.items() if value is not None]
        if len(chosen) != 1:
            raise RequestFault(
                "BAD_ORDER",
                N_("An entry of orderBy names {value} fields, it must name one. Write [{{a: ASC}}, {{b: DESC}}]."),
                value=len(chosen),
            )
        name, value = chosen[0]
        source = kind.fields[name].source
        if not isinstance(source, Relation):
            return self._leaf(kind, name, table, masks, descending=getattr(value, "value", value) == "DESC")
        if depth >= MOST_KEYS:
            raise RequestFault(
                "BAD_ORDER",
                N_("orderBy goes through more than {limit} relations. Order by a nearer field."),
                limit=MOST_KEYS,
            )
        target = self.catalogue.types[str(kind.fields[name].target)]
        assert target.model is not None  # noqa: S101 - relations lead to entities; checked at start
        other = target.model.alias()
        inner = self.given(target, value, other, Masks(self.ctx.actor, other), depth + 1)
        # A scalar subquery and not a join: the related row counts only where the caller may see it.
        reached = pw.Select([other], [inner.expression]).where(
            all_of([other.id == foreign_key(source, table, masks), visible(self.ctx.actor, other)])
        )
        return OrderKey(f"{name}.{inner.name}", Scalar(reached), inner.kind, inner.descending, nullable=True)

    def _leaf(self, kind: TypeInfo, name: str, table: Any, masks: Masks, *, descending: bool) -> OrderKey:
        info = kind.fields[name]
        if isinstance(info.source, KeySource):
            return OrderKey("id", table.id, INTEGER, descending, nullable=False)
        assert isinstance(info.source, Column | Expression)  # noqa: S101 - the generated inputs offer nothing else
        nullable = not isinstance(info.source, Column) or info.source.field.null or masks.is_masked(info.source.field)
        return OrderKey(name, plain_value(info, table, masks), info.kind, descending, nullable)
