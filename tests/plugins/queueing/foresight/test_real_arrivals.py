"""A real day of a canteen (Tyler's Grill: 1,434 arrivals, 110 measured serving times) through planning and simulation.

What is expected is calculated here by other means: the recursion of Kiefer and Wolfowitz for a first-come line with
several servers, and counts of the file itself.
"""

import csv
import heapq
import random
from collections import Counter as Tally
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from statistics import mean, median
from zoneinfo import ZoneInfo

import pytest

from core.database import transaction
from plugins.queueing.logs.writing import PastTicket, write_tickets
from plugins.queueing.models import Counter, CounterService
from plugins.queueing.reading.metrics import queue_figures
from plugins.queueing.reading.staffing import CounterPlan, counters_needed, what_if
from plugins.queueing.rules.states import Happened
from plugins.queueing.simulation.office import Person, SimCounter, SimOffice, Span
from plugins.queueing.simulation.run import simulate
from plugins.queueing.terms import TicketEventKind
from tests.support.calls import system_context
from tests.support.real_data import real_file

HALF_PAST_SEVEN = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
"""Monday 2 March 2026, 07:30 in Jakarta, to which the arrivals of the file are counted."""

JAKARTA = ZoneInfo("Asia/Jakarta")
SERVERS = 5


def column(name, heading):
    with real_file(f"queue/tylers_grill_{name}.csv").open(encoding="utf-8", newline="") as file:
        return [int(row[heading]) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def arrivals():
    return column("arrivals", "arrival_seconds_after_0730")


@pytest.fixture(scope="module")
def servings():
    return column("service_times", "service_seconds")


@pytest.fixture(scope="module")
def works(arrivals, servings):
    """A serving time for each arrival: the measured ones one after another, again and again."""
    return [servings[place % len(servings)] for place in range(len(arrivals))]


def waits_of(arrivals, works, servers):
    """The waits of a first-come line: who comes is served by the server that is free first."""
    free, waits = [0] * servers, []
    for came, work in zip(arrivals, works, strict=True):
        begins = max(came, heapq.heappop(free))
        heapq.heappush(free, begins + work)
        waits.append(begins - came)
    return waits


def place_in(ordered, share):
    """The value below which a share of ordered values lies, between two values by proportion."""
    at = (len(ordered) - 1) * share
    low = int(at)
    return ordered[low] + (ordered[min(low + 1, len(ordered) - 1)] - ordered[low]) * (at - low)


def test_the_files_are_those_that_are_described(arrivals, servings):
    assert (len(arrivals), arrivals == sorted(arrivals), len(servings)) == (1434, True, 110)
    assert sum(servings) == 6568


@pytest.mark.parametrize(("servers", "mean_wait"), [(4, 136.30), (5, 48.34), (6, 27.19)])
def test_every_simulated_wait_is_that_of_the_recursion(arrivals, works, servers, mean_wait):
    counters = tuple(SimCounter(frozenset({1}), (Span(0.0, 1e9),)) for _ in range(servers))
    people = [Person(at=float(came), service=1, work=float(work)) for came, work in zip(arrivals, works, strict=True)]

    tickets = simulate(SimOffice(counters), people)

    waits = waits_of(arrivals, works, servers)
    assert [ticket.wait for ticket in tickets] == waits
    assert round(mean(waits), 2) == mean_wait


@pytest.fixture
def grill(office, arrivals, works):
    """The day as tickets of a point with five counters, each served when the recursion says."""
    counters = [office.one, office.two]
    counters += [Counter.create(point=office.point, number=number) for number in range(3, SERVERS + 1)]
    for counter in counters[2:]:
        CounterService.create(counter=counter, service=office.ktp)
    free = [(0, place) for place in range(SERVERS)]
    tickets = []
    for came, work in zip(arrivals, works, strict=True):
        at, place = heapq.heappop(free)
        begins = max(came, at)
        heapq.heappush(free, (begins + work, place))
        steps = (
            (TicketEventKind.CALLED, begins),
            (TicketEventKind.SERVING, begins),
            (TicketEventKind.DONE, begins + work),
        )
        happened = [Happened(TicketEventKind.ISSUED, HALF_PAST_SEVEN + timedelta(seconds=came))]
        happened += [
            Happened(kind, HALF_PAST_SEVEN + timedelta(seconds=second), counters[place].id) for kind, second in steps
        ]
        tickets.append(PastTicket(service_id=office.ktp.id, day=office.day, happened=happened))
    with transaction():
        write_tickets(tickets, zone=JAKARTA, actor="")
    return office


def test_figures_and_needs_of_the_day_are_those_of_the_file(db, grill, arrivals, works):
    ctx = system_context(db, HALF_PAST_SEVEN)

    (found,) = queue_figures(ctx, first=grill.day, last=grill.day)
    needs = counters_needed(ctx, service_ids=[grill.ktp.id], first=grill.day, last=grill.day)

    waits = sorted(waits_of(arrivals, works, SERVERS))
    assert (found.arrivals, found.served) == (1434, 1434)
    assert float(found.wait_mean) == pytest.approx(mean(waits) / 60, abs=0.005)
    assert float(found.wait_median) == pytest.approx(median(waits) / 60, abs=0.005)
    assert float(found.wait_p90) == pytest.approx(place_in(waits, 0.9) / 60, abs=0.005)
    assert float(found.serve_mean) == pytest.approx(mean(works) / 60, abs=0.005)
    # 07:30 stands at the beginning of a half hour, so that the halves of the file are those of the plan.
    halves = Tally(came // 1800 for came in arrivals)
    clock = {half: f"{(15 + half) // 2:02}:{(15 + half) % 2 * 30:02}" for half in halves}
    assert {need.starts_at: need.arrivals_per_hour for need in needs} == {
        clock[half]: Decimal(2 * count).quantize(Decimal("0.01")) for half, count in halves.items()
    }
    busiest = max(halves, key=halves.__getitem__)
    assert max(needs, key=lambda need: need.counters).starts_at == clock[busiest]


def test_the_day_played_again_waits_as_long_as_the_recursion_with_serving_times_drawn_anew(db, grill, arrivals, works):
    plan = CounterPlan((grill.ktp.id,))

    found = what_if(
        system_context(db, HALF_PAST_SEVEN), point_id=grill.point.id, day=grill.day, counters=[plan] * 4,
        opening=[("07:30", "21:00")], runs=11, seed=3,
    )  # fmt: skip

    def drawn(servers):
        days = (
            mean(waits_of(arrivals, random.Random(seed).choices(works, k=len(arrivals)), servers)) / 60
            for seed in range(101)
        )
        return sorted(days)

    five, four = drawn(SERVERS), drawn(4)
    assert found.as_it_was.served.middle == found.simulated.served.middle == 1434
    assert place_in(five, 0.05) <= float(found.as_it_was.wait_mean.middle) <= place_in(five, 0.95)
    assert place_in(four, 0.05) <= float(found.simulated.wait_mean.middle) <= place_in(four, 0.95)
    assert float(found.simulated.wait_mean.middle) > 2 * float(found.as_it_was.wait_mean.middle)
    assert found.problems == ()
