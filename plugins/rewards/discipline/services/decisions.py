"""The decision on a case: one sanction, by a human, frozen with its rules; clearing, annulling, closing."""

from collections.abc import Collection
from datetime import date
from typing import Any

from core.organisation.models import Assignment, Employee, Position, PositionKind
from core.organisation.scope import holds_on, superior_on
from core.organisation.terms import PositionGroup
from core.plugin_api import N_, Context, UnitOfWork, fetch, refuse, unit_of_work
from plugins.rewards.discipline.events import IN_EFFECT
from plugins.rewards.discipline.models import (
    Breach,
    DisciplineCase,
    DisciplineRemedy,
    SanctionDecision,
    SanctionProposal,
    TemporaryRelease,
)
from plugins.rewards.discipline.rules.authority import authority_for, is_high_enough
from plugins.rewards.discipline.rules.contents import AuthorityRow, Sanction
from plugins.rewards.discipline.rules.sanctions import sanction_of
from plugins.rewards.discipline.services.charges import STANDS_NO_MORE, is_same_breach
from plugins.rewards.discipline.services.clocks import lapse_clocks, running, start_clock
from plugins.rewards.discipline.services.law import law_of
from plugins.rewards.discipline.services.proposals import breaches_of, check_sanction, proposal_for
from plugins.rewards.discipline.services.steps import begin_step, day_of, end_step, filled
from plugins.rewards.discipline.services.teams import check_team
from plugins.rewards.discipline.terms import (
    Authority,
    BreachState,
    ClockKind,
    DecisionState,
    RemedyOutcome,
    Step,
)
from plugins.rewards.settings import rewards_settings

STANDING = (DecisionState.SET, DecisionState.RECEIVED, DecisionState.IN_EFFECT)
"""States of a decision that punishes, or is about to."""

_SUPERIORS = frozenset({Authority.DIRECT_SUPERIOR, Authority.NEXT_SUPERIOR})


def decide(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    sanction: str,
    decree_number: str,
    authority: Authority | None = None,
    decided_by_id: int | None = None,
    decider_title: str = "",
    differs_reason: str = "",
    not_proved: Collection[int] = (),
    judgment: str = "",
    set_on: date | None = None,
) -> SanctionDecision:
    """Decide on one sanction for all breaches of the case; what differs from the rules or the proposal says why.

    `authority` is the one of the table unless a higher one decides; `decided_by_id` or `decider_title` says who it is.
    `not_proved` are breaches of the case that were not proved; `judgment` names the final judgment for a sanction that
    waits for one.
    """
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.DECIDE, case_id, version)
        proposal = last_proposal(case)
        day = day_of(ctx, set_on, "setOn", proposal.proposed_on)
        number = filled(decree_number, "decreeNumber")
        breaches = breaches_of(case)
        _check_proved(breaches, not_proved)
        by_rule = proposal_for(case, not_proved)
        check_sanction(case, sanction, by_rule.sanction, differs_reason, "differsReason")
        if sanction != proposal.sanction and not differs_reason.strip():
            text = N_("{proposed} was proposed, this is {sanction}. Say why it differs.")
            params = {"proposed": proposal.sanction, "sanction": sanction}
            raise refuse("DISCIPLINE_DIFFERS_FROM_PROPOSAL", text, "input", "differsReason", **params)
        law = law_of(case)
        chosen = sanction_of(law.sanctions, sanction)
        assert chosen is not None  # noqa: S101 - checked above
        if chosen.awaits_judgment and case.is_suspected_crime and not judgment.strip():
            text = N_("{name} waits for a final judgment on the crime. Name the judgment, or decide otherwise.")
            raise refuse("DISCIPLINE_JUDGMENT", text, "input", "judgment", name=chosen.name)
        check_team(case, chosen.level, day)
        _check_not_punished(case, [row for row in breaches if row.id not in not_proved])
        row = authority_for(chosen.level, _group_on(case.employee_id, case.act_last_on), law.procedure)
        who = _decider(ctx, case, row, authority or row.authority, decided_by_id, decider_title, day)
        for breach in breaches:
            state = BreachState.NOT_PROVED if breach.id in not_proved else BreachState.PROVED
            work.update(breach, state=state)
        made = write_decision(
            work,
            case,
            chosen,
            decree_number=number,
            set_on=day,
            rule_sanction=by_rule.sanction or "",
            differs_reason=differs_reason.strip(),
            snapshot={
                "rules": case.rules,
                "explanation": by_rule.explanation,
                "proposal": {"sanction": proposal.sanction, "reason": proposal.reason},
                "authority": row.model_dump(mode="json"),
                "judgment": judgment.strip(),
            },
            **who,
        )
        _end_release(work, case, day)
        start_clock(work, case, ClockKind.DELIVERY, day)
        end_step(work, Step.DECIDE, case, day)
        return made


def clear(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    reason: str,
    decree_number: str = "",
    on: date | None = None,
) -> DisciplineCase:
    """End a case after the examination because no breach was proved, with the reason."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.CLEAR, case_id, version)
        why = filled(reason, "reason")
        day = day_of(ctx, on, "on", case.opened_on)
        for breach in breaches_of(case):
            work.update(breach, state=BreachState.NOT_PROVED)
        _end_release(work, case, day)
        closing = f"{decree_number.strip()}: {why}" if decree_number.strip() else why
        return end_step(work, Step.CLEAR, case, day, closed_on=day, closing_reason=closing)


def annul(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    reason: str,
    decree_number: str,
    on: date | None = None,
) -> DisciplineCase:
    """Annul the decision on a case: it never had any effect, and the case ends."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.ANNUL, case_id, version)
        decision = standing_decision(case)
        day = day_of(ctx, on, "on", decision.set_on)
        return annul_decision(
            work, case, decision, filled(reason, "reason"), filled(decree_number, "decreeNumber"), day
        )


def annul_decision(
    work: UnitOfWork, case: DisciplineCase, decision: SanctionDecision, reason: str, decree: str, day: date
) -> DisciplineCase:
    """Write that a decision is annulled, and end its case."""
    was_in_effect = decision.state is DecisionState.IN_EFFECT
    changes = {"annulled_on": day, "annulled_reason": reason, "annulled_by_decree": decree}
    work.update(decision, state=DecisionState.ANNULLED, **changes)
    lapse_clocks(work, case, day, reason)
    for remedy in DisciplineRemedy.select().where(
        (DisciplineRemedy.case == case.id) & (DisciplineRemedy.outcome == RemedyOutcome.OPEN)
    ):
        work.update(remedy, outcome=RemedyOutcome.ANNULLED, outcome_text=reason, outcome_decree=decree, decided_on=day)
    if was_in_effect:
        tell_effect(work, decision)
    return end_step(work, Step.ANNUL, case, day, closed_on=day, closing_reason=reason)


def close(
    ctx: Context, case_id: int, version: int | None = None, *, note: str = "", on: date | None = None
) -> DisciplineCase:
    """Close a case whose sanction is in effect, once no remedy is open or can be filed in time any more."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.CLOSE, case_id, version)
        decision = standing_decision(case)
        day = day_of(ctx, on, "on", decision.effective_on)
        if open_remedy(case) is not None:
            text = N_("A remedy is open. Note what became of it first.")
            raise refuse("DISCIPLINE_REMEDY_OPEN", text, "input", "caseId")
        for clock in running(case):
            if day <= clock.due_on:
                text = N_("Until {due} the person may file a remedy ({article}). Close the case after that.")
                raise refuse("DISCIPLINE_REMEDY_TIME", text, "input", "caseId", due=clock.due_on, article=clock.article)
        lapse_clocks(work, case, day, "")
        return end_step(work, Step.CLOSE, case, day, closed_on=day, closing_reason=note.strip())


def standing_decision(case: DisciplineCase) -> SanctionDecision:
    """Return the one decision of a case that stands."""
    row: SanctionDecision = (
        SanctionDecision.select()
        .where((SanctionDecision.case == case.id) & SanctionDecision.state.in_(list(STANDING)))
        .get()
    )
    return row


def open_remedy(case: DisciplineCase) -> DisciplineRemedy | None:
    """Return the remedy of a case that is still open, if there is one."""
    row: DisciplineRemedy | None = (
        DisciplineRemedy.select()
        .where((DisciplineRemedy.case == case.id) & (DisciplineRemedy.outcome == RemedyOutcome.OPEN))
        .first()
    )
    return row


def last_proposal(case: DisciplineCase) -> SanctionProposal:
    """Return the proposal of a case that has one."""
    rows = SanctionProposal.select().where(SanctionProposal.case == case.id)
    row: SanctionProposal = rows.order_by(SanctionProposal.id.desc()).get()
    return row


def write_decision(work: UnitOfWork, case: DisciplineCase, sanction: Sanction, **values: Any) -> SanctionDecision:
    """Write a decision with the sanction as the rules of the case and the setting have it."""
    substitute = sanction.substitute
    if rewards_settings(work.ctx).medium_sanctions != "substitute":
        substitute = None
    return work.create(
        SanctionDecision,
        case=case,
        employee=case.employee_id,
        level=sanction.level,
        step=sanction.step,
        sanction=sanction.code,
        sanction_name=sanction.name,
        substitute=substitute.name if substitute else "",
        months=substitute.months if substitute else sanction.months,
        **values,
    )


def tell_effect(work: UnitOfWork, decision: SanctionDecision) -> None:
    """Tell that a sanction took effect or lost it."""
    payload = {"case_id": decision.case_id, "decision_id": decision.id, "employee_id": decision.employee_id}
    work.emit(IN_EFFECT, {**payload, "state": decision.state})


def _check_proved(breaches: Collection[Breach], not_proved: Collection[int]) -> None:
    known = {row.id for row in breaches}
    if not set(not_proved) <= known or not known - set(not_proved):
        text = N_("At least one breach of the case is proved, others may not be. Clear the person otherwise.")
        raise refuse("DISCIPLINE_NOTHING_PROVED", text, "input", "notProved")


def _check_not_punished(case: DisciplineCase, breaches: Collection[Breach]) -> None:
    """Refuse a second sanction for the same breach, also where two cases came about at the same moment."""
    people = Employee.select().where(Employee.id == case.employee_id)
    # Whoever decides on the same person at the same moment waits here.
    (people.for_update() if Employee._meta.database.for_update else people).first()
    others = (
        Breach.select()
        .join(DisciplineCase)
        .join(SanctionDecision, on=(SanctionDecision.case == DisciplineCase.id))
        .where(
            (DisciplineCase.employee == case.employee_id)
            & (DisciplineCase.id != case.id)
            & DisciplineCase.state.not_in(list(STANDS_NO_MORE))
            & SanctionDecision.state.in_(list(STANDING))
            & (Breach.state == BreachState.PROVED)
        )
    )
    if any(is_same_breach(row, other) for other in others for row in breaches):
        text = N_("This breach is or was the matter of a case already. The same breach is never punished twice.")
        raise refuse("DISCIPLINE_TWICE", text, "input", "caseId")


def _group_on(employee_id: int, day: date) -> PositionGroup | None:
    row = (
        Assignment.select(PositionKind.group)
        .join(Position)
        .join(PositionKind)
        .where((Assignment.employee == employee_id) & Assignment.is_primary & holds_on(Assignment, day))
        .order_by(Assignment.id)
        .tuples()
        .first()
    )
    return row[0] if row else None


def _decider(
    ctx: Context,
    case: DisciplineCase,
    row: AuthorityRow,
    authority: Authority,
    decided_by_id: int | None,
    title: str,
    day: date,
) -> dict[str, Any]:
    """Return who decides as columns; refused where the table asks for somebody higher, or for somebody else."""
    if not is_high_enough(authority, row.authority):
        text = N_("A sanction of this level is imposed by {needed} ({article}) or higher. Choose that authority.")
        params = {"needed": row.authority.value, "article": row.article}
        raise refuse("DISCIPLINE_AUTHORITY", text, "input", "authority", **params)
    if decided_by_id is None and not title.strip() and authority not in _SUPERIORS:
        text = N_("Who decides is missing. Name the employee, or the title of whoever is none.")
        raise refuse("DISCIPLINE_DECIDER_MISSING", text, "input", "deciderTitle")
    if authority in _SUPERIORS:
        superior = case.superior_id
        if authority is Authority.NEXT_SUPERIOR and superior is not None:
            superior = superior_on(superior, day)
        if superior is not None and decided_by_id is None:
            decided_by_id = superior
        if superior is None or decided_by_id != superior:
            text = N_("{authority} is somebody else for this case, or nobody. Name them, or choose a higher authority.")
            raise refuse("DISCIPLINE_DECIDER", text, "input", "decidedById", authority=authority.value)
    if decided_by_id == case.employee_id:
        text = N_("Nobody decides on themselves. Name somebody else.")
        raise refuse("DISCIPLINE_DECIDES_ON_SELF", text, "input", "decidedById")
    if decided_by_id is not None:
        fetch(Employee, decided_by_id, ctx, "input", "decidedById")
    return {"authority": authority, "decided_by": decided_by_id, "decider_title": title.strip()}


def _end_release(work: UnitOfWork, case: DisciplineCase, day: date) -> None:
    for release in TemporaryRelease.select().where(
        (TemporaryRelease.case == case.id) & TemporaryRelease.valid_to.is_null()
    ):
        work.update(release, valid_to=max(day, release.valid_from))
