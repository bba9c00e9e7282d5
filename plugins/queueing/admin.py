"""Back office of the plugin `queueing`."""

from admin.columns import STAMPS
from admin.views import ScopedView, Shown
from core.organisation.models import WorkUnit
from core.plugin_api import N_, AdminView
from plugins.queueing.models import QueueDailyMetric


class QueueDailyMetricView(ScopedView):
    """Daily figures of queues."""

    group = N_("Queueing")
    order = ("day", True)
    columns = (
        Shown("service", N_("Service"), is_searched=True),
        Shown("unit", N_("Unit"), label=WorkUnit.name, is_searched=True),
        Shown("day", N_("Day")),
        Shown("served", N_("Served")),
        Shown("no_shows", N_("Not there when called")),
        Shown("wait_p90_minutes", N_("Wait of the slowest tenth (minutes)")),
        *STAMPS,
    )


VIEWS = [
    AdminView(
        "queueing_daily_metric",
        lambda: QueueDailyMetricView(QueueDailyMetric, N_("Queues by day"), "queueing_daily_metric"),
    )
]
