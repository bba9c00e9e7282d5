"""Counters needed by half hour, and a day played again under other counters."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from core.actor import Actor
from core.context import Context
from core.errors import Refused
from plugins.queueing.models import Ticket
from plugins.queueing.reading.staffing import CounterPlan, counters_needed, what_if
from plugins.queueing.rules.erlang import mmc
from plugins.queueing.terms import Channel, TicketState
from tests.support.calls import system_context

EIGHT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Monday 2 March 2026, 08:00 in Jakarta."""


@pytest.fixture
def busy_day(office):
    """Sixty people for A between eight and nine, one a minute, served for three minutes each by two counters."""
    free = [EIGHT, EIGHT]
    for number in range(60):
        arrived = EIGHT + timedelta(minutes=number)
        counter = 0 if free[0] <= free[1] else 1
        called = max(arrived, free[counter])
        free[counter] = called + timedelta(minutes=3)
        ticket(office, number + 1, arrived, called, 180, counter=(office.one, office.two)[counter])
    return office


def ticket(office, number, arrived, called, served, counter=None, state=TicketState.DONE, service=None):
    return Ticket.create(
        service=service or office.ktp,
        day=arrived.date(),
        number=number,
        token=f"{arrived.isoformat()}-{number}",
        state=state,
        channel=Channel.KIOSK,
        counter=counter,
        queued_at=arrived,
        called_at=called,
        serving_at=called,
        ended_at=called + timedelta(seconds=served) if called else arrived + timedelta(minutes=20),
        local_hour=arrived.hour + 7,
        wait_seconds=int((called - arrived).total_seconds()) if called else None,
        serve_seconds=served,
    )


def test_each_half_hour_needs_so_many_that_nine_of_ten_wait_ten_minutes_at_most(db, busy_day):
    ticket(busy_day, 61, EIGHT + timedelta(days=1, hours=4), EIGHT + timedelta(days=1, hours=4), 60)
    ctx = system_context(db, EIGHT)
    day = busy_day.day

    first, second, late = counters_needed(ctx, service_ids=[busy_day.ktp.id], first=day, last=day + timedelta(days=6))

    # Thirty in the half hour of one of two days: as a mean thirty an hour, or work for one counter and a half.
    assert (first.starts_at, second.starts_at, late.starts_at) == ("08:00", "08:30", "12:00")
    assert (first.arrivals_per_hour, first.serve_minutes, first.counters) == (Decimal("30.00"), Decimal("3.00"), 3)
    assert first.wait_within_percent == Decimal(str(round(100 * mmc(0.5, 1 / 3, 3).within(10), 2)))
    assert first.present_within_percent == Decimal(str(round(100 * mmc(0.5, 1 / 3, 2).within(10), 2)))
    assert (first.present, first.problem) == (2, None)
    # One case tells nothing about serving times: those of all half hours stand in.
    assert (late.arrivals_per_hour, late.serve_minutes, late.counters) == (Decimal("1.00"), Decimal("2.97"), 1)


def test_more_work_than_counters_is_a_problem_and_no_share(db, busy_day):
    ctx = system_context(db, EIGHT)

    need, _ = counters_needed(ctx, service_ids=[busy_day.ktp.id], first=busy_day.day, last=busy_day.day)
    patient, _ = counters_needed(ctx, service_ids=[busy_day.ktp.id], first=busy_day.day, last=busy_day.day, patience=15)

    assert (need.counters, need.present, need.present_within_percent) == (4, 2, None)
    assert need.problem.code == "QUEUE_OVERLOADED"
    assert need.problem.message("en").startswith("From 08:00 on work for 3.0 counters arrives, 2 may serve it")
    assert need.problem.message("id").startswith("Mulai 08:00")
    # With patience some give up, so that there is a figure, a bad one.
    assert patient.counters <= 4
    assert 0 < patient.present_within_percent < 75
    assert patient.problem.code == "QUEUE_OVERLOADED"


def test_planning_sees_what_its_caller_sees(db, busy_day):
    nobody = Context(actor=Actor(today=busy_day.day), settings=db, now=EIGHT, language="en")

    assert counters_needed(nobody, service_ids=[busy_day.ktp.id], first=busy_day.day, last=busy_day.day) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"share": 1.0}, "QUEUE_SHARE"),
        ({"share": float("nan")}, "QUEUE_SHARE"),
        ({"minutes": -1}, "QUEUE_MINUTES"),
        ({"patience": 0}, "QUEUE_MINUTES"),
    ],
)
def test_what_cannot_be_planned_is_refused(db, office, given, code):
    with pytest.raises(Refused) as refused:
        counters_needed(system_context(db), service_ids=[office.ktp.id], first=office.day, last=office.day, **given)

    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_day_is_played_again_with_more_counters(db, busy_day):
    plan = CounterPlan((busy_day.ktp.id,))

    found = what_if(
        system_context(db, EIGHT), point_id=busy_day.point.id, day=busy_day.day, counters=[plan] * 4, runs=5, seed=7
    )

    # The real line grows by half a minute with each who comes; the simulation of the day as it was says the same.
    assert found.actual.wait_median == found.as_it_was.wait_median.middle == Decimal("14.50")
    assert found.as_it_was.served.low == found.simulated.served.high == 60
    assert found.simulated.wait_p90.high == 0
    assert found.simulated.busy_percent.middle == Decimal("10.71")  # 3 hours of 4 x 7
    assert (found.problems, found.runs) == ((), 5)


def test_what_a_plan_cannot_do_is_told(db, busy_day):
    at = EIGHT + timedelta(minutes=5)
    ticket(busy_day, 1, at, at, 60, busy_day.one, service=busy_day.birth)
    ticket(busy_day, 62, at, None, None, state=TicketState.LEFT)
    plan = CounterPlan((busy_day.ktp.id,), "08:00", "10:00")

    found = what_if(
        system_context(db, EIGHT), point_id=busy_day.point.id, day=busy_day.day, counters=[plan], runs=4, seed=7
    )
    again = what_if(
        system_context(db, EIGHT), point_id=busy_day.point.id, day=busy_day.day, counters=[plan], runs=4, seed=7
    )

    assert [problem.code for problem in found.problems] == [
        "QUEUE_DAY_OVERLOADED",
        "QUEUE_SERVICE_WITHOUT_COUNTER",
        "QUEUE_DAY_OVERLOADED",
    ]
    assert found.simulated.unserved.middle == 1  # nobody serves births
    assert found.simulated.left.high > 0
    assert found.simulated == again.simulated


def test_opening_earlier_shortens_the_wait_of_those_who_came_early(db, busy_day):
    for number in range(100, 110):
        early = EIGHT - timedelta(minutes=30)
        ticket(busy_day, number, early, EIGHT + timedelta(minutes=100), 180, busy_day.two)
    plans = [CounterPlan((busy_day.ktp.id,))] * 3

    def wait(opening):
        found = what_if(
            system_context(db), point_id=busy_day.point.id, day=busy_day.day, counters=plans, opening=opening, runs=3
        )
        return found.simulated.wait_mean.middle

    assert wait([("07:30", "15:00")]) < wait(None) < wait([("08:15", "15:00")])


def test_a_counter_that_opens_after_the_end_of_service_is_refused(db, busy_day):
    plan = CounterPlan((busy_day.ktp.id,), "23:00", "")

    with pytest.raises(Refused, match="QUEUE_HOURS"):
        what_if(system_context(db), point_id=busy_day.point.id, day=busy_day.day, counters=[plan], runs=1)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"runs": 0}, "QUEUE_RUNS"),
        ({"counters": []}, "QUEUE_COUNTERS"),
        ({"opening": [("15:00", "08:00")]}, "QUEUE_HOURS"),
        ({"counters": [CounterPlan((1,), "8", "")]}, "QUEUE_HOURS"),
        ({}, "QUEUE_DAY_EMPTY"),
        ({"point_id": 999}, "NOT_FOUND"),
    ],
)
def test_what_cannot_be_simulated_is_refused(db, office, given, code):
    asked = {"point_id": office.point.id, "day": office.day, "counters": [CounterPlan((office.ktp.id,))], "runs": 2}

    with pytest.raises(Refused) as refused:
        what_if(system_context(db), **{**asked, **given})

    assert [problem.code for problem in refused.value.problems] == [code]
