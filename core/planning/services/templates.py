"""Templates of plans: made, changed, and handed out to many at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import peewee as pw

from core.actor import EVERYWHERE
from core.context import Context
from core.errors import Problem, Refused, refuse, stale
from core.i18n import N_
from core.organisation.models import Assignment, Employee, Position, PositionKind, WorkUnit
from core.organisation.scope import holds_on
from core.organisation.terms import EmployeeState, PositionGroup
from core.planning.content import NOTHING, PlanContent, as_json, from_json
from core.planning.models import (
    BehaviorExpectation,
    EvaluationPeriod,
    Indicator,
    PerformancePlan,
    PlanEvaluator,
    PlanTemplate,
    WorkResult,
)
from core.planning.rules.content import Frame, content_problems
from core.planning.services.people import Place, lines_on, places_on, rows_of
from core.planning.services.periods import period_taking_changes
from core.planning.terms import BehaviorValue, PlanApproach
from core.policy import as_condition, below, fetch, require
from core.work import UnitOfWork, unit_of_work


class AssignOutcome(StrEnum):
    """What handing out a template did for one employee."""

    CREATED = "CREATED"
    HAS_PLAN = "HAS_PLAN"
    REFUSED = "REFUSED"


@dataclass(frozen=True)
class TemplateRequest:
    """A template as wanted."""

    code: str
    name: str
    approach: PlanApproach
    content: PlanContent


@dataclass(frozen=True)
class AssignRequest:
    """To whom a template goes: holders of primary positions in a unit and below, of some kinds of position or all."""

    template_id: int
    period_id: int
    unit_id: int | None = None
    position_kinds: tuple[str, ...] = ()
    starts_on: date | None = None


@dataclass(frozen=True)
class AssignAnswer:
    """The answer for one employee; `plan_id` is the new plan or the one that exists."""

    employee_id: int
    outcome: AssignOutcome
    plan_id: int | None = None
    problems: tuple[Problem, ...] = ()


def create_template(ctx: Context, request: TemplateRequest) -> PlanTemplate:
    """Make a template."""
    with unit_of_work(ctx) as work:
        require(ctx, "planning.manage_template", None, "input")
        code = request.code.strip()
        problems = _template_problems(request)
        if PlanTemplate.select().where(PlanTemplate.code == code).exists():
            problems.append(
                Problem("CODE_TAKEN", N_("The code {code} is taken. Choose another one."), ("code",), {"code": code})
            )
        _refuse(problems)
        template = work.create(
            PlanTemplate,
            code=code,
            name=request.name.strip(),
            approach=request.approach,
            content=as_json(_without_ids(request.content)),
        )
        work.emit("planning.template_created", {"template_id": template.id, "code": code})
        return template


def update_template(
    ctx: Context,
    template_id: int,
    version: int,
    name: str | None = None,
    content: PlanContent = NOTHING,
    approach: PlanApproach | None = None,
) -> PlanTemplate:
    """Change a template; plans made from it stay as they are."""
    with unit_of_work(ctx) as work:
        template = fetch(PlanTemplate, template_id, ctx, "input", "templateId")
        require(ctx, "planning.manage_template", template, "input", "templateId")
        wanted = TemplateRequest(
            code=template.code,
            name=template.name if name is None else name,
            approach=approach or template.approach,
            content=content.over(from_json(template.content)),
        )
        _refuse(_template_problems(wanted))
        work.update(
            template,
            version,
            name=wanted.name.strip(),
            approach=wanted.approach,
            content=as_json(_without_ids(wanted.content)),
        )
        work.emit("planning.template_updated", {"template_id": template.id, "code": template.code})
        return template


def assign_template(ctx: Context, request: AssignRequest) -> list[AssignAnswer]:
    """Draft a plan from a template for everybody chosen who has none in the period; again, it changes nothing."""
    with unit_of_work(ctx) as work:
        template = fetch(PlanTemplate, request.template_id, ctx, "input", "templateId")
        period = fetch(EvaluationPeriod, request.period_id, ctx, "input", "periodId")
        path = EVERYWHERE
        if request.unit_id is not None:
            path = fetch(WorkUnit, request.unit_id, ctx, "input", "unitId").path
        require(ctx, "planning.assign_template", path, "input", "unitId")
        period_taking_changes(period, "input", "periodId")
        day = request.starts_on or period.starts_on
        if not period.starts_on <= day <= period.ends_on:
            raise refuse(
                "DATE_OUTSIDE_PERIOD",
                N_("{day} lies outside the period. Give a day from {starts_on} to {ends_on}."),
                "input",
                "startsOn",
                day=day,
                starts_on=period.starts_on,
                ends_on=period.ends_on,
            )
        day = max(day, min(ctx.today, period.ends_on))
        _require_known_kinds(request.position_kinds)
        chosen = _chosen(request, path, day)
        existing = _existing(period, [row[0] for row in chosen])
        answers = [
            AssignAnswer(employee_id, AssignOutcome.HAS_PLAN, existing[employee_id])
            for employee_id, _ in chosen
            if employee_id in existing
        ]
        answers += _assign(work, template, period, [row for row in chosen if row[0] not in existing], request, day)
        work.emit(
            "planning.template_assigned",
            {
                "template_id": template.id,
                "period_id": period.id,
                "plan_ids": [answer.plan_id for answer in answers if answer.outcome is AssignOutcome.CREATED],
            },
        )
        return sorted(answers, key=lambda answer: answer.employee_id)


def _require_known_kinds(codes: Sequence[str]) -> None:
    known = {row[0] for row in rows_of(PositionKind.select(PositionKind.code).where(PositionKind.code.in_(codes)))}
    for place, code in enumerate(codes):
        if code not in known:
            raise refuse(
                "UNKNOWN_POSITION_KIND",
                N_("There is no kind of position {code}. Use a code that the list of kinds has."),
                "input",
                "positionKinds",
                place,
                code=code,
            )


def _chosen(request: AssignRequest, path: str, day: date) -> list[tuple[int, bool]]:
    """Return the employees chosen, each with whether the position is a senior executive's."""
    query = (
        Assignment.select(Assignment.employee, PositionKind.group)
        .join(Employee, on=Assignment.employee == Employee.id)
        .switch(Assignment)
        .join(WorkUnit, on=Assignment.unit == WorkUnit.id)
        .switch(Assignment)
        .join(Position, on=Assignment.position == Position.id)
        .join(PositionKind, on=Position.kind == PositionKind.id)
        .where(
            Assignment.is_primary
            & holds_on(Assignment, day)
            & as_condition(below(WorkUnit.path, [path]))
            & (Employee.state != EmployeeState.LEFT)
        )
        .order_by(Assignment.employee)
    )
    if request.position_kinds:
        query = query.where(PositionKind.code.in_(request.position_kinds))
    return list({row[0]: (row[0], row[1] is PositionGroup.EXECUTIVE) for row in rows_of(query)}.values())


def _existing(period: EvaluationPeriod, employee_ids: Sequence[int]) -> dict[int, int]:
    chosen = set(employee_ids)
    plans = PerformancePlan.select(PerformancePlan.employee, PerformancePlan.id)
    rows = rows_of(plans.where(PerformancePlan.period == period.id))
    return {row[0]: row[1] for row in rows if row[0] in chosen}


def _assign(
    work: UnitOfWork,
    template: PlanTemplate,
    period: EvaluationPeriod,
    chosen: Sequence[tuple[int, bool]],
    request: AssignRequest,
    day: date,
) -> list[AssignAnswer]:
    content = from_json(template.content)
    people = [employee_id for employee_id, _ in chosen]
    places, lines = places_on(people, day), lines_on(people, day)
    refused = {
        employee_id: problems
        for employee_id, executive in chosen
        if (problems := tuple(content_problems(content, _frame(template.approach, period, is_executive=executive))))
    }
    fit = [employee_id for employee_id in people if employee_id not in refused]
    try:
        with work.attempt():
            plans = work.create_many(
                PerformancePlan,
                [
                    _plan_values(
                        template, period, employee_id, places[employee_id], request, content,
                        lines[employee_id].superior_id if employee_id in lines else None,
                    )
                    for employee_id in fit
                ],
            )  # fmt: skip
    except pw.IntegrityError:
        # Somebody drafted a plan for one of them since they were looked up.
        raise stale("input") from None
    _write_parts(work, plans, content)
    for plan in plans:
        work.emit("planning.plan_created", {"plan_id": plan.id, "employee_id": plan.employee_id})
    made = [AssignAnswer(plan.employee_id, AssignOutcome.CREATED, plan.id) for plan in plans]
    return made + [AssignAnswer(key, AssignOutcome.REFUSED, None, problems) for key, problems in refused.items()]


def _plan_values(
    template: PlanTemplate,
    period: EvaluationPeriod,
    employee_id: int,
    place: Place,
    request: AssignRequest,
    content: PlanContent,
    evaluator_id: int | None,
) -> dict[str, Any]:
    return {
        "period": period.id,
        "employee": employee_id,
        "position": place.position_id,
        "unit": place.unit_id,
        "evaluator": evaluator_id,
        "approach": template.approach,
        "starts_on": max(request.starts_on or period.starts_on, place.valid_from),
        "ends_on": min(period.ends_on, place.valid_to or period.ends_on),
        **content.texts(),
    }


def _write_parts(work: UnitOfWork, plans: Sequence[PerformancePlan], content: PlanContent) -> None:
    work.create_many(
        PlanEvaluator,
        [
            {"plan": plan.id, "evaluator": plan.evaluator_id, "valid_from": plan.starts_on}
            for plan in plans
            if plan.evaluator_id is not None
        ],
    )
    work.create_many(
        BehaviorExpectation,
        [
            {"plan": plan.id, "value": value, "expectation": content.expectations.get(value, "")}
            for plan in plans
            for value in BehaviorValue
        ],
    )
    wanted = content.work_results or ()
    results = work.create_many(
        WorkResult,
        [
            {
                "plan": plan.id,
                "statement": result.statement,
                "kind": result.kind,
                "perspective": result.perspective,
                "success_measure": result.success_measure,
                "parent_statement": result.parent_statement,
                "sequence": number,
            }
            for plan in plans
            for number, result in enumerate(wanted, start=1)
        ],
    )
    work.create_many(
        Indicator,
        [
            {
                "work_result": row.id,
                "sequence": number,
                **{name: value for name, value in vars(indicator).items() if name != "id"},
            }
            for index, row in enumerate(results)
            for number, indicator in enumerate(wanted[index % len(wanted)].indicators, start=1)
        ],
    )


def _frame(approach: PlanApproach, period: EvaluationPeriod, *, is_executive: bool) -> Frame:
    return Frame(approach, is_executive, period.starts_on, max(period.ends_on, period.evaluation_deadline))


def _template_problems(request: TemplateRequest) -> list[Problem]:
    found = [
        Problem("EMPTY", N_("This must not be empty. Fill it in."), (name,))
        for name, value in (("code", request.code), ("name", request.name))
        if not value.strip()
    ]
    return found + content_problems(request.content, Frame(request.approach))


def _without_ids(content: PlanContent) -> PlanContent:
    results = tuple(
        replace(
            result,
            id=None,
            parent_id=None,
            indicators=tuple(replace(indicator, id=None) for indicator in result.indicators),
        )
        for result in content.work_results or ()
    )
    return replace(content, work_results=results)


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise Refused([problem.under("input") for problem in problems])
