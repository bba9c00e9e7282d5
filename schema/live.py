"""What core tells as it happens: states of plans and evaluations, and how a unit stands."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from core.appraisal.models import Evaluation as EvaluationRow
from core.context import Context
from core.organisation.models import WorkUnit as UnitRow
from core.overview.changes import is_about_unit, is_evaluation_within, is_plan_within
from core.planning.models import EvaluationPeriod as PeriodRow
from core.planning.models import PerformancePlan as PlanRow
from core.policy import fetch
from schema.dashboard import UnitDashboard, dashboard_of
from schema.engine import SchemaParts, decode_id, stream

if TYPE_CHECKING:
    from schema.appraisal_types import Evaluation
    from schema.planning import PerformancePlan

_Plan = Annotated["PerformancePlan", strawberry.lazy("schema.planning")]
_Evaluation = Annotated["Evaluation", strawberry.lazy("schema.appraisal_types")]
Payload = Mapping[str, Any]

PLAN_EVENTS = (
    "planning.plan_created",
    "planning.plan_submitted",
    "planning.plan_returned",
    "planning.plan_approved",
    "planning.plan_revised",
    "planning.plan_ended",
    "planning.plan_continued",
)
EVALUATION_EVENTS = (
    "appraisal.evaluation_rated",
    "appraisal.evaluation_finalised",
    "appraisal.evaluation_acknowledged",
    "appraisal.evaluation_reopened",
    "appraisal.objection_filed",
    "appraisal.objection_decided",
)
DASHBOARD_EVENTS = (
    *PLAN_EVENTS,
    *EVALUATION_EVENTS,
    "planning.plan_updated",
    "progress.progress_recorded",
    "progress.progress_corrected",
    "progress.progress_removed",
    "appraisal.evaluations_opened",
    "appraisal.rating_shifted",
)

_UNIT = (strawberry.ID | None, "Only those of this unit and of the units below it.", None)
_PLAN_ARGS = {"plan_id": (strawberry.ID | None, "Only this plan.", None), "unit_id": _UNIT}
_EVALUATION_ARGS = {"evaluation_id": (strawberry.ID | None, "Only this evaluation.", None), "unit_id": _UNIT}
_DASHBOARD_ARGS = {
    "unit_id": (strawberry.ID, "The unit, with all below it."),
    "period_id": (strawberry.ID, "The period."),
}


def _plan(_ctx: Context, payload: Payload, **_arguments: Any) -> Any:
    return payload["plan_id"]


def _concerns_plan(_ctx: Context, payload: Payload, plan_id: str | None = None, unit_id: str | None = None) -> bool:
    if plan_id is not None and payload["plan_id"] != decode_id("PerformancePlan", plan_id, "planId"):
        return False
    return unit_id is None or is_plan_within([payload["plan_id"]], decode_id("WorkUnit", unit_id, "unitId"))


def _open_plans(ctx: Context, plan_id: str | None = None, unit_id: str | None = None) -> None:
    if plan_id is not None:
        fetch(PlanRow, decode_id("PerformancePlan", plan_id, "planId"), ctx, "planId")
    _open_unit(ctx, unit_id)


def _evaluation(_ctx: Context, payload: Payload, **_arguments: Any) -> Any:
    return payload["evaluation_id"]


def _concerns_evaluation(
    _ctx: Context, payload: Payload, evaluation_id: str | None = None, unit_id: str | None = None
) -> bool:
    if evaluation_id is not None and payload["evaluation_id"] != decode_id("Evaluation", evaluation_id, "evaluationId"):
        return False
    return unit_id is None or is_evaluation_within([payload["evaluation_id"]], decode_id("WorkUnit", unit_id, "unitId"))


def _open_evaluations(ctx: Context, evaluation_id: str | None = None, unit_id: str | None = None) -> None:
    if evaluation_id is not None:
        fetch(EvaluationRow, decode_id("Evaluation", evaluation_id, "evaluationId"), ctx, "evaluationId")
    _open_unit(ctx, unit_id)


def _dashboard(ctx: Context, _payload: Payload, unit_id: strawberry.ID, period_id: strawberry.ID) -> UnitDashboard:
    return dashboard_of(ctx, unit_id, period_id)


def _concerns_dashboard(_ctx: Context, payload: Payload, unit_id: str, period_id: str) -> bool:
    unit = decode_id("WorkUnit", unit_id, "unitId")
    return is_about_unit(payload, unit, decode_id("EvaluationPeriod", period_id, "periodId"))


def _open_dashboard(ctx: Context, unit_id: str, period_id: str) -> None:
    _open_unit(ctx, unit_id)
    fetch(PeriodRow, decode_id("EvaluationPeriod", period_id, "periodId"), ctx, "periodId")


def _open_unit(ctx: Context, unit_id: str | None) -> None:
    if unit_id is not None:
        fetch(UnitRow, decode_id("WorkUnit", unit_id, "unitId"), ctx, "unitId")


class Subscription:
    """What is told as it happens."""

    plan_state_changed: _Plan | None = stream(
        _plan,
        "A plan (SKP) that was made or came into another state. Only plans that you may see are told.",
        events=PLAN_EVENTS,
        concerns=_concerns_plan,
        opening=_open_plans,
        args=_PLAN_ARGS,
    )
    evaluation_state_changed: _Evaluation | None = stream(
        _evaluation,
        "An evaluation that was rated or came into another state. Only evaluations that you may see are told.",
        events=EVALUATION_EVENTS,
        concerns=_concerns_evaluation,
        opening=_open_evaluations,
        args=_EVALUATION_ARGS,
    )
    unit_dashboard_changed: UnitDashboard | None = stream(
        _dashboard,
        "How a unit stands in a period after a change in it; counts only what you may see. Of several changes at once "
        "only the last is told.",
        events=DASHBOARD_EVENTS,
        concerns=_concerns_dashboard,
        opening=_open_dashboard,
        args=_DASHBOARD_ARGS,
        latest_only=True,
    )


PARTS = SchemaParts(subscription=Subscription, owner="schema.live")
