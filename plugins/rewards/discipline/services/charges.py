"""What somebody is charged with; the same breach is never charged again while a case or a sanction stands on it."""

from collections.abc import Sequence
from datetime import date

from core.plugin_api import N_, Context, refuse, unit_of_work
from plugins.rewards.discipline.models import Breach, DisciplineCase
from plugins.rewards.discipline.rules.absence import absence_outcome
from plugins.rewards.discipline.rules.sanctions import level_of, sanction_of
from plugins.rewards.discipline.services.clocks import holidays_from
from plugins.rewards.discipline.services.holding import hold_person
from plugins.rewards.discipline.services.law import item_of, law_of
from plugins.rewards.discipline.services.steps import begin_step, end_step
from plugins.rewards.discipline.terms import BreachState, CaseState, Impact, SanctionLevel, Step

STANDS_NO_MORE = (CaseState.DISMISSED, CaseState.ANNULLED)
"""Cases that leave nothing behind: what they were about may be taken up again."""


def charge(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    item_code: str,
    impact: Impact = Impact.UNSTATED,
    first_on: date | None = None,
    last_on: date | None = None,
    absent_days: Sequence[date] = (),
    earlier_absent_days: Sequence[date] = (),
    description: str = "",
    repeats_id: int | None = None,
) -> Breach:
    """Charge the person of a case with a breach of an item of the catalogue of the day of the act.

    The days default to those of the case and lie within them. For absence, `absent_days` are the days that the charge
    is about and `earlier_absent_days` others of the year, which count and may have been punished already. `repeats_id`
    is an earlier breach of the same item by the same person that was sanctioned.
    """
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.CHARGE, case_id, version)
        hold_person(case.employee_id)
        law = law_of(case)
        item = item_of(law, item_code)
        if item.is_absence:
            values = _absence(case, absent_days, earlier_absent_days)
        else:
            first, last = first_on or case.act_first_on, last_on or case.act_last_on
            _check_within(case, first, last)
            level = level_of(item, impact)
            if level is None:
                text = N_("For {article} the impact decides the level. Choose one of {impacts}.")
                impacts = ", ".join(one.value for one in item.levels)
                raise refuse("DISCIPLINE_IMPACT", text, "input", "impact", article=item.article, impacts=impacts)
            values = {"level": level, "first_on": first, "last_on": last, "impact": impact}
        repeats = _repeated(case, item.code, repeats_id)
        made = work.create(
            Breach,
            case=case,
            item_code=item.code,
            item_text=f"{item.article}: {item.text}",
            is_absence=item.is_absence,
            description=description.strip(),
            repeats=repeats,
            created_at=ctx.now,
            **values,
        )
        _check_not_twice(case, made)
        end_step(work, Step.CHARGE, case, ctx.today)
        return made


def suspected_level(case: DisciplineCase) -> SanctionLevel | None:
    """Return the heaviest level that a case is charged with, None before any charge."""
    levels = {row.level for row in Breach.select(Breach.level).where(Breach.case == case.id)}
    return next((level for level in reversed(SanctionLevel) if level in levels), None)


def _absence(case: DisciplineCase, days: Sequence[date], earlier: Sequence[date]) -> dict[str, object]:
    if not days:
        text = N_("The days of absence are missing. Name each day.")
        raise refuse("DISCIPLINE_ABSENT_DAYS", text, "input", "absentDays")
    first, last = min(days), max(days)
    _check_within(case, first, last)
    law = law_of(case)
    year = last.year
    later = [day for day in earlier if day > last]
    if later:
        text = N_("{day} lies after the days of the charge. Name earlier days of the year only.")
        raise refuse("DISCIPLINE_DAY_LATE", text, "input", "earlierAbsentDays", day=later[0])
    outcome = absence_outcome({*days, *earlier}, year, law.absence, holidays_from(min({*days, *earlier})))
    sanction = sanction_of(law.sanctions, outcome.sanction) if outcome.sanction else None
    if sanction is None:
        text = N_("{days} days of absence in {year} mean no sanction ({article}). Wait, or dismiss the report.")
        params = {"days": len(outcome.days), "year": year, "article": law.absence.article}
        raise refuse("DISCIPLINE_BELOW_BANDS", text, "input", "absentDays", **params)
    return {
        "level": sanction.level,
        "first_on": first,
        "last_on": last,
        "days": [day.isoformat() for day in sorted(set(days))],
        "days_in_year": len(outcome.days),
        "days_in_a_row": outcome.longest_row,
        "sanction": sanction.code,
    }


def _check_within(case: DisciplineCase, first: date, last: date) -> None:
    if not case.act_first_on <= first <= last <= case.act_last_on:
        text = N_("The breach lies outside {first} to {last}, the days of the case. Correct the days.")
        params = {"first": case.act_first_on, "last": case.act_last_on}
        raise refuse("DISCIPLINE_OUTSIDE_ACT", text, "input", "firstOn", **params)


def is_same_breach(one: Breach, other: Breach) -> bool:
    """Whether two breaches of one person are the same: the same item on days in common, of absence the same days."""
    if one.item_code != other.item_code or one.first_on > other.last_on or other.first_on > one.last_on:
        return False
    return not one.is_absence or bool(set(one.days or []) & set(other.days or []))


def _check_not_twice(case: DisciplineCase, made: Breach) -> None:
    """Refuse what this or another case of the person is about already."""
    others = (
        Breach.select()
        .join(DisciplineCase)
        .where(
            (DisciplineCase.employee == case.employee_id)
            & DisciplineCase.state.not_in(list(STANDS_NO_MORE))
            & (Breach.id != made.id)
            & ((Breach.state != BreachState.NOT_PROVED) | (Breach.case == case.id))
        )
    )
    if any(is_same_breach(made, other) for other in others):
        text = N_("This breach is or was the matter of a case already. The same breach is never punished twice.")
        raise refuse("DISCIPLINE_TWICE", text, "input", "itemCode")


def _repeated(case: DisciplineCase, code: str, repeats_id: int | None) -> Breach | None:
    if repeats_id is None:
        return None
    earlier: Breach | None = (
        Breach.select()
        .join(DisciplineCase)
        .where(
            (Breach.id == repeats_id)
            & (Breach.item_code == code)
            & (Breach.state == BreachState.PROVED)
            & (Breach.case != case.id)
            & (DisciplineCase.employee == case.employee_id)
            & DisciplineCase.state.in_([CaseState.IN_EFFECT, CaseState.CLOSED])
        )
        .first()
    )
    if earlier is None:
        text = N_("No earlier sanctioned breach of this kind by the person is known there. Name one, or none.")
        raise refuse("DISCIPLINE_NO_REPEAT", text, "input", "repeatsId")
    return earlier
