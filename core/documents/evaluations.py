"""The evaluation as data for its form: what was reached, what was said about it, and the predicate."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import peewee as pw

from core.appraisal.models import Evaluation, OrganizationPerformance
from core.appraisal.policies import SHOWN_TO_THE_RATED
from core.appraisal.terms import PREDICATE_TERMS, EvaluationKind
from core.context import Context
from core.documents import words
from core.documents.contents import Content, contents_of
from core.documents.people import people_of, superiors_of
from core.documents.plans import head_of, indicator_of, plans_of, result_of
from core.planning import berakhlak
from core.planning.models import EvaluationWindow, PerformancePlan
from core.planning.terms import BehaviorValue
from core.policy import as_condition, shown, visible
from core.progress.models import Evidence, Feedback, ProgressRecord
from core.progress.services.actuals import Actual, actual_values


@dataclass
class _Reported:
    """What was reported and said within the span of one evaluation."""

    notes: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    evidence: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    on_results: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    on_values: dict[BehaviorValue, list[str]] = field(default_factory=lambda: defaultdict(list))
    in_general: list[str] = field(default_factory=list)


def evaluation_forms(ctx: Context, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return the data of the form for each evaluation that the caller sees; a fixed number of statements."""
    evaluations = _evaluations(ctx, ids)
    plans = {plan.id: plan for plan in plans_of(ctx, sorted({row.plan_id for row in evaluations}))}
    evaluations = [row for row in evaluations if row.plan_id in plans]
    contents = contents_of(ctx, list(plans))
    spans = {row.id: _span(row, plans[row.plan_id]) for row in evaluations}
    above = superiors_of(ctx, [(row.evaluator_id, spans[row.id][1]) for row in evaluations])
    known = [key for row in evaluations for key in (row.employee_id, row.evaluator_id)]
    known += [plan.evaluator_id for plan in plans.values()]
    people = people_of(ctx, [*known, *above.values()])
    reported = _reported(ctx, evaluations, spans)
    indicators = [one.id for content in contents.values() for several in content.indicators.values() for one in several]
    # The values of all evaluations of one span are read at once; a batch is of one span as a rule.
    actuals = {day: actual_values(ctx, indicators, day) for day in {last for _, last in spans.values()}}
    forms = []
    for row in evaluations:
        plan, (first, last) = plans[row.plan_id], spans[row.id]
        superior = people[above.get((row.evaluator_id or 0, last))]
        head = head_of(ctx, plan, people)
        results = _results(contents[plan.id], actuals[last], reported[row.id])
        forms.append(
            {
                **head,
                **_figures(ctx, row),
                "evaluator": people[row.evaluator_id].on(last),
                "superior": superior.on(last),
                "span": words.span(first, last),
                "window": words.told(row.window_name or plan.period.name),
                "number": f"EVK/{plan.period.code}/{row.id:06d}",
                "results": results,
                "behavior": _behavior(contents[plan.id], reported[row.id]),
                "general": reported[row.id].in_general,
            }
        )
    return forms


def _evaluations(ctx: Context, ids: Sequence[int]) -> list[Any]:
    seen = (Evaluation.organization_performance == OrganizationPerformance.id) & as_condition(
        visible(ctx.actor, OrganizationPerformance)
    )
    rows: Any = (
        Evaluation.select(
            Evaluation,
            EvaluationWindow.name.alias("window_name"),
            EvaluationWindow.starts_on.alias("window_first"),
            EvaluationWindow.ends_on.alias("window_last"),
            OrganizationPerformance.rating.alias("organization_rating"),
        )
        .join(EvaluationWindow, pw.JOIN.LEFT_OUTER)
        .switch(Evaluation)
        .join(OrganizationPerformance, pw.JOIN.LEFT_OUTER, on=seen)
        .where(Evaluation.id.in_(list(ids)) & as_condition(visible(ctx.actor, Evaluation)))
        .objects()
    )
    found = {row.id: row for row in rows}
    return [found[key] for key in ids if key in found]


def _span(row: Any, plan: PerformancePlan) -> tuple[date, date]:
    """Return the days that are evaluated: those of the window or of the period in which the plan held."""
    first, last = row.window_first or plan.starts_on, row.window_last or plan.ends_on
    return max(first, plan.starts_on), min(last, plan.ends_on)


def _figures(ctx: Context, row: Any) -> dict[str, Any]:
    is_final = row.state in SHOWN_TO_THE_RATED
    organization = row.organization_rating
    return {
        "title": "Evaluasi Kinerja Pegawai",
        "kind": "tahunan" if row.kind is EvaluationKind.ANNUAL else "periodik",
        "revision": f"versi data {row.version}",
        "draft": "" if is_final else "RANCANGAN",
        "state": words.EVALUATION_STATES[row.state],
        "organization": words.ORGANIZATION_RATINGS[organization] if organization else words.BLANK,
        "result_rating": words.RATINGS[row.result_rating] if row.result_rating else words.BLANK,
        "behavior_rating": words.RATINGS[row.behavior_rating] if row.behavior_rating else words.BLANK,
        "predicate": PREDICATE_TERMS[row.predicate] if row.predicate else words.BLANK,
        "notes": [words.told(text) for text in (row.result_note, row.behavior_note, row.distribution_reason) if text],
        "made": words.day(words.local_day(row.finalised_at, ctx.settings)),
        "received": words.day(row.received_on),
    }


def _reported(ctx: Context, evaluations: Sequence[Any], spans: Mapping[int, tuple[date, date]]) -> dict[int, _Reported]:
    found = {row.id: _Reported() for row in evaluations}
    of_plan = [(row.id, row.plan_id, *spans[row.id]) for row in evaluations]
    plan_ids = sorted({row.plan_id for row in evaluations})
    who = ctx.actor
    records: Any = (
        ProgressRecord.select()
        .where(ProgressRecord.plan.in_(plan_ids) & as_condition(visible(who, ProgressRecord)))
        .order_by(ProgressRecord.happened_on, ProgressRecord.id)
    )
    evidence: Any = (
        Evidence.select(Evidence.progress_record, Evidence.title, Evidence.file_name, Evidence.url)
        .join(ProgressRecord)
        .where(ProgressRecord.plan.in_(plan_ids) & as_condition(visible(who, Evidence)))
        .order_by(Evidence.id)
        .tuples()
    )
    proofs: dict[int, list[str]] = defaultdict(list)
    for record_id, *names in evidence:
        proofs[record_id].append(words.told(next(filter(None, names), "")))
    for record in records:
        for key, plan_id, first, last in of_plan:
            if plan_id == record.plan_id and first <= record.happened_on <= last:
                if record.note and record.indicator_id is None:
                    found[key].notes[record.work_result_id].append(words.told(record.note))
                found[key].evidence[record.work_result_id] += proofs[record.id]
    # Where the day is hidden from the caller, a text stands on every evaluation of the plan: one alone would tell it.
    feedback: Any = (
        Feedback.select(
            Feedback.plan,
            shown(who, Feedback, "given_on"),
            Feedback.work_result,
            Feedback.behavior_value,
            Feedback.text,
        )
        .where(Feedback.plan.in_(plan_ids) & as_condition(visible(who, Feedback)))
        .order_by(Feedback.behavior_value, Feedback.text)
        .tuples()
    )
    for plan_of, stored, result_id, value, text in feedback:
        # Where it is masked in SQL, SQLite gives the day as the text that is stored.
        day = date.fromisoformat(stored) if isinstance(stored, str) else stored
        for key, plan_id, first, last in of_plan:
            if plan_id == plan_of and (day is None or first <= day <= last):
                _place(found[key], result_id, value, words.told(text))
    return found


def _place(reported: _Reported, result_id: int | None, value: BehaviorValue | None, text: str) -> None:
    if result_id is not None:
        reported.on_results[result_id].append(text)
    elif value is not None:
        reported.on_values[BehaviorValue(value)].append(text)
    else:
        reported.in_general.append(text)


def _results(content: Content, actuals: Mapping[int, Actual], reported: _Reported) -> list[dict[str, Any]]:
    def reached(result_id: int) -> list[dict[str, str]]:
        own = content.indicators[result_id]
        return [{**indicator_of(one), "actual": _reached(actuals.get(one.id))} for one in own]

    return [
        {
            **result_of(content, result, reached(result.id)),
            "notes": reported.notes[result.id],
            "evidence": reported.evidence[result.id],
            "feedback": reported.on_results[result.id],
        }
        for result in content.results
    ]


def _reached(actual: Actual | None) -> str:
    value = None if actual is None else actual.measurement.value
    if actual is None or value is None:
        return "belum ada"
    return words.told(f"{words.amount(value)} {actual.indicator.unit_of_measure}")


def _behavior(content: Content, reported: _Reported) -> list[dict[str, Any]]:
    return [
        {
            "name": berakhlak.NAMES[value],
            "lines": berakhlak.LINES[value],
            "expectation": content.expectations.get(value, ""),
            "feedback": reported.on_values[value],
        }
        for value in BehaviorValue
    ]
