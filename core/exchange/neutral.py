"""Cells that no spreadsheet takes for a formula."""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_UNPRINTABLE = {code: None for code in range(32) if chr(code) not in "\t\r\n"}


def neutral(value: object) -> object:
    """Return a value for a cell: numbers and dates as they are, text that would start a formula after an apostrophe."""
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool | int | float | Decimal | date | datetime):
        return value
    text = printable(str(value))
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def printable(text: str) -> str:
    """Return a text without the control characters that a workbook cannot hold."""
    return text.translate(_UNPRINTABLE)
