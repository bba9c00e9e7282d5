"""What innovations hold about an employee, told to the employee, and erased where that may be."""

from typing import Any

from core.organisation.models import Employee
from core.plugin_api import N_, Context, PersonalData, Problem, unit_of_work
from plugins.rewards.innovations.models import Innovation, InnovationAuthor


def data_of(employee: Employee) -> list[PersonalData]:
    """Return the innovations of which an employee is an author."""
    rows = (
        InnovationAuthor.select(InnovationAuthor, Innovation)
        .join(Innovation)
        .where(InnovationAuthor.employee == employee.id)
        .order_by(Innovation.proposed_on, Innovation.id)
    )
    return [
        PersonalData(
            N_("Innovations"),
            [
                {
                    "title": row.innovation.title,
                    "stage": row.innovation.stage.value,
                    "role": row.role.value,
                    "share": None if row.share is None else format(row.share, "f"),
                    "proposed_on": row.innovation.proposed_on.isoformat(),
                    "adopted_on": row.innovation.adopted_on.isoformat() if row.innovation.adopted_on else None,
                }
                for row in rows
            ],
        )
    ]


def erase(ctx: Context, employee: Employee) -> list[Problem]:
    """Take the employee off the authors of what was never adopted; awards rest on what was, so that it stays."""
    mine: Any = InnovationAuthor.select().where(InnovationAuthor.employee == employee.id)
    adopted = Innovation.select(Innovation.id).where(Innovation.adopted_on.is_null(False))
    with unit_of_work(ctx) as work:
        for row in list(mine.where(InnovationAuthor.innovation.not_in(adopted))):
            work.delete(row)
    count = mine.where(InnovationAuthor.innovation.in_(adopted)).count()
    if not count:
        return []
    text = N_(
        "{count} adopted innovations name their authors, since awards and points rest on them. They go with the "
        "employee's own row."
    )
    return [Problem("INNOVATIONS_STAY", text, (), {"count": count})]
