"""The start page of one person: own facts and tasks, the state of its units, the system's for those who run it."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from admin.dashboard.cards import STATE_CARDS, health_of, plugin_cards
from admin.dashboard.charts import CHARTS, Cell, late_url
from admin.dashboard.duties import TITLES, own_tasks
from admin.dashboard.links import list_url
from admin.dashboard.pictures import source_urls
from admin.dashboard.scope import Choice, read_choice
from admin.overview import own_facts
from core.charts.words import number_text
from core.context import Context
from core.i18n import translate
from core.organisation.models import WorkUnit
from core.overview.services import UnitCounts, UnitStanding, unit_standing
from core.overview.terms import DutyKind
from core.planning.terms import PlanState


@dataclass(frozen=True)
class UnitRow:
    """A unit below in the table of units; the figures are of it and all below it."""

    name: str
    url: str
    people: Cell
    plans: Cell
    approved: Cell
    late: Cell


def start_page(ctx: Context, args: Any) -> dict[str, Any]:
    """Return what the template of the start page shows."""
    choice = read_choice(ctx, args)
    tasks, task_count = own_tasks(ctx)
    board = _board(ctx, choice) if choice else {}
    return {
        "facts": own_facts(ctx),
        "tasks": tasks,
        "task_count": task_count,
        "choice": choice,
        "state_cards": [card for card in (make(ctx) for make in STATE_CARDS) if card is not None],
        "health": health_of(ctx),
        "cards": plugin_cards(ctx),
        **board,
    }


def late_cells(choice: Choice, counts: UnitCounts, **more: Any) -> list[tuple[str, Cell]]:
    """Return each kind of what is owed with its number and the list behind it."""
    return [
        (
            translate(TITLES[kind]),
            Cell(number_text(counts.duties[kind]), counts.duties[kind], late_url(choice, kind=kind, **more)),
        )
        for kind in DutyKind
    ]


def _board(ctx: Context, choice: Choice) -> dict[str, Any]:
    standing = unit_standing(ctx, choice.board)
    charts = [make(ctx, choice, standing) for make in CHARTS.values()]
    base = url_for("admin.index").rstrip("/") + "/charts"
    return {
        "charts": [(chart, source_urls(chart, choice.query(), base)) for chart in charts],
        "late": late_cells(choice, standing.total),
        "late_url": late_url(choice),
        "late_total": standing.total.duties.total(),
        "units_below": _units(choice, standing),
        "windows": _windows(choice, standing),
    }


def _windows(choice: Choice, standing: UnitStanding) -> list[tuple[str, str]]:
    """Return the other spans that have predicates, each with the address that shows it."""
    numbers = {number for (number, _), count in standing.total.predicates.items() if count}
    if choice.window_number is not None:
        numbers.add(choice.window_number)
    names = {0: ""} | {window.number: window.name for window in choice.windows}
    return [(names[number], choice.query(window=number)) for number in sorted(numbers) if number in names]


def _units(choice: Choice, standing: UnitStanding) -> list[UnitRow]:
    names = {unit.id: unit for unit in choice.units}
    rows = [_unit_row(choice, names[counts.unit_id], counts) for counts in standing.children if counts.unit_id in names]
    return sorted(rows, key=lambda row: row.name)


def _unit_row(choice: Choice, unit: WorkUnit, counts: UnitCounts) -> UnitRow:
    scope = {"period__is": choice.period.id, "unit__within": unit.id}
    plans, approved = counts.plans.total(), counts.plans[PlanState.APPROVED]
    late = counts.duties.total()
    return UnitRow(
        unit.name,
        f"?{choice.query(unit=unit.id)}",
        Cell(number_text(counts.head_count), counts.head_count),
        Cell(number_text(plans), plans, list_url("plan", **scope)),
        Cell(number_text(approved), approved, list_url("plan", **scope, state__is=PlanState.APPROVED)),
        Cell(number_text(late), late, late_url(choice, unit=unit.id)),
    )
