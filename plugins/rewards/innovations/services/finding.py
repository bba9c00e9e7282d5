"""Innovations that the caller may change, and what may be said of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.law.in_force import rule_in_force
from core.law.rule import Rule
from core.organisation.services.changing import check_values
from core.plugin_api import N_, Context, Problem, fetch, may, refuse, require
from plugins.rewards.innovations.models import Innovation
from plugins.rewards.innovations.policies import DECIDE, EDIT
from plugins.rewards.innovations.roles import MANAGE
from plugins.rewards.innovations.rules.contest import KIND, categories_of, groups_of, named
from plugins.rewards.innovations.rules.stages import CHANGES

LONGEST_TEXT = 20_000


def rule_of_day(day: date, *path: str) -> Rule:
    """Return the rule set of groups and categories in force on a day; refuse at `path` without one."""
    return rule_in_force(KIND, day, *path)


def to_edit(ctx: Context, innovation_id: int, *path: str) -> Innovation:
    """Return an innovation that the caller may change: authors until it is adopted, those who manage it always."""
    row = fetch(Innovation, innovation_id, ctx, *path)
    require(ctx, EDIT, row, *path)
    if row.stage not in CHANGES and not ctx.actor.holds(MANAGE, row.unit.path):
        text = N_("What was adopted or closed stays as it is. Let the innovation officer correct it.")
        raise refuse("INNOVATION_SETTLED", text, *path)
    return row


def to_decide(ctx: Context, innovation_id: int) -> Innovation:
    """Return an innovation that the caller decides on: nobody on one of his own."""
    row = fetch(Innovation, innovation_id, ctx, "input", "id")
    if not may(ctx.actor, DECIDE, row) and may(ctx.actor, EDIT, row) and not ctx.actor.is_system:
        text = N_("Nobody decides on an innovation of his own. Let a superior or the innovation officer do it.")
        raise refuse("INNOVATION_OWN", text, "input", "id")
    require(ctx, DECIDE, row, "input", "id")
    return row


def value_problems(values: Mapping[str, Any]) -> list[Problem]:
    """Say which texts cannot be kept."""
    problems = check_values(Innovation, values, required=("title", "problem", "description"))
    for name in ("problem", "description"):
        if len(values.get(name, "")) > LONGEST_TEXT:
            text = N_("This is longer than {longest} characters. Shorten it.")
            problems.append(Problem("TEXT_TOO_LONG", text, ("input", name), {"longest": LONGEST_TEXT}))
    return problems


def code_problems(rule: Rule, category: str, group: str, *, has_origin: bool) -> list[Problem]:
    """Say whether category and group are none of the rule set, or what a replication takes over is not named."""
    problems = []
    categories, groups = categories_of(rule.content), groups_of(rule.content)
    if named(categories, category) is None:
        text = N_("There is no category {code} in the rules of that day. Choose one of: {codes}.")
        codes = ", ".join(one.code for one in categories)
        problems.append(
            Problem("INNOVATION_CATEGORY", text, ("input", "category"), {"code": category[:32], "codes": codes})
        )
    found = named(groups, group)
    if found is None:
        text = N_("There is no group {code} in the rules of that day. Choose one of: {codes}.")
        codes = ", ".join(one.code for one in groups)
        problems.append(Problem("INNOVATION_GROUP", text, ("input", "group"), {"code": group[:32], "codes": codes}))
    elif found.takes_over and not has_origin:
        text = N_("An entry of this group takes over an innovation from elsewhere. Name that one, here or in words.")
        problems.append(Problem("INNOVATION_ORIGIN_MISSING", text, ("input", "originId")))
    return problems
