"""The charts of the start page: the same figures as a picture, a table and a file, each with the list behind it.

All that is counted are rows that the person sees; so no group is withheld here, and each number is that of its list.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel.dates import format_date

from admin.dashboard.links import list_url
from admin.dashboard.scope import Choice
from admin.show import NOTHING, filled, term
from core.appraisal.models import OrganizationPerformance
from core.appraisal.terms import EvaluationKind, Predicate
from core.charts.bands import Band, distribution_bands, predicate_labels
from core.charts.spec import Mark, Picture
from core.charts.terms import ChartKind
from core.charts.words import number_text, predicate_label
from core.context import Context
from core.i18n import N_, language, translate
from core.overview.months import month_counts
from core.overview.services import UnitStanding, unit_standing
from core.overview.terms import DutyKind
from core.planning.terms import PlanState
from core.policy import as_condition, visible

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Cell:
    """A figure of a table: what is written, the number itself (None: a text), and the list that it counts."""

    text: str
    value: Any = None
    link: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart: its headings and rows, the picture's marks and bands, and the list of all that it counts."""

    name: str
    title: str
    kind: ChartKind
    headings: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    marks: Sequence[Mark]
    link: str = ""
    note: str = ""
    bands: Sequence[Band] = ()
    series: str | None = None
    value_title: str = ""
    empty: str = ""

    @property
    def has_figures(self) -> bool:
        """Whether there is anything to draw."""
        return any(mark.value for mark in self.marks)

    def picture(self, *, narrow: bool = False) -> Picture:
        """Return what is drawn; `narrow` fits a phone."""
        lying = self.kind in {ChartKind.BAR, ChartKind.SHARE}
        return Picture(
            kind=self.kind,
            title="" if narrow else self.title,
            note="" if narrow else self.note,
            category=self.headings[0],
            series=self.series,
            value=self.value_title,
            width=(190 if lying else 290) if narrow else 520,
            height=240 if narrow else 260,
            marks=self.marks,
            bands=self.bands,
        )


def plans_chart(ctx: Context, choice: Choice, standing: UnitStanding | None = None) -> Chart:
    """Return the plans by state."""
    counts = (standing or unit_standing(ctx, choice.board, {"plans"})).total.plans
    scope = {"period__is": choice.period.id, "unit__within": choice.unit.id}
    title, number = translate(N_("Plans by state")), translate(N_("Plans"))
    return Chart(
        name="plans",
        title=title,
        kind=ChartKind.BAR,
        headings=(translate(N_("State")), number),
        rows=[
            (
                Cell(_first_upper(term(state))),
                Cell(number_text(counts[state]), counts[state], list_url("plan", **scope, state__is=state)),
            )
            for state in PlanState
        ],
        marks=[Mark(_first_upper(term(state)), "", counts[state], number_text(counts[state])) for state in PlanState],
        link=list_url("plan", **scope),
        value_title=number,
        empty=translate(N_("There are no plans yet. They appear here once people draft theirs.")),
    )


def predicates_chart(ctx: Context, choice: Choice, standing: UnitStanding | None = None) -> Chart:
    """Return the evaluations by predicate, beside the shares that fit the unit's performance."""
    tallies = (standing or unit_standing(ctx, choice.board, {"predicates"})).total.predicates
    number = window_shown(choice, tallies)
    counts = {predicate: tallies[number, predicate] for predicate in Predicate}
    total = sum(counts.values())
    shares = {predicate: _share(count, total) for predicate, count in counts.items()}
    scope: dict[str, Any] = {"period__is": choice.period.id, "unit__within": choice.unit.id}
    window = next((one for one in choice.windows if one.number == number), None)
    scope |= {"window__is": window.id} if window else {"kind__is": EvaluationKind.ANNUAL}
    bands, note = _bands(ctx, choice, number, (window or choice.period).ends_on)
    spans = {band.category: band.label for band in bands}
    name = window.name if window else translate(N_("annual"))
    words = translate(N_("Evaluations"))
    labels = dict(zip(Predicate, predicate_labels(), strict=True))
    return Chart(
        name="predicates",
        title=filled(N_("Evaluations by predicate: {span}"), span=name),
        kind=ChartKind.SHARE,
        headings=(translate(N_("Predicate")), words, translate(N_("Share")), translate(N_("Pattern"))),
        rows=[
            (
                Cell(labels[predicate]),
                Cell(number_text(count), count, list_url("evaluation", **scope, predicate__is=predicate)),
                Cell(f"{number_text(shares[predicate])} %", shares[predicate]),
                Cell(spans.get(predicate_label(predicate), NOTHING)),
            )
            for predicate, count in counts.items()
        ],
        marks=[
            Mark(labels[predicate], "", shares[predicate], f"{number_text(count)} ({number_text(shares[predicate])} %)")
            for predicate, count in counts.items()
        ],
        link=list_url("evaluation", **scope, predicate__empty=0),
        note=note,
        bands=bands if total else (),
        value_title=translate(N_("Share in percent")),
        empty=translate(N_("There are no predicates yet. They appear here once evaluations are final.")),
    )


def months_chart(ctx: Context, choice: Choice, _standing: UnitStanding | None = None) -> Chart:
    """Return the plans reported on in each month that is over, beside those that were to be reported on."""
    counts = month_counts(ctx, choice.board)
    due, done, missing = translate(N_("Expected")), translate(N_("Reported")), translate(N_("Not reported"))
    marks: list[Mark] = []
    rows = []
    for month in counts:
        label = format_date(month.span.first, "LLL", locale=language.get())
        is_last = month is counts[-1]
        marks += [
            Mark(label, due, month.expected, number_text(month.expected), is_last),
            Mark(label, done, month.reported, number_text(month.reported), is_last),
        ]
        rows.append(
            (
                Cell(format_date(month.span.first, "LLLL yyyy", locale=language.get())),
                Cell(number_text(month.expected), month.expected),
                Cell(number_text(month.reported), month.reported),
                Cell(
                    number_text(month.missing),
                    month.missing,
                    late_url(choice, kind=DutyKind.PROGRESS, month=f"{month.span.first:%Y-%m}"),
                ),
            )
        )
    return Chart(
        name="months",
        title=translate(N_("Progress over the year")),
        kind=ChartKind.LINE,
        headings=(translate(N_("Month")), due, done, missing),
        rows=rows,
        marks=marks,
        link=late_url(choice, kind=DutyKind.PROGRESS),
        series=translate(N_("Plans")),
        value_title=translate(N_("Plans")),
        empty=translate(N_("No month with plans that are set is over yet.")),
    )


CHARTS: dict[str, Callable[..., Chart]] = {
    "plans": plans_chart,
    "months": months_chart,
    "predicates": predicates_chart,
}
"""The charts by the name in their addresses, in the order of the page."""


def late_url(choice: Choice, **more: Any) -> str:
    """Return the list of who is late in the unit and period of a choice."""
    named = {name: getattr(value, "value", value) for name, value in more.items()}
    return f"{list_url('late')}?{choice.query(**({'window': None} | named))}"


def window_shown(choice: Choice, tallies: Any) -> int:
    """Return the chosen window's number; without a choice the annual evaluation, or the last window with predicates."""
    if choice.window_number is not None:
        return choice.window_number
    numbers = {number for (number, _), count in tallies.items() if count}
    return 0 if 0 in numbers or not numbers else max(numbers)


def _bands(ctx: Context, choice: Choice, number: int, day: Any) -> tuple[list[Band], str]:
    rating = (
        OrganizationPerformance.select(OrganizationPerformance.rating)
        .where(
            (OrganizationPerformance.unit == choice.unit.id)
            & (OrganizationPerformance.period == choice.period.id)
            & (OrganizationPerformance.window_number == number)
            & as_condition(visible(ctx.actor, OrganizationPerformance))
        )
        .scalar()
    )
    if rating is None:
        return [], translate(N_("The performance of this unit is not set, so that no pattern applies yet."))
    bands, note = distribution_bands(day, rating)
    performance = filled(N_("Performance of the unit: {rating}"), rating=term(rating))
    return bands, f"{performance}; {note}" if note else performance


def _share(count: int, total: int) -> Decimal:
    return (Decimal(100 * count) / total).quantize(_CENT, ROUND_HALF_UP) if total else Decimal(0)


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
