"""The demo city's performance plans of a year: a cascade from the regional secretary down to every desk."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from core.demo.city import DemoCity, Seat
from core.demo.seed import chance
from core.demo.themes import Theme, themes_for
from core.planning.models import (
    BehaviorExpectation,
    EvaluationPeriod,
    EvaluationWindow,
    Indicator,
    PerformancePlan,
    PlanEvaluator,
    WorkResult,
)
from core.planning.terms import (
    BehaviorValue,
    Frequency,
    MeasuringPattern,
    PeriodState,
    PlanApproach,
    PlanState,
    WorkResultKind,
)
from core.work import UnitOfWork

_EXPECTATIONS = {
    BehaviorValue.SERVICE_ORIENTED: "Menyapa pemohon dan menjelaskan tahapan layanan dengan jelas",
    BehaviorValue.ACCOUNTABLE: "Melaporkan kemajuan tepat waktu disertai bukti dukung",
    BehaviorValue.COLLABORATIVE: "Membantu rekan satu tim saat beban kerja meningkat",
}
_SHARE_OF_STATES = (
    (PlanState.APPROVED, 0.90),
    (PlanState.SUBMITTED, 0.94),
    (PlanState.RETURNED, 0.96),
    (PlanState.DRAFT, 1.0),
)
_QUARTERS = (((1, 1), (3, 31)), ((4, 1), (6, 30)), ((7, 1), (9, 30)), ((10, 1), (12, 31)))


@dataclass
class DemoPlan:
    """A plan with its results and indicators, and the seat whose plan it is."""

    seat: Seat
    plan: PerformancePlan
    results: list[WorkResult]
    indicators: list[Indicator]


@dataclass
class DemoYear:
    """A period with its windows and everybody's plans."""

    period: EvaluationPeriod
    windows: list[EvaluationWindow]
    plans: list[DemoPlan]


def build(work: UnitOfWork, city: DemoCity, year: int, today: date) -> DemoYear:
    """Create the period of `year`, its quarters, and a plan for every seat that existed at its start."""
    period, windows = _period(work, year, today)
    is_past = period.ends_on < today
    seats = [seat for seat in city.seats if (seat.employee.joined_on or date.min) <= date(year, 6, 30)]
    plans = _plans(work, seats, period, is_past=is_past)
    years = [DemoPlan(seat, plan, [], []) for seat, plan in zip(seats, plans, strict=True)]
    _results(work, years)
    _indicators(work, years, year)
    _expectations(work, years)
    return DemoYear(period, windows, years)


def _period(work: UnitOfWork, year: int, today: date) -> tuple[EvaluationPeriod, list[EvaluationWindow]]:
    deadline = date(year + 1, 1, 31)
    period = work.create(
        EvaluationPeriod,
        code=str(year),
        name=f"Tahun {year}",
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        frequency=Frequency.QUARTERLY,
        state=PeriodState.CLOSED if deadline < today else PeriodState.OPEN,
        plan_deadline=date(year, 1, 31),
        evaluation_deadline=deadline,
    )
    windows = work.create_many(
        EvaluationWindow,
        [
            {
                "period": period,
                "number": number,
                "name": f"Triwulan {number} {year}",
                "starts_on": date(year, *first),
                "ends_on": date(year, *last),
            }
            for number, (first, last) in enumerate(_QUARTERS, start=1)
        ],
    )
    return period, windows


def _plans(work: UnitOfWork, seats: list[Seat], period: EvaluationPeriod, *, is_past: bool) -> list[PerformancePlan]:
    random = chance(f"plan states {period.code}")
    rows: list[dict[str, Any]] = []
    for seat in seats:
        state = PlanState.APPROVED
        if not is_past and not seat.post.is_head:
            draw = random.random()
            state = next(state for state, up_to in _SHARE_OF_STATES if draw <= up_to)
        starts_on = max(period.starts_on, seat.employee.joined_on or period.starts_on)
        submitted = datetime(period.starts_on.year, 1, random.randint(6, 20), 3, 0, tzinfo=UTC)
        was_sent = state is not PlanState.DRAFT
        rows.append(
            {
                "period": period,
                "employee": seat.employee,
                "position": seat.position,
                "unit": seat.unit,
                "evaluator": seat.superior.employee if seat.superior else None,
                "approach": PlanApproach.QUANTITATIVE,
                "state": state,
                "starts_on": starts_on,
                "ends_on": period.ends_on,
                "revision": 1 if state is PlanState.APPROVED else 0,
                "submitted_at": submitted if was_sent else None,
                "approved_at": submitted + timedelta(days=4) if state is PlanState.APPROVED else None,
                "return_note": "Lengkapi target waktu pada hasil kerja pertama" if state is PlanState.RETURNED else "",
                "support_needed": "Perangkat komputer dan jaringan yang memadai",
                "accountability_scheme": "Laporan kemajuan setiap bulan melalui aplikasi",
                "consequences": "Predikat menjadi dasar pengembangan kompetensi dan penghargaan",
            }
        )
    plans = work.create_many(PerformancePlan, rows)
    work.create_many(
        PlanEvaluator,
        [
            {"plan": plan, "evaluator": seat.superior.employee, "valid_from": plan.starts_on}
            for seat, plan in zip(seats, plans, strict=True)
            if seat.superior
        ],
    )
    return plans


def _results(work: UnitOfWork, plans: list[DemoPlan]) -> None:
    # Superiors first, so that every result finds the one that it supports.
    by_seat = {id(entry.seat): entry for entry in plans}
    waiting = [entry for entry in plans if entry.seat.superior is None or id(entry.seat.superior) not in by_seat]
    while waiting:
        rows: list[dict[str, Any]] = []
        owners: list[DemoPlan] = []
        for entry in waiting:
            superior = by_seat.get(id(entry.seat.superior)) if entry.seat.superior else None
            for number, theme in enumerate(_themes(entry), start=1):
                parents = superior.results if superior else []
                rows.append(
                    {
                        "plan": entry.plan,
                        "parent": parents[theme.supports % len(parents)] if parents else None,
                        "kind": WorkResultKind.MAIN,
                        "perspective": theme.perspective,
                        "statement": theme.statement,
                        "sequence": number,
                    }
                )
                owners.append(entry)
        for owner, result in zip(owners, work.create_many(WorkResult, rows), strict=True):
            owner.results.append(result)
        waiting = [by_seat[id(staff)] for entry in waiting for staff in entry.seat.staff if id(staff) in by_seat]


def _themes(entry: DemoPlan) -> tuple[Theme, ...]:
    return themes_for(entry.seat.post, entry.seat.unit.name)


def _indicators(work: UnitOfWork, plans: list[DemoPlan], year: int) -> None:
    rows: list[dict[str, Any]] = []
    owners: list[DemoPlan] = []
    for entry in plans:
        for result, theme in zip(entry.results, _themes(entry), strict=True):
            for number, measure in enumerate(theme.measures, start=1):
                is_release = measure.pattern is MeasuringPattern.RELEASE
                rows.append(
                    {
                        "work_result": result,
                        "aspect": measure.aspect,
                        "statement": measure.statement,
                        "unit_of_measure": measure.unit,
                        "target_min": measure.target,
                        "target_max": measure.target,
                        "direction": measure.direction,
                        "pattern": measure.pattern,
                        "release_on": date(year, 12, 10) if is_release else None,
                        "sequence": number,
                    }
                )
                owners.append(entry)
    for owner, indicator in zip(owners, work.create_many(Indicator, rows), strict=True):
        owner.indicators.append(indicator)


def _expectations(work: UnitOfWork, plans: list[DemoPlan]) -> None:
    work.create_many(
        BehaviorExpectation,
        [
            {"plan": entry.plan, "value": value, "expectation": text}
            for entry in plans
            for value, text in _EXPECTATIONS.items()
        ],
    )
