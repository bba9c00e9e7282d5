"""Reads single cells: dates, numbers, yes and no, and words of a fixed list, each as people here write them."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from core.errors import refuse
from core.exchange.kinds import ImportState, Row
from core.i18n import N_
from core.texts import is_blank

T = TypeVar("T")

_DATE_PATTERNS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"),
)
_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+")
_YES = frozenset({"1", "true", "yes", "ya", "y"})
_NO = frozenset({"0", "false", "no", "tidak", "t", "n"})


def required(row: Row, column: str) -> str:
    """Return the cell of `column`; refuse an empty one."""
    value = row.get(column)
    if is_blank(value):
        raise refuse("CELL_EMPTY", N_("The column {column} is empty. Fill it in."), column, column=column)
    return value


def only_once(row: Row, state: ImportState, column: str, key: str) -> None:
    """Refuse a row whose `key` an earlier line of the file holds already."""
    first = state.memory.setdefault(f"first of {column}", {}).setdefault(key, row.number)
    if first != row.number:
        raise refuse(
            "DUPLICATE_ROW", N_("Line {line} already holds {key}. Keep one of the two."), column, line=first, key=key
        )


def read_date(row: Row, column: str) -> date | None:
    """Read `2026-01-31` or `31/01/2026` (also with dots or dashes); None where the cell is empty."""
    text = row.get(column)
    if not text:
        return None
    for pattern in _DATE_PATTERNS:
        match = pattern.fullmatch(text)
        if match:
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                break
    raise refuse("BAD_DATE", N_("{value} is not a date. Write it like 2026-01-31 or 31/01/2026."), column, value=text)


def read_whole(row: Row, column: str) -> int | None:
    """Read a whole number; None where the cell is empty."""
    text = row.get(column)
    if not text:
        return None
    if not re.fullmatch(r"[+-]?\d{1,9}", text):
        raise refuse("BAD_NUMBER", N_("{value} is not a whole number. Write digits only."), column, value=text)
    return int(text)


def read_amount(row: Row, column: str) -> Decimal | None:
    """Read an amount, `88.5` or `88,5`, with or without a percent sign; None where the cell is empty.

    `1.500` is refused: in Indonesian it is 1500, elsewhere 1.5, and nothing in the file says which.
    """
    text = row.get(column).removesuffix("%").strip()
    if not text:
        return None
    if "," not in text and _GROUPED.fullmatch(text):
        raise refuse(
            "AMBIGUOUS_NUMBER",
            N_("{value} can mean {whole} or {part}. Write {whole}, or {part_with_comma}."),
            column,
            value=text,
            whole=text.replace(".", ""),
            part=text + "0",
            part_with_comma=text.replace(".", ",") + "0",
        )
    try:
        value = Decimal(text.replace(".", "").replace(",", ".") if "," in text else text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise refuse("BAD_AMOUNT", N_("{value} is not a number. Write it like 88.5 or 88,5."), column, value=text)
    return value


def read_truth(row: Row, column: str, *, default: bool) -> bool:
    """Read yes or no in either language; `default` where the cell is empty."""
    text = row.get(column).casefold()
    if not text:
        return default
    if text in _YES or text in _NO:
        return text in _YES
    raise refuse("BAD_TRUTH", N_("{value} is neither yes nor no. Write ya or tidak."), column, value=row.get(column))


def read_word(row: Row, column: str, words: Mapping[str, T]) -> T | None:
    """Return what a word of a fixed list stands for, whatever its case; None where the cell is empty."""
    text = row.get(column)
    if not text:
        return None
    known = {word.casefold(): value for word, value in words.items()}
    if text.casefold() not in known:
        raise refuse(
            "UNKNOWN_WORD", N_("{value} is not known here. Use one of: {known}."), column,
            value=text, known=", ".join(words),
        )  # fmt: skip
    return known[text.casefold()]
