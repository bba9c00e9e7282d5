"""Who owes what by when: one query of all that is owed in a unit and below, as far as the caller sees it.

Counts, pages and reminders are all made of this query, so that they cannot differ.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from typing import Any
from zoneinfo import ZoneInfo

import peewee as pw

from core.actor import Actor
from core.appraisal.models import Evaluation
from core.appraisal.policies import SHOWN_TO_THE_RATED
from core.appraisal.services.spans import is_in_effect
from core.appraisal.terms import EvaluationState
from core.context import Context
from core.database import is_sqlite
from core.organisation.models import Assignment, Employee, WorkUnit
from core.organisation.scope import holds_on, read_paths, reports_of, unit_within
from core.organisation.terms import EmployeeState, EmploymentStatus
from core.overview.rules import ReportingSpan, span_to_report
from core.overview.terms import DutyKind
from core.planning.models import EvaluationPeriod, EvaluationWindow, PerformancePlan
from core.planning.terms import PlanState
from core.policy import among, as_condition, either, visible
from core.progress.models import ProgressRecord
from core.progress.policies import progress_plans
from core.workdays.rules import add_working_days
from core.workdays.services import load_holidays


@dataclass(frozen=True)
class Board:
    """Of which unit with all below it, period and month (default: the last full one) the duties are asked.

    Without a unit they are asked of everywhere; `debtor_id` asks only for what one employee owes, `about_id` for
    what is owed about one.
    """

    period: EvaluationPeriod
    unit: WorkUnit | None = None
    kind: DutyKind | None = None
    month: ReportingSpan | None = None
    debtor_id: int | None = None
    about_id: int | None = None


@dataclass(frozen=True)
class Duty:
    """What `debtor_id` owes about `about_id`; it was due on `due_on`. `plan_id` is None without any plan."""

    kind: DutyKind
    about_id: int
    unit_id: int
    plan_id: int | None
    debtor_id: int | None
    due_on: date
    window_number: int = 0


def duties_of(ctx: Context, board: Board, *, limit: int | None = None, offset: int = 0) -> list[Duty]:
    """Return what is owed, longest first; two statements at most besides that for the windows."""
    query = _union(ctx, board)
    if query is None:
        return []
    owed = query.alias("owed")
    rows: Any = (
        pw.Select([owed], [getattr(owed.c, name) for name in _COLUMNS])
        .order_by(owed.c.base_day, owed.c.kind, owed.c.about_key, owed.c.window_no, owed.c.plan_key)
        .limit(limit)
        .offset(offset)
    )
    found = [_duty(row) for row in rows.tuples().bind(Assignment._meta.database)]
    return _with_due_days(ctx, found)


def count_duties(ctx: Context, board: Board) -> list[tuple[int, DutyKind, int]]:
    """Return unit, kind and number of what is owed, in one statement."""
    query = _union(ctx, board)
    if query is None:
        return []
    owed = query.alias("owed")
    rows: Any = pw.Select([owed], [owed.c.unit_key, owed.c.kind, pw.fn.COUNT(owed.c.about_key)]).group_by(
        owed.c.unit_key, owed.c.kind
    )
    return [(unit, DutyKind(kind), count) for unit, kind, count in rows.tuples().bind(Assignment._meta.database)]


def default_span(ctx: Context, period: EvaluationPeriod) -> ReportingSpan | None:
    """Return the days in which progress is expected by today."""
    return span_to_report(ctx.today, period.starts_on, period.ends_on)


def is_exempt(ctx: Context, employee: Any) -> Any:
    """Return where an employee is of a state or status that owes nothing (an expression or False)."""
    named = ctx.settings.compliance_exempt
    states = [state for state in EmployeeState if state.value in named]
    statuses = [status for status in EmploymentStatus if status.value in named]
    return either(employee.state.in_(states) if states else False, employee.status.in_(statuses) if statuses else False)


def running_in(plan: Any, span: ReportingSpan, zone: ZoneInfo) -> Any:
    """Return where a plan was set by the end of a span and runs in it."""
    over = datetime.combine(span.last + timedelta(days=1), time(), zone)
    return (
        (plan.revision > 0)
        & (plan.starts_on <= span.last)
        & (plan.ends_on >= span.first)
        & ((plan.revision > 1) | plan.approved_at.is_null() | (plan.approved_at < over))
    )


_COLUMNS = ("kind", "about_key", "unit_key", "plan_key", "debtor_key", "base_day", "window_no")


def _union(ctx: Context, board: Board) -> Any:
    makers = {
        DutyKind.PLAN: _plans,
        DutyKind.PROGRESS: _progress,
        DutyKind.PERIODIC_EVALUATION: _periodic,
        DutyKind.ANNUAL_EVALUATION: _annual,
        DutyKind.ACKNOWLEDGEMENT: _acknowledgements,
    }
    chosen = [make for kind, make in makers.items() if board.kind in {None, kind}]
    queries = [query for query in (make(ctx, board) for make in chosen) if query is not None]
    return reduce(lambda left, right: left.union_all(right), queries) if queries else None


def _columns(kind: DutyKind, about: Any, unit: Any, plan: Any, debtor: Any, day: Any, window: Any = None) -> list[Any]:
    number = pw.Cast(pw.Value(0), "INTEGER") if window is None else window
    values = (pw.Cast(pw.Value(kind.value), "TEXT"), about, unit, plan, debtor, day, number)
    return [value.alias(name) for value, name in zip(values, _COLUMNS, strict=True)]


def _day(day: date) -> Any:
    # PostgreSQL wants to know what it is; SQLite would make the number 2026 of it.
    return pw.Value(day.isoformat()) if is_sqlite() else pw.Cast(pw.Value(day), "DATE")


def _of(column: Any, board: Board) -> Any:
    return as_condition(True if board.unit is None else unit_within(column, [board.unit.path]))


def _chosen(about: Any, debtor: Any, board: Board) -> Any:
    rows = as_condition(True if board.debtor_id is None else debtor == board.debtor_id)
    return rows if board.about_id is None else rows & (about == board.about_id)


def _serving(ctx: Context, column: Any) -> Any:
    employee = Employee.alias()
    exempt = is_exempt(ctx, employee)
    return as_condition(True) if exempt is False else ~among(column, employee.select(employee.id).where(exempt))


def _plans(ctx: Context, board: Board) -> Any:
    """Give everybody with a post whose plan is not set: the holder owes it, or the evaluator once it is submitted."""
    period = board.period
    if ctx.today <= period.plan_deadline:
        return None
    post, plan = Assignment.alias(), PerformancePlan.alias()
    day = min(ctx.today, period.ends_on)
    mine = (plan.employee == post.employee) & (plan.period == period.id)
    latest = plan.select(pw.fn.MAX(plan.id)).where(mine)
    submitted = plan.select(pw.fn.MIN(plan.evaluator)).where(mine & (plan.state == PlanState.SUBMITTED))
    debtor = pw.fn.COALESCE(submitted, post.employee)
    me = ctx.actor.employee_id
    waits = (
        False
        if me is None
        else among(
            post.employee,
            plan.select(plan.employee).where(
                (plan.period == period.id) & (plan.state == PlanState.SUBMITTED) & (plan.evaluator == me)
            ),
        )
    )
    columns = _columns(DutyKind.PLAN, post.employee, post.unit, latest, debtor, _day(period.plan_deadline))
    return (
        post.select(*columns)
        .distinct()
        .where(
            post.is_primary
            & holds_on(post, day)
            & _of(post.unit, board)
            & as_condition(either(_follows(ctx.actor, post, "planning.read"), waits))
            & _serving(ctx, post.employee)
            & _chosen(post.employee, debtor, board)
            & ~pw.fn.EXISTS(plan.select(pw.Value(1)).where(mine & is_in_effect(plan)))
        )
    )


def _progress(ctx: Context, board: Board) -> Any:
    """Give plans without a report in the month, or, where none is named, since the first day of the last full one."""
    span = board.month or default_span(ctx, board.period)
    if span is None:
        return None
    plan, record = PerformancePlan.alias(), ProgressRecord.alias()
    until = (record.happened_on <= span.last) if board.month else as_condition(True)
    reported = record.select(pw.Value(1)).where((record.plan == plan.id) & (record.happened_on >= span.first) & until)
    columns = _columns(DutyKind.PROGRESS, plan.employee, plan.unit, plan.id, plan.employee, _day(span.last))
    return plan.select(*columns).where(
        of_board(ctx, plan, board)
        & running_in(plan, span, ZoneInfo(ctx.settings.time_zone))
        & _chosen(plan.employee, plan.employee, board)
        & ~pw.fn.EXISTS(reported)
    )


def of_board(ctx: Context, plan: Any, board: Board) -> Any:
    """Return the running plans of a board whose progress the caller sees and whose holders owe something."""
    return (
        (plan.period == board.period.id)
        & (plan.state != PlanState.ENDED)
        & _of(plan.unit, board)
        & as_condition(progress_plans(ctx.actor, plan))
        & as_condition(visible(ctx.actor, plan))
        & _serving(ctx, plan.employee)
    )


def _to_evaluate(ctx: Context, plan: Any, board: Board) -> Any:
    return (
        (plan.period == board.period.id)
        & is_in_effect(plan)
        & _of(plan.unit, board)
        & as_condition(_follows(ctx.actor, plan, "appraisal.read"))
        & as_condition(visible(ctx.actor, plan))
        & _serving(ctx, plan.employee)
        & _chosen(plan.employee, plan.evaluator, board)
    )


def _concluded(plan: Any, number: Any) -> Any:
    done = Evaluation.alias()
    return pw.fn.EXISTS(
        done.select(pw.Value(1)).where(
            (done.plan == plan.id) & (done.window_number == number) & done.state.in_(SHOWN_TO_THE_RATED)
        )
    )


def _periodic(ctx: Context, board: Board) -> Any:
    last = ctx.today - timedelta(days=ctx.settings.periodic_evaluation_days)
    plan, window = PerformancePlan.alias(), EvaluationWindow.alias()
    columns = _columns(
        DutyKind.PERIODIC_EVALUATION, plan.employee, plan.unit, plan.id, plan.evaluator, window.ends_on, window.number
    )
    return (
        plan.select(*columns)
        .join(window, on=window.period == plan.period)
        .where(
            _to_evaluate(ctx, plan, board)
            & (window.ends_on < last)
            & (plan.starts_on <= window.ends_on)
            & (plan.ends_on >= window.ends_on)
            & ~_concluded(plan, window.number)
        )
    )


def _annual(ctx: Context, board: Board) -> Any:
    day = board.period.evaluation_deadline
    if ctx.today <= day:
        return None
    plan = PerformancePlan.alias()
    columns = _columns(DutyKind.ANNUAL_EVALUATION, plan.employee, plan.unit, plan.id, plan.evaluator, _day(day))
    return plan.select(*columns).where(_to_evaluate(ctx, plan, board) & ~_concluded(plan, 0))


def _acknowledgements(ctx: Context, board: Board) -> Any:
    evaluation = Evaluation.alias()
    columns = _columns(
        DutyKind.ACKNOWLEDGEMENT,
        evaluation.employee,
        evaluation.unit,
        evaluation.plan,
        evaluation.employee,
        evaluation.received_on,
        evaluation.window_number,
    )
    return evaluation.select(*columns).where(
        (evaluation.period == board.period.id)
        & (evaluation.state == EvaluationState.FINAL)
        & (evaluation.received_on < ctx.today)
        & _of(evaluation.unit, board)
        & as_condition(visible(ctx.actor, evaluation))
        & _serving(ctx, evaluation.employee)
        & _chosen(evaluation.employee, evaluation.employee, board)
    )


def _follows(actor: Actor, table: Any, permission: str) -> Any:
    """Return where the actor may know what is still missing: nobody learns it from a lack of rights."""
    rows = unit_within(table.unit, read_paths(actor, permission))
    me = actor.employee_id
    if me is None:
        return rows
    evaluates = table.evaluator == me if hasattr(table, "evaluator") else False
    return either(rows, table.employee == me, evaluates, among(table.employee, reports_of(actor)))


def _duty(row: Sequence[Any]) -> Duty:
    kind, about, unit, plan, debtor, day, window = row
    day = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return Duty(DutyKind(kind), about, unit, plan, debtor, day, window)


def _with_due_days(ctx: Context, found: Iterable[Duty]) -> list[Duty]:
    """Give each the day on which it was due, where that lies after the day from which time is counted."""
    found = list(found)
    received = [duty.due_on for duty in found if duty.kind is DutyKind.ACKNOWLEDGEMENT]
    days = ctx.settings.deemed_acceptance_days
    holidays = load_holidays(min(received), ctx.today + timedelta(days=4 * days + 14)) if received and days else ()
    due: list[Duty] = []
    for duty in found:
        day = duty.due_on
        if duty.kind is DutyKind.PERIODIC_EVALUATION:
            day += timedelta(days=ctx.settings.periodic_evaluation_days)
        elif duty.kind is DutyKind.ACKNOWLEDGEMENT and days:
            day = add_working_days(day, days, holidays)
        due.append(replace(duty, due_on=day))
    return due
