"""Summons 1 and 2, and whether the person came."""

from datetime import date

from core.plugin_api import N_, Context, UnitOfWork, refuse, unit_of_work
from core.workdays.rules import is_working_day
from plugins.rewards.discipline.models import DisciplineCase, Summons
from plugins.rewards.discipline.rules.deadlines import due_on, keeps_interval
from plugins.rewards.discipline.services.charges import suspected_level
from plugins.rewards.discipline.services.clocks import (
    break_clock,
    deadline_of,
    end_clocks,
    holidays_from,
    start_clock,
)
from plugins.rewards.discipline.services.steps import begin_step, day_of, end_step
from plugins.rewards.discipline.services.teams import check_team
from plugins.rewards.discipline.terms import CaseState, ClockKind, Step, SummonsOutcome
from plugins.rewards.settings import rewards_settings

_DAY_CLOCKS = {1: ClockKind.EXAMINATION_DAY, 2: ClockKind.SECOND_EXAMINATION_DAY}


def summon(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    examine_on: date,
    letter_number: str = "",
    place: str = "",
    on: date | None = None,
    late_reason: str = "",
) -> Summons:
    """Summon the person in writing to an examination; the second time after an absence, since the state says so.

    The interval between summons and examination is a setting; one that does not keep to it says why.
    """
    with unit_of_work(ctx) as work:
        step = Step.SUMMON_AGAIN if _is_absent_once(case_id) else Step.SUMMON
        case = begin_step(ctx, step, case_id, version)
        level = suspected_level(case)
        if level is None:
            text = N_("Nobody is summoned without a charge. Charge the person with a breach first.")
            raise refuse("DISCIPLINE_NO_CHARGE", text, "input", "caseId")
        day = day_of(ctx, on, "on", case.opened_on, *(_first(case) if step is Step.SUMMON_AGAIN else ()))
        check_team(case, level, day)
        if examine_on <= day or not is_working_day(examine_on, holidays_from(day)):
            text = N_("{day} is no working day after the summons. Choose another day.")
            raise refuse("DISCIPLINE_EXAMINATION_DAY", text, "input", "examineOn", day=examine_on)
        end_clocks(work, case, day, late_reason, ClockKind.SECOND_SUMMONS)
        number = 2 if step is Step.SUMMON_AGAIN else 1
        made = work.create(
            Summons,
            case=case,
            number=number,
            letter_number=letter_number.strip(),
            summoned_on=day,
            examine_on=examine_on,
            place=place.strip(),
        )
        _start_day_clock(work, case, _DAY_CLOCKS[number], day, examine_on, late_reason)
        end_step(work, step, case, day)
        return made


def note_appearance(
    ctx: Context, case_id: int, version: int | None = None, *, on: date | None = None, note: str = ""
) -> Summons:
    """Note that the person came to the examination."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.NOTE_APPEARANCE, case_id, version)
        summons = last_summons(case)
        day = day_of(ctx, on, "on", summons.summoned_on)
        work.update(summons, outcome=SummonsOutcome.APPEARED, noted_on=day, note=note.strip())
        end_step(work, Step.NOTE_APPEARANCE, case, day)
        return summons


def note_absence(
    ctx: Context, case_id: int, version: int | None = None, *, on: date | None = None, note: str = ""
) -> Summons:
    """Note that the person did not come on the day; after the second time the case is judged on what there is."""
    with unit_of_work(ctx) as work:
        is_second = _state_of(case_id) is CaseState.SUMMONED_AGAIN
        step = Step.NOTE_SECOND_ABSENCE if is_second else Step.NOTE_ABSENCE
        case = begin_step(ctx, step, case_id, version)
        summons = last_summons(case)
        day = day_of(ctx, on, "on", summons.examine_on)
        work.update(summons, outcome=SummonsOutcome.ABSENT, noted_on=day, note=note.strip())
        # Whoever examines was ready on the day of the letter.
        end_clocks(work, case, summons.examine_on, "", _DAY_CLOCKS[summons.number])
        if not is_second:
            start_clock(work, case, ClockKind.SECOND_SUMMONS, summons.examine_on)
        end_step(work, step, case, day)
        return summons


def last_summons(case: DisciplineCase) -> Summons:
    """Return the latest summons of a case that has one."""
    row: Summons = Summons.select().where(Summons.case == case.id).order_by(Summons.number.desc()).get()
    return row


def _start_day_clock(
    work: UnitOfWork, case: DisciplineCase, kind: ClockKind, day: date, examine_on: date, late_reason: str
) -> None:
    interval = rewards_settings(work.ctx).summons_interval
    days = deadline_of(work.ctx, case, kind).days
    holidays = holidays_from(day)
    is_kept = keeps_interval(day, examine_on, days, interval, holidays)
    # With "at most" the law sets the last day, with "at least" the letter does.
    last = due_on(day, days, holidays) if interval == "at_most" or not is_kept else examine_on
    clock = start_clock(work, case, kind, day, ends_on=last)
    if not is_kept:
        break_clock(work, clock, examine_on, late_reason)


def _first(case: DisciplineCase) -> tuple[date]:
    return (last_summons(case).examine_on,)


def _state_of(case_id: int) -> CaseState | None:
    row = DisciplineCase.select(DisciplineCase.state).where(DisciplineCase.id == case_id).first()
    return row.state if row else None


def _is_absent_once(case_id: int) -> bool:
    return _state_of(case_id) in {CaseState.ABSENT, CaseState.SUMMONED_AGAIN}
