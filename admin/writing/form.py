"""A verb as a form: what stands in each input, what can be chosen there, and what is wrong with it."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import peewee as pw

from admin.listing.lookups import lookup_url_for
from admin.show import shown, term
from admin.writing.references import Option, found_options, labels, options
from core.context import Context
from core.digits import whole_number
from core.errors import Problem, Refused
from core.i18n import N_, translate
from core.verbs.declare import FieldKind, Verb, VerbField
from core.verbs.values import as_text, camel, initial_values, read_values

Texts = dict[str, list[str]]
"""What stands in the inputs of a form, by the field's name."""

_NOT_SHOWN = N_("(you may not see it)")


@dataclass
class Input:
    """One field of a form: its texts, the options of a choice, and the problems that were found there."""

    field: VerbField
    texts: list[str]
    options: Sequence[Option] | None = None
    is_searched: bool = False
    words: str = ""
    lookup_url: str = ""
    is_empty_search: bool = False
    problems: list[str] = dataclasses.field(default_factory=list)
    is_first_wrong: bool = False

    @property
    def name(self) -> str:
        """The name of the input."""
        return self.field.name

    @property
    def kind(self) -> str:
        """The kind of the field in small letters."""
        return self.field.kind.value.lower()

    @property
    def text(self) -> str:
        """The one text, or the last of several: a box follows the hidden input that speaks for its absence."""
        return self.texts[-1] if self.texts else ""


def initial_texts(verb: Verb, row: pw.Model | None, language: str) -> Texts:
    """Return what stands in the inputs at first: the row as it is, or nothing."""
    present = initial_values(verb, row) if row is not None else {}
    return {one.name: _texts(one, present.get(one.name), language) for one in verb.fields}


def typed_texts(verb: Verb, form: Mapping[str, list[str]]) -> Texts:
    """Return what was typed, line breaks as we store them; fields that were not sent are absent."""
    return {
        one.name: [text.replace("\r\n", "\n") for text in form[one.name]] for one in verb.fields if one.name in form
    }


def values_of(ctx: Context, verb: Verb, texts: Texts, present: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that were typed; refused where one cannot be read or names a row that the actor cannot see."""
    values = read_values(verb, texts, ctx.language)
    problems: list[Problem] = []
    for one in verb.fields:
        model, value = one.refers_to, values.get(one.name)
        if model is None or not value or value == present.get(one.name):
            continue
        keys = value if isinstance(value, list) else [value]
        seen = labels(ctx.actor, model, keys)
        text = N_("Nothing is found under {id}. Check the id.")
        problems += [
            Problem("NOT_FOUND", text, ("input", camel(one.name)), {"id": f"{model.__name__}:{key}"})
            for key in keys
            if key not in seen
        ]
    if problems:
        raise Refused(problems)
    return values


def inputs_of(
    ctx: Context,
    verb: Verb,
    texts: Texts,
    *,
    searches: Mapping[str, str] | None = None,
    problems: Iterable[Problem] = (),
) -> list[Input]:
    """Return the inputs of a form; `searches` are the words that were searched for in large relations."""
    inputs = [_input(ctx, one, texts.get(one.name, []), (searches or {}).get(one.name, "")) for one in verb.fields]
    by_path = {camel(one.name): one for one in inputs}
    for problem in problems:
        wrong = by_path.get(str(problem.path[1])) if len(problem.path) > 1 else None
        if wrong is not None:
            wrong.is_first_wrong |= not any(one.is_first_wrong for one in inputs)
            wrong.problems.append(problem.message())
    return inputs


def said(ctx: Context, one: VerbField, texts: Sequence[str]) -> str:
    """Return what stands in an input as a person reads it elsewhere than in the input."""
    text = texts[-1] if texts else ""
    if one.kind is FieldKind.PASSWORD:
        return "••••••" if text else shown(None, ctx.settings)
    if one.refers_to is not None:
        keys = _keys(texts)
        named = labels(ctx.actor, one.refers_to, keys)
        return ", ".join(named.get(key) or translate(_NOT_SHOWN) for key in keys) or shown(None, ctx.settings)
    if one.kind is FieldKind.CHOICE and text:
        return dict(_choices(ctx, one)).get(text, text)
    value: Any = text
    if one.kind is FieldKind.BOOLEAN:
        value = bool(text)
    elif one.kind is FieldKind.DATE and text:
        value = _day(text)
    return shown(value, ctx.settings)


def _day(text: str) -> Any:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _texts(one: VerbField, value: Any, language: str) -> list[str]:
    if one.is_secret:
        return []
    if one.kind is FieldKind.REFERENCES:
        return [str(key) for key in value or ()]
    return [as_text(one, value, language)]


def _input(ctx: Context, one: VerbField, texts: list[str], words: str) -> Input:
    made = Input(one, [] if one.is_secret else texts, words=words)
    if one.kind is FieldKind.CHOICE:
        made.options = _choices(ctx, one)
    elif one.refers_to is not None:
        made.options = options(ctx.actor, one.refers_to)
        if made.options is None:
            made.is_searched = True
            made.lookup_url = lookup_url_for(one.refers_to)
            made.options = _searched(ctx, one.refers_to, texts, words)
            made.is_empty_search = bool(words) and not any(key not in texts for key, _ in made.options)
    return made


def _searched(ctx: Context, model: type[pw.Model], texts: list[str], words: str) -> Sequence[Option]:
    keys = _keys(texts)
    named = labels(ctx.actor, model, keys)
    chosen = [(str(key), named.get(key) or translate(_NOT_SHOWN)) for key in keys]
    found = found_options(ctx.actor, model, words) if words else ()
    return [*chosen, *(option for option in found if int(option[0]) not in keys)]


def _keys(texts: Iterable[str]) -> list[int]:
    return [key for text in texts if (key := whole_number(text)) is not None]


def _choices(ctx: Context, one: VerbField) -> Sequence[Option]:
    choices: Any = one.choices
    if isinstance(choices, type) and issubclass(choices, Enum):
        return [(str(member.value), term(member)) for member in choices]
    pairs = choices(ctx) if choices is not None else ()
    return [(value, translate(title)) for value, title in pairs]
