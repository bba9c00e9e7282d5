"""The people of a form as its head names them: number, rank, position and unit, as far as the caller may read them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import peewee as pw

from core.context import Context
from core.documents.words import BLANK, told
from core.organisation.models import Assignment, Employee, Grade, Position, ReportingLine, WorkUnit
from core.organisation.rules.numbers import format_number
from core.policy import as_condition, shown, visible


@dataclass(frozen=True)
class _Place:
    first: date
    last: date | None
    is_primary: bool
    position: str
    unit: str


@dataclass
class Person:
    """Somebody on a form; what the caller may not read is a line to write on."""

    name: str = BLANK
    nip: str = BLANK
    rank: str = BLANK
    places: list[_Place] = field(default_factory=list)

    def on(self, day: date, position: str | None = None, unit: str | None = None) -> dict[str, str]:
        """Return the lines of the head, with the position held on a day unless one is given."""
        held = [place for place in self.places if place.first <= day and (place.last is None or place.last >= day)]
        place = next(iter(sorted(held, key=lambda one: not one.is_primary)), None)
        return {
            "name": self.name,
            "nip": self.nip,
            "rank": self.rank,
            "position": position or (place.position if place else BLANK),
            "unit": unit or (place.unit if place else BLANK),
        }


def people_of(ctx: Context, ids: Iterable[int | None]) -> Mapping[int | None, Person]:
    """Return the people with these ids, two statements for any number; who is hidden has lines to write on."""
    wanted = sorted({key for key in ids if key is not None})
    who = ctx.actor
    people: dict[int | None, Person] = {key: Person() for key in (None, *wanted)}
    rows: Any = (
        Employee.select(
            Employee.id, Employee.front_title, Employee.name, Employee.back_title, shown(who, Employee, "nip"),
            Grade.code, Grade.rank_title,
        )
        .join(Grade, pw.JOIN.LEFT_OUTER)
        .where(Employee.id.in_(wanted) & as_condition(visible(who, Employee)))
        .tuples()
    )  # fmt: skip
    for key, front, name, back, nip, grade, title in rows:
        full = " ".join(part for part in (front, name) if part) + (f", {back}" if back else "")
        rank = " / ".join(part for part in (title, grade) if part)
        people[key] = Person(told(full), format_number(nip) if nip else BLANK, rank or BLANK)
    for key, *place in _places(ctx, wanted):
        people[key].places.append(_Place(*place))
    return people


def _places(ctx: Context, ids: Collection[int]) -> Any:
    who = ctx.actor
    return (
        Assignment.select(
            Assignment.employee, Assignment.valid_from, Assignment.valid_to, Assignment.is_primary, Position.title,
            WorkUnit.name,
        )
        .join(Position, on=Assignment.position == Position.id)
        .join(WorkUnit, on=Assignment.unit == WorkUnit.id)
        .where(
            Assignment.employee.in_(ids)
            & as_condition(visible(who, Assignment))
            & as_condition(visible(who, Position))
            & as_condition(visible(who, WorkUnit))
        )
        .order_by(Assignment.valid_from.desc(), Assignment.id)
        .tuples()
    )  # fmt: skip


def superiors_of(ctx: Context, pairs: Collection[tuple[int | None, date]]) -> dict[tuple[int, date], int]:
    """Return who supervised each person on a day, as far as the caller sees it; one statement."""
    ids = sorted({key for key, _ in pairs if key is not None})
    rows: Any = (
        ReportingLine.select(
            ReportingLine.employee, ReportingLine.superior, ReportingLine.valid_from, ReportingLine.valid_to
        )
        .where(
            ReportingLine.employee.in_(ids)
            & ReportingLine.superior.is_null(False)
            & as_condition(visible(ctx.actor, ReportingLine))
        )
        .tuples()
    )
    lines = list(rows)
    return {
        (key, day): superior
        for key, day in pairs
        for employee, superior, first, last in lines
        if key is not None and employee == key and first <= day and (last is None or last >= day)
    }
