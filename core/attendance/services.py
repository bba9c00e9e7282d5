"""Entering, correcting and taking back leave and days of attendance."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.attendance.models import AttendanceDay, Leave
from core.attendance.rules import DayValues, day_problems, leave_problems
from core.attendance.terms import AttendanceState, LeaveKind
from core.context import Context, stating
from core.database import is_sqlite
from core.errors import Problem, Refused, refuse
from core.i18n import N_
from core.organisation.models import Employee
from core.policy import fetch, require
from core.work import UnitOfWork, unit_of_work
from core.workdays.services import load_holidays


def record_leave(
    ctx: Context, *, employee_id: int, kind: LeaveKind, first_day: date, last_day: date, decree_number: str = ""
) -> Leave:
    """Enter a leave; days within it that were entered as absence without a reason become excused."""
    with unit_of_work(ctx) as work:
        employee = _of_whom(ctx, employee_id)
        values = {"kind": kind, "first_day": first_day, "last_day": last_day, "decree_number": decree_number.strip()}
        _check_leave(employee, values, None)
        leave = work.create(Leave, employee=employee.id, **values)
        _excuse(work, leave)
        return leave


def change_leave(ctx: Context, leave_id: int, version: int, changes: Mapping[str, Any]) -> Leave:
    """Correct kind, days or decree of a leave; the earlier state stays in the history."""
    with unit_of_work(ctx) as work:
        leave = fetch(Leave, leave_id, ctx, "input", "id")
        employee = _of_whom(ctx, leave.employee_id)
        names = ("kind", "first_day", "last_day", "decree_number")
        values = {name: changes.get(name, getattr(leave, name)) for name in names}
        values["decree_number"] = values["decree_number"].strip()
        _check_leave(employee, values, leave)
        work.update(leave, version, **values)
        _excuse(work, leave)
        return leave


def withdraw_leave(ctx: Context, leave_id: int, version: int, reason: str) -> int:
    """Take a leave back for a reason that the history keeps; return its id. Excused days stay excused."""
    with unit_of_work(ctx) as work:
        leave = fetch(Leave, leave_id, ctx, "input", "id")
        _of_whom(ctx, leave.employee_id)
        _delete(ctx, work, leave, version, reason)
        return leave_id


def record_day(ctx: Context, employee_id: int, values: DayValues) -> AttendanceDay:
    """Enter what is known of an employee's day; a day has one entry."""
    with unit_of_work(ctx) as work:
        employee = _of_whom(ctx, employee_id)
        if AttendanceDay.select().where(_same_day(employee.id, values.day)).exists():
            text = N_("{day} is entered already for this person. Correct that entry.")
            raise refuse("DAY_TWICE", text, "input", "day", day=values.day)
        _check_day(ctx, employee.id, values)
        return work.create(AttendanceDay, employee=employee.id, **_columns(values))


def change_day(ctx: Context, day_id: int, version: int, changes: Mapping[str, Any]) -> AttendanceDay:
    """Correct what is known of a day, but not which day of whom it is; the earlier state stays in the history."""
    with unit_of_work(ctx) as work:
        row = fetch(AttendanceDay, day_id, ctx, "input", "id")
        _of_whom(ctx, row.employee_id)
        values = DayValues(row.day, **{name: changes.get(name, getattr(row, name)) for name in CHANGEABLE})
        _check_day(ctx, row.employee_id, values)
        return work.update(row, version, **_columns(values))


def remove_day(ctx: Context, day_id: int, version: int, reason: str) -> int:
    """Take the entry of a day back for a reason that the history keeps; return its id."""
    with unit_of_work(ctx) as work:
        row = fetch(AttendanceDay, day_id, ctx, "input", "id")
        _of_whom(ctx, row.employee_id)
        _delete(ctx, work, row, version, reason)
        return day_id


CHANGEABLE = ("state", "late_minutes", "early_minutes", "has_no_record", "missed_assembly", "source")
"""What a correction of a day may change."""


def _of_whom(ctx: Context, employee_id: int) -> Employee:
    """Return the employee whom the caller keeps, held still: overlaps are judged over several rows."""
    employee = fetch(Employee, employee_id, ctx, "input", "employeeId")
    require(ctx, "attendance.keep", employee, "input", "employeeId")
    if not is_sqlite():
        Employee.select(Employee.id).where(Employee.id == employee.id).for_update().execute()
    return employee


def _check_leave(employee: Employee, values: Mapping[str, Any], leave: Leave | None) -> None:
    first, last = values["first_day"], values["last_day"]
    problems = leave_problems(**values, holidays=load_holidays(first, last))
    if not problems:
        others = (Leave.employee == employee.id) & (Leave.first_day <= last) & (Leave.last_day >= first)
        for other in Leave.select().where(others).order_by(Leave.first_day):
            if other != leave:
                text = N_(
                    "A leave from {first} to {last} is entered already. Choose other days, or correct that leave."
                )
                params = {"first": other.first_day, "last": other.last_day}
                problems.append(Problem("LEAVE_OVERLAPS", text, ("firstDay",), params))
    if problems:
        raise Refused([problem.under("input") for problem in problems])


def _excuse(work: UnitOfWork, leave: Leave) -> None:
    absences = AttendanceDay.select().where(
        (AttendanceDay.employee == leave.employee_id)
        & AttendanceDay.day.between(leave.first_day, leave.last_day)
        & (AttendanceDay.state == AttendanceState.UNEXCUSED)
    )
    for absence in list(absences):
        work.update(absence, state=AttendanceState.EXCUSED)


def _check_day(ctx: Context, employee_id: int, values: DayValues) -> None:
    on_day = (Leave.employee == employee_id) & (Leave.first_day <= values.day) & (Leave.last_day >= values.day)
    is_on_leave = Leave.select().where(on_day).exists()
    problems = day_problems(values, ctx.today, load_holidays(values.day, values.day), is_on_leave=is_on_leave)
    if problems:
        raise Refused([problem.under("input") for problem in problems])


def _same_day(employee_id: int, day: date) -> Any:
    return (AttendanceDay.employee == employee_id) & (AttendanceDay.day == day)


def _columns(values: DayValues) -> dict[str, Any]:
    return {"day": values.day, **{name: getattr(values, name) for name in CHANGEABLE}, "source": values.source.strip()}


def _delete(ctx: Context, work: UnitOfWork, row: Leave | AttendanceDay, version: int, reason: str) -> None:
    if not reason.strip():
        text = N_("No reason is given. Say why this is taken back; the history keeps it.")
        raise refuse("REASON_MISSING", text, "input", "reason")
    with stating(ctx, reason):
        work.update(row, version)
        work.delete(row)
