"""What an import did, or would do, row by row; as data, and as a file of errors to work through."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TextIO

import orjson

from core.errors import Problem
from core.exchange.neutral import neutral


class Outcome(StrEnum):
    """What became of a row."""

    CREATED = "CREATED"
    UPDATED = "UPDATED"
    UNCHANGED = "UNCHANGED"
    REJECTED = "REJECTED"


@dataclass(frozen=True)
class FieldChange:
    """One value of one record before and after (None: was or is not there)."""

    subject: str
    field: str
    before: object
    after: object


@dataclass
class RowReport:
    """What became of the row at line `number`, with its changes, its faults and its notes."""

    number: int
    values: Mapping[str, str]
    outcome: Outcome = Outcome.UNCHANGED
    changes: list[FieldChange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


@dataclass
class ImportReport:
    """What an import did to every row; `is_written` is False after a dry run or a refusal."""

    kind: str
    rows: list[RowReport]
    unread_columns: Sequence[str] = ()
    is_written: bool = False
    run_id: int | None = None

    def count(self, outcome: Outcome) -> int:
        """Return how many rows had `outcome`."""
        return Counter(row.outcome for row in self.rows)[outcome]

    @property
    def rejected(self) -> list[RowReport]:
        """The rows that were left out."""
        return [row for row in self.rows if row.outcome is Outcome.REJECTED]


def field_changes(entries: Sequence[Mapping[str, object]]) -> list[FieldChange]:
    """Return the values that differ between before and after in history entries, in their order."""
    changes: list[FieldChange] = []
    for entry in entries:
        before = _values(entry["before"])
        after = _values(entry["after"])
        subject = f"{entry['subject_type']}:{entry['subject_id']}"
        changes.extend(
            FieldChange(subject, name, before.get(name), after.get(name))
            for name in sorted(before.keys() | after.keys())
            if before.get(name) != after.get(name)
        )
    return changes


def _values(text: object) -> dict[str, object]:
    return orjson.loads(text) if isinstance(text, str) else {}


ERROR_HEADINGS = ("line", "column", "value", "code", "fault", "remedy")


def write_errors(report: ImportReport, file: TextIO, language: str) -> int:
    """Write line, column, value, code, fault and remedy of every fault as CSV; return the number of faults."""
    writer = csv.writer(file)
    writer.writerow(ERROR_HEADINGS)
    count = 0
    for row in report.rejected:
        for problem in row.problems:
            writer.writerow(error_cells(row, problem, language))
            count += 1
    return count


def error_cells(row: RowReport, problem: Problem, language: str) -> list[object]:
    """Return one fault of a row as the cells of the file of errors."""
    column = str(problem.path[-1]) if problem.path else ""
    fault, remedy = problem.fault_and_remedy(language)
    return [neutral(cell) for cell in (row.number, column, row.values.get(column, ""), problem.code, fault, remedy)]
