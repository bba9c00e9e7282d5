"""Back office of simulations of the allowance; their lists are exported as any other."""

from typing import Any

from admin.related import Related
from admin.views import ScopedView, Shown
from core.organisation.models import Employee, WorkUnit
from core.plugin_api import N_, AdminView
from plugins.rewards.allowance.models import AllowanceLine, AllowanceRun
from plugins.rewards.allowance.writing import gap_in_words, step_in_words

_GROUP = N_("Allowance (simulation)")


def _steps(rows: Any) -> str:
    return "\n".join(f"{step_in_words(row)}: {row['amount']}" for row in rows or ())


def _missing(rows: Any) -> str:
    return "\n".join(gap_in_words(row) for row in rows or ())


class AllowanceRunView(ScopedView):
    """Simulations of units, never a payroll."""

    group = _GROUP
    stands = ("unit", "month")
    order = ("id", True)
    columns = (
        Shown("unit", N_("Unit"), label=WorkUnit.name, is_searched=True),
        Shown("month", N_("Month of pay")),
        Shown("attendance_month", N_("Month of attendance")),
        Shown("employees", N_("People")),
        Shown("incomplete", N_("Of these incomplete")),
        Shown("with_sanctions", N_("With sanctions"), is_listed=False),
        Shown("made_at", N_("Made at")),
        Shown("made_by", N_("Made by"), is_listed=False),
        Shown("rule", N_("The table as it was"), is_listed=False),
    )
    related = (
        Related(
            N_("Simulated for each person (never a payroll)"),
            AllowanceLine,
            "run",
            "rewards_allowance_line",
            ("employee", "basis", "result", "missing"),
        ),
    )


class AllowanceLineView(ScopedView):
    """People in simulations."""

    group = _GROUP
    is_counted = False
    stands = ("employee",)
    order = ("id", False)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("run", N_("Simulation"), label=AllowanceRun.month),
        Shown("basis", N_("Basis")),
        Shown("result", N_("Result (simulated, never paid by this)")),
        Shown("missing", N_("What is missing"), write=_missing),
        Shown("steps", N_("Steps"), is_listed=False, write=_steps),
    )


VIEWS: list[AdminView] = [
    AdminView(
        "rewards_allowance_run",
        lambda: AllowanceRunView(AllowanceRun, N_("Simulations (never a payroll)"), "rewards_allowance_run"),
    ),
    AdminView(
        "rewards_allowance_line",
        lambda: AllowanceLineView(
            AllowanceLine, N_("Simulated for each person (never a payroll)"), "rewards_allowance_line"
        ),
    ),
]
