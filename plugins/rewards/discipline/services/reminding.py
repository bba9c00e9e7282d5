"""Who owes an act of discipline whose time runs out is reminded every day until it is done; nobody else hears of it."""

from core.plugin_api import Context, unit_of_work
from core.workdays.rules import add_working_days
from plugins.rewards.discipline.events import CLOCK_NEAR
from plugins.rewards.discipline.models import CaseMember, DisciplineCase, DisciplineClock
from plugins.rewards.discipline.services.clocks import holidays_from
from plugins.rewards.discipline.terms import ClockKind, ClockState, MemberRole

DAYS_BEFORE = 2
"""Working days before the last one from which on somebody is reminded."""

_OF_PERSON = frozenset({ClockKind.OBJECTION, ClockKind.APPEAL})
"""A right of the person, which nobody else has to use."""


def owed_by(clock: DisciplineClock) -> list[int]:
    """Return the ids of those who owe the act: the person its remedy, else the superior and the chair of the team."""
    case = clock.case
    if clock.kind in _OF_PERSON:
        return [case.employee_id]
    people = {case.superior_id, clock.told_id}
    if clock.kind is not ClockKind.SUPERIOR_ACTS:
        chairs = CaseMember.select(CaseMember.employee).where(
            (CaseMember.case == case.id) & (CaseMember.role == MemberRole.CHAIR) & CaseMember.valid_to.is_null()
        )
        people |= {row.employee_id for row in chairs}
    return sorted(key for key in people if key is not None)


def remind(ctx: Context) -> int:
    """Tell of every running clock that ends within `DAYS_BEFORE` working days or is over; return of how many."""
    horizon = add_working_days(ctx.today, DAYS_BEFORE, holidays_from(ctx.today))
    told = 0
    with unit_of_work(ctx) as work:
        for clock in (
            DisciplineClock.select(DisciplineClock, DisciplineCase)
            .join(DisciplineCase)
            .where((DisciplineClock.state == ClockState.RUNNING) & (DisciplineClock.due_on <= horizon))
            .order_by(DisciplineClock.id)
        ):
            if clock.kind in _OF_PERSON and clock.due_on < ctx.today:
                continue
            payload = {"case_id": clock.case_id, "clock_id": clock.id, "due_on": clock.due_on}
            work.emit(CLOCK_NEAR, {**payload, "employee_ids": owed_by(clock)})
            told += 1
    return told
