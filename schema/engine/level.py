"""One level of a read: the columns its statement takes, and the rows made of what came back."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any, Protocol

import peewee as pw

from schema.as_of import asked_day, dated
from schema.engine.catalogue import FieldInfo, TypeInfo
from schema.engine.conditions import foreign_key, plain_value
from schema.engine.fields import Batch, Column, Computed, Expression, Key, Pages, Relation
from schema.engine.ids import encode_id
from schema.engine.selection import Nodes, Run
from schema.engine.sql import Masks

Row = dict[str, Any]
Raw = tuple[Any, ...]

TYPE = " type"
"""Where a row keeps the name of its type: no response key has a blank."""

_Step = Callable[[Sequence[Raw], Sequence[Row]], None]


class Loads(Protocol):
    """What a level asks of the loader that reads it: the rows of its relations, pages and computed fields."""

    run: Run

    def at(self, day: date | None) -> "Loads":
        """Return the loader of the data of a day for what is below a field; itself for None."""

    def by_keys(self, kind: TypeInfo, nodes: Nodes, keys: Iterable[int]) -> dict[int, Row]:
        """Return the visible rows among `keys`, by key."""

    def pages(self, info: FieldInfo, source: Pages, nodes: Nodes, parents: Sequence[int]) -> dict[int, dict[str, Any]]:
        """Return the connection of each parent."""

    def complete(self, info: FieldInfo, nodes: Nodes, values: Sequence[Any]) -> list[Any]:
        """Turn values of a field, one for each parent, into rows."""


class Level:
    """Rows of one entity, in one or more views of the same statement; `columns` begin with the row's key."""

    def __init__(self, loader: Loads, kind: TypeInfo, views: Sequence[Nodes], table: Any) -> None:
        self.loader = loader
        self.kind = kind
        self.table = table
        self.masks = Masks(loader.run.ctx.actor, table)
        self.columns: list[Any] = [table.id]
        self._places: dict[Any, int] = {}
        self.views = [self._steps(nodes) for nodes in views]

    def build(self, raws: Sequence[Raw]) -> list[list[Row]]:
        """Return for each view the rows made of the driver's rows, their own relations loaded."""
        result = []
        for steps in self.views:
            rows: list[Row] = [{TYPE: self.kind.name} for _ in raws]
            if raws:
                for step in steps:
                    step(raws, rows)
            result.append(rows)
        return result

    def _steps(self, nodes: Nodes) -> list[_Step]:
        selection = self.loader.run.select(self.kind, nodes)
        return [
            self._step(key, self.kind.fields[selected[0].name.value], selected) for key, selected in selection.items()
        ]

    def _step(self, key: str, info: FieldInfo, nodes: Nodes) -> _Step:
        source = info.source
        if isinstance(source, Key):
            return self._key_step(key)
        day = asked_day(self.loader.run.arguments(info, nodes[0])) if source is not None and source.at else None
        masks = self.masks if day is None else Masks(dated(self.masks.actor, day), self.table)
        if isinstance(source, Column | Expression):
            place = self._place((info.name, day), lambda: plain_value(info, self.table, masks))
            return _value_step(key, place, info)
        if isinstance(source, Relation):
            place = self._place((info.name, day), lambda: foreign_key(source, self.table, masks))
            return self._relation_step(key, place, info, nodes, day)
        if isinstance(source, Pages):
            return self._pages_step(key, info, source, nodes)
        if isinstance(source, Computed):
            return source.step(self, key, info, nodes)
        assert isinstance(source, Batch)  # noqa: S101 - there are no other sources on an entity
        return self._batch_step(key, info, source, nodes)

    def _place(self, name: Any, make: Callable[[], Any]) -> int:
        if name not in self._places:
            self._places[name] = len(self.columns)
            self.columns.append(make())
        return self._places[name]

    def _key_step(self, key: str) -> _Step:
        name = self.kind.name

        def step(raws: Sequence[Raw], rows: Sequence[Row]) -> None:
            for raw, row in zip(raws, rows, strict=True):
                row[key] = encode_id(name, raw[0])

        return step

    def _relation_step(self, key: str, place: int, info: FieldInfo, nodes: Nodes, day: date | None) -> _Step:
        loader = self.loader.at(day)
        target = self.loader.run.catalogue.types[str(info.target)]

        def step(raws: Sequence[Raw], rows: Sequence[Row]) -> None:
            found = loader.by_keys(target, nodes, {raw[place] for raw in raws if raw[place] is not None})
            for raw, row in zip(raws, rows, strict=True):
                row[key] = found.get(raw[place])

        return step

    def _pages_step(self, key: str, info: FieldInfo, source: Pages, nodes: Nodes) -> _Step:
        def step(raws: Sequence[Raw], rows: Sequence[Row]) -> None:
            found = self.loader.pages(info, source, nodes, [raw[0] for raw in raws])
            for raw, row in zip(raws, rows, strict=True):
                row[key] = found[raw[0]]

        return step

    def _batch_step(self, key: str, info: FieldInfo, source: Batch, nodes: Nodes) -> _Step:
        run = self.loader.run
        places = [(field, self._place(field, partial(getattr, self.table, field.name))) for field in source.needs]
        given = given_arguments(run, info, source, nodes)
        loader = self.loader.at(given.get("as_of"))

        def step(raws: Sequence[Raw], rows: Sequence[Row]) -> None:
            parents = [_parent(raw, places) for raw in raws]
            values = source.resolve_many(run.ctx, parents, **given)
            if len(values) != len(parents):
                raise ValueError(f"{self.kind.name}.{info.name}: {len(values)} values for {len(parents)} parents")
            for row, value in zip(rows, loader.complete(info, nodes, values), strict=True):
                row[key] = value

        return step


def _value_step(key: str, place: int, info: FieldInfo) -> _Step:
    read = info.kind.read

    def step(raws: Sequence[Raw], rows: Sequence[Row]) -> None:
        for raw, row in zip(raws, rows, strict=True):
            value = raw[place]
            row[key] = None if value is None else read(value)

    return step


def given_arguments(run: Run, info: FieldInfo, source: Batch, nodes: Nodes) -> dict[str, Any]:
    """Return the arguments of a computed field by the names of its function."""
    arguments = run.arguments(info, nodes[0]) if source.args else {}
    by_argument = {argument.python_name: name for argument, name in _argument_names(info)}
    return {name: arguments[by_argument[name]] for name in source.args if by_argument[name] in arguments}


def _argument_names(info: FieldInfo) -> list[tuple[Any, str]]:
    names = list(info.graphql.args)
    return list(zip(info.strawberry.arguments, names, strict=True))


def _parent(raw: Raw, places: Sequence[tuple[pw.Field, int]]) -> SimpleNamespace:
    parent = SimpleNamespace(id=raw[0])
    for field, place in places:
        name = field.object_id_name if isinstance(field, pw.ForeignKeyField) else field.name
        read: Callable[[Any], Any] = field.python_value
        setattr(parent, name, None if raw[place] is None else read(raw[place]))
    return parent
