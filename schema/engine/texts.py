"""Values that nothing good can come of are refused where they are, before a service sees them."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any

from core.errors import Problem, Refused
from core.i18n import N_
from core.texts import code_point, hidden_character, is_blank

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""The days that a change may name; beyond them counting days and years would fail."""


def require_storable(given: Mapping[str, Any]) -> None:
    """Refuse arguments with a text that holds a NUL character or half of a surrogate pair, each at its place."""
    _refuse(problem for path, value in _leaves(given) for problem in _unstorable(value, path))


def require_usable(given: Mapping[str, Any]) -> None:
    """Refuse a change whose arguments cannot be stored, hide something in a text or name a senseless day."""
    _refuse(
        problem
        for path, value in _leaves(given)
        for found in (_unstorable(value, path), _hiding(value, path), _senseless(value, path))
        for problem in found
    )


def without_invisible(value: Any) -> Any:
    """Return arguments with each text in which nothing can be seen made empty, so that it counts as missing."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return "" if not value.isascii() and is_blank(value) else value
    if isinstance(value, Mapping):
        return {name: without_invisible(part) for name, part in value.items()}
    return [without_invisible(part) for part in value] if isinstance(value, list) else value


def _refuse(found: Iterator[Problem]) -> None:
    problems = list(found)
    if problems:
        raise Refused(problems)


def _leaves(value: Any, *path: str | int) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(part, *path, name)
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield from _leaves(part, *path, number)
    else:
        yield path, value


def _unstorable(value: Any, path: tuple[str | int, ...]) -> Iterator[Problem]:
    if isinstance(value, str) and not isinstance(value, Enum) and not _is_storable(value):
        text = N_("The text has a character that cannot be stored (NUL or half of a pair). Remove it.")
        yield Problem("BAD_TEXT", text, path)


def _hiding(value: Any, path: tuple[str | int, ...]) -> Iterator[Problem]:
    hidden = hidden_character(value) if isinstance(value, str) and not isinstance(value, Enum) else None
    # NUL has a refusal of its own.
    if hidden not in {None, "\0"}:
        text = N_("The text has the invisible control character {code}. Remove it, or type the text again.")
        yield Problem("BAD_CHARACTER", text, path, {"code": code_point(hidden or "")})


def _senseless(value: Any, path: tuple[str | int, ...]) -> Iterator[Problem]:
    if isinstance(value, date) and not EARLIEST.toordinal() <= value.toordinal() <= LATEST.toordinal():
        text = N_("{day} is no usable date. Give a day between {earliest} and {latest}.")
        yield Problem("DATE_OUT_OF_RANGE", text, path, {"day": value, "earliest": EARLIEST, "latest": LATEST})


def _is_storable(text: str) -> bool:
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
