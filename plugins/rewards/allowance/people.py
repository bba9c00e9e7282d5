"""What simulations hold about an employee, told to the employee, and erased."""

from core.organisation.models import Employee
from core.plugin_api import N_, PersonalData, Problem
from plugins.rewards.allowance.models import AllowanceLine, AllowanceRun


def data_of(employee: Employee) -> list[PersonalData]:
    """Return the lines of an employee in simulations that are kept."""
    rows = (
        AllowanceLine.select(AllowanceLine, AllowanceRun)
        .join(AllowanceRun)
        .where(AllowanceLine.employee == employee.id)
        .order_by(AllowanceLine.id)
    )
    return [
        PersonalData(
            N_("Simulated for each person (never a payroll)"),
            [
                {
                    "month": row.run.month.isoformat(),
                    "basis": None if row.basis is None else str(row.basis),
                    "result": None if row.result is None else str(row.result),
                    "steps": row.steps,
                    "missing": row.missing,
                }
                for row in rows
            ],
        )
    ]


def erase(employee: Employee) -> list[Problem]:
    """Delete the lines of an employee; nothing rests on them."""
    AllowanceLine.delete().where(AllowanceLine.employee == employee.id).execute()
    return []
