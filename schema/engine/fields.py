"""The four sources of a field, the sources of root fields, and the strawberry field that carries one."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import peewee as pw
from strawberry.types.field import StrawberryField


@dataclasses.dataclass(frozen=True)
class Source:
    """Where the value of a field comes from.

    `at` says what it is on a day, so that the field takes `asOf`: of a column, expression or relation the SQL in place
    of its own, `at(t, day)`; of pages the condition of the rows of the day; of a root_one anything.
    """

    filterable: bool = dataclasses.field(default=True, kw_only=True)
    orderable: bool = dataclasses.field(default=True, kw_only=True)
    at: Callable[..., Any] | None = dataclasses.field(default=None, kw_only=True)


@dataclasses.dataclass(frozen=True)
class Key(Source):
    """The row's own key, shown as a global id."""


@dataclasses.dataclass(frozen=True)
class Column(Source):
    """A column of the row."""

    field: pw.Field


@dataclasses.dataclass(frozen=True)
class Relation(Source):
    """One other row: by a foreign key of this row, or by an expression over the row that gives its key.

    The function takes the table, or the table and the actor.
    """

    key: pw.ForeignKeyField | Callable[..., Any]


@dataclasses.dataclass(frozen=True)
class Pages(Source):
    """The rows that point to this row with their foreign key."""

    field: pw.ForeignKeyField
    where: Callable[[Any], Any] | None = None
    order: Sequence[str] = ()
    key_at: Callable[..., Any] | None = dataclasses.field(default=None, kw_only=True)


@dataclasses.dataclass(frozen=True)
class Expression(Source):
    """A SQL expression over the row; the function takes the table, or the table and the actor."""

    build: Callable[..., Any]


@dataclasses.dataclass(frozen=True)
class Batch(Source):
    """Values computed in Python, for all rows of a level at once."""

    resolve_many: Callable[..., Sequence[Any]]
    needs: Sequence[pw.Field] = ()
    args: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class RootPages(Source):
    """All visible rows of an entity, in pages."""

    where: Callable[..., Any] | None = None
    args: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    order: Sequence[str] = ()


@dataclasses.dataclass(frozen=True)
class RootOne(Source):
    """One visible row, by a condition or a key."""

    find: Callable[..., Any]
    args: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class RootNode(Source):
    """Any visible row, by its global id."""


@dataclasses.dataclass(frozen=True)
class RootValue(Source):
    """A value computed by a function: a plain type, a scalar, or keys of an entity."""

    resolve: Callable[..., Any]
    args: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Computed(Source):
    """A source that brings its own way to a value, at the root or for a whole level at once."""

    def resolver(self, schema: Any, catalogue: Any, info: Any) -> Callable[..., Any]:
        """Return the resolver of a root field with this source."""
        raise NotImplementedError

    def step(self, level: Any, key: str, info: Any, nodes: Any) -> Callable[..., None]:
        """Return what adds the field's value, under `key`, to every row of a level."""
        raise NotImplementedError


@dataclasses.dataclass(frozen=True)
class Change(Source):
    """A mutation."""

    perform: Callable[..., Mapping[str, Any]]
    input: Any
    payload: Any


class EngineField(StrawberryField):
    """A strawberry field that carries its source; the engine reads it, graphql-core only prints what was read."""

    source: Source

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.source = kwargs.pop("source", None)
        super().__init__(*args, **kwargs)

    def __copy__(self) -> "EngineField":
        new = super().__copy__()
        new.source = self.source
        return new
