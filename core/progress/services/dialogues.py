"""Performance dialogues (dialog kinerja): recorded by the leader, read by both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.context import Context
from core.errors import Problem, Refused
from core.i18n import N_
from core.planning.models import PerformancePlan
from core.policy import fetch, require
from core.progress.models import PerformanceDialogue
from core.progress.rules.records import DIALOGUE_LEAD_DAYS, dialogue_problems
from core.progress.services.targets import plan_facts
from core.work import unit_of_work

CHANGEABLE = ("held_on", "topic", "summary", "agreed_actions")
LONGEST_TOPIC = 255
LONGEST_SUMMARY = 20_000


@dataclass(frozen=True)
class NewDialogue:
    """A talk that was held about a plan."""

    plan_id: int
    held_on: date
    topic: str
    summary: str
    agreed_actions: str = ""


def record_dialogue(ctx: Context, held: NewDialogue) -> PerformanceDialogue:
    """Record a talk between the actor, who leads the employee, and the employee."""
    with unit_of_work(ctx) as work:
        plan = fetch(PerformancePlan, held.plan_id, ctx, "input", "planId")
        require(ctx, "progress.record_dialogue", plan, "input", "planId")
        values = {name: getattr(held, name) for name in CHANGEABLE}
        _check(ctx, plan, values)
        dialogue = work.create(PerformanceDialogue, plan=plan.id, leader=ctx.actor.employee_id, **values)
        work.emit("progress.dialogue_recorded", {"dialogue_id": dialogue.id, "plan_id": plan.id})
        return dialogue


def change_dialogue(ctx: Context, dialogue_id: int, version: int, changes: Mapping[str, Any]) -> PerformanceDialogue:
    """Change the record of a talk; the earlier state stays in the history."""
    with unit_of_work(ctx) as work:
        dialogue = fetch(PerformanceDialogue, dialogue_id, ctx, "input", "id")
        require(ctx, "progress.change_dialogue", dialogue, "input", "id")
        values = {name: changes.get(name, getattr(dialogue, name)) for name in CHANGEABLE}
        _check(ctx, dialogue.plan, values)
        return work.update(dialogue, version, **values)


def _check(ctx: Context, plan: PerformancePlan, values: dict[str, Any]) -> None:
    earliest = plan.starts_on - timedelta(days=DIALOGUE_LEAD_DAYS)
    problems = dialogue_problems(values["held_on"], plan_facts(plan), ctx.today, earliest=earliest)
    for name, path, limit in (
        ("topic", "topic", LONGEST_TOPIC),
        ("summary", "summary", LONGEST_SUMMARY),
        ("agreed_actions", "agreedActions", LONGEST_SUMMARY),
    ):
        values[name] = values[name].strip()
        if len(values[name]) > limit:
            text = N_("This text has {length} characters, {limit} are allowed. Shorten it.")
            problems.append(Problem("TEXT_TOO_LONG", text, (path,), {"length": len(values[name]), "limit": limit}))
        elif not values[name] and name != "agreed_actions":
            problems.append(Problem("TEXT_MISSING", N_("This text is empty. Write what was talked about."), (path,)))
    if problems:
        raise Refused([problem.under("input") for problem in problems])
