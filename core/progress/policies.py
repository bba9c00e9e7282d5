"""Who sees progress, feedback and dialogues, and who may do what.

The rated person never learns from here who gave feedback: colleagues' rows are hidden below the minimum number of
givers, and whatever could name or date the giver is masked above it.
"""

from collections.abc import Callable
from typing import Any

import peewee as pw

from core.actor import Actor
from core.organisation.scope import read_paths, reports_of, supervises, unit_within
from core.planning.models import PerformancePlan, PlanEvaluator
from core.policy import ActEntry, PolicyEntry, among, either
from core.progress.models import (
    Evidence,
    Feedback,
    FeedbackRequest,
    FeedbackRound,
    PerformanceDialogue,
    ProgressRecord,
)
from core.progress.terms import GiverRelation
from core.registry import active_registry


def progress_plans(actor: Actor, plan: Any) -> Any:
    """Return the plans (a model or alias) whose progress the actor sees: his own, his people's, his units'."""
    if actor.employee_id is None:
        return unit_within(plan.unit, read_paths(actor, "progress.read"))
    return either(
        plan.employee == actor.employee_id,
        _leads(actor, plan),
        unit_within(plan.unit, read_paths(actor, "progress.read")),
    )


def _leads(actor: Actor, plan: Any) -> Any:
    """Return the plans whose evaluator the actor is or was, and those of the people it supervises today."""
    if actor.employee_id is None:
        return False
    responsible = PlanEvaluator.alias()
    evaluated = responsible.select(responsible.plan).where(responsible.evaluator == actor.employee_id)
    return (plan.evaluator == actor.employee_id) | among(plan.id, evaluated) | among(plan.employee, reports_of(actor))


def _on_plans(column: Any, rows: Callable[[Any], Any]) -> Any:
    """Return where a column points to one of the plans that `rows(plan)` describes."""
    plan = PerformancePlan.alias()
    chosen = rows(plan)
    return chosen if isinstance(chosen, bool) else among(column, plan.select(plan.id).where(chosen))


def _progress(actor: Actor, t: Any) -> Any:
    return _on_plans(t.plan, lambda plan: progress_plans(actor, plan))


def _evidence(actor: Actor, t: Any) -> Any:
    record = ProgressRecord.alias()
    rows = _progress(actor, record)
    return rows if isinstance(rows, bool) else among(t.progress_record, record.select(record.id).where(rows))


def _is_about_other(actor: Actor, t: Any) -> Any:
    return True if actor.employee_id is None else t.employee != actor.employee_id


def _and(left: Any, right: Any) -> Any:
    if left is False or right is False:
        return False
    if left is True:
        return right
    return left if right is True else left & right


def _is_giver(actor: Actor, t: Any) -> Any:
    return False if actor.employee_id is None else t.giver == actor.employee_id


def _feedback(actor: Actor, t: Any) -> Any:
    # Whoever reads for a unit or a role reads about others only: a head is in the unit that he heads.
    by_office = either(
        _on_plans(t.plan, lambda plan: _leads(actor, plan)),
        _on_plans(t.plan, lambda plan: unit_within(plan.unit, read_paths(actor, "progress.read"))),
    )
    return either(_is_giver(actor, t), _and(_is_about_other(actor, t), by_office), _about_oneself(actor, t))


def _about_oneself(actor: Actor, t: Any) -> Any:
    if actor.employee_id is None:
        return False
    other = Feedback.alias()
    givers = other.select(pw.fn.COUNT(other.giver.distinct())).where(
        (other.plan == t.plan) & (other.relation == t.relation)
    )
    enough = givers >= active_registry().settings.feedback_min_givers
    return (t.employee == actor.employee_id) & ((t.relation == GiverRelation.SUPERIOR) | enough)


def _names(actor: Actor, t: Any) -> Any:
    """Return where the actor may know the giver: his own, a superior's, or about his people or by his office."""
    by_office = either(
        _on_plans(t.plan, lambda plan: _leads(actor, plan)),
        _on_plans(t.plan, lambda plan: unit_within(plan.unit, actor.paths("feedback.names"))),
    )
    return either(
        _is_giver(actor, t),
        t.relation == GiverRelation.SUPERIOR,
        _and(_is_about_other(actor, t), by_office),
    )


def _dates(actor: Actor, t: Any) -> Any:
    """Return where the actor may know when feedback was given: a colleague's day would tell who it was."""
    return either(_is_giver(actor, t), t.relation == GiverRelation.SUPERIOR, _is_about_other(actor, t))


def _round(actor: Actor, t: Any) -> Any:
    request = FeedbackRequest.alias()
    asked = request.select(request.round).where(request.giver == actor.employee_id)
    return either(
        False if actor.employee_id is None else among(t.id, asked),
        unit_within(t.unit, (*actor.paths("progress.manage"), *actor.paths("feedback.names"))),
    )


def _request(actor: Actor, t: Any) -> Any:
    return either(_is_giver(actor, t), _and(_is_about_other(actor, t), _of_rounds(actor, t)))


def _of_rounds(actor: Actor, t: Any) -> Any:
    row = FeedbackRound.alias()
    rows = unit_within(row.unit, (*actor.paths("progress.manage"), *actor.paths("feedback.names")))
    return rows if isinstance(rows, bool) else among(t.round, row.select(row.id).where(rows))


def _answer_moment(actor: Actor, t: Any) -> Any:
    # Beside the day of the feedback the moment of an answer would name the giver to a manager without that right.
    row = FeedbackRound.alias()
    rows = unit_within(row.unit, actor.paths("feedback.names"))
    named = rows if isinstance(rows, bool) else among(t.round, row.select(row.id).where(rows))
    return either(_is_giver(actor, t), named)


def _dialogue(actor: Actor, t: Any) -> Any:
    scope = _on_plans(t.plan, lambda plan: unit_within(plan.unit, actor.paths("progress.read")))
    if actor.employee_id is None:
        return scope
    return either(
        t.leader == actor.employee_id,
        _on_plans(t.plan, lambda plan: either(plan.employee == actor.employee_id, _leads(actor, plan))),
        scope,
    )


def _may_record(actor: Actor, plan: Any) -> bool:
    return _is_holder(actor, plan) or actor.holds("progress.manage", plan.unit.path)


def _is_holder(actor: Actor, plan: Any) -> bool:
    return actor.employee_id is not None and plan.employee_id == actor.employee_id


def _may_change(actor: Actor, record: Any) -> bool:
    return _may_record(actor, record.plan)


def _may_give_feedback(actor: Actor, plan: Any) -> bool:
    return actor.employee_id is not None and plan.employee_id != actor.employee_id


def _may_run_round(actor: Actor, unit: Any) -> bool:
    return actor.holds("progress.manage", unit.path)


def _may_record_dialogue(actor: Actor, plan: Any) -> bool:
    if actor.employee_id is None or plan.employee_id == actor.employee_id:
        return False
    return plan.evaluator_id == actor.employee_id or supervises(actor.employee_id, plan.employee_id, actor.today)


def _may_change_dialogue(actor: Actor, dialogue: Any) -> bool:
    return actor.employee_id is not None and dialogue.leader_id == actor.employee_id


ENTRIES: list[PolicyEntry] = [
    PolicyEntry(ProgressRecord, _progress),
    PolicyEntry(Evidence, _evidence),
    PolicyEntry(FeedbackRound, _round),
    PolicyEntry(FeedbackRequest, _request, {"answered_at": _answer_moment, "updated_at": _answer_moment}),
    PolicyEntry(
        Feedback,
        _feedback,
        {"giver": _names, "request": _names, "given_on": _dates, "created_at": _dates, "updated_at": _dates},
    ),
    PolicyEntry(PerformanceDialogue, _dialogue),
]
"""Rows and masks of progress, evidence, feedback and dialogues."""

ACTS: list[ActEntry] = [
    ActEntry("progress.record", _may_record),
    ActEntry("progress.correct", _may_change),
    ActEntry("progress.remove", _may_change),
    ActEntry("progress.give_feedback", _may_give_feedback),
    ActEntry("progress.run_round", _may_run_round),
    ActEntry("progress.record_dialogue", _may_record_dialogue),
    ActEntry("progress.change_dialogue", _may_change_dialogue),
]
"""What may be done by whom: the holder reports, the leader talks, the office runs rounds."""
