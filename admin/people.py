"""Back office: employees, what they hold, and who supervises whom."""

from admin.columns import STAMPS, VALIDITY
from admin.related import Related
from admin.show import term
from admin.views import ScopedView, Shown
from core.appraisal.models import CreditPoints, Evaluation, Objection
from core.attendance.models import AttendanceDay, Leave
from core.organisation.models import (
    Assignment,
    Delegation,
    Employee,
    EmployeeIdentifier,
    Grade,
    Position,
    ReportingLine,
    WorkUnit,
)
from core.organisation.rules.numbers import format_number
from core.planning.models import PerformancePlan
from core.plugin_api import N_, AdminView
from core.progress.models import Feedback


class EmployeeView(ScopedView):
    """Employees, with numbers and addresses only for whoever may read them."""

    group = N_("People")
    order = ("name", False)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("nip", N_("NIP"), is_searched=True, write=format_number),
        Shown("status", N_("Status")),
        Shown("state", N_("State")),
        Shown("grade", N_("Grade"), label=Grade.code),
        Shown("front_title", N_("Title before the name"), is_listed=False),
        Shown("back_title", N_("Title after the name"), is_listed=False),
        Shown("sex", N_("Sex"), is_listed=False),
        Shown("birth_date", N_("Date of birth"), is_listed=False),
        Shown("email", N_("E-mail"), is_listed=False),
        Shown("phone", N_("Telephone"), is_listed=False),
        Shown("joined_on", N_("Joined on"), is_listed=False),
        Shown("left_on", N_("Left on"), is_listed=False),
        *STAMPS,
    )
    related = (
        Related(N_("Assignments"), Assignment, "employee", "assignment"),
        Related(N_("Plans"), PerformancePlan, "employee", "plan"),
        Related(N_("Evaluations"), Evaluation, "employee", "evaluation"),
        Related(N_("Credit points"), CreditPoints, "employee", "credit_points"),
        Related(N_("Objections"), Objection, "employee", "objection"),
        Related(N_("Feedback"), Feedback, "employee", "feedback"),
        Related(N_("Delegations"), Delegation, "delegator", "delegation"),
        Related(N_("Leave"), Leave, "employee", "leave"),
        Related(N_("Attendance"), AttendanceDay, "employee", "attendance_day"),
        Related(N_("Reporting lines"), ReportingLine, "employee", "reporting_line"),
        Related(N_("Numbers"), EmployeeIdentifier, "employee", "employee_identifier"),
    )


class EmployeeIdentifierView(ScopedView):
    """Numbers that employees carry or carried."""

    group = N_("People")
    is_listed_in_menu = False
    is_counted = False
    columns = (
        Shown("number", N_("Number"), is_searched=True),
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("kind", N_("Kind"), write=term),
        *VALIDITY,
        *STAMPS,
    )


class AssignmentView(ScopedView):
    """Who holds which position from when to when."""

    group = N_("People")
    order = ("valid_from", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("position", N_("Position"), label=Position.title, is_searched=True),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        Shown("kind", N_("Kind")),
        Shown("is_primary", N_("Primary post")),
        *VALIDITY,
        Shown("decree_number", N_("Number of the decree"), is_listed=False, is_searched=True),
        Shown("named_superior", N_("Named superior"), label=Employee.name, is_listed=False),
        *STAMPS,
    )


class DelegationView(ScopedView):
    """Who supervises in whose place."""

    group = N_("People")
    order = ("valid_from", True)
    columns = (
        Shown("delegator", N_("Delegated by"), label=Employee.name, is_searched=True),
        Shown("delegate", N_("Delegated to"), label=Employee.name, is_searched=True),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        *VALIDITY,
        Shown("decree_number", N_("Number of the decree"), is_listed=False, is_searched=True),
        *STAMPS,
    )


class ReportingLineView(ScopedView):
    """Who supervises whom, as it follows from units, assignments and delegations."""

    group = N_("People")
    is_counted = False
    order = ("valid_from", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("superior", N_("Direct superior"), label=Employee.name, is_searched=True),
        Shown("basis", N_("Why this superior")),
        Shown("gap", N_("Why nobody")),
        *VALIDITY,
    )


VIEWS = [
    AdminView("employee", lambda: EmployeeView(Employee, N_("Employees"), "employee")),
    AdminView("assignment", lambda: AssignmentView(Assignment, N_("Assignments"), "assignment")),
    AdminView("delegation", lambda: DelegationView(Delegation, N_("Delegations"), "delegation")),
    AdminView("reporting_line", lambda: ReportingLineView(ReportingLine, N_("Reporting lines"), "reporting_line")),
    AdminView(
        "employee_identifier",
        lambda: EmployeeIdentifierView(EmployeeIdentifier, N_("Numbers"), "employee_identifier"),
    ),
]
