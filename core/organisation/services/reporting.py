"""Reporting lines: kept equal to the rule of supervision whenever a fact behind them changes.

Verbs say whom a change may concern; at the end of the transaction the lines of exactly these people are worked out anew
and only those that differ are written. The lines are derived, so that history records their causes and not them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from weakref import WeakKeyDictionary

import peewee as pw

from core.bulk import insert_rows
from core.context import Context
from core.organisation.events import SUPERIOR_CHANGED
from core.organisation.models import Assignment, Delegation, Position, ReportingLine, WorkUnitRevision
from core.organisation.rules.supervision import (
    Facts,
    Handover,
    Headship,
    Line,
    Place,
    Placement,
    Supervision,
    lines_of,
)
from core.organisation.services.changing import ONE_DAY, organisation_change, rows_of
from core.organisation.terms import SupervisionBasis
from core.work import UnitOfWork

_CHUNK = 500
_NAME = "organisation.reporting_lines"
_waiting: WeakKeyDictionary[UnitOfWork, set[int]] = WeakKeyDictionary()
_waiting_units: WeakKeyDictionary[UnitOfWork, set[int]] = WeakKeyDictionary()
_early: WeakKeyDictionary[UnitOfWork, set[int]] = WeakKeyDictionary()


def lines_may_change(work: UnitOfWork, employee_ids: Iterable[int]) -> None:
    """Have the lines of these employees brought up to date at the end of the transaction."""
    _waiting.setdefault(work, set()).update(employee_ids)
    work.before_commit(_NAME, lambda: _finish(work))


def lines_below_may_change(work: UnitOfWork, unit_ids: Iterable[int]) -> None:
    """Have the lines of everybody in these units and below brought up to date at the end of the transaction."""
    _waiting_units.setdefault(work, set()).update(unit_ids)
    lines_may_change(work, ())


def bring_up_to_date(work: UnitOfWork) -> None:
    """Bring the lines that wait up to date now, for a verb that reads them later in the same transaction."""
    people = _take(work)
    _early.setdefault(work, set()).update(people)
    refresh(work, people)


def _finish(work: UnitOfWork) -> None:
    # Lines brought up to date early may have been undone with a refused part of the transaction.
    refresh(work, _take(work) | _early.pop(work, set()))


def _take(work: UnitOfWork) -> set[int]:
    units = _waiting_units.pop(work, set())
    return _waiting.pop(work, set()) | (people_below(units) if units else set())


def people_below(unit_ids: Iterable[int]) -> set[int]:
    """Return everybody with an assignment, past, present or future, to one of the units or to one ever below it."""
    children: defaultdict[int, set[int]] = defaultdict(set)
    for unit, parent in rows_of(WorkUnitRevision.select(WorkUnitRevision.unit, WorkUnitRevision.parent)):
        if parent is not None:
            children[parent].add(unit)
    found, waiting = set(), list(unit_ids)
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting.extend(children[unit])
    people: set[int] = set()
    for part in pw.chunked(sorted(found), _CHUNK):
        members = Assignment.select(Assignment.employee).where(Assignment.unit.in_(part))
        people.update(key for (key,) in rows_of(members))
    return people


def people_supervised_by(delegator_id: int) -> set[int]:
    """Return whose lines a delegation of this superior may change: those who report to him or to a delegate of his."""
    delegates = Delegation.select(Delegation.delegate).where(Delegation.delegator == delegator_id)
    rows = ReportingLine.select(ReportingLine.employee).where(
        (ReportingLine.superior == delegator_id)
        | (ReportingLine.basis == SupervisionBasis.DELEGATION) & ReportingLine.superior.in_(delegates)
    )
    return {key for (key,) in rows_of(rows)} | {delegator_id}


def load_facts(employee_ids: Sequence[int]) -> Facts:
    """Load what the supervision of these employees follows from; the tree, heads and delegations are loaded whole."""
    placements: defaultdict[int, list[Placement]] = defaultdict(list)
    columns = (
        Assignment.employee,
        Assignment.valid_from,
        Assignment.valid_to,
        Assignment.unit,
        Assignment.named_superior,
    )
    for part in pw.chunked(employee_ids, _CHUNK):
        primary = Assignment.select(*columns).where(Assignment.employee.in_(part) & Assignment.is_primary)
        for employee, *row in rows_of(primary):
            placements[employee].append(Placement(*row))
    headships: defaultdict[int, list[Headship]] = defaultdict(list)
    heads = (
        Assignment.select(
            Assignment.unit, Assignment.valid_from, Assignment.valid_to, Assignment.employee, Assignment.kind
        )
        .join(Position, on=Assignment.position == Position.id)
        .where(Position.is_head)
    )
    for unit, *row in rows_of(heads):
        headships[unit].append(Headship(*row))
    places: defaultdict[int, list[Place]] = defaultdict(list)
    revision = WorkUnitRevision
    revisions = revision.select(revision.unit, revision.valid_from, revision.valid_to, revision.parent)
    for unit, *row in rows_of(revisions):
        places[unit].append(Place(*row))
    handovers: defaultdict[int, list[Handover]] = defaultdict(list)
    delegations = Delegation.select(
        Delegation.delegator, Delegation.valid_from, Delegation.valid_to, Delegation.delegate, Delegation.unit
    )
    for delegator, *row in rows_of(delegations):
        handovers[delegator].append(Handover(*row))
    return Facts(placements, headships, places, handovers)


def refresh(work: UnitOfWork, employee_ids: Iterable[int]) -> int:
    """Work out these employees' lines anew, write those that differ, announce changes; return how many differ."""
    people = sorted(set(employee_ids))
    if not people:
        return 0
    facts = load_facts(people)
    stored = _stored_lines(people)
    gone: list[int] = []
    new: list[tuple[Any, ...]] = []
    for employee in people:
        wanted = lines_of(facts, employee)
        present = stored.get(employee, {})
        kept = set(present) & set(wanted)
        if len(kept) == len(present) == len(wanted):
            continue
        gone.extend(key for line, key in present.items() if line not in kept)
        new.extend(_row(employee, line) for line in wanted if line not in kept)
        _announce(work, employee, sorted(present, key=_first_day), wanted)
    for part in pw.chunked(gone, _CHUNK):
        ReportingLine.delete().where(ReportingLine.id.in_(part)).execute()
    line = ReportingLine
    columns = [line.employee, line.superior, line.basis, line.gap, line.valid_from, line.valid_to]
    insert_rows(ReportingLine, columns, new)
    return len(gone) + len(new)


@dataclass(frozen=True)
class Difference:
    """An employee whose stored lines are not those that the rule gives."""

    employee_id: int
    stored: tuple[Line, ...]
    expected: tuple[Line, ...]


def differing_lines() -> list[Difference]:
    """Return whose stored lines differ from the rule; empty in a sound database (for `kinerja doctor`)."""
    people = _everybody()
    facts = load_facts(people)
    stored = _stored_lines(people)
    found = []
    for employee in people:
        present = sorted(stored.get(employee, {}), key=_first_day)
        wanted = lines_of(facts, employee)
        if present != wanted:
            found.append(Difference(employee, tuple(present), tuple(wanted)))
    return found


def rebuild_lines(ctx: Context) -> int:
    """Work out everybody's lines anew, after a mass load or a repair; return how many rows changed."""
    with organisation_change(ctx) as work:
        return refresh(work, _everybody())


def _everybody() -> list[int]:
    assigned = Assignment.select(Assignment.employee)
    return sorted(key for (key,) in rows_of(assigned | ReportingLine.select(ReportingLine.employee)))


def _stored_lines(employee_ids: Sequence[int]) -> dict[int, dict[Line, int]]:
    stored: defaultdict[int, dict[Line, int]] = defaultdict(dict)
    for part in pw.chunked(employee_ids, _CHUNK):
        for row in ReportingLine.select().where(ReportingLine.employee.in_(part)):
            answer = Supervision(row.superior_id, row.basis, row.gap)
            stored[row.employee_id][Line(row.valid_from, row.valid_to, answer)] = row.id
    return stored


def _row(employee: int, line: Line) -> tuple[Any, ...]:
    answer = line.answer
    return (employee, answer.superior, answer.basis, answer.gap, line.valid_from, line.valid_to)


def _first_day(line: Line) -> date:
    return line.valid_from


def _announce(work: UnitOfWork, employee: int, before: Sequence[Line], after: Sequence[Line]) -> None:
    """Tell each day from which somebody else supervises: where the new lines change, or differ from the old ones."""
    known = _transitions(before)
    fresh = {on: (earlier, later) for on, earlier, later in _transitions(after) if (on, earlier, later) not in known}
    last: tuple[int | None, int | None] | None = None
    for on in sorted({line.valid_from for line in (*before, *after)}):
        old, new = _line_on(before, on), _line_on(after, on)
        pair = (old.answer.superior, new.answer.superior) if old and new else None
        differs = pair is not None and pair[0] != pair[1]
        change = fresh.get(on, pair if differs and pair != last else None)
        last = pair if differs else None
        if change is not None:
            work.emit(SUPERIOR_CHANGED, {"employee_id": employee, "from": change[0], "to": change[1], "on": on})


def _line_on(lines: Sequence[Line], day: date) -> Line | None:
    return next(
        (line for line in lines if line.valid_from <= day and (line.valid_to is None or day <= line.valid_to)), None
    )


def _transitions(lines: Sequence[Line]) -> set[tuple[date, int | None, int | None]]:
    """Return (first day, superior before, superior since) for each change of superior without a pause in between."""
    return {
        (later.valid_from, earlier.answer.superior, later.answer.superior)
        for earlier, later in pairwise(lines)
        if earlier.answer.superior != later.answer.superior
        and earlier.valid_to is not None
        and earlier.valid_to + ONE_DAY == later.valid_from
    }
