"""What is foretold to tickets, what is kept of it, and how often it held."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from core.actor import Actor
from core.context import Context
from plugins.queueing.models import CounterShift, OpeningHours, PriorityGroup, Ticket, WaitEstimate
from plugins.queueing.reading.estimates import Accuracy, accuracy, estimate_for, estimate_for_newcomer, foretell
from plugins.queueing.services import counters, estimating, tickets
from plugins.queueing.services.estimating import note_estimate
from plugins.queueing.terms import Channel, HoursKind, TicketState
from tests.support.calls import system_context

MORNING = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
"""Monday 2 March 2026, 08:30 in Jakarta; the office opens at eight."""


def at(minutes):
    return MORNING + timedelta(minutes=minutes)


@pytest.fixture
def take(db, office):
    """Take a number of a service at a minute of the morning."""

    def taking(minute=0, service=None, **given):
        nobody = Context(actor=Actor(today=office.day), settings=db, now=at(minute), language="en")
        return tickets.take_number(nobody, service_id=(service or office.ktp).id, **given).ticket

    return taking


def told(ticket):
    return WaitEstimate.get_or_none(WaitEstimate.ticket == ticket.id)


def settled(office, number, *, expected=600, waited=600, low=400, high=800):
    """A ticket of an earlier day with what was foretold and what came."""
    ticket = Ticket.create(
        service=office.ktp, day=office.day - timedelta(days=3), number=number, token=f"t{number}",
        state=TicketState.DONE, channel=Channel.KIOSK, queued_at=at(-4320), wait_seconds=waited,
    )  # fmt: skip
    return WaitEstimate.create(
        ticket=ticket, service=office.ktp, made_at=at(-4320), ahead=1, counters=1, expected=expected,
        half_low=low + 100, half_high=high - 100, wide_low=low, wide_high=high, waited=waited,
    )  # fmt: skip


def test_a_wait_is_foretold_when_it_begins_and_settled_at_the_first_call(db, office, take):
    first = take(0)
    second, third = take(1), take(1, office.birth)

    assert (told(first).ahead, told(first).counters, told(first).expected, told(first).closed) == (0, 2, 0, 0)
    # Both counters may call A, one of them B as well; each has one ahead that the other may take.
    assert (told(second).ahead, told(second).counters, told(second).expected) == (1, 2, 0)
    assert (told(third).ahead, told(third).counters) == (2, 1)
    assert told(first).waited is None

    counters.call_next(system_context(db, at(7)), counter_id=office.two.id)

    assert (told(first).waited, told(second).waited) == (420, None)


def test_the_queue_the_counters_and_the_target_make_the_range(db, office, take):
    for minute in range(6):
        take(minute)

    estimate = estimate_for_newcomer(office.ktp, at(6))

    assert (estimate.ahead, estimate.counters) == (6, 2)
    # Six turns of ten minutes at two counters.
    assert 0 < estimate.wide_low < estimate.half_low < 1800 < estimate.half_high < estimate.wide_high < 3600


def test_who_goes_first_has_nobody_ahead(office, take):
    elderly = PriorityGroup.create(code="tua", name="Lansia")
    others = [take(minute) for minute in range(4)]

    first = take(5, priority_id=elderly.id)

    assert told(first).ahead == 0
    assert estimate_for(others[0], at(5)).ahead == 1


def test_the_break_at_noon_lies_between(office, take):
    OpeningHours.create(point=office.point, weekday=0, kind=HoursKind.BREAK, starts_at="12:00", ends_at="13:00")
    for _ in range(4):
        take(205)  # five to twelve

    last = told(take(205))

    # Two turns of ten minutes at each of two counters do not end before noon.
    assert (last.expected, last.closed) == (1200, 3600)
    assert 3900 < last.wide_low < 4800 < last.wide_high


def test_nobody_is_called_before_the_office_opens(office, take):
    early = take(-60)

    assert (told(early).expected, told(early).closed, told(early).counters) == (0, 1800, 2)
    assert told(early).wide_low == 1800


def test_shifts_say_which_counters_serve_and_without_one_nothing_is_promised(office, take):
    for starts_at, counter in (("08:00", office.two), ("09:00", office.one)):
        CounterShift.create(
            counter=counter, employee=office.city.clerk, day=office.day, starts_at=starts_at, ends_at="12:00"
        )
    open_now, opens_later = take(0), take(0, office.birth)

    assert told(open_now).counters == 1
    assert (told(opens_later).expected, told(opens_later).counters) == (1800, 1)
    assert told(take(240, office.birth)) is None


def test_what_was_called_and_served_is_measured_and_turns_remain(db, office, take):
    system = lambda minute: system_context(db, at(minute))  # noqa: E731
    for minute in range(3):
        take(minute)
    busy = counters.call_next(system(4), counter_id=office.two.id)
    counters.start(system(5), ticket_id=busy.id, counter_id=office.two.id)

    waiting = estimate_for_newcomer(office.ktp, at(6))
    counters.finish(system(8), ticket_id=busy.id, counter_id=office.two.id)
    quicker = estimate_for_newcomer(office.ktp, at(8))

    # Only the counter at work counts as open now. One turn remains and two wait; then two wait, and turns are shorter.
    assert (waiting.ahead, waiting.counters) == (2, 1)
    assert quicker.half_high < waiting.half_high
    assert estimate_for(busy, at(6)) is None


def test_the_ranges_follow_what_came_of_earlier_ones(office, take):
    take(0), take(0), take(0)
    before = estimate_for_newcomer(office.ktp, at(1))
    for number in range(60):
        settled(office, number + 1, waited=1200)

    after = estimate_for_newcomer(office.ktp, at(1))

    assert before.half_high < 1150
    assert after.half_low > 1100


def test_an_event_that_is_heard_of_later_was_foretold_to_nobody(db, office, take):
    ticket = take(0)
    WaitEstimate.delete().execute()

    assert note_estimate(system_context(db, at(30)), ticket) is None
    assert told(ticket) is None


def test_who_is_called_while_the_wait_is_foretold_is_told_nothing_or_settled_at_once(db, office, take, monkeypatch):
    def call_next(counter):
        return counters.call_next(system_context(db, at(1)), counter_id=counter.id)

    def called_before(*given):
        call_next(office.one)
        return foretell(*given)

    def called_after(*given):
        found = foretell(*given)
        call_next(office.two)
        return found

    monkeypatch.setattr(estimating, "foretell", called_before)
    assert told(take(0)) is None
    monkeypatch.setattr(estimating, "foretell", called_after)
    assert told(take(0)).waited == 60


def test_accuracy_counts_what_came_to_an_end_and_only_what_one_may_see(db, office):
    for number, waited in enumerate((300, 400, 500, 600, 700, 800, 801, None), start=1):
        settled(office, number, waited=waited)
    first = office.day - timedelta(days=7)

    def shown(ctx, **of):
        return accuracy(ctx, first=first, last=office.day, **of)

    system = system_context(db, MORNING)
    found = Accuracy(7, Decimal("42.86"), Decimal("71.43"))
    assert shown(system) == shown(system, point_id=office.point.id, service_id=office.ktp.id) == found
    assert shown(system, service_id=office.birth.id) == Accuracy(0, None, None)
    assert accuracy(system, first=office.day, last=office.day).cases == 0
    nobody = Context(actor=Actor(today=office.day), settings=db, now=MORNING, language="en")
    assert shown(nobody).cases == 0
