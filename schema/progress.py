"""GraphQL of carrying out, monitoring and coaching: progress with evidence, feedback, rounds and dialogues."""

from collections.abc import Mapping, Sequence
from typing import Any

import strawberry

from core.context import Context
from core.errors import Problem as CoreProblem
from core.errors import Refused
from core.progress import services
from schema.engine import (
    Connection,
    SchemaParts,
    TypeExtension,
    decode_id,
    encode_id,
    mutation,
    payload,
    root_pages,
)
from schema.problems import show
from schema.progress_inputs import (
    AddEvidenceLinkInput,
    CorrectProgressInput,
    GiveFeedbackInput,
    RecordDialogueInput,
    RecordProgressBatchInput,
    RecordProgressInput,
    RemoveEvidenceInput,
    RemoveProgressInput,
    StartFeedbackRoundInput,
    UpdateDialogueInput,
)
from schema.progress_types import (
    Evidence,
    Feedback,
    FeedbackRequest,
    FeedbackRound,
    IndicatorProgress,
    PerformanceDialogue,
    PlanProgress,
    ProgressRecord,
    ProgressRowResult,
    WorkResultProgress,
    _Employee,
)


class Query:
    """Reading progress."""

    progress_records: Connection[ProgressRecord] = root_pages("Progress that the caller may see (realisasi).")
    feedback: Connection[Feedback] = root_pages("Feedback that the caller may see (umpan balik berkelanjutan).")
    feedback_rounds: Connection[FeedbackRound] = root_pages("Feedback rounds that the caller runs or is asked in.")
    feedback_requests: Connection[FeedbackRequest] = root_pages("Requests for feedback, to the caller or run by it.")
    dialogues: Connection[PerformanceDialogue] = root_pages("Performance dialogues (dialog kinerja).")


def _ids(given: Mapping[str, tuple[str, str | None]], *prefix: str) -> tuple[dict[str, int | None], list[CoreProblem]]:
    """Decode ids by argument name; return them and the problems of those that are no ids of their type."""
    keys: dict[str, int | None] = {}
    problems: list[CoreProblem] = []
    for name, (type_name, value) in given.items():
        head, *rest = name.split("_")
        try:
            path = (*prefix, head + "".join(part.title() for part in rest))
            keys[name] = None if value is None else decode_id(type_name, value, *path)
        except Refused as refusal:
            problems += refusal.problems
    return keys, problems


def _decoded(given: Mapping[str, tuple[str, str | None]]) -> dict[str, int | None]:
    keys, problems = _ids(given, "input")
    if problems:
        raise Refused(problems)
    return keys


def _target_ids(row: RecordProgressInput) -> dict[str, tuple[str, str | None]]:
    return {
        "indicator_id": ("Indicator", row.indicator_id),
        "work_result_id": ("WorkResult", row.work_result_id),
        "plan_id": ("PerformancePlan", row.plan_id),
    }


def _report(row: RecordProgressInput, keys: Mapping[str, int | None]) -> services.NewProgress:
    return services.NewProgress(row.happened_on, row.quantity, row.note or "", **keys)


def _record_progress(ctx: Context, input: RecordProgressInput) -> dict[str, Any]:
    return {"record": services.record_progress(ctx, _report(input, _decoded(_target_ids(input))))}


def _outcome(row: RecordProgressInput) -> services.NewProgress | Sequence[CoreProblem]:
    keys, problems = _ids(_target_ids(row))
    return problems or _report(row, keys)


def _record_progress_batch(ctx: Context, input: RecordProgressBatchInput) -> dict[str, Any]:
    results = services.record_progress_batch(
        ctx, input.idempotency_key, [_outcome(row) for row in input.rows], all_or_nothing=input.all_or_nothing
    )
    rows: list[Any] = [
        ProgressRowResult(
            index=result.index,
            record=result.record_id,  # type: ignore[arg-type]  # the engine loads it by its key
            problems=[show(problem, ctx.language) for problem in result.problems],
        )
        for result in results
    ]
    return {"rows": rows, "recorded": sum(result.record_id is not None for result in results)}


def _changes(given: Mapping[str, Any], *, nullable: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return what a client gave; null means "leave it" where the column takes none."""
    return {
        name: value
        for name, value in given.items()
        if value is not strawberry.UNSET and (value is not None or name in nullable)
    }


def _correct_progress(ctx: Context, input: CorrectProgressInput) -> dict[str, Any]:
    changes = _changes(
        {"happened_on": input.happened_on, "quantity": input.quantity, "note": input.note},
        nullable=frozenset({"quantity"}),
    )
    key = decode_id("ProgressRecord", input.id, "input", "id")
    return {"record": services.correct_progress(ctx, key, input.version, changes)}


def _remove_progress(ctx: Context, input: RemoveProgressInput) -> dict[str, Any]:
    key = decode_id("ProgressRecord", input.id, "input", "id")
    return {"removed_id": encode_id("ProgressRecord", services.remove_progress(ctx, key, input.version, input.reason))}


def _add_evidence_link(ctx: Context, input: AddEvidenceLinkInput) -> dict[str, Any]:
    key = decode_id("ProgressRecord", input.progress_record_id, "input", "progressRecordId")
    return {"evidence": services.add_evidence_link(ctx, key, input.url, input.title or "")}


def _remove_evidence(ctx: Context, input: RemoveEvidenceInput) -> dict[str, Any]:
    key = services.remove_evidence(ctx, decode_id("Evidence", input.id, "input", "id"), input.version)
    return {"removed_id": encode_id("Evidence", key)}


def _give_feedback(ctx: Context, input: GiveFeedbackInput) -> dict[str, Any]:
    keys = _decoded(
        {
            "plan_id": ("PerformancePlan", input.plan_id),
            "employee_id": ("Employee", input.employee_id),
            "request_id": ("FeedbackRequest", input.request_id),
            "work_result_id": ("WorkResult", input.work_result_id),
        }
    )
    given = services.NewFeedback(input.tone, input.text, **keys, behavior_value=input.behavior_value)
    return {"feedback": services.give_feedback(ctx, given)}


def _start_feedback_round(ctx: Context, input: StartFeedbackRoundInput) -> dict[str, Any]:
    keys = _decoded({"period_id": ("EvaluationPeriod", input.period_id), "unit_id": ("WorkUnit", input.unit_id)})
    wanted = services.NewRound(
        name=input.name,
        period_id=keys["period_id"] or 0,
        unit_id=keys["unit_id"] or 0,
        opens_on=input.opens_on,
        closes_on=input.closes_on,
        relations=tuple(input.relations),
        peers=input.peers,
    )
    started = services.start_feedback_round(ctx, wanted)
    return {"round": started.row, "requests": started.requests, "too_few": list(started.too_few)}


def _record_dialogue(ctx: Context, input: RecordDialogueInput) -> dict[str, Any]:
    key = decode_id("PerformancePlan", input.plan_id, "input", "planId")
    held = services.NewDialogue(key, input.held_on, input.topic, input.summary, input.agreed_actions or "")
    return {"dialogue": services.record_dialogue(ctx, held)}


def _update_dialogue(ctx: Context, input: UpdateDialogueInput) -> dict[str, Any]:
    changes = _changes(
        {
            "held_on": input.held_on,
            "topic": input.topic,
            "summary": input.summary,
            "agreed_actions": input.agreed_actions,
        }
    )
    key = decode_id("PerformanceDialogue", input.id, "input", "id")
    return {"dialogue": services.change_dialogue(ctx, key, input.version, changes)}


class Mutation:
    """Reporting, feedback and dialogues."""

    record_progress = mutation(
        _record_progress,
        input=RecordProgressInput,
        payload=payload("RecordProgressPayload", record=(ProgressRecord, "The new record.")),
        description="Record progress on an approved plan (realisasi).",
    )
    record_progress_batch = mutation(
        _record_progress_batch,
        input=RecordProgressBatchInput,
        payload=payload(
            "RecordProgressBatchPayload",
            rows=(list[ProgressRowResult], "A result for each row, in order."),
            recorded=(int, "Number of records made, or made by the first call with this key."),
        ),
        description="Record progress for many indicators at once; repeating a call with its key writes nothing.",
    )
    correct_progress = mutation(
        _correct_progress,
        input=CorrectProgressInput,
        payload=payload("CorrectProgressPayload", record=(ProgressRecord, "The corrected record.")),
        description="Correct date, quantity or note of a record; the history keeps what was.",
    )
    remove_progress = mutation(
        _remove_progress,
        input=RemoveProgressInput,
        payload=payload("RemoveProgressPayload", removed_id=(strawberry.ID, "The record that is gone.")),
        description="Remove a record with its evidence.",
    )
    add_evidence_link = mutation(
        _add_evidence_link,
        input=AddEvidenceLinkInput,
        payload=payload("AddEvidenceLinkPayload", evidence=(Evidence, "The new evidence.")),
        description="Add a link as evidence (bukti dukung). Files are sent to POST /files/evidence.",
    )
    remove_evidence = mutation(
        _remove_evidence,
        input=RemoveEvidenceInput,
        payload=payload("RemoveEvidencePayload", removed_id=(strawberry.ID, "The evidence that is gone.")),
        description="Remove a piece of evidence.",
    )
    give_feedback = mutation(
        _give_feedback,
        input=GiveFeedbackInput,
        payload=payload("GiveFeedbackPayload", feedback=(Feedback, "The feedback.")),
        description="Give feedback as superior, peer or subordinate (umpan balik berkelanjutan).",
    )
    start_feedback_round = mutation(
        _start_feedback_round,
        input=StartFeedbackRoundInput,
        payload=payload(
            "StartFeedbackRoundPayload",
            round=(FeedbackRound, "The round."),
            requests=(int, "Number of people asked, counted per person they are asked about."),
            too_few=(list[_Employee], "Whose peers asked are too few for their answers to be shown."),
        ),
        description="Ask superiors, peers and subordinates for feedback on everybody in a unit.",
    )
    record_dialogue = mutation(
        _record_dialogue,
        input=RecordDialogueInput,
        payload=payload("RecordDialoguePayload", dialogue=(PerformanceDialogue, "The dialogue.")),
        description="Record a talk with an employee about its plan (dialog kinerja).",
    )
    update_dialogue = mutation(
        _update_dialogue,
        input=UpdateDialogueInput,
        payload=payload("UpdateDialoguePayload", dialogue=(PerformanceDialogue, "The dialogue.")),
        description="Change what was recorded of a talk.",
    )


PARTS = SchemaParts(
    query=Query,
    mutation=Mutation,
    types=[Evidence, ProgressRecord, Feedback, FeedbackRound, FeedbackRequest, PerformanceDialogue],
    extensions=[
        TypeExtension("PerformancePlan", PlanProgress),
        TypeExtension("WorkResult", WorkResultProgress),
        TypeExtension("Indicator", IndicatorProgress),
    ],
)
