"""What events tell of: whom they let earn points, for which row, and the figures that conditions ask for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.appraisal.models import Evaluation
from core.facts.models import FactMeasurement
from core.planning.models import PerformancePlan
from core.plugin_api import Context, Table
from core.progress.models import Feedback, ProgressRecord
from plugins.rewards.points.terms import PointEvent

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Deed:
    """Something that an employee did, as an event told of it: the row it is about, and its figures."""

    employee_id: int
    subject_type: str
    subject_id: int
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """An event of core or of this plugin (`name`) that points may be earned by, and how it is read."""

    kind: PointEvent
    name: str
    deeds: Callable[[Context, Payload], Sequence[Deed]]


def _progress(ctx: Context, payload: Payload) -> list[Deed]:
    rows = (
        ProgressRecord.select(ProgressRecord, PerformancePlan)
        .join(PerformancePlan)
        .where(ProgressRecord.id.in_(payload["record_ids"]))
        .order_by(ProgressRecord.id)
    )
    return [
        Deed(
            row.plan.employee_id,
            "ProgressRecord",
            row.id,
            {
                "days_late": (_day(ctx, row.created_at) - row.happened_on).days,
                "is_own": row.recorded_by_id == row.plan.employee_id,
            },
        )
        for row in rows
    ]


def _feedback(_ctx: Context, payload: Payload) -> list[Deed]:
    rows = Feedback.select().where(Feedback.id == payload["feedback_id"])
    return [
        Deed(
            row.giver_id,
            "Feedback",
            row.id,
            {"characters": len(row.text.strip()), "relation": row.relation.value},
        )
        for row in rows
    ]


def _evaluation(_ctx: Context, payload: Payload) -> list[Deed]:
    rows = Evaluation.select().where((Evaluation.id == payload["evaluation_id"]) & Evaluation.predicate.is_null(False))
    return [
        Deed(row.employee_id, "Evaluation", row.id, {"predicate": row.predicate.value, "kind": row.kind.value})
        for row in rows
    ]


def _fact(_ctx: Context, payload: Payload) -> list[Deed]:
    rows = (
        FactMeasurement.select(FactMeasurement, PerformancePlan)
        .join(PerformancePlan)
        .where(FactMeasurement.id == payload["fact_measurement_id"])
    )
    return [
        Deed(
            row.plan.employee_id,
            "FactMeasurement",
            row.id,
            {"fact": row.fact, "value": row.value, "cases": row.cases},
        )
        for row in rows
    ]


def _told(subject_type: str, id_name: str) -> Callable[[Context, Payload], list[Deed]]:
    """Read an event of another area of this plugin, which names the row and whom it concerns itself."""

    def deeds(_ctx: Context, payload: Payload) -> list[Deed]:
        people = payload.get("employee_ids") or [payload["employee_id"]]
        return [Deed(int(employee), subject_type, int(payload[id_name])) for employee in people]

    return deeds


def _day(ctx: Context, moment: datetime) -> Any:
    return moment.astimezone(ZoneInfo(ctx.settings.time_zone)).date()


SOURCES = (
    Source(PointEvent.PROGRESS_RECORDED, "progress.progress_recorded", _progress),
    Source(PointEvent.FEEDBACK_GIVEN, "progress.feedback_given", _feedback),
    Source(PointEvent.EVALUATION_FINALISED, "appraisal.evaluation_finalised", _evaluation),
    Source(PointEvent.FACT_ACCEPTED, "facts.fact_accepted", _fact),
    Source(PointEvent.INNOVATION_ADOPTED, "rewards.innovation_adopted", _told("Innovation", "innovation_id")),
    Source(PointEvent.AWARD_GRANTED, "rewards.award_granted", _told("Award", "award_id")),
)
"""Every event that may earn."""

WITHDRAWN_BY: Mapping[str, tuple[str, str]] = {
    "progress.progress_removed": ("ProgressRecord", "record_id"),
    "appraisal.evaluation_reopened": ("Evaluation", "evaluation_id"),
    "rewards.award_revoked": ("Award", "award_id"),
}
"""Events after which what a row earned is taken back: the type of the row and where the event names it."""

SUBJECTS: Mapping[str, type[Table]] = {
    "ProgressRecord": ProgressRecord,
    "Feedback": Feedback,
    "Evaluation": Evaluation,
    "FactMeasurement": FactMeasurement,
}
"""Rows that may be gone without an event: undone in the history, or in the bin."""
