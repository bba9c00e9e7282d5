"""What several fields and mutations of the queue take, and how ids become keys."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import strawberry

from schema.engine import decode_id

SPAN = {"from": (date, "First day."), "to": (date, "Last day.")}
"""A span of days; `from` is a word of Python, so functions take the arguments as a mapping."""

ARCHIVING: Sequence[tuple[str, Any, str, bool]] = (
    ("id", strawberry.ID, "The row.", True),
    ("version", int, "Version that you saw.", True),
    ("reason", str, "Why; it stands in the history and in the bin.", False),
)
"""What is given with whatever goes into the bin."""


def key_of(type_name: str, value: str | None, *path: str | int) -> int | None:
    """Return the key in an id of the type; None for none."""
    return None if value is None else decode_id(type_name, value, *path)


def keys_of(given: Mapping[str, Any], **types: str) -> dict[str, int | None]:
    """Return the keys of the ids among the arguments of a field, by argument: `unit_id="WorkUnit"`."""
    return {name: key_of(type_name, given.get(name), camel(name)) for name, type_name in types.items()}


def camel(name: str) -> str:
    """Return a name as clients write it."""
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)


def input_type(name: str, description: str, fields: Sequence[tuple[str, Any, str, bool]]) -> Any:
    """Make an input type from fields: name, kind, description, whether it must be given."""
    annotations = {field: kind if is_required else kind | None for field, kind, _, is_required in fields}
    members: dict[str, Any] = {
        field: strawberry.field(description=text, **({} if is_required else {"default": strawberry.UNSET}))
        for field, _, text, is_required in fields
    }
    made = type(name, (), {"__annotations__": annotations, "__doc__": description, "__module__": __name__, **members})
    return strawberry.input(made, name=name, description=description)
