"""The plan (SKP) as data for its form."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.context import Context
from core.documents import words
from core.documents.contents import Content, contents_of
from core.documents.people import Person, people_of
from core.organisation.models import Position, PositionKind, WorkUnit
from core.organisation.terms import PositionGroup
from core.planning import berakhlak
from core.planning.models import EvaluationPeriod, Indicator, PerformancePlan, WorkResult
from core.planning.terms import BehaviorValue, PlanApproach, PlanState, WorkResultKind
from core.policy import as_condition, visible

APPROVED = (PlanState.APPROVED, PlanState.ENDED)


def plans_of(ctx: Context, ids: Sequence[int]) -> list[PerformancePlan]:
    """Return the plans that the caller sees, with period, position, its kind and unit, in the order of `ids`."""
    rows = (
        PerformancePlan.select(PerformancePlan, EvaluationPeriod, Position, PositionKind, WorkUnit)
        .join(EvaluationPeriod)
        .switch(PerformancePlan)
        .join(Position, on=PerformancePlan.position == Position.id)
        .join(PositionKind)
        .switch(PerformancePlan)
        .join(WorkUnit, on=PerformancePlan.unit == WorkUnit.id)
        .where(PerformancePlan.id.in_(list(ids)) & as_condition(visible(ctx.actor, PerformancePlan)))
    )
    found = {row.id: row for row in rows}
    return [found[key] for key in ids if key in found]


def plan_forms(ctx: Context, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return the data of the form for each plan that the caller sees; six statements for any number."""
    plans = plans_of(ctx, ids)
    people = people_of(ctx, [key for plan in plans for key in (plan.employee_id, plan.evaluator_id)])
    contents = contents_of(ctx, [plan.id for plan in plans])
    return [_form(ctx, plan, people, contents[plan.id]) for plan in plans]


def _form(ctx: Context, plan: PerformancePlan, people: Mapping[int | None, Person], content: Content) -> dict[str, Any]:
    return {
        **head_of(ctx, plan, people),
        "title": "Sasaran Kinerja Pegawai",
        "number": f"SKP/{plan.period.code}/{plan.id:06d}",
        "revision": f"revisi {plan.revision}, versi data {plan.version}",
        "draft": "" if plan.state in APPROVED else "RANCANGAN",
        "state": words.PLAN_STATES[plan.state],
        "approved": words.day(words.local_day(plan.approved_at, ctx.settings)),
        "results": [
            result_of(content, result, [indicator_of(one) for one in content.indicators[result.id]])
            for result in content.results
        ],
        "behavior": [
            {
                "name": berakhlak.NAMES[value],
                "lines": berakhlak.LINES[value],
                "expectation": content.expectations.get(value, ""),
            }
            for value in BehaviorValue
        ],
        "support": words.told(plan.support_needed),
        "accountability": words.told(plan.accountability_scheme),
        "consequences": words.told(plan.consequences),
    }


def head_of(ctx: Context, plan: PerformancePlan, people: Mapping[int | None, Person]) -> dict[str, Any]:
    """Return what stands at the head and the foot of both forms."""
    day = min(max(ctx.today, plan.starts_on), plan.ends_on)
    unit = words.told(f"{plan.unit.name}, {ctx.settings.institution_name}")
    return {
        "institution": words.told(ctx.settings.institution_name),
        "approach": "kualitatif" if plan.approach is PlanApproach.QUALITATIVE else "kuantitatif",
        "executive": plan.position.kind.group is PositionGroup.EXECUTIVE,
        "span": words.span(plan.starts_on, plan.ends_on),
        "year": words.told(plan.period.name),
        "employee": people[plan.employee_id].on(day, words.told(plan.position.title), unit),
        "evaluator": people[plan.evaluator_id].on(day),
        "printed": f"{words.told(ctx.actor.name)}, {words.moment(ctx.now, ctx.settings)}",
    }


def result_of(content: Content, result: WorkResult, indicators: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Return a work result with its indicators."""
    return {
        "main": result.kind is WorkResultKind.MAIN,
        "supports": content.parents.get(result.id, ""),
        "perspective": words.PERSPECTIVES[result.perspective] if result.perspective else "",
        "statement": words.told(result.statement),
        "measure": words.told(result.success_measure),
        "indicators": list(indicators),
    }


def indicator_of(indicator: Indicator) -> dict[str, str]:
    """Return an indicator with its target."""
    return {
        "aspect": words.ASPECTS[indicator.aspect] if indicator.aspect else "",
        "statement": words.told(indicator.statement),
        "target": words.target(indicator.target_min, indicator.target_max, indicator.unit_of_measure),
    }
