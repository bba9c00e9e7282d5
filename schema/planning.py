"""Planning in GraphQL: what can be read at the root, and the changes."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from core.context import Context
from core.errors import refuse
from core.i18n import N_
from core.planning import models, services
from core.planning.berakhlak import LINES, NAMES
from core.planning.rules.content import warnings
from core.planning.services.contents import content_of
from schema.engine import (
    Connection,
    SchemaParts,
    TypeExtension,
    decode_id,
    mutation,
    payload,
    root_pages,
    root_value,
)
from schema.planning_inputs import (
    ApprovePlanInput,
    AssignTemplateInput,
    ChangePlanEvaluatorInput,
    ClosePeriodInput,
    CreatePeriodInput,
    CreatePlanInput,
    CreateTemplateInput,
    LinkWorkResultInput,
    MovePlanInput,
    OpenPeriodInput,
    ReturnPlanInput,
    RevisePlanInput,
    SubmitPlanInput,
    UnlinkWorkResultInput,
    UpdatePlanInput,
    UpdateTemplateInput,
    content_from,
)
from schema.planning_terms import AssignOutcome, BehaviorValue
from schema.planning_types import (
    BehaviorExpectation,
    EmployeePlanning,
    EvaluationPeriod,
    EvaluationWindow,
    Indicator,
    PerformancePlan,
    PlanEvaluator,
    PlanTemplate,
    PlanVersion,
    WorkResult,
    WorkUnitPlanning,
)
from schema.problems import Problem, show

if TYPE_CHECKING:
    from schema.organisation import Employee

__all__ = [
    "PARTS",
    "EvaluationPeriod",
    "EvaluationWindow",
    "Indicator",
    "PerformancePlan",
    "PlanTemplate",
    "WorkResult",
]


@strawberry.type(description="A core value of BerAKHLAK with its official words.")
class BehaviorValueText:
    """A core value with its official words."""

    value: BehaviorValue = strawberry.field(description="The value.")
    name: str = strawberry.field(description="Official name.")
    lines: list[str] = strawberry.field(description="The three official behaviour lines (panduan perilaku).")


@strawberry.type(description="The answer for one employee to whom a template was to go.")
class TemplateAnswer:
    """The answer for one employee."""

    employee: Annotated["Employee", strawberry.lazy("schema.organisation")] | None = strawberry.field(
        description="The employee."
    )
    outcome: AssignOutcome = strawberry.field(description="What happened.")
    plan: PerformancePlan | None = strawberry.field(description="The plan made, or the one that exists.")
    problems: list[Problem] = strawberry.field(description="Why no plan could be made.")


def _behavior_values(_ctx: Context) -> list[BehaviorValueText]:
    return [BehaviorValueText(value=value, name=name, lines=list(LINES[value])) for value, name in NAMES.items()]


def _in_period(ctx: Context, table: Any, period_id: strawberry.ID | None) -> Any:
    del ctx
    if period_id is None:
        return table.id.is_null(False)
    plan = models.PerformancePlan.alias()
    key = decode_id("EvaluationPeriod", period_id, "periodId")
    return table.plan.in_(plan.select(plan.id).where(plan.period == key))


def _orphans(ctx: Context, table: Any, period_id: strawberry.ID | None = None) -> Any:
    return services.is_orphan(table) & _in_period(ctx, table, period_id)


def _uncovered(ctx: Context, table: Any, period_id: strawberry.ID | None = None) -> Any:
    return services.is_uncovered(table) & _in_period(ctx, table, period_id)


_PERIOD_ARGUMENT: dict[str, Any] = {"period_id": (strawberry.ID | None, "Only of this period.", None)}


class Query:
    """What planning shows at the root."""

    periods: Connection[EvaluationPeriod] = root_pages("Evaluation periods (periode penilaian), the latest first.")
    performance_plans: Connection[PerformancePlan] = root_pages("Performance plans (SKP) that you may see.")
    work_results: Connection[WorkResult] = root_pages("Work results (RHK) that you may see.")
    indicators: Connection[Indicator] = root_pages("Indicators (IKI) that you may see.")
    plan_templates: Connection[PlanTemplate] = root_pages("Templates of plans.")
    orphan_work_results: Connection[WorkResult] = root_pages(
        "Main work results that support none though the evaluator has a plan of the period.",
        where=_orphans,
        args=_PERIOD_ARGUMENT,
    )
    uncovered_work_results: Connection[WorkResult] = root_pages(
        "Work results of those who lead others that no result supports.", where=_uncovered, args=_PERIOD_ARGUMENT
    )
    behavior_values: list[BehaviorValueText] = root_value(
        _behavior_values, "The seven core values BerAKHLAK with their official words."
    )


def _create_period(ctx: Context, input: CreatePeriodInput) -> dict[str, Any]:
    request = services.PeriodRequest(
        code=input.code,
        name=input.name,
        starts_on=input.starts_on,
        ends_on=input.ends_on,
        frequency=input.frequency,
        plan_deadline=input.plan_deadline,
        evaluation_deadline=input.evaluation_deadline,
    )
    return {"period": services.create_period(ctx, request)}


def _open_period(ctx: Context, input: OpenPeriodInput) -> dict[str, Any]:
    key = decode_id("EvaluationPeriod", input.period_id, "input", "periodId")
    return {"period": services.open_period(ctx, key, input.version, input.reason)}


def _close_period(ctx: Context, input: ClosePeriodInput) -> dict[str, Any]:
    key = decode_id("EvaluationPeriod", input.period_id, "input", "periodId")
    return {"period": services.close_period(ctx, key, input.version)}


def _with_warnings(ctx: Context, plan: models.PerformancePlan) -> dict[str, Any]:
    return {"plan": plan, "warnings": [show(problem, ctx.language) for problem in warnings(content_of(plan))]}


def _create_plan(ctx: Context, input: CreatePlanInput) -> dict[str, Any]:
    if input.employee_id is not None:
        employee_id = decode_id("Employee", input.employee_id, "input", "employeeId")
    elif ctx.actor.employee_id is not None:
        employee_id = ctx.actor.employee_id
    else:
        raise refuse(
            "EMPLOYEE_REQUIRED", N_("Your account belongs to no employee. Name the employee."), "input", "employeeId"
        )
    request = services.PlanRequest(
        employee_id=employee_id,
        period_id=decode_id("EvaluationPeriod", input.period_id, "input", "periodId"),
        approach=input.approach,
        starts_on=input.starts_on,
        ends_on=input.ends_on,
        evaluator_id=(
            None if input.evaluator_id is None else decode_id("Employee", input.evaluator_id, "input", "evaluatorId")
        ),
        content=content_from(input),
    )
    return _with_warnings(ctx, services.create_plan(ctx, request))


def _update_plan(ctx: Context, input: UpdatePlanInput) -> dict[str, Any]:
    key = decode_id("PerformancePlan", input.plan_id, "input", "planId")
    return _with_warnings(ctx, services.update_plan(ctx, key, input.version, content_from(input), input.approach))


def _submit_plan(ctx: Context, input: SubmitPlanInput) -> dict[str, Any]:
    key = decode_id("PerformancePlan", input.plan_id, "input", "planId")
    return _with_warnings(ctx, services.submit_plan(ctx, key, input.version))


def _return_plan(ctx: Context, input: ReturnPlanInput) -> dict[str, Any]:
    key = decode_id("PerformancePlan", input.plan_id, "input", "planId")
    return {"plan": services.return_plan(ctx, key, input.version, input.note)}


def _approve_plan(ctx: Context, input: ApprovePlanInput) -> dict[str, Any]:
    key = decode_id("PerformancePlan", input.plan_id, "input", "planId")
    return {"plan": services.approve_plan(ctx, key, input.version)}


def _revise_plan(ctx: Context, input: RevisePlanInput) -> dict[str, Any]:
    key = decode_id("PerformancePlan", input.plan_id, "input", "planId")
    return {"plan": services.revise_plan(ctx, key, input.version, input.reason)}


def _move_plan(ctx: Context, input: MovePlanInput) -> dict[str, Any]:
    key = decode_id("PerformancePlan", input.plan_id, "input", "planId")
    return {"plan": services.split_plan_for_move(ctx, key, input.version, input.on), "previous": key}


def _change_plan_evaluator(ctx: Context, input: ChangePlanEvaluatorInput) -> dict[str, Any]:
    key = decode_id("PerformancePlan", input.plan_id, "input", "planId")
    evaluator_id = decode_id("Employee", input.evaluator_id, "input", "evaluatorId")
    return {"plan": services.change_evaluator(ctx, key, input.version, evaluator_id, input.on)}


def _link_work_result(ctx: Context, input: LinkWorkResultInput) -> dict[str, Any]:
    key = decode_id("WorkResult", input.work_result_id, "input", "workResultId")
    parent_id = decode_id("WorkResult", input.parent_id, "input", "parentId")
    return {"work_result": services.link_work_result(ctx, key, parent_id, input.version)}


def _unlink_work_result(ctx: Context, input: UnlinkWorkResultInput) -> dict[str, Any]:
    key = decode_id("WorkResult", input.work_result_id, "input", "workResultId")
    return {"work_result": services.unlink_work_result(ctx, key, input.version)}


def _create_template(ctx: Context, input: CreateTemplateInput) -> dict[str, Any]:
    request = services.TemplateRequest(
        code=input.code,
        name=input.name,
        approach=input.approach,
        content=content_from(input),
    )
    return {"template": services.create_template(ctx, request)}


def _update_template(ctx: Context, input: UpdateTemplateInput) -> dict[str, Any]:
    key = decode_id("PlanTemplate", input.template_id, "input", "templateId")
    template = services.update_template(ctx, key, input.version, input.name, content_from(input), input.approach)
    return {"template": template}


def _assign_template(ctx: Context, input: AssignTemplateInput) -> dict[str, Any]:
    request = services.AssignRequest(
        template_id=decode_id("PlanTemplate", input.template_id, "input", "templateId"),
        period_id=decode_id("EvaluationPeriod", input.period_id, "input", "periodId"),
        unit_id=None if input.unit_id is None else decode_id("WorkUnit", input.unit_id, "input", "unitId"),
        position_kinds=tuple(input.position_kinds or ()),
        starts_on=input.starts_on,
    )
    answers = services.assign_template(ctx, request)
    return {
        "answers": [
            TemplateAnswer(
                employee=answer.employee_id,  # type: ignore[arg-type]  # the engine loads the row of a key
                outcome=answer.outcome,
                plan=answer.plan_id,  # type: ignore[arg-type]  # likewise
                problems=[show(problem, ctx.language) for problem in answer.problems],
            )
            for answer in answers
        ]
    }


_PERIOD = (EvaluationPeriod, "The period.")
_PLAN = (PerformancePlan, "The plan.")
_WARNINGS = (list[Problem], "What deserves a second look but is allowed.")


class Mutation:
    """What planning changes."""

    create_period = mutation(
        _create_period,
        input=CreatePeriodInput,
        payload=payload("CreatePeriodPayload", period=_PERIOD),
        description="Make a planned period and its windows.",
    )
    open_period = mutation(
        _open_period,
        input=OpenPeriodInput,
        payload=payload("OpenPeriodPayload", period=_PERIOD),
        description="Open a planned period, or a closed one again with a reason.",
    )
    close_period = mutation(
        _close_period,
        input=ClosePeriodInput,
        payload=payload("ClosePeriodPayload", period=_PERIOD),
        description="Close a period: its plans, progress and evaluations no longer change.",
    )
    create_plan = mutation(
        _create_plan,
        input=CreatePlanInput,
        payload=payload("CreatePlanPayload", plan=_PLAN, warnings=_WARNINGS),
        description="Draft a plan (SKP).",
    )
    update_plan = mutation(
        _update_plan,
        input=UpdatePlanInput,
        payload=payload("UpdatePlanPayload", plan=_PLAN, warnings=_WARNINGS),
        description="Change a draft or returned plan.",
    )
    submit_plan = mutation(
        _submit_plan,
        input=SubmitPlanInput,
        payload=payload("SubmitPlanPayload", plan=_PLAN, warnings=_WARNINGS),
        description="Hand your complete plan to the evaluator.",
    )
    return_plan = mutation(
        _return_plan,
        input=ReturnPlanInput,
        payload=payload("ReturnPlanPayload", plan=_PLAN),
        description="Give a submitted plan back with a note.",
    )
    approve_plan = mutation(
        _approve_plan,
        input=ApprovePlanInput,
        payload=payload("ApprovePlanPayload", plan=_PLAN),
        description="Set a submitted plan (penetapan SKP).",
    )
    revise_plan = mutation(
        _revise_plan,
        input=RevisePlanInput,
        payload=payload("RevisePlanPayload", plan=_PLAN),
        description="Open a plan that was set for a change; the version set stays readable.",
    )
    move_plan = mutation(
        _move_plan,
        input=MovePlanInput,
        payload=payload("MovePlanPayload", plan=(PerformancePlan, "The plan at the new position."), previous=_PLAN),
        description="End a plan whose holder has moved, and draft its continuation.",
    )
    change_plan_evaluator = mutation(
        _change_plan_evaluator,
        input=ChangePlanEvaluatorInput,
        payload=payload("ChangePlanEvaluatorPayload", plan=_PLAN),
        description="Put somebody else in charge of a plan; what is pending goes along.",
    )
    link_work_result = mutation(
        _link_work_result,
        input=LinkWorkResultInput,
        payload=payload("LinkWorkResultPayload", work_result=(WorkResult, "The work result.")),
        description="Let a work result support one of the evaluator's (intervensi).",
    )
    unlink_work_result = mutation(
        _unlink_work_result,
        input=UnlinkWorkResultInput,
        payload=payload("UnlinkWorkResultPayload", work_result=(WorkResult, "The work result.")),
        description="Let a work result support none.",
    )
    create_template = mutation(
        _create_template,
        input=CreateTemplateInput,
        payload=payload("CreateTemplatePayload", template=(PlanTemplate, "The template.")),
        description="Make a template of plans.",
    )
    update_template = mutation(
        _update_template,
        input=UpdateTemplateInput,
        payload=payload("UpdateTemplatePayload", template=(PlanTemplate, "The template.")),
        description="Change a template; plans made from it stay as they are.",
    )
    assign_template = mutation(
        _assign_template,
        input=AssignTemplateInput,
        payload=payload("AssignTemplatePayload", answers=(list[TemplateAnswer], "One answer per employee.")),
        description="Draft plans from a template for everybody chosen who has none; safe to repeat.",
    )


PARTS = SchemaParts(
    query=Query,
    mutation=Mutation,
    types=[BehaviorExpectation, EvaluationWindow, PlanEvaluator, PlanVersion],
    extensions=[TypeExtension("Employee", EmployeePlanning), TypeExtension("WorkUnit", WorkUnitPlanning)],
)
