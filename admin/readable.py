"""Stored JSON as a person reads it: a line for each value, with the way to it."""

import json
from collections.abc import Iterator
from typing import Any

from admin.blocks import Block, Table
from admin.show import shown
from core.i18n import N_, translate
from core.masking import masked
from core.registry import active_registry

_HEADINGS = (N_("Field"), N_("Value"))


def content_of(value: Any) -> Any:
    """Return stored JSON as values; where a column is masked in SQL it arrives as the text that is stored."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def json_blocks(title: str, value: Any) -> tuple[Block, ...]:
    """Return a table of every value of stored JSON under a marked title, nothing where there is none."""
    rows = list(_lines("", content_of(value)))
    return (Table(translate(title), tuple(map(translate, _HEADINGS)), rows),) if rows else ()


def listed(value: Any) -> str:
    """Return a stored list of words in one line."""
    content = content_of(value)
    return ", ".join(map(str, content)) if isinstance(content, list) else str(content)


def cleaned(text: Any) -> str:
    """Return the words of an error without the secrets that may stand in them."""
    return masked(str(text), active_registry().settings)


def _lines(way: str, value: Any) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict) and value:
        for name, part in value.items():
            yield from _lines(f"{way}.{name}" if way else str(name), part)
    elif isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        for number, part in enumerate(value, start=1):
            yield from _lines(f"{way} {number}".strip(), part)
    elif value not in (None, "", [], {}):
        text = listed(value) if isinstance(value, list) else shown(value, active_registry().settings)
        yield (way or "–", text)
