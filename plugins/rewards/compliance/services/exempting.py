"""What HR grants: exemptions with reason and days, and late reports that are accepted."""

from datetime import date

from core.organisation.models import Employee
from core.organisation.services.changing import check_period, refuse_all
from core.plugin_api import N_, Context, Problem, fetch, refuse, require, unit_of_work
from plugins.rewards.compliance.models import ComplianceExemption, Obligation
from plugins.rewards.compliance.policies import ACCEPT_LATE, EXEMPT
from plugins.rewards.compliance.terms import ComplianceDuty, ObligationState

LONGEST_REASON = 4_000


def grant_exemption(
    ctx: Context,
    *,
    employee_id: int,
    first_day: date,
    last_day: date,
    reason: str,
    duty: ComplianceDuty | None = None,
) -> ComplianceExemption:
    """Let somebody owe nothing (of one duty, or of any) that is due in these days; the next check takes it up."""
    reason = reason.strip()
    with unit_of_work(ctx) as work:
        employee = fetch(Employee, employee_id, ctx, "input", "employeeId")
        require(ctx, EXEMPT, employee, "input", "employeeId")
        refuse_all([*check_period(first_day, last_day), *_reason_problems(reason)])
        return work.create(
            ComplianceExemption,
            employee=employee.id,
            duty=duty,
            first_day=first_day,
            last_day=last_day,
            reason=reason,
            granted_by=ctx.actor.employee_id,
        )


def withdraw_exemption(ctx: Context, exemption_id: int, version: int | None, reason: str) -> ComplianceExemption:
    """Let an exemption no longer hold; it stays to be seen, and what it covered is owed again."""
    reason = reason.strip()
    with unit_of_work(ctx) as work:
        row = fetch(ComplianceExemption, exemption_id, ctx, "input", "id")
        require(ctx, EXEMPT, row.employee, "input", "id")
        refuse_all(_reason_problems(reason))
        if row.withdrawn_on is not None:
            text = N_("This exemption was withdrawn on {day} already. Grant another one if it is needed.")
            raise refuse("EXEMPTION_WITHDRAWN", text, "input", "id", day=row.withdrawn_on)
        return work.update(row, version, withdrawn_on=ctx.today, withdrawn_reason=reason)


def accept_late(ctx: Context, obligation_id: int, version: int | None, reason: str) -> Obligation:
    """Accept what was delivered late, and say why; it counts as late no more."""
    reason = reason.strip()
    with unit_of_work(ctx) as work:
        row = fetch(Obligation, obligation_id, ctx, "input", "id")
        require(ctx, ACCEPT_LATE, row, "input", "id")
        refuse_all(_reason_problems(reason))
        if row.state is not ObligationState.LATE:
            text = N_("Only what was delivered late can be accepted as such. Look at its state.")
            raise refuse("COMPLIANCE_NOT_LATE", text, "input", "id")
        return work.update(row, version, state=ObligationState.EXCUSED, reason=reason)


def _reason_problems(reason: str) -> list[Problem]:
    path = ("input", "reason")
    if not reason:
        return [Problem("REASON_MISSING", N_("This is done for a reason only. Give it."), path)]
    if len(reason) > LONGEST_REASON:
        text = N_("This is longer than {longest} characters. Shorten it.")
        return [Problem("TEXT_TOO_LONG", text, path, {"longest": LONGEST_REASON})]
    return []
