"""Who sees the rows of the plugin `queueing`: whoever sees the unit they are about."""

from typing import Any

from core.organisation.models import WorkUnit
from core.plugin_api import Actor, PolicyEntry, as_condition, visible
from plugins.queueing.models import QueueDailyMetric


def _with_their_unit(actor: Actor, table: Any) -> Any:
    unit = WorkUnit.alias()
    return table.unit.in_(unit.select(unit.id).where(as_condition(visible(actor, unit))))


ENTRIES = [PolicyEntry(QueueDailyMetric, _with_their_unit)]
