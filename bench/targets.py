"""What is asked for, as data: each target is met or missed by a run, and printed so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Figures = Mapping[str, Any]
"""Every figure of a run by name; rates under `rate <server> <read> <role>`, in requests a second."""


@dataclass(frozen=True)
class Target:
    """A bound that a figure keeps; `figure` returns None where the run could not measure it."""

    name: str
    bound: float
    at_least: bool
    figure: Callable[[Figures], float | None]
    unit: str = "×"

    def is_met(self, value: float) -> bool:
        """Whether a value keeps the bound."""
        return value >= self.bound if self.at_least else value <= self.bound


def _ratio(read: str, other: str) -> Callable[[Figures], float | None]:
    """Return this API's rate by that of another server; the worse of both roles counts."""

    def figure(figures: Figures) -> float | None:
        ratios = []
        for role in ("officer", "head"):
            mine = figures.get(f"rate kinerja {read} {role}")
            theirs = figures.get(f"rate {other} {read} {role}", figures.get(f"rate {other} {read} all"))
            if mine and theirs:
                ratios.append(mine / theirs)
        return min(ratios, default=None)

    return figure


def _plain(name: str) -> Callable[[Figures], float | None]:
    return lambda figures: figures.get(name)


def _quotient(above: str, below: str) -> Callable[[Figures], float | None]:
    return lambda figures: figures[above] / figures[below] if figures.get(above) and figures.get(below) else None


def _seconds(kind: str) -> Callable[[Figures], float | None]:
    name = f"day_{kind}_shown_p99_ms"
    return lambda figures: figures[name] / 1000 if name in figures else None


def _wrong_in_days(figures: Figures) -> float | None:
    names = [name for name in figures if name.startswith("day_") and name.endswith(("_lost", "_double"))]
    return float(sum(figures[name] for name in names)) if names else None


def _growth(figures: Figures) -> float | None:
    """Return how much longer (b) takes in the large institution; the worse of both roles counts."""
    found = [
        figures[f"rate kinerja b {role}"] / figures[f"rate kinerja-large b {role}"]
        for role in ("officer", "head")
        if figures.get(f"rate kinerja-large b {role}")
    ]
    return max(found, default=None)


TARGETS: tuple[Target, ...] = (
    Target("(b) nested read, against strawberry-django", 30, True, _ratio("b", "strawberry-django")),
    Target("(b) nested read, against PostGraphile", 3, True, _ratio("b", "postgraphile")),
    Target("(b) nested read, against mercurius", 1.8, True, _ratio("b", "mercurius")),
    Target("(b) nested read, against the bare Flask view", 0.85, True, _ratio("b", "flask")),
    Target("(a) flat page, against strawberry-django", 12, True, _ratio("a", "strawberry-django")),
    Target("(a) flat page, against PostGraphile", 1.2, True, _ratio("a", "postgraphile")),
    Target("(a) flat page, against mercurius (as near as can be)", 1.0, True, _ratio("a", "mercurius")),
    Target("planning a new document", 5, False, _plain("planning_ms"), "ms CPU"),
    Target("growth of (b), 20 times the people", 1.3, False, _growth),
    Target("first page of 50,000 employees in the back office", 300, False, _plain("list_first_ms"), "ms"),
    Target("the same, with the session", 3, False, _plain("list_statements"), "statements"),
    Target("figures of a queue: a unit and a month of 5,000,000 events", 300, False, _plain("queue_metrics_ms"), "ms"),
    Target("a day of a queue on PostgreSQL: 50 displays show a call, p99", 1, False, _seconds("postgresql"), "s"),
    Target("the same on SQLite", 1, False, _seconds("sqlite"), "s"),
    Target("calls and numbers lost or double in these days", 0, False, _wrong_in_days, "of them"),
    Target("an eligibility run over 50,000 employees", 30, False, _plain("eligibility_postgresql_seconds"), "s"),
    Target("resident memory of a worker under load", 150, False, _plain("resident_mb"), "MB"),
    Target("mutations, against the stock path", 2, True, _quotient("stock_mutation_ms", "mutation_ms")),
)
