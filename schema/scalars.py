"""Scalars of the API: exact decimals, ISO dates, moments in UTC, JSON."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

JSON = NewType("JSON", object)
"""Annotate a field with this for a value of free form."""


def decimal_text(value: Any) -> str:
    """Return an amount as plain text without exponent and trailing zeros."""
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


MOST_DIGITS = 30
"""Digits that a Decimal may have before and after its point; beyond them PostgreSQL would fail instead of compare."""

_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,9})?")


def is_storable(number: Decimal) -> bool:
    """Whether both databases can take the number."""
    if not number.is_finite():
        return False
    exponent = number.as_tuple().exponent
    return number.adjusted() < MOST_DIGITS and isinstance(exponent, int) and -MOST_DIGITS <= exponent < MOST_DIGITS


def _parse_decimal(value: Any) -> Decimal:
    # A boolean prints as a word, and so is refused like any other word. Decimal alone would take 1_000 and ١٢ as well.
    text = str(value).strip()
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f'{value!r} is no Decimal: write it like "12.5".')
    number = Decimal(text)
    if not is_storable(number):
        raise ValueError(f"{value!r} is beyond what a Decimal holds: at most {MOST_DIGITS} digits on either side.")
    return number


def date_text(value: Any) -> str:
    """Return a date as 2026-01-31."""
    return value if isinstance(value, str) else str(value.isoformat())


def _parse_date(value: Any) -> date:
    # fromisoformat alone would take 20260131 and 2026-W05-6 as well.
    if isinstance(value, str) and len(value) == len("2026-01-31") and value[4] == value[7] == "-" and "W" not in value:
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise ValueError(f'{value!r} is no Date: write it like "2026-01-31".')


def moment_text(value: Any) -> str:
    """Return a moment as 2026-01-31T08:00:00Z."""
    if isinstance(value, str):
        return value
    moment: datetime = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return moment.replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def _parse_moment(value: Any) -> datetime:
    if isinstance(value, str):
        with suppress(ValueError, OverflowError):
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is not None:
                return moment.astimezone(UTC).replace(microsecond=0)
    raise ValueError(f'{value!r} is no DateTime: write it like "2026-01-31T08:00:00Z".')


SCALARS: dict[object, ScalarDefinition] = {
    Decimal: strawberry.scalar(
        name="Decimal",
        description='An exact decimal number as text without trailing zeros: "12.5". Numbers are taken as input too.',
        serialize=decimal_text,
        parse_value=_parse_decimal,
    ),
    date: strawberry.scalar(
        name="Date", description='A date: "2026-01-31".', serialize=date_text, parse_value=_parse_date
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description='A moment in UTC, whole seconds: "2026-01-31T08:00:00Z". Input takes any offset.',
        serialize=moment_text,
        parse_value=_parse_moment,
    ),
    JSON: strawberry.scalar(
        name="JSON",
        description="A JSON value of free form.",
        serialize=lambda value: value,
        parse_value=lambda value: value,
    ),
}
"""What Python types mean in the API; given to the schema's configuration."""
