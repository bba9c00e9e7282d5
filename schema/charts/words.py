"""The words of charts in the caller's language: terms of the law where there are such."""

from enum import Enum
from typing import Any

from core.appraisal.terms import Predicate
from core.charts.words import plain_name, predicate_label
from core.i18n import N_, language, translate
from schema.engine.catalogue import FieldInfo

_STATISTICS = {
    "count": N_("Count"),
    "nulls": N_("Number without a value"),
    "countDistinct": N_("Different values"),
    "sum": N_("Sum"),
    "avg": N_("Mean"),
    "min": N_("Smallest value"),
    "max": N_("Largest value"),
}


def enum_label(value: Any) -> str:
    """Return the word for a value of an enum; any other value as text."""
    if isinstance(value, Predicate):
        return predicate_label(value)
    if not isinstance(value, Enum):
        return str(value)
    definition = getattr(type(value), "__strawberry_definition__", None)
    found = next((member for member in definition.values if member.name == value.name), None) if definition else None
    term = _in_parentheses(str(found.description)) if found is not None and found.description else ""
    return term if term and language.get() == "id" else plain_name(value.name)


def field_title(info: FieldInfo) -> str:
    """Return what a field is called on an axis."""
    text = str(info.graphql.description or info.name).partition(".")[0]
    term = _in_parentheses(text)
    if language.get() == "id" and term:
        return term
    return text.partition(" (")[0] or text


def statistic_title(statistic: str, info: FieldInfo | None) -> str:
    """Return what is drawn: the count, or a statistic of a field."""
    title = translate(_STATISTICS[statistic])
    return title if info is None else f"{title}: {field_title(info)}"


def _in_parentheses(text: str) -> str:
    _, opened, rest = text.partition("(")
    term = rest.partition(")")[0] if opened else ""
    return term[:1].upper() + term[1:]
