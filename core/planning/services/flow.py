"""A plan's way from draft to agreement and revision."""

from typing import Any

from core.context import Context
from core.errors import Problem, Refused, refuse, stale
from core.i18n import N_
from core.planning.content import as_json
from core.planning.models import PerformancePlan, PlanVersion
from core.planning.rules.content import completeness_problems
from core.planning.rules.states import PlanAct, next_state, states_for
from core.planning.services.contents import content_of, frame_of
from core.planning.services.evaluators import follow_line
from core.planning.services.periods import period_taking_changes
from core.planning.terms import PlanState
from core.policy import fetch, require
from core.work import UnitOfWork, unit_of_work


def submit_plan(ctx: Context, plan_id: int, version: int) -> PerformancePlan:
    """Hand a complete plan to its evaluator; who supervises the holder today becomes the evaluator."""
    with unit_of_work(ctx) as work:
        plan = _load(ctx, plan_id, version, "planning.submit_plan", PlanAct.SUBMIT)
        problems = completeness_problems(content_of(plan), frame_of(plan, plan.period))
        follow_line(work, plan, min(max(ctx.today, plan.starts_on), plan.ends_on))
        if plan.evaluator_id is None:
            problems.append(
                Problem(
                    "EVALUATOR_MISSING",
                    N_("Nobody supervises the employee. Ask your HR office to name the evaluator of this plan."),
                    ("planId",),
                )
            )
        if problems:
            raise Refused([problem.under("input") for problem in problems])
        return _move(work, plan, PlanAct.SUBMIT, "planning.plan_submitted", submitted_at=ctx.now, return_note="")


def return_plan(ctx: Context, plan_id: int, version: int, note: str) -> PerformancePlan:
    """Give a submitted plan back to its holder with a note on what to change."""
    with unit_of_work(ctx) as work:
        plan = _load(ctx, plan_id, version, "planning.return_plan", PlanAct.RETURN)
        if not note.strip():
            raise refuse("NOTE_REQUIRED", N_("The holder must know what to change. Write a note."), "input", "note")
        return _move(work, plan, PlanAct.RETURN, "planning.plan_returned", return_note=note.strip())


def approve_plan(ctx: Context, plan_id: int, version: int) -> PerformancePlan:
    """Set a submitted plan: from now on the holder works by it."""
    with unit_of_work(ctx) as work:
        plan = _load(ctx, plan_id, version, "planning.approve_plan", PlanAct.APPROVE)
        return _move(
            work,
            plan,
            PlanAct.APPROVE,
            "planning.plan_approved",
            approved_at=ctx.now,
            revision=plan.revision + 1,
        )


def revise_plan(ctx: Context, plan_id: int, version: int, reason: str) -> PerformancePlan:
    """Open an approved plan for a change; the version approved stays readable."""
    with unit_of_work(ctx) as work:
        plan = _load(ctx, plan_id, version, "planning.revise_plan", PlanAct.REVISE)
        if not reason.strip():
            raise refuse(
                "REASON_REQUIRED", N_("A revision needs a reason, such as a new strategy. Give it."), "input", "reason"
            )
        ctx.reason = reason.strip()
        work.create(
            PlanVersion,
            plan=plan,
            revision=plan.revision,
            content=as_json(content_of(plan)),
            reason=reason.strip(),
            created_at=ctx.now,
        )
        return _move(work, plan, PlanAct.REVISE, "planning.plan_revised")


def _load(ctx: Context, plan_id: int, version: int, permission: str, act: PlanAct) -> PerformancePlan:
    plan = fetch(PerformancePlan, plan_id, ctx, "input", "planId")
    require(ctx, permission, plan, "input", "planId")
    if plan.version != version:
        raise stale("input", "version")
    period_taking_changes(plan.period, "input", "planId")
    if next_state(plan.state, act) is None:
        raise refuse(
            "PLAN_STATE",
            N_("The plan is in the state {state}. This is possible only in: {states}."),
            "input",
            "planId",
            state=plan.state.value,
            states=", ".join(state.value for state in states_for(act)),
        )
    return plan


def _move(work: UnitOfWork, plan: PerformancePlan, act: PlanAct, event: str, **changes: Any) -> PerformancePlan:
    state: PlanState | None = next_state(plan.state, act)
    work.update(plan, None, state=state, **changes)
    work.emit(
        event,
        {
            "plan_id": plan.id,
            "employee_id": plan.employee_id,
            "evaluator_id": plan.evaluator_id,
            "period_id": plan.period_id,
            "revision": plan.revision,
        },
    )
    return plan
