"""What was done so that waiting falls, and what came of it."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

import strawberry

from core.plugin_api import Context
from plugins.queueing.reading.comparison import Comparison, compare
from plugins.queueing.schema.arguments import ARCHIVING, input_type, key_of
from plugins.queueing.schema.figures import QueueFigures
from plugins.queueing.schema.setup_types import Intervention
from plugins.queueing.schema.terms import InterventionKind
from plugins.queueing.services import interventions
from schema.engine import Problem, decode_id, mutation, payload, root_value, show


@strawberry.type(description="Days before or after an intervention, with all their figures.")
class QueuePeriod:
    """Days before or after an intervention."""

    first: date = strawberry.field(description="First day.")
    last: date = strawberry.field(description="Last day.")
    figures: QueueFigures = strawberry.field(description="Figures of all tickets of these days.")
    served_days: int = strawberry.field(description="Days on which somebody waited.")
    closed_days: int = strawberry.field(description="Days on which the point was closed though it would be open.")


@strawberry.type(
    description="A figure before and after, and the difference with its 95 % interval; matched by weekday and hour."
)
class QueueEffect:
    """A figure before and after."""

    before: Decimal = strawberry.field(description="Before.")
    after: Decimal = strawberry.field(description="After.")
    difference: Decimal = strawberry.field(description="After less before.")
    low: Decimal = strawberry.field(description="Low end of the interval of the difference.")
    high: Decimal = strawberry.field(description="High end of the interval of the difference.")
    is_clear: bool = strawberry.field(description="Whether the interval does not hold 0.")


@strawberry.type(description="The median waits of one hour of the day before and after, in minutes.")
class QueueHourPair:
    """The median waits of one hour before and after."""

    hour: int = strawberry.field(description="Hour, at the service point.")
    before: Decimal = strawberry.field(description="Median before.")
    after: Decimal = strawberry.field(description="Median after.")
    before_cases: int = strawberry.field(description="Waits before.")
    after_cases: int = strawberry.field(description="Waits after.")


@strawberry.type(description="The median wait of one day, in minutes.")
class QueueDayMedian:
    """The median wait of one day."""

    day: date = strawberry.field(description="The day.")
    is_after: bool = strawberry.field(description="Whether it lies after the intervention.")
    median: Decimal = strawberry.field(description="Median.")
    cases: int = strawberry.field(description="Waits.")


@strawberry.type(description="What has changed with an intervention, and why the figures may not carry a conclusion.")
class QueueComparison:
    """What has changed with an intervention."""

    intervention: Intervention | None = strawberry.field(description="The intervention.")
    before: QueuePeriod = strawberry.field(description="The days before.")
    after: QueuePeriod = strawberry.field(description="The days after.")
    wait: QueueEffect | None = strawberry.field(description="Median wait in minutes; null without matched waits.")
    within_target: QueueEffect | None = strawberry.field(
        description="Share of waits within target in percent; null without matched waits."
    )
    matched_cells: int = strawberry.field(description="Weekdays with an hour that had enough waits before and after.")
    cells: int = strawberry.field(description="All weekdays with an hour that had waits.")
    matched_percent: int = strawberry.field(description="Share of the waits that lie in matched ones.")
    by_hour: list[QueueHourPair] = strawberry.field(description="Medians by hour.")
    by_day: list[QueueDayMedian] = strawberry.field(description="Medians by day.")
    is_conclusive: bool = strawberry.field(description="Whether nothing warns and the wait has clearly changed.")
    warnings: list[Problem] = strawberry.field(description="Why the figures may not carry a conclusion.")


@strawberry.input(description="Something that was done so that waiting falls.")
class RecordInterventionInput:
    """Something that was done so that waiting falls."""

    point_id: strawberry.ID = strawberry.field(description="The service point.")
    kind: InterventionKind = strawberry.field(description="Its kind.")
    name: str = strawberry.field(description="What was done.")
    day: date = strawberry.field(description="First day on which it held.")
    service_id: strawberry.ID | None = strawberry.field(
        description="The service; without it, all of the point.", default=None
    )
    note: str = strawberry.field(description="Further words.", default="")


@strawberry.input(description="What was noted wrongly about an intervention; what is left out stays.")
class CorrectInterventionInput:
    """What was noted wrongly about an intervention."""

    id: strawberry.ID = strawberry.field(description="The intervention.")
    version: int = strawberry.field(description="Version that you saw.")
    kind: InterventionKind | None = strawberry.field(description="Its kind.", default=strawberry.UNSET)
    name: str | None = strawberry.field(description="What was done.", default=strawberry.UNSET)
    day: date | None = strawberry.field(description="First day on which it held.", default=strawberry.UNSET)
    service_id: strawberry.ID | None = strawberry.field(
        description="The service; null for all of the point.", default=strawberry.UNSET
    )
    note: str | None = strawberry.field(description="Further words.", default=strawberry.UNSET)


def _compare(ctx: Context, intervention_id: strawberry.ID, days: int) -> Any:
    key = decode_id("Intervention", intervention_id, "interventionId")
    return _shown(ctx, compare(ctx, intervention_id=key, days=days))


def _shown(ctx: Context, found: Comparison) -> dict[str, Any]:
    """Return a comparison as the API shows it: its own fields are those of the types."""
    names = ("before", "after", "wait", "within_target", "matched_cells", "cells", "matched_percent")
    return {
        **{name: getattr(found, name) for name in names},
        "intervention": found.intervention.id,
        "by_hour": list(found.by_hour),
        "by_day": list(found.by_day),
        "is_conclusive": found.is_conclusive,
        "warnings": [show(problem, ctx.language) for problem in found.warnings],
    }


def _record(ctx: Context, input: RecordInterventionInput) -> dict[str, Any]:
    made = interventions.record_intervention(
        ctx,
        point_id=decode_id("ServicePoint", input.point_id, "input", "pointId"),
        service_id=key_of("QueueService", input.service_id, "input", "serviceId"),
        kind=input.kind,
        name=input.name,
        day=input.day,
        note=input.note,
    )
    return {"intervention": made}


def _correct(ctx: Context, input: CorrectInterventionInput) -> dict[str, Any]:
    given = {name: getattr(input, name) for name in ("kind", "name", "day", "service_id", "note")}
    changes = {name: value for name, value in given.items() if value is not strawberry.UNSET}
    if "service_id" in changes:
        changes["service_id"] = key_of("QueueService", changes["service_id"], "input", "serviceId")
    key = decode_id("Intervention", input.id, "input", "id")
    changed = interventions.correct_intervention(
        ctx, key, input.version, cast("interventions.InterventionChanges", changes)
    )
    return {"intervention": changed}


def _withdraw(ctx: Context, input: Any) -> dict[str, Any]:
    key = decode_id("Intervention", input.id, "input", "id")
    interventions.withdraw_intervention(ctx, key, input.version, input.reason)
    return {"withdrawn": input.id}


class ComparisonQueries:
    """What came of what was done."""

    queue_comparison: QueueComparison = root_value(
        _compare,
        "So many days before an intervention beside as many after it, matched by weekday and hour.",
        args={
            "intervention_id": (strawberry.ID, "The intervention."),
            "days": (int, "Days before and after.", 30),
        },
    )


class ComparisonMutations:
    """What was done."""

    record_intervention = mutation(
        _record,
        input=RecordInterventionInput,
        payload=payload("RecordInterventionPayload", intervention=(Intervention, "The intervention.")),
        description="Record what was done so that waiting falls.",
    )
    correct_intervention = mutation(
        _correct,
        input=CorrectInterventionInput,
        payload=payload("CorrectInterventionPayload", intervention=(Intervention, "The intervention.")),
        description="Correct what was noted about an intervention; its service point stays.",
    )
    withdraw_intervention = mutation(
        _withdraw,
        input=input_type("WithdrawInterventionInput", "An intervention that was noted by mistake.", ARCHIVING),
        payload=payload("WithdrawInterventionPayload", withdrawn=(strawberry.ID, "What is in the bin.")),
        description="Put an intervention that was noted by mistake into the bin, from which it can be brought back.",
    )
