"""What the figures of a queue take on PostgreSQL: a unit and a month among 1,000,000 tickets with 5,000,000 events."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import psycopg

from core.actor import Actor, Grant
from core.context import Context
from core.database import connect, database
from core.migrating import migrate_everything
from core.organisation.models import WorkUnit
from core.organisation.services.changing import rows_of
from core.plugin_host import build_registry, start
from core.settings import Settings
from plugins.queueing.models import Counter, QueueService, ServicePoint, Ticket
from plugins.queueing.reading.metrics import queue_figures
from plugins.queueing.rules.percentiles import minutes, percentile
from plugins.queueing.terms import Bucket

TICKETS = 1_000_000
EVENTS_PER_TICKET = 5
UNITS, SERVICES_PER_UNIT, DAYS = 4, 5, 250
"""A mall of public services in a year of working days: 200 tickets a day at each of 20 services."""

_FIRST, _LAST = date(2026, 6, 1), date(2026, 6, 30)
_ROUNDS = 9
_NAME = "kinerja_bench_queue"

_TICKETS = """
INSERT INTO queueing_ticket (service_id, day, number, token, code_hash, state, channel, counter_id,
  is_priority_confirmed, slot, nik_hash, holder_name, phone, language, queued_at, called_at, serving_at, ended_at,
  calls, wait_seconds, serve_seconds, local_hour, version, code_tries)
SELECT service, day, number, md5(n::text) || right(n::text, 6), md5(n::text) || md5(n::text), state, 'KIOSK', service,
  false, '', NULL, '', '', 'id', queued, queued + wait * interval '1 second', queued + wait * interval '1 second',
  queued + (wait + serve) * interval '1 second', 1, wait, serve, hour, 1, 0
FROM (
  SELECT *, day + (hour - 7) * interval '1 hour' + (number % 60) * interval '1 minute' AS queued FROM (
    SELECT n, 1 + n % {services} AS service, 1 + (n / {services}) % {per_day} AS number,
      days.day, 8 + (7 * ((n / {services}) % {per_day})) / {per_day} AS hour,
      (power(random(), 2) * 3600)::int AS wait, 60 + (random() * 900)::int AS serve,
      CASE (n / {services}) % 10 WHEN 3 THEN 'NO_SHOW' WHEN 7 THEN 'LEFT' ELSE 'DONE' END AS state
    FROM generate_series(0, {tickets} - 1) AS n
    JOIN (SELECT day::date, row_number() OVER (ORDER BY day) - 1 AS place
          FROM generate_series('2026-01-01'::date, '2027-06-01'::date, '1 day') AS day
          WHERE extract(isodow FROM day) < 6 LIMIT {days}) AS days ON days.place = n / {services} / {per_day}
  ) AS drawn
) AS filled
"""
_EVENTS = """
INSERT INTO queueing_ticket_event (ticket_id, kind, at, recorded_at, source, counter_id, actor, detail)
SELECT ticket.id, kinds.kind, ticket.queued_at, ticket.queued_at, 'LIVE', ticket.counter_id, '', ''
FROM queueing_ticket AS ticket
CROSS JOIN unnest(ARRAY['ISSUED', 'CALLED', 'RECALLED', 'SERVING', 'DONE']) AS kinds (kind)
"""


def queue_metrics(server: str, tickets: int = TICKETS) -> dict[str, float]:
    """Return ms of the figures of a unit and a month (median of some rounds; the slowest bucket counts)."""
    with scratch(server, tickets) as (settings, unit):
        grant = Grant("queueing.manager", unit.path, frozenset({"queueing.read"}))
        manager = Actor(today=_LAST, account_id=1, name="bench", grants=(grant,))
        ctx = Context(actor=manager, settings=settings)
        took = {bucket: _timed(ctx, unit, bucket) for bucket in Bucket}
        _recount(ctx, unit)
    return {"queue_metrics_ms": max(took.values()), "queue_metrics_total_ms": took[Bucket.TOTAL]}


def _recount(ctx: Context, unit: WorkUnit) -> None:
    """Raise RuntimeError unless the figures are those of the single waits."""
    (figures,) = queue_figures(ctx, first=_FIRST, last=_LAST, unit_id=unit.id)
    rows = rows_of(
        Ticket.select(Ticket.wait_seconds)
        .join(QueueService)
        .where(QueueService.unit == unit.id, Ticket.day.between(_FIRST, _LAST))
    )
    waits = [seconds for (seconds,) in rows]
    expected = (len(waits), *(minutes(percentile(waits, percent)) for percent in (50, 90, 95)))
    if (figures.wait_cases, figures.wait_median, figures.wait_p90, figures.wait_p95) != expected:
        raise RuntimeError(f"The figures of the queue are not those of its tickets: {figures}, {expected}")


def _timed(ctx: Context, unit: WorkUnit, bucket: Bucket) -> float:
    times = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        found = queue_figures(ctx, first=_FIRST, last=_LAST, bucket=bucket, unit_id=unit.id)
        times.append((time.perf_counter() - begun) * 1000)
        if not found or not sum(figures.served for figures in found):
            raise RuntimeError(f"{bucket}: no figures")
    return statistics.median(times)


@contextmanager
def scratch(server: str, tickets: int) -> Iterator[tuple[Settings, WorkUnit]]:
    """Give the settings of a database of its own with a year of queues, and one of its units; drop it afterwards."""
    url = server.rsplit("/", 1)[0] + "/" + _NAME
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{_NAME}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{_NAME}"')
        try:
            settings = Settings(database_url=url, secret_key="only for the benchmark, which serves nobody")
            connect(url)
            registry = build_registry(settings, ["queueing"], web=False)
            migrate_everything(registry.migration_sources)
            start(settings, ["queueing"], web=False)
            yield settings, _fill(tickets)
        finally:
            if not database.is_closed():
                database.close()
            connection.execute(f'DROP DATABASE IF EXISTS "{_NAME}" WITH (FORCE)')


def _fill(tickets: int) -> WorkUnit:
    root = _unit("00", None)
    units = [_unit(f"0{number}", root) for number in range(1, UNITS + 1)]
    point = ServicePoint.create(unit=root, code="mpp", name="Mal Pelayanan Publik")
    services = UNITS * SERVICES_PER_UNIT
    for number in range(services):
        unit = units[number % UNITS]
        name = f"Layanan {number + 1}"
        QueueService.create(point=point, unit=unit, code=f"s{number}", name=name, prefix=f"A{number}")
        Counter.create(point=point, number=number + 1)
    database.execute_sql("SELECT setseed(0.5)")
    # Every key is right as it is written; looking each one up takes longer than writing it.
    database.execute_sql("SET session_replication_role = replica")
    per_day = tickets // services // DAYS
    database.execute_sql(
        _TICKETS.format(services=services, per_day=per_day, tickets=tickets, days=DAYS).replace("%", "%%")
    )
    database.execute_sql(_EVENTS)
    database.execute_sql("VACUUM ANALYZE")
    return units[0]


def _unit(code: str, parent: WorkUnit | None) -> WorkUnit:
    row = WorkUnit.create(code=code, name=f"Unit {code}", parent=parent, valid_from=date(2026, 1, 1))
    row.path = (parent.path if parent else "") + f"{row.id:08d}"
    row.save()
    return row
