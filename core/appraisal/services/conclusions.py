"""Making an evaluation final, and what follows: acknowledgement, deemed acceptance, re-opening.

The order is the law's (PermenPANRB 6/2022 Pasal 24–25): the unit's performance, the distribution pattern, the
predicate.
"""

from datetime import date
from typing import Any

from core.appraisal.models import Evaluation, OrganizationPerformance
from core.appraisal.rules.matrix import predicate_for
from core.appraisal.services.credits import withdraw_credit, write_credit
from core.appraisal.services.distribution import DistributionReport, counts_plan, reason_missing, report_for
from core.appraisal.services.performances import performance_missing, performance_of
from core.appraisal.services.ratings import (
    HeadRating,
    already_final,
    heads_own_unit,
    rating_as_head,
    span_of,
)
from core.appraisal.services.spans import Span, require_open
from core.appraisal.terms import EvaluationKind, EvaluationState, Rating
from core.context import Context
from core.errors import Refused, refuse
from core.i18n import N_
from core.law.in_force import find_rule, no_rule
from core.law.rule import NUMERIC_SCALE, PREDICATE_MATRIX, Rule
from core.organisation.models import WorkUnit
from core.planning.models import EvaluationWindow, PerformancePlan
from core.planning.services.people import rows_of
from core.policy import fetch, require
from core.registry import active_registry
from core.work import unit_of_work
from core.workdays.rules import add_working_days
from core.workdays.services import load_holidays


def finalise_evaluation(
    ctx: Context, evaluation_id: int, version: int, distribution_reason: str | None = None
) -> Evaluation:
    """Give the predicate that the matrix in force gives, and show the evaluation to the employee.

    Refused while the unit's performance is not set. Where the distribution differs from the pattern a reason is
    wanted; the predicate stays what the ratings lead to.
    """
    with unit_of_work(ctx) as work:
        evaluation = fetch(Evaluation, evaluation_id, ctx, "input", "evaluationId")
        require(ctx, "appraisal.finalise", evaluation, "input", "evaluationId")
        if evaluation.state is EvaluationState.DRAFT:
            raise _not_rated()
        if evaluation.state is not EvaluationState.RATED:
            raise already_final("input", "evaluationId")
        plan: PerformancePlan = evaluation.plan
        span = span_of(evaluation)
        require_open(span.period, "input", "evaluationId")
        unit = WorkUnit.get_by_id(evaluation.unit_id)

        performance = performance_of(unit.id, span)
        if performance is None:
            raise performance_missing(unit, span, "input", "evaluationId")
        head = rating_as_head(unit, span, "input", "evaluationId") if heads_own_unit(plan) else None
        if head is not None and head.rating is not evaluation.result_rating:
            # The unit's performance was set again since the head was rated.
            work.update(evaluation, version, result_rating=head.rating)
            version = evaluation.version

        rule = matrix_on(span.ends_on, "input", "evaluationId")
        report = _distribution(ctx, plan, unit, span, is_head=head is not None)
        reason = (distribution_reason or "").strip() if report and report.check.warnings else ""
        if report and report.check.warnings and not reason:
            raise Refused(reason_missing(report, "input", "distributionReason"))

        predicate = predicate_for(rule, evaluation.result_rating, evaluation.behavior_rating)
        _ask_plugins(evaluation)
        steps = [
            performance_step(performance, unit),
            *([_head_step(head)] if head else []),
            _distribution_step(report, reason),
            predicate_step(rule, evaluation.result_rating, evaluation.behavior_rating, predicate.value),
        ]
        credit = write_credit(work, evaluation, plan, predicate)
        work.update(
            evaluation,
            version,
            state=EvaluationState.FINAL,
            predicate=predicate,
            organization_performance=performance,
            distribution_reason=reason,
            finalised_at=ctx.now,
            received_on=ctx.today,
            explanation={
                "inputs": {
                    **_inputs(evaluation, plan, performance, span, is_head=head is not None),
                    "finalised_by_id": ctx.actor.employee_id,
                },
                "rule": rule.snapshot(),
                "steps": [*steps, *([credit] if credit else [])],
            },
        )
        work.emit(
            "appraisal.evaluation_finalised",
            {
                "evaluation_id": evaluation.id,
                "plan_id": plan.id,
                "employee_id": evaluation.employee_id,
                "unit_id": unit.id,
                "period_id": span.period.id,
                "window_id": span.window_id,
                "kind": evaluation.kind,
                "predicate": predicate,
            },
        )
        return evaluation


def acknowledge_evaluation(ctx: Context, evaluation_id: int, version: int) -> Evaluation:
    """Note that the employee has taken notice; the time for an objection runs on from the day of receipt."""
    with unit_of_work(ctx) as work:
        evaluation = fetch(Evaluation, evaluation_id, ctx, "input", "evaluationId")
        require(ctx, "appraisal.acknowledge", evaluation, "input", "evaluationId")
        if evaluation.state is not EvaluationState.FINAL:
            raise refuse(
                "NOTHING_TO_ACKNOWLEDGE",
                N_("Only a final evaluation that is not acknowledged yet can be acknowledged. Its state is {state}."),
                "input",
                "evaluationId",
                state=evaluation.state.value,
            )
        work.update(
            evaluation,
            version,
            state=EvaluationState.ACKNOWLEDGED,
            acknowledged_at=ctx.now,
            received_on=evaluation.received_on or ctx.today,
        )
        work.emit(
            "appraisal.evaluation_acknowledged",
            {"evaluation_id": evaluation.id, "employee_id": evaluation.employee_id, "deemed": False},
        )
        return evaluation


def deem_accepted(ctx: Context) -> int:
    """Take final evaluations as accepted that nobody acknowledged in `deemed_acceptance_days` working days.

    Returns how many; 0 as the setting turns it off.
    """
    days = ctx.settings.deemed_acceptance_days
    if not days:
        return 0
    with unit_of_work(ctx) as work:
        require(ctx, "appraisal.deem_accepted", None)
        final = Evaluation.select().where(
            (Evaluation.state == EvaluationState.FINAL) & (Evaluation.received_on < ctx.today)
        )
        waiting = [(row, row.received_on) for row in final.order_by(Evaluation.id) if row.received_on]
        holidays = load_holidays(min((received for _, received in waiting), default=ctx.today), ctx.today)
        due = [row for row, received in waiting if add_working_days(received, days, holidays) < ctx.today]
        for row in due:
            work.update(row, state=EvaluationState.ACKNOWLEDGED, acknowledged_at=ctx.now)
            work.emit(
                "appraisal.evaluation_acknowledged",
                {"evaluation_id": row.id, "employee_id": row.employee_id, "deemed": True},
            )
        return len(due)


def reopen_evaluation(ctx: Context, evaluation_id: int, version: int, reason: str) -> Evaluation:
    """Take a final evaluation back to its ratings, with a reason; the predicate and its credit points are withdrawn."""
    with unit_of_work(ctx) as work:
        evaluation = fetch(Evaluation, evaluation_id, ctx, "input", "evaluationId")
        require(ctx, "appraisal.reopen", evaluation, "input", "evaluationId")
        if not reason.strip():
            raise refuse(
                "REASON_MISSING", N_("An evaluation is re-opened for a reason only. Give it."), "input", "reason"
            )
        if evaluation.state not in {EvaluationState.FINAL, EvaluationState.ACKNOWLEDGED}:
            raise refuse(
                "CANNOT_REOPEN",
                N_(
                    "Only a final evaluation without an objection can be re-opened; its state is {state}. "
                    "An objection is decided by the evaluator's superior, and that decision is final."
                ),
                "input",
                "evaluationId",
                state=evaluation.state.value,
            )
        require_open(span_of(evaluation).period, "input", "evaluationId")
        ctx.reason = reason.strip()
        withdraw_credit(work, evaluation)
        work.update(
            evaluation,
            version,
            state=EvaluationState.RATED,
            predicate=None,
            organization_performance=None,
            distribution_reason="",
            explanation=None,
            finalised_at=None,
            received_on=None,
            acknowledged_at=None,
        )
        work.emit(
            "appraisal.evaluation_reopened",
            {"evaluation_id": evaluation.id, "employee_id": evaluation.employee_id, "reason": ctx.reason},
        )
        return evaluation


def matrix_on(day: date, *path: str | int) -> Rule:
    """Return the matrix in force on `day`; a day of the numeric scale is refused by its own name."""
    rule = find_rule(PREDICATE_MATRIX, day)
    if rule is not None:
        return rule
    former = find_rule(NUMERIC_SCALE, day)
    if former is None:
        raise no_rule(PREDICATE_MATRIX, day, *path)
    raise refuse(
        "NUMERIC_SCALE_IN_FORCE",
        N_(
            "On {day} the numeric scale of {regulation} was in force, not the matrix of predicates. "
            "Keep the result that was given then instead of evaluating again."
        ),
        *path,
        day=day.isoformat(),
        regulation=former.regulation,
    )


def predicate_step(rule: Rule, result: Rating, behavior: Rating, predicate: str) -> dict[str, Any]:
    """Return how the matrix led to a predicate, as JSON values for an explanation."""
    return {
        "step": "PREDICATE",
        "result_rating": result.value,
        "behavior_rating": behavior.value,
        "predicate": predicate,
        "rule": {key: value for key, value in rule.snapshot().items() if key != "content"},
    }


def _not_rated() -> Refused:
    return refuse(
        "NOT_RATED",
        N_("Results and behaviour are not both rated yet. Rate them first."),
        "input",
        "evaluationId",
    )


def _distribution(
    ctx: Context, plan: PerformancePlan, unit: WorkUnit, span: Span, *, is_head: bool
) -> DistributionReport | None:
    """Return the check among the people of the same leader; None where the plan does not count in the span.

    The leader of a head is one unit up. At the top of the tree there is no such leader.
    """
    if not counts_plan(plan, span):
        return None
    if is_head:
        return report_for(ctx, WorkUnit.get_by_id(unit.parent_id), span) if unit.parent_id else None
    return report_for(ctx, unit, span)


def _ask_plugins(evaluation: Evaluation) -> None:
    problems = active_registry().validate_appraisal(evaluation)
    if problems:
        raise Refused([problem.under("input", "evaluationId") for problem in problems])


def performance_step(performance: OrganizationPerformance, unit: WorkUnit) -> dict[str, Any]:
    """Return which performance of the unit a predicate was set under, as JSON values for an explanation."""
    return {
        "step": "ORGANIZATION_PERFORMANCE",
        "organization_performance_id": performance.id,
        "version": performance.version,
        "unit_id": unit.id,
        "unit": unit.name,
        "rating": performance.rating.value,
        "set_on": performance.set_on.isoformat(),
        "set_by_id": performance.setter_id,
    }


def _head_step(head: HeadRating) -> dict[str, Any]:
    return {
        "step": "RESULT_RATING_OF_HEAD",
        "organization_rating": head.performance.rating.value,
        "result_rating": head.rating.value,
        "rule": head.rule.snapshot(),
    }


def _distribution_step(report: DistributionReport | None, reason: str) -> dict[str, Any]:
    found = {"skipped": "NOT_COUNTED", "warnings": [], "rule": None} if report is None else report.explained()
    return {"step": "DISTRIBUTION", **found, "reason": reason}


def _inputs(
    evaluation: Evaluation, plan: PerformancePlan, performance: OrganizationPerformance, span: Span, *, is_head: bool
) -> dict[str, Any]:
    return {
        "result_rating": evaluation.result_rating.value,
        "result_rating_from": "ORGANIZATION_PERFORMANCE" if is_head else "EVALUATOR",
        "behavior_rating": evaluation.behavior_rating.value,
        "organization_rating": performance.rating.value,
        "evaluator_id": evaluation.evaluator_id,
        "plan_revision": plan.revision,
        "starts_on": max(plan.starts_on, span.starts_on).isoformat(),
        "ends_on": min(plan.ends_on, span.ends_on).isoformat(),
        "rule_day": span.ends_on.isoformat(),
        "periodic": _periodic(evaluation),
    }


def _periodic(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Return the periodic evaluations that an annual one looks back on."""
    if evaluation.kind is not EvaluationKind.ANNUAL:
        return []
    rows = (
        Evaluation.select(Evaluation.id, EvaluationWindow.name, Evaluation.state, Evaluation.predicate)
        .join(EvaluationWindow, on=Evaluation.window == EvaluationWindow.id)
        .where(Evaluation.plan == evaluation.plan_id)
        .order_by(Evaluation.window_number)
    )
    return [
        {
            "evaluation_id": key,
            "window": name,
            "state": state.value,
            "predicate": predicate.value if predicate else None,
        }
        for key, name, state, predicate in rows_of(rows)
    ]
