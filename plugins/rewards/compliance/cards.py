"""What is owed on the start page of the back office: one's own, and how the units that one follows stand."""

from collections.abc import Sequence
from datetime import timedelta

import peewee as pw
from babel.dates import format_date

from core.organisation.scope import read_paths
from core.organisation.services.changing import rows_of
from core.plugin_api import N_, Context, DashboardCard, Figure, as_condition, translate, visible
from plugins.rewards.compliance.models import Obligation
from plugins.rewards.compliance.roles import READ
from plugins.rewards.compliance.terms import ObligationState

SHOWN = 5
LOOKS_BACK = timedelta(days=90)
"""Days whose obligations count for the figures of units."""


def obligations(ctx: Context) -> list[Figure]:
    """Return what the caller owes by when, and what is overdue and done late where the caller follows compliance."""
    return [*_own(ctx), *_followed(ctx)]


def _own(ctx: Context) -> list[Figure]:
    if ctx.actor.employee_id is None:
        return []
    rows = (
        Obligation.select()
        .where((Obligation.employee == ctx.actor.employee_id) & (Obligation.state == ObligationState.OPEN))
        .order_by(Obligation.due_on, Obligation.id)
        .limit(SHOWN)
    )
    due, overdue = translate(N_("due on {day}"), ctx.language), translate(N_("overdue since {day}"), ctx.language)
    return [
        Figure(
            translate(row.duty.value, ctx.language),
            (overdue if row.due_on < ctx.today else due).format(
                day=format_date(row.due_on, "d MMM y", locale=ctx.language)
            ),
        )
        for row in rows
    ]


def _followed(ctx: Context) -> Sequence[Figure]:
    if not read_paths(ctx.actor, READ):
        return []
    undone = (Obligation.state == ObligationState.OPEN) & (Obligation.due_on < ctx.today)
    (counts,) = rows_of(
        Obligation.select(
            pw.fn.COUNT(pw.Case(None, [(undone, 1)])),
            pw.fn.COUNT(pw.Case(None, [(Obligation.state == ObligationState.LATE, 1)])),
        ).where(
            Obligation.due_on.between(ctx.today - LOOKS_BACK, ctx.today) & as_condition(visible(ctx.actor, Obligation))
        )
    )
    overdue, late = counts
    return [
        Figure(N_("Reports overdue, last 90 days"), str(overdue)),
        Figure(N_("Reports delivered late, last 90 days"), str(late)),
    ]


CARDS = [DashboardCard("rewards.obligations", N_("Reports that are owed"), obligations)]
