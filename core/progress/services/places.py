"""Where people stand on a day, loaded for many at once."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from core.organisation.models import Assignment, ReportingLine
from core.organisation.scope import holds_on
from core.progress.rules.feedback import Place


def _tuples(query: Any) -> Iterable[Any]:
    rows: Iterable[Any] = query.tuples()
    return rows


def places_on(day: date, employee_ids: Collection[int] | None = None) -> dict[int, Place]:
    """Return superior and units of everybody (or of some) on a day, in two statements."""
    lines = ReportingLine.select(ReportingLine.employee, ReportingLine.superior).where(holds_on(ReportingLine, day))
    posts = Assignment.select(Assignment.employee, Assignment.unit).where(holds_on(Assignment, day))
    if employee_ids is not None:
        lines = lines.where(ReportingLine.employee.in_(sorted(employee_ids)))
        posts = posts.where(Assignment.employee.in_(sorted(employee_ids)))
    superiors: dict[int, int | None] = dict(_tuples(lines))
    units: dict[int, set[int]] = {}
    for employee, unit in _tuples(posts):
        units.setdefault(employee, set()).add(unit)
    return {
        employee: Place(employee, superiors.get(employee), frozenset(units.get(employee, ())))
        for employee in {*superiors, *units, *(employee_ids or ())}
    }
