"""Reports that are owed in the demo city: a rule for all of it, and what follows from it today."""

from datetime import timedelta

from core.organisation.models import WorkUnit
from core.plugin_api import Context
from plugins.rewards.compliance.services.checking import check_compliance
from plugins.rewards.compliance.services.rules import create_rule
from plugins.rewards.compliance.terms import ComplianceDuty

_SINCE = timedelta(days=62)


def load(ctx: Context, _seed: int) -> None:
    """Load a rule on monthly progress and check it once; nothing in a city without a unit."""
    root = WorkUnit.get_or_none(WorkUnit.parent.is_null())
    if root is None:
        return
    create_rule(
        ctx, unit_id=root.id, duty=ComplianceDuty.PROGRESS, name="Laporan progres bulanan",
        valid_from=ctx.today - _SINCE,
    )  # fmt: skip
    check_compliance(ctx)
