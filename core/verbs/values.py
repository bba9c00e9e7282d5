"""The values of a verb's fields: read from what a person typed, shown again, and kept as JSON."""

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import peewee as pw

from core.digits import whole_number
from core.errors import Problem, Refused
from core.i18n import N_
from core.verbs.declare import Does, FieldKind, Values, Verb, VerbField
from core.work import plain

_AMOUNT = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
_INTEGER = re.compile(r"-?\d{1,9}")
_YES = frozenset({"1", "on", "true", "yes"})


def camel(name: str) -> str:
    """Return the name of a field as problems name it."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def read_values(verb: Verb, texts: Mapping[str, list[str]], language: str) -> dict[str, Any]:
    """Return the values that were typed, by field; refused with every problem at the path of its field.

    A field that is absent from `texts` is absent from the values, except for a BOOLEAN, whose absence means no; a
    required one may be absent only where a row is corrected.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in verb.fields:
        given = [text.strip() for text in texts.get(field.name, [])]
        if not given and field.kind is not FieldKind.BOOLEAN:
            if field.is_required and verb.does is not Does.CORRECT:
                problems.append(_missing(field))
            continue
        try:
            value = _read(field, given, language)
        except _Misread as fault:
            problems.append(Problem(fault.code, fault.text, ("input", camel(field.name)), {"value": fault.value}))
            continue
        if field.is_required and (value is None or value in ("", [])):
            problems.append(_missing(field))
        values[field.name] = value
    if problems:
        raise Refused(problems)
    return values


def initial_values(verb: Verb, row: pw.Model) -> dict[str, Any]:
    """Return the present values of a row for the fields that have a column."""
    columns = row._meta.fields
    names = {field.name: field.column or _own_column(field.name, columns) for field in verb.fields}
    return {name: row.__data__.get(column) for name, column in names.items() if column in columns}


def _own_column(name: str, columns: Mapping[str, object]) -> str:
    short = name.removesuffix("_id")
    return short if short in columns else name


def differing(verb: Verb, row: pw.Model, values: Values) -> dict[str, Any]:
    """Return the values that are not those of the row; fields without a column always are."""
    present = initial_values(verb, row)
    return {
        name: value for name, value in values.items() if name not in present or plain(present[name]) != plain(value)
    }


def as_json(verb: Verb, values: Values) -> dict[str, Any]:
    """Return values as JSON has them; secrets are left out."""
    fields = verb.by_name
    return {name: plain(value) for name, value in values.items() if not fields[name].is_secret}


def from_json(verb: Verb, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return values that were kept as JSON; names that the verb no longer has are left out."""
    fields = verb.by_name
    return {name: _restored(fields[name], value) for name, value in kept.items() if name in fields}


def as_text(field: VerbField, value: Any, language: str) -> str:
    """Return a value as it stands in its input: dates as ISO, amounts with the comma of the language."""
    if value is None:
        return ""
    if field.kind is FieldKind.BOOLEAN:
        return "1" if value else ""
    if field.kind is FieldKind.TEXTS:
        return "\n".join(str(part) for part in value)
    if field.kind is FieldKind.JSON:
        return json.dumps(value, ensure_ascii=False, indent=2)
    text = str(plain(value))
    return text.replace(".", ",") if field.kind is FieldKind.AMOUNT and language == "id" else text


def _missing(field: VerbField) -> Problem:
    return Problem("TEXT_MISSING", N_("This must not be empty. Fill it in."), ("input", camel(field.name)))


class _Misread(Exception):  # noqa: N818 - becomes a problem
    def __init__(self, code: str, text: str, value: str) -> None:
        super().__init__(code)
        self.code, self.text, self.value = code, text, value[:80]


def _read(field: VerbField, given: list[str], language: str) -> Any:
    text = given[0] if given else ""
    if field.kind is FieldKind.BOOLEAN:
        # A hidden input before the box makes its absence known; the box comes last.
        return bool(given) and given[-1].lower() in _YES
    if field.kind is FieldKind.REFERENCES:
        return [_reference(part) for part in given if part]
    if field.kind is FieldKind.TEXTS:
        return [line.strip() for line in text.splitlines() if line.strip()]
    if field.kind in {FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.PASSWORD}:
        return text
    return _READERS[field.kind](field, text, language) if text else None


def _date(_field: VerbField, text: str, _language: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _Misread("BAD_DATE", N_("{value} is no date. Give it as year-month-day."), text) from None


def _integer(_field: VerbField, text: str, _language: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise _Misread("BAD_NUMBER", N_("{value} is no whole number. Type digits only."), text)
    return int(text)


def _amount(_field: VerbField, text: str, language: str) -> Decimal:
    plain_text = text.replace(".", "").replace(",", ".") if language == "id" else text.replace(",", "")
    if not _AMOUNT.fullmatch(plain_text):
        raise _Misread("BAD_AMOUNT", N_("{value} is no number. Type it with digits and one decimal mark."), text)
    return Decimal(plain_text)


def _choice(field: VerbField, text: str, _language: str) -> Any:
    if isinstance(field.choices, type) and issubclass(field.choices, Enum):
        try:
            return field.choices(text)
        except ValueError:
            raise _Misread("BAD_CHOICE", N_("{value} is none of the choices. Choose one of the list."), text) from None
    return text


def _reference(text: str) -> int:
    key = whole_number(text)
    if key is None:
        raise _Misread("BAD_CHOICE", N_("{value} is none of the choices. Choose one of the list."), text)
    return key


def _json(_field: VerbField, text: str, _language: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise _Misread("BAD_JSON", N_("This is no JSON. Check brackets, commas and quotation marks."), text) from None


_READERS = {
    FieldKind.DATE: _date,
    FieldKind.INTEGER: _integer,
    FieldKind.AMOUNT: _amount,
    FieldKind.CHOICE: _choice,
    FieldKind.REFERENCE: lambda _field, text, _language: _reference(text),
    FieldKind.JSON: _json,
}


def _restored(field: VerbField, value: Any) -> Any:
    if value is None:
        return None
    if field.kind is FieldKind.DATE:
        return date.fromisoformat(value)
    if field.kind is FieldKind.AMOUNT:
        return Decimal(value)
    if field.kind is FieldKind.CHOICE and isinstance(field.choices, type) and issubclass(field.choices, Enum):
        return field.choices(value)
    return value
