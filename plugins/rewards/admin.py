"""Back office of the plugin `rewards`."""

from admin.columns import STAMPS
from admin.views import ScopedView, Shown
from core.organisation.models import Employee
from core.plugin_api import N_, AdminView
from plugins.rewards.allowance import admin as allowance
from plugins.rewards.models import Award
from plugins.rewards.points import admin as points


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


VIEWS: list[AdminView] = [
    AdminView("rewards_award", lambda: AwardView(Award, N_("Awards"), "rewards_award")),
    *points.VIEWS,
    *allowance.VIEWS,
]
