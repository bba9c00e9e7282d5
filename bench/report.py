"""Prints what a run found, and writes it as JSON and into docs/performance.md."""

import json
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.servers import ROOT
from bench.targets import TARGETS

DOCUMENT = ROOT / "docs" / "performance.md"
RESULTS = ROOT / "bench" / "results.json"
_BEGIN, _END = "<!-- results: begin -->", "<!-- results: end -->"
_COLUMNS = (("a", "officer"), ("a", "head"), ("b", "officer"), ("b", "head"))
_NAMES = {"a": "(a) flat", "b": "(b) nested"}

Rows = Sequence[Sequence[str]]


def machine() -> dict[str, Any]:
    """Return what the figures were taken on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    processor = next(
        (line.partition(":")[2].strip() for line in lines if "model name" in line),
        platform.machine(),
    )
    return {"python": platform.python_version(), "processor": processor, "system": platform.platform(terse=True)}


def rates(results: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Return the head and the rows of the table of rates: requests a second, spread, ratio to this API."""
    figures, spreads = results["figures"], results["spreads"]
    head = [
        "requests/s, one process",
        *(f"{_NAMES[read]}, {role}" for read, role in _COLUMNS),
        "(a) to it",
        "(b) to it",
    ]
    rows = []
    for server in results["servers"]:
        row = [server["title"]]
        for read, role in _COLUMNS:
            name = _rate(server["name"], read, role, figures)
            row.append(f"{figures[name]:,.0f} ±{spreads[name] / 2:.0%}" if name else "")
        for read in ("a", "b"):
            name, own = _rate(server["name"], read, "officer", figures), f"rate kinerja {read} officer"
            row.append(f"{figures[own] / figures[name]:.2f}×" if name and own in figures else "")
        rows.append(row)
    return head, rows


def _rate(server: str, read: str, role: str, figures: Mapping[str, float]) -> str | None:
    return next((name for who in (role, "all") if (name := f"rate {server} {read} {who}") in figures), None)


def verdicts(figures: Mapping[str, Any]) -> list[list[str]]:
    """Return a row for each target: its bound, the figure, and whether it is met."""
    rows = []
    for target in TARGETS:
        value = target.figure(figures)
        bound = f"{'≥' if target.at_least else '≤'} {target.bound:g} {target.unit}"
        if value is None:
            rows.append([target.name, bound, "", "not measured"])
        else:
            rows.append([target.name, bound, f"{value:.2f} {target.unit}", "met" if target.is_met(value) else "missed"])
    return rows


def others(figures: Mapping[str, Any]) -> list[list[str]]:
    """Return the figures taken inside one process."""
    return [[name, f"{figures[key]:.2f} {unit}"] for name, key, unit in _OTHERS if key in figures]


_OTHERS = (
    ("(b) for the system, no policy", "system_ms", "ms"),
    ("(b) for one who may see everything", "institution_ms", "ms"),
    ("(b) for the HR officer", "officer_ms", "ms"),
    ("(b) for the head of a unit", "head_ms", "ms"),
    ("finding out who calls", "authenticate_ms", "ms"),
    ("(b), CPU of this process, a known document", "known_cpu_ms", "ms"),
    ("(b), CPU more for a document never seen", "planning_ms", "ms"),
    ("first read of a caller, with finding out who calls", "first_ms", "ms"),
    ("second read of the same caller", "second_ms", "ms"),
    ("a mutation", "mutation_ms", "ms"),
    ("the same by strawberry's own way", "stock_mutation_ms", "ms"),
    ("a mutation, CPU of this process", "mutation_cpu_ms", "ms"),
    ("the same by strawberry's own way, CPU", "stock_mutation_cpu_ms", "ms"),
    ("list of all employees in the back office, first page", "list_first_ms", "ms"),
    ("the same, two words searched", "list_search_ms", "ms"),
    ("the same, three filters", "list_filter_ms", "ms"),
    ("the same, ordered by a related row", "list_order_ms", "ms"),
    ("the same, its last page", "list_last_ms", "ms"),
    ("the same, first page, size", "list_kb", "kB"),
    ("figures of a queue, a unit and a month of 22,000 tickets, the slowest bucket", "queue_metrics_ms", "ms"),
    ("the same, without buckets", "queue_metrics_total_ms", "ms"),
    *(
        (f"{text}, {kind}", f"day_{kind.lower()}_{key}", unit)
        for kind in ("PostgreSQL", "SQLite")
        for text, key, unit in (
            ("a day of a queue: a display shows a call, median", "shown_p50_ms", "ms"),
            ("the same, p99", "shown_p99_ms", "ms"),
            ("the same: calls a second", "calls_per_second", ""),
            ("the same: requests a second", "requests_per_second", ""),
            ("the same: from the kill until all displays follow again", "away_seconds", "s"),
        )
    ),
    ("resident memory of the worker after the load", "resident_mb", "MB"),
)


def show(results: Mapping[str, Any], console: Console) -> None:
    """Print the tables."""
    head, rows = rates(results)
    table = Table(*head, title=results["about"])
    for row in rows:
        table.add_row(*row)
    console.print(table)
    inside = Table("inside one process, median", "", title="Where time goes")
    for row in others(results["figures"]):
        inside.add_row(*row)
    console.print(inside)
    targets = Table("target", "bound", "here", "", title="Targets of this build")
    for *cells, verdict in verdicts(results["figures"]):
        targets.add_row(*cells, f"[{'green' if verdict == 'met' else 'red'}]{verdict}[/]")
    console.print(targets)
    for note in results["notes"]:
        console.print(f"- {note}")


def keep(results: Mapping[str, Any], path: Path) -> None:
    """Write the results as JSON."""
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")


def write_document(results: Mapping[str, Any], path: Path = DOCUMENT) -> None:
    """Put the results between the marks of docs/performance.md."""
    head, rows = rates(results)
    here = results["machine"]
    parts = [
        f"{results['about']} {here['processor']}; Python {here['python']}; {here['postgresql']}.",
        _markdown(head, rows),
        _markdown(["inside one process, median", ""], others(results["figures"])),
        _markdown(["target", "bound", "here", ""], verdicts(results["figures"])),
        *(f"- {note}" for note in results["notes"]),
    ]
    text = path.read_text()
    before, rest = text.split(_BEGIN, 1)
    after = rest.split(_END, 1)[1]
    path.write_text(f"{before}{_BEGIN}\n\n" + "\n\n".join(parts) + f"\n\n{_END}{after}")


def _markdown(head: Sequence[str], rows: Rows) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines)
