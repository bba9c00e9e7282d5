"""Tables of the plugin `queueing`."""

import peewee as pw

from core.organisation.models import WorkUnit
from core.plugin_api import Record


class QueueDailyMetric(Record):
    """One day of one service's queue at a unit: tickets served and missed, and the wait of the slowest tenth."""

    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="CASCADE")
    day = pw.DateField()
    service = pw.CharField()
    served = pw.IntegerField()
    no_shows = pw.IntegerField(default=0)
    wait_p90_minutes = pw.IntegerField()

    class Meta:
        table_name = "queueing_daily_metric"
        indexes = ((("unit", "day", "service"), True),)
