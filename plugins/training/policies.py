"""Who sees the rows of the plugin `training`: whoever sees the employee they are about."""

from typing import Any

from core.organisation.models import Employee
from core.plugin_api import Actor, PolicyEntry, as_condition, visible
from plugins.training.models import TrainingPlanItem


def _with_their_employee(actor: Actor, table: Any) -> Any:
    employee = Employee.alias()
    return table.employee.in_(employee.select(employee.id).where(as_condition(visible(actor, employee))))


ENTRIES = [PolicyEntry(TrainingPlanItem, _with_their_employee)]
