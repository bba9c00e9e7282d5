"""Simulations of the allowance in the world of the walk."""

from datetime import date
from typing import Any

from plugins.rewards.allowance.models import AllowanceLine, AllowanceRun
from tests.support.calls import NOON

_RUNS = (("registry", False), ("archive", False), ("registry", True))


def add_allowance(rows: dict[str, Any]) -> None:
    """Add a simulation of the registry, one of the archive, and one of the registry that knows of sanctions."""
    for where, with_sanctions in _RUNS:
        label = f"{where}.sanctions" if with_sanctions else where
        run = rows[f"simulation.{label}"] = AllowanceRun.create(
            unit=rows[f"unit.{where}"], month=date(2026, 1, 1), attendance_month=date(2025, 12, 1), rule={},
            with_sanctions=with_sanctions, employees=1, incomplete=0, made_at=NOON,
        )  # fmt: skip
        name = "officer" if where == "registry" else "other"
        AllowanceLine.create(run=run, employee=rows[f"employee.{name}"], basis=5, result=4, steps=[], missing=[])


def _run(f: Any, who: Any, row: Any) -> bool:
    may_know = not row.with_sanctions or f.role(who, "rewards.simulate_sanctions", None)
    return bool(may_know and f.role(who, "rewards.simulate_allowance", row.unit_id))


SEES_OF_ALLOWANCE: dict[Any, Any] = {
    AllowanceRun: _run,
    AllowanceLine: lambda f, who, row: _run(f, who, f.rows(AllowanceRun)[row.run_id]),
}
"""Whoever simulates in the unit; what tells of sanctions, only who may know of them."""
