"""Facts of queues: the value that the figures show, with the cases and a query that finds them again."""

from datetime import date
from decimal import Decimal

from core.registry import active_registry
from plugins.queueing.models import Ticket
from plugins.queueing.terms import Channel, TicketState

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


def wait(office, number, seconds, state=TicketState.DONE, employee=None):
    Ticket.create(
        service=office.ktp, day=office.day, number=number, token=str(number), state=state, channel=Channel.KIOSK,
        queued_at="2026-03-02 01:00:00", wait_seconds=seconds, employee=employee,
    )  # fmt: skip


def measured(ctx, subject):
    found = {}
    for fact in active_registry().facts:
        if fact.name.startswith("queueing."):
            about = subject[fact.about]
            found[fact.name] = (fact, fact.measure(ctx, about.id, FIRST, LAST))
    return found


def test_facts_are_the_figures_of_a_unit_and_of_who_served(office, ctx):
    officer = office.city.officer
    for number, seconds in enumerate([300, 600, 840, 1200], start=1):
        wait(office, number, seconds, employee=officer if number < 3 else office.city.clerk)
    wait(office, 5, None, TicketState.LEFT)

    found = measured(ctx, {"unit": office.city.agency, "employee": officer})

    assert {name: (value.value, value.cases) for name, (_, value) in found.items()} == {
        "queueing.wait_median_minutes": (Decimal(12), 4),
        "queueing.wait_p90_minutes": (Decimal("18.20"), 4),
        "queueing.within_target_percent": (Decimal(75), 4),
        "queueing.served_count": (Decimal(4), 4),
        "queueing.abandonment_percent": (Decimal(20), 5),
        "queueing.own_wait_median_minutes": (Decimal("7.50"), 2),
        "queueing.own_wait_p90_minutes": (Decimal("9.50"), 2),
        "queueing.own_within_target_percent": (Decimal(100), 2),
        "queueing.own_served_count": (Decimal(2), 2),
    }
    evidence = found["queueing.wait_p90_minutes"][1].evidence
    assert evidence["window"] == {"from": "2026-03-01", "to": "2026-03-31"}
    assert evidence["variables"]["id"] == f"WorkUnit:{office.city.agency.id}"
    assert "waitCases waitP90" in evidence["query"]


def test_without_cases_there_is_no_value(office, ctx):
    found = measured(ctx, {"unit": office.city.archive, "employee": office.city.other})

    assert [value for _, value in found.values()] == [None] * 9
