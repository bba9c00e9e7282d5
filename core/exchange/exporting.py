"""Writes rows as CSV or XLSX, under the actor's policy, with cells that no spreadsheet takes for formulas."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import peewee as pw

from core.actor import Actor
from core.context import Context
from core.errors import refuse
from core.exchange.neutral import neutral
from core.i18n import N_
from core.policy import require

_GROUP = 3
"""Digits that look like a group of thousands."""


@dataclass(frozen=True)
class ExportKind:
    """What can be exported: the columns, named as in the import of the same kind, and the rows an actor sees."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: Callable[[Actor], pw.Query]


def export(ctx: Context, kind: ExportKind, path: Path) -> int:
    """Write what the actor sees of `kind` to `path` (.csv or .xlsx) and return the number of rows.

    The file appears whole or not at all. Refused with FORBIDDEN, or FORMAT_UNKNOWN for another ending.
    """
    require(ctx, "exchange.export", kind, "kind")
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise refuse(
            "FORMAT_UNKNOWN", N_("Files end in .csv or .xlsx, not in {ending}. Choose one of the two."), "file",
            ending=path.suffix or path.name,
        )  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    try:
        count = write(partial, kind.columns, _cells(kind.rows(ctx.actor)))
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return count


def _cells(query: Any) -> Iterator[list[object]]:
    for row in query.tuples().iterator():
        yield [neutral(value) for value in row]


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    count = 0
    # The byte-order mark makes spreadsheet programs read the file as UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([csv_cell(cell) for cell in row])
            count += 1
    return count


def csv_cell(cell: object) -> object:
    """Return a cell of a CSV file as the import reads it again, in Indonesian as in English."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal) and cell.as_tuple().exponent == -_GROUP:
        # 1.125 is 1125 to an Indonesian reader, and the import refuses to guess.
        return f"{cell}0"
    return cell


def _write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet("data")
    page.append(list(columns))
    count = 0
    for row in rows:
        page.append(list(row))
        count += 1
    book.save(path)
    return count


_WRITERS: dict[str, Callable[[Path, Sequence[str], Iterable[Sequence[object]]], int]] = {
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
}
