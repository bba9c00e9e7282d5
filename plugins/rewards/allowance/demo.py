"""A table of the allowance for the demo city, with invented amounts, and a simulation of last month."""

import copy
from datetime import date
from typing import Any

from core.attendance.terms import LeaveKind
from core.law.services import NewRuleVersion, add_rule_version
from core.organisation.models import PositionKind, WorkUnit
from core.plugin_api import Context
from plugins.rewards.allowance.rule_sets import TABLE
from plugins.rewards.allowance.services.examples import examples
from plugins.rewards.allowance.services.simulating import simulate_unit

HOME = "04.3"
_EXAMPLE = "tulang_bawang"
_HIGHEST, _STEP, _LOWEST = 12_000_000, 800_000, 1_500_000
_LEAVE = {LeaveKind.ANNUAL: "0", LeaveKind.COLLECTIVE: "0", LeaveKind.SICK: "1", LeaveKind.UNPAID: "4.5"}


def load(ctx: Context, _seed: int) -> None:
    """Put a table in force and simulate the registry; nothing happens in a city without it."""
    home = WorkUnit.get_or_none(WorkUnit.code == HOME)
    if home is None:
        return
    example = next(one for one in examples() if one.code == _EXAMPLE)
    add_rule_version(
        ctx,
        NewRuleVersion(
            kind=TABLE,
            regulation="Perwal contoh (demo)",
            source=f"Karangan untuk demo; potongan kehadiran dari contoh {example.name}.",
            confidence="L",
            valid_from=date(ctx.today.year - 1, 1, 1),
            valid_to=None,
            content=_content(example.content),
        ),
    )
    simulate_unit(ctx, home.id, ctx.today)


def _content(example: Any) -> dict[str, Any]:
    content = copy.deepcopy(dict(example))
    kinds = PositionKind.select().order_by(PositionKind.level_order)
    content["basis"] = {
        "by": "POSITION_KIND",
        "amounts": {kind.code: str(max(_LOWEST, _HIGHEST - _STEP * place)) for place, kind in enumerate(kinds)},
    }
    content["attendance"] |= {
        "unrecorded_day": "PRESENT",
        "early": content["attendance"]["late"],
        "absent_day": "3",
        "leave_day": {kind.value: _LEAVE.get(kind, "0") for kind in LeaveKind},
    }
    return content
