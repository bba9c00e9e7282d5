"""What compliance holds about an employee, told to the employee, and erased where that may be."""

from core.organisation.models import Employee
from core.planning.models import EvaluationPeriod
from core.planning.terms import PeriodState
from core.plugin_api import N_, Context, PersonalData, Problem, unit_of_work
from plugins.rewards.compliance.models import ComplianceExemption, ComplianceNotice, Obligation


def data_of(employee: Employee) -> list[PersonalData]:
    """Return what an employee owes and owed, what it was told, and from what it was exempt."""
    owed = Obligation.select().where(Obligation.employee == employee.id).order_by(Obligation.due_on, Obligation.id)
    told = ComplianceNotice.select().where(ComplianceNotice.employee == employee.id).order_by(ComplianceNotice.id)
    exempt = ComplianceExemption.select().where(ComplianceExemption.employee == employee.id)
    return [
        PersonalData(
            N_("Reports that are owed"),
            [
                {
                    "duty": row.duty.value,
                    "from": row.first_day.isoformat(),
                    "until": row.last_day.isoformat(),
                    "due_on": row.due_on.isoformat(),
                    "state": row.state.value,
                    "met_on": row.met_on.isoformat() if row.met_on else None,
                    "reason": row.reason,
                }
                for row in owed
            ],
        ),
        PersonalData(
            N_("Reminders and notes"),
            [{"kind": row.kind.value, "number": row.number, "sent_on": row.sent_on.isoformat()} for row in told],
        ),
        PersonalData(
            N_("Exemptions"),
            [
                {
                    "duty": row.duty.value if row.duty else None,
                    "from": row.first_day.isoformat(),
                    "until": row.last_day.isoformat(),
                    "reason": row.reason,
                }
                for row in exempt.order_by(ComplianceExemption.first_day)
            ],
        ),
    ]


def erase(ctx: Context, employee: Employee) -> list[Problem]:
    """Delete exemptions that are over and what was owed in closed periods; what is owed in open ones stays."""
    is_open = EvaluationPeriod.select(EvaluationPeriod.id).where(EvaluationPeriod.state == PeriodState.OPEN)
    mine = Obligation.select().where((Obligation.employee == employee.id) | (Obligation.about == employee.id))
    with unit_of_work(ctx) as work:
        for row in list(mine.where(Obligation.period.not_in(is_open))):
            work.delete(row)
        over = (ComplianceExemption.employee == employee.id) & (ComplianceExemption.last_day < ctx.today)
        for exemption in list(ComplianceExemption.select().where(over)):
            work.delete(exemption)
    count = mine.count()
    if not count:
        return []
    text = N_("{count} reports are owed in periods that are still open. Close the period, and erase again.")
    return [Problem("OBLIGATIONS_STAY", text, (), {"count": count})]
