"""What is evaluated when: one window of a period, or the whole of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee as pw

from core.appraisal.terms import EvaluationKind
from core.context import Context
from core.errors import refuse, stale
from core.i18n import N_
from core.planning.models import EvaluationPeriod, EvaluationWindow, PerformancePlan
from core.planning.terms import PeriodState, PlanState
from core.policy import fetch
from core.work import UnitOfWork


@dataclass(frozen=True)
class Span:
    """A window of a period, or the whole period where `window` is None."""

    period: EvaluationPeriod
    window: EvaluationWindow | None = None

    @property
    def number(self) -> int:
        """The window's number, 0 for the whole period."""
        return self.window.number if self.window else 0

    @property
    def window_id(self) -> int | None:
        """The window's key, None for the whole period."""
        return self.window.id if self.window else None

    @property
    def kind(self) -> EvaluationKind:
        """The kind of evaluation made for this span."""
        return EvaluationKind.PERIODIC if self.window else EvaluationKind.ANNUAL

    @property
    def starts_on(self) -> date:
        """The first day."""
        return (self.window or self.period).starts_on

    @property
    def ends_on(self) -> date:
        """The last day: the law in force on it is the law that applies."""
        return (self.window or self.period).ends_on

    @property
    def name(self) -> str:
        """The name people know it by."""
        return self.window.name if self.window else self.period.name


def span_for(ctx: Context, period_id: int, window_id: int | None, *prefix: str | int) -> Span:
    """Return the span of a period and one of its windows; refuse a window of another period."""
    period = fetch(EvaluationPeriod, period_id, ctx, *prefix, "periodId")
    if window_id is None:
        return Span(period)
    window = fetch(EvaluationWindow, window_id, ctx, *prefix, "windowId")
    if window.period_id != period.id:
        raise refuse(
            "WINDOW_OF_ANOTHER_PERIOD",
            N_("{window} is no part of the period {period}. Choose one of its own windows."),
            *prefix,
            "windowId",
            window=window.name,
            period=period.name,
        )
    return Span(period, window)


def require_open(period: EvaluationPeriod, *path: str | int) -> None:
    """Refuse at `path` unless the period takes changes."""
    if period.state is not PeriodState.OPEN:
        raise refuse(
            "PERIOD_NOT_OPEN",
            N_("The period {period} is not open. Let your HR office open it, or choose another period."),
            *path,
            period=period.name,
        )


@contextmanager
def made_once(work: UnitOfWork, *path: str | int) -> Iterator[None]:
    """Make a row that exists once only; refuse as stale where somebody was faster by a moment."""
    try:
        with work.attempt():
            yield
    except pw.IntegrityError:
        raise stale(*path) from None


def is_in_effect(t: Any) -> Any:
    """Return where a plan is or was approved: a revision under way does not take a plan out of evaluation."""
    return t.state.in_((PlanState.APPROVED, PlanState.ENDED)) | (t.revision > 0)


def plan_is_in_effect(plan: PerformancePlan) -> bool:
    """Whether a plan is or was approved."""
    return plan.state in {PlanState.APPROVED, PlanState.ENDED} or plan.revision > 0


def overlaps(t: Any, span: Span) -> Any:
    """Return where a plan holds on some day of the span."""
    return (t.starts_on <= span.ends_on) & (t.ends_on >= span.starts_on)
