"""How well waits were foretold."""

from decimal import Decimal
from typing import Any

import strawberry

from core.plugin_api import Context
from plugins.queueing.reading.estimates import accuracy
from plugins.queueing.schema.arguments import SPAN, keys_of
from schema.engine import root_value


@strawberry.type(description="How often the waits that were foretold held; 50 and 80 percent would be right.")
class QueueEstimateAccuracy:
    """How often the waits that were foretold held."""

    cases: int = strawberry.field(description="Waits that were foretold and came to an end.")
    half_held_percent: Decimal | None = strawberry.field(description="Of these, in the span meant for 50 %.")
    wide_held_percent: Decimal | None = strawberry.field(description="Of these, in the span meant for 80 %.")


def _accuracy(ctx: Context, **asked: Any) -> Any:
    keys = keys_of(asked, point_id="ServicePoint", service_id="QueueService")
    return accuracy(ctx, first=asked["from"], last=asked["to"], **keys)


class ForesightQueries:
    """What was foretold."""

    queue_estimate_accuracy: QueueEstimateAccuracy = root_value(
        _accuracy,
        "How often the waits that were foretold held, of the tickets that the caller sees.",
        args={
            **SPAN,
            "point_id": (strawberry.ID | None, "Only this service point.", None),
            "service_id": (strawberry.ID | None, "Only this service.", None),
        },
    )
