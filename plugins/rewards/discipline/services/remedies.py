"""Remedies (PP 79/2021): an objection or an appeal is filed in time, answered, decided."""

from datetime import date

from core.plugin_api import N_, Context, UnitOfWork, refuse, unit_of_work
from plugins.rewards.discipline.models import DecisionDelivery, DisciplineCase, DisciplineRemedy, SanctionDecision
from plugins.rewards.discipline.rules.sanctions import last_day, sanction_of
from plugins.rewards.discipline.services.clocks import end_clocks, lapse_clocks, recount, running, start_clock
from plugins.rewards.discipline.services.decisions import (
    annul_decision,
    open_remedy,
    standing_decision,
    tell_effect,
    write_decision,
)
from plugins.rewards.discipline.services.law import law_of
from plugins.rewards.discipline.services.proposals import check_sanction
from plugins.rewards.discipline.services.steps import begin_step, day_of, end_step, filled
from plugins.rewards.discipline.terms import ClockKind, DecisionState, RemedyKind, RemedyOutcome, Step

_FILING = {RemedyKind.OBJECTION: ClockKind.OBJECTION, RemedyKind.APPEAL: ClockKind.APPEAL}


def file_remedy(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    grounds: str,
    on: date | None = None,
    late_reason: str = "",
) -> DisciplineRemedy:
    """File the remedy that the sanction allows: an appeal against dismissal, an objection against others; once."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.FILE_REMEDY, case_id, version)
        decision = standing_decision(case)
        if DisciplineRemedy.select().where(DisciplineRemedy.case == case.id).exists():
            text = N_("A remedy was filed against this decision already. There is one for each decision.")
            raise refuse("DISCIPLINE_REMEDY_TWICE", text, "input", "caseId")
        day = day_of(ctx, on, "on", decision.received_on)
        sanction = sanction_of(law_of(case).sanctions, decision.sanction)
        kind = sanction.remedy if sanction else RemedyKind.OBJECTION
        end_clocks(work, case, day, late_reason, _FILING[kind])
        made = work.create(
            DisciplineRemedy, case=case, decision=decision, kind=kind, filed_on=day, grounds=filled(grounds, "grounds")
        )
        if kind is RemedyKind.APPEAL:
            start_clock(work, case, ClockKind.APPEAL_ANSWER, day, remedy=made)
            start_clock(work, case, ClockKind.APPEAL_DECISION, day, remedy=made)
        else:
            start_clock(work, case, ClockKind.OBJECTION_DECISION, day, remedy=made)
        end_step(work, Step.FILE_REMEDY, case, day)
        return made


def answer_remedy(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    answer: str,
    on: date | None = None,
    late_reason: str = "",
) -> DisciplineRemedy:
    """Keep what the appointing authority answered to an appeal."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.ANSWER_REMEDY, case_id, version)
        remedy = _open(case)
        if remedy.kind is not RemedyKind.APPEAL or remedy.answered_on is not None:
            text = N_("No answer is due: it is an objection, or was answered already. Note the decision on it.")
            raise refuse("DISCIPLINE_NO_ANSWER_DUE", text, "input", "caseId")
        day = day_of(ctx, on, "on", remedy.filed_on)
        end_clocks(work, case, day, late_reason, ClockKind.APPEAL_ANSWER)
        work.update(remedy, answer=filled(answer, "answer"), answered_on=day)
        end_step(work, Step.ANSWER_REMEDY, case, day)
        return remedy


def decide_remedy(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    outcome: RemedyOutcome,
    decree_number: str,
    text: str,
    sanction: str = "",
    on: date | None = None,
    late_reason: str = "",
) -> DisciplineRemedy:
    """Note what became of a remedy: CHANGED puts one with `sanction` in the decision's place."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.DECIDE_REMEDY, case_id, version)
        remedy = _open(case)
        if outcome is RemedyOutcome.OPEN:
            message = N_("This is no outcome of a remedy. Choose another one.")
            raise refuse("DISCIPLINE_REMEDY_OUTCOME", message, "input", "outcome")
        day = day_of(ctx, on, "on", remedy.filed_on, remedy.answered_on)
        decree, why = filled(decree_number, "decreeNumber"), filled(text, "text")
        decision = standing_decision(case)
        _end_answer(work, case, day, late_reason)
        end_clocks(work, case, day, late_reason, ClockKind.APPEAL_DECISION, ClockKind.OBJECTION_DECISION)
        new = None
        if outcome is RemedyOutcome.CHANGED:
            new = _changed(work, case, decision, sanction, decree, why, day)
        work.update(remedy, outcome=outcome, outcome_text=why, outcome_decree=decree, decided_on=day, new_decision=new)
        if outcome is RemedyOutcome.ANNULLED:
            annul_decision(work, case, decision, why, decree, day)
        else:
            end_step(work, Step.DECIDE_REMEDY, case, day)
        return remedy


def _open(case: DisciplineCase) -> DisciplineRemedy:
    remedy = open_remedy(case)
    if remedy is None:
        text = N_("No remedy is open. File it first.")
        raise refuse("DISCIPLINE_NO_REMEDY", text, "input", "caseId")
    return remedy


def _end_answer(work: UnitOfWork, case: DisciplineCase, day: date, late_reason: str) -> None:
    """End the time to answer: over without an answer it is broken, before that nobody answers any more."""
    for clock in running(case, ClockKind.APPEAL_ANSWER):
        if day > recount(work, clock).due_on:
            end_clocks(work, case, day, late_reason, ClockKind.APPEAL_ANSWER)
        else:
            lapse_clocks(work, case, day, "", ClockKind.APPEAL_ANSWER)


def _changed(
    work: UnitOfWork, case: DisciplineCase, old: SanctionDecision, code: str, decree: str, why: str, day: date
) -> SanctionDecision:
    check_sanction(case, code, None, why, "sanction")
    if code == old.sanction:
        text = N_("{sanction} is the sanction already. Choose another one, or UPHELD.")
        raise refuse("DISCIPLINE_SAME_SANCTION", text, "input", "sanction", sanction=code)
    sanction = sanction_of(law_of(case).sanctions, code)
    if sanction is None:
        raise LookupError(code)
    state = old.state
    work.update(old, state=DecisionState.REPLACED)
    new = write_decision(
        work,
        case,
        sanction,
        state=state,
        decree_number=decree,
        set_on=day,
        authority=old.authority,
        decided_by=old.decided_by_id,
        decider_title=old.decider_title,
        rule_sanction=old.rule_sanction,
        differs_reason=why,
        snapshot=old.snapshot,
        received_on=old.received_on,
        effective_on=old.effective_on,
        replaces=old,
    )
    if old.effective_on is not None:
        work.update(new, until=last_day(old.effective_on, new.months))
    work.create(
        DecisionDelivery, case=case, decision=new, offered_on=day, was_present=True, received_on=old.received_on
    )
    if state is DecisionState.IN_EFFECT:
        tell_effect(work, old)
        tell_effect(work, new)
    return new
