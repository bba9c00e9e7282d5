"""How a decision reaches its person, and the 15th working day after that, on which it takes effect."""

from datetime import date

from core.plugin_api import N_, Context, UnitOfWork, refuse, unit_of_work
from plugins.rewards.discipline.models import DecisionDelivery, DisciplineCase, DisciplineRemedy, SanctionDecision
from plugins.rewards.discipline.rules.deadlines import effective_on
from plugins.rewards.discipline.rules.sanctions import last_day, sanction_of
from plugins.rewards.discipline.services.clocks import end_clocks, holidays_from, start_clock
from plugins.rewards.discipline.services.decisions import open_remedy, standing_decision, tell_effect
from plugins.rewards.discipline.services.law import law_of
from plugins.rewards.discipline.services.steps import begin_step, day_of, end_step, filled
from plugins.rewards.discipline.terms import ClockKind, DecisionState, RemedyKind, Step
from plugins.rewards.settings import rewards_settings


def deliver(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    on: date | None = None,
    note: str = "",
    late_reason: str = "",
) -> DecisionDelivery:
    """Note that the decision was handed over and received on a day."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.DELIVER, case_id, version)
        decision = standing_decision(case)
        day = day_of(ctx, on, "on", decision.set_on)
        end_clocks(work, case, day, late_reason, ClockKind.DELIVERY)
        made = work.create(
            DecisionDelivery,
            case=case,
            decision=decision,
            offered_on=day,
            was_present=True,
            received_on=day,
            note=note.strip(),
        )
        _receive(work, case, decision, day)
        end_step(work, Step.DELIVER, case, day)
        return made


def note_not_present(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    on: date | None = None,
    note: str = "",
    late_reason: str = "",
) -> DecisionDelivery:
    """Note that the person was not there when the decision was to be handed over; it is to be sent then."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.NOTE_NOT_PRESENT, case_id, version)
        decision = standing_decision(case)
        day = day_of(ctx, on, "on", decision.set_on)
        end_clocks(work, case, day, late_reason, ClockKind.DELIVERY)
        made = work.create(
            DecisionDelivery, case=case, decision=decision, offered_on=day, was_present=False, note=note.strip()
        )
        start_clock(work, case, ClockKind.DISPATCH, day)
        end_step(work, Step.NOTE_NOT_PRESENT, case, day)
        return made


def dispatch(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    sent_by: str,
    on: date | None = None,
    late_reason: str = "",
) -> DecisionDelivery:
    """Note that the decision was sent; `sent_by` says how, with the number of the letter or parcel."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.DISPATCH, case_id, version)
        delivery = _delivery(standing_decision(case))
        day = day_of(ctx, on, "on", delivery.offered_on)
        end_clocks(work, case, day, late_reason, ClockKind.DISPATCH)
        work.update(delivery, sent_on=day, sent_by=filled(sent_by, "sentBy"))
        end_step(work, Step.DISPATCH, case, day)
        return delivery


def note_receipt(
    ctx: Context, case_id: int, version: int | None = None, *, on: date | None = None, note: str = ""
) -> DecisionDelivery:
    """Note on which day a decision that was sent was received."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.NOTE_RECEIPT, case_id, version)
        decision = standing_decision(case)
        delivery = _delivery(decision)
        day = day_of(ctx, on, "on", delivery.sent_on)
        work.update(delivery, received_on=day, **({"note": note.strip()} if note.strip() else {}))
        _receive(work, case, decision, day)
        end_step(work, Step.NOTE_RECEIPT, case, day)
        return delivery


def put_in_effect(ctx: Context, case_id: int, version: int | None = None) -> SanctionDecision:
    """Let a decision take effect whose day has come; the day follows from the receipt, whenever this is done."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.PUT_IN_EFFECT, case_id, version)
        decision = standing_decision(case)
        if is_suspended(ctx, case):
            text = N_("A remedy is open, and the decision waits for it (rewards.remedy_suspends_effect). Wait for it.")
            raise refuse("DISCIPLINE_SUSPENDED", text, "input", "caseId")
        count_effect(work, case, decision)
        if decision.effective_on is None or decision.effective_on > ctx.today:
            text = N_("The decision takes effect on {day}, the {days}th working day since receipt. Wait for that day.")
            days = law_of(case).procedure.effect.days
            raise refuse("DISCIPLINE_NOT_YET", text, "input", "caseId", day=decision.effective_on, days=days)
        work.update(decision, state=DecisionState.IN_EFFECT)
        tell_effect(work, decision)
        end_step(work, Step.PUT_IN_EFFECT, case, decision.effective_on)
        return decision


def is_suspended(ctx: Context, case: DisciplineCase) -> bool:
    """Whether the decision on a case waits for a remedy, as the setting says."""
    return rewards_settings(ctx).remedy_suspends_effect and open_remedy(case) is not None


def count_effect(work: UnitOfWork, case: DisciplineCase, decision: SanctionDecision) -> None:
    """Count the day of effect of a received decision, again where the calendar has changed, and its last day."""
    received = decision.received_on
    if received is None:
        raise LookupError("a decision that nobody has received takes no effect")
    day = effective_on(received, law_of(case).procedure.effect.days, holidays_from(received))
    day = max(day, _waited_until(work.ctx, case) or day)
    work.update(decision, effective_on=day, until=last_day(day, decision.months))


def _receive(work: UnitOfWork, case: DisciplineCase, decision: SanctionDecision, day: date) -> None:
    work.update(decision, state=DecisionState.RECEIVED, received_on=day)
    count_effect(work, case, decision)
    sanction = sanction_of(law_of(case).sanctions, decision.sanction)
    is_appeal = sanction is not None and sanction.remedy is RemedyKind.APPEAL
    start_clock(work, case, ClockKind.APPEAL if is_appeal else ClockKind.OBJECTION, day)


def _waited_until(ctx: Context, case: DisciplineCase) -> date | None:
    """Return the day on which the remedy was decided that the decision waited for, None where it waited for none."""
    if not rewards_settings(ctx).remedy_suspends_effect:
        return None
    remedy = DisciplineRemedy.get_or_none(DisciplineRemedy.case == case.id)
    return remedy.decided_on if remedy else None


def _delivery(decision: SanctionDecision) -> DecisionDelivery:
    row: DecisionDelivery = DecisionDelivery.get(DecisionDelivery.decision == decision.id)
    return row
