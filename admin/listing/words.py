"""Filters in words: the chips above a list, and the inputs of the filter form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import peewee as pw

from admin.listing.asked import Asked
from admin.listing.columns import Kind, has_filter, kind_of
from admin.listing.conditions import Condition, choices_of
from admin.listing.lookups import labels_of, lookup_url_for
from admin.show import filled, shown, term
from core.actor import Actor
from core.i18n import N_, translate
from core.registry import active_registry

_PHRASES = {
    "is": "{value}",
    "not": N_("not {value}"),
    "within": N_("{value} and below"),
    "has": N_("contains “{value}”"),
    "from": N_("from {value}"),
    "to": N_("until {value}"),
}
_AT_LEAST, _AT_MOST = N_("at least {value}"), N_("at most {value}")
_EMPTY, _FILLED = N_("is empty"), N_("is filled in")
_HIDDEN = N_("something that you cannot see")
_OR = N_("or")


@dataclass(frozen=True)
class Chip:
    """One filter in words, and the address of the list without it."""

    text: str
    without: str


@dataclass(frozen=True)
class Input:
    """The inputs of one column in the filter form; `values` are those in force, by operator."""

    name: str
    title: str
    kind: Kind
    values: dict[str, tuple[str, ...]]
    choices: Sequence[tuple[str, str]] = ()
    lookup_url: str = ""
    chosen: Sequence[tuple[str, str]] = ()
    is_open: bool = False


Labels = dict[str, dict[int, str]]
"""Texts of the related rows that filters name, by column and id."""


def labels_for(view: Any, who: Actor, asked: Asked) -> Labels:
    """Return the texts of related rows that the filters name, one statement for each column."""
    wanted: dict[str, set[int]] = {}
    for one in asked.conditions:
        if one.kind is Kind.RELATION and one.operator in {"is", "not", "within"}:
            wanted.setdefault(one.column.name, set()).update(one.values)
    return {name: labels_of(who, view.model._meta.fields[name].rel_model, ids) for name, ids in wanted.items()}


def chips(view: Any, asked: Asked, labels: Labels) -> list[Chip]:
    """Return the filters in force in words."""
    return [
        Chip(f"{view.title_of(one.column)}: {_said(one, labels.get(one.column.name, {}))}", asked.without(one))
        for one in asked.conditions
    ]


def inputs(view: Any, asked: Asked, labels: Labels) -> list[Input]:
    """Return the filter form, column by column."""
    given: dict[str, dict[str, tuple[str, ...]]] = {}
    for one in asked.conditions:
        given.setdefault(one.column.name, {})[one.operator] = one.texts
    found = []
    for column in view.columns:
        model_field = view.model._meta.fields[column.name]
        if not has_filter(column, model_field):
            continue
        values = given.get(column.name, {})
        kind = kind_of(model_field)
        chosen = [
            (text, labels.get(column.name, {}).get(int(text)) or translate(_HIDDEN))
            for text in values.get("is", ())
            if kind is Kind.RELATION
        ]
        found.append(
            Input(
                column.name,
                view.title_of(column),
                kind,
                values,
                _choices(model_field, kind),
                lookup_url_for(model_field.rel_model) if kind is Kind.RELATION else "",
                chosen,
                bool(values),
            )
        )
    return found


def left_over(view: Any, asked: Asked) -> list[tuple[str, str]]:
    """Return the filters in force that the form has no input for, so that it sends them along."""
    offered = {column.name for column in view.columns if has_filter(column, view.model._meta.fields[column.name])}
    return [
        (one.parameter, text)
        for one in asked.conditions
        if one.column.name not in offered or one.operator in {"not", "within"}
        for text in one.texts
    ]


def _choices(model_field: pw.Field, kind: Kind) -> list[tuple[str, str]]:
    if kind is not Kind.CHOICE:
        return []
    return [(str(choice.value), term(choice)) for choice in choices_of(model_field)]


def _said(one: Condition, labels: dict[int, str]) -> str:
    if one.operator == "empty":
        return translate(_EMPTY if one.values[-1] else _FILLED)
    phrase = _PHRASES[one.operator]
    if one.kind is Kind.NUMBER:
        phrase = {"from": _AT_LEAST, "to": _AT_MOST}.get(one.operator, phrase)
    return filled(phrase, value=f" {translate(_OR)} ".join(_values(one, labels)))


def _values(one: Condition, labels: dict[int, str]) -> Iterable[str]:
    settings = active_registry().settings
    for text, value in zip(one.texts, one.values, strict=True):
        if one.kind is Kind.RELATION and one.operator != "has":
            yield labels.get(value) or translate(_HIDDEN)
        elif isinstance(value, Enum):
            yield term(value)
        elif one.kind is Kind.MOMENT:
            # The last moment is the end of that day; the day is what was asked for.
            yield shown(date.fromisoformat(text.strip()), settings)
        else:
            yield shown(value, settings)
