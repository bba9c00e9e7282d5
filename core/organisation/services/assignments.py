"""Assignments: who holds which position from when to when, for good or acting."""

from datetime import date
from typing import Any

from core.context import Context
from core.errors import Problem, refuse
from core.i18n import N_
from core.organisation.models import Assignment, Delegation, Employee, Position, WorkUnit
from core.organisation.services.changing import (
    ONE_DAY,
    check_days,
    check_period,
    check_values,
    organisation_change,
    overlaps,
    refuse_all,
)
from core.organisation.services.moves import announce_move
from core.organisation.services.reporting import lines_below_may_change, lines_may_change
from core.organisation.terms import AssignmentKind
from core.policy import fetch, require
from core.work import UnitOfWork


def assign(
    ctx: Context,
    *,
    employee_id: int,
    position_id: int,
    valid_from: date,
    valid_to: date | None = None,
    kind: AssignmentKind = AssignmentKind.DEFINITIVE,
    is_primary: bool | None = None,
    named_superior_id: int | None = None,
    decree_number: str = "",
    ends_previous: bool = False,
) -> Assignment:
    """Let an employee hold a position; `ends_previous` ends the present primary assignment the day before (a move).

    A definitive assignment is primary and an acting one is not, unless `is_primary` says otherwise.
    """
    with organisation_change(ctx) as work:
        employee = fetch(Employee, employee_id, ctx, "input", "employeeId")
        position = fetch(Position, position_id, ctx, "input", "positionId")
        require(ctx, "organisation.assign", position.unit, "input", "positionId")
        require(ctx, "organisation.update_employee", employee, "input", "employeeId")
        if named_superior_id is not None:
            fetch(Employee, named_superior_id, ctx, "input", "namedSuperiorId")
        return place(
            work,
            Assignment(
                employee=employee,
                position=position,
                unit=position.unit,
                kind=kind,
                is_primary=kind is AssignmentKind.DEFINITIVE if is_primary is None else is_primary,
                named_superior=named_superior_id,
                decree_number=decree_number.strip(),
                valid_from=valid_from,
                valid_to=valid_to,
            ),
            ends_previous=ends_previous,
        )


def place(work: UnitOfWork, wanted: Assignment, *, ends_previous: bool = False) -> Assignment:
    """Check and write an assignment for which the right has been asked."""
    previous = None
    if ends_previous and not check_period(wanted.valid_from, wanted.valid_to):
        previous = _previous_primary(wanted)
    refuse_all(placing_problems(wanted, previous))
    if previous is not None:
        work.update(previous, valid_to=wanted.valid_from - ONE_DAY)
        concerns(work, previous)
    earlier = previous or _just_before(wanted)
    values = {name: value for name, value in wanted.__data__.items() if name in _VALUES}
    made = work.create(Assignment, **values)
    concerns(work, made)
    if made.is_primary and earlier is not None:
        announce_move(work, earlier, made)
    return made


def placing_problems(wanted: Assignment, ignored: Assignment | None) -> list[Problem]:
    """Return what stands against an assignment beside all others but `ignored`."""
    problems = check_values(Assignment, {"decree_number": wanted.decree_number}, required=())
    period_problems = check_period(wanted.valid_from, wanted.valid_to)
    problems += period_problems
    if wanted.named_superior_id is not None and wanted.named_superior_id == wanted.employee_id:
        text = N_("Nobody is their own superior. Name somebody else, or nobody.")
        problems.append(Problem("SUPERIOR_IS_SELF", text, ("input", "namedSuperiorId")))
    if not period_problems:
        problems += _validity_problems(wanted)
        problems += _overlap_problems(wanted, ignored)
    return problems


_VALUES = frozenset(
    {
        "employee",
        "position",
        "unit",
        "kind",
        "is_primary",
        "named_superior",
        "decree_number",
        "valid_from",
        "valid_to",
    }
)


def end_assignment(ctx: Context, assignment_id: int, version: int | None, *, last_day: date) -> Assignment:
    """Let an assignment end with `last_day`, which may still be to come."""
    with organisation_change(ctx) as work:
        assignment = fetch(Assignment, assignment_id, ctx, "input", "id")
        require(ctx, "organisation.end_assignment", assignment, "input", "id")
        refuse_all(check_days(last_day=last_day) + end_problems(assignment, last_day))
        work.update(assignment, version, valid_to=last_day)
        concerns(work, assignment)
        return assignment


def end_problems(row: Assignment | Position | Delegation, last_day: date) -> list[Problem]:
    """Refuse a last day before the first one, or one after the end that is already known."""
    if last_day < row.valid_from:
        text = N_("This begins on {first}. Give a last day from then on.")
        return [Problem("PERIOD_REVERSED", text, ("input", "lastDay"), {"first": row.valid_from})]
    if row.valid_to is not None and last_day > row.valid_to:
        text = N_("This ends on {last} already. Give an earlier day, or enter the time after that anew.")
        return [Problem("ENDED_ALREADY", text, ("input", "lastDay"), {"last": row.valid_to})]
    return []


def concerns(work: UnitOfWork, assignment: Assignment) -> None:
    """Say whose lines follow from an assignment: the employee's, and for a head everybody's below."""
    lines_may_change(work, [assignment.employee_id])
    if assignment.position.is_head:
        lines_below_may_change(work, [assignment.unit_id])


def _previous_primary(wanted: Assignment) -> Assignment | None:
    """Return the primary assignment that holds just before and would go on into the new one."""
    going_on = (Assignment.valid_from < wanted.valid_from) & (
        Assignment.valid_to.is_null() | (Assignment.valid_to >= wanted.valid_from)
    )
    return _primary(wanted, going_on) if wanted.is_primary else None


def _just_before(wanted: Assignment) -> Assignment | None:
    """Return the primary assignment that ended the day before."""
    return _primary(wanted, Assignment.valid_to == wanted.valid_from - ONE_DAY)


def _primary(wanted: Assignment, condition: Any) -> Assignment | None:
    found: Assignment | None = (
        Assignment.select()
        .where((Assignment.employee == wanted.employee_id) & Assignment.is_primary & condition)
        .first()
    )
    return found


def _validity_problems(wanted: Assignment) -> list[Problem]:
    problems = []
    for row, place_name, code, text in (
        (
            wanted.position,
            "positionId",
            "OUTSIDE_POSITION",
            N_("The position exists from {first} to {last} only. Choose another position or days within that."),
        ),
        (
            wanted.unit,
            "positionId",
            "OUTSIDE_UNIT",
            N_("The unit of the position exists from {first} to {last} only. Choose days within that."),
        ),
    ):
        if not _spans(row, wanted):
            params = {"first": row.valid_from, "last": row.valid_to or "…"}
            problems.append(Problem(code, text, ("input", place_name), params))
    left_on = wanted.employee.left_on
    if left_on is not None and (wanted.valid_to is None or wanted.valid_to > left_on):
        text = N_("The employee left on {day}. Give a last day until then, or correct the day of leaving.")
        problems.append(Problem("EMPLOYEE_LEFT", text, ("input", "validTo"), {"day": left_on}))
    return problems


def _spans(row: Position | WorkUnit, wanted: Assignment) -> bool:
    if wanted.valid_from < row.valid_from:
        return False
    return row.valid_to is None or (wanted.valid_to is not None and wanted.valid_to <= row.valid_to)


def _overlap_problems(wanted: Assignment, ignored: Assignment | None) -> list[Problem]:
    problems = []
    same_days = overlaps(Assignment, wanted.valid_from, wanted.valid_to) & (
        Assignment.id != (ignored.id if ignored else 0)
    )
    own = Assignment.select().where((Assignment.employee == wanted.employee_id) & same_days)
    twice = own.where(Assignment.position == wanted.position_id).first()
    if twice is not None:
        text = N_("The employee holds this position from {first} to {last} already. Choose other days.")
        problems.append(_overlap("ASSIGNMENT_TWICE", text, "positionId", twice))
    elif wanted.is_primary and (primary := own.where(Assignment.is_primary).first()) is not None:
        text = N_(
            "The employee has the primary assignment “{title}” from {first} to {last}. End it before {day}, let this "
            "one end it (endsPrevious), or enter this one as not primary."
        )
        problems.append(_overlap("PRIMARY_OVERLAPS", text, "validFrom", primary, day=wanted.valid_from))
    if wanted.position.is_head and wanted.kind is AssignmentKind.DEFINITIVE:
        heads = (
            Assignment.select()
            .join(Position)
            .where(
                (Assignment.unit == wanted.unit_id)
                & (Assignment.kind == AssignmentKind.DEFINITIVE)
                & (Assignment.employee != wanted.employee_id)
                & Position.is_head
                & same_days
            )
        )
        head = heads.first()
        if head is not None:
            text = N_(
                "{name} heads this unit from {first} to {last}. End that assignment before {day}, or enter this one as "
                "acting (PLT, PLH)."
            )
            problems.append(
                _overlap("UNIT_HAS_HEAD", text, "positionId", head, name=head.employee.name, day=wanted.valid_from)
            )
    return problems


def _overlap(code: str, text: str, place_name: str, row: Assignment, **params: object) -> Problem:
    known = {"first": row.valid_from, "last": row.valid_to or "…", "title": row.position.title}
    return Problem(code, text, ("input", place_name), {**known, **params})


def withdraw_assignment(ctx: Context, assignment_id: int, version: int | None) -> None:
    """Take back an assignment that has not begun; one that has begun is ended instead."""
    with organisation_change(ctx) as work:
        assignment = fetch(Assignment, assignment_id, ctx, "input", "id")
        require(ctx, "organisation.end_assignment", assignment, "input", "id")
        if assignment.valid_from <= ctx.today:
            raise refuse(
                "ASSIGNMENT_BEGUN",
                N_("This assignment began on {first}. End it with its last day instead."),
                "input",
                "id",
                first=assignment.valid_from,
            )
        work.update(assignment, version)
        concerns(work, assignment)
        work.delete(assignment)
