"""What every step of a case begins and ends with: who may, from which state, on which day."""

from datetime import date
from typing import Any

from core.plugin_api import N_, Context, UnitOfWork, fetch, refuse, require, stale, translate
from plugins.rewards.discipline.events import STEP_DONE
from plugins.rewards.discipline.models import DisciplineCase
from plugins.rewards.discipline.policies import act_of
from plugins.rewards.discipline.rules.states import WAYS, may_do, next_steps
from plugins.rewards.discipline.terms import Step


def begin_step(ctx: Context, step: Step, case_id: int, version: int | None) -> DisciplineCase:
    """Return the case if the caller may do the step and it is the case's turn; refused otherwise.

    `version` is the one that the caller saw; None takes the case as it is.
    """
    case = fetch(DisciplineCase, case_id, ctx, "input", "caseId")
    require(ctx, act_of(step), case, "input", "caseId")
    if version is not None and version != case.version:
        raise stale("input", "version")
    if not may_do(step, case.state):
        text = N_("The case is {state}, this step does not follow. Next may be: {steps}.")
        steps = ", ".join(translate(one.value) for one in next_steps(case.state)) or "-"
        raise refuse("DISCIPLINE_STEP", text, "input", "caseId", state=translate(case.state.value), steps=steps)
    return case


def end_step(work: UnitOfWork, step: Step, case: DisciplineCase, on: date, **changes: Any) -> DisciplineCase:
    """Move the case on and tell of it; of two who do a step at once, the second is refused as stale."""
    target = WAYS[step].target
    if target is not None:
        changes["state"] = target
    if changes:
        work.update(case, **changes)
    else:
        work.touch(case, case.version)
    work.emit(STEP_DONE, {"case_id": case.id, "step": step, "state": case.state, "on": on})
    return case


def day_of(ctx: Context, on: date | None, name: str, *earliest: date | None) -> date:
    """Return the day of a step: today, or one that is not to come and not before what it follows."""
    day = on or ctx.today
    if day > ctx.today:
        text = N_("{day} is still to come. Note what was done, on the day on which it was done.")
        raise refuse("DISCIPLINE_DAY_TO_COME", text, "input", name, day=day)
    first = max((one for one in earliest if one is not None), default=None)
    if first is not None and day < first:
        text = N_("{day} lies before {first}, the day of what this follows. Correct it.")
        raise refuse("DISCIPLINE_DAY_TOO_EARLY", text, "input", name, day=day, first=first)
    return day


def filled(text: str, name: str) -> str:
    """Return a text that must say something, stripped."""
    plain = text.strip()
    if not plain:
        raise refuse("TEXT_MISSING", N_("This must not be empty. Fill it in."), "input", name)
    return plain
