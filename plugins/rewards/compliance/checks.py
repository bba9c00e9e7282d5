"""What `kinerja doctor` asks about compliance."""

from collections.abc import Sequence
from datetime import timedelta

from core.platform.models import JobRun
from core.platform.terms import RunOutcome
from core.plugin_api import N_, Check, Context, Problem
from plugins.rewards.compliance.jobs import CHECK
from plugins.rewards.compliance.models import ComplianceRule

LATE = timedelta(days=2)
"""How long ago the daily check may have run."""


def check_not_run(ctx: Context) -> Sequence[Problem]:
    """Return a problem where rules are in force and the check has not run lately: nobody is reminded."""
    in_force = (ComplianceRule.valid_from <= ctx.today) & (
        ComplianceRule.valid_to.is_null() | (ComplianceRule.valid_to >= ctx.today)
    )
    if not ComplianceRule.select().where(in_force).exists():
        return []
    ran = JobRun.select().where(
        (JobRun.name == CHECK) & (JobRun.outcome == RunOutcome.DONE) & (JobRun.finished_at >= ctx.now - LATE)
    )
    if ran.exists():
        return []
    text = N_("Nobody was reminded of reports for two days. Start kinerja worker, or run: kinerja rewards compliance")
    return [Problem("COMPLIANCE_NOT_CHECKED", text)]


CHECKS: Sequence[Check] = [
    Check("rewards.compliance_runs", N_("Reports that are owed are checked daily"), check_not_run)
]
