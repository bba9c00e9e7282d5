"""Giving feedback, on one's own account or when a round asks for it."""

from dataclasses import dataclass

from core.context import Context
from core.errors import Problem, Refused, forbidden, not_found, refuse
from core.i18n import N_
from core.organisation.models import Employee
from core.planning.models import EvaluationPeriod, PerformancePlan, WorkResult
from core.planning.rules.states import is_in_force
from core.planning.terms import BehaviorValue, PeriodState
from core.policy import as_condition, fetch, require, visible
from core.progress.models import Feedback, FeedbackRequest
from core.progress.rules.feedback import answer_problems, relation_of, text_problems
from core.progress.rules.records import plan_problems
from core.progress.services.places import places_on
from core.progress.services.targets import plan_facts
from core.progress.terms import FeedbackTone, GiverRelation
from core.work import unit_of_work


@dataclass(frozen=True)
class NewFeedback:
    """Feedback to be given; exactly one of `plan_id`, `employee_id` and `request_id` says on whom."""

    tone: FeedbackTone
    text: str
    plan_id: int | None = None
    employee_id: int | None = None
    request_id: int | None = None
    work_result_id: int | None = None
    behavior_value: BehaviorValue | None = None


def give_feedback(ctx: Context, given: NewFeedback) -> Feedback:
    """Give feedback to somebody whose superior, peer or subordinate the actor is today."""
    if ctx.actor.employee_id is None:
        raise forbidden("input")
    with unit_of_work(ctx) as work:
        request = _request(ctx, given)
        plan = _plan(ctx, given, request)
        relation = _relation(ctx, given, plan, request)
        require(ctx, "progress.give_feedback", plan, "input")
        problems = [
            *plan_problems(plan_facts(plan)),
            *text_problems(
                given.text, subjects=(given.work_result_id is not None) + (given.behavior_value is not None)
            ),
            *_result_problems(given, plan),
        ]
        if request is not None:
            about = request.round
            is_answered = request.answered_at is not None
            problems += answer_problems(about.opens_on, about.closes_on, ctx.today, is_answered=is_answered)
        if problems:
            raise Refused([problem.under("input") for problem in problems])
        feedback = work.create(
            Feedback,
            plan=plan.id,
            employee=plan.employee_id,
            giver=ctx.actor.employee_id,
            relation=relation,
            tone=given.tone,
            work_result=given.work_result_id,
            behavior_value=given.behavior_value,
            text=given.text.strip(),
            given_on=ctx.today,
            request=request.id if request else None,
        )
        if request is not None:
            work.update(request, answered_at=ctx.now)
        # Handlers are told that there is feedback, never by whom.
        work.emit("progress.feedback_given", {"feedback_id": feedback.id, "plan_id": plan.id})
        return feedback


def _request(ctx: Context, given: NewFeedback) -> FeedbackRequest | None:
    named = [given.plan_id, given.employee_id, given.request_id]
    if sum(key is not None for key in named) != 1:
        text = N_("Say on whom: name exactly one of the plan, the employee and the request.")
        raise refuse("TARGET_MISSING", text, "input", "planId")
    if given.request_id is None:
        return None
    request = fetch(FeedbackRequest, given.request_id, ctx, "input", "requestId")
    if request.giver_id != ctx.actor.employee_id:
        raise not_found("input", "requestId", id=f"FeedbackRequest:{given.request_id}")
    return request


def _plan(ctx: Context, given: NewFeedback, request: FeedbackRequest | None) -> PerformancePlan:
    # Not limited to visible plans: a peer gives feedback without seeing what stands in the plan.
    plans = PerformancePlan.select(PerformancePlan, EvaluationPeriod).join(EvaluationPeriod)
    if given.plan_id is not None:
        plan: PerformancePlan | None = plans.where(PerformancePlan.id == given.plan_id).first()
        if plan is None:
            raise not_found("input", "planId", id=f"PerformancePlan:{given.plan_id}")
        return plan
    if request is not None:
        subject: int | None = request.employee_id
        name = "requestId"
        rows = PerformancePlan.period == request.round.period_id
    else:
        subject, name = given.employee_id, "employeeId"
        if not Employee.select().where(Employee.id == subject).exists():
            raise not_found("input", name, id=f"Employee:{subject}")
        rows = (
            (EvaluationPeriod.state == PeriodState.OPEN)
            & (PerformancePlan.starts_on <= ctx.today)
            & (PerformancePlan.ends_on >= ctx.today)
        )
    newest_first = plans.where((PerformancePlan.employee == subject) & rows).order_by(
        PerformancePlan.starts_on.desc(), PerformancePlan.id.desc()
    )
    for candidate in list(newest_first):
        if is_in_force(candidate.state, candidate.revision):
            return candidate
    text = N_("This person has no approved plan to give feedback on today. Wait until the plan is approved.")
    raise refuse("PLAN_NOT_APPROVED", text, "input", name)


def _relation(
    ctx: Context, given: NewFeedback, plan: PerformancePlan, request: FeedbackRequest | None
) -> GiverRelation:
    if request is not None:
        asked: GiverRelation = request.relation
        return asked
    giver, subject = ctx.actor.employee_id, plan.employee_id
    assert giver is not None  # noqa: S101 - refused at the beginning
    path = "planId" if given.plan_id is not None else "employeeId"
    if giver == subject:
        text = N_("Feedback on oneself is not taken. Write a progress record instead.")
        raise refuse("FEEDBACK_ON_ONESELF", text, "input", path)
    places = places_on(ctx.today, {giver, subject})
    relation = relation_of(places[giver], places[subject], plan.evaluator_id)
    if relation is not None:
        return relation
    seen = as_condition(visible(ctx.actor, PerformancePlan))
    if (
        given.plan_id is not None
        and not PerformancePlan.select().where((PerformancePlan.id == plan.id) & seen).exists()
    ):
        raise not_found("input", path, id=f"PerformancePlan:{plan.id}")
    text = N_("Feedback comes from superiors, peers and subordinates. Ask your HR office for a feedback round.")
    raise refuse("NO_RELATION", text, "input", path)


def _result_problems(given: NewFeedback, plan: PerformancePlan) -> list[Problem]:
    if given.work_result_id is None:
        return []
    belongs = (WorkResult.id == given.work_result_id) & (WorkResult.plan == plan.id)
    if WorkResult.select().where(belongs).exists():
        return []
    return list(not_found("workResultId", id=f"WorkResult:{given.work_result_id}").problems)
