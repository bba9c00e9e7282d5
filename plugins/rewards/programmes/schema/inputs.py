"""How inputs of mutations are made from a table of values, and how ids in them become keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import strawberry

from core.organisation.services.changing import camel
from schema.engine import decode_id


@dataclass(frozen=True)
class Given:
    """A value of an input; `refers` names the type of an id. One that is not required may be left out."""

    name: str
    kind: Any
    text: str
    is_required: bool = True
    refers: str = ""


def id_of(name: str, refers: str, text: str) -> Given:
    """Return an id that must be given."""
    return Given(name, strawberry.ID, text, refers=refers)


def row_of(refers: str) -> tuple[Given, Given]:
    """Return the id and the version of the row that is changed."""
    return id_of("id", refers, "Which."), Given("version", int, "The version that was seen.", is_required=False)


def input_type(name: str, description: str, given: Sequence[Given]) -> Any:
    """Make an input type from its values."""
    annotations = {one.name: one.kind if one.is_required else one.kind | None for one in given}
    members: dict[str, Any] = {
        one.name: strawberry.field(description=one.text, **({} if one.is_required else {"default": strawberry.UNSET}))
        for one in given
    }
    made = type(name, (), {"__annotations__": annotations, "__doc__": description, "__module__": __name__, **members})
    return strawberry.input(made, name=name, description=description)


def values_of(input: Any, given: Sequence[Given]) -> Mapping[str, Any]:
    """Return the values that were given, ids as keys."""
    found: dict[str, Any] = {}
    for one in given:
        value = getattr(input, one.name, strawberry.UNSET)
        if value is strawberry.UNSET:
            continue
        if one.refers and value is not None:
            value = decode_id(one.refers, value, "input", camel(one.name))
        found[one.name] = value
    return found
