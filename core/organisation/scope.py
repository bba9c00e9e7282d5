"""Building blocks of row rules that the policies of all areas share: units below, people reported on, today's lines."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from typing import Any

import peewee as pw

from core.actor import Actor
from core.database import is_sqlite
from core.organisation.models import Assignment, ReportingLine, WorkUnit
from core.policy import among, below, either

_ROOT = 8
"""Length of the path of a root."""


def holds_on(table: Any, day: date) -> Any:
    """Return where a dated row (`valid_from`, `valid_to` inclusive or open) holds on `day`."""
    return (table.valid_from <= day) & (table.valid_to.is_null() | (table.valid_to >= day))


def unit_within(unit_column: Any, prefixes: Iterable[str]) -> Any:
    """Return where a column that points to a unit lies in one of the subtrees (an expression, True or False)."""
    unit = WorkUnit.alias()
    inside = below(unit.path, prefixes)
    if isinstance(inside, bool):
        return inside
    units = unit.select(unit.id).where(inside)
    # SQLite finds rows by an index on their unit only when it has the short list of units first.
    return unit_column.in_(units) if is_sqlite() else among(unit_column, units)


def read_paths(actor: Actor, permission: str) -> tuple[str, ...]:
    """Return the subtrees in which the actor reads: those of its roles with `permission` and those it heads today."""
    return (*actor.paths(permission), *actor.headed_paths)


def in_one_list(column: Any, *sources: Any, at_once: bool = True) -> Any:
    """Return where `column`, an id, is among what the sources give: each a query of ids, an id, True (all) or False.

    `at_once` makes one list of them, so that the database may look up who is in it instead of walking some order past
    everybody who is not; say False where the list is about everybody.
    """
    if any(source is True for source in sources):
        return True
    chosen = [source for source in sources if source is not False]
    if not at_once:
        return either(*(among(column, one) if isinstance(one, pw.SelectBase) else column == one for one in chosen))
    queries = [
        # With a type: PostgreSQL takes a bare number for a smaller one, and then pushes no condition into the list.
        one if isinstance(one, pw.SelectBase) else pw.Select(columns=[pw.Cast(pw.Value(one), "INTEGER")])
        for one in chosen
    ]
    return column.in_(reduce(lambda left, right: left.union_all(right), queries)) if queries else False


def is_whole(prefixes: Iterable[str]) -> bool:
    """Whether one of the subtrees is that of a root: next to everybody works there."""
    return any(len(prefix) <= _ROOT for prefix in prefixes)


def reports_of(actor: Actor) -> Any:
    """Return the query of the ids of the employees whom the actor supervises today."""
    line = ReportingLine.alias()
    return line.select(line.employee).where((line.superior == actor.employee_id) & holds_on(line, actor.today))


def superiors_of(actor: Actor) -> Any:
    """Return the query of the ids of those who supervise the actor today (one or none)."""
    line = ReportingLine.alias()
    return line.select(line.superior).where(
        (line.employee == actor.employee_id) & line.superior.is_null(False) & holds_on(line, actor.today)
    )


def members_of(unit_rows: Any, day: date) -> Any:
    """Return the query of the ids of employees assigned on `day`; `unit_rows(column)` says to which units."""
    assignment = Assignment.alias()
    rows = unit_rows(assignment.unit)
    query = assignment.select(assignment.employee).where(holds_on(assignment, day))
    return query if rows is True else query.where(rows)


def superior_on(employee_id: int, day: date) -> int | None:
    """Return the id of the one who supervises the employee on `day`, None where the line has a gap."""
    row = (
        ReportingLine.select(ReportingLine.superior)
        .where((ReportingLine.employee == employee_id) & holds_on(ReportingLine, day))
        .tuples()
        .first()
    )
    return row[0] if row else None


def supervises(superior_id: int | None, employee_id: int, day: date) -> bool:
    """Whether `superior_id` supervises `employee_id` on `day`."""
    return superior_id is not None and superior_on(employee_id, day) == superior_id
