"""What an area or a plugin gives to the schema."""

import inspect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class TypeExtension:
    """Fields for a type that somebody else owns, by its GraphQL name.

    `fields` is a plain class with engine declarations. Where the type may be absent (it belongs to another plugin),
    say `optional=True`; otherwise an unknown target stops start-up.
    """

    target: str
    fields: type[Any]
    optional: bool = False


@dataclass(frozen=True)
class SchemaParts:
    """Root fields, further types and type extensions of one owner."""

    query: type[Any] | None = None
    mutation: type[Any] | None = None
    subscription: type[Any] | None = None
    types: Sequence[type[Any]] = ()
    extensions: Sequence[TypeExtension] = ()
    owner: str = ""

    @property
    def name(self) -> str:
        """The owner in messages: given, or the module of the root classes."""
        if self.owner:
            return self.owner
        roots = (self.query, self.mutation, self.subscription)
        for part in (*roots, *self.types, *(extension.fields for extension in self.extensions)):
            if part is not None:
                return part.__module__
        return "?"


def together(name: str, classes: Iterable[type[Any] | None]) -> type[Any] | None:
    """Return a class called `name` with the fields of several, which stand in a module of their own each.

    Raises ValueError for a field that two of them give.
    """
    annotations: dict[str, Any] = {}
    members: dict[str, Any] = {}
    modules: list[str] = []
    for one in classes:
        if one is not None:
            modules.append(one.__module__)
            new: dict[str, Any] = {}
            # What a class has from those that it is made of counts, too.
            for source in reversed(one.__mro__[:-1]):
                new |= {key: value for key, value in vars(source).items() if not key.startswith("__")}
                annotations |= inspect.get_annotations(source)
            if twice := new.keys() & members.keys():
                raise ValueError(
                    f"{name}: given twice: {', '.join(sorted(twice))}; the second time by {one.__module__}"
                )
            members |= new
    if not modules:
        return None
    return type(name, (), {"__annotations__": annotations, "__module__": modules[0], **members})


def joined(parts: Sequence[SchemaParts]) -> SchemaParts:
    """Return the parts of several areas of one owner as one."""
    return SchemaParts(
        query=together("Query", (part.query for part in parts)),
        mutation=together("Mutation", (part.mutation for part in parts)),
        subscription=together("Subscription", (part.subscription for part in parts)),
        types=[one for part in parts for one in part.types],
        extensions=[one for part in parts for one in part.extensions],
    )
