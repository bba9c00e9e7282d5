"""The stop of salary after ten working days of absence in a row: superior reports, HR verifies, budget officer sets."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.organisation.models import Employee
from core.plugin_api import N_, Context, UnitOfWork, fetch, refuse, require, unit_of_work
from plugins.rewards.discipline.events import SALARY_STOP
from plugins.rewards.discipline.models import DisciplineCase, SalaryStop
from plugins.rewards.discipline.rules.absence import absence_outcome
from plugins.rewards.discipline.services.clocks import holidays_from
from plugins.rewards.discipline.services.law import absence_rule
from plugins.rewards.discipline.services.steps import day_of, filled
from plugins.rewards.discipline.terms import SalaryStopState

REPORT_ACT = "rewards.report_salary_stop"
VERIFY_ACT = "rewards.verify_salary_stop"
SET_ACT = "rewards.set_salary_stop"


def report_salary_stop(
    ctx: Context, *, employee_id: int, absent_days: Sequence[date], case_id: int | None = None, note: str = ""
) -> SalaryStop:
    """Let the superior report that somebody was absent so many working days in a row that salary stops."""
    with unit_of_work(ctx) as work:
        employee = fetch(Employee, employee_id, ctx, "input", "employeeId")
        require(ctx, REPORT_ACT, employee, "input", "employeeId")
        if case_id is not None:
            fetch(DisciplineCase, case_id, ctx, "input", "caseId")
        last = day_of(ctx, max(absent_days, default=ctx.today), "absentDays")
        bands, rule = absence_rule(ctx, employee.status, last)
        outcome = absence_outcome(set(absent_days), last.year, bands, holidays_from(min(absent_days, default=last)))
        if outcome.salary_stops_from is None or bands.in_a_row is None:
            text = N_("{days} working days of absence in a row are needed ({regulation}), {longest} are named.")
            days = bands.in_a_row.days if bands.in_a_row else 0
            params = {"days": days, "regulation": rule.regulation, "longest": outcome.longest_row}
            raise refuse("DISCIPLINE_ROW_TOO_SHORT", text, "input", "absentDays", **params)
        row = outcome.in_a_row
        if (
            SalaryStop.select()
            .where(
                (SalaryStop.employee == employee.id)
                & (SalaryStop.absent_first_on <= row[-1])
                & (SalaryStop.absent_last_on >= row[0])
            )
            .exists()
        ):
            text = N_("These days are reported already. Go on with that report.")
            raise refuse("DISCIPLINE_STOP_TWICE", text, "input", "absentDays")
        made = work.create(
            SalaryStop,
            employee=employee,
            case=case_id,
            absent_first_on=row[0],
            absent_last_on=row[-1],
            days=[day.isoformat() for day in row],
            stops_from=outcome.salary_stops_from,
            reported_by=ctx.actor.employee_id,
            reported_on=ctx.today,
            note=note.strip(),
            rules=rule.snapshot(),
        )
        return _told(work, made)


def verify_salary_stop(ctx: Context, stop_id: int, version: int | None = None) -> SalaryStop:
    """Let HR confirm what the superior reported."""
    return _move(
        ctx,
        stop_id,
        version,
        VERIFY_ACT,
        (SalaryStopState.REPORTED,),
        state=SalaryStopState.VERIFIED,
        verified_by=ctx.actor.employee_id,
        verified_on=ctx.today,
    )


def reject_salary_stop(ctx: Context, stop_id: int, version: int | None = None, *, reason: str) -> SalaryStop:
    """Let HR reject what the superior reported, with the reason."""
    why = filled(reason, "reason")
    sources = (SalaryStopState.REPORTED, SalaryStopState.VERIFIED)
    return _move(ctx, stop_id, version, VERIFY_ACT, sources, state=SalaryStopState.REJECTED, note=why)


def set_salary_stop(ctx: Context, stop_id: int, version: int | None = None, *, decree_number: str) -> SalaryStop:
    """Let the budget officer (KPA) set the stop; it holds from the first of the month after the tenth day."""
    number = filled(decree_number, "decreeNumber")
    return _move(
        ctx,
        stop_id,
        version,
        SET_ACT,
        (SalaryStopState.VERIFIED,),
        state=SalaryStopState.SET,
        imposed_by=ctx.actor.employee_id,
        imposed_on=ctx.today,
        decree_number=number,
    )


def lift_salary_stop(ctx: Context, stop_id: int, version: int | None = None, *, reason: str) -> SalaryStop:
    """End a stop that was set, with the reason."""
    why = filled(reason, "reason")
    state = SalaryStopState.LIFTED
    return _move(ctx, stop_id, version, SET_ACT, (SalaryStopState.SET,), state=state, lifted_on=ctx.today, note=why)


def _move(
    ctx: Context, stop_id: int, version: int | None, act: str, sources: tuple[SalaryStopState, ...], **changes: Any
) -> SalaryStop:
    with unit_of_work(ctx) as work:
        stop = fetch(SalaryStop, stop_id, ctx, "input", "id")
        require(ctx, act, stop, "input", "id")
        if stop.state not in sources:
            text = N_("The stop of salary is {state}, this step does not follow. It follows on: {sources}.")
            names = ", ".join(one.value for one in sources)
            raise refuse("DISCIPLINE_STOP_STEP", text, "input", "id", state=stop.state.value, sources=names)
        work.update(stop, version, **changes)
        return _told(work, stop)


def _told(work: UnitOfWork, stop: SalaryStop) -> SalaryStop:
    work.emit(SALARY_STOP, {"salary_stop_id": stop.id, "state": stop.state})
    return stop
