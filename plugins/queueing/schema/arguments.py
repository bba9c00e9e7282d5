"""What several fields and mutations of the queue take, and how ids become keys."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from schema.engine import decode_id

SPAN = {"from": (date, "First day."), "to": (date, "Last day.")}
"""A span of days; `from` is a word of Python, so functions take the arguments as a mapping."""


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
