"""What a line of the walk over mutations says, and the words in which it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.support.walk.world import EMPLOYEES, GRANTS, TODAY, World

EVERYBODY = frozenset({"anonymous", *EMPLOYEES, *GRANTS, "chief_reading"})
KNOWN = EVERYBODY - {"anonymous", "chief_reading"}
HR = frozenset({"hr_admin", "other"})
"""HR administrators of the whole institution; `other` is one beside his own work."""
HR_RECOGNITION = HR | {"rewards_officer"}
"""Also the officer for recognition of the registry."""
HR_REGISTRY = HR | {"hr_officer"}
HR_ARCHIVE = HR | {"hr_admin_archive"}
NEXT_MONTH = TODAY + timedelta(days=31)


@dataclass(frozen=True)
class Act:
    """A mutation: its input in the world, and who may do it.

    `works`: the input is right, so that it succeeds for somebody who may; otherwise all who may are refused for another
    reason than their place, and everybody else for theirs.
    """

    input: Callable[[World], dict[str, Any]] | None
    allowed: frozenset[str] | set[str]
    works: bool = True
    selection: str = ""
    inner: Callable[[dict[str, Any]], list[str]] = lambda _answer: []


def gid(world: World, label: str) -> str:
    """Return the global id of a row."""
    row = world.rows[label]
    return f"{type(row).__name__}:{row.id}"


def seen(world: World, label: str, key: str = "id", /, **more: Any) -> dict[str, Any]:
    """Return an input that names a row and its version."""
    return {key: gid(world, label), "version": world.rows[label].version, **more}


def day(value: date) -> str:
    """Return a date as the API takes it."""
    return value.isoformat()
