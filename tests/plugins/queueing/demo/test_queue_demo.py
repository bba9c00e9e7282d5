"""The demo's civil registry: weeks behind it, waiting that fell when something was done, and a today that is lively."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from core.history.chain import broken_links
from core.identity.models import Account, RoleGrant
from plugins.queueing.checks import CHECKS
from plugins.queueing.demo.day import DayPlan, Demand, visits_of_a_day
from plugins.queueing.demo.loading import load
from plugins.queueing.models import CounterShift, Intervention, QueueDay, ServicePoint, Ticket, WaitEstimate
from plugins.queueing.reading.board import board_of
from plugins.queueing.reading.estimates import accuracy
from plugins.queueing.reading.metrics import queue_figures
from plugins.queueing.services.calendar import is_open
from plugins.queueing.services.rebuilding import rebuild
from plugins.queueing.terms import Channel, TicketState
from tests.support.calls import system_context
from tests.support.city import person, post, unit

MONDAY = date(2026, 11, 23)
SEED = 7
PEOPLE = (
    ("199005172015031002", "Budi", "04.3"),
    ("199207202017032004", "Rina", "04.3"),
    ("199311122018012006", "Dewi", "04.2"),
    ("198003102005012003", "Siti", "04.2"),
)


@pytest.fixture
def agency(registry):
    """The units of the demo city whose queue it is, with two people each, one of them with a log-in."""
    root = unit("00", "Kota", None)
    top = unit("04", "Disdukcapil", root)
    units = {code: unit(code, code, top) for code in ("04.2", "04.3")}
    for number, (nip, name, code) in enumerate(PEOPLE):
        post(person(nip, name), units[code], f"Operator {number}", "PELAKSANA", is_head=False)
    Account.create(username="pegawai", display_name="Budi")
    return registry


def at(day, hour):
    return datetime(day.year, day.month, day.day, hour - 7, 40, tzinfo=UTC)


def test_waiting_fell_when_something_was_done_and_somebody_waits_now(agency):
    ctx = system_context(agency.settings, at(MONDAY, 11))

    load(ctx, SEED)

    # The doctor has nothing to say but that no job has run yet.
    assert [check.name for check in CHECKS if check.run(ctx)] == ["queueing.jobs"]
    point = ServicePoint.get()
    changed_on = {row.day for row in Intervention.select()}.pop()
    assert changed_on == MONDAY - timedelta(weeks=2)
    before, after = (
        queue_figures(ctx, first=first, last=last)[0]
        for first, last in ((MONDAY - timedelta(weeks=5), changed_on - timedelta(days=1)), (changed_on, MONDAY))
    )
    assert before.arrivals > 1500
    assert after.wait_median < before.wait_median / 2
    assert after.serve_median < before.serve_median
    assert {row.channel for row in Ticket.select().where(Ticket.day < changed_on)} == {Channel.KIOSK}
    today = [row.state for row in Ticket.select().where(Ticket.day == MONDAY)]
    assert {TicketState.WAITING, TicketState.SERVING, TicketState.DONE, TicketState.BOOKED} <= set(today)
    board = board_of(point, ctx.now)
    assert (len(board.calls) >= 3, sum(service.waiting for service in board.services) >= 5) == (True, True)
    # What was foretold is of the kind that the office would have been told, and about as many ranges held.
    told = accuracy(ctx, first=MONDAY - timedelta(weeks=5), last=MONDAY)
    assert told.cases > 3000
    # Where nobody waits at all, as at the end of many days, a range from 0 holds more often than it says.
    assert 50 <= told.half_held_percent <= 66
    assert 75 <= told.wide_held_percent <= 86
    assert accuracy(ctx, first=MONDAY, last=MONDAY).cases > 50
    waits = WaitEstimate.select(WaitEstimate, Ticket).join(Ticket)
    assert {(row.waited, row.made_at) for row in waits} == {
        (row.ticket.wait_seconds if row.ticket.called_at else None, row.ticket.queued_at) for row in waits
    }
    # What was written at once is what one by one would have given.
    assert rebuild(ctx).differed == 0
    numbers = {}
    for row in Ticket.select().where(Ticket.number.is_null(False)):
        numbers.setdefault((row.service_id, row.day), []).append(row.number)
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in numbers.values())
    assert {(row.service_id, row.day): row.last_number for row in QueueDay.select()} == {
        key: len(found) for key, found in numbers.items()
    }
    assert CounterShift.select().where(CounterShift.day == MONDAY).count() == len(PEOPLE)
    assert [row.role for row in RoleGrant.select()] == ["queueing.counter"]
    assert list(broken_links()) == []


@pytest.mark.parametrize(("day", "hour"), [(MONDAY - timedelta(days=1), 20), (MONDAY, 23), (MONDAY, 8)])
def test_it_is_lively_at_whatever_hour_it_begins(agency, day, hour):
    ctx = system_context(agency.settings, at(day, hour))

    load(ctx, SEED)

    point = ServicePoint.get()
    assert is_open(point, day)
    assert sum(service.waiting for service in board_of(point, ctx.now).services) > 0
    assert Ticket.select().where(Ticket.ended_at > ctx.now).count() == 0


def test_a_city_without_a_registry_stays_as_it_is(registry):
    load(system_context(registry.settings), SEED)

    assert ServicePoint.select().count() == 0


def test_the_same_generator_gives_the_same_day():
    plan = DayPlan(8 * 3600, 15 * 3600, ((0, 1), (1,)))
    demand = Demand((40, 20), (8, 6), online_share=0.3)

    one, other = (visits_of_a_day(Random(5), plan, demand, 3) for _ in range(2))

    assert one == other
    for visit in one:
        moments = [moment for _, moment, _ in visit.steps]
        assert moments == sorted(moments), visit
        assert len(visit.steps) > 1 or visit.is_online
