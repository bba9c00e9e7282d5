"""The rules of points: dated data that an officer sets; every earning keeps the rule as it was."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

from core.organisation.services.changing import check_period, check_values, refuse_all, stripped
from core.plugin_api import N_, Context, Problem, fetch, require, unit_of_work
from plugins.rewards.points.models import PointRule
from plugins.rewards.points.roles import RULES
from plugins.rewards.points.rules.conditions import fault_of
from plugins.rewards.points.services.checking import missing_problems, range_problems, too_long
from plugins.rewards.points.services.ledger import MOST
from plugins.rewards.points.terms import CapPeriod, PointEvent

_RANGES = {"points": (1, MOST), "cap": (1, MOST), "expires_after_months": (1, 120)}


class PointRuleChanges(TypedDict, total=False):
    """What can be changed about a rule; its event and its first day stay."""

    name: str
    points: int
    cap: int | None
    cap_period: CapPeriod
    conditions: Mapping[str, Any]
    expires_after_months: int | None
    valid_to: date | None
    legal_basis: str


def create_point_rule(
    ctx: Context, *, name: str, event: PointEvent, points: int, valid_from: date, **more: Any
) -> PointRule:
    """Let an event earn points from a day on."""
    given = {"name": name, "event": event, "points": points, "valid_from": valid_from, "conditions": {}, **more}
    values = stripped(given)
    with unit_of_work(ctx) as work:
        require(ctx, RULES, None, "input")
        refuse_all(_problems(values, event, valid_from))
        return work.create(PointRule, **{**values, "conditions": dict(values["conditions"])})


def update_point_rule(ctx: Context, rule_id: int, version: int | None, changes: PointRuleChanges) -> PointRule:
    """Change a rule for what happens from now on, or end it; what was earned by it stays."""
    values = stripped(changes)
    with unit_of_work(ctx) as work:
        require(ctx, RULES, None, "input")
        row = fetch(PointRule, rule_id, ctx, "input", "id")
        refuse_all(_problems(values, row.event, row.valid_from))
        return work.update(row, version, **values)


def _problems(values: Mapping[str, Any], event: PointEvent, valid_from: date) -> list[Problem]:
    missing = missing_problems(values, "name", "points", "cap_period", "conditions", "legal_basis")
    if missing:
        return missing
    texts = {name: value for name, value in values.items() if name != "conditions"}
    problems = check_values(PointRule, texts, required=("name",))
    problems += range_problems(values, _RANGES) + too_long(values, "legal_basis")
    problems += check_period(valid_from, values.get("valid_to"))
    fault = fault_of(event, values["conditions"]) if "conditions" in values else None
    if fault is not None:
        text = N_("The condition {name} does not fit this event or its value. See the conditions in the guide.")
        problems.append(Problem("POINT_CONDITION", text, ("input", "conditions"), {"name": fault}))
    return problems
