"""What is pending follows the plan: to a new evaluator or unit, or away when the plan has ended."""

from core.appraisal.models import Evaluation
from core.appraisal.terms import EvaluationState
from core.context import Context
from core.events import Event
from core.planning.models import EvaluationWindow, PerformancePlan
from core.work import unit_of_work


def hand_over_pending(event: Event, ctx: Context) -> None:
    """Hand the evaluations of a plan that are not final to the plan's evaluator and unit; again changes nothing."""
    with unit_of_work(ctx) as work:
        plan = PerformancePlan.get_or_none(PerformancePlan.id == event.payload["plan_id"])
        if plan is None:
            return
        pending = Evaluation.select().where(
            (Evaluation.plan == plan.id) & Evaluation.state.in_((EvaluationState.DRAFT, EvaluationState.RATED))
        )
        for evaluation in list(pending):
            work.update(evaluation, evaluator=plan.evaluator_id, unit=plan.unit_id)


def drop_drafts_after_end(event: Event, ctx: Context) -> None:
    """Remove the drafts for windows that a plan no longer reaches since it ended; nothing that was rated."""
    with unit_of_work(ctx) as work:
        plan = PerformancePlan.get_or_none(PerformancePlan.id == event.payload["plan_id"])
        if plan is None:
            return
        drafts = (
            Evaluation.select(Evaluation)
            .join(EvaluationWindow)
            .where(
                (Evaluation.plan == plan.id)
                & (Evaluation.state == EvaluationState.DRAFT)
                & Evaluation.result_rating.is_null()
                & Evaluation.behavior_rating.is_null()
                & (EvaluationWindow.starts_on > plan.ends_on)
            )
        )
        for evaluation in list(drafts):
            work.delete(evaluation)
