"""Each employee's own consent to be named on leaderboards: not given unless they say so, and withdrawable."""

from core.plugin_api import Context, forbidden, require, unit_of_work
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
