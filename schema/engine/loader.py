"""Loads what an operation selects, level by level: one statement for each field of a level, whatever its rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import peewee as pw
from strawberry.types.base import get_object_definition

from core.policy import note_read, visible
from schema.as_of import asked_day
from schema.engine.catalogue import FieldInfo, TypeInfo
from schema.engine.conditions import Filter, rows_below
from schema.engine.connections import ConnectionPlan, PageRows, lay_out, plan_connection
from schema.engine.cursors import signature, write_cursor
from schema.engine.fields import Pages
from schema.engine.ids import split_id
from schema.engine.level import TYPE, Level, Row
from schema.engine.ordering import OrderKey, order_keys
from schema.engine.paging import Page, requested_page
from schema.engine.selection import Nodes, Run
from schema.engine.sql import Masks, all_of, is_one_of, rows_of


class Loader:
    """Reads for one operation; every row passes the policy of the operation's actor."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def at(self, day: date | None) -> "Loader":
        """Return the loader of the data of a day for what is below a field; itself for None."""
        return self if day is None else Loader(self.run.at(day))

    def one(self, kind: TypeInfo, nodes: Nodes, wanted: Any) -> Row | None:
        """Return the visible row that meets the condition over the model, or has the key `wanted`."""
        assert kind.model is not None  # noqa: S101 - asked for entities only
        if wanted is None or wanted is False:
            return None
        table = kind.model
        if isinstance(wanted, int) and not isinstance(wanted, bool):
            wanted = table.id == wanted  # type: ignore[attr-defined]
        level = Level(self, kind, [nodes], table)
        condition = all_of([wanted, visible(self.run.ctx.actor, table)])
        query = pw.Select([table], level.columns).where(condition).order_by(table.id).limit(1)  # type: ignore[attr-defined]
        raws = rows_of(query)
        note_read(self.run.ctx, table, [raw[0] for raw in raws], "GRAPHQL")
        rows = level.build(raws)[0]
        return rows[0] if rows else None

    def by_keys(self, kind: TypeInfo, nodes: Nodes, keys: Iterable[int]) -> dict[int, Row]:
        """Return the visible rows among `keys`, by key."""
        assert kind.model is not None  # noqa: S101 - asked for entities only
        wanted = sorted(set(keys))
        if not wanted:
            return {}
        table = kind.model.alias()
        level = Level(self, kind, [nodes], table)
        condition = all_of([is_one_of(table.id, wanted), visible(self.run.ctx.actor, table)])
        query = pw.Select([table], level.columns).where(condition).limit(self.run.rows_left + 1)
        raws = self._read(query)
        note_read(self.run.ctx, table, [raw[0] for raw in raws], "GRAPHQL")
        return {raw[0]: row for raw, row in zip(raws, level.build(raws)[0], strict=True)}

    def page(
        self, info: FieldInfo, nodes: Nodes, arguments: Mapping[str, Any], narrow: Any, order: Sequence[str]
    ) -> dict[str, Any]:
        """Return a root connection; `narrow(t)` is a condition of the declaration."""
        reader = _PageReader(self, info, nodes, arguments, order)
        conditions = [reader.conditions] if narrow is None else [reader.conditions, narrow(reader.table)]
        condition = all_of(conditions)
        total = None
        if reader.plan.totals:
            total = rows_of(pw.Select([reader.table], [pw.fn.COUNT(pw.SQL("*"))]).where(condition))[0][0]
        raws: list[tuple[Any, ...]] = []
        if reader.plan.needs_rows:
            raws = self._read(
                pw.Select([reader.table], reader.columns)
                .where(all_of([condition, *reader.page.bounds]))
                .order_by(*reader.orderings())
                .limit(reader.page.size + 1)
            )
        return reader.finish({None: raws}, {None: total})[None]

    def pages(self, info: FieldInfo, source: Pages, nodes: Nodes, parents: Sequence[int]) -> dict[int, dict[str, Any]]:
        """Return the connection of each parent: its own page, read for all parents in one statement."""
        arguments = self.run.arguments(info, nodes[0])
        loader = self.at(asked_day(arguments))
        reader = _PageReader(loader, info, nodes, arguments, source.order)
        table = reader.table
        parent, conditions = rows_below(source, table, reader.masks, asked_day(arguments))
        conditions += [is_one_of(parent, sorted(set(parents))), reader.conditions]
        if source.where is not None:
            conditions.append(source.where(table))
        condition = all_of(conditions)
        totals: dict[Any, Any] = {}
        if reader.plan.totals:
            # By position: a masked column has parameters, which PostgreSQL would not know to be the same ones.
            counted = pw.Select([table], [parent, pw.fn.COUNT(pw.SQL("*"))]).where(condition).group_by(pw.SQL("1"))
            totals = dict(rows_of(counted))
        grouped: dict[Any, list[tuple[Any, ...]]] = {key: [] for key in parents}
        if reader.plan.needs_rows:
            place = pw.fn.ROW_NUMBER().over(partition_by=[parent], order_by=reader.orderings())
            columns = [
                *(column.alias(f"c{index}") for index, column in enumerate(reader.columns)),
                parent.alias("parent"),
                place.alias("place"),
            ]
            inner = pw.Select([table], columns).where(all_of([condition, *reader.page.bounds])).alias("w")
            outer = (
                pw.Select([inner], [pw.SQL("*")])
                .where(inner.c.place <= reader.page.size + 1)
                .order_by(inner.c.parent, inner.c.place)
                .limit(self.run.rows_left + 1)
            )
            for raw in self._read(outer):
                grouped[raw[-2]].append(raw)
        return reader.finish(grouped, {key: totals.get(key, 0) for key in grouped})

    def complete(self, info: FieldInfo, nodes: Nodes, values: Sequence[Any]) -> list[Any]:
        """Turn values of a field (plain objects, or keys of entities), one for each parent, into rows."""
        if info.target is None:
            return list(values)
        if not info.is_list:
            return self._objects(info.target, nodes, values)
        lists = [None if value is None else list(value) for value in values]
        flat = self._objects(info.target, nodes, [item for items in lists if items is not None for item in items])
        place = iter(flat)
        return [
            None if items is None else [row for row in (next(place) for _ in items) if row is not None]
            for items in lists
        ]

    def plain(self, kind: TypeInfo, nodes: Nodes, objects: Sequence[Any]) -> list[Row]:
        """Return plain objects (or mappings) as rows by response key."""
        rows: list[Row] = [{TYPE: kind.name} for _ in objects]
        for key, selected in self.run.select(kind, nodes).items():
            info = kind.fields[selected[0].name.value]
            values = [_attribute(item, info.python_name) for item in objects]
            for row, value in zip(rows, self.complete(info, selected, values), strict=True):
                row[key] = value
        return rows

    def _read(self, query: Any) -> list[tuple[Any, ...]]:
        """Run a statement whose limit is at most one row more than the operation may still read."""
        raws = rows_of(query)
        self.run.count(len(raws))
        return raws

    def _objects(self, target: str, nodes: Nodes, values: Sequence[Any]) -> list[Any]:
        kind = self.run.catalogue.types.get(target)
        if kind is None:
            return self._abstract(nodes, values)
        if kind.model is not None:
            keys = [_key(value) for value in values]
            found = self.by_keys(kind, nodes, [key for key in keys if key is not None])
            return [None if key is None else found.get(key) for key in keys]
        rows = iter(self.plain(kind, nodes, [value for value in values if value is not None]))
        return [None if value is None else next(rows) for value in values]

    def _abstract(self, nodes: Nodes, values: Sequence[Any]) -> list[Any]:
        """Complete values of an interface or union: plain objects by their type, entities by their global id."""
        result: list[Any] = [None] * len(values)
        groups: dict[str, list[tuple[int, Any]]] = {}
        for index, value in enumerate(values):
            parts = split_id(value)
            if parts is not None:
                groups.setdefault(parts[0], []).append((index, parts[1]))
            elif value is not None and not isinstance(value, str):
                groups.setdefault(get_object_definition(value, strict=True).name, []).append((index, value))
        for name, members in groups.items():
            if name in self.run.catalogue.types:
                rows = self._objects(name, nodes, [value for _, value in members])
                for (index, _), row in zip(members, rows, strict=True):
                    result[index] = row
        return result


class _PageReader:
    """What root and nested connections share: columns, conditions and order of the statement, layout of the result."""

    def __init__(
        self, loader: Loader, info: FieldInfo, nodes: Nodes, arguments: Mapping[str, Any], order: Sequence[str]
    ) -> None:
        run = loader.run
        self.ctx = run.ctx
        self.plan: ConnectionPlan = plan_connection(run, run.catalogue.types[str(info.target)], nodes)
        kind = run.catalogue.types[self.plan.row_type]
        assert kind.model is not None  # noqa: S101 - connections lead to entities; checked at start
        self.table = kind.model.alias()
        self.masks = Masks(run.ctx.actor, self.table)
        given = arguments.get("orderBy") or []
        self.keys: list[OrderKey] = order_keys(run.catalogue, run.ctx, kind, self.table, given, order)
        self.page: Page = requested_page(run.ctx.settings, arguments, self.keys)
        wanted = Filter(run.catalogue, run.ctx).over(kind, arguments.get("filter") or {}, self.table)
        self.conditions = all_of([visible(run.ctx.actor, self.table), wanted])
        self.level = Level(loader, kind, self.plan.views, self.table)
        self._order_from = len(self.level.columns)
        self.columns = list(self.level.columns)
        if self.plan.needs_cursors:
            self.columns += [key.expression for key in self.keys]

    def orderings(self) -> list[Any]:
        """Return the ORDER BY terms, turned round when the page is read from the end."""
        return [key.ordering(backward=self.page.backward) for key in self.keys]

    def finish(
        self, grouped: Mapping[Any, list[tuple[Any, ...]]], totals: Mapping[Any, int | None]
    ) -> dict[Any, dict[str, Any]]:
        """Lay out the connection of each group from the driver's rows, which hold one more than the page."""
        kept = {key: self._in_order(raws[: self.page.size]) for key, raws in grouped.items()}
        note_read(self.ctx, self.table, [raw[0] for raws in kept.values() for raw in raws], "GRAPHQL")
        views = self.level.build([raw for raws in kept.values() for raw in raws])
        result = {}
        start = 0
        for key, raws in kept.items():
            more = len(grouped[key]) > self.page.size
            end = start + len(raws)
            page = PageRows(
                views=[view[start:end] for view in views],
                size=len(raws),
                cursor=self._cursors(raws),
                has_next=self.page.has_before if self.page.backward else more,
                has_previous=more if self.page.backward else self.page.has_after,
            )
            result[key] = lay_out(self.plan, page, totals.get(key))
            start = end
        return result

    def _in_order(self, raws: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        return raws[::-1] if self.page.backward else raws

    def _cursors(self, raws: Sequence[tuple[Any, ...]]) -> Callable[[int], str]:
        order = signature(self.keys)
        end = self._order_from + len(self.keys)
        return lambda index: write_cursor(self.keys, order, raws[index][self._order_from : end])


def _attribute(item: Any, name: str) -> Any:
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name)


def _key(value: Any) -> int | None:
    if isinstance(value, pw.Model):
        return int(value.get_id())  # type: ignore[no-untyped-call]  # peewee's stubs leave it out
    return value if value is None else int(value)
