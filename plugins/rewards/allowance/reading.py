"""What a simulation needs of many people at once, in a number of statements that does not grow with them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import peewee as pw

from core.appraisal.models import Evaluation
from core.appraisal.terms import EvaluationKind, EvaluationState, Predicate
from core.attendance.models import AttendanceDay
from core.attendance.reading import leaves
from core.attendance.terms import AttendanceState, LeaveKind
from core.law.in_force import find_rule
from core.law.rule import Rule
from core.organisation.models import Assignment, Position, PositionKind
from core.organisation.scope import holds_on
from core.organisation.services.changing import rows_of
from core.planning.models import EvaluationPeriod, EvaluationWindow, PerformancePlan
from core.plugin_api import Context
from core.workdays.rules import is_working_day
from core.workdays.services import load_holidays
from plugins.rewards.allowance.rule_sets import TABLE
from plugins.rewards.allowance.rules.calculation import (
    AllowanceInputs,
    Calculation,
    DayShort,
    Missing,
    SanctionKnown,
    calculate,
)
from plugins.rewards.allowance.rules.table import AllowanceTable, table_of
from plugins.rewards.allowance.terms import AllowanceGap, BasisBy, PredicateOf
from plugins.rewards.discipline.effects import sanction_spells

_CONCLUDED = (
    EvaluationState.FINAL,
    EvaluationState.ACKNOWLEDGED,
    EvaluationState.OBJECTED,
    EvaluationState.DECIDED,
)
_PARTS = 500


@dataclass(frozen=True)
class Simulation:
    """What the allowance of an employee would be in a month of pay; never a payroll.

    `attendance_month` is None without a table; `rule` the version of the table as it is.
    """

    employee_id: int
    month: date
    attendance_month: date | None
    with_sanctions: bool
    rule: Rule | None
    calculation: Calculation


def first_of(day: date, months_back: int = 0) -> date:
    """Return the first day of the month of a day, or of one so many months before."""
    year, month = divmod(day.year * 12 + day.month - 1 - months_back, 12)
    return date(year, month + 1, 1)


def last_of(month: date) -> date:
    """Return the last day of the month that begins with a day."""
    return first_of(month, -1) - timedelta(days=1)


def simulations(
    ctx: Context, employee_ids: Sequence[int], month: date, *, sanctions_of: frozenset[int] | None
) -> dict[int, Simulation]:
    """Return the simulation of each employee for the month of pay in which a day lies.

    Sanctions are taken into account for `sanctions_of` (None: for everybody). Whom the caller may ask about is for
    the caller of this function to see to.
    """
    month = first_of(month)
    rule = find_rule(TABLE, month)
    ids = list(dict.fromkeys(employee_ids))

    def shown(employee_id: int) -> bool:
        return sanctions_of is None or employee_id in sanctions_of

    if rule is None:
        nothing = Calculation(None, None, (), (Missing(AllowanceGap.TABLE),))
        return {one: Simulation(one, month, None, shown(one), None, nothing) for one in ids}
    table = table_of(rule.content)
    attendance_month = first_of(month, table.month_offset)
    inputs = _inputs(ctx, table, ids, month, attendance_month, {one for one in ids if shown(one)})
    return {
        one: Simulation(one, month, attendance_month, shown(one), rule, calculate(table, inputs[one])) for one in ids
    }


def _inputs(
    ctx: Context,
    table: AllowanceTable,
    ids: Sequence[int],
    month: date,
    attendance_month: date,
    sanctioned: set[int],
) -> dict[int, AllowanceInputs]:
    found: dict[int, AllowanceInputs] = {}
    last = last_of(attendance_month)
    holidays = load_holidays(attendance_month, last)
    days = [
        day for number in range(last.day) if is_working_day(day := attendance_month.replace(day=number + 1), holidays)
    ]
    for start in range(0, len(ids), _PARTS):
        part = ids[start : start + _PARTS]
        keys = _keys(table, part, month)
        predicates = _predicates(table, part, month)
        attendance = _attendance(part, attendance_month, last)
        away = _leave_days(part, attendance_month, last, days)
        sanctions = _sanctions(sorted(sanctioned & set(part)), month)
        for one in part:
            rows = attendance.get(one, {})
            on_leave = away.get(one, {})
            at_work = {day: row for day, row in rows.items() if day not in on_leave}
            found[one] = AllowanceInputs(
                key=keys.get(one, (None, False))[0],
                has_position=one in keys,
                predicate=predicates.get(one),
                days=[
                    DayShort(row.late_minutes, row.early_minutes, row.has_no_record, row.missed_assembly)
                    for _, row in sorted(at_work.items())
                    if row.state is AttendanceState.PRESENT
                ],
                absent_days=sum(row.state is AttendanceState.UNEXCUSED for row in at_work.values()),
                unknown_days=sum(day not in rows and day not in on_leave for day in days),
                leave_days=Counter(on_leave.values()),
                sanctions=sanctions.get(one, ()),
                is_month_over=last < ctx.today,
            )
    return found


def _keys(table: AllowanceTable, ids: Sequence[int], month: date) -> dict[int, tuple[str | None, bool]]:
    """Return by employee what the basis of the primary position on the first day of the month is looked up by."""
    rows = rows_of(
        Assignment.select(Assignment.employee, Position.job_class, PositionKind.code)
        .join(Position)
        .join(PositionKind)
        .where(Assignment.employee.in_(ids) & holds_on(Assignment, month) & Assignment.is_primary)
        .order_by(Assignment.id.desc())
    )
    if table.basis_by is BasisBy.POSITION_KIND:
        return {employee_id: (kind, True) for employee_id, _, kind in rows}
    return {employee_id: (None if job is None else str(job), True) for employee_id, job, _ in rows}


def _predicates(table: AllowanceTable, ids: Sequence[int], month: date) -> dict[int, Predicate]:
    """Return by employee the predicate of the last window or year that ended before the month; of that one alone."""
    by_window = table.predicate_of is PredicateOf.WINDOW
    span: Any = EvaluationWindow if by_window else EvaluationPeriod
    latest = span.select(pw.fn.MAX(span.ends_on)).where(span.ends_on < month)
    column = Evaluation.window if by_window else Evaluation.period
    kind = EvaluationKind.PERIODIC if by_window else EvaluationKind.ANNUAL
    rows = rows_of(
        Evaluation.select(Evaluation.employee, Evaluation.predicate)
        .join(span, on=(column == span.id))
        .switch(Evaluation)
        .join(PerformancePlan, on=(Evaluation.plan == PerformancePlan.id))
        .where(
            Evaluation.employee.in_(ids)
            & (Evaluation.kind == kind)
            & Evaluation.state.in_(_CONCLUDED)
            & Evaluation.predicate.is_null(False)
            & (span.ends_on == latest)
        )
        # Of several plans in the span the latest one counts.
        .order_by(PerformancePlan.starts_on, PerformancePlan.id)
    )
    return dict(rows)


def _attendance(ids: Sequence[int], first: date, last: date) -> dict[int, dict[date, AttendanceDay]]:
    rows = AttendanceDay.select().where(AttendanceDay.employee.in_(ids) & AttendanceDay.day.between(first, last))
    found: dict[int, dict[date, AttendanceDay]] = defaultdict(dict)
    for row in rows:
        found[row.employee_id][row.day] = row
    return found


def _leave_days(
    ids: Sequence[int], first: date, last: date, working_days: Sequence[date]
) -> dict[int, Mapping[date, LeaveKind]]:
    found: dict[int, dict[date, LeaveKind]] = defaultdict(dict)
    for leave in leaves(ids, first, last):
        for day in working_days:
            if leave.first_day <= day <= leave.last_day:
                found[leave.employee_id][day] = leave.kind
    return dict(found)


def _sanctions(ids: Sequence[int], month: date) -> dict[int, list[SanctionKnown]]:
    """Return by employee the sanctions that count in the month of pay: in force in it, or a reprimand of late."""
    found: dict[int, list[SanctionKnown]] = defaultdict(list)
    if not ids:
        return found
    # A reprimand is in force on one day, and a table may take for some months from then on.
    for spell in sanction_spells(ids, first_of(month, 600), last_of(month)):
        months = (month.year - spell.effective_on.year) * 12 + month.month - spell.effective_on.month
        still_lasts = spell.until is None or spell.until >= month
        found[spell.employee_id].append(SanctionKnown(spell.code, months, still_lasts))
    return found
