"""Back office: units, positions, grades and kinds of positions."""

from admin.columns import STAMPS, VALIDITY
from admin.related import Related
from admin.views import ScopedView, Shown
from core.organisation.models import (
    Assignment,
    Delegation,
    Employee,
    Grade,
    Position,
    PositionKind,
    WorkUnit,
    WorkUnitRevision,
)
from core.planning.models import PerformancePlan
from core.plugin_api import N_, AdminView


class WorkUnitView(ScopedView):
    """Units, from the root downwards."""

    group = N_("People")
    order = ("path", False)
    columns = (
        Shown("code", N_("Code"), is_searched=True),
        Shown("name", N_("Name"), is_searched=True),
        Shown("parent", N_("Unit above"), label=WorkUnit.name),
        *VALIDITY,
        Shown("short_name", N_("Short name"), is_listed=False, is_searched=True),
        Shown("kind", N_("Kind"), is_listed=False),
        Shown("successor", N_("Merged into"), label=WorkUnit.name, is_listed=False),
        Shown("path", N_("Path"), is_listed=False),
        Shown("depth", N_("Level"), is_listed=False),
        *STAMPS,
    )
    related = (
        Related(N_("Units below"), WorkUnit, "parent", "work_unit"),
        Related(N_("Positions"), Position, "unit", "position"),
        Related(N_("Assignments"), Assignment, "unit", "assignment"),
        Related(N_("Plans"), PerformancePlan, "unit", "plan"),
        Related(N_("Earlier names and places"), WorkUnitRevision, "unit", "work_unit_revision"),
        Related(N_("Delegations"), Delegation, "unit", "delegation"),
    )


class WorkUnitRevisionView(ScopedView):
    """What units were called and where they stood."""

    group = N_("People")
    is_listed_in_menu = False
    is_counted = False
    order = ("valid_from", True)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        Shown("parent", N_("Unit above"), label=WorkUnit.name),
        *VALIDITY,
        Shown("short_name", N_("Short name"), is_listed=False),
        *STAMPS,
    )


class PositionView(ScopedView):
    """Positions."""

    group = N_("People")
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
        *STAMPS,
    )
    related = (
        Related(N_("Assignments"), Assignment, "position", "assignment"),
        Related(N_("Plans"), PerformancePlan, "position", "plan"),
    )


class GradeView(ScopedView):
    """Grades with their rank titles."""

    group = N_("Rules")
    order = ("rank_order", False)
    columns = (
        Shown("code", N_("Code"), is_searched=True),
        Shown("rank_title", N_("Rank"), is_searched=True),
        Shown("employment", N_("Status")),
        Shown("rank_order", N_("Rank order")),
        Shown("source", N_("Source"), is_listed=False),
    )
    related = (Related(N_("Employees"), Employee, "grade", "employee"),)


class PositionKindView(ScopedView):
    """Kinds and levels of positions."""

    group = N_("Rules")
    order = ("level_order", False)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("code", N_("Code"), is_searched=True),
        Shown("group", N_("Group of positions")),
        Shown("level_order", N_("Rank order")),
        Shown("source", N_("Source"), is_listed=False),
    )
    related = (Related(N_("Positions"), Position, "kind", "position"),)


VIEWS = [
    AdminView("work_unit", lambda: WorkUnitView(WorkUnit, N_("Units"), "work_unit")),
    AdminView("position", lambda: PositionView(Position, N_("Positions"), "position")),
    AdminView("grade", lambda: GradeView(Grade, N_("Grades"), "grade")),
    AdminView("position_kind", lambda: PositionKindView(PositionKind, N_("Kinds of positions"), "position_kind")),
    AdminView(
        "work_unit_revision",
        lambda: WorkUnitRevisionView(WorkUnitRevision, N_("Earlier names and places"), "work_unit_revision"),
    ),
]
