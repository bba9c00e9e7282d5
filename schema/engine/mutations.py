"""Mutations: one input object, one payload with the changed object and the problems."""

from collections.abc import Callable, Mapping
from typing import Any, get_args

import strawberry

from schema.engine.fields import Change, EngineField
from schema.problems import Problem


def payload(name: str, /, **fields: Any) -> type[Any]:
    """Make the payload type `name` with `problems` and the given fields, each nullable.

    A field is an annotation (an entity, a list of entities, a plain type, a scalar) or a pair of it and a description.
    """
    annotations: dict[str, Any] = {}
    members: dict[str, Any] = {}
    for field_name, given in fields.items():
        annotation, description = given if isinstance(given, tuple) else (given, "The result; null when refused.")
        annotations[field_name] = annotation if type(None) in get_args(annotation) else annotation | None
        members[field_name] = strawberry.field(description=description, default=None)
    annotations["problems"] = list[Problem]
    members["problems"] = strawberry.field(
        description="Why the request was refused; empty when it was done.", default_factory=list
    )
    cls = type(name, (), {"__annotations__": annotations, "__doc__": f"Answer of a mutation: {name}.", **members})
    cls.__module__ = _caller_module()
    return strawberry.type(cls, name=name, description="Answer of a mutation: its result, or the problems found.")


def _caller_module() -> str:
    import sys

    return str(sys._getframe(2).f_globals["__name__"])  # noqa: SLF001 - the documented way to the caller's module


def mutation(
    perform: Callable[..., Mapping[str, Any]],
    *,
    payload: type[Any],
    description: str,
    input: type[Any] | None = None,
    name: str | None = None,
) -> Any:
    """Declare a mutation: `perform(ctx, input)` returns the payload's fields, entities as instances or keys."""
    return EngineField(
        source=Change(perform, input, payload),
        graphql_name=name,
        description=description,
        type_annotation=strawberry.annotation.StrawberryAnnotation(payload),
    )
