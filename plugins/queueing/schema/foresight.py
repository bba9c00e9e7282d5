"""What will be: how well waits were foretold, how many counters an hour needs, and what a day would have been."""

from datetime import date
from decimal import Decimal
from typing import Any

import strawberry

from core.plugin_api import Context
from plugins.queueing.reading.estimates import accuracy
from plugins.queueing.reading.staffing import CounterPlan, counters_needed, what_if
from plugins.queueing.schema.arguments import SPAN, keys_of
from plugins.queueing.schema.figures import QueueFigures
from schema.engine import Problem, decode_id, root_value, show


@strawberry.type(description="How often the waits that were foretold held; 50 and 80 percent would be right.")
class QueueEstimateAccuracy:
    """How often the waits that were foretold held."""

    cases: int = strawberry.field(description="Waits that were foretold and came to an end.")
    half_held_percent: Decimal | None = strawberry.field(description="Of these, in the span meant for 50 %.")
    wide_held_percent: Decimal | None = strawberry.field(description="Of these, in the span meant for 80 %.")


@strawberry.type(description="How many counters a half hour of the day needs, by Erlang C, or Erlang A with patience.")
class QueueHalfHour:
    """How many counters a half hour of the day needs."""

    starts_at: str = strawberry.field(description='When it begins, "HH:MM" at the service point.')
    arrivals_per_hour: Decimal = strawberry.field(description="Mean arrivals in an hour.")
    serve_minutes: Decimal = strawberry.field(description="Mean time of serving.")
    counters: int | None = strawberry.field(description="Counters needed.")
    wait_within_percent: Decimal | None = strawberry.field(description="Who is served in time with these.")
    present: int = strawberry.field(description="Counters that there are.")
    present_within_percent: Decimal | None = strawberry.field(
        description="Who is served in time with these; null where they cannot do the work, so that the line grows."
    )
    problem: Problem | None = strawberry.field(description="What is wrong where they cannot.")


@strawberry.type(description="A figure over many simulated days: 4 of 5 lie between low and high.")
class QueueRange:
    """A figure over many simulated days."""

    low: Decimal = strawberry.field(description="Low end.")
    middle: Decimal = strawberry.field(description="Median.")
    high: Decimal = strawberry.field(description="High end.")


@strawberry.type(description="Figures of a simulated day; times are minutes.")
class QueueSimulated:
    """Figures of a simulated day."""

    served: QueueRange = strawberry.field(description="Served.")
    left: QueueRange = strawberry.field(description="Left without being served.")
    no_shows: QueueRange = strawberry.field(description="Not there when called.")
    unserved: QueueRange = strawberry.field(description="Still waiting when the last counter closed.")
    wait_mean: QueueRange | None = strawberry.field(description="Mean wait.")
    wait_median: QueueRange | None = strawberry.field(description="Median wait.")
    wait_p90: QueueRange | None = strawberry.field(description="Nine of ten waited no longer.")
    within_target_percent: QueueRange | None = strawberry.field(description="Waits within target.")
    busy_percent: QueueRange | None = strawberry.field(description="Share of their time that counters were busy.")
    overtime: QueueRange = strawberry.field(description="From the end of opening hours to the end of the last turn.")


@strawberry.type(description="A real day, the same day simulated, and the imagined one.")
class QueueWhatIf:
    """A real day, the same day simulated, and the imagined one."""

    actual: QueueFigures = strawberry.field(description="The real day.")
    as_it_was: QueueSimulated | None = strawberry.field(description="The same day simulated: how well it fits.")
    simulated: QueueSimulated = strawberry.field(description="The imagined day.")
    runs: int = strawberry.field(description="How often it was simulated.")
    problems: list[Problem] = strawberry.field(description="What speaks against it.")


@strawberry.input(description="A counter of an imagined day.")
class QueueCounterPlanInput:
    """A counter of an imagined day."""

    service_ids: list[strawberry.ID] = strawberry.field(description="What is served there.")
    starts_at: str = strawberry.field(description='From, "HH:MM"; empty: as the point opens.', default="")
    ends_at: str = strawberry.field(description='Until, "HH:MM"; empty: as the point closes.', default="")


@strawberry.input(description="A span of an imagined day in which the point is open.")
class QueueOpeningInput:
    """A span of an imagined day in which the point is open."""

    starts_at: str = strawberry.field(description='From, "HH:MM".')
    ends_at: str = strawberry.field(description='Until, "HH:MM".')


def _accuracy(ctx: Context, **asked: Any) -> Any:
    keys = keys_of(asked, point_id="ServicePoint", service_id="QueueService")
    return accuracy(ctx, first=asked["from"], last=asked["to"], **keys)


def _staffing(ctx: Context, **asked: Any) -> list[dict[str, Any]]:
    needs = counters_needed(
        ctx,
        service_ids=[decode_id("QueueService", one, "serviceIds") for one in asked["service_ids"]],
        first=asked["from"],
        last=asked["to"],
        share=asked["share"],
        minutes=asked["minutes"],
        patience=asked["patience_minutes"],
    )
    return [{**vars(need), "problem": need.problem and show(need.problem, ctx.language)} for need in needs]


def _what_if(ctx: Context, **asked: Any) -> dict[str, Any]:
    plans = [
        CounterPlan(
            tuple(decode_id("QueueService", one, "counters", place, "serviceIds") for one in plan.service_ids),
            plan.starts_at,
            plan.ends_at,
        )
        for place, plan in enumerate(asked["counters"])
    ]
    opening = asked["opening"]
    found = what_if(
        ctx,
        point_id=decode_id("ServicePoint", asked["point_id"], "pointId"),
        day=asked["day"],
        counters=plans,
        opening=None if opening is None else [(span.starts_at, span.ends_at) for span in opening],
        runs=asked["runs"],
        seed=asked["seed"],
    )
    return {**vars(found), "problems": [show(problem, ctx.language) for problem in found.problems]}


class ForesightQueries:
    """What will be, and what would have been."""

    queue_estimate_accuracy: QueueEstimateAccuracy = root_value(
        _accuracy,
        "How often the waits that were foretold held, of the tickets that the caller sees.",
        args={
            **SPAN,
            "point_id": (strawberry.ID | None, "Only this service point.", None),
            "service_id": (strawberry.ID | None, "Only this service.", None),
        },
    )
    queue_staffing: list[QueueHalfHour] = root_value(
        _staffing,
        "How many counters each half hour needs so that enough people are served in time, by the tickets of some days "
        "that the caller sees.",
        args={
            "service_ids": (list[strawberry.ID], "Services that are served together."),
            **SPAN,
            "share": (float, "Share of those who are to be served in time.", 0.9),
            "minutes": (float, "What in time means.", 10.0),
            "patience_minutes": (float | None, "After how long people leave, in their mean; null: never.", None),
        },
    )
    queue_what_if: QueueWhatIf = root_value(
        _what_if,
        "What a day of a service point would have been under other counters or opening hours, by simulation.",
        args={
            "point_id": (strawberry.ID, "The service point."),
            "day": (date, "The day."),
            "counters": (list[QueueCounterPlanInput], "The counters of the imagined day."),
            "opening": (list[QueueOpeningInput] | None, "Its opening hours; null: those of the day.", None),
            "runs": (int, "How often it is simulated.", 30),
            "seed": (int, "The same number gives the same answer.", 1),
        },
    )
