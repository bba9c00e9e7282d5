"""The arguments of a connection: how many rows, in which direction, between which cursors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.i18n import N_
from core.settings import Settings
from schema.engine.cursors import read_cursor
from schema.engine.faults import RequestFault
from schema.engine.ordering import OrderKey, beyond


@dataclass(frozen=True)
class Page:
    """A page to read: `size` rows, from the end when backward, where `bounds` hold."""

    size: int
    backward: bool
    bounds: tuple[Any, ...]
    has_after: bool
    has_before: bool


def requested_page(settings: Settings, arguments: Mapping[str, Any], keys: Sequence[OrderKey]) -> Page:
    """Read first, after, last and before; refuse what contradicts itself or goes beyond the limits."""
    first, last = arguments.get("first"), arguments.get("last")
    after, before = arguments.get("after"), arguments.get("before")
    if first is not None and last is not None:
        raise RequestFault("BAD_PAGE", N_("`first` and `last` exclude each other. Give one of them."))
    bounds = []
    if after is not None:
        bounds.append(beyond(keys, read_cursor(keys, "after", after), backward=False))
    if before is not None:
        bounds.append(beyond(keys, read_cursor(keys, "before", before), backward=True))
    size = _size(settings, "first", first) if last is None else _size(settings, "last", last)
    return Page(size, last is not None, tuple(bounds), after is not None, before is not None)


def _size(settings: Settings, argument: str, value: int | None) -> int:
    if value is None:
        return settings.graphql_page_size
    if value < 0:
        raise RequestFault("BAD_PAGE", N_("`{argument}` is {value}. Give 0 or more."), argument=argument, value=value)
    if value > settings.graphql_max_page_size:
        raise RequestFault(
            "PAGE_TOO_LARGE",
            N_("`{argument}` is {value}, {limit} rows a page are allowed. Ask for fewer and go on with a cursor."),
            argument=argument,
            value=value,
            limit=settings.graphql_max_page_size,
        )
    return value
