"""A whole day of a service point: 1,000 citizens, 8 counters, 50 displays, and the servers killed in the middle.

`python -m bench.queue_day` runs it alone. Everything goes over HTTP, to `kinerja serve` (two processes) and
`kinerja live` on a database of its own, which is compared at the end with what citizens, counters and displays were
told. With `--alone` there is one process of `kinerja serve` and nothing else, as in a small office.
"""

import argparse
import math
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console

from core.database import connect, database
from core.migrating import migrate_everything
from core.plugin_host import build_registry
from core.reference import load_reference_data
from core.settings import Settings
from tests.support import queue_findings as findings
from tests.support.fresh import fresh_database
from tests.support.queue_day import QueueDay, Restart, Scale, Servers
from tests.support.queue_office import environment, open_office, zone_of_noon
from tests.support.queue_recount import recount

KINDS = ("sqlite", "postgresql")
SCALE = Scale(citizens=1_000, counters=8, displays=50, seconds=150, serving=0.4)
"""A day in two and a half minutes: a citizen comes every 0.15 seconds, twice as often at the busiest time."""

ALONE = {"KINERJA_WORKERS": "1", "KINERJA_THREADS": "224"}
"""The settings with which one process of `kinerja serve` has places for 50 displays behind one address."""
_BESIDE_LIVE = {"KINERJA_WORKERS": "2"}

_SETTLED_SECONDS = 10
_BEFORE_KILL_SECONDS = 1.0


def days(
    kinds: Sequence[str] = KINDS, scale: Scale = SCALE, *, has_live: bool = True
) -> tuple[dict[str, float], list[str]]:
    """Return the figures of a day on each kind of database, and what was found wrong."""
    figures: dict[str, float] = {}
    notes: list[str] = []
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix="kinerja-day-") as name, fresh_database(kind, Path(name)) as url:
            found, wrong = one_day(Path(name), url, scale, has_live=has_live)
        figures |= {f"day_{kind}_{key}": value for key, value in found.items()}
        notes += [f"Queue on {kind}: {text}." for text in wrong]
    return figures, notes


def one_day(folder: Path, url: str, scale: Scale, *, has_live: bool = True) -> tuple[dict[str, float], list[str]]:
    """Run a day on an empty database; return its figures and what was found wrong."""
    settings = Settings(
        secret_key="bench" * 8,
        database_url=url,
        var_dir=folder / "var",
        files_dir=folder / "files",
        plugins=["queueing"],
    )
    connect(url)
    migrate_everything(build_registry(settings, ["queueing"], web=True).migration_sources)
    load_reference_data()
    office = open_office(settings, scale.counters)
    database.close()
    now = datetime.now(UTC)
    day = now.astimezone(ZoneInfo(zone_of_noon(now))).date().isoformat()
    more = _BESIDE_LIVE if has_live else ALONE
    values = environment(settings, KINERJA_RATE_POINTS_PER_MINUTE="0", **more)
    with Servers(folder, values, has_live=has_live).running() as servers:
        run = QueueDay(servers, office, scale, day)
        run.run()
        connect(url)
        is_current = run.displays.wait_until(findings.last_event(), _SETTLED_SECONDS)
        run.displays.stop()
    try:
        return figures_of(run), wrong_with(run, office.point, recount(office.services), is_current=is_current)
    finally:
        database.close()


def figures_of(run: QueueDay) -> dict[str, float]:
    """Return the figures of a day that is over."""
    told, restart = run.told, _restart(run)
    away = (restart.killed - _BEFORE_KILL_SECONDS, restart.resumed)
    seconds, missed = findings.seconds_until_shown(told, run.displays.displays, away)
    at_work = run.seconds - (restart.ready - restart.killed)
    return {
        "citizens": len(told.tickets),
        "calls": len(told.calls),
        "calls_per_second": len(told.calls) / at_work,
        "requests_per_second": told.answered / at_work,
        "shown_p50_ms": percentile(seconds, 50) * 1_000,
        "shown_p99_ms": percentile(seconds, 99) * 1_000,
        "away_seconds": restart.resumed - restart.killed,
        "lost": len(findings.lost(told)) + len(missed),
        "double": len(findings.doubled()) + len(findings.gaps()),
    }


def wrong_with(run: QueueDay, point: int, counted: dict[str, Any], *, is_current: bool) -> list[str]:
    """Return what is not as it should be after a day, in words."""
    told = run.told
    board = findings.as_json(findings.board_as_told(point))
    others = sum(display.latest_body() != board for display in run.displays.displays)
    wrong: list[str] = [f"{text} is lost" for text in findings.lost(told)]
    wrong += [f"{text}: double" for text in findings.doubled()]
    wrong += [f"numbers with gaps, {text}" for text in findings.gaps()]
    wrong += [f"refused, {code}: {text}" for code, text in told.problems if code != "TICKET_STEP"]
    wrong += [f"fault, {text}" for text in told.errors[:3]]
    if others or not is_current:
        wrong.append(f"{others} displays show another state than the board at the end")
    shown = {name: Decimal(value) if isinstance(value, str) else value for name, value in run.dashboard.items()}
    wrong += [
        f"the dashboard has {name} {shown.get(name)}, the events have {value}"
        for name, value in counted.items()
        if shown.get(name) != value
    ]
    return wrong


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the least value that so many percent do not exceed."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)] if values else math.nan


def _restart(run: QueueDay) -> Restart:
    if run.restart is None:
        raise RuntimeError("the servers were not killed")
    return run.restart


def main() -> None:
    """Read the options, run, print."""
    parser = argparse.ArgumentParser(prog="bench.queue_day", description=__doc__)
    parser.add_argument("--on", choices=KINDS, action="append", help="kind of database (default: both)")
    parser.add_argument("--citizens", type=int, default=SCALE.citizens, help=f"default: {SCALE.citizens}")
    parser.add_argument("--seconds", type=float, default=SCALE.seconds, help=f"length of the day ({SCALE.seconds:g})")
    parser.add_argument("--alone", action="store_true", help="kinerja serve without kinerja live, in one process")
    options = parser.parse_args()
    console = Console()
    scale = replace(SCALE, citizens=options.citizens, seconds=options.seconds)
    figures, notes = days(options.on or KINDS, scale, has_live=not options.alone)
    for name, value in figures.items():
        console.print(f"{name:36} {value:10,.1f}")
    for note in notes:
        console.print(note)
    console.print("Nothing is wrong." if not notes else f"{len(notes)} findings.")


if __name__ == "__main__":
    main()
