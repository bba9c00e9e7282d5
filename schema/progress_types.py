"""Progress, evidence, feedback and dialogues as clients see them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from core.context import Context
from core.progress import models, services
from schema.engine import (
    Connection,
    Node,
    batch,
    column,
    entity,
    expression,
    pages,
    relation,
)
from schema.planning_terms import BehaviorValue
from schema.problems import Problem
from schema.progress_terms import EvidenceKind, FeedbackTone, GiverRelation, MeasuringState, Standing
from schema.progress_texts import explanation_of

if TYPE_CHECKING:
    from schema.organisation import Employee, WorkUnit
    from schema.planning_types import EvaluationPeriod, Indicator, PerformancePlan, WorkResult


_Employee = Annotated["Employee", strawberry.lazy("schema.organisation")]
_WorkUnit = Annotated["WorkUnit", strawberry.lazy("schema.organisation")]
_Plan = Annotated["PerformancePlan", strawberry.lazy("schema.planning_types")]
_Period = Annotated["EvaluationPeriod", strawberry.lazy("schema.planning_types")]
_WorkResult = Annotated["WorkResult", strawberry.lazy("schema.planning_types")]
_Indicator = Annotated["Indicator", strawberry.lazy("schema.planning_types")]


def _download_paths(_ctx: Context, rows: Sequence[Any]) -> list[str | None]:
    return [f"/files/evidence/{row.id}" if row.storage_key else None for row in rows]


@entity(models.Evidence, order=("id",))
class Evidence(Node):
    """Evidence of progress: a link, a stored file, or a measured fact (bukti dukung)."""

    progress_record: Annotated["ProgressRecord", strawberry.lazy("schema.progress_types")] | None = relation(
        models.Evidence.progress_record, "What it proves."
    )
    kind: EvidenceKind = column(models.Evidence.kind, "Link, file or fact.")
    title: str = column(models.Evidence.title, "Its title.")
    url: str = column(models.Evidence.url, "Where a link leads; empty for a file.")
    file_name: str = column(models.Evidence.file_name, "Name of a file, cleaned; empty for a link.")
    content_type: str = column(models.Evidence.content_type, "What the file is, read from its content.")
    size_bytes: int | None = column(models.Evidence.size_bytes, "Size of the file in bytes.")
    sha256: str = column(models.Evidence.sha256, "SHA-256 of the file.")
    download_path: str | None = batch(
        _download_paths, "Path to download the file from, with the same token.", needs=[models.Evidence.storage_key]
    )
    version: int = column(models.Evidence.version, "Version, for changes.")
    created_at: datetime = column(models.Evidence.created_at, "When it was added.")


@entity(models.ProgressRecord, order=("-happened_on",))
class ProgressRecord(Node):
    """What was done for an indicator or a work result on a day (realisasi)."""

    plan: _Plan | None = relation(models.ProgressRecord.plan, "The plan (SKP).")
    work_result: _WorkResult | None = relation(models.ProgressRecord.work_result, "The work result (RHK).")
    indicator: _Indicator | None = relation(
        models.ProgressRecord.indicator, "The indicator (IKI); null where the whole work result is meant."
    )
    recorded_by: _Employee | None = relation(models.ProgressRecord.recorded_by, "Who recorded it.")
    happened_on: date = column(models.ProgressRecord.happened_on, "The day on which it was done.")
    quantity: Decimal | None = column(models.ProgressRecord.quantity, "How much, in the indicator's unit.")
    note: str = column(models.ProgressRecord.note, "What was done, in words.")
    evidence: Connection[Evidence] = pages(models.Evidence.progress_record, "Its evidence (bukti dukung).")
    version: int = column(models.ProgressRecord.version, "Version, for changes.")
    created_at: datetime = column(models.ProgressRecord.created_at, "When it was recorded.")
    updated_at: datetime = column(models.ProgressRecord.updated_at, "When it was last changed.")


@entity(models.FeedbackRequest, order=("id",))
class FeedbackRequest(Node):
    """Somebody is asked for feedback on a person in a round; the person itself never sees it."""

    round: Annotated["FeedbackRound", strawberry.lazy("schema.progress_types")] | None = relation(
        models.FeedbackRequest.round, "The round."
    )
    employee: _Employee | None = relation(models.FeedbackRequest.employee, "The person to give feedback on.")
    giver: _Employee | None = relation(models.FeedbackRequest.giver, "Who is asked.")
    giver_relation: GiverRelation = column(
        models.FeedbackRequest.relation, "What the giver is to the person.", name="relation"
    )
    is_answered: bool = expression(lambda t: t.answered_at.is_null(False), "Whether feedback was given.")
    answered_at: datetime | None = column(
        models.FeedbackRequest.answered_at,
        "When feedback was given. Shown to the giver and to holders of feedback.names for the round's unit; "
        "null for others.",
    )


@entity(models.FeedbackRound, order=("-opens_on",))
class FeedbackRound(Node):
    """A round in which chosen givers are asked for feedback on the people of a unit (umpan balik berkala)."""

    name: str = column(models.FeedbackRound.name, "Its name.")
    period: _Period | None = relation(models.FeedbackRound.period, "The period of the plans.")
    unit: _WorkUnit | None = relation(models.FeedbackRound.unit, "The unit whose people are meant, with all below.")
    opens_on: date = column(models.FeedbackRound.opens_on, "First day for answers.")
    closes_on: date = column(models.FeedbackRound.closes_on, "Last day for answers.")
    requests: Connection[FeedbackRequest] = pages(models.FeedbackRequest.round, "Whom it asks.")


_GIVER_SHOWN = (
    "A superior's is shown to all who see the feedback; a colleague's to the giver, to the evaluator, the superior and "
    "holders of feedback.names, never to the rated person; null for others."
)


@entity(models.Feedback, order=("-id",))
class Feedback(Node):
    """Feedback on a plan (umpan balik berkelanjutan).

    The rated person sees feedback of peers and subordinates without names and days, and only from a minimum number of
    givers of that relation on.
    """

    plan: _Plan | None = relation(models.Feedback.plan, "The plan (SKP).")
    employee: _Employee | None = relation(models.Feedback.employee, "The rated person.")
    giver: _Employee | None = relation(models.Feedback.giver, f"Who gave it. {_GIVER_SHOWN}")
    giver_relation: GiverRelation = column(
        models.Feedback.relation, "What the giver is to the person.", name="relation"
    )
    tone: FeedbackTone = column(models.Feedback.tone, "Confirming or asking for change.")
    work_result: _WorkResult | None = relation(models.Feedback.work_result, "The work result that it is about.")
    behavior_value: BehaviorValue | None = column(models.Feedback.behavior_value, "The value that it is about.")
    text: str = column(models.Feedback.text, "What was said.")
    given_on: date | None = column(
        models.Feedback.given_on,
        "The day on which it was given. A superior's is shown to all who see it, a colleague's to all but the rated "
        "person; null for others.",
    )
    request: FeedbackRequest | None = relation(models.Feedback.request, f"The request that it answers. {_GIVER_SHOWN}")


@entity(models.PerformanceDialogue, order=("-held_on",))
class PerformanceDialogue(Node):
    """A talk between leader and employee about a plan (dialog kinerja)."""

    plan: _Plan | None = relation(models.PerformanceDialogue.plan, "The plan (SKP).")
    leader: _Employee | None = relation(models.PerformanceDialogue.leader, "Who led the talk.")
    held_on: date = column(models.PerformanceDialogue.held_on, "The day of the talk.")
    topic: str = column(models.PerformanceDialogue.topic, "What it was about.")
    summary: str = column(models.PerformanceDialogue.summary, "What was said.")
    agreed_actions: str = column(models.PerformanceDialogue.agreed_actions, "What was agreed.")
    version: int = column(models.PerformanceDialogue.version, "Version, for changes.")


@strawberry.type(description="What an indicator stands at on a day, and how that was found (realisasi dan capaian).")
class IndicatorActual:
    """What an indicator stands at on a day."""

    as_of: date = strawberry.field(description="The day.")
    is_measured: bool = strawberry.field(description="Whether there is a value; without one it is neither 0 nor 100.")
    state: MeasuringState = strawberry.field(description="Whether there is a value, and why not.")
    value: Decimal | None = strawberry.field(description="The value in the indicator's unit.")
    records: int = strawberry.field(description="Number of records that the value comes from.")
    achievement_percent: Decimal | None = strawberry.field(
        description="The value in percent of the nearest bound of the target; null where that cannot be said."
    )
    standing: Standing | None = strawberry.field(description="Where the value stands to the target.")
    rule: str | None = strawberry.field(description="Name of the rule that gave the percentage.")
    explanation: str = strawberry.field(description="How all this was found, in the caller's language.")


def _actuals(ctx: Context, indicators: Sequence[Any], on: date | None = None) -> list[IndicatorActual | None]:
    found = services.actual_values(ctx, [indicator.id for indicator in indicators], on)
    return [_show_actual(ctx, found.get(indicator.id)) for indicator in indicators]


def _show_actual(ctx: Context, actual: services.Actual | None) -> IndicatorActual | None:
    if actual is None:
        return None
    measurement, achievement = actual.measurement, actual.achievement
    return IndicatorActual(
        as_of=actual.as_of,
        is_measured=measurement.state is MeasuringState.MEASURED,
        state=measurement.state,
        value=measurement.value,
        records=measurement.entries,
        achievement_percent=achievement.percent if achievement else None,
        standing=achievement.standing if achievement else None,
        rule=achievement.rule if achievement else None,
        explanation=explanation_of(actual, ctx.language),
    )


class IndicatorProgress:
    """What progress adds to an indicator."""

    actual: IndicatorActual | None = batch(
        _actuals,
        "What the indicator stands at (realisasi); null where the caller may not see its progress.",
        args={"on": (date | None, "The day; today when left out.", None)},
    )
    progress_records: Connection[ProgressRecord] = pages(
        models.ProgressRecord.indicator, "What was recorded for it (realisasi)."
    )


class WorkResultProgress:
    """What progress adds to a work result."""

    progress_records: Connection[ProgressRecord] = pages(
        models.ProgressRecord.work_result, "What was recorded for it (realisasi)."
    )
    feedback: Connection[Feedback] = pages(models.Feedback.work_result, "Feedback on it (umpan balik).")


class PlanProgress:
    """What progress adds to a plan."""

    progress_records: Connection[ProgressRecord] = pages(
        models.ProgressRecord.plan, "What was recorded for it (realisasi)."
    )
    feedback: Connection[Feedback] = pages(models.Feedback.plan, "Feedback on it (umpan balik berkelanjutan).")
    dialogues: Connection[PerformanceDialogue] = pages(
        models.PerformanceDialogue.plan, "Talks about it (dialog kinerja)."
    )


@strawberry.type(description="What became of one row of a batch.")
class ProgressRowResult:
    """What became of one row of a batch."""

    index: int = strawberry.field(description="Number of the row, from 0.")
    record: ProgressRecord | None = strawberry.field(description="The record; null when the row was not recorded.")
    problems: list[Problem] = strawberry.field(description="Why the row was not recorded.")
