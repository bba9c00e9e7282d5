"""What the plugin `rewards` holds about an employee, joined from its areas."""

from zoneinfo import ZoneInfo

from core.actor import system_actor
from core.organisation.models import Employee
from core.plugin_api import Context, PersonalData, Problem, active_registry, utc_now
from plugins.rewards.allowance.services import people as allowance
from plugins.rewards.compliance.services import people as compliance
from plugins.rewards.discipline.services import people as discipline
from plugins.rewards.innovations.services import people as innovations
from plugins.rewards.points.services import people as points
from plugins.rewards.programmes.services import people as programmes


def data_of(employee: Employee) -> list[PersonalData]:
    """Return what every area holds; of discipline what the employee may know of by now."""
    return [
        *programmes.data_of(employee),
        *innovations.data_of(employee),
        *points.data_of(employee),
        *allowance.data_of(employee),
        *compliance.data_of(employee),
        *discipline.data_of(_context(), employee),
    ]


def erase(employee: Employee) -> list[Problem]:
    """Erase in every area what may be erased, and return what stays, and why."""
    ctx = _context()
    return [
        *programmes.erase(ctx, employee),
        *innovations.erase(ctx, employee),
        *points.erase(ctx, employee),
        *allowance.erase(ctx, employee),
        *compliance.erase(ctx, employee),
        *discipline.erase(ctx, employee),
    ]


def _context() -> Context:
    settings, now = active_registry().settings, utc_now()
    today = now.astimezone(ZoneInfo(settings.time_zone)).date()
    return Context(actor=system_actor(today), settings=settings, now=now)
