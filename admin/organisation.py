"""Back office: employees, units and positions."""

from admin.views import ScopedView, Shown
from core.organisation.models import Employee, Grade, Position, PositionKind, WorkUnit
from core.organisation.rules.numbers import format_number
from core.plugin_api import N_, AdminView


class EmployeeView(ScopedView):
    """Employees, with numbers and addresses only for whoever may read them."""

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
    )


class WorkUnitView(ScopedView):
    """Units, from the root downwards."""

    order = ("path", False)
    columns = (
        Shown("code", N_("Code"), is_searched=True),
        Shown("name", N_("Name"), is_searched=True),
        Shown("parent", N_("Unit above"), label=WorkUnit.name),
        Shown("valid_from", N_("From")),
        Shown("valid_to", N_("Until")),
        Shown("short_name", N_("Short name"), is_listed=False),
        Shown("kind", N_("Kind"), is_listed=False),
        Shown("path", N_("Path"), is_listed=False),
    )


class PositionView(ScopedView):
    """Positions."""

    order = ("title", False)
    columns = (
        Shown("title", N_("Position"), is_searched=True),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        Shown("kind", N_("Kind"), label=PositionKind.name),
        Shown("is_head", N_("Heads the unit")),
        Shown("job_class", N_("Job class")),
        Shown("code", N_("Code"), is_listed=False, is_searched=True),
        Shown("echelon", N_("Echelon"), is_listed=False),
        Shown("valid_from", N_("From"), is_listed=False),
        Shown("valid_to", N_("Until"), is_listed=False),
    )


VIEWS = [
    AdminView("employee", lambda: EmployeeView(Employee, N_("Employees"), "employee")),
    AdminView("work_unit", lambda: WorkUnitView(WorkUnit, N_("Units"), "work_unit")),
    AdminView("position", lambda: PositionView(Position, N_("Positions"), "position")),
]
