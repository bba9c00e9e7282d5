"""What reported progress is about: indicators and work results with their plans, loaded for many reports at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.context import Context
from core.errors import Problem, forbidden, not_found
from core.i18n import N_
from core.organisation.models import WorkUnit
from core.planning.models import EvaluationPeriod, Indicator, PerformancePlan, WorkResult
from core.planning.rules.states import is_in_force
from core.policy import as_condition, may, visible
from core.progress.rules.records import PlanFacts, Report, report_problems


@dataclass(frozen=True)
class NewProgress:
    """Progress to be recorded for an indicator or a work result; the ids that are given must agree."""

    happened_on: date
    quantity: Decimal | None = None
    note: str = ""
    indicator_id: int | None = None
    work_result_id: int | None = None
    plan_id: int | None = None


@dataclass(frozen=True)
class Target:
    """What one report is about; `indicator` is None where a whole work result is meant."""

    plan: PerformancePlan
    result: WorkResult
    indicator: Indicator | None


def plan_facts(plan: PerformancePlan) -> PlanFacts:
    """Return what the rules need to know of a plan."""
    return PlanFacts(
        is_in_force(plan.state, plan.revision), plan.starts_on, plan.ends_on, period_state=plan.period.state
    )


class Targets:
    """The targets of many reports, in two statements however many there are."""

    def __init__(self, ctx: Context, reports: Sequence[NewProgress]) -> None:
        self.ctx = ctx
        self._indicators = self._load_indicators({r.indicator_id for r in reports if r.indicator_id is not None})
        self._results = self._load_results(
            {r.work_result_id for r in reports if r.work_result_id is not None and r.indicator_id is None}
        )

    def _load_indicators(self, keys: Iterable[int]) -> dict[int, Target]:
        query = (
            Indicator.select(Indicator, WorkResult, PerformancePlan, EvaluationPeriod, WorkUnit)
            .join(WorkResult)
            .join(PerformancePlan)
            .join(EvaluationPeriod)
            .switch(PerformancePlan)
            .join(WorkUnit, on=PerformancePlan.unit == WorkUnit.id)
            .where(Indicator.id.in_(sorted(keys)) & self._seen())
        )
        return {row.id: Target(row.work_result.plan, row.work_result, row) for row in (query if keys else ())}

    def _load_results(self, keys: Iterable[int]) -> dict[int, Target]:
        query = (
            WorkResult.select(WorkResult, PerformancePlan, EvaluationPeriod, WorkUnit)
            .join(PerformancePlan)
            .join(EvaluationPeriod)
            .switch(PerformancePlan)
            .join(WorkUnit, on=PerformancePlan.unit == WorkUnit.id)
            .where(WorkResult.id.in_(sorted(keys)) & self._seen())
        )
        return {row.id: Target(row.plan, row, None) for row in (query if keys else ())}

    def _seen(self) -> Any:
        return as_condition(visible(self.ctx.actor, PerformancePlan))

    def of(self, report: NewProgress) -> tuple[Target | None, list[Problem]]:
        """Return what a report is about, and what stands against recording it (paths without `input`)."""
        target, missing = self._find(report)
        if target is None:
            return None, missing
        if not may(self.ctx.actor, "progress.record", target.plan):
            return None, list(forbidden().problems)
        problems = [*_disagreements(report, target), *target_problems(self.ctx, report, target)]
        return target, problems

    def _find(self, report: NewProgress) -> tuple[Target | None, list[Problem]]:
        if report.indicator_id is not None:
            found = self._indicators.get(report.indicator_id)
            return found, list(not_found("indicatorId", id=f"Indicator:{report.indicator_id}").problems)
        if report.work_result_id is not None:
            found = self._results.get(report.work_result_id)
            return found, list(not_found("workResultId", id=f"WorkResult:{report.work_result_id}").problems)
        text = N_("The record says not what it is about. Name an indicator or a work result.")
        return None, [Problem("TARGET_MISSING", text, ("indicatorId",))]


def _disagreements(report: NewProgress, target: Target) -> list[Problem]:
    problems = []
    if report.work_result_id not in {None, target.result.id}:
        text = N_("The indicator belongs to another work result. Name {expected}, or leave the work result out.")
        params = {"expected": f"WorkResult:{target.result.id}"}
        problems.append(Problem("WRONG_WORK_RESULT", text, ("workResultId",), params))
    if report.plan_id not in {None, target.plan.id}:
        text = N_("This belongs to another plan. Name {expected}, or leave the plan out.")
        problems.append(Problem("WRONG_PLAN", text, ("planId",), {"expected": f"PerformancePlan:{target.plan.id}"}))
    return problems


def target_problems(ctx: Context, report: NewProgress, target: Target) -> list[Problem]:
    """Return what the rules say against a report on its target."""
    indicator = target.indicator
    facts = Report(
        report.happened_on,
        report.quantity,
        report.note,
        pattern=indicator.pattern if indicator else None,
        release_on=indicator.release_on if indicator else None,
    )
    return report_problems(facts, plan_facts(target.plan), ctx.today)
