"""Binding indicators to facts, as a change of their plan."""

from collections.abc import Sequence

import peewee as pw

from core.context import Context
from core.contributions import FactDefinition
from core.errors import Refused, refuse, stale
from core.facts.models import FactBinding
from core.facts.reading import fact_named
from core.facts.rules.binding import subject_problems
from core.facts.terms import FactSubject
from core.i18n import N_, translate
from core.planning.models import Indicator, PerformancePlan, WorkResult
from core.planning.services.plans import require_editable
from core.policy import fetch, require
from core.work import UnitOfWork, unit_of_work

_IDS_PER_STATEMENT = 5_000


def bind_fact(ctx: Context, indicator_id: int, fact: str, subject: FactSubject | None = None) -> FactBinding:
    """Let an indicator of a plan that takes changes have its actual value from a fact; the plan keeps its name."""
    with unit_of_work(ctx) as work:
        indicator = fetch(Indicator, indicator_id, ctx, "input", "indicatorId")
        plan = indicator.work_result.plan
        require(ctx, "planning.update_plan", plan, "input", "indicatorId")
        require_editable(plan, "input", "indicatorId")
        definition = fact_named(fact)
        if definition is None:
            text = N_("No plugin that is on offers the fact {fact}. Choose one of those offered, or switch it on.")
            raise refuse("FACT_UNKNOWN", text, "input", "fact", fact=fact)
        problems = subject_problems(fact, definition.about, subject)
        if problems:
            raise Refused([problem.under("input") for problem in problems])
        work.touch(plan, plan.version)
        bound = FactBinding.get_or_none(FactBinding.indicator == indicator.id)
        if bound is not None:
            text = N_("This indicator is bound to {fact} already. Unbind that first.")
            raise refuse("FACT_BOUND", text, "input", "indicatorId", fact=bound.fact)
        work.update(indicator, None, fact=fact)
        return _bind(ctx, work, plan, indicator, definition)


def _bind(
    ctx: Context, work: UnitOfWork, plan: PerformancePlan, indicator: Indicator, definition: FactDefinition
) -> FactBinding:
    words = ctx.settings.default_language
    row = work.create(
        FactBinding,
        plan=plan.id,
        indicator=indicator.id,
        fact=definition.name,
        subject=FactSubject(definition.about.upper()),
        title=translate(definition.title, words),
        unit_of_measure=translate(definition.unit, words),
        bound_by=ctx.actor.employee_id,
    )
    work.emit("facts.fact_bound", {"indicator_id": indicator.id, "plan_id": plan.id, "fact": definition.name})
    return row


def unbind_fact(ctx: Context, binding_id: int, version: int) -> int:
    """Let an indicator no longer have its value from a fact; what was measured stays. Return the binding's id."""
    with unit_of_work(ctx) as work:
        binding = fetch(FactBinding, binding_id, ctx, "input", "id")
        require(ctx, "planning.update_plan", binding.plan, "input", "id")
        require_editable(binding.plan, "input", "id")
        if binding.version != version:
            raise stale("input", "version")
        work.touch(binding.plan, binding.plan.version)
        work.delete(binding)
        work.update(binding.indicator, None, fact="")
        work.emit(
            "facts.fact_unbound",
            {"indicator_id": binding.indicator_id, "plan_id": binding.plan_id, "fact": binding.fact},
        )
        return binding_id


def follow_plans(ctx: Context, plan_ids: Sequence[int]) -> int:
    """Bind the indicators of plans that came with the name of a fact, from a template or an earlier plan.

    Names that nobody offers stay names. Return how many were bound.
    """
    with unit_of_work(ctx) as work:
        found: list[tuple[Indicator, FactDefinition]] = []
        for part in pw.chunked(plan_ids, _IDS_PER_STATEMENT):
            found += _named_and_offered(part)
        for row, definition in found:
            _bind(ctx, work, row.work_result.plan, row, definition)
        return len(found)


def _named_and_offered(plan_ids: Sequence[int]) -> list[tuple[Indicator, FactDefinition]]:
    bound = FactBinding.select(FactBinding.indicator).where(FactBinding.plan.in_(plan_ids))
    named = (
        Indicator.select(Indicator, WorkResult, PerformancePlan)
        .join(WorkResult)
        .join(PerformancePlan)
        .where(WorkResult.plan.in_(plan_ids) & (Indicator.fact != "") & Indicator.id.not_in(bound))
        .order_by(Indicator.id)
    )
    return [(row, definition) for row in named if (definition := fact_named(row.fact)) is not None]
