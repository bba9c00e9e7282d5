"""What this area announces, what it does after plans were made from others, and by the clock."""

from core.context import Context
from core.contributions import Job
from core.events import Event, EventHandler, EventType
from core.facts.services import follow_plans, measure_windows
from core.i18n import N_

EVENTS: tuple[EventType, ...] = (
    EventType("facts.fact_bound", N_("An indicator takes its value from a fact: indicator_id, plan_id, fact.")),
    EventType(
        "facts.fact_unbound", N_("An indicator takes its value from a fact no more: indicator_id, plan_id, fact.")
    ),
    EventType("facts.fact_measured", N_("A fact was measured: fact_measurement_id, indicator_id, plan_id.")),
    EventType(
        "facts.fact_accepted", N_("A measured value became progress: fact_measurement_id, indicator_id, plan_id.")
    ),
    EventType("facts.fact_rejected", N_("A value was rejected: fact_measurement_id, indicator_id, plan_id.")),
)


def _follow_template(event: Event, ctx: Context) -> None:
    follow_plans(ctx, event.payload["plan_ids"])


def _follow_earlier(event: Event, ctx: Context) -> None:
    follow_plans(ctx, [event.payload["plan_id"]])


HANDLERS: tuple[EventHandler, ...] = (
    EventHandler("facts.follow_template", "planning.template_assigned", _follow_template),
    EventHandler("facts.follow_earlier_plan", "planning.plan_continued", _follow_earlier),
)

JOBS: tuple[Job, ...] = (
    Job(
        "facts.measure_windows",
        N_("Measure the facts of indicators for evaluation windows that are over"),
        measure_windows,
        schedule="20 3 * * *",
    ),
)
