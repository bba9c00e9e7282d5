"""Discipline on the start page: clocks that run out, for those who deal with the cases; nothing for anybody else."""

from datetime import timedelta

from core.plugin_api import N_, Context, DashboardCard, Figure, as_condition, translate, visible
from plugins.rewards.discipline.models import DisciplineCase, DisciplineClock
from plugins.rewards.discipline.policies import handles
from plugins.rewards.discipline.terms import ClockState

_SHOWN = 5
_SOON = timedelta(days=14)


def clocks_that_run_out(ctx: Context) -> list[Figure]:
    """Return the next deadlines of the cases that the caller deals with, the first ones by name."""
    if ctx.actor.employee_id is None:
        return []
    case = DisciplineCase
    rows = list(
        DisciplineClock.select(DisciplineClock, case)
        .join(case)
        .where(
            as_condition(visible(ctx.actor, DisciplineClock))
            & as_condition(handles(ctx.actor, case))
            & (DisciplineClock.state == ClockState.RUNNING)
            & (DisciplineClock.due_on <= ctx.today + _SOON)
        )
        .order_by(DisciplineClock.due_on, DisciplineClock.id)
    )
    if not rows:
        return []
    overdue = sum(row.due_on < ctx.today for row in rows)
    named = [
        Figure(f"{row.case.number}: {translate(row.kind.value, ctx.language)}", row.due_on.isoformat())
        for row in rows[:_SHOWN]
    ]
    return [Figure(N_("Due within 14 days"), str(len(rows))), Figure(N_("Overdue"), str(overdue)), *named]


CARDS = [DashboardCard("rewards.discipline_clocks", N_("Discipline: deadlines"), clocks_that_run_out)]
