"""The demo city's units and people evaluated: earlier windows long accepted, the latest one in every state."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from core.appraisal.models import Evaluation, Objection, OrganizationPerformance
from core.appraisal.rules.distribution import check_distribution
from core.appraisal.rules.matrix import head_result_rating, predicate_for
from core.appraisal.rules.objection_clock import objection_due_on
from core.appraisal.services.conclusions import performance_step, predicate_step
from core.appraisal.services.credits import write_credit
from core.appraisal.terms import (
    EvaluationKind,
    EvaluationState,
    ObjectionState,
    OrganizationRating,
    Predicate,
    Rating,
)
from core.demo.city import REGISTRY
from core.demo.plans import DemoPlan, DemoYear
from core.demo.seed import chance
from core.law.in_force import rule_in_force
from core.law.rule import DISTRIBUTION, HEAD_RESULT_RATING, OBJECTION, PREDICATE_MATRIX, Rule
from core.planning.models import EvaluationWindow
from core.planning.terms import PlanState
from core.work import UnitOfWork

_ORGANIZATION = (
    (OrganizationRating.GOOD, 80),
    (OrganizationRating.OUTSTANDING, 14),
    (OrganizationRating.NEEDS_IMPROVEMENT, 6),
)
_RESULTS = ((Rating.MEETS, 70), (Rating.ABOVE, 20), (Rating.BELOW, 10))
_BEHAVIORS = ((Rating.MEETS, 68), (Rating.ABOVE, 28), (Rating.BELOW, 4))
_LATEST = (
    (EvaluationState.ACKNOWLEDGED, 55),
    (EvaluationState.FINAL, 22),
    (EvaluationState.RATED, 13),
    (EvaluationState.DRAFT, 7),
    (EvaluationState.OBJECTED, 2),
    (EvaluationState.DECIDED, 1),
)
_FINAL = frozenset(
    {EvaluationState.ACKNOWLEDGED, EvaluationState.FINAL, EvaluationState.OBJECTED, EvaluationState.DECIDED}
)
_OBJECTION_DAYS = 5


@dataclass(frozen=True)
class Span:
    """What is evaluated at once: a window, or the whole period where `window` is None."""

    window: EvaluationWindow | None
    ends_on: date
    is_latest: bool

    @property
    def number(self) -> int:
        """The window's number, 0 for the period."""
        return self.window.number if self.window else 0


def build(work: UnitOfWork, year: DemoYear, today: date, *, is_latest_year: bool) -> None:
    """Evaluate every window of `year` that has ended before `today`, and the year itself once it is over."""
    ended = [window for window in year.windows if window.ends_on < today]
    spans = [Span(window, window.ends_on, is_latest=is_latest_year and window is ended[-1]) for window in ended]
    if year.period.ends_on < today:
        spans.append(Span(None, year.period.ends_on, is_latest=False))
    plans = [entry for entry in year.plans if entry.plan.state is PlanState.APPROVED]
    for span in spans:
        _evaluate(work, plans, year, span, today)


def _evaluate(work: UnitOfWork, plans: list[DemoPlan], year: DemoYear, span: Span, today: date) -> None:
    random = chance(f"evaluations {year.period.code}/{span.number}")
    taking_part = [entry for entry in plans if entry.plan.starts_on <= span.ends_on]
    performances = _performances(work, taking_part, year, span, random)
    matrix = rule_in_force(PREDICATE_MATRIX, span.ends_on)
    of_heads = rule_in_force(HEAD_RESULT_RATING, span.ends_on)
    received = min(span.ends_on + timedelta(days=20), today)
    rows: list[dict[str, Any]] = []
    for entry in taking_part:
        performance = performances[entry.seat.unit.id]
        result = _pick(_RESULTS, random)
        if entry.seat.post.is_head:
            result = head_result_rating(of_heads, performance.rating)
        behavior = _pick(_BEHAVIORS, random)
        state = _pick(_LATEST, random) if span.is_latest else EvaluationState.ACKNOWLEDGED
        if entry.seat.superior is None and state in {EvaluationState.OBJECTED, EvaluationState.DECIDED}:
            state = EvaluationState.FINAL
        rows.append(_row(entry, year, span, performance, matrix, (result, behavior), state, received))
    _give_reasons(rows, performances, span)
    evaluations = work.create_many(Evaluation, rows)
    _object(work, taking_part, evaluations, today)
    if span.window is None:
        for entry, evaluation in zip(taking_part, evaluations, strict=True):
            step = write_credit(work, evaluation, entry.plan, evaluation.predicate)
            if step is not None:
                explanation = {**evaluation.explanation, "steps": [*evaluation.explanation["steps"], step]}
                work.update(evaluation, explanation=explanation)


def _performances(
    work: UnitOfWork, plans: list[DemoPlan], year: DemoYear, span: Span, random: Random
) -> dict[int, OrganizationPerformance]:
    units = {entry.seat.unit.id: entry.seat.unit for entry in plans}
    heads = {entry.seat.unit.id: entry.seat for entry in plans if entry.seat.post.is_head}
    rows = []
    for key, unit in units.items():
        head = heads.get(key)
        leader = head.superior if head else None
        rating = _pick(_ORGANIZATION, random)
        rows.append(
            {
                "unit": unit,
                "period": year.period,
                "window": span.window,
                "window_number": span.number,
                "rating": OrganizationRating.GOOD if unit.code == REGISTRY else rating,
                "basis": "Capaian rencana aksi dan perjanjian kinerja unit",
                "set_by": leader.employee if leader else None,
                "set_on": span.ends_on + timedelta(days=7),
            }
        )
    made = work.create_many(OrganizationPerformance, rows)
    return dict(zip(units, made, strict=True))


def _row(
    entry: DemoPlan,
    year: DemoYear,
    span: Span,
    performance: OrganizationPerformance,
    matrix: Rule,
    ratings: tuple[Rating, Rating],
    state: EvaluationState,
    received: date,
) -> dict[str, Any]:
    result, behavior = ratings
    is_final = state in _FINAL
    is_rated = state is not EvaluationState.DRAFT
    predicate = predicate_for(matrix, result, behavior)
    moment = datetime(received.year, received.month, received.day, 4, tzinfo=UTC)
    superior = entry.seat.superior
    return {
        "plan": entry.plan,
        "period": year.period,
        "window": span.window,
        "window_number": span.number,
        "employee": entry.seat.employee,
        "evaluator": superior.employee if superior else None,
        "unit": entry.seat.unit,
        "kind": EvaluationKind.PERIODIC if span.window else EvaluationKind.ANNUAL,
        "state": state,
        "result_rating": result if is_rated else None,
        "behavior_rating": behavior if is_rated else None,
        "result_note": "Capaian dinilai dari laporan kemajuan dan bukti dukung" if is_rated else "",
        "behavior_note": "Penilaian memperhatikan umpan balik berkelanjutan" if is_rated else "",
        "predicate": predicate if is_final else None,
        "organization_performance": performance if is_final else None,
        "explanation": {
            "inputs": {
                "result_rating": result.value,
                "result_rating_from": "ORGANIZATION_PERFORMANCE" if entry.seat.post.is_head else "EVALUATOR",
                "behavior_rating": behavior.value,
                "organization_rating": performance.rating.value,
                "evaluator_id": superior.employee.id if superior else None,
                "plan_revision": entry.plan.revision,
                "rule_day": span.ends_on.isoformat(),
            },
            "rule": matrix.snapshot(),
            "steps": [
                performance_step(performance, entry.seat.unit),
                predicate_step(matrix, result, behavior, predicate.value),
            ],
        }
        if is_final
        else None,
        "finalised_at": moment if is_final else None,
        "received_on": received if is_final else None,
        "acknowledged_at": moment + timedelta(days=3) if state is EvaluationState.ACKNOWLEDGED else None,
    }


def _give_reasons(rows: list[dict[str, Any]], performances: dict[int, OrganizationPerformance], span: Span) -> None:
    """Give a reason where a unit's predicates differ from the pattern, as finalising would have asked for."""
    rule = rule_in_force(DISTRIBUTION, span.ends_on)
    counts: dict[int, Counter[Predicate]] = defaultdict(Counter)
    for row in rows:
        if row["predicate"]:
            counts[row["unit"].id][row["predicate"]] += 1
    differing = {
        unit
        for unit, found in counts.items()
        if check_distribution(rule, performances[unit].rating, found, min_head_count=10).warnings
    }
    for row in rows:
        if row["predicate"] and row["unit"].id in differing:
            row["distribution_reason"] = "Capaian pegawai merata sesuai bukti dukung; dibahas dalam kalibrasi"


def _object(work: UnitOfWork, plans: list[DemoPlan], evaluations: list[Evaluation], today: date) -> None:
    for entry, evaluation in zip(plans, evaluations, strict=True):
        received = evaluation.received_on
        if received is None or evaluation.state not in {EvaluationState.OBJECTED, EvaluationState.DECIDED}:
            continue
        superior = entry.seat.superior
        decider = superior.superior if superior else None
        rule = rule_in_force(OBJECTION, received)
        is_decided = evaluation.state is EvaluationState.DECIDED
        work.create(
            Objection,
            evaluation=evaluation,
            employee=entry.seat.employee,
            decider=decider.employee if decider else None,
            state=ObjectionState.UPHELD if is_decided else ObjectionState.FILED,
            filed_on=min(received + timedelta(days=_OBJECTION_DAYS), today),
            due_on=objection_due_on(rule, received),
            reason="Capaian triwulan melampaui target, bukti dukung terlampir pada laporan kemajuan",
            evaluator_statement="Capaian telah dibandingkan dengan rekan setingkat" if is_decided else "",
            decision="Hasil evaluasi dipertahankan" if is_decided else "",
            decided_on=min(received + timedelta(days=12), today) if is_decided else None,
        )


def _pick(shares: Any, random: Random) -> Any:
    return random.choices([value for value, _ in shares], [share for _, share in shares])[0]
