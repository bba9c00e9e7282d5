"""What others ask of leave and attendance; each answer is one statement, however many people it is about."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.attendance.models import AttendanceDay, Leave
from core.attendance.terms import AttendanceState, LeaveKind
from core.policy import as_condition
from core.workdays.rules import working_days_between
from core.workdays.services import load_holidays


def leaves(employee_ids: Sequence[int] | None, first: date, last: date, *kinds: LeaveKind) -> list[Leave]:
    """Return the leaves that overlap the days from `first` to `last`, by employee and day.

    `employee_ids` None asks for everybody, no `kinds` for every kind.
    """
    query = Leave.select().where(_overlaps(Leave, first, last, kinds) & _of(Leave.employee, employee_ids))
    return list(query.order_by(Leave.employee, Leave.first_day))


def on_leave(first: date, last: date, *kinds: LeaveKind) -> Any:
    """Return the query of the ids of employees with a leave (of `kinds`, or any) in the days `first` to `last`."""
    leave = Leave.alias()
    return leave.select(leave.employee).where(_overlaps(leave, first, last, kinds))


def unexcused_days(employee_ids: Sequence[int] | None, first: date, last: date) -> dict[int, list[date]]:
    """Return by employee the days from `first` to `last` without a valid reason, sorted; people with none are out."""
    days: Any = AttendanceDay.select(AttendanceDay.employee, AttendanceDay.day).where(
        (AttendanceDay.state == AttendanceState.UNEXCUSED)
        & AttendanceDay.day.between(first, last)
        & _of(AttendanceDay.employee, employee_ids)
    )
    found: dict[int, list[date]] = {}
    for employee_id, day in days.order_by(AttendanceDay.employee, AttendanceDay.day).tuples():
        found.setdefault(employee_id, []).append(day)
    return found


def attendance_days(employee_id: int, first: date, last: date) -> list[AttendanceDay]:
    """Return what is known of an employee's days from `first` to `last`, by day."""
    query = AttendanceDay.select().where(
        (AttendanceDay.employee == employee_id) & AttendanceDay.day.between(first, last)
    )
    return list(query.order_by(AttendanceDay.day))


def _overlaps(leave: Any, first: date, last: date, kinds: Sequence[LeaveKind]) -> Any:
    rows = (leave.first_day <= last) & (leave.last_day >= first)
    return rows & leave.kind.in_(kinds) if kinds else rows


def _of(column: Any, employee_ids: Sequence[int] | None) -> Any:
    return as_condition(True) if employee_ids is None else column.in_(list(employee_ids))


def working_days_of(rows: Sequence[Leave]) -> list[int]:
    """Return how many working days each leave takes, by the calendar of holidays; one statement for all."""
    if not rows:
        return []
    holidays = load_holidays(min(row.first_day for row in rows), max(row.last_day for row in rows))
    return [working_days_between(row.first_day, row.last_day, holidays) for row in rows]
