"""How a unit stands in a period: plans, progress, predicates, late reporters, children."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from core.context import Context
from core.overview.services import UnitCounts, unit_overview
from schema.appraisal_terms import Predicate
from schema.engine import SchemaParts, decode_id, root_value
from schema.planning_terms import PlanState

if TYPE_CHECKING:
    from schema.organisation import Employee, WorkUnit
    from schema.planning import EvaluationPeriod, PerformancePlan

_Employee = Annotated["Employee", strawberry.lazy("schema.organisation")]
_WorkUnit = Annotated["WorkUnit", strawberry.lazy("schema.organisation")]
_Period = Annotated["EvaluationPeriod", strawberry.lazy("schema.planning")]
_Plan = Annotated["PerformancePlan", strawberry.lazy("schema.planning")]


@strawberry.type(description="How many plans (SKP) stand in a state.")
class PlanStateCount:
    """How many plans stand in a state."""

    state: PlanState = strawberry.field(description="The state.")
    count: int = strawberry.field(description="Plans in it.")


@strawberry.type(description="How many evaluations have a predicate (predikat kinerja).")
class PredicateTally:
    """How many evaluations have a predicate."""

    window_number: int = strawberry.field(description="Number of the periodic evaluation; 0 for the annual one.")
    predicate: Predicate = strawberry.field(description="The predicate.")
    count: int = strawberry.field(description="Evaluations with it.")


@strawberry.type(description="How far progress was reported on plans that were set (realisasi).")
class ProgressShare:
    """How far progress was reported."""

    indicators: int = strawberry.field(description="Indicators of plans that were set.")
    indicators_with_progress: int = strawberry.field(description="Those with at least one progress record.")
    indicators_percent: Decimal | None = strawberry.field(description="Their share in percent; null without any.")
    employees: int = strawberry.field(description="Employees whose plan was set.")
    employees_reporting: int = strawberry.field(description="Those with at least one progress record.")
    employees_percent: Decimal | None = strawberry.field(description="Their share in percent; null without any.")


@strawberry.type(description="Somebody who has not reported progress in the span in which it was expected.")
class LateReporter:
    """Somebody who has not reported progress."""

    employee: _Employee | None = strawberry.field(description="The employee.")
    plan: _Plan | None = strawberry.field(description="The plan.")
    last_reported_on: date | None = strawberry.field(description="Day of the latest record; null without any.")


@strawberry.type(description="Counts of a unit below, with all below it.")
class UnitSummary:
    """Counts of a unit below."""

    unit: _WorkUnit | None = strawberry.field(description="The unit.")
    head_count: int = strawberry.field(description="Employees with their primary position there.")
    without_plan: int = strawberry.field(description="Those without a plan in the period.")
    plan_count: int = strawberry.field(description="Plans of the period.")
    plans_by_state: list[PlanStateCount] = strawberry.field(description="Plans by state; every state is listed.")
    progress: ProgressShare = strawberry.field(description="How far progress was reported.")
    predicates: list[PredicateTally] = strawberry.field(description="Evaluations by window and predicate.")
    late_reporter_count: int = strawberry.field(description="How many have not reported in time.")


@strawberry.type(description="How a unit with all below it stands in a period; counts only what you may see.")
class UnitDashboard(UnitSummary):
    """How a unit stands in a period."""

    period: _Period | None = strawberry.field(description="The period.")
    late_since: date | None = strawberry.field(
        description="First day of the span in which progress is expected; null while none is over."
    )
    late_until: date | None = strawberry.field(description="Last day of that span.")
    late_reporters: list[LateReporter] = strawberry.field(description="Who has not reported in time.")
    children: list[UnitSummary] = strawberry.field(description="The units directly below.")


def _percent(part: int, whole: int) -> Decimal | None:
    return None if whole == 0 else (Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _summary(counts: UnitCounts) -> dict[str, Any]:
    return {
        # The engine loads the rows of keys, under policy and for all children at once.
        "unit": counts.unit_id,
        "head_count": counts.head_count,
        "without_plan": counts.head_count - counts.with_plan,
        "plan_count": counts.plans.total(),
        "plans_by_state": [PlanStateCount(state=state, count=counts.plans[state]) for state in PlanState],
        "progress": ProgressShare(
            indicators=counts.indicators,
            indicators_with_progress=counts.indicators_with_progress,
            indicators_percent=_percent(counts.indicators_with_progress, counts.indicators),
            employees=counts.plan_holders,
            employees_reporting=counts.reporting,
            employees_percent=_percent(counts.reporting, counts.plan_holders),
        ),
        "predicates": [
            PredicateTally(window_number=window, predicate=predicate, count=counts.predicates[window, predicate])
            for window in sorted({window for window, _ in counts.predicates})
            for predicate in Predicate
        ],
        "late_reporter_count": len(counts.late),
    }


def dashboard_of(
    ctx: Context, unit_id: strawberry.ID, period_id: strawberry.ID, late_after_days: int | None = None
) -> UnitDashboard:
    """Return how the unit stands in the period, both by their global ids."""
    unit_key = decode_id("WorkUnit", unit_id, "unitId")
    period_key = decode_id("EvaluationPeriod", period_id, "periodId")
    overview = unit_overview(ctx, unit_key, period_key, late_after_days)
    reporters: Any = [
        {"employee": late.employee_id, "plan": late.plan_id, "last_reported_on": late.last_on}
        for late in overview.total.late
    ]
    keys: dict[str, Any] = {"period": period_key}
    return UnitDashboard(
        **_summary(overview.total),
        **keys,
        late_since=overview.span.first if overview.span else None,
        late_until=overview.span.last if overview.span else None,
        late_reporters=[LateReporter(**reporter) for reporter in reporters],
        children=[UnitSummary(**_summary(counts)) for counts in overview.children],
    )


class Query:
    """How units stand."""

    unit_dashboard: UnitDashboard = root_value(
        dashboard_of,
        "How a unit with all below it stands in a period (plans, progress, predicates, late reporters, children).",
        args={
            "unit_id": (strawberry.ID, "The unit."),
            "period_id": (strawberry.ID, "The period."),
            "late_after_days": (
                int | None,
                "Expect progress in the last so many days; by default in the last full month.",
                None,
            ),
        },
    )


PARTS = SchemaParts(query=Query)
