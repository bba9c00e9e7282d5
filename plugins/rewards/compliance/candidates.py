"""Who owes what for a span of days, and when it was done: one statement for each question, about everybody at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import peewee as pw

from core.appraisal.models import Evaluation
from core.appraisal.policies import SHOWN_TO_THE_RATED
from core.appraisal.services.spans import is_in_effect
from core.organisation.models import Assignment
from core.organisation.scope import holds_on
from core.organisation.services.changing import rows_of
from core.planning.models import EvaluationPeriod, EvaluationWindow, PerformancePlan
from core.planning.terms import PlanState
from core.plugin_api import Context
from core.progress.models import Feedback, ProgressRecord
from plugins.rewards.compliance.rules.days import Span, months_of
from plugins.rewards.compliance.terms import ComplianceDuty


@dataclass(frozen=True)
class Candidate:
    """Somebody who owes something: about whom, in which unit, by which plan."""

    about_id: int
    employee_id: int
    unit_id: int
    plan_id: int | None


def spans_of(duty: ComplianceDuty, period: EvaluationPeriod, today: date) -> list[Span]:
    """Return the spans of a period that have begun by `today`, for which something of this duty is owed."""
    if duty is ComplianceDuty.PLAN:
        return [Span(0, period.starts_on, period.plan_deadline)] if period.starts_on <= today else []
    if duty is ComplianceDuty.PROGRESS:
        return months_of(period.starts_on, period.ends_on, today)
    windows = EvaluationWindow.select().where(
        (EvaluationWindow.period == period.id) & (EvaluationWindow.starts_on <= today)
    )
    spans = [Span(row.number, row.starts_on, row.ends_on) for row in windows.order_by(EvaluationWindow.number)]
    if duty is ComplianceDuty.EVALUATION and period.ends_on < today:
        spans.append(Span(0, period.ends_on + timedelta(days=1), period.evaluation_deadline))
    return spans


def candidates(ctx: Context, duty: ComplianceDuty, period: EvaluationPeriod, span: Span) -> list[Candidate]:
    """Return who owes it, one for each employee that it is about; of several plans the latest counts."""
    if duty is ComplianceDuty.PLAN:
        day = min(ctx.today, span.last)
        posts = Assignment.select(Assignment.employee, Assignment.employee, Assignment.unit, pw.Value(None)).where(
            Assignment.is_primary & holds_on(Assignment, day)
        )
        return [Candidate(*row) for row in rows_of(posts.order_by(Assignment.employee, Assignment.id))]
    plan = PerformancePlan.alias()
    owes = plan.employee if duty is ComplianceDuty.PROGRESS else plan.evaluator
    plans: Any = (
        plan.select(plan.employee, owes, plan.unit, plan.id)
        .where((plan.period == period.id) & owes.is_null(False) & _running(ctx, duty, plan, period, span))
        .order_by(plan.employee, plan.starts_on, plan.id)
    )
    return list({row[0]: Candidate(*row) for row in rows_of(plans)}.values())


def _running(ctx: Context, duty: ComplianceDuty, plan: Any, period: EvaluationPeriod, span: Span) -> Any:
    if duty is ComplianceDuty.PROGRESS:
        over = datetime.combine(span.last + timedelta(days=1), time(), ZoneInfo(ctx.settings.time_zone))
        set_in_time = (plan.revision > 1) | plan.approved_at.is_null() | (plan.approved_at < over)
        runs = (plan.starts_on <= span.last) & (plan.ends_on >= span.first)
        return (plan.revision > 0) & (plan.state != PlanState.ENDED) & runs & set_in_time
    day = min(span.last, period.ends_on)
    return is_in_effect(plan) & (plan.starts_on <= day) & (plan.ends_on >= day)


def met_days(ctx: Context, duty: ComplianceDuty, period: EvaluationPeriod, span: Span) -> Mapping[int, date]:
    """Return by employee that it is about the day on which it was done first, in the institution's time zone."""
    zone = ZoneInfo(ctx.settings.time_zone)
    found: dict[int, date] = {}
    for about_id, moment in rows_of(_MET[duty](period, span)):
        if moment is None:
            continue
        at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        day = at.replace(tzinfo=at.tzinfo or ZoneInfo("UTC")).astimezone(zone).date()
        found[about_id] = min(day, found.get(about_id, day))
    return found


def _plans_set(period: EvaluationPeriod, _span: Span) -> Any:
    plan = PerformancePlan.alias()
    return (
        plan.select(plan.employee, pw.fn.MIN(pw.fn.COALESCE(plan.approved_at, plan.submitted_at, plan.created_at)))
        .where((plan.period == period.id) & is_in_effect(plan))
        .group_by(plan.employee)
    )


def _reported(period: EvaluationPeriod, span: Span) -> Any:
    plan, record = PerformancePlan.alias(), ProgressRecord.alias()
    return (
        record.select(plan.employee, pw.fn.MIN(record.created_at))
        .join(plan, on=record.plan == plan.id)
        .where((plan.period == period.id) & record.happened_on.between(span.first, span.last))
        .group_by(plan.employee)
    )


def _evaluated(period: EvaluationPeriod, span: Span) -> Any:
    done = Evaluation.alias()
    return (
        done.select(done.employee, pw.fn.MIN(pw.fn.COALESCE(done.finalised_at, done.updated_at)))
        .where((done.period == period.id) & (done.window_number == span.number) & done.state.in_(SHOWN_TO_THE_RATED))
        .group_by(done.employee)
    )


def _fed_back(period: EvaluationPeriod, span: Span) -> Any:
    plan, feedback = PerformancePlan.alias(), Feedback.alias()
    return (
        feedback.select(feedback.employee, pw.fn.MIN(feedback.created_at))
        .join(plan, on=feedback.plan == plan.id)
        .where(
            (plan.period == period.id)
            & (feedback.giver == plan.evaluator)
            & feedback.given_on.between(span.first, span.last)
        )
        .group_by(feedback.employee)
    )


_MET: Mapping[ComplianceDuty, Callable[[EvaluationPeriod, Span], Any]] = {
    ComplianceDuty.PLAN: _plans_set,
    ComplianceDuty.PROGRESS: _reported,
    ComplianceDuty.EVALUATION: _evaluated,
    ComplianceDuty.FEEDBACK: _fed_back,
}
