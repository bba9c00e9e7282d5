"""Facts of recognition: awards that were granted in a period, of a unit with those below, and of an employee."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Literal

from core.organisation.models import WorkUnit
from core.organisation.scope import unit_within
from core.plugin_api import N_, Context, FactDefinition, FactValue, as_condition
from plugins.rewards.programmes.models import Award
from plugins.rewards.programmes.terms import AwardState


def _measure(
    about: Literal["unit", "employee"], _ctx: Context, subject_id: int, start: date, end: date
) -> FactValue | None:
    rows: Any = Award.employee == subject_id
    if about == "unit":
        path = WorkUnit.get_by_id(subject_id).path
        # What is not published is no figure for others: a small unit would tell whose it is.
        rows = as_condition(unit_within(Award.unit, [path])) & Award.is_published
    granted = rows & (Award.state == AwardState.GRANTED) & Award.awarded_on.between(start, end)
    count = Award.select().where(granted).count()
    if not count:
        return None
    evidence = {"window": {"from": start.isoformat(), "to": end.isoformat()}, "cases": count}
    return FactValue(Decimal(count), count, evidence)


FACTS: list[FactDefinition] = [
    FactDefinition(
        "rewards.awards_count",
        N_("Awards of the unit's people, with those below"),
        N_("awards"),
        "unit",
        partial(_measure, "unit"),
    ),
    FactDefinition(
        "rewards.own_awards_count",
        N_("Awards of the employee"),
        N_("awards"),
        "employee",
        partial(_measure, "employee"),
    ),
]
"""The facts of programmes."""
