"""From when to when a fact is measured, and which value becomes progress on which day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from core.errors import Problem
from core.i18n import N_
from core.planning.rules.content import MOST_DECIMALS, amount_problem
from core.planning.terms import MeasuringPattern

LONGEST_COMMENT = 5_000


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last


def span_within(window: Span, plan: Span, today: date) -> Span | None:
    """Return the part of an evaluation window in which the plan ran until `today`, None where there is none."""
    part = Span(max(window.first, plan.first), min(window.last, plan.last, today))
    return part if part.first <= part.last else None


def latest_span(windows: Iterable[Span], plan: Span, today: date) -> Span | None:
    """Return the part of the latest window that has begun, None where no window has begun within the plan."""
    parts = (span_within(window, plan, today) for window in windows)
    return max((part for part in parts if part is not None), key=lambda part: part.first, default=None)


def span_problems(span: Span, plan: Span, today: date) -> list[Problem]:
    """Say why a fact cannot be measured over these days."""
    if span.last < span.first:
        text = N_("The last day lies before the first. Correct one of them.")
        return [Problem("DATES_REVERSED", text, ("endsOn",))]
    if span.last > today:
        text = N_("{day} is still to come. Give a date up to {today}.")
        return [Problem("DATE_IN_FUTURE", text, ("endsOn",), {"day": span.last, "today": today})]
    outside = [(day, name) for day, name in ((span.first, "startsOn"), (span.last, "endsOn")) if not _within(day, plan)]
    text = N_("{day} lies outside the plan, which runs from {first} to {last}. Give a date in that span.")
    return [
        Problem("DATE_OUTSIDE_PLAN", text, (name,), {"day": day, "first": plan.first, "last": plan.last})
        for day, name in outside[:1]
    ]


def _within(day: date, span: Span) -> bool:
    return span.first <= day <= span.last


def kept_value(value: Any) -> Decimal | None:
    """Return a measured value as it is kept, rounded half up, None where it is no number that can be kept."""
    if not isinstance(value, Decimal) or not value.is_finite() or abs(value) >= Decimal(10) ** 15:
        return None
    rounded = value.quantize(Decimal(1).scaleb(-MOST_DECIMALS), ROUND_HALF_UP)
    return rounded if amount_problem(rounded, ()) is None else None


def day_of_progress(span: Span, pattern: MeasuringPattern, release_on: date | None) -> date:
    """Return the day under which an accepted value is recorded: the last one, or that of its publication."""
    if pattern is MeasuringPattern.RELEASE and release_on is not None:
        return max(span.last, release_on)
    return span.last


def counted_twice(span: Span, pattern: MeasuringPattern, accepted: Iterable[Span]) -> Span | None:
    """Return the accepted span whose cases an accepted count would add once more, None where there is none."""
    if pattern is not MeasuringPattern.COUNT:
        return None
    return next((other for other in accepted if span.overlaps(other)), None)


def comment_problems(comment: str, *, is_required: bool) -> list[Problem]:
    """Say why a comment on a decision cannot be kept."""
    if is_required and not comment.strip():
        text = N_("No comment is given. Say why the value is rejected; the employee reads it.")
        return [Problem("COMMENT_MISSING", text, ("comment",))]
    if len(comment) > LONGEST_COMMENT:
        text = N_("The comment has {length} characters, {limit} are allowed. Shorten it.")
        return [Problem("COMMENT_TOO_LONG", text, ("comment",), {"length": len(comment), "limit": LONGEST_COMMENT})]
    return []
