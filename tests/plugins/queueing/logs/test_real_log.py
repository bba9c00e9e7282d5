"""The call log of a bank, read by its documented mapping, against what the log itself recorded."""

import csv
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

import pytest

from plugins.queueing import logs
from plugins.queueing.logs.importing import import_log
from plugins.queueing.logs.mapping import read_mapping
from plugins.queueing.logs.rows import key_of
from plugins.queueing.models import QueueService, ServicePoint, Ticket, TicketEvent
from plugins.queueing.reading.metrics import queue_figures
from plugins.queueing.terms import Bucket, TicketState
from tests.support.calls import system_context
from tests.support.city import build_city
from tests.support.real_data import real_file

MAPPING = Path(logs.__file__).parent / "mappings" / "anonymous_bank.toml"
NEVER = "0:00:00"
CLOCKS_DIFFER = 10


@pytest.fixture
def bank(registry):
    """A service point with a service for each type of call."""
    point = ServicePoint.create(unit=build_city().registry, code="bank", name="Bank", time_zone="Asia/Jerusalem")
    for number, kind in enumerate(("PS", "NW", "IN", "NE", "TT", "PE")):
        QueueService.create(point=point, unit=point.unit, code=kind, name=kind, prefix=chr(ord("A") + number))
    return point


def seconds(text):
    hours, minutes, rest = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + rest


def fault_of(row):
    """Return why a call of the log cannot be so, by the words of its README: ends before starts, missing times."""
    if row["q_start"] != NEVER and seconds(row["q_exit"]) < seconds(row["q_start"]):
        return "q_exit before q_start"
    if row["outcome"] == "AGENT":
        called = row["q_exit"] if row["q_exit"] != NEVER else row["vru_exit"]
        if row["ser_start"] == NEVER:
            return "no service"
        if seconds(called) - seconds(row["ser_start"]) > CLOCKS_DIFFER:
            return "served before the queue was left"
        if seconds(row["ser_exit"]) < seconds(row["ser_start"]):
            return "ser_exit before ser_start"
    return ""


def independently(path):
    """Return outside, corrupt and good calls of the log by line, worked out from the log alone."""
    with path.open(encoding="utf-8") as file:
        rows = dict(enumerate(csv.DictReader(file), start=2))
    outside = {
        line
        for line, row in rows.items()
        if row["outcome"] == "PHANTOM" or (row["outcome"] == "HANG" and row["q_start"] == NEVER)
    }
    corrupt = {line: fault_of(row) for line, row in rows.items() if line not in outside and fault_of(row)}
    return outside, corrupt, {line: row for line, row in rows.items() if line not in outside and line not in corrupt}


def test_every_call_waits_as_long_as_the_log_says(bank, registry):
    path = real_file("queue/anonymous_bank_1999_08_01_14.csv")
    outside, corrupt, good = independently(path)
    told = []
    call = {"point_id": bank.id, "path": path, "mapping": read_mapping(MAPPING)}
    ctx = system_context(registry.settings)

    report = import_log(ctx, **call, on_bytes=lambda done, total: told.append((done, total)))

    assert report.is_written
    assert (report.lines, report.ignored, report.tickets) == (22_002, len(outside), len(good))
    assert {row.number for row in report.rejected} == set(corrupt)
    assert sum(fault == "q_exit before q_start" for fault in corrupt.values()) == 11
    assert len(corrupt) < 150
    assert len(told) > 5
    assert told[-1][0] == told[-1][1]

    # Every wait is the recorded one, to the second: until the call, or until the caller gave up.
    tickets = _by_key()
    for line, row in good.items():
        ticket = tickets[key_of(bank.id, "\x1f".join(row[name] for name in ("line", "call_id", "date", "vru_entry")))]
        if row["outcome"] == "AGENT":
            assert (ticket.state, ticket.wait_seconds) == (TicketState.DONE, int(row["q_time"])), line
            assert abs(ticket.serve_seconds - int(row["ser_time"])) <= CLOCKS_DIFFER + 2, line
        else:
            waited = (ticket.ended_at - ticket.queued_at).total_seconds()
            assert (ticket.state, waited, ticket.wait_seconds) == (TicketState.LEFT, int(row["q_time"]), None), line
    assert Ticket.select().where((Ticket.wait_seconds < 0) | (Ticket.serve_seconds < 0)).count() == 0
    assert TicketEvent.select().count() == report.events

    # Figures by service and hour are those of the log, worked out without this program.
    assert figures_by_service_and_hour(ctx, bank) == figures_of_the_log(good)

    # Once more changes nothing.
    again = import_log(ctx, **call)
    assert (again.tickets, again.events, again.known) == (0, 0, len(good))
    assert Ticket.select().count() == len(good)


def _by_key():
    query = Ticket.select(
        TicketEvent.key, Ticket.state, Ticket.queued_at, Ticket.ended_at, Ticket.wait_seconds, Ticket.serve_seconds
    )
    return {row.key: row for row in query.join(TicketEvent).where(TicketEvent.key.is_null(False)).namedtuples()}


def figures_by_service_and_hour(ctx, point):
    found = {}
    for service in QueueService.select().where(QueueService.point == point):
        days = {"first": date(1999, 8, 1), "last": date(1999, 8, 14)}
        for row in queue_figures(ctx, **days, bucket=Bucket.HOUR, service_id=service.id):
            found[service.code, row.key] = (
                row.arrivals,
                row.served,
                row.left,
                row.wait_mean,
                row.wait_median,
                row.wait_p90,
            )
    return found


def figures_of_the_log(rows):
    cells = defaultdict(list)
    for row in rows.values():
        hour = int((row["q_start"] if row["q_start"] != NEVER else row["vru_exit"]).split(":")[0])
        cells[row["type"], f"{hour:02d}"].append(row)
    return {cell: of_cell(found) for cell, found in cells.items()}


def of_cell(rows):
    waits = sorted(int(row["q_time"]) for row in rows if row["outcome"] == "AGENT")
    left = len(rows) - len(waits)
    if not waits:
        return len(rows), 0, left, None, None, None
    p90 = Fraction(9, 10) * (len(waits) - 1)
    low, high = waits[floor(p90)], waits[ceil(p90)]
    ninth = low + (high - low) * (p90 - floor(p90))
    middle = Fraction(waits[(len(waits) - 1) // 2] + waits[len(waits) // 2], 2)
    return len(rows), len(waits), left, *map(in_minutes, (Fraction(sum(waits), len(waits)), middle, ninth))


def in_minutes(value):
    exact = Decimal(value.numerator) / Decimal(value.denominator * 60)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
