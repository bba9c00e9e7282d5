"""Descriptions of the values of enums that live in core, where GraphQL is not known."""

from enum import Enum

from strawberry.types.enum import StrawberryEnumDefinition


def describe_values(members: type[Enum], **texts: str) -> None:
    """Give each value of an enum that strawberry knows already its description, by the name of its member."""
    definition = getattr(members, "__strawberry_definition__", None)
    if not isinstance(definition, StrawberryEnumDefinition):
        raise TypeError(f"{members.__name__} is no GraphQL enum yet: register it with strawberry.enum first")
    names = {value.name for value in definition.values}
    if names != set(texts):
        raise TypeError(f"{definition.name} has the values {sorted(names)}, described are {sorted(texts)}")
    for value in definition.values:
        value.description = texts[value.name]
