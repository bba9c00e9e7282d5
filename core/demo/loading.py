"""Loads the demo city, part by part, into an empty database; all of it or nothing."""

from collections.abc import Callable, Sequence
from datetime import date

from core.context import Context
from core.contributions import DemoData
from core.demo import accounts, appraisal, attendance, city, plans, progress
from core.demo.accounts import DemoLogin
from core.demo.seed import SEED
from core.errors import refuse
from core.i18n import N_
from core.organisation.models import Employee
from core.organisation.services.reporting import rebuild_lines
from core.work import unit_of_work

STEPS = 9
_FIRST_QUARTER_ENDS = 3


def is_loaded() -> bool:
    """Whether the database holds any employee."""
    return Employee.select().exists()


def load(
    ctx: Context,
    parts: Sequence[DemoData],
    on_step: Callable[[str], None],
    keep: Callable[[list[DemoLogin]], None],
    employees: int = city.EMPLOYEES,
) -> None:
    """Load the demo city as of `ctx.today`, then the plugins' `parts`; hand the log-ins to `keep` before the commit.

    Refused with DATABASE_NOT_EMPTY where people are.
    """
    if is_loaded():
        raise refuse(
            "DATABASE_NOT_EMPTY",
            N_(
                "The database already holds employees. Load the demo into an empty one: set "
                "KINERJA_DATABASE_URL, or throw the demo's own database away with --fresh."
            ),
        )
    year = ctx.today.year
    with unit_of_work(ctx) as work:
        on_step(N_("Units, posts and people"))
        town = city.build(work, year, employees)
        for number in (year - 1, year):
            on_step(N_("Plans"))
            demo_year = plans.build(work, town, number, ctx.today)
            on_step(N_("Progress and feedback"))
            progress.build(work, demo_year, ctx.today)
            on_step(N_("Evaluations"))
            is_latest_year = number == _year_of_latest_window(ctx.today)
            appraisal.build(work, demo_year, ctx.today, is_latest_year=is_latest_year)
        on_step(N_("Leave and attendance"))
        attendance.build(work, town, ctx.today)
        rebuild_lines(ctx)
        on_step(N_("Log-ins"))
        logins = accounts.build(work, town, date(year, 1, 1))
        for part in parts:
            on_step(part.title)
            part.load(ctx, SEED)
        keep(logins)


def _year_of_latest_window(today: date) -> int:
    """Return the year whose quarter ended last: in January to March that is the year before."""
    return today.year if today > date(today.year, _FIRST_QUARTER_ENDS, 31) else today.year - 1
