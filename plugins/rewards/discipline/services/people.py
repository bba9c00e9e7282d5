"""What discipline holds about an employee, told to the employee; nothing of it is erased on demand."""

from core.identity.actors import actor_for_employee
from core.organisation.models import Employee
from core.plugin_api import N_, Context, PersonalData, Problem, as_condition, visible
from plugins.rewards.discipline.models import DisciplineCase, SanctionDecision


def data_of(ctx: Context, employee: Employee) -> list[PersonalData]:
    """Return the cases and decisions about an employee, as far as the employee may know of them by now."""
    person = actor_for_employee(employee.id, ctx.today)
    cases = DisciplineCase.select().where(
        (DisciplineCase.employee == employee.id) & as_condition(visible(person, DisciplineCase))
    )
    decisions = SanctionDecision.select().where(
        (SanctionDecision.employee == employee.id) & as_condition(visible(person, SanctionDecision))
    )
    return [
        PersonalData(
            N_("Discipline cases"),
            [
                {
                    "number": row.number,
                    "state": row.state.value,
                    "opened_on": row.opened_on.isoformat(),
                    "closed_on": row.closed_on.isoformat() if row.closed_on else None,
                }
                for row in cases.order_by(DisciplineCase.opened_on, DisciplineCase.id)
            ],
        ),
        PersonalData(
            N_("Decisions on discipline"),
            [
                {
                    "decree_number": row.decree_number,
                    "set_on": row.set_on.isoformat(),
                    "sanction": row.sanction_name,
                    "effective_on": row.effective_on.isoformat() if row.effective_on else None,
                    "until": row.until.isoformat() if row.until else None,
                }
                for row in decisions.order_by(SanctionDecision.set_on, SanctionDecision.id)
            ],
        ),
    ]


def erase(ctx: Context, employee: Employee) -> list[Problem]:
    """Erase nothing: cases and decisions are records that the law asks for, repeats and remedies are judged by them.

    How many stay is said only of those that the employee may know of.
    """
    person = actor_for_employee(employee.id, ctx.today)
    count = (
        DisciplineCase.select()
        .where((DisciplineCase.employee == employee.id) & as_condition(visible(person, DisciplineCase)))
        .count()
    )
    if not count:
        return []
    text = N_("{count} discipline cases are kept by law (PP 94/2021). They go with the employee's own row.")
    return [Problem("DISCIPLINE_STAYS", text, (), {"count": count})]
