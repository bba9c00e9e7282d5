"""Who sees bound facts and what was measured, and who may do what: whoever sees a plan sees both."""

from typing import Any

from core.actor import Actor
from core.facts.models import FactBinding, FactMeasurement
from core.planning.models import PerformancePlan
from core.planning.policies import evaluates_today, holder_evaluator_or_office, of_visible_plans
from core.policy import ActEntry, PolicyEntry


def _of_plan(actor: Actor, table: Any) -> Any:
    return of_visible_plans(actor, table.plan)


def _decides(actor: Actor, plan: PerformancePlan) -> bool:
    return evaluates_today(actor, plan)


ENTRIES: list[PolicyEntry] = [PolicyEntry(FactBinding, _of_plan), PolicyEntry(FactMeasurement, _of_plan)]

ACTS: list[ActEntry] = [
    ActEntry("facts.measure", holder_evaluator_or_office),
    ActEntry("facts.decide", _decides),
]
"""Binding is a change of the plan (planning.update_plan). Nobody decides on a value of his own plan."""
