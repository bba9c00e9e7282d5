"""How the predicates of a leader's people are spread, beside the pattern for the unit's performance."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import peewee as pw

from core.appraisal.models import Evaluation
from core.appraisal.rules.distribution import DistributionCheck, DistributionWarning, WarningCode, check_distribution
from core.appraisal.rules.matrix import predicate_for
from core.appraisal.services.performances import performance_of
from core.appraisal.services.spans import Span, is_in_effect, span_for
from core.appraisal.terms import PREDICATE_TERMS, OrganizationRating, Predicate, Rating
from core.context import Context
from core.errors import Problem, Refused
from core.i18n import N_
from core.law.in_force import find_rule, rule_in_force
from core.law.rule import DISTRIBUTION, PREDICATE_MATRIX, Rule
from core.organisation.models import Employee, Position, WorkUnit
from core.planning.models import PerformancePlan
from core.planning.services.people import rows_of
from core.policy import as_condition, below, fetch, require, visible


@dataclass(frozen=True)
class Proposal:
    """Ratings that somebody thinks of giving to an employee."""

    employee_id: int
    result_rating: Rating
    behavior_rating: Rating


@dataclass(frozen=True)
class DistributionReport:
    """A check with what it was made for: the unit, its performance and the version of the rule."""

    unit: WorkUnit
    span: Span
    performance: OrganizationRating | None
    rule: Rule | None
    check: DistributionCheck

    def explained(self) -> dict[str, Any]:
        """Return the check as JSON values for an explanation, which the rated person reads.

        Where nothing is compared there are no counts: in a small unit they would tell the predicates of colleagues.
        """
        return {
            "unit_id": self.unit.id,
            "organization_rating": self.performance.value if self.performance else None,
            "head_count": self.check.head_count,
            "unrated": self.check.unrated,
            "counts": None
            if self.check.skipped
            else {predicate.value: count for predicate, count in self.check.counts.items()},
            "skipped": self.check.skipped.value if self.check.skipped else None,
            "warnings": [_explained(warning) for warning in self.check.warnings],
            "rule": self.rule.snapshot() if self.rule else None,
        }


@dataclass(frozen=True)
class _Person:
    plan_id: int
    employee_id: int
    predicate: Predicate | None
    result: Rating | None
    behavior: Rating | None


def distribution_check(ctx: Context, unit_id: int, period_id: int, window_id: int | None) -> DistributionReport:
    """Return how the people under the unit's leader are rated so far, beside the pattern."""
    unit, span = _subject(ctx, unit_id, period_id, window_id)
    return report_for(ctx, unit, span)


def distribution_what_if(
    ctx: Context,
    unit_id: int,
    period_id: int,
    window_id: int | None,
    *,
    organization_rating: OrganizationRating | None,
    proposals: Sequence[Proposal],
) -> DistributionReport:
    """Return the check as it would be with these ratings and this performance of the unit; nothing is written."""
    unit, span = _subject(ctx, unit_id, period_id, window_id)
    proposed = {proposal.employee_id: proposal for proposal in proposals}
    people = _people_under(unit, span)
    _require_known(ctx, proposals, {person.employee_id for person in people})
    changed = [
        replace(
            person,
            predicate=None,
            result=proposed[person.employee_id].result_rating,
            behavior=proposed[person.employee_id].behavior_rating,
        )
        if person.employee_id in proposed
        else person
        for person in people
    ]
    return _report(ctx, unit, span, changed, organization_rating)


def report_for(ctx: Context, unit: WorkUnit, span: Span) -> DistributionReport:
    """Return the check for the unit as its people are rated now."""
    return _report(ctx, unit, span, _people_under(unit, span), None)


def counts_plan(plan: PerformancePlan, span: Span) -> bool:
    """Whether the plan's holder counts in the span: the plan that holds on its last day, not one that ended before."""
    return plan.starts_on <= span.ends_on <= plan.ends_on


def reason_missing(report: DistributionReport, *path: str | int) -> list[Problem]:
    """Return a problem for each warning that wants a reason."""
    return [
        Problem("DISTRIBUTION_REASON_MISSING", _TEXTS[warning.code], path, _words(warning))
        for warning in report.check.warnings
    ]


_TEXTS = {
    WarningCode.NONE_ALLOWED: N_(
        "{count} of {head_count} employees get {predicates}, but the pattern for this unit has none. "
        "Check the ratings, or give a reason."
    ),
    WarningCode.ABOVE_MAXIMUM: N_(
        "{share} % of {head_count} employees get {predicates}, above the {limit} % of the pattern. "
        "Check the ratings, or give a reason."
    ),
    WarningCode.BELOW_MINIMUM: N_(
        "{share} % of {head_count} employees get {predicates}, below the {limit} % of the pattern. "
        "Check the ratings, or give a reason."
    ),
    WarningCode.MUST_EXIST: N_(
        "None of {head_count} employees gets {predicates}, but the pattern has at least {limit}. "
        "Check the ratings, or give a reason."
    ),
    WarningCode.NOT_THE_MAJORITY: N_(
        "{predicates} is not the majority: {count} of {head_count} employees. Check the ratings, or give a reason."
    ),
}


def _words(warning: DistributionWarning) -> dict[str, Any]:
    return {
        "predicates": " / ".join(PREDICATE_TERMS[predicate] for predicate in warning.predicates),
        "count": warning.count,
        "head_count": warning.head_count,
        "share": format(warning.share, "f"),
        "limit": "" if warning.limit is None else format(warning.limit, "f"),
    }


def _explained(warning: DistributionWarning) -> dict[str, Any]:
    return {
        "code": warning.code.value,
        "predicates": [predicate.value for predicate in warning.predicates],
        "count": warning.count,
        "head_count": warning.head_count,
        "share": format(warning.share, "f"),
        "limit": None if warning.limit is None else format(warning.limit, "f"),
    }


def _subject(ctx: Context, unit_id: int, period_id: int, window_id: int | None) -> tuple[WorkUnit, Span]:
    unit = fetch(WorkUnit, unit_id, ctx, "unitId")
    require(ctx, "appraisal.see_distribution", unit, "unitId")
    return unit, span_for(ctx, period_id, window_id)


def _report(
    ctx: Context, unit: WorkUnit, span: Span, people: Sequence[_Person], performance: OrganizationRating | None
) -> DistributionReport:
    if performance is None:
        noted = performance_of(unit.id, span)
        performance = noted.rating if noted else None
    rule = find_rule(DISTRIBUTION, span.ends_on)
    counts, unrated = _counted(people, span)
    check = check_distribution(
        rule, performance, counts, unrated=unrated, min_head_count=ctx.settings.distribution_min_head_count
    )
    return DistributionReport(unit, span, performance, rule, check)


def _counted(people: Iterable[_Person], span: Span) -> tuple[Mapping[Predicate, int], int]:
    """Return how many people have which predicate, a given one or the one that their ratings lead to."""
    counts: Counter[Predicate] = Counter()
    unrated = 0
    matrix: Rule | None = None
    for person in people:
        if person.predicate is not None:
            counts[person.predicate] += 1
        elif person.result is None or person.behavior is None:
            unrated += 1
        else:
            matrix = matrix or rule_in_force(PREDICATE_MATRIX, span.ends_on)
            counts[predicate_for(matrix, person.result, person.behavior)] += 1
    return counts, unrated


def _people_under(unit: WorkUnit, span: Span) -> list[_Person]:
    """Return the people under the unit's leader: all of the unit and below, without the one who heads the unit."""
    plan, evaluation = PerformancePlan.alias(), Evaluation.alias()
    rows = (
        plan.select(plan.id, plan.employee, evaluation.predicate, evaluation.result_rating, evaluation.behavior_rating)
        .join(WorkUnit, on=plan.unit == WorkUnit.id)
        .switch(plan)
        .join(Position, on=plan.position == Position.id)
        .switch(plan)
        .join(
            evaluation,
            pw.JOIN.LEFT_OUTER,
            on=(evaluation.plan == plan.id) & (evaluation.window_number == span.number),
        )
        .where(
            (plan.period == span.period.id)
            & is_in_effect(plan)
            & (plan.starts_on <= span.ends_on)
            & (plan.ends_on >= span.ends_on)
            & as_condition(below(WorkUnit.path, (unit.path,)))
            & ~(Position.is_head & (plan.unit == unit.id))
        )
        .order_by(plan.id)
    )
    return [_Person(*row) for row in rows_of(rows)]


def _require_known(ctx: Context, proposals: Sequence[Proposal], known: set[int]) -> None:
    problems = []
    for number, proposal in enumerate(proposals):
        if proposal.employee_id in known:
            continue
        rows = as_condition(visible(ctx.actor, Employee))
        seen = Employee.select(Employee.name).where((Employee.id == proposal.employee_id) & rows).scalar()
        problems.append(
            Problem(
                "NOT_UNDER_THIS_LEADER",
                N_("{employee} has no plan under the leader of this unit at the end of the span. Leave the line out."),
                ("proposals", number, "employeeId"),
                {"employee": seen or f"Employee:{proposal.employee_id}"},
            )
        )
    if problems:
        raise Refused(problems)
