"""What the content of a plan may be: always, and when it is submitted (PermenPANRB 6/2022, domain §1.2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.errors import Problem
from core.i18n import N_
from core.planning.content import IndicatorContent, PlanContent, WorkResultContent
from core.planning.terms import MeasuringPattern, PlanApproach, WorkResultKind

MOST_DIGITS = 15
MOST_DECIMALS = 4

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Frame:
    """What a plan's content is measured against; a template has no days yet."""

    approach: PlanApproach
    is_executive: bool | None = None
    releases_from: date | None = None
    releases_to: date | None = None


def content_problems(content: PlanContent, frame: Frame) -> list[Problem]:
    """Return what may never stand in a plan, not even in a draft."""
    return [
        problem
        for number, result in enumerate(content.work_results or ())
        for problem in _result_problems(result, frame, ("workResults", number))
    ]


def completeness_problems(content: PlanContent, frame: Frame) -> list[Problem]:
    """Return what a plan lacks before it can be submitted."""
    results = content.work_results or ()
    if not results:
        return [
            Problem(
                "NO_WORK_RESULTS",
                N_("The plan has no work results. Add at least one before you submit it."),
                ("workResults",),
            )
        ]
    return [
        problem for number, result in enumerate(results) for problem in _missing(result, frame, ("workResults", number))
    ]


def warnings(content: PlanContent) -> list[Problem]:
    """Return what deserves a second look but is allowed: only additional results mean that no main task exists."""
    results = content.work_results or ()
    if results and all(result.kind is WorkResultKind.ADDITIONAL for result in results):
        return [
            Problem(
                "ONLY_ADDITIONAL",
                N_("All work results are additional, so that no main task is planned. Add a main work result."),
                ("workResults",),
            )
        ]
    return []


def _result_problems(result: WorkResultContent, frame: Frame, path: Path) -> Iterator[Problem]:
    if not result.statement.strip():
        yield Problem("EMPTY", N_("The statement is empty. Say which result is expected."), (*path, "statement"))
    if result.perspective is not None and frame.is_executive is False:
        yield Problem(
            "PERSPECTIVE_NOT_ALLOWED",
            N_("Only senior executives group results by perspective. Leave the perspective out."),
            (*path, "perspective"),
        )
    for number, indicator in enumerate(result.indicators):
        yield from _indicator_problems(indicator, frame, (*path, "indicators", number))


def _indicator_problems(indicator: IndicatorContent, frame: Frame, path: Path) -> Iterator[Problem]:
    if not indicator.statement.strip():
        yield Problem("EMPTY", N_("The statement is empty. Say what is measured."), (*path, "statement"))
    faulty = False
    for name, amount in (("targetMin", indicator.target_min), ("targetMax", indicator.target_max)):
        problem = amount_problem(amount, (*path, name))
        if problem is not None:
            faulty = True
            yield problem
    if not faulty:
        yield from _target_problems(indicator, path)
    yield from _release_problems(indicator, frame, path)


def _target_problems(indicator: IndicatorContent, path: Path) -> Iterator[Problem]:
    low, high = indicator.target_min, indicator.target_max
    if (low is None) is not (high is None):
        yield Problem(
            "TARGET_HALF_GIVEN",
            N_("A target has a lower and an upper bound. Give both; for a single value give it twice."),
            (*path, "targetMin" if low is None else "targetMax"),
        )
    if low is not None and high is not None and low > high:
        yield Problem(
            "TARGET_REVERSED",
            N_("The lower bound {low} is greater than the upper bound {high}. Exchange them."),
            (*path, "targetMin"),
            {"low": low, "high": high},
        )


def _release_problems(indicator: IndicatorContent, frame: Frame, path: Path) -> Iterator[Problem]:
    day = indicator.release_on
    if indicator.pattern is not MeasuringPattern.RELEASE:
        if day is not None:
            yield Problem(
                "RELEASE_NOT_EXPECTED",
                N_("Only an indicator of the pattern RELEASE has a release date. Leave it out or change the pattern."),
                (*path, "releaseOn"),
            )
        return
    if day is None:
        # A template is made before the year is known; its plans are asked for the day.
        if frame.releases_from is not None:
            yield Problem(
                "RELEASE_DATE_MISSING",
                N_("An indicator of the pattern RELEASE needs the day on which its value is published. Give it."),
                (*path, "releaseOn"),
            )
    elif frame.releases_from and frame.releases_to and not frame.releases_from <= day <= frame.releases_to:
        yield Problem(
            "RELEASE_OUTSIDE_PERIOD",
            N_("The release on {day} comes too early or too late. Give a day from {first} to {last}."),
            (*path, "releaseOn"),
            {"day": day, "first": frame.releases_from, "last": frame.releases_to},
        )


def amount_problem(amount: Decimal | None, path: Path) -> Problem | None:
    """Return why an amount cannot be kept exactly, None where it can."""
    if amount is None:
        return None
    if not amount.is_finite():
        return Problem("AMOUNT_INVALID", N_("This is not a number. Give a number such as 12.5."), path)
    plain = amount.normalize()
    exponent = int(plain.as_tuple().exponent)
    whole_digits = len(plain.as_tuple().digits) + max(exponent, 0)
    if -exponent > MOST_DECIMALS or max(whole_digits, -exponent) > MOST_DIGITS:
        limits: Mapping[str, Any] = {"digits": MOST_DIGITS, "decimals": MOST_DECIMALS}
        return Problem(
            "AMOUNT_TOO_PRECISE",
            N_("A number has {digits} digits at most, {decimals} of them after the point. Round it."),
            path,
            dict(limits),
        )
    return None


def _missing(result: WorkResultContent, frame: Frame, path: Path) -> Iterator[Problem]:
    if frame.is_executive and result.perspective is None:
        yield Problem(
            "PERSPECTIVE_MISSING",
            N_("A senior executive's results stand under one of the four perspectives. Choose one."),
            (*path, "perspective"),
        )
    if frame.approach is PlanApproach.QUALITATIVE:
        if not result.success_measure.strip():
            yield Problem(
                "SUCCESS_MEASURE_MISSING",
                N_("A qualitative plan says for each result what success is. Describe it."),
                (*path, "successMeasure"),
            )
        return
    if not result.indicators:
        yield Problem(
            "INDICATOR_MISSING",
            N_("A quantitative plan measures each result. Add an indicator with a target."),
            (*path, "indicators"),
        )
    for number, indicator in enumerate(result.indicators):
        if indicator.target_min is None or indicator.target_max is None:
            yield Problem(
                "TARGET_MISSING",
                N_("An indicator of a quantitative plan needs a target. Give its lower and upper bound."),
                (*path, "indicators", number, "targetMin"),
            )
