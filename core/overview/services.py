"""How a unit and those below it stand in a period, in a fixed number of statements; only rows that the caller sees."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import peewee as pw

from core.appraisal.models import Evaluation
from core.appraisal.terms import Predicate
from core.context import Context
from core.errors import refuse
from core.i18n import N_
from core.organisation.models import Assignment, WorkUnit
from core.organisation.scope import holds_on, unit_within
from core.overview.duties import Board, count_duties
from core.overview.rules import ReportingSpan, span_to_report
from core.overview.terms import DutyKind
from core.planning.models import EvaluationPeriod, Indicator, PerformancePlan, WorkResult
from core.planning.terms import PlanState
from core.policy import as_condition, below, fetch, visible
from core.progress.models import ProgressRecord


@dataclass(frozen=True)
class LateReporter:
    """Somebody whose plan has no progress in the span to report; `last_on` is the day of the latest record before."""

    employee_id: int
    plan_id: int
    last_on: date | None


@dataclass
class UnitCounts:
    """Counts of a unit with all below it; `predicates` by number of the window (0: annual) and predicate."""

    unit_id: int
    head_count: int = 0
    with_plan: int = 0
    plans: Counter[PlanState] = field(default_factory=Counter)
    indicators: int = 0
    indicators_with_progress: int = 0
    plan_holders: int = 0
    reporting: int = 0
    predicates: Counter[tuple[int, Predicate]] = field(default_factory=Counter)
    late: list[LateReporter] = field(default_factory=list)
    duties: Counter[DutyKind] = field(default_factory=Counter)


@dataclass(frozen=True)
class UnitOverview:
    """A unit, its direct children, and the span in which progress is expected (None: none is over)."""

    total: UnitCounts
    children: list[UnitCounts]
    span: ReportingSpan | None


def unit_overview(ctx: Context, unit_id: int, period_id: int, late_after_days: int | None = None) -> UnitOverview:
    """Return how the unit and those below it stand in the period."""
    unit = fetch(WorkUnit, unit_id, ctx, "unitId")
    period = fetch(EvaluationPeriod, period_id, ctx, "periodId")
    if late_after_days is not None and late_after_days < 1:
        raise refuse("BAD_DAYS", N_("{days} days are no span. Give 1 or more."), "lateAfterDays", days=late_after_days)
    span = span_to_report(ctx.today, period.starts_on, period.ends_on, late_after_days)
    groups = _Groups(unit, period)
    _count_people(ctx, groups, unit, period)
    _count_plans(ctx, groups, unit, period)
    _count_indicators(ctx, groups, unit, period)
    _count_reporting(ctx, groups, unit, period)
    _count_predicates(ctx, groups, unit, period)
    if span is not None:
        _find_late(ctx, groups, unit, period, span)
    return UnitOverview(groups.total, list(groups.children.values()), span)


@dataclass(frozen=True)
class UnitStanding:
    """Counts of a unit and of its direct children."""

    total: UnitCounts
    children: list[UnitCounts]


PARTS = frozenset({"people", "plans", "predicates", "duties"})
"""What `unit_standing` can count."""


def unit_standing(ctx: Context, board: Board, parts: Collection[str] = PARTS) -> UnitStanding:
    """Return people, plans, predicates and what is owed of a board's unit, or only the `parts` that are named."""
    if board.unit is None:
        raise ValueError("unit: the standing is that of a unit")
    unit, period = board.unit, board.period
    groups = _Groups(unit, period)
    if "people" in parts:
        _count_people(ctx, groups, unit, period)
    if "plans" in parts:
        _count_plans(ctx, groups, unit, period)
    if "predicates" in parts:
        _count_predicates(ctx, groups, unit, period)
    if "duties" in parts:
        groups.add(count_duties(ctx, board), _note_duties)
    return UnitStanding(groups.total, list(groups.children.values()))


def _note_duties(counts: UnitCounts, kind: DutyKind, count: int) -> None:
    counts.duties[kind] += count


class _Groups:
    """Adds what is found in a unit to the whole and to the direct child below which it lies."""

    def __init__(self, unit: WorkUnit, period: EvaluationPeriod) -> None:
        rows = list(
            WorkUnit.select(WorkUnit.id, WorkUnit.path, WorkUnit.parent, WorkUnit.valid_to)
            .where(as_condition(below(WorkUnit.path, [unit.path])))
            .order_by(WorkUnit.path)
        )
        self.total = UnitCounts(unit.id)
        direct = [row for row in rows if row.__data__["parent"] == unit.id]
        self.children = {
            row.id: UnitCounts(row.id) for row in direct if row.valid_to is None or row.valid_to >= period.starts_on
        }
        width = len(unit.path) + 8
        child_at = {row.path: row.id for row in direct}
        self._child_of = {row.id: child_at.get(row.path[:width]) for row in rows}

    def add(self, rows: Any, note: Callable[..., None]) -> None:
        """Let `note(counts, *values)` take up each row, which begins with a unit's id."""
        for unit_id, *values in rows:
            note(self.total, *values)
            child = self.children.get(self._child_of.get(unit_id) or 0)
            if child is not None:
                note(child, *values)


def _seen_plans(ctx: Context, plan: Any, unit: WorkUnit, period: EvaluationPeriod) -> Any:
    return (
        (plan.period == period.id)
        & as_condition(unit_within(plan.unit, [unit.path]))
        & as_condition(visible(ctx.actor, plan))
    )


def _seen_records(ctx: Context, name: str) -> Any:
    record = ProgressRecord.alias()
    column = getattr(record, name)
    return record.select(column).where(as_condition(visible(ctx.actor, record)) & column.is_null(False)).distinct()


def _count_people(ctx: Context, groups: _Groups, unit: WorkUnit, period: EvaluationPeriod) -> None:
    post, plan = Assignment.alias(), PerformancePlan.alias()
    day = min(max(ctx.today, period.starts_on), period.ends_on)
    holders = plan.select(plan.employee).where((plan.period == period.id) & as_condition(visible(ctx.actor, plan)))
    rows = (
        post.select(
            post.unit,
            pw.fn.COUNT(post.employee.distinct()),
            pw.fn.COUNT(pw.Case(None, [(post.employee.in_(holders), post.employee)]).distinct()),
        )
        .where(
            post.is_primary
            & holds_on(post, day)
            & as_condition(unit_within(post.unit, [unit.path]))
            & as_condition(visible(ctx.actor, post))
        )
        .group_by(post.unit)
        .tuples()
    )

    def note(counts: UnitCounts, people: int, with_plan: int) -> None:
        counts.head_count += people
        counts.with_plan += with_plan

    groups.add(rows, note)


def _count_plans(ctx: Context, groups: _Groups, unit: WorkUnit, period: EvaluationPeriod) -> None:
    plan = PerformancePlan.alias()
    rows = (
        plan.select(plan.unit, plan.state, pw.fn.COUNT(plan.id))
        .where(_seen_plans(ctx, plan, unit, period))
        .group_by(plan.unit, plan.state)
        .tuples()
    )

    def note(counts: UnitCounts, state: PlanState, count: int) -> None:
        counts.plans[state] += count

    groups.add(rows, note)


def _count_indicators(ctx: Context, groups: _Groups, unit: WorkUnit, period: EvaluationPeriod) -> None:
    plan, result, indicator = PerformancePlan.alias(), WorkResult.alias(), Indicator.alias()
    records = _seen_records(ctx, "indicator")
    rows = (
        plan.select(
            plan.unit,
            pw.fn.COUNT(indicator.id),
            pw.fn.COUNT(pw.Case(None, [(indicator.id.in_(records), indicator.id)])),
        )
        .join(result, on=result.plan == plan.id)
        .join(indicator, on=indicator.work_result == result.id)
        .where(_seen_plans(ctx, plan, unit, period) & (plan.revision > 0))
        .group_by(plan.unit)
        .tuples()
    )

    def note(counts: UnitCounts, indicators: int, with_progress: int) -> None:
        counts.indicators += indicators
        counts.indicators_with_progress += with_progress

    groups.add(rows, note)


def _count_reporting(ctx: Context, groups: _Groups, unit: WorkUnit, period: EvaluationPeriod) -> None:
    plan = PerformancePlan.alias()
    records = _seen_records(ctx, "plan")
    rows = (
        plan.select(
            plan.unit,
            pw.fn.COUNT(plan.employee.distinct()),
            pw.fn.COUNT(pw.Case(None, [(plan.id.in_(records), plan.employee)]).distinct()),
        )
        .where(_seen_plans(ctx, plan, unit, period) & (plan.revision > 0))
        .group_by(plan.unit)
        .tuples()
    )

    def note(counts: UnitCounts, holders: int, reporting: int) -> None:
        counts.plan_holders += holders
        counts.reporting += reporting

    groups.add(rows, note)


def _count_predicates(ctx: Context, groups: _Groups, unit: WorkUnit, period: EvaluationPeriod) -> None:
    evaluation = Evaluation.alias()
    rows = (
        evaluation.select(evaluation.unit, evaluation.window_number, evaluation.predicate, pw.fn.COUNT(evaluation.id))
        .where(
            (evaluation.period == period.id)
            & evaluation.predicate.is_null(False)
            & as_condition(unit_within(evaluation.unit, [unit.path]))
            & as_condition(visible(ctx.actor, evaluation))
        )
        .group_by(evaluation.unit, evaluation.window_number, evaluation.predicate)
        .tuples()
    )

    def note(counts: UnitCounts, window: int, predicate: Predicate, count: int) -> None:
        counts.predicates[window, predicate] += count

    groups.add(rows, note)


def _find_late(ctx: Context, groups: _Groups, unit: WorkUnit, period: EvaluationPeriod, span: ReportingSpan) -> None:
    """Find plans set by the end of the span, running in it, and not reported on since its first day."""
    plan, record = PerformancePlan.alias(), ProgressRecord.alias()
    latest = (
        record.select(record.plan.alias("plan_key"), pw.fn.MAX(record.happened_on).alias("latest_on"))
        .where(as_condition(visible(ctx.actor, record)))
        .group_by(record.plan)
        .alias("latest")
    )
    zone = ZoneInfo(ctx.settings.time_zone)
    span_over = datetime.combine(span.last + timedelta(days=1), time(), zone)
    rows = (
        plan.select(plan.unit, plan.employee, plan.id, latest.c.latest_on)
        .join(latest, pw.JOIN.LEFT_OUTER, on=latest.c.plan_key == plan.id)
        .where(
            _seen_plans(ctx, plan, unit, period)
            & (plan.revision > 0)
            & (plan.state != PlanState.ENDED)
            & (plan.starts_on <= span.last)
            & (plan.ends_on >= span.first)
            & ((plan.revision > 1) | plan.approved_at.is_null() | (plan.approved_at < span_over))
            & (latest.c.latest_on.is_null() | (latest.c.latest_on < span.first))
        )
        .order_by(plan.id)
        .tuples()
    )

    def note(counts: UnitCounts, employee_id: int, plan_id: int, last_on: date | str | None) -> None:
        day = date.fromisoformat(last_on) if isinstance(last_on, str) else last_on
        counts.late.append(LateReporter(employee_id, plan_id, day))

    groups.add(rows, note)
