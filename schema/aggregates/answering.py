"""Lays groups out as an operation selects them: conditions, order, keys as values or rows, statistics, charts."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import peewee as pw

from schema.aggregates.asked import Asked, Key, read_arguments, read_values
from schema.aggregates.comparing import meets, sort_groups
from schema.aggregates.keys import read_key
from schema.aggregates.reading import Group, Groups, Reader
from schema.as_of import asked_day
from schema.engine.catalogue import Catalogue, FieldInfo
from schema.engine.conditions import rows_below
from schema.engine.fields import Pages, Relation, RootPages
from schema.engine.level import TYPE, Level, Row
from schema.engine.loader import Loader
from schema.engine.ordering import order_keys
from schema.engine.resolve import python_arguments, refusals_as_errors
from schema.engine.selection import Nodes, Run
from schema.engine.sql import Masks, is_one_of, rows_of


def root_resolver(schema: Any, catalogue: Catalogue, info: FieldInfo, source: RootPages) -> Callable[..., Any]:
    """Return the resolver of an aggregate at the root: the same rows as of the connection."""

    def resolve(_root: Any, call: Any, **given: Any) -> Any:
        with refusals_as_errors(call):
            own: dict[str, Any] = {}
            day = asked_day(given)
            if source.args:
                converted = python_arguments(schema, info, given)
                own = {name: converted[name] for name in source.args if name in converted}

            def narrow(table: Any, _masks: Masks) -> Sequence[Any]:
                found = [] if source.where is None else [source.where(call.context, table, **own)]
                return [*found, source.at(table, day)] if day is not None and source.at is not None else found

            loader = Loader(Run.of(catalogue, call).at(day))
            nodes = list(call.field_nodes)
            return _Answer(loader, info, nodes, given).lay_out(narrow)[None]

    return resolve


def level_step(level: Level, key: str, info: FieldInfo, source: Pages, nodes: Nodes) -> Callable[..., None]:
    """Return the step that gives every parent of a level its groups."""
    arguments = level.loader.run.arguments(info, nodes[0])
    day = asked_day(arguments)
    loader: Any = level.loader.at(day)

    def narrow(table: Any, masks: Masks) -> Sequence[Any]:
        of_day = rows_below(source, table, masks, day)[1]
        return of_day if source.where is None else [source.where(table), *of_day]

    def parent(table: Any, masks: Masks) -> Any:
        return rows_below(source, table, masks, day)[0]

    def step(raws: Sequence[tuple[Any, ...]], rows: Sequence[Row]) -> None:
        found = _Answer(loader, info, nodes, arguments).lay_out(narrow, parent, [raw[0] for raw in raws])
        for raw, row in zip(raws, rows, strict=True):
            row[key] = found[raw[0]]

    return step


class _Answer:
    """The answer of one aggregate field for all its parents."""

    def __init__(self, loader: Loader, info: FieldInfo, nodes: Nodes, arguments: Mapping[str, Any]) -> None:
        self.loader = loader
        self.run = loader.run
        types = self.run.catalogue.types
        self.kind = types[str(info.target)]
        self.group = types[str(self.kind.fields["groups"].target)]
        self.keys = types[str(self.group.fields["keys"].target)]
        self.values = types[str(self.group.fields["values"].target)]
        entity = types[self.kind.name.removesuffix("Aggregate")]
        self.arguments = arguments
        self.asked: Asked = read_arguments(entity, info.name, arguments)
        self.selected = self.run.select(self.kind, nodes)
        self.charts = {key: inner for key, inner in self.selected.items() if inner[0].name.value == "chart"}
        self.relation_rows: dict[tuple[int, str], dict[int, Row]] = {}
        self.ranks: dict[int, dict[Any, int]] = {}

    def lay_out(self, narrow: Any, parent: Any = None, parents: Sequence[int] | None = None) -> dict[Any, Row]:
        """Return the value of each parent (None at the root) by response key."""
        from schema.charts.drawing import ChartRequest

        self._read_wanted()
        charts = {
            key: ChartRequest(self.run, self.asked, self.run.arguments(self.kind.fields["chart"], inner[0]))
            for key, inner in self.charts.items()
        }
        reader = Reader(self.run, self.asked, self.arguments.get("filter") or {}, narrow, parent)
        found = reader.read(parents)
        kept = {owner: self._kept(groups) for owner, groups in found.items()}
        self._rank([group for groups in kept.values() for group in groups])
        for groups in kept.values():
            sort_groups(self.asked, groups, self.ranks)
        first = self.asked.first
        shown = {owner: groups[:first] for owner, groups in kept.items()}
        laid: dict[str, dict[Any, list[Row]]] = {
            key: self._groups(inner, shown) for key, inner in self.selected.items() if inner[0].name.value == "groups"
        }
        labels = {
            key: request.prepare(self.loader, [group for groups in shown.values() for group in groups])
            for key, request in charts.items()
        }
        return {
            owner: self._row(
                {
                    "groupCount": len(kept.get(owner, ())),
                    "withheldGroups": found[owner].withheld if owner in found else 0,
                },
                {key: laid[key].get(owner, []) for key in laid},
                {key: request.draw(shown.get(owner, []), labels[key]) for key, request in charts.items()},
            )
            for owner in (parents if parents is not None else [None])
        }

    def _read_wanted(self) -> None:
        for inner in self.selected.values():
            if inner[0].name.value == "groups":
                for part in self.run.select(self.group, inner).values():
                    if part[0].name.value == "values":
                        read_values(self.run, self.asked, self.values, part)

    def _row(self, counts: Mapping[str, int], laid: Mapping[str, Any], charts: Mapping[str, Any]) -> Row:
        row: Row = {TYPE: self.kind.name}
        for key, inner in self.selected.items():
            if key in charts:
                chart = self.run.catalogue.types[str(self.kind.fields["chart"].target)]
                row[key] = self.loader.plain(chart, inner, [charts[key]])[0]
            else:
                row[key] = laid[key] if key in laid else counts[inner[0].name.value]
        return row

    def _kept(self, groups: Groups) -> list[Group]:
        return [group for group in groups.shown if meets(self.asked.having, group)]

    def _rank(self, groups: Sequence[Group]) -> None:
        """Find the order of related rows, which is that of their own lists."""
        for number, key in enumerate(self.asked.keys):
            if not isinstance(key.info.source, Relation):
                continue
            target = self.run.catalogue.types[str(key.info.target)]
            wanted = sorted({group.keys[number] for group in groups if group.keys[number] is not None})
            if not wanted or target.model is None:
                self.ranks[number] = {}
                continue
            table = target.model.alias()
            orders = order_keys(self.run.catalogue, self.run.ctx, target, table, [], ())
            query = pw.Select([table], [table.id]).where(is_one_of(table.id, wanted))
            ordered = query.order_by(*(order.ordering(backward=False) for order in orders))
            self.ranks[number] = {row[0]: rank for rank, row in enumerate(rows_of(ordered))}

    def _groups(self, nodes: Nodes, shown: Mapping[Any, Sequence[Group]]) -> dict[Any, list[Row]]:
        flat = [group for groups in shown.values() for group in groups]
        rows: list[Row] = [{TYPE: self.group.name} for _ in flat]
        for key, inner in self.run.select(self.group, nodes).items():
            name = inner[0].name.value
            if name == "count":
                for row, group in zip(rows, flat, strict=True):
                    row[key] = group.count
            else:
                made = self._key_rows(inner, flat) if name == "keys" else self._value_rows(inner, flat)
                for row, value in zip(rows, made, strict=True):
                    row[key] = value
        place = iter(rows)
        return {owner: [next(place) for _ in groups] for owner, groups in shown.items()}

    def _key_rows(self, nodes: Nodes, groups: Sequence[Group]) -> list[Row]:
        rows: list[Row] = [{TYPE: self.keys.name} for _ in groups]
        places = {key.info.name: number for number, key in enumerate(self.asked.keys)}
        for response_key, inner in self.run.select(self.keys, nodes).items():
            number = places.get(inner[0].name.value)
            if number is None:
                values: list[Any] = [None] * len(groups)
            else:
                values = self._keys_of(self.asked.keys[number], inner, [group.keys[number] for group in groups])
            for row, value in zip(rows, values, strict=True):
                row[response_key] = value
        return rows

    def _keys_of(self, key: Key, nodes: Nodes, raws: Sequence[Any]) -> list[Any]:
        if isinstance(key.info.source, Relation):
            target = self.run.catalogue.types[str(key.info.target)]
            found = self.loader.by_keys(target, nodes, {raw for raw in raws if raw is not None})
            return [found.get(raw) for raw in raws]
        return [read_key(key, raw) for raw in raws]

    def _value_rows(self, nodes: Nodes, groups: Sequence[Group]) -> list[Row]:
        rows: list[Row] = [{TYPE: self.values.name} for _ in groups]
        for key, inner in self.run.select(self.values, nodes).items():
            info = self.asked.kind.fields[inner[0].name.value]
            statistics = self.run.catalogue.types[str(self.values.fields[info.name].target)]
            parts = []
            for part_key, part in self.run.select(statistics, inner).items():
                name, step = part[0].name.value, 0
                if name == "percentile":
                    share: Decimal = self.run.arguments(statistics.fields[name], part[0])["p"]
                    step = int(share * 10_000)
                parts.append((part_key, name, step))
            for row, group in zip(rows, groups, strict=True):
                row[key] = {
                    TYPE: statistics.name,
                    **{
                        part_key: group.percentiles[info.name, step]
                        if name == "percentile"
                        else group.statistics[info.name][name]
                        for part_key, name, step in parts
                    },
                }
        return rows
