"""Values that are put into a compiled statement later: what stands for them while the statement is made."""

from collections.abc import Callable, Hashable, Mapping
from enum import Enum
from typing import Any

_VALUE = object()


class Late:
    """A value that is read when its statement runs, out of what the call gives."""

    __slots__ = ("read",)

    def __init__(self, read: Callable[[Any], Any]) -> None:
        self.read = read

    def then(self, change: Callable[[Any], Any]) -> "Late":
        """Return the changed value, changed later."""
        return Late(lambda source: change(self.read(source)))


def applied(change: Callable[[Any], Any], value: Any) -> Any:
    """Return the changed value, now or later."""
    return value.then(change) if isinstance(value, Late) else change(value)


def shape(value: Any) -> Hashable:
    """Return what of a value decides the text of a statement: everything but texts, numbers and moments."""
    if isinstance(value, Mapping):
        return tuple((name, shape(part)) for name, part in value.items())
    if _is_structure(value):
        return ("list", *(shape(part) for part in value))
    if isinstance(value, list):
        return ("values", bool(value))
    return value if _is_structural(value) else _VALUE


def late(value: Any, read: Callable[[Any], Any] = lambda source: source) -> Any:
    """Return the value with everything in it that does not belong to its shape to be read later."""
    if isinstance(value, Mapping):
        return {name: late(part, _part(read, name)) for name, part in value.items()}
    if _is_structure(value):
        return [late(part, _part(read, number)) for number, part in enumerate(value)]
    if isinstance(value, list):
        return Late(read) if value else []
    return value if _is_structural(value) else Late(read)


def _part(read: Callable[[Any], Any], key: Any) -> Callable[[Any], Any]:
    return lambda source: read(source)[key]


def _is_structure(value: Any) -> bool:
    return isinstance(value, list) and any(part is None or isinstance(part, Mapping | list) for part in value)


def _is_structural(value: Any) -> bool:
    return value is None or isinstance(value, bool | Enum)
