"""Each employee's own consent to be named on leaderboards: not given unless they say so, and withdrawable."""

from core.plugin_api import Context, fetch, forbidden, require, unit_of_work
from plugins.rewards.points.models import LeaderboardConsent
from plugins.rewards.points.roles import CONSENT


def set_consent(ctx: Context, *, is_given: bool) -> LeaderboardConsent:
    """Agree to be named on leaderboards, or agree no longer; nobody does so for somebody else."""
    employee_id = ctx.actor.employee_id
    if employee_id is None:
        raise forbidden("input")
    with unit_of_work(ctx) as work:
        require(ctx, CONSENT, LeaderboardConsent(employee=employee_id), "input")
        row = LeaderboardConsent.get_or_none(LeaderboardConsent.employee == employee_id)
        values = {"is_given": is_given, "changed_on": ctx.today}
        if row is None:
            return work.create(LeaderboardConsent, employee=employee_id, **values)
        return row if row.is_given == is_given else work.update(row, **values)


def withdraw_consent(ctx: Context, consent_id: int, version: int | None) -> LeaderboardConsent:
    """Agree no longer, by the row of one's consent."""
    with unit_of_work(ctx) as work:
        row = fetch(LeaderboardConsent, consent_id, ctx, "input", "id")
        require(ctx, CONSENT, row, "input", "id")
        return work.update(row, version, is_given=False, changed_on=ctx.today)
