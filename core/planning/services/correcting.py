"""Wrong entries of periods and their windows put right."""

from datetime import date
from typing import Any, TypedDict

from core.context import Context
from core.errors import Problem, Refused
from core.i18n import N_
from core.planning.models import EvaluationPeriod, EvaluationWindow
from core.planning.rules.periods import period_problems, span_problems
from core.planning.services.periods import code_problems
from core.planning.terms import PeriodState
from core.policy import fetch, require
from core.work import unit_of_work

_LONGEST_NAME = 255


class PeriodChanges(TypedDict, total=False):
    """What may be put right about a period; its days and rhythm stand, since plans and windows follow from them."""

    code: str
    name: str
    plan_deadline: date
    evaluation_deadline: date


class WindowChanges(TypedDict, total=False):
    """What may be put right about a window; days that have begun stand."""

    name: str
    starts_on: date
    ends_on: date


def correct_period(ctx: Context, period_id: int, version: int | None, changes: PeriodChanges) -> EvaluationPeriod:
    """Put code, name or deadlines of a period right."""
    with unit_of_work(ctx) as work:
        period = fetch(EvaluationPeriod, period_id, ctx, "input", "periodId")
        require(ctx, "planning.manage_period", period, "input", "periodId")
        names = ("code", "name", "plan_deadline", "evaluation_deadline")
        wanted: dict[str, Any] = {name: changes.get(name, getattr(period, name)) for name in names}
        wanted |= {"code": wanted["code"].strip(), "name": wanted["name"].strip()}
        problems = [*_name_problems("code", wanted["code"], 16), *_name_problems("name", wanted["name"], _LONGEST_NAME)]
        problems += code_problems(wanted["code"], period.id)
        problems += period_problems(
            period.starts_on, period.ends_on, wanted["plan_deadline"], wanted["evaluation_deadline"]
        )
        _refuse(problems)
        return work.update(period, version, **wanted)


def correct_window(ctx: Context, window_id: int, version: int | None, changes: WindowChanges) -> EvaluationWindow:
    """Put name or days of a window right, as long as its period takes changes and the days are still to come."""
    with unit_of_work(ctx) as work:
        window = fetch(EvaluationWindow, window_id, ctx, "input", "id")
        period = window.period
        require(ctx, "planning.manage_period", period, "input", "id")
        wanted: dict[str, Any] = {
            name: changes.get(name, getattr(window, name)) for name in ("name", "starts_on", "ends_on")
        }
        wanted["name"] = wanted["name"].strip()
        problems = _name_problems("name", wanted["name"], _LONGEST_NAME)
        if period.state is PeriodState.CLOSED:
            text = N_("The period is closed and takes no changes. Ask your HR office to open it again.")
            problems.append(Problem("PERIOD_CLOSED", text, ("name",)))
        problems += span_problems(wanted["starts_on"], wanted["ends_on"], period.starts_on, period.ends_on)
        problems += _past_problems(ctx, window, wanted)
        problems += _neighbour_problems(window, wanted)
        _refuse(problems)
        return work.update(window, version, **wanted)


def _past_problems(ctx: Context, window: EvaluationWindow, wanted: dict[str, Any]) -> list[Problem]:
    text = N_("This day has come already, and evaluations rest on it. Leave it as it is, or give a later day.")
    return [
        Problem("WINDOW_HAS_BEGUN", text, (path,))
        for name, path in (("starts_on", "startsOn"), ("ends_on", "endsOn"))
        if wanted[name] != getattr(window, name) and min(wanted[name], getattr(window, name)) <= ctx.today
    ]


def _neighbour_problems(window: EvaluationWindow, wanted: dict[str, Any]) -> list[Problem]:
    other = (
        EvaluationWindow.select()
        .where(
            (EvaluationWindow.period == window.period_id)
            & (EvaluationWindow.id != window.id)
            & (EvaluationWindow.starts_on <= wanted["ends_on"])
            & (EvaluationWindow.ends_on >= wanted["starts_on"])
        )
        .first()
    )
    if other is None:
        return []
    text = N_("{name} runs from {first} to {last} and would overlap. Shorten that one first, or choose other days.")
    params = {"name": other.name, "first": other.starts_on, "last": other.ends_on}
    return [Problem("WINDOWS_OVERLAP", text, ("startsOn",), params)]


def _name_problems(name: str, text: str, longest: int) -> list[Problem]:
    if not text:
        return [Problem("EMPTY", N_("This must not be empty. Fill it in."), (name,))]
    if len(text) > longest:
        message = N_("This is longer than {longest} characters. Shorten it.")
        return [Problem("TEXT_TOO_LONG", message, (name,), {"longest": longest})]
    return []


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Refused([problem.under("input") for problem in problems])
