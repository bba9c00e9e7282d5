"""The decision on a nomination, objections to it, and the grant; every step is a person's, and asks the rules anew."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import peewee as pw

from core.certificates.services import issue
from core.i18n import long_day
from core.organisation.models import Employee, WorkUnit
from core.organisation.scope import unit_within
from core.organisation.services.changing import check_values, refuse_all
from core.plugin_api import N_, Context, UnitOfWork, as_condition, fetch, refuse, require, translate, unit_of_work
from core.progress.rules.evidence import link_problems
from core.workdays.rules import add_working_days
from core.workdays.services import load_holidays
from plugins.rewards.programmes.events import AWARD_GRANTED
from plugins.rewards.programmes.models import (
    Award,
    AwardObjection,
    EligibilityRun,
    Nomination,
    PanelScore,
    RewardProgramme,
    RewardRound,
)
from plugins.rewards.programmes.policies import OBJECT
from plugins.rewards.programmes.roles import DECIDE
from plugins.rewards.programmes.rules.judging import Finding
from plugins.rewards.programmes.rules.texts import sentence
from plugins.rewards.programmes.services.access import needed, open_round, to_do
from plugins.rewards.programmes.services.nominating import at_state, not_concerned, tell
from plugins.rewards.programmes.services.papers import drop_decrees, hand_over_decrees
from plugins.rewards.programmes.services.running import judged
from plugins.rewards.programmes.terms import (
    AWARDED_STATES,
    AwardObjectionState,
    NominationState,
    Outcome,
    RunState,
)

_LONGEST_YEAR = timedelta(days=366)


def award_nomination(
    ctx: Context,
    nomination_id: int,
    version: int | None,
    *,
    decree_number: str,
    decree_document: str = "",
    reason: str = "",
) -> Nomination:
    """Decide by decree that a verified nominee is to be awarded; from then on runs the time for objections.

    Refused while scores are missing, beyond the quota of the unit, and for whoever does not fulfil the criteria on this
    day, whatever a run found before.
    """
    with unit_of_work(ctx) as work:
        nomination = to_do(ctx, DECIDE, Nomination, nomination_id)
        # Held before anything is counted: decisions of a round come one after the other.
        round_ = open_round(ctx, nomination.round_id, "id")
        at_state(nomination, NominationState.VERIFIED)
        not_concerned(ctx, nomination)
        document = decree_document.strip()
        problems = needed({"decree_number": decree_number})
        problems += check_values(Nomination, {"decree_number": decree_number.strip()}, required=())
        problems += [one.under("input") for one in link_problems(document, "")] if document else []
        refuse_all(problems)
        _enough_scores(nomination, round_.programme)
        _within_quota(nomination, round_)
        snapshot, findings = _still_eligible(ctx, nomination, round_)
        changed = work.update(
            nomination,
            version,
            state=NominationState.AWARDED,
            decree_number=decree_number.strip(),
            decree_document=document,
            reason=reason.strip(),
            decided_on=ctx.today,
            objection_until=_objections_until(ctx.today, round_.programme.objection_days),
            findings=[one.as_json() for one in findings],
            snapshot=snapshot,
        )
        tell(work, changed)
        return changed


def decline_nomination(ctx: Context, nomination_id: int, version: int | None, reason: str) -> Nomination:
    """Decide that a verified nominee is not awarded, and say why."""
    with unit_of_work(ctx) as work:
        nomination = to_do(ctx, DECIDE, Nomination, nomination_id)
        open_round(ctx, nomination.round_id, "id")
        at_state(nomination, NominationState.VERIFIED)
        not_concerned(ctx, nomination)
        refuse_all(needed({"reason": reason}))
        changed = work.update(
            nomination, version, state=NominationState.DECLINED, reason=reason.strip(), decided_on=ctx.today
        )
        tell(work, changed)
        return changed


def object_to_decision(ctx: Context, *, nomination_id: int, reason: str) -> AwardObjection:
    """Object to a decision as long as its time runs, with a reason; once for each person."""
    with unit_of_work(ctx) as work:
        nomination = fetch(Nomination, nomination_id, ctx, "input", "nominationId")
        require(ctx, OBJECT, nomination, "input", "nominationId")
        at_state(nomination, NominationState.AWARDED)
        refuse_all(needed({"reason": reason}))
        if nomination.objection_until is None or ctx.today > nomination.objection_until:
            text = N_("Objections could be filed until {day}. Turn to HR about an award that was granted.")
            day = nomination.objection_until
            raise refuse("OBJECTION_LATE", text, "input", "nominationId", day=day.isoformat() if day else "-")
        mine = (AwardObjection.nomination == nomination.id) & (AwardObjection.employee == ctx.actor.employee_id)
        if AwardObjection.select().where(mine).exists():
            text = N_("You have objected to this decision already. Wait for the answer.")
            raise refuse("OBJECTION_TWICE", text, "input", "nominationId")
        return work.create(
            AwardObjection,
            nomination=nomination.id,
            employee=ctx.actor.employee_id,
            reason=reason.strip(),
            filed_on=ctx.today,
        )


def decide_objection(
    ctx: Context, objection_id: int, version: int | None, *, upheld: bool, decision: str
) -> AwardObjection:
    """Answer an objection: upheld, the decision falls and the nomination goes back to the panel."""
    with unit_of_work(ctx) as work:
        objection = to_do(ctx, DECIDE, AwardObjection, objection_id)
        nomination = objection.nomination
        open_round(ctx, nomination.round_id, "id")
        not_concerned(ctx, nomination)
        if objection.state is not AwardObjectionState.FILED:
            text = N_("This objection is answered already. Nothing is left to be done.")
            raise refuse("OBJECTION_ANSWERED", text, "input", "id")
        refuse_all(needed({"decision": decision}))
        state = AwardObjectionState.ACCEPTED if upheld else AwardObjectionState.DENIED
        changed = work.update(objection, version, state=state, decision=decision.strip(), decided_on=ctx.today)
        if upheld and nomination.state is NominationState.AWARDED:
            back = work.update(
                nomination,
                state=NominationState.VERIFIED,
                decree_number="",
                decree_document="",
                decided_on=None,
                objection_until=None,
                findings=None,
                snapshot=None,
            )
            drop_decrees(work, back)
            tell(work, back)
        return changed


def grant_award(
    ctx: Context, nomination_id: int, version: int | None, *, published: bool = True, awarded_on: date | None = None
) -> Award:
    """Grant what was decided, after the time for objections: the award, and the certificate that anybody can check."""
    with unit_of_work(ctx) as work:
        nomination = to_do(ctx, DECIDE, Nomination, nomination_id)
        round_ = open_round(ctx, nomination.round_id, "id")
        at_state(nomination, NominationState.AWARDED)
        not_concerned(ctx, nomination)
        _after_objections(ctx, nomination, round_.programme)
        _still_eligible(ctx, nomination, round_)
        day = awarded_on or ctx.today
        if nomination.decided_on is None or not nomination.decided_on <= day <= ctx.today + _LONGEST_YEAR:
            text = N_("An award is given from the day of its decree until a year from now. Choose such a day.")
            raise refuse("AWARD_DAY", text, "input", "awardedOn")
        award = _give(work, nomination, round_, day, published=published)
        changed = work.update(nomination, version, state=NominationState.GRANTED)
        tell(work, changed)
        return award


def _give(work: UnitOfWork, nomination: Nomination, round_: RewardRound, day: date, *, published: bool) -> Award:
    programme = round_.programme
    award = work.create(
        Award,
        employee=nomination.employee_id,
        kind=programme.kind,
        title=programme.name,
        awarded_on=day,
        decree_number=nomination.decree_number,
        decree_document=nomination.decree_document,
        unit=nomination.unit_id,
        programme=programme.id,
        nomination=nomination.id,
        is_published=published,
    )
    certificate = issue(
        work,
        kind="rewards.award",
        title=programme.name,
        number=nomination.decree_number,
        holder_name=_full_name(nomination.employee),
        issued_on=day,
        subject_type="Award",
        subject_id=award.id,
        employee_id=nomination.employee_id,
        lines=_lines(nomination, round_),
    )
    award = work.update(award, certificate=certificate.id)
    hand_over_decrees(work, nomination, award)
    work.emit(AWARD_GRANTED, told(award))
    return award


def told(award: Award) -> dict[str, Any]:
    """Return what events say about an award."""
    return {
        "award_id": award.id,
        "employee_id": award.employee_id,
        "unit_id": award.unit_id,
        "programme_id": award.programme_id,
        "kind": award.kind.value,
        "is_published": award.is_published,
    }


def _full_name(employee: Employee) -> str:
    front = f"{employee.front_title} " if employee.front_title else ""
    back = f", {employee.back_title}" if employee.back_title else ""
    return f"{front}{employee.name}{back}"


def _lines(nomination: Nomination, round_: RewardRound) -> Sequence[dict[str, str]]:
    unit = nomination.unit.name if nomination.unit else ""
    period, decree = N_("Period: {name}"), N_("By decree {number} of {day}")

    def line(text: str, name: str = "") -> dict[str, str]:
        gaps = {"name": name, "number": nomination.decree_number}
        day = nomination.decided_on
        return {
            code: translate(text, code).format(**gaps, day=long_day(day, code) if day else "–") for code in ("id", "en")
        }

    lines = [{"id": unit, "en": unit}] if unit else []
    return [*lines, line(period, round_.name), line(decree)]


def _enough_scores(nomination: Nomination, programme: RewardProgramme) -> None:
    given = (
        PanelScore.select().where((PanelScore.nomination == nomination.id) & PanelScore.score.is_null(False)).count()
    )
    if given < programme.min_scores:
        text = N_("{given} of {needed} scores are there. Let the panel score first.")
        raise refuse("SCORES_MISSING", text, "input", "id", given=given, needed=programme.min_scores)


def _within_quota(nomination: Nomination, round_: RewardRound) -> None:
    programme = round_.programme
    if programme.quota_per_unit is None:
        return
    unit = _quota_unit(nomination, programme)
    inside: Any = Nomination.unit.is_null() if unit is None else _counted_with(unit, programme)
    taken = (
        Nomination.select()
        .where((Nomination.round == round_.id) & Nomination.state.in_(list(AWARDED_STATES)) & inside)
        .count()
    )
    if taken >= programme.quota_per_unit:
        text = N_("{unit} has {taken} of {quota} awards of this round. Decline, or have the quota changed.")
        name = unit.name if unit else "-"
        raise refuse("QUOTA_REACHED", text, "input", "id", unit=name, taken=taken, quota=programme.quota_per_unit)


def _counted_with(unit: WorkUnit, programme: RewardProgramme) -> Any:
    if programme.quota_depth is None:
        return Nomination.unit == unit.id
    return as_condition(unit_within(Nomination.unit, [unit.path]))


def _quota_unit(nomination: Nomination, programme: RewardProgramme) -> WorkUnit | None:
    """Return the unit whose quota counts: the nominee's own, or the one above it at the depth of the programme."""
    unit: WorkUnit | None = nomination.unit
    if unit is None or programme.quota_depth is None or unit.depth <= programme.quota_depth:
        return unit
    path = unit.path[: 8 * (programme.quota_depth + 1)]
    found: WorkUnit | None = WorkUnit.get_or_none(WorkUnit.path == path)
    return found or unit


def _still_eligible(ctx: Context, nomination: Nomination, round_: RewardRound) -> tuple[dict[str, Any], list[Finding]]:
    """Return rules and findings as they are on this day; refuse where a criterion is not fulfilled, and say which."""
    snapshot, findings = judged(ctx, round_, nomination.employee_id, _day_of(ctx, round_))
    against = [one for one in findings if one.outcome is not Outcome.MET]
    if against or not findings:
        text = N_(
            "{name} does not fulfil the criteria on this day: {findings} Decline, or wait until they are fulfilled."
        )
        told_of = " ".join(sentence(one.as_json(), ctx.language) for one in against)
        raise refuse("NOT_ELIGIBLE", text, "input", "id", name=nomination.employee.name, findings=told_of or "-.")
    return snapshot, findings


def _day_of(ctx: Context, round_: RewardRound) -> date:
    """Return this day, or the later one for which the newest run looked ahead (medals are given on a day to come)."""
    newest = (
        EligibilityRun.select(pw.fn.MAX(EligibilityRun.as_of))
        .where((EligibilityRun.round == round_.id) & (EligibilityRun.state == RunState.DONE))
        .scalar()
    )
    day = date.fromisoformat(newest) if isinstance(newest, str) else newest
    return max(ctx.today, day) if day else ctx.today


def _after_objections(ctx: Context, nomination: Nomination, programme: RewardProgramme) -> None:
    until = nomination.objection_until
    if programme.objection_days and until is not None and ctx.today <= until:
        text = N_("Objections may be filed until {day}. Grant the award afterwards.")
        raise refuse("OBJECTIONS_RUN", text, "input", "id", day=until.isoformat())
    waiting = (
        AwardObjection.select()
        .where((AwardObjection.nomination == nomination.id) & (AwardObjection.state == AwardObjectionState.FILED))
        .count()
    )
    if waiting:
        text = N_("{count} objections to this decision wait for an answer. Answer them first.")
        raise refuse("OBJECTIONS_OPEN", text, "input", "id", count=waiting)


def _objections_until(day: date, count: int) -> date:
    """Return the last working day for objections; the day of the decision is not counted."""
    return add_working_days(day, count, load_holidays(day, day + timedelta(days=365)))
