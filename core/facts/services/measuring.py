"""Measuring facts: on demand, and for every evaluation window that is over."""

from datetime import date, timedelta
from typing import Any

import orjson

from core.context import Context
from core.database import is_sqlite
from core.errors import Problem, Refused, not_found, refuse
from core.facts.models import FactBinding, FactMeasurement
from core.facts.reading import fact_named, plugin_of
from core.facts.rules.measuring import Span, kept_value, latest_span, span_problems, span_within
from core.facts.services.asking import ask_fact, fact_failed
from core.facts.terms import FactState, FactSubject
from core.i18n import N_, translate
from core.planning.models import EvaluationPeriod, EvaluationWindow, Indicator, PerformancePlan
from core.planning.terms import PeriodState, PlanState
from core.policy import fetch, require
from core.progress.rules.records import plan_problems
from core.progress.services.targets import plan_facts
from core.work import unit_of_work

LOOKS_BACK = timedelta(days=31)
"""How long after its end the job still measures a window, for plugins that were off or had no cases on its last day."""


def measure_fact(
    ctx: Context,
    indicator_id: int,
    *,
    window_id: int | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> FactMeasurement:
    """Measure the fact of an indicator over a window, or over days of one's own (default: the latest window so far).

    A proposal that begins on the same day and waits for its decision is replaced by the new one.
    """
    binding = _binding_of(ctx, indicator_id)
    plan = binding.plan
    require(ctx, "facts.measure", plan, "input", "indicatorId")
    problems = plan_problems(plan_facts(plan))
    if problems:
        raise Refused([Problem(one.code, one.text, ("input", "indicatorId"), one.params) for one in problems])
    span = _span(plan, ctx.today, window_id, starts_on, ends_on)
    return _measure(ctx, binding, span)


def measure_windows(ctx: Context) -> int:
    """Measure every bound indicator for the windows that are over and not measured yet; return how many values came."""
    bindings = (
        FactBinding.select(FactBinding, PerformancePlan, EvaluationPeriod)
        .join(PerformancePlan)
        .join(EvaluationPeriod)
        .where(
            (EvaluationPeriod.state == PeriodState.OPEN)
            & ((PerformancePlan.revision > 0) | (PerformancePlan.state == PlanState.APPROVED))
        )
        .order_by(FactBinding.id)
    )
    windows = _windows_over(ctx.today)
    measured = 0
    for binding in bindings:
        if fact_named(binding.fact) is None:
            continue
        plan = binding.plan
        for window in windows.get(plan.period_id, ()):
            span = span_within(window, _span_of(plan), ctx.today)
            if span is not None and not _is_measured(binding.indicator_id, span):
                measured += _measured(ctx, binding, span)
    return measured


def _measured(ctx: Context, binding: FactBinding, span: Span) -> bool:
    try:
        _measure(ctx, binding, span)
    except Refused:
        # Without cases, or a plugin that failed (and is in the log): the next run asks again.
        return False
    return True


def _windows_over(today: date) -> dict[int, list[Span]]:
    rows = EvaluationWindow.select().where(
        (EvaluationWindow.ends_on < today) & (EvaluationWindow.ends_on >= today - LOOKS_BACK)
    )
    found: dict[int, list[Span]] = {}
    for row in rows:
        found.setdefault(row.period_id, []).append(Span(row.starts_on, row.ends_on))
    return found


def _is_measured(indicator_id: int, span: Span) -> bool:
    return (
        FactMeasurement.select()
        .where(
            (FactMeasurement.indicator == indicator_id)
            & (FactMeasurement.starts_on == span.first)
            & (FactMeasurement.ends_on == span.last)
        )
        .exists()
    )


def _binding_of(ctx: Context, indicator_id: int) -> FactBinding:
    indicator = fetch(Indicator, indicator_id, ctx, "input", "indicatorId")
    binding: FactBinding | None = FactBinding.get_or_none(FactBinding.indicator == indicator.id)
    if binding is None:
        text = N_("This indicator takes its value from no fact. Bind it to one while the plan takes changes.")
        raise refuse("FACT_NOT_BOUND", text, "input", "indicatorId")
    return binding


def _span_of(plan: PerformancePlan) -> Span:
    return Span(plan.starts_on, plan.ends_on)


def _span(
    plan: PerformancePlan, today: date, window_id: int | None, starts_on: date | None, ends_on: date | None
) -> Span:
    whole = _span_of(plan)
    windows = {
        row.id: Span(row.starts_on, row.ends_on)
        for row in EvaluationWindow.select().where(EvaluationWindow.period == plan.period_id)
    }
    if window_id is not None:
        if window_id not in windows:
            raise not_found("input", "windowId", id=f"EvaluationWindow:{window_id}")
        found = span_within(windows[window_id], whole, today)
    else:
        found = latest_span(windows.values(), whole, today)
    if starts_on is not None or ends_on is not None:
        base = found or Span(whole.first, min(whole.last, today))
        found = Span(starts_on or base.first, ends_on or base.last)
        problems = span_problems(found, whole, today)
        if problems:
            raise Refused([problem.under("input") for problem in problems])
    if found is None:
        text = N_("The window has no day of the plan up to today. Choose another one, or wait until it begins.")
        raise refuse("FACT_NO_WINDOW", text, "input", "windowId")
    return found


def _measure(ctx: Context, binding: FactBinding, span: Span) -> FactMeasurement:
    definition = fact_named(binding.fact)
    if definition is None:
        text = N_(
            "The source of “{title}” is off: no plugin that is on offers {fact}. Have the plugin {plugin} switched on."
        )
        params = {"title": binding.title, "fact": binding.fact, "plugin": plugin_of(binding.fact)}
        raise refuse("FACT_SOURCE_OFF", text, "input", "indicatorId", **params)
    plan = binding.plan
    subject_id = plan.unit_id if binding.subject is FactSubject.UNIT else plan.employee_id
    found = ask_fact(ctx, definition, subject_id, span, "input", "indicatorId")
    if found is None or found.cases <= 0:
        text = N_("There are no cases of “{title}” from {first} to {last}, so there is no value. Choose other days.")
        raise refuse(
            "FACT_NO_CASES", text, "input", "indicatorId", title=binding.title, first=span.first, last=span.last
        )
    value = kept_value(found.value)
    if value is None:
        raise fact_failed(definition, "input", "indicatorId")
    words = ctx.settings.default_language
    values: dict[str, Any] = {
        "fact": definition.name,
        "subject": binding.subject,
        "title": translate(definition.title, words),
        "unit_of_measure": translate(definition.unit, words),
        "starts_on": span.first,
        "ends_on": span.last,
        "value": value,
        "cases": found.cases,
        "evidence": orjson.loads(orjson.dumps(dict(found.evidence), default=str)),
        "measured_at": ctx.now,
    }
    return _keep(ctx, binding, values)


def _keep(ctx: Context, binding: FactBinding, values: dict[str, Any]) -> FactMeasurement:
    with unit_of_work(ctx) as work:
        # One at a time for each binding, so that two who measure at once leave one proposal.
        query = FactBinding.select().where(FactBinding.id == binding.id)
        if (query if is_sqlite() else query.for_update()).first() is None:
            raise not_found("input", "indicatorId", id=f"FactBinding:{binding.id}")
        waiting = FactMeasurement.get_or_none(
            (FactMeasurement.indicator == binding.indicator_id)
            & (FactMeasurement.starts_on == values["starts_on"])
            & (FactMeasurement.state == FactState.PROPOSED)
        )
        if waiting is None:
            row = work.create(FactMeasurement, plan=binding.plan_id, indicator=binding.indicator_id, **values)
        else:
            row = work.update(waiting, None, **values)
        work.emit(
            "facts.fact_measured",
            {"fact_measurement_id": row.id, "indicator_id": row.indicator_id, "plan_id": row.plan_id},
        )
        return row
