"""What a kind of import is: its columns, the order of its rows, and how one row becomes a change."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.context import Context
from core.errors import Problem
from core.exchange.reading import Line


@dataclass(frozen=True)
class Column:
    """A column of a kind: its name, a title for people, and the headers under which files are known to carry it."""

    name: str
    title: str
    aliases: tuple[str, ...] = ()
    is_required: bool = False


@dataclass
class Row:
    """One row under the kind's own column names."""

    number: int
    values: dict[str, str]

    def get(self, name: str) -> str:
        """Return the cell of column `name`, empty when the file has none."""
        return self.values.get(name, "")


@dataclass
class ImportState:
    """What the rows of one import share: the rows left out so far, by line, and what a kind remembers."""

    rows: Sequence[Row]
    rejected: set[int] = field(default_factory=set)
    memory: dict[str, Any] = field(default_factory=dict)
    notes: list[tuple[int, Problem]] = field(default_factory=list)

    def note(self, row: Row, problem: Problem) -> None:
        """Tell the user something about a row that is taken all the same."""
        self.notes.append((row.number, problem))


@dataclass(frozen=True)
class ImportKind:
    """A kind of file: `apply` turns one row into changes or refuses it with the column as path.

    `subjects` names the models whose new rows make a row of the file a new one; `order` puts rows into the order of
    their dependence; `finish` runs once after the last row; `places` says which column holds what a service calls
    otherwise (`targetMin`: `target`).
    """

    name: str
    title: str
    subjects: tuple[str, ...]
    columns: tuple[Column, ...]
    apply: Callable[[Context, Row, ImportState], None]
    places: Mapping[str, str] = field(default_factory=dict)
    order: Callable[[Sequence[Row], ImportState], Sequence[Row]] = lambda rows, state: rows  # noqa: ARG005
    finish: Callable[[Context, ImportState], None] = lambda ctx, state: None  # noqa: ARG005


def at_column(kind: ImportKind, problem: Problem) -> Problem:
    """Return a service's problem with the column as its path that holds the value it speaks of, where there is one."""
    names = {column.name for column in kind.columns}
    for part in reversed(problem.path):
        own = re.sub(r"(?<=[a-z])([A-Z])", r"_\1", str(part)).lower()
        column = kind.places.get(str(part), own if own in names else own.removesuffix("_id"))
        if column in names:
            return replace(problem, path=(column,))
    return problem


def map_columns(
    kind: ImportKind, headers: Sequence[str], chosen: Mapping[str, str]
) -> tuple[dict[str, str], list[str], list[str]]:
    """Return header → column name, the required columns that no header gives, and the headers that nobody reads.

    `chosen` (header → column, empty: not read) goes before the aliases; case and blanks around headers do not matter.
    """
    wanted = {name.strip().casefold(): column for name, column in chosen.items()}
    known = {alias.casefold(): column.name for column in kind.columns for alias in (column.name, *column.aliases)}
    found: dict[str, str] = {}
    unread: list[str] = []
    for header in headers:
        name = wanted.get(header.casefold(), known.get(header.casefold()))
        if not name or (name in found.values() and header.casefold() not in wanted):
            unread.append(header)
        else:
            found[header] = name
    missing = [column.name for column in kind.columns if column.is_required and column.name not in found.values()]
    return found, missing, unread


def as_rows(lines: Sequence[Line], mapping: Mapping[str, str], constants: Mapping[str, str]) -> list[Row]:
    """Return lines under the kind's column names, with `constants` for columns that the file lacks."""
    return [
        Row(
            line.number,
            {**constants, **{mapping[header]: cell for header, cell in line.cells.items() if header in mapping}},
        )
        for line in lines
    ]
