"""Facts of queues, about units and about the people who served, each with the query that shows its cases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Literal

from core.plugin_api import N_, Context, FactDefinition, FactValue
from plugins.queueing.reading.metrics import QueueFigures, queue_figures

_QUERY = """query Figures($from: Date!, $to: Date!, $id: ID!) {{
  queueMetrics(from: $from, to: $to, {argument}: $id) {{
    {fields}
  }}
}}"""


@dataclass(frozen=True)
class _Fact:
    """A figure as a fact: its name, marked title and unit of measure, its value, and how many cases it rests on."""

    name: str
    title: str
    unit: str
    field: str
    cases_field: str
    value: Callable[[QueueFigures], Decimal | None]
    cases: Callable[[QueueFigures], int]


def _waits(figures: QueueFigures) -> int:
    return figures.wait_cases


_FACTS = (
    _Fact(
        "wait_median_minutes", N_("Median wait in queues"), N_("minutes"), "waitMedian", "waitCases",
        lambda figures: figures.wait_median, _waits,
    ),
    _Fact(
        "wait_p90_minutes", N_("Wait in queues that nine in ten do not exceed"), N_("minutes"), "waitP90", "waitCases",
        lambda figures: figures.wait_p90, _waits,
    ),
    _Fact(
        "within_target_percent", N_("Waits in queues within the target"), "%", "withinTargetPercent", "waitCases",
        lambda figures: figures.within_target_percent, _waits,
    ),
    _Fact(
        "served_count", N_("People served in queues"), N_("people"), "served", "served",
        lambda figures: Decimal(figures.served), lambda figures: figures.served,
    ),
    _Fact(
        "abandonment_percent", N_("People who gave up waiting in queues"), "%", "abandonmentPercent", "arrivals",
        lambda figures: figures.abandonment_percent, lambda figures: figures.arrivals,
    ),
)  # fmt: skip

_OWN_TITLES = {
    "wait_median_minutes": N_("Median wait of those whom the employee served"),
    "wait_p90_minutes": N_("Wait that nine in ten of those whom the employee served do not exceed"),
    "within_target_percent": N_("Waits within the target of those whom the employee served"),
    "served_count": N_("People whom the employee served"),
}
"""Whoever gives up waiting does so at no counter: that is nobody's own figure."""

_ARGUMENTS = {"unit": ("unit_id", "unitId", "WorkUnit"), "employee": ("employee_id", "employeeId", "Employee")}


def _measure(
    fact: _Fact, about: Literal["unit", "employee"], ctx: Context, subject_id: int, start: date, end: date
) -> FactValue | None:
    keyword, argument, type_name = _ARGUMENTS[about]
    only: dict[str, Any] = {keyword: subject_id}
    (figures,) = queue_figures(ctx, first=start, last=end, **only)
    value, cases = fact.value(figures), fact.cases(figures)
    if value is None or not cases:
        return None
    fields = " ".join(dict.fromkeys((fact.cases_field, fact.field)))
    evidence = {
        "window": {"from": start.isoformat(), "to": end.isoformat()},
        "cases": cases,
        "cases_are": fact.cases_field,
        "query": _QUERY.format(argument=argument, fields=fields),
        "variables": {"from": start.isoformat(), "to": end.isoformat(), "id": f"{type_name}:{subject_id}"},
    }
    return FactValue(value, cases, evidence)


def _definition(fact: _Fact, about: Literal["unit", "employee"]) -> FactDefinition:
    if about == "unit":
        return FactDefinition(f"queueing.{fact.name}", fact.title, fact.unit, about, partial(_measure, fact, about))
    title = _OWN_TITLES[fact.name]
    return FactDefinition(f"queueing.own_{fact.name}", title, fact.unit, about, partial(_measure, fact, about))


FACTS = [
    *(_definition(fact, "unit") for fact in _FACTS),
    *(_definition(fact, "employee") for fact in _FACTS if fact.name in _OWN_TITLES),
]
"""The facts of the plugin; those of employees begin with `own_`, since one name has one subject."""
