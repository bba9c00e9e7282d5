"""Reads the groups of one aggregate: one statement for all parents, and one more for each field with percentiles."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import peewee as pw

from core.i18n import N_
from core.policy import visible
from schema.aggregates.asked import Asked
from schema.aggregates.people import people_of, withheld
from schema.aggregates.sql import Statistics, key_of, place_conditions, value_of
from schema.engine.catalogue import FieldInfo
from schema.engine.conditions import Filter
from schema.engine.faults import RequestFault
from schema.engine.selection import Run
from schema.engine.sql import Masks, all_of, is_one_of, rows_of

Narrow = Callable[[Any, Masks], Sequence[Any]]


@dataclass
class Group:
    """One group: the driver's values of its keys, its size, its statistics and percentiles by field."""

    keys: tuple[Any, ...]
    count: int
    statistics: dict[str, dict[str, Any]] = field(default_factory=dict)
    percentiles: dict[tuple[str, int], Any] = field(default_factory=dict)
    people: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Groups:
    """The groups of one parent that may be shown, and how many were withheld."""

    shown: list[Group]
    withheld: int


class Reader:
    """Reads the groups that `asked` describes; `parent` is the foreign key to the parents, None at the root."""

    def __init__(self, run: Run, asked: Asked, filter_: Mapping[str, Any], narrow: Narrow, parent: Any = None) -> None:
        self.run = run
        self.asked = asked
        assert asked.kind.model is not None  # noqa: S101 - connections lead to entities; checked at start
        self.table = asked.kind.model.alias()
        self.masks = Masks(run.ctx.actor, self.table)
        self.parent = None if parent is None else parent(self.table, self.masks)
        wanted = Filter(run.catalogue, run.ctx).over(asked.kind, filter_, self.table)
        self.conditions = [visible(run.ctx.actor, self.table), wanted, *narrow(self.table, self.masks)]
        self.people = people_of(run.ctx.actor, self.table, self.masks)
        self.statistics = {
            name: Statistics(asked.kind.fields[name], sorted(wanted)) for name, wanted in asked.statistics.items()
        }

    def read(self, parents: Sequence[int] | None = None) -> dict[Any, Groups]:
        """Return the groups of each parent (None at the root)."""
        rows = self._rows(parents)
        found = self._groups(rows)
        self._find_unseen(rows, found)
        if not self.asked.keys:
            # Without keys there is a group of all rows, also where there are none.
            for parent in parents if parents is not None else [None]:
                if parent not in found:
                    found[parent] = [self._empty()]
        for name, steps in self.asked.percentiles.items():
            self._read_percentiles(rows, name, sorted(steps), found)
        least = self.run.ctx.settings.aggregate_min_people
        return {parent: _split(groups, least) for parent, groups in found.items()}

    def _rows(self, parents: Sequence[int] | None) -> Any:
        """Return the subquery of the counted rows: their keys, values and people, each under a name of its own."""
        table, call = self.table, self.run.ctx
        columns = [table.id.alias("i")]
        conditions = list(self.conditions)
        if self.parent is not None:
            columns.append(self.parent.alias("p"))
            conditions.append(is_one_of(self.parent, sorted(set(parents or ()))))
        for number, key in enumerate(self.asked.keys):
            columns.append(key_of(call, key, self._value(key.info)).alias(f"k{number}"))
        for number, name in enumerate(self.statistics):
            columns.append(self._value(self.asked.kind.fields[name]).alias(f"v{number}"))
        for number, person in enumerate(self.people):
            columns += [person.key.alias(f"s{number}"), person.hidden.alias(f"h{number}")]
        return pw.Select([table], columns).where(all_of(conditions)).alias("r")

    def _value(self, info: FieldInfo) -> Any:
        return value_of(self.run.catalogue, self.run.ctx, info, self.table, self.masks)

    def _by(self, rows: Any) -> list[Any]:
        parents = [] if self.parent is None else [rows.c.p]
        return [*parents, *(getattr(rows.c, f"k{number}") for number in range(len(self.asked.keys)))]

    def _groups(self, rows: Any) -> dict[Any, list[Group]]:
        by = self._by(rows)
        columns = {(name, column): made for name, column, made in self._statistic_columns(rows)}
        people = [getattr(rows.c, f"s{number}") for number in range(len(self.people))]
        query = pw.Select(
            [rows],
            [*by, pw.fn.COUNT(pw.SQL("*")), *columns.values(), *(pw.fn.COUNT(person.distinct()) for person in people)],
        ).group_by(*by)
        limit = self.run.ctx.settings.aggregate_max_groups
        raws = rows_of(query.limit(limit + 1))
        self.run.count(len(raws))
        if len(raws) > limit:
            raise RequestFault(
                "TOO_MANY_GROUPS",
                N_("{place} makes more than {limit} groups. Use a coarser bucket, fewer keys, or a narrower filter."),
                place=f"{self.asked.field_name}.groupBy",
                limit=limit,
            )
        found: defaultdict[Any, list[Group]] = defaultdict(list)
        for raw in raws:
            parent, group = self._group(raw, len(by), list(columns))
            if group.count or not self.asked.keys:
                found[parent].append(group)
        return dict(found)

    def _find_unseen(self, rows: Any, found: Mapping[Any, list[Group]]) -> None:
        """Count in groups of few people those whom the caller may not see; no statement where no group has few."""
        least = self.run.ctx.settings.aggregate_min_people
        if not any(0 < few < least for groups in found.values() for group in groups for few, _ in group.people):
            return
        by = self._by(rows)
        unseen = [pw.fn.COUNT(getattr(rows.c, f"h{number}").distinct()) for number in range(len(self.people))]
        counted = {
            tuple(raw[: len(by)]): raw[len(by) :] for raw in rows_of(pw.Select([rows], [*by, *unseen]).group_by(*by))
        }
        for parent, groups in found.items():
            for group in groups:
                at = group.keys if self.parent is None else (parent, *group.keys)
                # A group that has appeared since then counts as unseen.
                some = counted.get(at, [1] * len(group.people))
                group.people = [(few, hidden) for (few, _), hidden in zip(group.people, some, strict=True)]

    def _statistic_columns(self, rows: Any) -> list[tuple[str, str, Any]]:
        return [
            (name, column, made)
            for number, (name, statistics) in enumerate(self.statistics.items())
            for column, made in statistics.columns(getattr(rows.c, f"v{number}")).items()
        ]

    def _group(self, raw: tuple[Any, ...], size: int, columns: list[tuple[str, str]]) -> tuple[Any, Group]:
        first = 0 if self.parent is None else 1
        group = Group(raw[first:size], raw[size])
        by_field: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        for (name, column), value in zip(columns, raw[size + 1 :], strict=False):
            by_field[name][column] = value
        for name, statistics in self.statistics.items():
            group.statistics[name] = statistics.read(by_field[name], group.count)
        group.people = [(few, 0) for few in raw[size + 1 + len(columns) :]]
        return (raw[0] if first else None), group

    def _empty(self) -> Group:
        group = Group((), 0)
        for name, statistics in self.statistics.items():
            columns = dict.fromkeys(statistics.columns(self.table.id))
            zeros = {column: 0 for column in columns if column in {"count", "countDistinct"}}
            group.statistics[name] = statistics.read({**columns, **zeros}, 0)
        return group

    def _read_percentiles(self, rows: Any, name: str, steps: Sequence[int], found: Mapping[Any, list[Group]]) -> None:
        statistics = self.statistics[name]
        value = getattr(rows.c, f"v{list(self.statistics).index(name)}")
        by = self._by(rows)
        window: dict[str, Any] = {"partition_by": by} if by else {}
        place = pw.fn.ROW_NUMBER().over(order_by=[value], **window)
        count = pw.fn.COUNT(pw.SQL("*")).over(**window)
        inner = (
            pw.Select([rows], [*by, value.alias("v"), (place - 1).alias("place"), count.alias("n")])
            .where(value.is_null(False))
            .alias("w")
        )
        wanted = None
        for step in steps:
            condition = place_conditions(step, statistics.kind, inner.c.place, inner.c.n)
            wanted = condition if wanted is None else wanted | condition
        names = [*(["p"] if self.parent is not None else []), *(f"k{n}" for n in range(len(self.asked.keys)))]
        outer = pw.Select([inner], [*(getattr(inner.c, n) for n in names), inner.c.place, inner.c.v]).where(wanted)
        by_group: defaultdict[tuple[Any, ...], dict[int, Any]] = defaultdict(dict)
        for raw in rows_of(outer):
            by_group[tuple(raw[: len(names)])][raw[-2]] = raw[-1]
        for parent, groups in found.items():
            for group in groups:
                at = group.keys if self.parent is None else (parent, *group.keys)
                values, count_ = by_group.get(at, {}), group.statistics[name]["count"]
                for step in steps:
                    group.percentiles[name, step] = statistics.percentile(step, count_, values)


def _split(groups: list[Group], least: int) -> Groups:
    hidden = withheld([{"people": group.people} for group in groups], least)
    return Groups([group for place, group in enumerate(groups) if place not in hidden], len(hidden))
