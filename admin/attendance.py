"""Back office: leave and attendance."""

from admin.columns import STAMPS
from admin.views import ScopedView, Shown
from core.attendance.models import AttendanceDay, Leave
from core.organisation.models import Employee
from core.plugin_api import N_, AdminView


class LeaveView(ScopedView):
    """Who is away by right."""

    group = N_("People")
    order = ("first_day", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("kind", N_("Kind")),
        Shown("first_day", N_("First day")),
        Shown("last_day", N_("Last day")),
        Shown("decree_number", N_("Number of the decree"), is_searched=True),
        *STAMPS,
    )


class AttendanceDayView(ScopedView):
    """What is known of single days."""

    group = N_("People")
    is_counted = False
    order = ("day", True)
    columns = (
        Shown("day", N_("Day")),
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("state", N_("State")),
        Shown("late_minutes", N_("Minutes late")),
        Shown("early_minutes", N_("Minutes left early")),
        Shown("has_no_record", N_("No record at the terminal"), is_listed=False),
        Shown("missed_assembly", N_("Missed the assembly"), is_listed=False),
        Shown("source", N_("Source"), is_listed=False),
        *STAMPS,
    )


VIEWS = [
    AdminView("leave", lambda: LeaveView(Leave, N_("Leave"), "leave")),
    AdminView("attendance_day", lambda: AttendanceDayView(AttendanceDay, N_("Attendance"), "attendance_day")),
]
