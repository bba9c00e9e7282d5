"""Awards: entered from former years, corrected, shown or not, and revoked with a reason."""

from datetime import date
from typing import Any, TypedDict

from core.certificates.models import Certificate
from core.certificates.services import revoke
from core.organisation.models import Assignment, Employee, WorkUnit
from core.organisation.scope import holds_on
from core.organisation.services.changing import check_values, refuse_all, stripped
from core.plugin_api import N_, Context, fetch, refuse, require, unit_of_work
from plugins.rewards.programmes.events import AWARD_REVOKED
from plugins.rewards.programmes.models import Award
from plugins.rewards.programmes.roles import DECIDE
from plugins.rewards.programmes.services.access import needed, to_do
from plugins.rewards.programmes.services.deciding import told
from plugins.rewards.programmes.terms import AwardKind, AwardState


class AwardChanges(TypedDict, total=False):
    """What can be changed about an award."""

    title: str
    decree_number: str
    is_published: bool


def record_award(
    ctx: Context,
    *,
    employee_id: int,
    kind: AwardKind,
    title: str,
    awarded_on: date,
    decree_number: str,
    is_published: bool = True,
) -> Award:
    """Enter an award that was given elsewhere or in former years; it gets no certificate from here."""
    values = stripped({"title": title, "awarded_on": awarded_on, "decree_number": decree_number})
    with unit_of_work(ctx) as work:
        employee = fetch(Employee, employee_id, ctx, "input", "employeeId")
        unit = _unit_on(employee, awarded_on) or _unit_on(employee, ctx.today)
        require(ctx, DECIDE, unit, "input", "employeeId")
        problems = check_values(Award, values, required=("title", "decree_number"))
        refuse_all(problems)
        if awarded_on > ctx.today:
            text = N_("{day} lies ahead. Enter awards that were given.")
            raise refuse("AWARD_AHEAD", text, "input", "awardedOn", day=awarded_on.isoformat())
        return work.create(
            Award,
            employee=employee.id,
            kind=kind,
            unit=unit.id if unit else None,
            is_published=is_published,
            **values,
        )


def update_award(ctx: Context, award_id: int, version: int | None, changes: AwardChanges) -> Award:
    """Correct an award that was entered by hand, or show or hide any; what a decree gave here keeps its words."""
    values: dict[str, Any] = stripped(changes)
    with unit_of_work(ctx) as work:
        award = to_do(ctx, DECIDE, Award, award_id)
        words = {name: value for name, value in values.items() if name != "is_published"}
        differs = any(getattr(award, name) != value for name, value in words.items())
        if differs and award.nomination_id is not None:
            text = N_("This award was given here and has a certificate. Revoke it and decide anew.")
            raise refuse("AWARD_FIXED", text, "input", "id")
        refuse_all(check_values(Award, words, required=("title", "decree_number")))
        return work.update(award, version, **values)


def revoke_award(ctx: Context, award_id: int, version: int | None, reason: str) -> Award:
    """Revoke an award with a reason; its certificate says from now on that it does not hold."""
    with unit_of_work(ctx) as work:
        award = to_do(ctx, DECIDE, Award, award_id)
        refuse_all(needed({"reason": reason}))
        if award.state is AwardState.REVOKED:
            text = N_("This award was revoked on {day}. Nothing is left to be done.")
            day = award.revoked_on.isoformat() if award.revoked_on else "-"
            raise refuse("AWARD_REVOKED", text, "input", "id", day=day)
        changed = work.update(
            award, version, state=AwardState.REVOKED, revoked_on=ctx.today, revoked_reason=reason.strip()
        )
        if award.certificate_id is not None:
            certificate = Certificate.get_by_id(award.certificate_id)
            if certificate.revoked_at is None:
                revoke(work, certificate, reason)
        work.emit(AWARD_REVOKED, told(changed))
        return changed


def _unit_on(employee: Employee, day: date) -> WorkUnit | None:
    post = Assignment.get_or_none(
        (Assignment.employee == employee.id) & Assignment.is_primary & holds_on(Assignment, day)
    )
    return None if post is None else post.unit
