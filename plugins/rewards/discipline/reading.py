"""What others read of discipline: overdue clocks, who has reached a band of absence, and why a decision is as it is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import peewee as pw

from core.attendance.reading import unexcused_days
from core.law.in_force import find_rule
from core.organisation.models import Assignment, Employee
from core.organisation.scope import reports_of
from core.organisation.terms import EmploymentStatus
from core.plugin_api import N_, Context, as_condition, translate, visible
from core.workdays.services import load_holidays
from plugins.rewards.discipline.models import DisciplineCase, DisciplineClock, DisciplineRemedy, SanctionDecision
from plugins.rewards.discipline.rule_sets import PLAN, kind_for
from plugins.rewards.discipline.rules.absence import AbsenceOutcome, absence_outcome
from plugins.rewards.discipline.rules.contents import PlanBands
from plugins.rewards.discipline.rules.sanctions import plan_level
from plugins.rewards.discipline.services.law import absence_rule
from plugins.rewards.discipline.terms import UNDER_EXAMINATION, ClockState, RemedyOutcome, SanctionLevel


@dataclass(frozen=True)
class BandReached:
    """Somebody whose absence in the calendar year means a sanction by the rules; it proposes nothing by itself."""

    employee_id: int
    name: str
    outcome: AbsenceOutcome
    regulation: str
    confidence: str


def absence_of_reports(ctx: Context, on: date | None = None) -> list[BandReached]:
    """Return who of those whom the caller supervises has reached a band of absence in the year up to `on`.

    The system asks for everybody. Days are those of attendance; nothing is written and no case is opened.
    """
    day = on or ctx.today
    people = Employee.select(Employee.id, Employee.name, Employee.status)
    if not ctx.actor.is_system:
        people = people.where(Employee.id.in_(reports_of(ctx.actor)))
    by_id = {row.id: row for row in people}
    # A row of days may have begun before the year did.
    first = date(day.year - 1, 12, 1)
    absent = unexcused_days(None if ctx.actor.is_system else list(by_id), first, day)
    holidays = load_holidays(first, day)
    found = []
    rules: dict[Any, Any] = {}
    for key, days in absent.items():
        person = by_id.get(key)
        if person is None:
            continue
        if person.status not in rules:
            rules[person.status] = absence_rule(ctx, person.status, day)
        bands, rule = rules[person.status]
        outcome = absence_outcome(days, day.year, bands, holidays)
        if outcome.sanction is not None:
            found.append(BandReached(key, person.name, outcome, rule.regulation, rule.confidence))
    return sorted(found, key=lambda one: (-len(one.outcome.days), one.name))


@dataclass(frozen=True)
class PlanOutcome:
    """What reaching so many per cent of the yearly plan means for discipline.

    `level` is that of the breach under the law of the day, None without one; `follow_up` is the regulation under which
    the superior helps instead, empty where the day's law had a breach for it.
    """

    level: SanctionLevel | None
    regulation: str
    follow_up: str


def plan_outcome(status: EmploymentStatus, percent: Decimal, on: date) -> PlanOutcome:
    """Return what `percent` of the plan reached means on a day; since 31 August 2021 it is no matter of discipline."""
    rule = find_rule(kind_for(PLAN, status), on)
    if rule is None:
        return PlanOutcome(None, "", "PP 30/2019 Pasal 56-58")
    return PlanOutcome(plan_level(percent, PlanBands.model_validate(rule.content)), rule.regulation, "")


def overdue_clocks(ctx: Context) -> list[DisciplineClock]:
    """Return the clocks that the caller sees, run, and should have been met before today, the oldest first."""
    return list(
        DisciplineClock.select()
        .where(
            as_condition(visible(ctx.actor, DisciplineClock))
            & (DisciplineClock.state == ClockState.RUNNING)
            & (DisciplineClock.due_on < ctx.today)
        )
        .order_by(DisciplineClock.due_on, DisciplineClock.id)
    )


def moved_while_open(case: Any, ctx: Context) -> Any:
    """Return which cases (a model or an alias) are open while their person was given a post in another unit."""
    later = Assignment.alias()
    remedy = DisciplineRemedy.alias()
    moved = later.select(later.id).where(
        (later.employee == case.employee)
        & later.is_primary
        & (later.unit != case.unit)
        & (later.valid_from > case.opened_on)
        & (later.valid_from <= ctx.today)
    )
    in_remedy = remedy.select(remedy.case).where(remedy.outcome == RemedyOutcome.OPEN)
    is_open = case.state.in_(list(UNDER_EXAMINATION)) | case.id.in_(in_remedy)
    return is_open & pw.fn.EXISTS(moved)


def is_under_examination(employee_id: int) -> bool:
    """Whether an employee is under examination, or waits for what becomes of a remedy: not to be moved to another unit.

    The answer is confidential: only those who deal with the case may learn it.
    """
    remedy = DisciplineRemedy.alias()
    in_remedy = remedy.select(remedy.case).where(remedy.outcome == RemedyOutcome.OPEN)
    is_open = DisciplineCase.state.in_(list(UNDER_EXAMINATION)) | DisciplineCase.id.in_(in_remedy)
    return DisciplineCase.select().where((DisciplineCase.employee == employee_id) & is_open).exists()


def explain(decision: SanctionDecision, language: str | None = None) -> list[str]:
    """Return in sentences why a decision is as it is, from what was frozen into it alone."""
    frozen = decision.snapshot
    lines = [_step_line(step, language) for step in frozen["explanation"]["steps"]]
    by_rule = decision.rule_sanction or "-"
    text = N_("One examination, one sanction, the heaviest: the rules give {by_rule}, decided was {sanction} ({name}).")
    lines.append(
        translate(text, language).format(by_rule=by_rule, sanction=decision.sanction, name=decision.sanction_name)
    )
    if decision.differs_reason:
        lines.append(translate(N_("It differs because: {reason}"), language).format(reason=decision.differs_reason))
    if decision.substitute:
        lines.append(translate(N_("Imposed instead for now: {name}"), language).format(name=decision.substitute))
    text = N_("{kind}: {regulation}, revision {revision}, in force since {since}, confidence {confidence}.")
    lines += [
        translate(text, language).format(
            kind=name,
            regulation=rule["regulation"],
            revision=rule["revision"],
            since=rule["valid_from"],
            confidence=rule["confidence"],
        )
        for name, rule in sorted(frozen["rules"].items())
    ]
    return lines


_BASES = {
    "LEVEL": N_("{text}: a breach of level {level}, impact {impact}, gives {sanction}."),
    "DAYS": N_("{text}: {days} working days in the year, {row} in a row, give {sanction}."),
    "REPEAT": N_("{text}: a repeat after {repeats} is heavier and gives {sanction}."),
    "NONE": N_("{text}: gives no sanction."),
}


def _step_line(step: dict[str, Any], language: str | None) -> str:
    return translate(_BASES[step["basis"]], language).format(
        text=step["text"],
        level=step["level"],
        impact=step["impact"],
        days=step["days_in_year"],
        row=step["days_in_a_row"],
        repeats=step["repeats"],
        sanction=step["sanction"],
    )
