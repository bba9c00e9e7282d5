"""Evaluation periods: made with their windows, opened, closed."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from core.context import Context
from core.errors import Problem, Refused, refuse
from core.i18n import N_
from core.planning.models import EvaluationPeriod, EvaluationWindow
from core.planning.rules.periods import period_problems, windows_of
from core.planning.terms import Frequency, PeriodState
from core.policy import fetch, require
from core.work import unit_of_work


@dataclass(frozen=True)
class PeriodRequest:
    """A period as wanted; deadlines default to the institution's settings."""

    code: str
    name: str
    starts_on: date
    ends_on: date
    frequency: Frequency
    plan_deadline: date | None = None
    evaluation_deadline: date | None = None


def create_period(ctx: Context, request: PeriodRequest) -> EvaluationPeriod:
    """Make a planned period and its windows."""
    with unit_of_work(ctx) as work:
        require(ctx, "planning.manage_period", None, "input")
        plan_deadline = request.plan_deadline or _plan_deadline(ctx, request.starts_on, request.ends_on)
        evaluation_deadline = request.evaluation_deadline or _day_of(
            ctx.settings.annual_evaluation_deadline, request.ends_on.year + 1
        )
        problems = [
            Problem("EMPTY", N_("This must not be empty. Fill it in."), (name,))
            for name, value in (("code", request.code), ("name", request.name))
            if not value.strip()
        ]
        problems += period_problems(request.starts_on, request.ends_on, plan_deadline, evaluation_deadline)
        problems += _clashes(request)
        if problems:
            raise Refused([problem.under("input") for problem in problems])
        period = work.create(
            EvaluationPeriod,
            code=request.code.strip(),
            name=request.name.strip(),
            starts_on=request.starts_on,
            ends_on=request.ends_on,
            frequency=request.frequency,
            state=PeriodState.PLANNED,
            plan_deadline=plan_deadline,
            evaluation_deadline=evaluation_deadline,
        )
        for window in windows_of(request.starts_on, request.ends_on, request.frequency):
            work.create(
                EvaluationWindow,
                period=period,
                number=window.number,
                name=window.name,
                starts_on=window.starts_on,
                ends_on=window.ends_on,
            )
        work.emit("planning.period_created", {"period_id": period.id, "code": period.code})
        return period


def open_period(ctx: Context, period_id: int, version: int, reason: str = "") -> EvaluationPeriod:
    """Open a planned period, or a closed one again with a reason."""
    with unit_of_work(ctx) as work:
        period = fetch(EvaluationPeriod, period_id, ctx, "input", "periodId")
        require(ctx, "planning.manage_period", period, "input", "periodId")
        if period.state is PeriodState.OPEN:
            raise refuse("PERIOD_STATE", N_("The period is open already. Nothing is left to do."), "input", "periodId")
        if period.state is PeriodState.CLOSED and not reason.strip():
            raise refuse(
                "REASON_REQUIRED", N_("A closed period is opened again for a reason only. Give it."), "input", "reason"
            )
        ctx.reason = reason.strip() or ctx.reason
        work.update(period, version, state=PeriodState.OPEN)
        work.emit("planning.period_opened", {"period_id": period.id, "code": period.code})
        return period


def close_period(ctx: Context, period_id: int, version: int) -> EvaluationPeriod:
    """Close a period: its plans, progress and evaluations no longer change."""
    with unit_of_work(ctx) as work:
        period = fetch(EvaluationPeriod, period_id, ctx, "input", "periodId")
        require(ctx, "planning.manage_period", period, "input", "periodId")
        if period.state is not PeriodState.OPEN:
            raise refuse("PERIOD_STATE", N_("Only an open period can be closed. Open it first."), "input", "periodId")
        work.update(period, version, state=PeriodState.CLOSED)
        work.emit("planning.period_closed", {"period_id": period.id, "code": period.code})
        return period


def period_taking_changes(period: EvaluationPeriod, *path: str | int) -> EvaluationPeriod:
    """Return the period if it is open; refuse at `path` otherwise."""
    if period.state is PeriodState.CLOSED:
        raise refuse(
            "PERIOD_CLOSED",
            N_("The period {period} is closed. Ask your HR office to open it again."),
            *path,
            period=period.code,
        )
    if period.state is PeriodState.PLANNED:
        raise refuse(
            "PERIOD_NOT_OPEN",
            N_("The period {period} is not open yet. Ask your HR office to open it."),
            *path,
            period=period.code,
        )
    return period


def _clashes(request: PeriodRequest) -> list[Problem]:
    found = code_problems(request.code.strip(), 0)
    other = (
        EvaluationPeriod.select()
        .where((EvaluationPeriod.starts_on <= request.ends_on) & (EvaluationPeriod.ends_on >= request.starts_on))
        .first()
    )
    if other is not None:
        found.append(
            Problem(
                "PERIOD_OVERLAPS",
                N_("The days overlap with the period {code}. Choose days outside it."),
                ("startsOn",),
                {"code": other.code},
            )
        )
    return found


def code_problems(code: str, own_id: int) -> list[Problem]:
    """Return the problem of a code that another period has."""
    if not EvaluationPeriod.select().where((EvaluationPeriod.code == code) & (EvaluationPeriod.id != own_id)).exists():
        return []
    return [Problem("CODE_TAKEN", N_("The code {code} is taken. Choose another one."), ("code",), {"code": code})]


def _plan_deadline(ctx: Context, starts_on: date, ends_on: date) -> date:
    day = _day_of(ctx.settings.plan_approval_deadline, starts_on.year)
    return day if starts_on <= day <= ends_on else ends_on


def _day_of(month_and_day: str, year: int) -> date:
    month, day = (int(part) for part in month_and_day.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))
