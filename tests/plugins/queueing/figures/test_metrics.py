"""The figures of queues beside a plain recount in Python, for every bucket, on both databases."""

import random
import statistics
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from core.actor import Actor, Grant
from core.context import Context
from plugins.queueing.models import PriorityGroup, QueueService, Ticket
from plugins.queueing.reading.metrics import figures_of_units, queue_figures
from plugins.queueing.terms import Bucket, Channel, TicketState
from tests.support.calls import call_as
from tests.support.statements import counted_statements

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 13)
GAVE_UP = {TicketState.LEFT, TicketState.NO_SHOW, TicketState.CANCELLED}
UNCALLED = {TicketState.WAITING, TicketState.LEFT, TicketState.CANCELLED}
STATES = [*TicketState, *[TicketState.DONE] * 20]


def ticket(service, day, number, **values):
    return Ticket.create(service=service, day=day, number=number, token=f"{service.id}-{day}-{number}", **values)


@pytest.fixture
def tickets(office):
    """Some 300 tickets of all states in two weeks, some without times as broken logs have them."""
    draw = random.Random(5)
    elders = PriorityGroup.create(code="lansia", name="Lanjut usia", name_en="Elderly")
    made = []
    for number in range(1, 301):
        service = draw.choice([office.ktp, office.birth])
        day = FIRST + timedelta(days=draw.randrange(12))
        state = draw.choice(STATES)
        hour = draw.randrange(8, 15)
        began = datetime(day.year, day.month, day.day, hour - 7, draw.randrange(60), tzinfo=UTC)
        is_booked = state is TicketState.BOOKED or draw.random() < 0.4
        may_be_absent = is_booked and state in {TicketState.NO_SHOW, TicketState.CANCELLED}
        came = state is not TicketState.BOOKED and not (may_be_absent and draw.random() < 0.5)
        was_called = came and state not in UNCALLED and draw.random() < 0.95
        was_served = was_called and state is not TicketState.NO_SHOW
        counter = draw.choice([office.one, office.two]) if was_called else None
        made.append(
            ticket(
                service, day, number, state=state, channel=Channel.ONLINE if is_booked else Channel.KIOSK,
                booked_at=began - timedelta(days=1) if is_booked else None,
                queued_at=began if came else None, local_hour=hour if came else None,
                wait_seconds=draw.randrange(0, 3000) if was_called else None,
                serve_seconds=draw.randrange(30, 1200) if was_served else None,
                counter=counter, employee=office.city.officer if counter == office.one else None,
                priority=elders if draw.random() < 0.2 else None,
            )
        )  # fmt: skip
    return made


def two(value):
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def times(values):
    """Return mean, median, p90 and p95 in minutes, by the standard library."""
    if not values:
        return [None] * 4
    exact = [Fraction(value, 60) for value in values]
    cuts = statistics.quantiles(exact * (2 if len(exact) == 1 else 1), n=20, method="inclusive")
    return [two(one) for one in (statistics.mean(exact), cuts[9], cuts[17], cuts[18])]


def share(part, whole):
    return two(Fraction(100 * part, whole)) if whole else None


def recount(rows):
    came = [row for row in rows if row.queued_at]
    gone = [row for row in came if row.state in GAVE_UP]
    due = [row for row in rows if row.booked_at and row.state not in {TicketState.BOOKED, TicketState.CANCELLED}]
    waits = [row.wait_seconds for row in rows if row.wait_seconds is not None]
    fast = [row for row in rows if row.wait_seconds is not None
            and row.wait_seconds <= 60 * row.service.target_wait_minutes]  # fmt: skip
    absent = [row for row in due if row.state is TicketState.NO_SHOW and not row.queued_at]

    def count(state):
        return sum(row.state is state for row in rows)

    return [
        len(came), count(TicketState.DONE), count(TicketState.NO_SHOW), count(TicketState.LEFT),
        count(TicketState.CANCELLED), count(TicketState.WAITING),
        *times(waits), *times([row.serve_seconds for row in rows if row.serve_seconds is not None]),
        share(len(fast), len(waits)), share(len(gone), len(came)), share(len(absent), len(due)),
    ]  # fmt: skip


def values(one):
    return [getattr(one, name) for name in (
        "arrivals", "served", "no_shows", "left", "cancelled", "waiting",
        "wait_mean", "wait_median", "wait_p90", "wait_p95", "serve_mean", "serve_median", "serve_p90", "serve_p95",
        "within_target_percent", "abandonment_percent", "no_show_percent",
    )]  # fmt: skip


KEYS = {
    Bucket.TOTAL: lambda row: "",
    Bucket.DAY: lambda row: row.day.isoformat(),
    Bucket.HOUR: lambda row: "" if row.local_hour is None else f"{row.local_hour:02d}",
    Bucket.WEEKDAY: lambda row: str(row.day.weekday()),
    Bucket.WEEKDAY_HOUR: lambda row: "" if row.local_hour is None else f"{row.day.weekday()}-{row.local_hour:02d}",
    Bucket.SERVICE: lambda row: str(row.service_id),
    Bucket.COUNTER: lambda row: str(row.counter_id or ""),
    Bucket.CHANNEL: lambda row: row.channel.value,
    Bucket.PRIORITY: lambda row: str(row.priority_id or ""),
    Bucket.EMPLOYEE: lambda row: str(row.employee_id or ""),
}


def test_every_bucket_equals_a_recount_and_takes_one_statement(office, tickets, ctx):
    QueueService.update(target_wait_minutes=20).where(QueueService.id == office.birth.id).execute()
    rows = list(Ticket.select(Ticket, QueueService).join(QueueService))
    for bucket, key in KEYS.items():
        expected = defaultdict(list)
        for row in rows:
            expected[key(row)].append(row)

        with counted_statements() as statements:
            found = queue_figures(ctx, first=FIRST, last=LAST, bucket=bucket)

        assert len(statements) == 1
        assert {one.key: values(one) for one in found} == {name: recount(part) for name, part in expected.items()}


def test_filters_choose_tickets(office, tickets, ctx):
    def expected(**chosen):
        rows = [row for row in tickets if all(getattr(row, name) == value for name, value in chosen.items())]
        return [recount(rows)]

    def found(**chosen):
        return [values(one) for one in queue_figures(ctx, **({"first": FIRST, "last": LAST} | chosen))]

    assert found(service_id=office.ktp.id) == expected(service_id=office.ktp.id)
    assert found(employee_id=office.city.officer.id) == expected(employee_id=office.city.officer.id)
    assert found(first=LAST, last=LAST) == expected(day=LAST)
    everything = expected()
    assert found(point_id=office.point.id) == everything
    assert found(unit_id=office.city.registry.id) == everything
    assert found(unit_id=office.city.agency.id) == everything  # the units below it count
    assert found(unit_id=office.city.archive.id) == [recount([])]


def test_labels_are_words_in_the_callers_language_and_in_order(office, tickets, ctx):
    def labels(bucket):
        return [one.label for one in queue_figures(ctx, first=FIRST, last=LAST, bucket=bucket)]

    assert labels(Bucket.SERVICE) == ["Akta kelahiran", "KTP-el"]
    assert labels(Bucket.COUNTER) == ["1", "2", ""]
    assert labels(Bucket.PRIORITY) == ["Elderly", ""]
    assert labels(Bucket.EMPLOYEE) == ["Budi Santoso", ""]
    assert labels(Bucket.WEEKDAY)[:2] == ["Monday", "Tuesday"]
    assert labels(Bucket.HOUR)[:2] == ["08:00", "09:00"]
    ctx.language = "id"
    assert labels(Bucket.WEEKDAY)[:2] == ["Senin", "Selasa"]
    assert labels(Bucket.CHANNEL) == ["Anjungan", "Daring"]
    assert labels(Bucket.PRIORITY)[0] == "Lanjut usia"


def test_a_stranger_sees_no_figures(office, tickets, db):
    stranger = Context(actor=Actor(today=LAST), settings=db)

    assert [values(one) for one in queue_figures(stranger, first=FIRST, last=LAST)] == [recount([])]
    assert queue_figures(stranger, first=FIRST, last=LAST, bucket=Bucket.HOUR) == []


def test_who_served_sees_the_own_tickets_and_a_manager_those_of_the_unit(office, tickets, db):
    clerk = call_as(db, office.city.officer.id)
    grant = Grant("queueing.manager", office.city.registry.path, frozenset({"queueing.read"}))
    manager = Context(actor=Actor(today=LAST, account_id=1, grants=(grant,)), settings=db)
    elsewhere = Context(
        actor=Actor(today=LAST, account_id=1, grants=(replace(grant, unit_path=office.city.archive.path),)), settings=db
    )

    def arrivals(ctx):
        return queue_figures(ctx, first=FIRST, last=LAST)[0].arrivals

    assert arrivals(clerk) == sum(row.employee_id == office.city.officer.id for row in tickets)
    assert arrivals(manager) == sum(row.queued_at is not None for row in tickets)
    assert arrivals(elsewhere) == 0


def test_many_units_at_once_are_as_one_by_one(office, tickets, ctx):
    units = [office.city.registry.id, office.city.agency.id, office.city.archive.id]
    for bucket in (Bucket.TOTAL, Bucket.HOUR):
        with counted_statements() as statements:
            found = figures_of_units(ctx, units, first=FIRST, last=LAST, bucket=bucket)

        assert len(statements) == 1
        assert found == {
            unit: queue_figures(ctx, first=FIRST, last=LAST, bucket=bucket, unit_id=unit) for unit in units
        }


def test_a_wait_that_is_not_known_is_no_wait_of_zero(office, ctx):
    for number, wait in ((1, None), (2, 600), (3, None)):
        ticket(office.ktp, FIRST, number, state=TicketState.DONE, channel=Channel.IMPORT, wait_seconds=wait)

    (found,) = queue_figures(ctx, first=FIRST, last=FIRST)

    assert (found.served, found.wait_mean, found.wait_median, found.wait_cases) == (3, Decimal(10), Decimal(10), 1)
    assert found.serve_mean is None
    assert found.arrivals == 0
