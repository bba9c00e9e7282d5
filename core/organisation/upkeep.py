"""What keeps reporting lines sound between changes: a question of `kinerja doctor` and a job by night."""

from collections.abc import Sequence

from core.context import Context
from core.contributions import Check, Job
from core.errors import Problem
from core.i18n import N_
from core.organisation.models import Employee
from core.organisation.services.reporting import differing_lines, rebuild_lines

_NAMED = 5


def lines_are_sound(_ctx: Context) -> Sequence[Problem]:
    """Tell whose stored superiors are not those that follow from assignments, heads and delegations."""
    found = differing_lines()
    if not found:
        return []
    first = Employee.select(Employee.name).where(Employee.id.in_([row.employee_id for row in found[:_NAMED]]))
    text = N_(
        "The stored superiors of {count} employees ({names}, …) are not those that follow from assignments, heads and "
        "delegations. The worker (kinerja worker) puts them right by night; look in the history for who changed them."
    )
    names = ", ".join(row.name for row in first.order_by(Employee.name))
    return [Problem("REPORTING_LINES_DIFFER", text, params={"count": len(found), "names": names})]


CHECKS: tuple[Check, ...] = (
    Check("organisation.reporting_lines", N_("Everybody's superior follows from the assignments"), lines_are_sound),
)

JOBS: tuple[Job, ...] = (
    Job(
        "organisation.rebuild_lines",
        N_("Superiors are worked out anew from assignments, heads and delegations"),
        rebuild_lines,
        schedule="40 1 * * *",
    ),
)
