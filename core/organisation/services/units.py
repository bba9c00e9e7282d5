"""Units: created, renamed, moved, merged and closed, each from a day on.

The row says how the unit stands today and revisions how it stood when; so a rename, move, merger or closing is entered
on its day or later, never ahead.
"""

from datetime import date
from typing import Any, TypedDict

import peewee as pw

from core.context import Context
from core.errors import Problem, refuse
from core.i18n import N_
from core.organisation.events import UNIT_MERGED
from core.organisation.models import Assignment, Delegation, Position, WorkUnit, WorkUnitRevision
from core.organisation.services.changing import (
    ONE_DAY,
    check_days,
    check_period,
    check_values,
    organisation_change,
    refuse_all,
    rows_of,
    stripped,
)
from core.organisation.services.moves import announce_move
from core.organisation.services.reporting import lines_may_change, people_below
from core.policy import below, fetch, require
from core.work import UnitOfWork, reserve_id

DEEPEST = 20
"""How many levels a path of 8-digit ids has room for."""


class UnitChanges(TypedDict, total=False):
    """What about a unit is not dated."""

    code: str
    kind: str


def create_unit(
    ctx: Context,
    *,
    code: str,
    name: str,
    valid_from: date,
    parent_id: int | None = None,
    short_name: str = "",
    kind: str = "",
    valid_to: date | None = None,
) -> WorkUnit:
    """Create a unit under another, or a root, which takes the right over the whole institution."""
    texts = stripped({"code": code, "name": name, "short_name": short_name, "kind": kind})
    with organisation_change(ctx) as work:
        parent = fetch(WorkUnit, parent_id, ctx, "input", "parentId") if parent_id is not None else None
        require(ctx, "organisation.create_unit", parent, "input", "parentId")
        problems = check_values(WorkUnit, texts, required=("code", "name")) + check_period(valid_from, valid_to)
        problems += _code_problems(texts["code"], None)
        if parent is not None:
            problems += _parent_problems(parent, valid_from, valid_to)
        refuse_all(problems)
        key = reserve_id(WorkUnit)
        unit = work.create(
            WorkUnit,
            id=key,
            **texts,
            parent=parent,
            path=_path(parent, key),
            depth=parent.depth + 1 if parent else 0,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        _open_revision(work, unit, valid_from, valid_to)
        return unit


def update_unit(ctx: Context, unit_id: int, version: int | None, changes: UnitChanges) -> WorkUnit:
    """Correct what is not dated: code and kind."""
    values = stripped(changes)
    with organisation_change(ctx) as work:
        unit = fetch(WorkUnit, unit_id, ctx, "input", "id")
        require(ctx, "organisation.update_unit", unit, "input", "id")
        problems = check_values(WorkUnit, values, required=("code",))
        if "code" in values:
            problems += _code_problems(values["code"], unit.id)
        refuse_all(problems)
        return work.update(unit, version, **values)


def rename_unit(
    ctx: Context, unit_id: int, version: int | None, *, name: str, valid_from: date, short_name: str | None = None
) -> WorkUnit:
    """Give a unit another name from a day on; the earlier name stays with the days before."""
    values = stripped({"name": name} if short_name is None else {"name": name, "short_name": short_name})
    with organisation_change(ctx) as work:
        unit = fetch(WorkUnit, unit_id, ctx, "input", "id")
        require(ctx, "organisation.update_unit", unit, "input", "id")
        problems = check_values(WorkUnit, values, required=("name",)) + check_days(valid_from=valid_from)
        refuse_all(problems + _day_problems(ctx, unit, valid_from))
        work.update(unit, version, **values)
        _revise(work, unit, valid_from)
        return unit


def move_unit(ctx: Context, unit_id: int, version: int | None, *, parent_id: int | None, valid_from: date) -> WorkUnit:
    """Put a unit with all below it under another unit (None: to the top) from a day on."""
    with organisation_change(ctx) as work:
        unit = fetch(WorkUnit, unit_id, ctx, "input", "id")
        require(ctx, "organisation.move_unit", unit, "input", "id")
        parent = fetch(WorkUnit, parent_id, ctx, "input", "parentId") if parent_id is not None else None
        require(ctx, "organisation.create_unit", parent, "input", "parentId")
        problems = check_days(valid_from=valid_from) + _day_problems(ctx, unit, valid_from)
        if parent is not None:
            problems += _parent_problems(parent, valid_from, unit.valid_to)
            problems += _ring_problems(unit, parent, valid_from, "parentId")
            problems += _depth_problems(unit, parent)
        refuse_all(problems)
        _move(work, unit, parent, version, valid_from)
        return unit


def merge_unit(ctx: Context, unit_id: int, version: int | None, *, successor_id: int, valid_from: date) -> WorkUnit:
    """Let a unit go into its successor from a day on: units below, positions and people move there, and it is closed.

    A head keeps title and assignment in a new position there that heads nothing. Delegations for the unit end.
    """
    with organisation_change(ctx) as work:
        unit = fetch(WorkUnit, unit_id, ctx, "input", "id")
        require(ctx, "organisation.merge_unit", unit, "input", "id")
        successor = fetch(WorkUnit, successor_id, ctx, "input", "successorId")
        require(ctx, "organisation.update_unit", successor, "input", "successorId")
        children: list[WorkUnit] = list(_children_from(unit, valid_from))
        problems = check_days(valid_from=valid_from) + _day_problems(ctx, unit, valid_from)
        problems += _ring_problems(unit, successor, valid_from, "successorId")
        problems += _validity_problems(successor, valid_from, None, "successorId")
        if valid_from == _last_revision(unit).valid_from:
            # The unit must keep a day of its own after its last change, or a revision would end before it begins.
            problems.append(_too_early(valid_from + ONE_DAY))
        for child in children:
            problems += _day_problems(ctx, child, valid_from) + _depth_problems(child, successor)
        refuse_all(problems)
        for child in children:
            _move(work, child, successor, None, valid_from)
        lines_may_change(work, people_below([unit.id, successor.id]))
        _move_posts(work, unit, successor, valid_from)
        _close(work, unit, version, valid_from - ONE_DAY, successor)
        work.emit(UNIT_MERGED, {"unit_id": unit.id, "successor_id": successor.id, "on": valid_from})
        return unit


def close_unit(ctx: Context, unit_id: int, version: int | None, *, last_day: date) -> WorkUnit:
    """End a unit that holds nobody and nothing after its last day."""
    with organisation_change(ctx) as work:
        unit = fetch(WorkUnit, unit_id, ctx, "input", "id")
        require(ctx, "organisation.close_unit", unit, "input", "id")
        problems = check_days(last_day=last_day) + _day_problems(ctx, unit, last_day, "lastDay")
        refuse_all(problems)
        people = Assignment.select(Assignment.employee).distinct().where(_after(Assignment, last_day, unit)).count()
        positions = Position.select().where(_after(Position, last_day, unit)).count()
        children = _children_from(unit, last_day + ONE_DAY).count()
        if people or positions or children:
            text = N_(
                "After {day} this unit still has {people} people, {positions} positions and {children} units below it. "
                "End or move them, or merge the unit into a successor."
            )
            params = {"day": last_day, "people": people, "positions": positions, "children": children}
            raise refuse("UNIT_NOT_EMPTY", text, "input", "lastDay", **params)
        _close(work, unit, version, last_day, None)
        return unit


def _close(work: UnitOfWork, unit: WorkUnit, version: int | None, last_day: date, successor: WorkUnit | None) -> None:
    work.update(unit, version, valid_to=last_day, successor=successor)
    work.update(_last_revision(unit), valid_to=last_day)
    for delegation in Delegation.select().where(
        (Delegation.unit == unit) & (Delegation.valid_to.is_null() | (Delegation.valid_to > last_day))
    ):
        if delegation.valid_from > last_day:
            work.delete(delegation)
        else:
            work.update(delegation, valid_to=last_day)


def _move(work: UnitOfWork, unit: WorkUnit, parent: WorkUnit | None, version: int | None, valid_from: date) -> None:
    lines_may_change(work, people_below([unit.id]))
    old_path, old_depth = unit.path, unit.depth
    new_path = _path(parent, unit.id)
    new_depth = parent.depth + 1 if parent else 0
    work.update(unit, version, parent=parent, path=new_path, depth=new_depth)
    # Paths below follow from this one change; history records what was decided and not what follows.
    inside = below(WorkUnit.path, [old_path]) & (WorkUnit.id != unit.id)
    WorkUnit.update(
        path=pw.Value(new_path).concat(pw.fn.SUBSTR(WorkUnit.path, len(old_path) + 1)),
        depth=WorkUnit.depth + (new_depth - old_depth),
    ).where(inside).execute()
    _revise(work, unit, valid_from)


def _move_posts(work: UnitOfWork, unit: WorkUnit, successor: WorkUnit, valid_from: date) -> None:
    last_day = valid_from - ONE_DAY
    heading: dict[int, Position] = {}
    for position in list(Position.select().where(_after(Position, last_day, unit))):
        if position.is_head and position.valid_from <= last_day:
            heading[position.id] = _follow_up(work, position, successor, valid_from)
        else:
            work.update(position, unit=successor, is_head=False)
    for assignment in list(Assignment.select().where(_after(Assignment, last_day, unit))):
        target = heading.get(assignment.position_id, assignment.position)
        _move_assignment(work, assignment, target, successor, valid_from)


def _follow_up(work: UnitOfWork, position: Position, unit: WorkUnit, valid_from: date) -> Position:
    """End a head's position and return its like in `unit`.

    Whether a position heads its unit is not dated, so the old one must stay with the days on which it did.
    """
    like = work.create(
        Position,
        code=_free_code(f"{position.code}-{unit.code}"),
        title=position.title,
        kind=position.kind_id,
        unit=unit,
        job_class=position.job_class,
        echelon=position.echelon,
        valid_from=valid_from,
        valid_to=position.valid_to,
    )
    work.update(position, valid_to=valid_from - ONE_DAY)
    return like


def _move_assignment(
    work: UnitOfWork, assignment: Assignment, position: Position, unit: WorkUnit, valid_from: date
) -> None:
    if assignment.valid_from >= valid_from:
        work.update(assignment, position=position, unit=unit)
        return
    last = assignment.valid_to
    work.update(assignment, valid_to=valid_from - ONE_DAY)
    follower = work.create(
        Assignment,
        employee=assignment.employee_id,
        position=position,
        unit=unit,
        kind=assignment.kind,
        is_primary=assignment.is_primary,
        named_superior=assignment.named_superior_id,
        decree_number=assignment.decree_number,
        valid_from=valid_from,
        valid_to=last,
    )
    if follower.is_primary:
        announce_move(work, assignment, follower)


def _after(table: type[Assignment] | type[Position], last_day: date, unit: WorkUnit) -> pw.Expression:
    return (table.unit == unit) & (table.valid_to.is_null() | (table.valid_to > last_day))


def _children_from(unit: WorkUnit, day: date) -> Any:
    is_open = WorkUnit.valid_to.is_null() | (WorkUnit.valid_to >= day)
    return WorkUnit.select().where((WorkUnit.parent == unit) & is_open)


def _path(parent: WorkUnit | None, key: int) -> str:
    return f"{parent.path if parent else ''}{key:08d}"


def _free_code(code: str) -> str:
    """Return the code, shortened and numbered where another position has it."""
    candidate, number = code[:64], 1
    while Position.select().where(Position.code == candidate).exists():
        number += 1
        candidate = f"{code[: 63 - len(str(number))]}-{number}"
    return candidate


def _last_revision(unit: WorkUnit) -> WorkUnitRevision:
    return (
        WorkUnitRevision.select()
        .where(WorkUnitRevision.unit == unit)
        .order_by(WorkUnitRevision.valid_from.desc())
        .get()
    )


def _open_revision(work: UnitOfWork, unit: WorkUnit, valid_from: date, valid_to: date | None) -> None:
    work.create(
        WorkUnitRevision,
        unit=unit,
        name=unit.name,
        short_name=unit.short_name,
        parent=unit.parent_id,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _revise(work: UnitOfWork, unit: WorkUnit, valid_from: date) -> None:
    """Let the unit's present name and place hold from a day on, in place where the last revision begins that day."""
    last = _last_revision(unit)
    if last.valid_from == valid_from:
        work.update(last, name=unit.name, short_name=unit.short_name, parent=unit.parent_id)
        return
    valid_to = last.valid_to
    work.update(last, valid_to=valid_from - ONE_DAY)
    _open_revision(work, unit, valid_from, valid_to)


def _code_problems(code: str, own_id: int | None) -> list[Problem]:
    taken = WorkUnit.get_or_none((WorkUnit.code == code) & (WorkUnit.id != (own_id or 0)))
    if taken is None:
        return []
    text = N_("The unit “{name}” has the code {code} already. Choose another code, or change that unit.")
    return [Problem("UNIT_CODE_TAKEN", text, ("input", "code"), {"name": taken.name, "code": code})]


def _parent_problems(parent: WorkUnit, valid_from: date, valid_to: date | None) -> list[Problem]:
    problems = _validity_problems(parent, valid_from, valid_to, "parentId")
    if parent.depth + 1 >= DEEPEST:
        problems.append(_too_deep())
    return problems


def _validity_problems(unit: WorkUnit, valid_from: date, valid_to: date | None, place: str) -> list[Problem]:
    """Refuse a period that the other unit does not span."""
    ends_before = unit.valid_to is not None and (valid_to is None or valid_to > unit.valid_to)
    if unit.valid_from <= valid_from and not ends_before:
        return []
    text = N_("The unit “{name}” exists from {first} to {last} only. Choose another unit or days within that.")
    params = {"name": unit.name, "first": unit.valid_from, "last": unit.valid_to or "…"}
    return [Problem("OUTSIDE_UNIT", text, ("input", place), params)]


def _ring_problems(unit: WorkUnit, above: WorkUnit, valid_from: date, place: str) -> list[Problem]:
    """Refuse when `above` is the unit itself or lies below it on any day from `valid_from` on."""
    parents: dict[int, set[int]] = {}
    rows = WorkUnitRevision.select(WorkUnitRevision.unit, WorkUnitRevision.parent).where(
        WorkUnitRevision.parent.is_null(False)
        & (WorkUnitRevision.valid_to.is_null() | (WorkUnitRevision.valid_to >= valid_from))
    )
    for child, parent in rows_of(rows):
        parents.setdefault(child, set()).add(parent)
    seen: set[int] = set()
    waiting = [above.id]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting.extend(parents.get(current, ()))
    if unit.id not in seen:
        return []
    text = N_("“{above}” lies below “{unit}” or is the same. Choose a unit outside it, or move that one out first.")
    return [Problem("UNIT_CYCLE", text, ("input", place), {"above": above.name, "unit": unit.name})]


def _depth_problems(unit: WorkUnit, parent: WorkUnit) -> list[Problem]:
    deepest = WorkUnit.select(pw.fn.MAX(WorkUnit.depth)).where(below(WorkUnit.path, [unit.path])).scalar()
    return [_too_deep()] if parent.depth + 1 + deepest - unit.depth >= DEEPEST else []


def _too_deep() -> Problem:
    text = N_("The tree of units has room for {deepest} levels. Choose a higher unit.")
    return Problem("UNIT_TOO_DEEP", text, ("input", "parentId"), {"deepest": DEEPEST})


def _day_problems(ctx: Context, unit: WorkUnit, day: date, place: str = "validFrom") -> list[Problem]:
    """Refuse a change ahead of its day, of a closed unit, or before the last change."""
    if day > ctx.today:
        text = N_("{day} is still to come. Enter this on {day} or later.")
        return [Problem("DATE_IN_FUTURE", text, ("input", place), {"day": day})]
    if unit.valid_to is not None and unit.valid_to < day:
        text = N_("The unit “{name}” was closed on {day}. Choose a unit that is open.")
        return [Problem("UNIT_CLOSED", text, ("input", "id"), {"name": unit.name, "day": unit.valid_to})]
    last = _last_revision(unit).valid_from
    return [_too_early(last, place)] if day < last else []


def _too_early(earliest: date, place: str = "validFrom") -> Problem:
    text = N_("The unit was created or changed later than that. Give a day from {earliest} on.")
    return Problem("DATE_TOO_EARLY", text, ("input", place), {"earliest": earliest})
