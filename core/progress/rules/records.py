"""What may be reported as progress: the plan's state and span, the date, the quantity."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import Problem
from core.i18n import N_
from core.planning.rules.content import amount_problem
from core.planning.terms import MeasuringPattern, PeriodState

LONGEST_NOTE = 10_000
DIALOGUE_LEAD_DAYS = 92
"""A dialogue clarifies expectations before a plan begins, so it may lie in the quarter before the plan's first day."""


@dataclass(frozen=True)
class PlanFacts:
    """What the rules need to know of a plan; it is in force from its first approval on, also while it is revised."""

    is_in_force: bool
    starts_on: date
    ends_on: date
    period_state: PeriodState


@dataclass(frozen=True)
class Report:
    """One reported progress; `pattern` is None where a whole work result is meant."""

    happened_on: date
    quantity: Decimal | None
    note: str
    pattern: MeasuringPattern | None = None
    release_on: date | None = None


def period_problems(period_state: PeriodState) -> list[Problem]:
    """Say why a period takes no progress, feedback or dialogue."""
    if period_state is PeriodState.OPEN:
        return []
    if period_state is PeriodState.CLOSED:
        text = N_("The period is closed and takes no changes. Ask your HR office to open it again.")
        return [Problem("PERIOD_CLOSED", text)]
    return [Problem("PERIOD_NOT_OPEN", N_("The period is not open yet. Wait until your HR office opens it."))]


def plan_problems(plan: PlanFacts) -> list[Problem]:
    """Say why a plan takes no progress or feedback: it must have been approved, its period open."""
    problems = period_problems(plan.period_state)
    if not plan.is_in_force:
        text = N_("The plan is not approved yet. Have the evaluator approve it first.")
        problems.append(Problem("PLAN_NOT_APPROVED", text))
    return problems


def date_problems(happened_on: date, plan: PlanFacts, today: date) -> list[Problem]:
    """Say why a day cannot be reported on: it is still to come, or lies outside the plan's span."""
    if happened_on > today:
        text = N_("{day} is still to come. Give a date up to {today}.")
        return [Problem("DATE_IN_FUTURE", text, ("happenedOn",), {"day": happened_on, "today": today})]
    if not plan.starts_on <= happened_on <= plan.ends_on:
        text = N_("{day} lies outside the plan, which runs from {first} to {last}. Give a date in that span.")
        params = {"day": happened_on, "first": plan.starts_on, "last": plan.ends_on}
        return [Problem("DATE_OUTSIDE_PLAN", text, ("happenedOn",), params)]
    return []


def quantity_problems(quantity: Decimal | None, pattern: MeasuringPattern | None) -> list[Problem]:
    """Say why a quantity cannot be kept: not exact, negative where things are counted, or without an indicator."""
    if quantity is None:
        return []
    if pattern is None:
        text = N_("A quantity needs an indicator that gives its unit. Name the indicator, or leave the quantity out.")
        return [Problem("QUANTITY_WITHOUT_INDICATOR", text, ("quantity",))]
    imprecise = amount_problem(quantity, ("quantity",))
    if imprecise is not None:
        return [imprecise]
    if quantity < 0 and pattern is MeasuringPattern.COUNT:
        text = N_("{quantity} is negative, but this indicator counts. Correct the earlier record instead.")
        return [Problem("QUANTITY_NEGATIVE", text, ("quantity",), {"quantity": format(quantity, "f")})]
    return []


def release_problems(report: Report) -> list[Problem]:
    """Say why a published value cannot be reported: before its release there is none, neither 0 nor 100."""
    if report.pattern is not MeasuringPattern.RELEASE or report.release_on is None:
        return []
    if report.happened_on >= report.release_on:
        return []
    text = N_("This value is published on {release}; before that day it is not measured. Report it then.")
    return [Problem("NOT_RELEASED", text, ("happenedOn",), {"release": report.release_on})]


def content_problems(report: Report) -> list[Problem]:
    """Say why a record says nothing, or too much."""
    if report.quantity is None and not report.note.strip():
        return [Problem("NOTHING_REPORTED", N_("The record is empty. Give a quantity, a note, or both."), ("note",))]
    if len(report.note) > LONGEST_NOTE:
        text = N_("The note has {length} characters, {limit} are allowed. Shorten it, or attach a file.")
        return [Problem("NOTE_TOO_LONG", text, ("note",), {"length": len(report.note), "limit": LONGEST_NOTE})]
    return []


def report_problems(report: Report, plan: PlanFacts, today: date) -> list[Problem]:
    """Return everything that stands against keeping a report on a plan."""
    return [
        *plan_problems(plan),
        *date_problems(report.happened_on, plan, today),
        *quantity_problems(report.quantity, report.pattern),
        *release_problems(report),
        *content_problems(report),
    ]


def dialogue_problems(held_on: date, plan: PlanFacts, today: date, *, earliest: date) -> list[Problem]:
    """Return what stands against recording a talk: period not open, day to come, or long before the plan."""
    problems = period_problems(plan.period_state)
    if held_on > today:
        text = N_("{day} is still to come. Record a dialogue after it was held, up to {today}.")
        problems.append(Problem("DATE_IN_FUTURE", text, ("heldOn",), {"day": held_on, "today": today}))
    elif held_on < earliest:
        text = N_("{day} is too early for this plan. Give a date from {first} on.")
        problems.append(Problem("DATE_OUTSIDE_PLAN", text, ("heldOn",), {"day": held_on, "first": earliest}))
    return problems
