"""Plans made and changed before they are agreed."""

from dataclasses import dataclass, field
from datetime import date

import peewee as pw

from core.context import Context
from core.errors import Problem, Refused, forbidden, refuse, stale
from core.i18n import N_
from core.organisation.models import Employee, WorkUnit
from core.organisation.terms import EmployeeState
from core.planning.content import PlanContent
from core.planning.models import EvaluationPeriod, PerformancePlan, PlanEvaluator
from core.planning.policies import MANAGE, PlanFor
from core.planning.rules.periods import span_problems
from core.planning.rules.states import is_editable
from core.planning.services.contents import write_content
from core.planning.services.people import Place, lines_on, places_on
from core.planning.services.periods import period_taking_changes
from core.planning.terms import PlanApproach
from core.policy import fetch, require
from core.work import UnitOfWork, unit_of_work


@dataclass(frozen=True)
class PlanRequest:
    """A plan as wanted; its days, position, unit and evaluator follow from the employee's assignment and line."""

    employee_id: int
    period_id: int
    approach: PlanApproach = PlanApproach.QUANTITATIVE
    starts_on: date | None = None
    ends_on: date | None = None
    evaluator_id: int | None = None
    content: PlanContent = field(default_factory=PlanContent)


def create_plan(ctx: Context, request: PlanRequest) -> PerformancePlan:
    """Draft a plan for an employee in an open period; nobody has to wait for the superior's plan."""
    with unit_of_work(ctx) as work:
        employee = fetch(Employee, request.employee_id, ctx, "input", "employeeId")
        period = fetch(EvaluationPeriod, request.period_id, ctx, "input", "periodId")
        place = _place(ctx, request, period)
        path = WorkUnit.get_by_id(place.unit_id).path
        require(ctx, "planning.create_plan", PlanFor(employee.id, path), "input", "employeeId")
        if request.evaluator_id is not None and not (ctx.actor.is_system or ctx.actor.holds(MANAGE, path)):
            raise forbidden("input", "evaluatorId")
        period_taking_changes(period, "input", "periodId")
        starts_on = request.starts_on or max(period.starts_on, place.valid_from)
        ends_on = request.ends_on or min(period.ends_on, place.valid_to or period.ends_on)
        problems = span_problems(starts_on, ends_on, period.starts_on, period.ends_on)
        problems += _service_problems(employee, starts_on)
        if not problems:
            problems += _clashes(employee, period, starts_on, ends_on)
        if problems:
            raise Refused([problem.under("input") for problem in problems])
        evaluator_id = request.evaluator_id
        if evaluator_id is not None:
            evaluator_id = fetch(Employee, evaluator_id, ctx, "input", "evaluatorId").id
            if evaluator_id == employee.id:
                raise refuse(
                    "OWN_EVALUATOR", N_("Nobody evaluates himself. Choose the superior."), "input", "evaluatorId"
                )
        else:
            line = lines_on([employee.id], _within(ctx.today, starts_on, ends_on)).get(employee.id)
            evaluator_id = line.superior_id if line else None
        plan = draft(
            work,
            PerformancePlan(
                period=period,
                employee=employee,
                position=place.position_id,
                unit=place.unit_id,
                evaluator=evaluator_id,
                approach=request.approach,
                starts_on=starts_on,
                ends_on=ends_on,
            ),
        )
        write_content(ctx, work, plan, period, request.content)
        return plan


def draft(work: UnitOfWork, plan: PerformancePlan, reason: str = "") -> PerformancePlan:
    """Write a new plan and the first span of its evaluator, and announce it."""
    values = {
        field.name: plan.__data__[field.name] for field in plan._meta.sorted_fields if field.name in plan.__data__
    }
    try:
        with work.attempt():
            plan = work.create(PerformancePlan, **values)
    except pw.IntegrityError:
        raise Refused(_exists(plan).under("input")) from None
    if plan.evaluator_id is not None:
        work.create(PlanEvaluator, plan=plan, evaluator=plan.evaluator_id, valid_from=plan.starts_on, reason=reason)
    work.emit("planning.plan_created", {"plan_id": plan.id, "employee_id": plan.employee_id})
    return plan


def update_plan(
    ctx: Context, plan_id: int, version: int, content: PlanContent, approach: PlanApproach | None = None
) -> PerformancePlan:
    """Change the content of a draft or returned plan; a given list of work results is the whole list."""
    with unit_of_work(ctx) as work:
        plan = fetch(PerformancePlan, plan_id, ctx, "input", "planId")
        require(ctx, "planning.update_plan", plan, "input", "planId")
        if plan.version != version:
            raise stale("input", "version")
        period = require_editable(plan, "input", "planId")
        work.touch(plan, version)
        if approach is not None:
            work.update(plan, None, approach=approach)
        write_content(ctx, work, plan, period, content)
        work.emit("planning.plan_updated", {"plan_id": plan.id, "employee_id": plan.employee_id})
        return plan


def require_editable(plan: PerformancePlan, *path: str | int) -> EvaluationPeriod:
    """Return the period of a plan whose content may change; refuse at `path` otherwise."""
    period = period_taking_changes(plan.period, *path)
    if not is_editable(plan.state):
        raise refuse(
            "PLAN_NOT_EDITABLE",
            N_("A plan in the state {state} does not change. Have it returned, or revise it first."),
            *path,
            state=plan.state.value,
        )
    return period


def _place(ctx: Context, request: PlanRequest, period: EvaluationPeriod) -> Place:
    day = request.starts_on or _within(ctx.today, period.starts_on, period.ends_on)
    place = places_on([request.employee_id], day).get(request.employee_id)
    if place is None:
        raise refuse(
            "NO_POSITION",
            N_("The employee holds no position on {day}. Record the assignment first, or choose another first day."),
            "input",
            "employeeId",
            day=day,
        )
    return place


def _within(day: date, first: date, last: date) -> date:
    return max(first, min(day, last))


def _service_problems(employee: Employee, starts_on: date) -> list[Problem]:
    has_left = employee.left_on is not None and employee.left_on < starts_on
    if has_left or (employee.state is EmployeeState.LEFT and employee.left_on is None):
        return [
            Problem(
                "EMPLOYEE_LEFT",
                N_("{name} no longer serves. Choose somebody in service, or an earlier first day."),
                ("employeeId",),
                {"name": employee.name},
            )
        ]
    return []


def _clashes(employee: Employee, period: EvaluationPeriod, starts_on: date, ends_on: date) -> list[Problem]:
    other = (
        PerformancePlan.select()
        .where(
            (PerformancePlan.employee == employee.id)
            & (PerformancePlan.period == period.id)
            & (PerformancePlan.starts_on <= ends_on)
            & (PerformancePlan.ends_on >= starts_on)
        )
        .first()
    )
    return [] if other is None else [_exists(other)]


def _exists(plan: PerformancePlan) -> Problem:
    return Problem(
        "PLAN_EXISTS",
        N_("The employee has a plan from {starts_on} to {ends_on}. Change that one, or choose days outside it."),
        ("employeeId",),
        {"starts_on": plan.starts_on, "ends_on": plan.ends_on},
    )
