"""Recognition on the start page of the back office: what waits for those who verify, score or decide."""

from typing import Any

from babel.numbers import format_decimal

from core.plugin_api import N_, Context, DashboardCard, Figure, as_condition, visible
from plugins.rewards.programmes.models import Award, Nomination, PanelMember
from plugins.rewards.programmes.roles import READ
from plugins.rewards.programmes.terms import AwardState, NominationState


def figures(ctx: Context) -> list[Figure]:
    """Return how many nominations wait at which step; nothing for who neither reads them nor sits on a panel."""
    sits = (
        ctx.actor.employee_id is not None
        and PanelMember.select().where(PanelMember.employee == ctx.actor.employee_id).exists()
    )
    if not sits and not ctx.actor.paths(READ):
        return []
    seen = as_condition(visible(ctx.actor, Nomination))

    def count(state: NominationState) -> str:
        rows: Any = Nomination.select().where(seen & (Nomination.state == state))
        return str(format_decimal(rows.count(), locale=ctx.language))

    year = ctx.today.replace(month=1, day=1)
    given = Award.select().where(
        as_condition(visible(ctx.actor, Award)) & (Award.state == AwardState.GRANTED) & (Award.awarded_on >= year)
    )
    return [
        Figure(N_("To be verified"), count(NominationState.NOMINATED)),
        Figure(N_("Before the panel"), count(NominationState.VERIFIED)),
        Figure(N_("Open to objections"), count(NominationState.AWARDED)),
        Figure(N_("Awards of this year"), str(format_decimal(given.count(), locale=ctx.language))),
    ]


CARDS: list[DashboardCard] = [DashboardCard("rewards.recognition", N_("Recognition"), figures)]
"""The card of programmes."""
