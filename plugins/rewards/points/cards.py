"""Points on the start page of the back office: one's own, and what waits for who decides."""

from babel.numbers import format_decimal

from core.plugin_api import N_, Context, DashboardCard, Figure, as_condition, visible
from plugins.rewards.points.models import PointAccount, RewardRedemption
from plugins.rewards.points.reading import expiring_soon
from plugins.rewards.points.roles import MANAGE
from plugins.rewards.points.terms import RedemptionState


def figures(ctx: Context) -> list[Figure]:
    """Return the own balance and what of it expires soon, and how many requests wait for the caller."""
    found: list[Figure] = []
    account = (
        None
        if ctx.actor.employee_id is None
        else PointAccount.get_or_none(PointAccount.employee == ctx.actor.employee_id)
    )
    if account is not None:
        soon = sum(one.points for one in expiring_soon(ctx, [account.id])[account.id])
        found.append(Figure(N_("My points"), _number(ctx, account.balance or 0)))
        found.append(Figure(N_("Of these expiring soon"), _number(ctx, soon)))
    if ctx.actor.paths(MANAGE):
        waiting = RewardRedemption.select().where(
            as_condition(visible(ctx.actor, RewardRedemption)) & (RewardRedemption.state == RedemptionState.ASKED_FOR)
        )
        found.append(Figure(N_("Requests that wait for a decision"), _number(ctx, waiting.count())))
    return found


def _number(ctx: Context, value: int) -> str:
    return str(format_decimal(value, locale=ctx.language))


CARDS: list[DashboardCard] = [DashboardCard("rewards.points", N_("Points"), figures)]
"""The card of points."""
