"""Clocks of a case: started, met, or broken loudly; a step that comes late says why or is refused."""

from datetime import date, timedelta

from core.plugin_api import N_, Context, UnitOfWork, refuse
from core.workdays.services import load_holidays
from plugins.rewards.discipline.events import CLOCK_BROKEN
from plugins.rewards.discipline.models import DisciplineCase, DisciplineClock, DisciplineRemedy
from plugins.rewards.discipline.rules.contents import Deadline
from plugins.rewards.discipline.rules.deadlines import due_on
from plugins.rewards.discipline.services.law import law_of
from plugins.rewards.discipline.terms import ClockKind, ClockState
from plugins.rewards.settings import rewards_settings

_LONGEST = timedelta(days=800)

STATED = frozenset({ClockKind.EXAMINATION_DAY, ClockKind.SECOND_EXAMINATION_DAY})
"""Clocks whose last day stands in a letter: a change of the calendar does not move it."""


def holidays_from(day: date) -> frozenset[date]:
    """Return the holidays that a deadline from `day` on can meet."""
    return load_holidays(day, day + _LONGEST)


def deadline_of(ctx: Context, case: DisciplineCase, kind: ClockKind) -> Deadline:
    """Return the deadline of a case; how long a superior has is a setting, since the law names no number."""
    deadline = law_of(case).procedure.deadlines[kind]
    if kind is ClockKind.SUPERIOR_ACTS:
        return deadline.model_copy(update={"days": rewards_settings(ctx).superior_acts_days})
    return deadline


def start_clock(
    work: UnitOfWork,
    case: DisciplineCase,
    kind: ClockKind,
    started_on: date,
    *,
    ends_on: date | None = None,
    remedy: DisciplineRemedy | None = None,
) -> DisciplineClock:
    """Start a clock on the day from which it counts; `ends_on` is its last day where that stands in a letter."""
    deadline = deadline_of(work.ctx, case, kind)
    return work.create(
        DisciplineClock,
        case=case,
        remedy=remedy,
        kind=kind,
        started_on=started_on,
        days=deadline.days,
        due_on=ends_on or due_on(started_on, deadline.days, holidays_from(started_on)),
        article=deadline.article,
        confidence=deadline.confidence,
    )


def running(case: DisciplineCase, *kinds: ClockKind) -> list[DisciplineClock]:
    """Return the clocks of a case that run, of some kinds (none: of all)."""
    rows = DisciplineClock.select().where(
        (DisciplineClock.case == case.id) & (DisciplineClock.state == ClockState.RUNNING)
    )
    if kinds:
        rows = rows.where(DisciplineClock.kind.in_(list(kinds)))
    return list(rows.order_by(DisciplineClock.id))


def recount(work: UnitOfWork, clock: DisciplineClock) -> DisciplineClock:
    """Count the last day of a running clock again, since the calendar may have changed."""
    if clock.kind not in STATED:
        work.update(clock, due_on=due_on(clock.started_on, clock.days, holidays_from(clock.started_on)))
    return clock


def end_clocks(work: UnitOfWork, case: DisciplineCase, done_on: date, late_reason: str, *kinds: ClockKind) -> None:
    """End the clocks of these kinds that run: met on `done_on`, or broken for a reason; refused without one."""
    for clock in running(case, *kinds):
        recount(work, clock)
        if done_on <= clock.due_on:
            work.update(clock, state=ClockState.MET, done_on=done_on)
        else:
            break_clock(work, clock, done_on, late_reason)


def break_clock(work: UnitOfWork, clock: DisciplineClock, done_on: date, late_reason: str) -> None:
    """Note that a clock was broken, for a reason; refused without one."""
    if not late_reason.strip():
        text = N_(
            "This was to be done by {due} ({article}, {days} working days since {started}) and is done on {done}. "
            "Say why it does not keep to that; the reason stays with the case."
        )
        raise refuse(
            "DISCIPLINE_CLOCK_BROKEN",
            text,
            "input",
            "lateReason",
            due=clock.due_on,
            article=clock.article,
            days=clock.days,
            started=clock.started_on,
            done=done_on,
        )
    work.update(clock, state=ClockState.BROKEN, done_on=done_on, reason=late_reason.strip())
    payload = {"case_id": clock.case_id, "clock_id": clock.id, "kind": clock.kind}
    work.emit(CLOCK_BROKEN, {**payload, "due_on": clock.due_on, "done_on": done_on})


def lapse_clocks(work: UnitOfWork, case: DisciplineCase, on: date, reason: str, *kinds: ClockKind) -> None:
    """Let running clocks end for what nobody has to do any more, with the reason."""
    for clock in running(case, *kinds):
        work.update(clock, state=ClockState.LAPSED, done_on=on, reason=reason)
