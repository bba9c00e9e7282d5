"""What people do by hand to progress, evidence, feedback and dialogues."""

from typing import cast

from core.actor import Actor
from core.bin.verbs import archive_verb
from core.context import Context
from core.i18n import N_
from core.organisation.models import Employee, WorkUnit
from core.planning.models import EvaluationPeriod, Indicator, PerformancePlan, WorkResult
from core.planning.terms import BehaviorValue, PeriodState
from core.progress.models import (
    Evidence,
    Feedback,
    FeedbackRequest,
    FeedbackRound,
    PerformanceDialogue,
    ProgressRecord,
)
from core.progress.services.dialogues import NewDialogue, change_dialogue, record_dialogue
from core.progress.services.evidence import add_evidence_link, remove_evidence
from core.progress.services.feedback import NewFeedback, give_feedback
from core.progress.services.records import correct_progress, record_progress, remove_progress
from core.progress.services.rounds import NewRound, RoundChanges, StartedRound, change_round, start_feedback_round
from core.progress.services.targets import NewProgress
from core.progress.terms import EvidenceKind, FeedbackTone, GiverRelation
from core.verbs.calling import REASON, given, seen_version
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField


def _may_report(actor: Actor) -> bool:
    return actor.employee_id is not None or bool(actor.paths("progress.manage"))


def _is_employee(actor: Actor) -> bool:
    return actor.employee_id is not None


def _record(ctx: Context, _target: Target, values: Values) -> ProgressRecord:
    return record_progress(ctx, NewProgress(**given(values)))


def _correct(ctx: Context, target: Target, values: Values) -> ProgressRecord:
    return correct_progress(ctx, target.id, seen_version(ProgressRecord, target), values)


def _remove(ctx: Context, target: Target, values: Values) -> int:
    return remove_progress(ctx, target.id, seen_version(ProgressRecord, target), values["reason"])


def _add_link(ctx: Context, _target: Target, values: Values) -> Evidence:
    return add_evidence_link(ctx, values["progress_record_id"], values["url"], values.get("title") or "")


def _remove_evidence(ctx: Context, target: Target, _values: Values) -> int:
    return remove_evidence(ctx, target.id, seen_version(Evidence, target))


def _may_come_back(row: ProgressRecord) -> bool:
    """Whether the period takes changes and no file hangs on the record: files of the bin would be swept away."""
    files = Evidence.select().where((Evidence.progress_record == row.id) & (Evidence.kind == EvidenceKind.FILE))
    return row.plan.period.state is PeriodState.OPEN and not files.exists()


_DAY = VerbField("happened_on", N_("Day"), FieldKind.DATE, is_required=True)
_REPORT = (VerbField("quantity", N_("Quantity"), FieldKind.AMOUNT), VerbField("note", N_("Note"), FieldKind.LONG_TEXT))

RECORDS = (
    Verb(
        "progress.record_progress",
        N_("New progress"),
        ProgressRecord,
        Does.CREATE,
        _record,
        (
            VerbField(
                "indicator_id",
                N_("Indicator"),
                FieldKind.REFERENCE,
                refers_to=Indicator,
                help=N_("Name an indicator, or a work result as a whole."),
            ),
            VerbField("work_result_id", N_("Work result"), FieldKind.REFERENCE, refers_to=WorkResult),
            _DAY,
            *_REPORT,
        ),
        permission="progress.record",
        allows=_may_report,
    ),
    Verb(
        "progress.correct_progress",
        N_("Correct"),
        ProgressRecord,
        Does.CORRECT,
        _correct,
        (_DAY, *_REPORT),
        permission="progress.correct",
        may_be_bulk=True,
    ),
    Verb(
        "progress.remove_progress",
        N_("Remove"),
        ProgressRecord,
        Does.ACT,
        _remove,
        (REASON,),
        permission="progress.remove",
        may_be_bulk=True,
        is_grave=True,
        help=N_("Its evidence goes along."),
    ),
    archive_verb(ProgressRecord, "progress.remove", suits=_may_come_back),
    Verb(
        "progress.add_evidence_link",
        N_("New link"),
        Evidence,
        Does.CREATE,
        _add_link,
        (
            VerbField(
                "progress_record_id", N_("Progress"), FieldKind.REFERENCE, is_required=True, refers_to=ProgressRecord
            ),
            VerbField("url", N_("Address"), is_required=True),
            VerbField("title", N_("Title")),
        ),
        permission="progress.correct",
        allows=_may_report,
    ),
    Verb(
        "progress.remove_evidence",
        N_("Remove"),
        Evidence,
        Does.ACT,
        _remove_evidence,
        permission="progress.correct",
        subject=lambda row: row.progress_record,
        may_be_bulk=True,
        is_grave=True,
    ),
)


def _give(ctx: Context, _target: Target, values: Values) -> Feedback:
    return give_feedback(ctx, NewFeedback(**given(values)))


def _answer(ctx: Context, target: Target, values: Values) -> Feedback:
    return give_feedback(ctx, NewFeedback(**given(values), request_id=target.id))


def _start_round(ctx: Context, _target: Target, values: Values) -> StartedRound:
    wanted = given(values)
    chosen = {
        relation: wanted.pop(name)
        for name, relation in (
            ("asks_superiors", GiverRelation.SUPERIOR),
            ("asks_peers", GiverRelation.PEER),
            ("asks_subordinates", GiverRelation.SUBORDINATE),
        )
    }
    relations = tuple(relation for relation, is_asked in chosen.items() if is_asked)
    return start_feedback_round(ctx, NewRound(**wanted, relations=relations))


def _change_round(ctx: Context, target: Target, values: Values) -> FeedbackRound:
    return change_round(ctx, target.id, target.version, cast("RoundChanges", given(values)))


def _is_unanswered(row: FeedbackRound) -> bool:
    answered = (FeedbackRequest.round == row.id) & FeedbackRequest.answered_at.is_null(False)
    return not FeedbackRequest.select().where(answered).exists()


_SAID = (
    VerbField("tone", N_("Tone"), FieldKind.CHOICE, is_required=True, choices=FeedbackTone),
    VerbField("text", N_("Feedback"), FieldKind.LONG_TEXT, is_required=True),
    VerbField("behavior_value", N_("Value"), FieldKind.CHOICE, choices=BehaviorValue),
)
_ROUND = (
    VerbField("name", N_("Name"), is_required=True),
    VerbField("opens_on", N_("Opens on"), FieldKind.DATE, is_required=True),
    VerbField("closes_on", N_("Closes on"), FieldKind.DATE, is_required=True),
)

FEEDBACK = (
    Verb(
        "progress.give_feedback",
        N_("New feedback"),
        Feedback,
        Does.CREATE,
        _give,
        (
            VerbField("employee_id", N_("Employee"), FieldKind.REFERENCE, is_required=True, refers_to=Employee),
            *_SAID,
            VerbField("work_result_id", N_("Work result"), FieldKind.REFERENCE, refers_to=WorkResult),
        ),
        permission="progress.give_feedback",
        allows=_is_employee,
    ),
    Verb(
        "progress.answer_request",
        N_("Reply"),
        FeedbackRequest,
        Does.ACT,
        _answer,
        _SAID,
        permission="progress.give_feedback",
        allows=_is_employee,
        suits=lambda row: row.answered_at is None,
    ),
    Verb(
        "progress.start_round",
        N_("New feedback round"),
        FeedbackRound,
        Does.CREATE,
        _start_round,
        (
            *_ROUND,
            VerbField("period_id", N_("Period"), FieldKind.REFERENCE, is_required=True, refers_to=EvaluationPeriod),
            VerbField("unit_id", N_("Unit"), FieldKind.REFERENCE, is_required=True, refers_to=WorkUnit),
            VerbField("asks_superiors", N_("Ask superiors"), FieldKind.BOOLEAN),
            VerbField("asks_peers", N_("Ask peers"), FieldKind.BOOLEAN),
            VerbField("asks_subordinates", N_("Ask subordinates"), FieldKind.BOOLEAN),
            VerbField(
                "peers", N_("Peers asked for each person"), FieldKind.INTEGER, help=N_("Drawn by lot. Empty: 5.")
            ),
        ),
        permission="progress.manage",
    ),
    Verb(
        "progress.change_round",
        N_("Correct"),
        FeedbackRound,
        Does.CORRECT,
        _change_round,
        _ROUND,
        permission="progress.run_round",
        subject=lambda row: row.unit,
        suits=lambda row: row.period.state is PeriodState.OPEN,
        may_be_bulk=True,
    ),
    archive_verb(FeedbackRound, "progress.run_round", suits=_is_unanswered, subject=lambda row: row.unit),
)


def _record_dialogue(ctx: Context, _target: Target, values: Values) -> PerformanceDialogue:
    return record_dialogue(ctx, NewDialogue(**given(values)))


def _change_dialogue(ctx: Context, target: Target, values: Values) -> PerformanceDialogue:
    return change_dialogue(ctx, target.id, seen_version(PerformanceDialogue, target), values)


_TALK = (
    VerbField("held_on", N_("Held on"), FieldKind.DATE, is_required=True),
    VerbField("topic", N_("Topic"), is_required=True),
    VerbField("summary", N_("Summary"), FieldKind.LONG_TEXT, is_required=True),
    VerbField("agreed_actions", N_("What was agreed"), FieldKind.LONG_TEXT),
)

DIALOGUES = (
    Verb(
        "progress.record_dialogue",
        N_("New dialogue"),
        PerformanceDialogue,
        Does.CREATE,
        _record_dialogue,
        (
            VerbField("plan_id", N_("Plan"), FieldKind.REFERENCE, is_required=True, refers_to=PerformancePlan),
            *_TALK,
        ),
        permission="progress.record_dialogue",
        allows=_is_employee,
    ),
    Verb(
        "progress.change_dialogue",
        N_("Correct"),
        PerformanceDialogue,
        Does.CORRECT,
        _change_dialogue,
        _TALK,
        permission="progress.change_dialogue",
    ),
    archive_verb(
        PerformanceDialogue,
        "progress.change_dialogue",
        suits=lambda row: row.plan.period.state is PeriodState.OPEN,
    ),
)

VERBS = (*RECORDS, *FEEDBACK, *DIALOGUES)
