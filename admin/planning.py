"""Back office: performance plans."""

from collections.abc import Sequence
from typing import Any

import peewee as pw

from admin.access import actor
from admin.blocks import Block, Table
from admin.show import NOTHING, shown, term
from admin.views import ScopedView, Shown
from core import policy
from core.i18n import translate
from core.organisation.models import Employee, Position, WorkUnit
from core.planning.models import EvaluationPeriod, Indicator, PerformancePlan, WorkResult
from core.plugin_api import N_, AdminView
from core.policy import as_condition
from core.registry import active_registry


class PerformancePlanView(ScopedView):
    """Performance plans (SKP)."""

    order = ("starts_on", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("position", N_("Position"), label=Position.title),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        Shown("period", N_("Period"), label=EvaluationPeriod.name),
        Shown("state", N_("State")),
        Shown("evaluator", N_("Evaluator"), label=Employee.name),
        Shown("approach", N_("Approach"), is_listed=False),
        Shown("starts_on", N_("From"), is_listed=False),
        Shown("ends_on", N_("Until"), is_listed=False),
        Shown("revision", N_("Revision"), is_listed=False),
        Shown("submitted_at", N_("Submitted at"), is_listed=False),
        Shown("approved_at", N_("Approved at"), is_listed=False),
        Shown("return_note", N_("Why it was returned"), is_listed=False),
        Shown("support_needed", N_("Support needed"), is_listed=False),
        Shown("accountability_scheme", N_("Accountability scheme"), is_listed=False),
        Shown("consequences", N_("Consequences"), is_listed=False),
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show the work results with their indicators."""
        headings = (N_("Work result"), N_("Indicator"), N_("Aspect"), N_("Target"))
        rows = [_written(*values) for values in _results(row.id)]
        empty = translate(N_("There are no work results yet."))
        return (Table(translate(N_("Work results")), tuple(map(translate, headings)), rows, empty),)


def _results(plan_id: int) -> Any:
    """Return what the actor sees of a plan's results, each with its indicators, in one statement."""
    who = actor()
    result, indicator = WorkResult.alias(), Indicator.alias()
    seen = as_condition(policy.visible(who, indicator))
    return (
        result.select(
            result.statement,
            indicator.statement,
            indicator.aspect,
            indicator.target_min,
            indicator.target_max,
            indicator.unit_of_measure,
        )
        .join(indicator, pw.JOIN.LEFT_OUTER, on=(indicator.work_result == result.id) & seen)
        .where((result.plan == plan_id) & as_condition(policy.visible(who, result)))
        .order_by(result.sequence, result.id, indicator.sequence, indicator.id)
        .tuples()
    )


def _written(result: str, indicator: str | None, aspect: Any, low: Any, high: Any, unit: str | None) -> tuple[str, ...]:
    settings = active_registry().settings
    bounds = [shown(value, settings) for value in dict.fromkeys((low, high)) if value is not None]
    target = f"{'–'.join(bounds)} {unit or ''}".strip() if bounds else NOTHING
    return (result, indicator or NOTHING, term(aspect), target)


VIEWS = [AdminView("plan", lambda: PerformancePlanView(PerformancePlan, N_("Plans"), "plan"))]
