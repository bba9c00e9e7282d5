"""The report of a step, kept as one line per row, so that a page of it is read without the rest."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

import orjson

from core.errors import Problem
from core.exchange.neutral import printable
from core.exchange.reading import Sheet
from core.exchange.report import ERROR_HEADINGS, FieldChange, ImportReport, Outcome, RowReport, error_cells

_NAME = "report.jsonl"
_CORRECTIONS = "corrections.xlsx"
_MARKS = {outcome: outcome.value[:2].encode() for outcome in Outcome}
"""The first two letters of a line say what became of its row."""

PROBLEMS_COLUMN = {"id": "masalah", "en": "problems"}
"""The header of the column that is added to the rows to correct; imports read no column of this name."""


def keep_report(place: Path, report: ImportReport) -> None:
    """Write a report into the folder of its upload, whole or not at all."""
    partial = place / f"{_NAME}.partial"
    with partial.open("wb") as file:
        for row in report.rows:
            file.write(_MARKS[row.outcome] + orjson.dumps(_as_json(row), default=str) + b"\n")
    partial.replace(place / _NAME)


def read_page(place: Path, outcome: Outcome | None, start: int, size: int) -> list[RowReport]:
    """Return `size` rows from the one at `start` on, of one outcome or of all."""
    found = []
    for index, line in enumerate(_lines(place, outcome)):
        if index >= start + size:
            break
        if index >= start:
            found.append(_from_line(line))
    return found


def write_errors_of(place: Path, file: TextIO, language: str) -> int:
    """Write the faults of a kept report as CSV, as `report.write_errors` does; return their number."""
    writer = csv.writer(file)
    writer.writerow(ERROR_HEADINGS)
    count = 0
    for line in _lines(place, Outcome.REJECTED):
        row = _from_line(line)
        for problem in row.problems:
            writer.writerow(error_cells(row, problem, language))
            count += 1
    return count


def keep_corrections(place: Path, sheet: Sheet, report: ImportReport, language: str) -> None:
    """Write the rows that were left out as they came, each with its problems, to be corrected and uploaded again."""
    from openpyxl import Workbook

    path = place / _CORRECTIONS
    rejected = {row.number: row for row in report.rejected}
    if not rejected:
        path.unlink(missing_ok=True)
        return
    added = PROBLEMS_COLUMN.get(language, PROBLEMS_COLUMN["id"])
    headers = [header for header in sheet.headers if header and header.casefold() not in PROBLEMS_COLUMN.values()]
    book = Workbook(write_only=True)
    page = book.create_sheet("data")
    page.append([_text(page, cell) for cell in (*headers, added)])
    for line in sheet.lines:
        if line.number in rejected:
            told = " ".join(problem.message(language) for problem in rejected[line.number].problems)
            page.append([_text(page, cell) for cell in (*(line.cells.get(header, "") for header in headers), told)])
    book.save(path)


def corrections_path(place: Path) -> Path | None:
    """Return where the rows to correct lie, None when there are none."""
    path = place / _CORRECTIONS
    return path if path.is_file() else None


def _text(page: Any, value: str) -> Any:
    """Return a cell that holds the text as it is: a cell of the type text is never computed."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, value=printable(value))
    cell.data_type = "s"
    return cell


def _lines(place: Path, outcome: Outcome | None) -> Iterator[bytes]:
    path = place / _NAME
    if not path.is_file():
        return
    wanted = None if outcome is None else _MARKS[outcome]
    with path.open("rb") as file:
        for line in file:
            if wanted is None or line.startswith(wanted):
                yield line


def _as_json(row: RowReport) -> dict[str, Any]:
    return {
        "line": row.number,
        "outcome": row.outcome.value,
        "values": dict(row.values),
        "changes": [[change.subject, change.field, change.before, change.after] for change in row.changes],
        "problems": [problem_as_json(problem) for problem in row.problems],
        "notes": [problem_as_json(problem) for problem in row.notes],
    }


def _from_line(line: bytes) -> RowReport:
    found = orjson.loads(line[2:])
    return RowReport(
        found["line"],
        found["values"],
        Outcome(found["outcome"]),
        [FieldChange(*change) for change in found["changes"]],
        [problem_from_json(problem) for problem in found["problems"]],
        [problem_from_json(problem) for problem in found["notes"]],
    )


def problem_as_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON values; its text stays the key of its translations."""
    params = {name: value if isinstance(value, int) else str(value) for name, value in problem.params.items()}
    return {"code": problem.code, "text": problem.text, "path": list(problem.path), "params": params}


def problem_from_json(found: Mapping[str, Any]) -> Problem:
    """Return the problem that `problem_as_json` was given."""
    return Problem(found["code"], found["text"], tuple(found["path"]), found["params"])
