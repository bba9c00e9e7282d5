"""Columns of tickets follow from their events: worked out again they are the same, and what was spoilt is put right."""

from datetime import UTC, datetime, timedelta

import pytest

from core.errors import Refused
from core.plugin_api import unit_of_work
from plugins.queueing.models import ServicePoint, Ticket, TicketEvent, WaitEstimate
from plugins.queueing.reading.metrics import queue_figures
from plugins.queueing.services import rebuilding
from plugins.queueing.services.rebuilding import Rebuilt, rebuild
from plugins.queueing.services.recording import open_ticket, record
from plugins.queueing.terms import Bucket, Channel, TicketState
from plugins.queueing.terms import TicketEventKind as Kind
from tests.support.calls import call_as, system_context

OPENED = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
DERIVED = ("state", "booked_at", "queued_at", "called_at", "serving_at", "ended_at", "calls", "wait_seconds",
           "serve_seconds", "counter_id", "employee_id", "local_hour")  # fmt: skip
WAYS = (
    (),
    ((Kind.CALLED, 300),),
    ((Kind.CALLED, 300), (Kind.RECALLED, 360), (Kind.NO_SHOW, 500)),
    ((Kind.LEFT, 900),),
    ((Kind.CALLED, 400), (Kind.SERVING, 410), (Kind.HELD, 600), (Kind.RESUMED, 900), (Kind.DONE, 1000)),
    ((Kind.CALLED, 700), (Kind.SERVING, 705), (Kind.DONE, 1400)),
)


@pytest.fixture
def tickets(office, ctx):
    """One ticket for each way through the office, written by the running queue."""
    made = []
    for number, way in enumerate(WAYS, start=1):
        call = system_context(ctx.settings, OPENED)
        with unit_of_work(call) as work:
            ticket = open_ticket(
                work, office.ktp, Kind.ISSUED, day=office.day, at=OPENED, number=number, token=f"t{number}",
                channel=Channel.KIOSK,
            )  # fmt: skip
            for kind, seconds in way:
                at = OPENED + timedelta(seconds=seconds)
                record(work, ticket, kind, at=at, counter_id=office.one.id, employee_id=office.city.officer.id)
        made.append(ticket.id)
    return made


def columns():
    return [[getattr(row, name) for name in DERIVED] for row in Ticket.select().order_by(Ticket.id)]


def spoil():
    Ticket.update(
        state=TicketState.LEFT, wait_seconds=0, serve_seconds=None, local_hour=3, calls=9, called_at=None, counter=None
    ).execute()


def test_running_figures_are_those_of_the_events(office, tickets, ctx):
    before, figures = columns(), queue_figures(ctx, first=office.day, last=office.day, bucket=Bucket.HOUR)

    assert rebuild(ctx) == Rebuilt(len(WAYS), 0)
    spoil()
    assert rebuild(ctx) == Rebuilt(len(WAYS), len(WAYS))

    assert columns() == before
    assert queue_figures(ctx, first=office.day, last=office.day, bucket=Bucket.HOUR) == figures
    assert [row[7] for row in before] == [None, 300, 300, None, 400, 700]
    assert [row[8] for row in before] == [None, None, None, None, 290, 695]


def test_one_point_in_batches_with_progress(office, tickets, ctx, monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 4)
    spoil()
    spoilt = columns()
    other = ServicePoint.create(unit=office.city.archive, code="arsip", name="Arsip")
    told = []

    assert rebuild(ctx, point_id=other.id) == Rebuilt(0, 0)
    assert columns() == spoilt

    assert rebuild(ctx, point_id=office.point.id, progress=lambda *done: told.append(done)) == Rebuilt(6, 6)
    assert told == [(4, 6), (6, 6)]


def test_the_estimate_of_a_wait_that_was_wrong_is_settled_again(office, tickets, ctx):
    WaitEstimate.delete().execute()
    bounds = dict.fromkeys(("ahead", "counters", "expected", "half_low", "half_high", "wide_low", "wide_high"), 1)
    WaitEstimate.create(ticket=tickets[1], service=office.ktp, made_at=OPENED, waited=7, **bounds)
    Ticket.update(wait_seconds=7).where(Ticket.id == tickets[1]).execute()

    rebuild(ctx)

    assert WaitEstimate.get().waited == 300


def test_a_ticket_without_events_stays_and_nobody_else_may(office, tickets, ctx, db):
    TicketEvent.delete().where(TicketEvent.ticket == tickets[-1]).execute()
    before = columns()
    with pytest.raises(Refused, match="FORBIDDEN"):
        rebuild(call_as(db, office.city.chief.id))

    assert rebuild(ctx) == Rebuilt(len(WAYS), 0)
    assert columns() == before
