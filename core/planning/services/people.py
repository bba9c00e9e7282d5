"""Where people are placed and who supervises them on a day, for many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee as pw

from core.organisation.models import Assignment, ReportingLine
from core.organisation.scope import holds_on
from core.organisation.terms import AssignmentKind, SupervisionBasis

_IDS_PER_STATEMENT = 5_000

PASSING = frozenset({SupervisionBasis.DELEGATION, SupervisionBasis.ACTING_PLH})
"""Grounds of supervision that leave a plan's evaluator in place: somebody stands in for a time."""


@dataclass(frozen=True)
class Place:
    """The position and unit in which an employee has its targets, and the days of that assignment."""

    position_id: int
    unit_id: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Line:
    """Who supervises an employee, on what ground and since when."""

    superior_id: int | None
    basis: SupervisionBasis | None
    valid_from: date

    @property
    def is_passing(self) -> bool:
        """Whether the superior only stands in for a time."""
        return self.basis in PASSING


def places_on(employee_ids: Iterable[int], day: date) -> dict[int, Place]:
    """Return for each employee the primary assignment of `day`; a definitive one goes before one as Plt or Plh."""
    found: dict[int, Place] = {}
    for ids in _parts(employee_ids):
        rows = rows_of(
            Assignment.select(
                Assignment.employee,
                Assignment.position,
                Assignment.unit,
                Assignment.valid_from,
                Assignment.valid_to,
                Assignment.kind,
            )
            .where(Assignment.employee.in_(ids) & Assignment.is_primary & holds_on(Assignment, day))
            .order_by(Assignment.valid_from, Assignment.id)
        )
        chosen = sorted(rows, key=lambda row: row[5] is AssignmentKind.DEFINITIVE)
        found.update({row[0]: Place(*row[1:5]) for row in chosen})
    return found


def lines_on(employee_ids: Iterable[int], day: date) -> dict[int, Line]:
    """Return for each employee the reporting line of `day`."""
    found: dict[int, Line] = {}
    for ids in _parts(employee_ids):
        rows = rows_of(
            ReportingLine.select(
                ReportingLine.employee, ReportingLine.superior, ReportingLine.basis, ReportingLine.valid_from
            ).where(ReportingLine.employee.in_(ids) & holds_on(ReportingLine, day))
        )
        found.update({row[0]: Line(*row[1:]) for row in rows})
    return found


def rows_of(query: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a query as tuples."""
    return list(query.tuples())


def _parts(ids: Iterable[int]) -> Iterable[Sequence[int]]:
    parts: Iterable[Sequence[int]] = pw.chunked(sorted(set(ids)), _IDS_PER_STATEMENT)
    return parts
