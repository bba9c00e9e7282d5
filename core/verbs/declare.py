"""The record of a verb, by which forms, bulk runs and requests for approval all know the same change."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any

import peewee as pw

from core.actor import Actor
from core.context import Context

Values = Mapping[str, Any]
"""The values of a verb's fields by name, as Python has them."""


class FieldKind(StrEnum):
    """How a field of a verb is written and read."""

    TEXT = "TEXT"
    LONG_TEXT = "LONG_TEXT"
    PASSWORD = "PASSWORD"  # noqa: S105 - a kind, no password
    DATE = "DATE"
    INTEGER = "INTEGER"
    AMOUNT = "AMOUNT"
    BOOLEAN = "BOOLEAN"
    CHOICE = "CHOICE"
    REFERENCE = "REFERENCE"
    REFERENCES = "REFERENCES"
    TEXTS = "TEXTS"
    JSON = "JSON"


class Does(StrEnum):
    """What a verb does: make a row, correct one, act on one, or put one into the bin."""

    CREATE = "CREATE"
    CORRECT = "CORRECT"
    ACT = "ACT"
    ARCHIVE = "ARCHIVE"


NO_COLUMN = "-"
"""The column of a field whose name is by chance that of a column."""


@dataclass(frozen=True)
class VerbField:
    """One field: its name, its marked title and its kind.

    `choices` is the enum of a CHOICE, or gives pairs of value and marked title; `refers_to` the model of a REFERENCE,
    whose value is an id; `column` the column of the verb's model that holds the present value (default: `name`, with
    or without `_id`; NO_COLUMN: there is none, whatever the name); a TEXTS is a list, one line each.
    """

    name: str
    title: str
    kind: FieldKind = FieldKind.TEXT
    is_required: bool = False
    choices: type[Enum] | Callable[[Context], Sequence[tuple[str, str]]] | None = None
    refers_to: type[pw.Model] | None = None
    column: str = ""
    help: str = ""

    @property
    def is_secret(self) -> bool:
        """Whether the value must be stored nowhere: not in a request for approval, nor in a bulk run."""
        return self.kind is FieldKind.PASSWORD


@dataclass(frozen=True)
class Target:
    """The row that a verb is about, and the version of it that was seen (None: whichever there is)."""

    id: int
    version: int | None = None


def always(_row: Any) -> bool:
    """Fit every row."""
    return True


@dataclass(frozen=True)
class Verb:
    """A named change of rows of `model`: `run(ctx, target, values)` calls one service and gives what it gave.

    `name` begins with the name of its area or plugin (`organisation.update_employee`). A verb that makes rows has no
    target. One that corrects is given only the values that differ from the row. Whether it is offered follows from
    `permission`, which is an act of the policy asked of the row (`subject` gives what to ask it of, such as the row's
    unit), or for a verb that makes rows a permission of a role; and from `suits`, by the row's own state. `allows` says
    instead to whom it is offered, where that follows from values that are yet to be typed. The service has the last
    word. `may_be_bulk` says whether it makes sense for many rows with the same values; `is_grave` whether
    the person is asked once more.
    """

    name: str
    title: str
    model: type[pw.Model]
    does: Does
    run: Callable[[Context, Target, Values], object]
    fields: tuple[VerbField, ...] = ()
    permission: str = ""
    subject: Callable[[Any], Any] = field(default=lambda row: row)
    suits: Callable[[Any], bool] = always
    may_be_bulk: bool = False
    is_grave: bool = False
    help: str = ""
    allows: Callable[[Actor], bool] | None = None

    @property
    def by_name(self) -> dict[str, VerbField]:
        """The fields by name."""
        return {one.name: one for one in self.fields}
