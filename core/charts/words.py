"""Words and numbers of charts as the caller reads them."""

from decimal import Decimal
from typing import Any

from core.appraisal.terms import PREDICATE_TERMS, Predicate
from core.i18n import language

_LONGEST_ACRONYM = 4


def predicate_label(predicate: Predicate) -> str:
    """Return the word for a predicate: the law's own in Indonesian."""
    return PREDICATE_TERMS[predicate] if language.get() == "id" else predicate.name.replace("_", " ").capitalize()


def number_text(number: Any) -> str:
    """Return a number with the marks of the caller's language and at most 2 decimals."""
    value = round(Decimal(number), 2)
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if value != value.to_integral_value() else f"{int(value):,}"
    return text.translate(str.maketrans(",.", ".,")) if language.get() == "id" else text


def plain_name(name: str) -> str:
    """Return the name of a term of an enum as words."""
    if len(name) <= _LONGEST_ACRONYM and "_" not in name:
        return name
    return name.replace("_", " ").capitalize()
