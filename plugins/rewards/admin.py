"""Back office of the plugin `rewards`."""

from admin.columns import STAMPS
from admin.views import ScopedView, Shown
from core.organisation.models import Employee
from core.plugin_api import N_, AdminView
from plugins.rewards.discipline import admin as discipline
from plugins.rewards.models import Award


class AwardView(ScopedView):
    """Awards that employees have received."""

    group = N_("Rewards")
    order = ("awarded_on", True)
    columns = (
        Shown("title", N_("Title"), is_searched=True),
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("kind", N_("Kind")),
        Shown("awarded_on", N_("Awarded on")),
        Shown("decree_number", N_("Number of the decree"), is_searched=True),
        *STAMPS,
    )


VIEWS = [
    AdminView("rewards_award", lambda: AwardView(Award, N_("Awards"), "rewards_award")),
    *discipline.VIEWS,
]
