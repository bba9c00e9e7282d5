"""Progress over the year: how many plans were to be reported on in each month of a period, and how many were."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import peewee as pw

from core.context import Context
from core.overview.duties import Board, of_board, running_in
from core.overview.rules import ReportingSpan
from core.planning.models import EvaluationPeriod, PerformancePlan
from core.policy import as_condition, visible
from core.progress.models import ProgressRecord


@dataclass(frozen=True)
class MonthCount:
    """A month of a period: the plans to be reported on in it, and those with a report from one of its days."""

    span: ReportingSpan
    expected: int
    reported: int

    @property
    def missing(self) -> int:
        """The plans without a report."""
        return self.expected - self.reported


def months_of(period: EvaluationPeriod, today: date) -> list[ReportingSpan]:
    """Return the full months of a period that are over, the first and last cut to the period."""
    spans: list[ReportingSpan] = []
    first = period.starts_on
    while first <= period.ends_on:
        last = min(first.replace(day=monthrange(first.year, first.month)[1]), period.ends_on)
        if last < today:
            spans.append(ReportingSpan(first, last))
        first = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return spans


def month_counts(ctx: Context, board: Board) -> list[MonthCount]:
    """Return the months that are over, in two statements."""
    spans = months_of(board.period, ctx.today)
    if not spans:
        return []
    plan = PerformancePlan.alias()
    wanted = _sums(ctx, board, plan, [(span, as_condition(True)) for span in spans], plan.select)
    record = ProgressRecord.alias()
    month, year = record.happened_on.month, record.happened_on.year
    reports = (
        record.select(record.plan.alias("plan_key"), year.alias("year_no"), month.alias("month_no"))
        .where(as_condition(visible(ctx.actor, record)))
        .where(record.happened_on.between(board.period.starts_on, board.period.ends_on))
        .distinct()
        .alias("reports")
    )
    cases = [
        (span, (reports.c.year_no == span.first.year) & (reports.c.month_no == span.first.month)) for span in spans
    ]
    done = _sums(
        ctx, board, plan, cases, lambda *columns: plan.select(*columns).join(reports, on=reports.c.plan_key == plan.id)
    )
    return [MonthCount(span, int(due or 0), int(had or 0)) for span, due, had in zip(spans, wanted, done, strict=True)]


def _sums(ctx: Context, board: Board, plan: Any, cases: Sequence[tuple[ReportingSpan, Any]], select: Any) -> Any:
    zone = ZoneInfo(ctx.settings.time_zone)
    columns = [pw.fn.SUM(pw.Case(None, [(running_in(plan, span, zone) & case, 1)], 0)) for span, case in cases]
    return select(*columns).where(of_board(ctx, plan, board)).tuples().get()
