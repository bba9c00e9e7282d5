"""What follows from the calendar: decisions take effect, clocks are counted again, silent superiors are told of."""

from core.organisation.scope import superior_on
from core.plugin_api import Context, Refused, unit_of_work
from plugins.rewards.discipline.events import SUPERIOR_SILENT
from plugins.rewards.discipline.models import DisciplineCase, DisciplineClock, SanctionDecision
from plugins.rewards.discipline.services.clocks import recount
from plugins.rewards.discipline.services.deliveries import count_effect, is_suspended, put_in_effect
from plugins.rewards.discipline.terms import ClockKind, ClockState, DecisionState


def sweep(ctx: Context) -> dict[str, int]:
    """Count open deadlines again, put into effect what is due, tell of superiors who did not act; safe to repeat."""
    return {"recounted": recount_all(ctx), "in_effect": put_due_in_effect(ctx), "told": tell_next_superiors(ctx)}


def recount_all(ctx: Context) -> int:
    """Count the last day of every running clock and the day of each received decision again; return how many moved."""
    moved = 0
    with unit_of_work(ctx) as work:
        for clock in DisciplineClock.select().where(DisciplineClock.state == ClockState.RUNNING):
            before = clock.due_on
            moved += recount(work, clock).due_on != before
        for decision in SanctionDecision.select().where(SanctionDecision.state == DecisionState.RECEIVED):
            planned = decision.effective_on
            count_effect(work, decision.case, decision)
            moved += decision.effective_on != planned
    return moved


def put_due_in_effect(ctx: Context) -> int:
    """Put every received decision into effect whose day has come and that waits for no remedy; return how many."""
    done = 0
    rows = SanctionDecision.select(SanctionDecision, DisciplineCase).join(DisciplineCase)
    due = (SanctionDecision.state == DecisionState.RECEIVED) & (SanctionDecision.effective_on <= ctx.today)
    for decision in rows.where(due):
        if is_suspended(ctx, decision.case):
            continue
        try:
            put_in_effect(ctx, decision.case_id)
        except Refused:
            # Somebody else did a step to it in the meantime, or the calendar moved its day.
            continue
        done += 1
    return done


def tell_next_superiors(ctx: Context) -> int:
    """Note for the next higher superior each report on which the superior did not act in time; no case follows."""
    told = 0
    with unit_of_work(ctx) as work:
        for clock in (
            DisciplineClock.select(DisciplineClock, DisciplineCase)
            .join(DisciplineCase)
            .where(
                (DisciplineClock.kind == ClockKind.SUPERIOR_ACTS)
                & (DisciplineClock.state == ClockState.RUNNING)
                & (DisciplineClock.due_on < ctx.today)
                & DisciplineClock.told_on.is_null()
            )
        ):
            superior = clock.case.superior_id
            above = superior_on(superior, ctx.today) if superior else None
            if above == clock.case.employee_id:
                above = None
            work.update(clock, told=above, told_on=ctx.today)
            work.emit(SUPERIOR_SILENT, {"case_id": clock.case_id, "clock_id": clock.id, "told_id": above})
            told += 1
    return told
