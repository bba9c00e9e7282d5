"""Events per second that the queue's import of logs reads, checks and writes, on PostgreSQL and on SQLite.

`python -m bench.queue_import` makes a log of an office (the same each time), reads it into empty tables a few times and
prints the median run; the bank's log beside the repository is read as well where it is. Keep the machine quiet.
"""

import argparse
import csv
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from rich.console import Console
from rich.table import Table

from core.actor import system_actor
from core.context import Context
from core.database import connect, database
from core.migrating import migrate_everything
from core.organisation.models import WorkUnit
from core.plugin_host import build_registry, start
from core.settings import Settings
from plugins.queueing import logs
from plugins.queueing.logs.importing import import_log
from plugins.queueing.logs.mapping import LogMapping, mapping_of, read_mapping
from plugins.queueing.models import Counter, QueueDay, QueueService, ServicePoint, Ticket, TicketEvent
from tests.support.fresh import fresh_database
from tests.support.real_data import FOLDER

TARGET = 20_000
"""Events a second on PostgreSQL, at least."""

BANK = FOLDER / "queue" / "anonymous_bank_1999_08_01_14.csv"
_SERVICES = ("PS", "NW", "IN", "NE", "TT", "PE")
_COLUMNS = ("ticket", "service", "day", "arrival", "call", "start", "end", "outcome", "counter")
_PER_DAY = 1_500
_CLOCK = datetime(2026, 1, 1, tzinfo=UTC)


def queue_import(url: str, path: Path, mapping: LogMapping, rounds: int) -> dict[str, float]:
    """Return events per second, by the clock and by this process's own time, and the number of events."""
    begun = datetime.now(UTC).replace(microsecond=0)
    settings = Settings(secret_key="x" * 40, database_url=url)
    connect(url)
    try:
        migrate_everything(build_registry(settings, ["queueing"], web=False).migration_sources)
        start(settings, ["queueing"], web=False)
        point = _point()
        ctx = Context(actor=system_actor(begun.date()), settings=settings, now=begun, language="en")
        walls, own = [], []
        for _ in range(rounds):
            for table in (TicketEvent, Ticket, QueueDay):
                table.delete().execute()
            wall, cpu = time.perf_counter(), time.process_time()
            report = import_log(ctx, point_id=point.id, path=path, mapping=mapping)
            walls.append(report.events / (time.perf_counter() - wall))
            own.append(report.events / (time.process_time() - cpu))
    finally:
        database.close()
    return {"events": report.events, "per_second": statistics.median(walls), "per_own_second": statistics.median(own)}


def _point() -> ServicePoint:
    unit = WorkUnit.create(code="bench", name="Bench", path="bench", valid_from=date(1999, 1, 1))
    point = ServicePoint.create(unit=unit, code="bench", name="Bench", time_zone="Asia/Jakarta")
    for number, code in enumerate(_SERVICES):
        QueueService.create(point=point, unit=unit, code=code, name=code, prefix=chr(ord("A") + number))
    for number in range(1, 9):
        Counter.create(point=point, number=number)
    return point


def write_log(path: Path, tickets: int) -> LogMapping:
    """Write a log of days of 1,500 tickets and return its mapping."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        writer.writerows(_rows(tickets))
    columns = {name: name for name in _COLUMNS}
    return mapping_of({"columns": columns})


def _rows(tickets: int) -> Iterator[list[Any]]:
    random = Random(5)
    for number in range(tickets):
        day = date(2025, 1, 1) + timedelta(days=number // _PER_DAY)
        arrival = 8 * 3600 + number % _PER_DAY * 16 + random.randint(0, 15)
        call = arrival + random.randint(0, 2400)
        begin = call + random.randint(0, 60)
        end = begin + random.randint(60, 1200)
        times = [f"{_CLOCK + timedelta(seconds=at):%H:%M:%S}" for at in (arrival, call, begin, end)]
        yield [number, random.choice(_SERVICES), day, *times, "DONE", random.randint(1, 8)]


def main() -> None:
    """Read the options, measure and print."""
    parser = argparse.ArgumentParser(prog="bench.queue_import", description=__doc__)
    parser.add_argument("--tickets", type=int, default=50_000, help="tickets of the log (default: 50,000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often it is read (default: 3)")
    options = parser.parse_args()
    console = Console()
    table = Table("log", "database", "events", "events a second", "by own time", "target")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {"made": (folder / "log.csv", write_log(folder / "log.csv", options.tickets))}
        if BANK.is_file():
            files["bank"] = (BANK, read_mapping(Path(logs.__file__).parent / "mappings" / "anonymous_bank.toml"))
        for kind in ("postgresql", "sqlite"):
            for log, (path, mapping) in files.items():
                place = folder / f"{kind}-{log}"
                place.mkdir()
                with console.status(f"{log}, {kind}"), fresh_database(kind, place) as url:
                    found = queue_import(url, path, mapping, options.rounds)
                met = found["per_second"] >= TARGET
                target = f"≥ {TARGET:,}: {'met' if met else 'missed'}" if kind == "postgresql" else ""
                table.add_row(
                    log, kind, f"{found['events']:,.0f}", f"{found['per_second']:,.0f}",
                    f"{found['per_own_second']:,.0f}", target,
                )  # fmt: skip
    console.print(table)


if __name__ == "__main__":
    main()
