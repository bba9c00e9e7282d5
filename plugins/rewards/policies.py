"""Who sees the rows of the plugin `rewards`: whoever sees the employee they are about."""

from typing import Any

from core.organisation.models import Employee
from core.plugin_api import ActEntry, Actor, PolicyEntry, as_condition, visible
from plugins.rewards.discipline import policies as discipline
from plugins.rewards.models import Award


def _with_their_employee(actor: Actor, table: Any) -> Any:
    employee = Employee.alias()
    return table.employee.in_(employee.select(employee.id).where(as_condition(visible(actor, employee))))


ENTRIES: list[PolicyEntry] = [PolicyEntry(Award, _with_their_employee), *discipline.ENTRIES]
ACTS: list[ActEntry] = [*discipline.ACTS]
