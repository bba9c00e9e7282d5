"""The figures of queues: of everything the caller sees, of a unit, and of one service point as it happens."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import strawberry

from core.plugin_api import Context
from plugins.queueing.reading.metrics import figures_of_units, queue_figures
from plugins.queueing.schema.arguments import SPAN, key_of, keys_of
from plugins.queueing.terms import Bucket
from schema.engine import batch, describe_values, root_value

strawberry.enum(Bucket, name="QueueBucket", description="What figures of a queue are told apart by.")
describe_values(
    Bucket,
    TOTAL="Nothing: one group of all.",
    DAY="Day.",
    HOUR="Hour in which the wait began.",
    WEEKDAY="Day of the week.",
    WEEKDAY_HOUR="Day of the week and hour.",
    SERVICE="Service (layanan).",
    COUNTER="Counter (loket).",
    CHANNEL="How the ticket came about.",
    PRIORITY="Priority group.",
    EMPLOYEE="Who served.",
)


@strawberry.type(
    description="Figures of the tickets of a group. Times are minutes; what has no cases is null, never 0."
)
class QueueFigures:
    """Figures of the tickets of a group."""

    key: str = strawberry.field(
        description='Stable key: an ISO day, "08" for the hour from 8 to 9, "0" for Monday, "0-08" for both, the '
        "number in an id, or the name of a channel; empty for what belongs to none, and for TOTAL."
    )
    label: str = strawberry.field(description="What people read, in the caller's language.")
    arrivals: int = strawberry.field(description="Tickets that began to wait; a transfer begins another wait.")
    served: int = strawberry.field(description="Tickets whose service was finished.")
    no_shows: int = strawberry.field(description="Tickets that ended because nobody came.")
    left: int = strawberry.field(description="Tickets whose holder left before being served.")
    cancelled: int = strawberry.field(description="Bookings that were given up.")
    waiting: int = strawberry.field(description="Tickets that wait at this moment.")
    wait_cases: int = strawberry.field(description="Waits that are known.")
    wait_mean: Decimal | None = strawberry.field(description="Mean wait.")
    wait_median: Decimal | None = strawberry.field(description="Half waited no longer.")
    wait_p90: Decimal | None = strawberry.field(description="Nine of ten waited no longer.")
    wait_p95: Decimal | None = strawberry.field(description="19 of 20 waited no longer.")
    serve_cases: int = strawberry.field(description="Times of serving that are known.")
    serve_mean: Decimal | None = strawberry.field(description="Mean time of serving.")
    serve_median: Decimal | None = strawberry.field(description="Half were served no longer.")
    serve_p90: Decimal | None = strawberry.field(description="Nine of ten were served no longer.")
    serve_p95: Decimal | None = strawberry.field(description="19 of 20 were served no longer.")
    within_target_percent: Decimal | None = strawberry.field(
        description="Of the known waits, those not longer than the target of their service."
    )
    abandonment_percent: Decimal | None = strawberry.field(
        description="Of the arrivals, those who left, gave up or did not come when called."
    )
    no_show_percent: Decimal | None = strawberry.field(
        description="Of the bookings that came due, those whose holder never checked in."
    )


_BUCKET = {"bucket": (Bucket, "What is told apart.", Bucket.TOTAL)}


def _figures(ctx: Context, **asked: Any) -> Sequence[Any]:
    keys = keys_of(
        asked, unit_id="WorkUnit", point_id="ServicePoint", service_id="QueueService", employee_id="Employee"
    )
    return queue_figures(ctx, first=asked["from"], last=asked["to"], bucket=asked["bucket"], **keys)


def _of_units(ctx: Context, units: Sequence[Any], **asked: Any) -> list[Any]:
    found = figures_of_units(
        ctx,
        [unit.id for unit in units],
        first=asked["from"],
        last=asked["to"],
        bucket=asked["bucket"],
        service_id=key_of("QueueService", asked.get("service"), "service"),
    )
    return [found[unit.id] for unit in units]


class FigureQueries:
    """The figures at the root."""

    queue_metrics: list[QueueFigures] = root_value(
        _figures,
        "Figures of the tickets from a day to a day that the caller sees; a unit counts with all below it.",
        args={
            **SPAN,
            "unit_id": (strawberry.ID | None, "Only services of this unit and of units below it.", None),
            "point_id": (strawberry.ID | None, "Only this service point.", None),
            "service_id": (strawberry.ID | None, "Only this service.", None),
            "employee_id": (strawberry.ID | None, "Only tickets that this employee last called or served.", None),
            **_BUCKET,
        },
    )


class WorkUnitFigures:
    """The figures of a unit with all below it."""

    queue_metrics: list[QueueFigures] = batch(
        _of_units,
        "Figures of the queues of the unit's services, with those of all units below it, that the caller sees.",
        args={**SPAN, "service": (strawberry.ID | None, "Only this service.", None), **_BUCKET},
    )
