"""What the plugin `rewards` holds about an employee, joined from its areas."""

from core.organisation.models import Employee
from core.plugin_api import PersonalData, Problem
from plugins.rewards.allowance import people as allowance
from plugins.rewards.points import people as points
from plugins.rewards.programmes.services import people as programmes


def data_of(employee: Employee) -> list[PersonalData]:
    """Return what every area holds."""
    return [*programmes.data_of(employee), *points.data_of(employee), *allowance.data_of(employee)]


def erase(employee: Employee) -> list[Problem]:
    """Erase in every area what may be erased, and return what stays."""
    return [*programmes.erase(employee), *points.erase(employee), *allowance.erase(employee)]
