"""Opening evaluations and rating results and behaviour."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.appraisal.models import Evaluation, OrganizationPerformance
from core.appraisal.rules.matrix import head_result_rating
from core.appraisal.services.performances import performance_missing, performance_of
from core.appraisal.services.spans import (
    Span,
    is_in_effect,
    made_once,
    overlaps,
    plan_is_in_effect,
    require_open,
    span_for,
)
from core.appraisal.terms import EvaluationState, Rating
from core.context import Context
from core.errors import Problem, Refused, refuse
from core.i18n import N_
from core.law.in_force import rule_in_force
from core.law.rule import HEAD_RESULT_RATING, Rule
from core.organisation.models import Position, WorkUnit
from core.planning.models import EvaluationPeriod, EvaluationWindow, PerformancePlan
from core.planning.services.people import rows_of
from core.policy import as_condition, below, fetch, require
from core.work import UnitOfWork, unit_of_work

UNRATED_STATES = (EvaluationState.DRAFT, EvaluationState.RATED)


@dataclass(frozen=True)
class Opened:
    """The evaluations made for the plans of a unit and below, and how many were there already."""

    made: Sequence[Evaluation]
    existing: int


@dataclass(frozen=True)
class Ratings:
    """Ratings for an evaluation, or for a plan and a window (None: the year) whose evaluation may not be opened yet.

    What is None stays as it is. `version` is that of the evaluation as the evaluator saw it.
    """

    evaluation_id: int | None = None
    plan_id: int | None = None
    window_id: int | None = None
    version: int | None = None
    result_rating: Rating | None = None
    behavior_rating: Rating | None = None
    result_note: str | None = None
    behavior_note: str | None = None


@dataclass(frozen=True)
class HeadRating:
    """The rating of results that the unit's performance gives its head, and the rule that says so."""

    performance: OrganizationPerformance
    rule: Rule
    rating: Rating


def open_evaluations(ctx: Context, unit_id: int, period_id: int, window_id: int | None) -> Opened:
    """Make a draft for every plan in effect in the unit and below that has none in this span."""
    with unit_of_work(ctx) as work:
        unit = fetch(WorkUnit, unit_id, ctx, "input", "unitId")
        require(ctx, "appraisal.open", unit, "input", "unitId")
        span = span_for(ctx, period_id, window_id, "input")
        require_open(span.period, "input", "periodId")
        plans = list(
            PerformancePlan.select()
            .join(WorkUnit, on=PerformancePlan.unit == WorkUnit.id)
            .where(
                (PerformancePlan.period == span.period.id)
                & is_in_effect(PerformancePlan)
                & overlaps(PerformancePlan, span)
                & as_condition(below(WorkUnit.path, (unit.path,)))
            )
            .order_by(PerformancePlan.id)
        )
        there = {
            plan_id
            for (plan_id,) in rows_of(
                Evaluation.select(Evaluation.plan).where(
                    (Evaluation.period == span.period.id) & (Evaluation.window_number == span.number)
                )
            )
        }
        with made_once(work, "input", "unitId"):
            made = work.create_many(Evaluation, [_draft(ctx, plan, span) for plan in plans if plan.id not in there])
        work.emit(
            "appraisal.evaluations_opened",
            {"unit_id": unit.id, "period_id": span.period.id, "window_id": span.window_id, "count": len(made)},
        )
        return Opened(made, len(plans) - len(made))


def rate_evaluation(ctx: Context, given: Ratings) -> Evaluation:
    """Rate results and behaviour; with both ratings the evaluation can be made final.

    The rating of results of somebody who heads a unit is the unit's performance and cannot be chosen.
    """
    with unit_of_work(ctx) as work:
        evaluation = _evaluation_to_rate(ctx, work, given)
        if evaluation.state not in UNRATED_STATES:
            raise already_final("input", "evaluationId")
        require_open(EvaluationPeriod.get_by_id(evaluation.period_id), "input", "evaluationId")
        _require_something(given)
        result = _result_rating(evaluation, given)
        behavior = given.behavior_rating or evaluation.behavior_rating
        state = EvaluationState.RATED if result and behavior else EvaluationState.DRAFT
        changes: dict[str, Any] = {"result_rating": result, "behavior_rating": behavior, "state": state}
        if given.result_note is not None:
            changes["result_note"] = given.result_note.strip()
        if given.behavior_note is not None:
            changes["behavior_note"] = given.behavior_note.strip()
        work.update(evaluation, given.version, **changes)
        work.emit(
            "appraisal.evaluation_rated",
            {"evaluation_id": evaluation.id, "plan_id": evaluation.plan_id, "state": evaluation.state},
        )
        return evaluation


def span_of(evaluation: Evaluation) -> Span:
    """Return the span that an evaluation is for."""
    window = EvaluationWindow.get_by_id(evaluation.window_id) if evaluation.window_id else None
    return Span(EvaluationPeriod.get_by_id(evaluation.period_id), window)


def heads_own_unit(plan: PerformancePlan) -> bool:
    """Whether the plan is that of the head of its unit."""
    position = Position.get_by_id(plan.position_id)
    return bool(position.is_head) and position.unit_id == plan.unit_id


def rating_as_head(unit: WorkUnit, span: Span, *path: str | int) -> HeadRating:
    """Return the rating of results that the unit's performance gives its head; refuse where it is not set."""
    performance = performance_of(unit.id, span)
    if performance is None:
        raise performance_missing(unit, span, *path)
    rule = rule_in_force(HEAD_RESULT_RATING, span.ends_on, *path)
    return HeadRating(performance, rule, head_result_rating(rule, performance.rating))


def require_unit_rating(wanted: Rating | None, head: HeadRating, unit: WorkUnit, *path: str | int) -> None:
    """Refuse at `path` a rating of results of a head that is not the unit's."""
    if wanted is not None and wanted is not head.rating:
        raise refuse(
            "RESULT_RATING_IS_THE_UNITS",
            N_(
                "The rating of results of the head of {unit} follows from the unit's performance and is {rating}. "
                "Leave it out, or let the unit's performance be set again."
            ),
            *path,
            unit=unit.name,
            rating=head.rating.value,
        )


def already_final(*path: str | int) -> Refused:
    """Return the refusal to change an evaluation that is final."""
    return refuse(
        "EVALUATION_IS_FINAL",
        N_("The evaluation is final. Ask an HR administrator to re-open it, with a reason."),
        *path,
    )


def _draft(ctx: Context, plan: PerformancePlan, span: Span) -> dict[str, Any]:
    return {
        "plan": plan.id,
        "period": span.period.id,
        "window": span.window_id,
        "window_number": span.number,
        "employee": plan.employee_id,
        "evaluator": plan.evaluator_id,
        "unit": plan.unit_id,
        "kind": span.kind,
        "state": EvaluationState.DRAFT,
        "version": 1,
        "created_at": ctx.now,
        "updated_at": ctx.now,
        "result_note": "",
        "behavior_note": "",
        "distribution_reason": "",
    }


def _evaluation_to_rate(ctx: Context, work: UnitOfWork, given: Ratings) -> Evaluation:
    if (given.evaluation_id is None) == (given.plan_id is None):
        raise refuse(
            "ONE_SUBJECT",
            N_("It is not clear what to rate. Name either the evaluation, or the plan with its window."),
            "input",
            "evaluationId",
        )
    if given.plan_id is None:
        evaluation = fetch(Evaluation, given.evaluation_id or 0, ctx, "input", "evaluationId")
        require(ctx, "appraisal.rate", evaluation, "input", "evaluationId")
        _require_version(given)
        return evaluation
    plan = fetch(PerformancePlan, given.plan_id, ctx, "input", "planId")
    span = span_for(ctx, plan.period_id, given.window_id, "input")
    existing = Evaluation.get_or_none((Evaluation.plan == plan.id) & (Evaluation.window_number == span.number))
    if existing is not None:
        require(ctx, "appraisal.rate", existing, "input", "planId")
        _require_version(given)
        found: Evaluation = existing
        return found
    draft = _draft(ctx, plan, span)
    require(ctx, "appraisal.rate", Evaluation(**draft), "input", "planId")
    require_open(span.period, "input", "planId")
    if not plan_is_in_effect(plan):
        raise refuse(
            "PLAN_NOT_APPROVED",
            N_("The plan is not approved yet, so it cannot be evaluated. Approve it first."),
            "input",
            "planId",
        )
    if plan.starts_on > span.ends_on or plan.ends_on < span.starts_on:
        raise refuse(
            "PLAN_OUTSIDE_SPAN",
            N_("The plan does not hold on any day of {span}. Choose a window that it covers."),
            "input",
            "windowId",
            span=span.name,
        )
    with made_once(work, "input", "planId"):
        return work.create(Evaluation, **draft)


def _require_version(given: Ratings) -> None:
    if given.version is None:
        raise refuse(
            "VERSION_MISSING",
            N_("The evaluation exists already. Load it and name the version that you saw."),
            "input",
            "version",
        )


def _require_something(given: Ratings) -> None:
    parts = (given.result_rating, given.behavior_rating, given.result_note, given.behavior_note)
    if all(part is None for part in parts):
        raise Refused(
            Problem(
                "NOTHING_GIVEN",
                N_("Neither a rating nor a note is given. Give at least one."),
                ("input", "behaviorRating"),
            )
        )


def _result_rating(evaluation: Evaluation, given: Ratings) -> Rating | None:
    if not heads_own_unit(evaluation.plan):
        rating: Rating | None = given.result_rating or evaluation.result_rating
        return rating
    unit = WorkUnit.get_by_id(evaluation.unit_id)
    head = rating_as_head(unit, span_of(evaluation), "input", "resultRating")
    require_unit_rating(given.result_rating, head, unit, "input", "resultRating")
    return head.rating
