"""What the import pages say: rows of a report, columns of a kind, states, all as a person reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from admin.show import NOTHING, shown, term
from core.errors import Problem
from core.exchange.kept_report import problem_from_json
from core.exchange.kinds import ImportKind
from core.exchange.models import ImportTask
from core.exchange.report import FieldChange, Outcome, RowReport
from core.exchange.terms import TaskState, TaskStep
from core.i18n import N_, translate
from core.registry import active_registry

OUTCOMES: Mapping[Outcome, tuple[str, str]] = {
    Outcome.CREATED: (N_("New"), "ok"),
    Outcome.UPDATED: (N_("Changed"), "info"),
    Outcome.UNCHANGED: (N_("Unchanged"), ""),
    Outcome.REJECTED: (N_("Left out"), "bad"),
}
"""The title and the tone of what becomes of a row."""

_STATES: Mapping[tuple[TaskStep, TaskState], tuple[str, str]] = {
    (TaskStep.CHECK, TaskState.NEW): (N_("Columns to be chosen"), "info"),
    (TaskStep.CHECK, TaskState.WAITING): (N_("Waiting to be tried"), "info"),
    (TaskStep.CHECK, TaskState.RUNNING): (N_("Being tried"), "info"),
    (TaskStep.CHECK, TaskState.CHECKED): (N_("Tried, not imported yet"), "warn"),
    (TaskStep.CHECK, TaskState.FAILED): (N_("The trial failed"), "bad"),
    (TaskStep.IMPORT, TaskState.WAITING): (N_("Waiting to be imported"), "info"),
    (TaskStep.IMPORT, TaskState.RUNNING): (N_("Being imported"), "info"),
    (TaskStep.IMPORT, TaskState.DONE): (N_("Imported"), "ok"),
    (TaskStep.IMPORT, TaskState.FAILED): (N_("Not imported"), "bad"),
    (TaskStep.UNDO, TaskState.WAITING): (N_("Waiting to be undone"), "info"),
    (TaskStep.UNDO, TaskState.RUNNING): (N_("Being undone"), "info"),
    (TaskStep.UNDO, TaskState.DONE): (N_("Undone"), "warn"),
    (TaskStep.UNDO, TaskState.FAILED): (N_("Not undone"), "bad"),
}


@dataclass(frozen=True)
class ShownRow:
    """A row of a report: its line, its outcome, the differences (field, before, after), faults and notes."""

    line: int
    outcome: str
    tone: str
    words: str
    changes: Sequence[tuple[str, str, str]]
    problems: Sequence[tuple[str, str]]
    notes: Sequence[str]


def state_of(task: ImportTask) -> tuple[str, str]:
    """Return how far a task has come, in words, and the tone in which to say it."""
    title, tone = _STATES[task.step, task.state]
    return translate(title), tone


def problems_of(task: ImportTask) -> list[Problem]:
    """Return why the last step of a task failed."""
    return [problem_from_json(problem) for problem in task.problems]


def shown_rows(kind: ImportKind, rows: Sequence[RowReport]) -> list[ShownRow]:
    """Return rows of a report as they are shown."""
    titles = {column.name: translate(column.title) for column in kind.columns} | _field_titles()
    return [_shown_row(row, titles) for row in rows]


def _shown_row(row: RowReport, titles: Mapping[str, str]) -> ShownRow:
    title, tone = OUTCOMES[row.outcome]
    return ShownRow(
        row.number,
        translate(title),
        tone,
        " · ".join(text for text in row.values.values() if text),
        [_shown_change(change, titles) for change in row.changes if change.before or change.after],
        [(titles.get(str(p.path[-1]), "") if p.path else "", p.message()) for p in row.problems],
        [note.message() for note in row.notes],
    )


def _shown_change(change: FieldChange, titles: Mapping[str, str]) -> tuple[str, str, str]:
    title = titles.get(change.field) or change.field.replace("_", " ").capitalize()
    return title, value_text(change.before), value_text(change.after)


def value_text(value: object) -> str:
    """Return a value of the history as a person reads it: dates, decimal commas, words of the law."""
    if isinstance(value, str):
        return _text_of(value)
    return shown(value, active_registry().settings)


def _text_of(text: str) -> str:
    settings = active_registry().settings
    if len(text) == len("2026-01-31") and text[4] == text[7] == "-":
        try:
            return shown(date.fromisoformat(text), settings)
        except ValueError:
            return text
    if "." in text and text.replace(".", "", 1).lstrip("-").isdecimal():
        try:
            return shown(Decimal(text), settings)
        except InvalidOperation:
            return text
    return term(text) if text.isupper() else text or NOTHING


def _field_titles() -> dict[str, str]:
    """Return the titles under which people know fields from the forms."""
    found: dict[str, Any] = {}
    for verb in active_registry().verbs:
        for field in verb.fields:
            found.setdefault(field.name.removesuffix("_id"), translate(field.title))
    return found
