"""GraphQL of the plugin `queueing`: the daily figures of a unit's queues."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from plugins.queueing import models
from schema.engine import Connection, Node, SchemaParts, TypeExtension, column, entity, pages, relation

if TYPE_CHECKING:
    from schema.organisation import WorkUnit


@entity(models.QueueDailyMetric, order=("-day", "service"))
class QueueDailyMetric(Node):
    """One day of one service's queue at a unit (antrean)."""

    unit: Annotated["WorkUnit", strawberry.lazy("schema.organisation")] | None = relation(
        models.QueueDailyMetric.unit, "The unit that serves."
    )
    day: date = column(models.QueueDailyMetric.day, "The day.")
    service: str = column(models.QueueDailyMetric.service, "The service.")
    served: int = column(models.QueueDailyMetric.served, "Number of tickets that were served.")
    no_shows: int = column(models.QueueDailyMetric.no_shows, "Number of tickets whose holder did not come when called.")
    wait_p90_minutes: int = column(
        models.QueueDailyMetric.wait_p90_minutes, "Minutes within which nine of ten visitors were called."
    )


class WorkUnitQueues:
    """What this plugin adds to a unit."""

    queue_metrics: Connection[QueueDailyMetric] = pages(
        models.QueueDailyMetric.unit, "Daily figures of the queues at this unit, latest day first."
    )


PARTS = SchemaParts(types=[QueueDailyMetric], extensions=[TypeExtension("WorkUnit", WorkUnitQueues)])
