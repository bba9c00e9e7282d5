"""What simulations of the allowance hold about an employee, told to the employee, and erased."""

from core.organisation.models import Employee
from core.plugin_api import N_, Context, PersonalData, Problem, unit_of_work
from plugins.rewards.allowance.models import AllowanceLine, AllowanceRun


def data_of(employee: Employee) -> list[PersonalData]:
    """Return the simulations of an employee's allowance."""
    rows = (
        AllowanceLine.select(AllowanceLine, AllowanceRun)
        .join(AllowanceRun)
        .where(AllowanceLine.employee == employee.id)
        .order_by(AllowanceRun.month, AllowanceLine.id)
    )
    return [
        PersonalData(
            N_("Simulations of the allowance"),
            [
                {
                    "month": row.run.month.isoformat(),
                    "result": None if row.result is None else format(row.result, "f"),
                    "missing": row.missing,
                }
                for row in rows
            ],
        )
    ]


def erase(ctx: Context, employee: Employee) -> list[Problem]:
    """Delete all of them: a simulation is no payroll, and nothing rests on it."""
    with unit_of_work(ctx) as work:
        for row in list(AllowanceLine.select().where(AllowanceLine.employee == employee.id)):
            work.delete(row)
    return []
