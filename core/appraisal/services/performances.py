"""The performance of a unit (capaian kinerja organisasi), which comes before every rating of its people."""

from dataclasses import dataclass

from core.appraisal.models import Evaluation, OrganizationPerformance
from core.appraisal.services.spans import Span, made_once, require_open, span_for
from core.appraisal.terms import EvaluationState, OrganizationRating
from core.context import Context
from core.errors import Refused, refuse
from core.i18n import N_
from core.organisation.models import WorkUnit
from core.policy import fetch, require
from core.work import unit_of_work


@dataclass(frozen=True)
class PerformanceOfUnit:
    """The performance to be set for a unit in a period, or in one window of it; `basis` says what it rests on."""

    unit_id: int
    period_id: int
    window_id: int | None
    rating: OrganizationRating
    basis: str = ""
    version: int | None = None


def set_organization_performance(ctx: Context, given: PerformanceOfUnit) -> OrganizationPerformance:
    """Set a unit's performance, or set it again while no evaluation that used it is final."""
    with unit_of_work(ctx) as work:
        unit = fetch(WorkUnit, given.unit_id, ctx, "input", "unitId")
        require(ctx, "appraisal.set_organization_performance", unit, "input", "unitId")
        span = span_for(ctx, given.period_id, given.window_id, "input")
        require_open(span.period, "input", "periodId")
        values = {
            "rating": given.rating,
            "basis": given.basis.strip(),
            "set_by": ctx.actor.employee_id,
            "set_on": ctx.today,
        }
        existing = performance_of(unit.id, span)
        if existing is None:
            with made_once(work, "input", "unitId"):
                row = work.create(
                    OrganizationPerformance,
                    unit=unit,
                    period=span.period,
                    window=span.window,
                    window_number=span.number,
                    **values,
                )
        else:
            _require_unused(existing, unit)
            row = work.update(existing, given.version, **values)
        work.emit(
            "appraisal.organization_performance_set",
            {
                "organization_performance_id": row.id,
                "unit_id": unit.id,
                "period_id": span.period.id,
                "window_id": span.window_id,
                "rating": row.rating,
            },
        )
        return row


def performance_of(unit_id: int, span: Span) -> OrganizationPerformance | None:
    """Return the performance set for the unit in exactly this span, None where it is not set."""
    found: OrganizationPerformance | None = OrganizationPerformance.get_or_none(
        (OrganizationPerformance.unit == unit_id)
        & (OrganizationPerformance.period == span.period.id)
        & (OrganizationPerformance.window_number == span.number)
    )
    return found


def performance_missing(unit: WorkUnit, span: Span, *path: str | int) -> Refused:
    """Return the refusal of a step that comes before the unit's performance is set."""
    return refuse(
        "ORGANIZATION_PERFORMANCE_MISSING",
        N_(
            "The performance of {unit} in {span} is not set, and it comes before the predicate. "
            "Let the leader one level above the unit set it first."
        ),
        *path,
        unit=unit.name,
        span=span.name,
    )


def _require_unused(performance: OrganizationPerformance, unit: WorkUnit) -> None:
    used = (
        Evaluation.select()
        .where(
            (Evaluation.organization_performance == performance.id)
            & Evaluation.state.not_in((EvaluationState.DRAFT, EvaluationState.RATED))
        )
        .count()
    )
    if used:
        raise refuse(
            "ORGANIZATION_PERFORMANCE_IN_USE",
            N_("{count} final evaluations rest on the performance of {unit}. Re-open them first, then set it again."),
            "input",
            "rating",
            count=used,
            unit=unit.name,
        )
