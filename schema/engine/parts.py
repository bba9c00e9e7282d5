"""What an area or a plugin gives to the schema."""

from collections.abc import Sequence
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
