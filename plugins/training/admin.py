"""Back office of the plugin `training`."""

from admin.columns import STAMPS
from admin.views import ScopedView, Shown
from core.organisation.models import Employee
from core.plugin_api import N_, AdminView
from plugins.training.models import TrainingPlanItem


class TrainingPlanItemView(ScopedView):
    """What employees are to learn."""

    group = N_("Training")
    order = ("year", True)
    columns = (
        Shown("title", N_("Title"), is_searched=True),
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("year", N_("Year")),
        Shown("learning_hours", N_("Learning hours")),
        Shown("state", N_("State")),
        Shown("completed_on", N_("Completed on")),
        *STAMPS,
    )


VIEWS = [
    AdminView(
        "training_plan_item",
        lambda: TrainingPlanItemView(TrainingPlanItem, N_("Training plans"), "training_plan_item"),
    )
]
