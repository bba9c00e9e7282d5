"""Filters of a list: each a column, an operator and values, read from text and made an expression under the policy.

A filter asks only what the actor may read: a masked value fits no filter, a hidden related row is not there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import reduce
from operator import and_
from typing import Any
from zoneinfo import ZoneInfo

import peewee as pw

from admin.listing.columns import Kind, Shown, kind_of
from admin.listing.reading import readable, related_text, text_of, visible
from core import policy
from core.actor import Actor
from core.database import is_sqlite
from core.digits import whole_number
from core.i18n import N_
from core.policy import as_condition
from core.registry import active_registry

OPERATORS: dict[Kind, tuple[str, ...]] = {
    Kind.TEXT: ("has", "is", "not", "empty"),
    Kind.NUMBER: ("is", "from", "to", "empty"),
    Kind.DATE: ("is", "from", "to", "empty"),
    Kind.MOMENT: ("from", "to", "empty"),
    Kind.BOOLEAN: ("is", "empty"),
    Kind.CHOICE: ("is", "not", "empty"),
    Kind.RELATION: ("is", "not", "within", "has", "empty"),
    Kind.JSON: (),
}
"""Which operators suit which kind of column."""

_LONGEST_TEXT = 200
_MOST_DIGITS = 15
_YES_NO = {"1": True, "0": False, "true": True, "false": False}


class Unreadable(Exception):  # noqa: N818 - becomes a problem
    """A filter whose value or operator cannot be read; `text` is marked, with gaps for title and value."""

    def __init__(self, text: str, value: str = "") -> None:
        super().__init__(text)
        self.text, self.value = text, value[:40].replace("\x00", "")


@dataclass(frozen=True)
class Condition:
    """One filter: a column, an operator, the texts as they were given and the values that they mean."""

    column: Shown
    kind: Kind
    operator: str
    texts: tuple[str, ...]
    values: tuple[Any, ...]

    @property
    def parameter(self) -> str:
        """The name of the filter in an address."""
        return f"f.{self.column.name}.{self.operator}"


def condition(column: Shown, field: pw.Field, operator: str, texts: Sequence[str]) -> Condition:
    """Return the filter that was asked for; raises Unreadable."""
    kind = kind_of(field)
    if operator not in OPERATORS[kind]:
        raise Unreadable(N_("The column {title} has no filter of that kind. Choose one that is offered."))
    if operator == "within" and "path" not in field.rel_model._meta.fields:  # type: ignore[attr-defined]
        raise Unreadable(N_("The column {title} has no filter of that kind. Choose one that is offered."))
    read = _READERS[operator] if operator in _READERS else _BY_KIND[kind]
    return Condition(column, kind, operator, tuple(texts), tuple(read(field, text) for text in texts))


def expression(who: Actor, table: Any, model: type[pw.Model], one: Condition) -> Any:
    """Return where the rows of `table` fit a filter, as far as the actor may know."""
    field = model._meta.fields[one.column.name]
    if policy.mask(who, table, one.column.name) is False:
        return as_condition(False)
    if one.operator == "empty":
        return _empty(who, table, field, one)
    if one.kind is Kind.RELATION:
        return _related(who, table, field, one)
    left = text_of(who, table, one.column)
    if one.operator == "has":
        return _every(left.contains(value) for value in one.values)
    return _compared(left, one, [_as_stored(field, one.kind, value) for value in one.values])


def _as_stored(field: pw.Field, kind: Kind, value: Any) -> Any:
    """Return a value as the database compares it; by itself, since a masked column no longer knows its type."""
    if kind is Kind.NUMBER:
        value = float(value) if isinstance(value, Decimal) and is_sqlite() else value
    else:
        value = field.db_value(value)  # type: ignore[no-untyped-call]
    return pw.Value(value, converter=False, unpack=False)


def _compared(left: Any, one: Condition, values: list[Any]) -> Any:
    if one.operator == "from":
        return _every(left >= value for value in values)
    if one.operator == "to" and one.kind is Kind.MOMENT:
        return _every(left < value for value in values)
    if one.operator == "to":
        return _every(left <= value for value in values)
    found = policy.either(*(left == value for value in values))
    return ~found if one.operator == "not" else found


def _related(who: Actor, table: Any, field: Any, one: Condition) -> Any:
    related = field.rel_model.alias()
    key = readable(who, table, one.column.name)
    if one.operator == "has":
        text = related_text(who, related, one.column.label)
        fits = _every(pw.fn.COALESCE(pw.Cast(text, "TEXT"), "").contains(value) for value in one.values)
    elif one.operator == "within":
        top = field.rel_model.alias()
        # Every path of a subtree begins with that of its top.
        fits = pw.fn.EXISTS(
            top.select(pw.SQL("1")).where(
                top.id.in_(list(one.values))
                & visible(who, top)
                & (pw.fn.SUBSTR(related.path, 1, pw.fn.LENGTH(top.path)) == top.path)
            )
        )
    else:
        fits = related.id.in_(list(one.values))
    # The few that fit are found once; asked row by row it would take as long as there are rows.
    keys = related.select(related.id).where(fits & visible(who, related))
    return key.is_null(False) & key.not_in(keys) if one.operator == "not" else key.in_(keys)


def _empty(who: Actor, table: Any, field: Any, one: Condition) -> Any:
    column: Any = readable(who, table, one.column.name)
    filled: Any
    empty: Any
    if one.kind is Kind.RELATION:
        related = field.rel_model.alias()
        filled = pw.fn.EXISTS(related.select(pw.SQL("1")).where((related.id == column) & visible(who, related)))
        empty = ~filled
    else:
        column = pw.Cast(column, "TEXT") if one.kind is Kind.CHOICE else column
        filled, empty = column.is_null(False), column.is_null()
        if one.kind is Kind.TEXT:
            filled, empty = filled & (column != ""), empty | (column == "")
    # What is masked is not empty: nobody knows.
    return as_condition(policy.mask(who, table, one.column.name)) & empty if one.values[-1] else filled


def _every(parts: Any) -> Any:
    return reduce(and_, parts)


def _text(_field: Any, text: str) -> str:
    if "\x00" in text or len(text) > _LONGEST_TEXT:
        raise Unreadable(N_("The filter {title} cannot look for “{value}”. Type fewer and ordinary letters."), text)
    return text.strip()


def _number(field: Any, text: str) -> Any:
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise Unreadable(N_("The filter {title} needs a number, not “{value}”. Type digits."), text) from None
    if not value.is_finite() or abs(value) >= 10**_MOST_DIGITS:
        raise Unreadable(N_("The filter {title} needs a smaller number than “{value}”. Type fewer digits."), text)
    return int(value) if isinstance(field, pw.IntegerField) and value == value.to_integral_value() else value


def _date(_field: Any, text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Unreadable(
            N_("The filter {title} needs a date, not “{value}”. Type it as year-month-day."), text
        ) from None


def _moment(field: Any, text: str) -> datetime:
    day = _date(field, text)
    try:
        return datetime.combine(day, time(), ZoneInfo(active_registry().settings.time_zone)).astimezone(UTC)
    except OverflowError:
        raise Unreadable(
            N_("The filter {title} needs a date, not “{value}”. Type it as year-month-day."), text
        ) from None


def _until(field: Any, text: str) -> Any:
    """Return the last value that fits; of moments the first that no longer does."""
    if kind_of(field) is not Kind.MOMENT:
        return _BY_KIND[kind_of(field)](field, text)
    try:
        return _moment(field, text) + timedelta(days=1)
    except OverflowError:
        raise Unreadable(
            N_("The filter {title} needs a date, not “{value}”. Type it as year-month-day."), text
        ) from None


def _flag(_field: Any, text: str) -> bool:
    if text not in _YES_NO:
        raise Unreadable(N_("The filter {title} is yes or no, not “{value}”. Choose one of the two."), text)
    return _YES_NO[text]


def _choice(field: Any, text: str) -> Enum:
    try:
        value: Enum = _enum_of(field)(text)
    except ValueError:
        raise Unreadable(N_("The filter {title} has no choice “{value}”. Choose one that is offered."), text) from None
    return value


def _key(_field: Any, text: str) -> int:
    key = whole_number(text)
    if key is None:
        raise Unreadable(N_("The filter {title} has no choice “{value}”. Choose one that is offered."), text)
    return key


def _enum_of(field: Any) -> type[Enum]:
    kind: type[Enum] = field.enum_class
    return kind


def choices_of(field: Any) -> list[Enum]:
    """Return the choices of a column, in their order."""
    return list(_enum_of(field))


_READERS: dict[str, Callable[[Any, str], Any]] = {"has": _text, "empty": _flag, "to": _until}
_BY_KIND: dict[Kind, Callable[[Any, str], Any]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.BOOLEAN: _flag,
    Kind.CHOICE: _choice,
    Kind.RELATION: _key,
}
