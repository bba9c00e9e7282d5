"""Simulations of a unit's month that are kept: who would get what, by which version of the table, step by step.

Nothing here pays, and nothing is handed to what pays.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from core.law.in_force import rule_in_force
from core.organisation.models import Assignment, Employee, WorkUnit
from core.organisation.scope import holds_on, unit_within
from core.organisation.services.changing import check_days, refuse_all, rows_of
from core.plugin_api import N_, Context, as_condition, fetch, refuse, require, unit_of_work
from plugins.rewards.allowance.models import AllowanceLine, AllowanceRun
from plugins.rewards.allowance.policies import sees_allowance
from plugins.rewards.allowance.reading import Simulation, first_of, simulations
from plugins.rewards.allowance.roles import READ, SANCTIONS
from plugins.rewards.allowance.rule_sets import TABLE
from plugins.rewards.allowance.settings import allowance_settings
from plugins.rewards.allowance.writing import missing_as_json, steps_as_json

MOST_PEOPLE = 10_000


def may_know_sanctions(ctx: Context) -> bool:
    """Whether the caller's simulations of others take sanctions into account."""
    return ctx.actor.holds(SANCTIONS, None)


def people_of(unit: WorkUnit, day: date) -> list[int]:
    """Return who has the primary position in a unit or below it on a day, by name; refused for very many."""
    rows = rows_of(
        Employee.select(Employee.id)
        .join(Assignment, on=(Assignment.employee == Employee.id))
        .where(
            as_condition(unit_within(Assignment.unit, (unit.path,))),
            holds_on(Assignment, day) & Assignment.is_primary,
        )
        .order_by(Employee.name, Employee.id)
        .limit(MOST_PEOPLE + 1)
    )
    if len(rows) > MOST_PEOPLE:
        text = N_("{unit} has more than {most} people. Simulate the units below it.")
        raise refuse("ALLOWANCE_TOO_MANY", text, "input", "unitId", unit=unit.name, most=MOST_PEOPLE)
    return list(dict.fromkeys(row[0] for row in rows))


def simulate_unit(ctx: Context, unit_id: int, month: date) -> AllowanceRun:
    """Simulate the allowance of a unit's people, with all below it, for the month of pay in which a day lies."""
    with unit_of_work(ctx) as work:
        unit = fetch(WorkUnit, unit_id, ctx, "input", "unitId")
        require(ctx, READ, unit, "input", "unitId")
        refuse_all(check_days(month=month))
        month = first_of(month)
        rule = rule_in_force(TABLE, month, "input", "month")
        with_sanctions = may_know_sanctions(ctx)
        nobody: frozenset[int] = frozenset()
        found = simulations(ctx, people_of(unit, month), month, sanctions_of=None if with_sanctions else nobody)
        run = work.create(
            AllowanceRun,
            unit=unit.id,
            month=month,
            attendance_month=first_of(month, rule.content["attendance"]["month_offset"]),
            rule=rule.snapshot(),
            with_sanctions=with_sanctions,
            employees=len(found),
            incomplete=sum(one.calculation.result is None for one in found.values()),
            made_at=ctx.now,
            made_by=ctx.actor.name,
        )
        # Lines follow from the run and are no changes of anybody's, so that they leave no history of their own.
        AllowanceLine.insert_many([_line(run, one) for one in found.values()]).execute() if found else None
        return run


def _line(run: AllowanceRun, one: Simulation) -> dict[str, Any]:
    return {
        "run": run.id,
        "employee": one.employee_id,
        "basis": one.calculation.basis,
        "result": one.calculation.result,
        "steps": steps_as_json(one.calculation.steps),
        "missing": missing_as_json(one.calculation.missing),
    }


def delete_simulation(ctx: Context, run_id: int) -> int:
    """Delete a simulation with its lines."""
    with unit_of_work(ctx) as work:
        run = fetch(AllowanceRun, run_id, ctx, "input", "id")
        require(ctx, READ, run, "input", "id")
        work.delete(run)
        return run_id


def delete_old_simulations(ctx: Context) -> int:
    """Delete the simulations whose time is over; return how many."""
    before = ctx.now - timedelta(days=allowance_settings(ctx).allowance_runs_kept_days)
    rows = list(AllowanceRun.select().where(AllowanceRun.made_at < before))
    with unit_of_work(ctx) as work:
        for row in rows:
            work.delete(row)
    return len(rows)


def seen_simulations(ctx: Context, employee_ids: Sequence[int], month: date) -> dict[int, Simulation]:
    """Return the simulations of those whose allowance the caller may see, by employee; everybody sees the own one."""
    rows = Employee.select(Employee.id).where(
        Employee.id.in_(list(employee_ids)) & as_condition(sees_allowance(ctx.actor, Employee.id))
    )
    seen = [row[0] for row in rows_of(rows)]
    if not seen:
        return {}
    own = frozenset({ctx.actor.employee_id} - {None})
    sanctions_of: Any = None if may_know_sanctions(ctx) else own
    return simulations(ctx, seen, month, sanctions_of=sanctions_of)
