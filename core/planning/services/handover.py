"""A move or a new superior in mid-year: plans split, responsibility passes on, pending work goes along."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from core.context import Context
from core.errors import refuse
from core.i18n import N_
from core.organisation.models import Employee
from core.planning.models import BehaviorExpectation, EvaluationPeriod, Indicator, PerformancePlan, WorkResult
from core.planning.rules.links import goes_along
from core.planning.services.contents import indicators_of, is_executive, work_results_of
from core.planning.services.evaluators import close_span, follow_line, put_in_charge
from core.planning.services.people import Place, lines_on, places_on
from core.planning.services.periods import period_taking_changes
from core.planning.services.plans import draft
from core.planning.terms import PeriodState, PlanState
from core.policy import fetch, require
from core.work import UnitOfWork, unit_of_work

_COPIED = ("support_needed", "accountability_scheme", "consequences")


def change_evaluator(ctx: Context, plan_id: int, version: int, evaluator_id: int, on: date) -> PerformancePlan:
    """Put somebody else in charge of a plan from a day on; what is pending goes along."""
    with unit_of_work(ctx) as work:
        plan = fetch(PerformancePlan, plan_id, ctx, "input", "planId")
        require(ctx, "planning.hand_over", plan, "input", "planId")
        period_taking_changes(plan.period, "input", "planId")
        evaluator = fetch(Employee, evaluator_id, ctx, "input", "evaluatorId")
        if evaluator.id == plan.employee_id:
            raise refuse("OWN_EVALUATOR", N_("Nobody evaluates himself. Choose the superior."), "input", "evaluatorId")
        _require_day(ctx, plan, on)
        work.touch(plan, version)
        if evaluator.id != plan.evaluator_id:
            put_in_charge(work, plan, evaluator.id, on, ctx.reason or "")
        return plan


def split_plan_for_move(ctx: Context, plan_id: int, version: int, on: date) -> PerformancePlan:
    """End a plan on the day before `on` and draft its continuation at the position held from then on."""
    with unit_of_work(ctx) as work:
        plan = fetch(PerformancePlan, plan_id, ctx, "input", "planId")
        require(ctx, "planning.hand_over", plan, "input", "planId")
        period_taking_changes(plan.period, "input", "planId")
        if plan.state is PlanState.ENDED:
            raise refuse("PLAN_STATE", N_("The plan has ended already. Nothing is left to do."), "input", "planId")
        _require_day(ctx, plan, on)
        place = places_on([plan.employee_id], on).get(plan.employee_id)
        if place is None or place.position_id == plan.position_id:
            raise refuse(
                "NOT_MOVED",
                N_("The employee holds no other position on {day}. Record the new assignment first."),
                "input",
                "on",
                day=on,
            )
        work.touch(plan, version)
        return _continue(work, plan, place, on)


def reconcile_plans(ctx: Context, employee_ids: Iterable[int] | None = None, on: date | None = None) -> int:
    """Bring the running plans (of some employees, or all) in line with positions and superiors of `on`; count changes.

    Doing it again changes nothing. It is for the system: after a change of the organisation, and every night, since
    a change recorded ahead takes effect on its day.
    """
    day = on or ctx.today
    with unit_of_work(ctx) as work:
        plans = _running(employee_ids, day)
        people = [plan.employee_id for plan in plans]
        places, lines = places_on(people, day), lines_on(people, day)
        changed = 0
        for plan in plans:
            place = places.get(plan.employee_id)
            if place is not None and place.position_id != plan.position_id:
                _continue(work, plan, place, max(place.valid_from, plan.starts_on))
                changed += 1
            elif follow_line(work, plan, day, lines.get(plan.employee_id)):
                changed += 1
        return changed


def _running(employee_ids: Iterable[int] | None, day: date) -> Sequence[PerformancePlan]:
    query = (
        PerformancePlan.select(PerformancePlan, EvaluationPeriod)
        .join(EvaluationPeriod)
        .where(
            (EvaluationPeriod.state == PeriodState.OPEN)
            & (PerformancePlan.state != PlanState.ENDED)
            & (PerformancePlan.starts_on <= day)
            & (PerformancePlan.ends_on >= day)
        )
        .order_by(PerformancePlan.id)
    )
    if employee_ids is not None:
        query = query.where(PerformancePlan.employee.in_(sorted(set(employee_ids))))
    return list(query)


def _require_day(ctx: Context, plan: PerformancePlan, on: date) -> None:
    last = min(ctx.today, plan.ends_on)
    if not plan.starts_on <= on <= last:
        raise refuse(
            "DATE_OUTSIDE_PLAN",
            N_("{day} lies outside the plan or ahead. Give a day from {first} to {last}."),
            "input",
            "on",
            day=on,
            first=plan.starts_on,
            last=last,
        )


def _continue(work: UnitOfWork, plan: PerformancePlan, place: Place, on: date) -> PerformancePlan:
    line = lines_on([plan.employee_id], on).get(plan.employee_id)
    superior = line.superior_id if line else None
    if plan.starts_on >= on:
        # Nothing was done at the old position: the plan itself goes along.
        work.update(plan, None, position=place.position_id, unit=place.unit_id)
        follow_line(work, plan, on, line)
        return plan
    last = on - timedelta(days=1)
    ends_on = plan.ends_on
    work.update(plan, None, state=PlanState.ENDED, ends_on=last)
    close_span(work, plan, last)
    work.emit("planning.plan_ended", {"plan_id": plan.id, "employee_id": plan.employee_id, "ends_on": last})
    following = _plan_from(plan, place, on)
    if following is not None:
        return following
    new = draft(
        work,
        PerformancePlan(
            period=plan.period_id,
            employee=plan.employee_id,
            position=place.position_id,
            unit=place.unit_id,
            evaluator=superior,
            approach=plan.approach,
            starts_on=on,
            ends_on=ends_on,
            continues=plan.id,
            **{name: getattr(plan, name) for name in _COPIED},
        ),
    )
    _copy_content(work, plan, new)
    work.emit("planning.plan_continued", {"plan_id": new.id, "continues_id": plan.id, "employee_id": plan.employee_id})
    return new


def _plan_from(plan: PerformancePlan, place: Place, on: date) -> PerformancePlan | None:
    return PerformancePlan.get_or_none(
        (PerformancePlan.employee == plan.employee_id)
        & (PerformancePlan.period == plan.period_id)
        & (PerformancePlan.position == place.position_id)
        & (PerformancePlan.starts_on >= on)
    )


def _copy_content(work: UnitOfWork, old: PerformancePlan, new: PerformancePlan) -> None:
    """Copy what is still relevant; a result that supported the former superior's keeps its words, not the link."""
    results = work_results_of(old.id)
    indicators = indicators_of(results)
    parents = {
        row.id: row.statement for row in WorkResult.select().where(WorkResult.id.in_([r.parent_id for r in results]))
    }
    same_unit, same_superior = old.unit_id == new.unit_id, old.evaluator_id == new.evaluator_id
    perspectives_apply = is_executive(new.position_id)
    for result in results:
        if not goes_along(same_unit=same_unit, is_linked=result.parent_id is not None):
            continue
        copy = work.create(
            WorkResult,
            plan=new,
            parent=result.parent_id if same_superior else None,
            parent_statement=result.parent_statement or parents.get(result.parent_id or 0, ""),
            kind=result.kind,
            perspective=result.perspective if perspectives_apply else None,
            statement=result.statement,
            success_measure=result.success_measure,
            sequence=result.sequence,
        )
        for indicator in indicators[result.id]:
            values = {
                field.name: indicator.__data__[field.name]
                for field in Indicator._meta.sorted_fields
                if field.name not in {"id", "work_result", "version", "created_at", "updated_at"}
            }
            work.create(Indicator, work_result=copy, **values)
    expectations = BehaviorExpectation.select().where(BehaviorExpectation.plan == old.id)
    work.create_many(
        BehaviorExpectation,
        [{"plan": new.id, "value": row.value, "expectation": row.expectation} for row in expectations],
    )
