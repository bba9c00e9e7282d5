"""Speed and scale of this build beside its peers: `make bench`.

Fills a database with an institution (kept for the next run), starts every server, drives them in turn in random order,
and prints the ratios of that one run beside the targets. docs/performance.md says how to read them.
"""

import argparse
import json
import os
import pickle
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from rich.console import Console

from bench import data, driver, measures, queue_day, report, rewards_eligibility, servers
from bench.capture import capture
from bench.lists import lists
from bench.queries import CURSORS, PAGE, Place, body, people, spread
from bench.queue_metrics import queue_metrics
from bench.servers import ROOT, Server
from core.app import create_app
from core.database import database
from core.settings import Settings, load_settings

FOLDER = ROOT / "var" / "bench"
ROLES = ("officer", "head")
READS = ("a", "b")
POSTGRESQL = os.environ.get("KINERJA_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")
_COMPARED = 5  # pages of which every server must give the same people


@dataclass(frozen=True)
class Scale:
    """How many people the run takes, and how many the institution has to which it is compared (0: to none)."""

    people: int
    large: int


SCALES = {"standard": Scale(50_000, 0), "million": Scale(50_000, 1_000_000), "small": Scale(5_000, 100_000)}


@dataclass(frozen=True)
class Cell:
    """One server, read and caller to be driven, with the file of bodies."""

    server: Server
    read: str
    role: str
    caller: str
    bodies: Path

    @property
    def name(self) -> str:
        """The figure's name."""
        return f"rate {self.server.name} {self.read} {self.role}"


def main() -> None:
    """Read the options, measure, print and keep."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--scale", choices=SCALES, default="standard", help="how many people (default: standard)")
    parser.add_argument("--rounds", type=int, default=4, help="turns of each server and read (default: 4)")
    parser.add_argument("--seconds", type=float, default=2, help="length of a turn (default: 2)")
    parser.add_argument("--only", default="", help="names of servers, separated by commas (default: all)")
    parser.add_argument("--write", action="store_true", help="write bench/results.json and docs/performance.md")
    options = parser.parse_args()
    console = Console()
    FOLDER.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    results = measure(SCALES[options.scale], options, console)
    with console.status("A day of a queue"):
        figures, notes = queue_day.days()
    with console.status("Who is eligible among 50,000 employees"):
        figures |= rewards_eligibility.eligibility()
    results["figures"] |= figures
    results["notes"] += notes
    results["minutes"] = round((time.monotonic() - begun) / 60, 1)
    report.show(results, console)
    report.keep(results, FOLDER / "results.json")
    if options.write:
        report.keep(results, report.RESULTS)
        report.write_document(results)


def measure(scale: Scale, options: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Measure everything and return it as JSON has it."""
    today = datetime.now(ZoneInfo("Asia/Jakarta")).date()
    with console.status(f"{scale.people:,} employees on PostgreSQL and SQLite"):
        name = "kinerja_bench" if scale.people == SCALES["standard"].people else "kinerja_bench_small"
        url = data.postgresql(POSTGRESQL, name, scale.people, today)
        sqlite = data.sqlite(FOLDER, scale.people, today)
    large = ""
    if scale.large:
        with console.status(f"{scale.large:,} employees on PostgreSQL"):
            large = data.postgresql(POSTGRESQL, f"kinerja_bench_{scale.large}", scale.large, today)
    notes: list[str] = []
    figures: dict[str, float] = {}
    spreads: dict[str, float] = {}
    with console.status("Inside one process"):
        places = alone(url, figures, notes)
    with console.status("Figures of queues"):
        figures |= queue_metrics(POSTGRESQL)
    wanted = chosen(url, sqlite, large, options.only, notes)
    with servers.running(wanted, FOLDER / "logs") as started, console.status("Starting") as status:
        notes += [f"{one.title} did not start: {one.notes['fault']}" for one in wanted if one not in started]
        notes += differences(started, places["officer"])
        cells = list(all_cells(started, places))
        taken: dict[str, list[float]] = {cell.name: [] for cell in cells}
        for number in range(options.rounds + 1):
            status.update(f"Round {number} of {options.rounds}" if number else "Warming up")
            for cell in random.sample(cells, len(cells)):
                seconds = options.seconds if number else 1
                figure = drive(cell, seconds)
                if number:
                    taken[cell.name].append(figure.per_second)
                    status.update(f"Round {number} of {options.rounds}: {cell.name} {figure.per_second:,.0f}")
        for cell_name, values in taken.items():
            figures[cell_name] = statistics.median(values)
            spreads[cell_name] = (max(values) - min(values)) / figures[cell_name]
        own = next((one for one in started if one.name == "kinerja"), None)
        if own:
            figures["resident_mb"] = own.resident_mb()
        listed = [{"name": one.name, "title": one.title, "checks_policy": one.checks_policy} for one in started]
    about = (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {scale.people:,} employees, {options.rounds} rounds of "
        f"{options.seconds:g} s, {driver.CONNECTIONS} connections, "
        f"driven by {'wrk' if driver.has_wrk() else 'bench.driver'}."
    )
    return {
        "about": about,
        "machine": {**report.machine(), "postgresql": postgresql_version(), "cores": os.cpu_count()},
        "servers": listed,
        "figures": figures,
        "spreads": spreads,
        "notes": notes,
    }


def drive(cell: Cell, seconds: float) -> driver.Figure:
    """Drive one cell; raise RuntimeError that names it when an answer is no good."""
    token = data.token_of(cell.caller)
    try:
        return driver.drive(cell.server.port, "/graphql", token, cell.bodies, seconds, random.randrange(1_000))
    except RuntimeError as error:
        raise RuntimeError(f"{cell.server.title} ({cell.read}) for {cell.role}: {error}") from None


def alone(url: str, figures: dict[str, float], notes: list[str]) -> dict[str, list[Place]]:
    """Measure what needs no server; return where pages begin, and keep the planned statements for the bare views."""
    settings = settings_for(url)
    with application(settings) as client:
        places = {role: places_of(client, role) for role in ROLES}
        captured = {
            (role, read): found
            for role in ROLES
            for read in READS
            if (found := capture(client, url, role, read, places[role])) is not None
        }
        (FOLDER / "captured.pickle").write_bytes(pickle.dumps(captured))
        if len(captured) < len(ROLES) * len(READS):
            notes.append("The bare views are left out: this build answers a read with more than one statement.")
    with measures.inside(settings) as inner:
        figures |= measures.authorisation(inner, places["officer"])
        figures |= measures.planning(inner, places["officer"])
        figures |= measures.first_sight(inner, places["officer"])
        figures |= measures.mutations(inner)
    with application(settings) as client:
        figures |= lists(client.application)
    return places


def settings_for(url: str) -> Settings:
    """Return this API's settings for a database, the same as its server's."""
    return load_settings(servers.own_settings(url, FOLDER / "own"))


@contextmanager
def application(settings: Settings) -> Iterator[Any]:
    """Give a client of the application in this process."""
    try:
        yield create_app(settings).test_client()
    finally:
        database.close()


def places_of(client: Any, caller: str) -> list[Place]:
    """Return 500 places at which a caller's pages begin."""
    found: list[Place] = []
    headers = {"Authorization": f"Bearer {data.token_of(caller)}", "Content-Type": "application/json"}
    after = None
    while True:
        response = client.post("/graphql", data=body(CURSORS, {"after": after}), headers=headers)
        answer = json.loads(response.get_data())
        if "errors" in answer:
            raise RuntimeError(str(answer["errors"])[:500])
        page = answer["data"]["employees"]
        found += [
            Place(int(edge["node"]["id"].rpartition(":")[2]), edge["node"]["name"], edge["cursor"])
            for edge in page["edges"]
        ]
        if not page["pageInfo"]["hasNextPage"]:
            return spread(found)
        after = found[-1].cursor


def chosen(url: str, sqlite: str, large: str, only: str, notes: list[str]) -> list[Server]:
    """Return the servers of the run; those that cannot be there are named in the notes."""
    own = FOLDER / "own"
    captured = FOLDER / "captured.pickle"
    every: list[Server | str] = [
        servers.this_api("kinerja", "this API, planned", url, own),
        servers.this_api("kinerja-core", "this API, graphql-core", url, own, graphql_planned="false"),
        servers.this_api("kinerja-sqlite", "this API, SQLite", sqlite, FOLDER / "own-sqlite"),
    ]
    if large:
        every.append(servers.this_api("kinerja-large", "this API, large institution", large, FOLDER / "own-large"))
    if not any("bare views" in note for note in notes):
        every += [
            servers.bare("flask", "bare Flask view, same SQL", "make_flask_app", url, own, captured),
            servers.bare("wsgi", "bare WSGI function, same SQL", "wsgi_app", url, own, captured),
        ]
    wanted = only.split(",") if only else []
    for name, make in (
        ("strawberry-django", servers.strawberry_django),
        ("postgraphile", servers.postgraphile),
        ("mercurius", servers.mercurius),
    ):
        if wanted and name not in wanted:
            continue
        peer = make(url, FOLDER)
        if isinstance(peer, str):
            notes.append(f"{name} is left out: {peer}.")
        every.append(peer)
    return [one for one in every if isinstance(one, Server) and (not wanted or one.name in wanted)]


def all_cells(started: Sequence[Server], places: dict[str, list[Place]]) -> Iterator[Cell]:
    """Yield what is driven: of peers without a policy one caller, of the large institution the nested read."""
    for server in started:
        for read in READS if server.name != "kinerja-large" else ("b",):
            for role in ROLES if server.checks_policy else ("all",):
                caller = role if server.checks_policy else "officer"
                path = FOLDER / f"bodies-{server.name}-{read}-{role}.jsonl"
                yield Cell(server, read, role, caller, server.write_bodies(read, places[caller], path))


def differences(started: Sequence[Server], places: Sequence[Place]) -> list[str]:
    """Compare what the servers answer, as one who may see everything; say where they differ, and how large answers are.

    Raise RuntimeError when this API itself answers no full page.
    """
    notes: list[str] = []
    own = next((one for one in started if one.name == "kinerja"), None)
    if own is None:
        return notes
    sizes: dict[str, dict[str, int]] = {}
    for read in READS:
        for place in places[:: len(places) // _COMPARED]:
            expected = page(own, read, place, "institution")
            if len(expected) != PAGE:
                raise RuntimeError(f"this API gives {len(expected)} people, not {PAGE}")
            for server in started:
                if server.name in {"flask", "wsgi", "kinerja-large"}:
                    continue
                if page(server, read, place, "institution") != expected:
                    notes.append(f"{server.title} answers ({read}) after {place.name} otherwise than this API.")
        for server in started:
            if server.name != "kinerja-large" or read == "b":
                content = body(server.queries[read], {"after": server.cursor(server, places[0])})
                sizes.setdefault(server.title, {})[read] = len(server.send(content, "officer")[1])
    listed = "; ".join(
        f"{title} {' and '.join(f'{size / 1000:.1f}' for size in found.values())}" for title, found in sizes.items()
    )
    return [*dict.fromkeys(notes), f"Size of an answer to (a) and (b) in kB: {listed}."]


def page(server: Server, read: str, place: Place, caller: str) -> list[dict[str, Any]]:
    """Return the people of a page of a server in comparable words."""
    answer = server.ask(body(server.queries[read], {"after": server.cursor(server, place)}), caller)
    if "errors" in answer:
        raise RuntimeError(f"{server.title}: {str(answer['errors'])[:500]}")
    return people(answer)


def postgresql_version() -> str:
    """Return what PostgreSQL calls itself."""
    with psycopg.connect(POSTGRESQL) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return f"PostgreSQL {row[0].split()[0]}" if row else ""


if __name__ == "__main__":
    main()
