"""Leave and attendance in the world of the walk, and who is to see them."""

from datetime import date
from typing import Any

from core.attendance.models import AttendanceDay, Leave
from core.attendance.terms import AttendanceState, LeaveKind
from tests.support.calls import NOON

TODAY = NOON.date()
_PEOPLE = ("secretary", "head", "chief", "officer", "clerk", "trainee", "other_chief", "other", "deputy")


def add_attendance(rows: dict[str, Any]) -> None:
    """Add a leave and a day of everybody; of somebody without a post as well."""
    for name in _PEOPLE:
        employee = rows[f"employee.{name}"]
        rows[f"leave.{name}"] = Leave.create(
            employee=employee, kind=LeaveKind.ANNUAL, first_day=date(2026, 2, 2), last_day=date(2026, 2, 6)
        )
        rows[f"day.{name}"] = AttendanceDay.create(
            employee=employee, day=TODAY, state=AttendanceState.PRESENT, late_minutes=5
        )


def _of_employee(f: Any, who: Any, row: Any) -> bool:
    if f.is_me(who, row.employee_id) or f.supervises(who, row.employee_id):
        return True
    return any(f.reads(who, "attendance.read", unit) for unit, employee in f.members if employee == row.employee_id)


SEES_OF_ATTENDANCE: dict[Any, Any] = {Leave: _of_employee, AttendanceDay: _of_employee}
