"""The card of the start page: today at one's own service points, for those who read the queue and nobody else."""

from datetime import UTC, date, datetime, timedelta

import pytest

from admin.dashboard import cards as start_page
from core.app import create_app
from core.plugin_host import start
from plugins.queueing.cards import figures_of_today, pages_of_today
from plugins.queueing.models import CounterShift, QueueService, ServicePoint, Ticket
from plugins.queueing.reading import metrics
from plugins.queueing.terms import Channel, TicketState
from tests.support.calls import call_as
from tests.support.grants import give_role
from tests.support.statements import counted_statements

MORNING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
"""Monday, 9 o'clock in Jakarta."""


def ticket(service, number, state, wait=None, day=TODAY, **values):
    return Ticket.create(
        service=service, day=day, number=number, token=f"{service.id}-{day}-{number}", state=state,
        channel=Channel.KIOSK, queued_at=MORNING, wait_seconds=wait, **values,
    )  # fmt: skip


@pytest.fixture
def busy(office):
    """Two people were served and one waits; yesterday does not count."""
    ticket(office.ktp, 1, TicketState.DONE, 6 * 60)
    ticket(office.ktp, 2, TicketState.DONE, 19 * 60)
    ticket(office.birth, 1, TicketState.WAITING)
    ticket(office.ktp, 1, TicketState.DONE, 3600, TODAY - timedelta(days=1))
    QueueService.update(target_wait_minutes=20).where(QueueService.id == office.birth.id).execute()
    give_role(office.city.clerk, "queueing.counter", office.city.registry)
    return office


def shown(db, who, language="en"):
    return {figure.label: figure.value for figure in figures_of_today(call_as(db, who.id, MORNING))}


def test_today_for_whoever_reads_the_queue(db, busy):
    expected = {
        "Waiting now": "1",
        "Served today": "2",
        "Median wait today (target), in minutes": "12.5 (15–20)",
        "Waits within the target today, in %": "50",
    }

    assert shown(db, busy.city.clerk) == expected
    # Whoever heads the unit reads its queue without a role.
    assert shown(db, busy.city.chief) == expected


def test_of_several_points_the_longest_lines_are_named_in_as_many_statements(db, busy):
    def count():
        with counted_statements() as found:
            figures = shown(db, busy.city.clerk)
        return len(found), figures

    one, _ = count()
    for number in range(6):
        point = ServicePoint.create(unit=busy.city.registry, code=f"p{number}", name=f"P{number}")
        service = QueueService.create(point=point, unit=busy.city.registry, code="x", name="X", prefix="X")
        ticket(service, 1, TicketState.WAITING if number == 4 else TicketState.DONE, 60)
    many, figures = count()

    assert many == one + 1
    named = {label: value for label, value in figures.items() if label.startswith("Waiting at")}
    assert list(named.items())[:2] == [("Waiting at Dukcapil", "1"), ("Waiting at P4", "1")]
    assert len(named) == 5
    assert (figures["Waiting now"], figures["Served today"]) == ("2", "7")


def test_nothing_for_others_not_even_for_who_only_served_there(db, busy):
    ticket(busy.ktp, 3, TicketState.DONE, 60, employee=busy.city.other)

    assert shown(db, busy.city.other) == {}
    assert shown(db, busy.city.officer) == {}
    # Whoever gets nothing is not shown the empty card either.
    assert start_page.plugin_cards(call_as(db, busy.city.other.id, MORNING)) == []


def test_the_card_stands_on_the_page_and_its_failure_alone_is_said(db, busy, monkeypatch):
    start(db, ["queueing"], web=True)
    ctx = call_as(db, busy.city.clerk.id, MORNING)
    (card,) = start_page.plugin_cards(ctx)
    assert (card.title, card.figures[0].value) == ("Queues today", "1")
    assert [link.text for link in card.links] == ["Dashboard", "Planning the queue", "Display, kiosk and booking"]

    monkeypatch.setattr(metrics, "_statement", lambda *_: 1 / 0)

    assert start_page.plugin_cards(ctx) == [start_page.PluginCard("Queues today", None)]


def test_the_card_leads_to_the_pages_that_the_person_may_open(db, busy):
    app = create_app(db, ["queueing"])
    CounterShift.create(counter=busy.two, employee=busy.city.clerk, day=TODAY, starts_at="08:00", ends_at="15:00")
    CounterShift.create(
        counter=busy.one, employee=busy.city.clerk, day=TODAY - timedelta(days=1), starts_at="08:00", ends_at="15:00"
    )

    links = {link.text: link.address for link in pages_of_today(call_as(db, busy.city.clerk.id, MORNING))}

    assert links == {
        "Counter 2": "/-/queueing/dukcapil/counter/2",
        "Dashboard": "/-/queueing/dukcapil/dashboard",
        "Planning the queue": "/-/queueing/dukcapil/planning",
        "Display, kiosk and booking": "/-/queueing/dukcapil/",
    }
    # Nobody is logged in here: what is for staff asks for that, and every address is one of a page.
    client = app.test_client()
    assert {client.get(address).status_code for address in links.values()} == {200, 302}
    assert "/-/queueing/" in client.get("/").text
    assert pages_of_today(call_as(db, busy.city.officer.id, MORNING)) == []


def test_of_several_points_the_links_name_theirs(db, busy):
    def links():
        with counted_statements() as found:
            pages = pages_of_today(call_as(db, busy.city.clerk.id, MORNING))
        return len(found), pages

    one, _ = links()
    for number in range(6):
        ServicePoint.create(unit=busy.city.registry, code=f"p{number}", name=f"P{number}")
    many, pages = links()

    assert many == one
    assert pages[0].text == "Dukcapil: Dashboard"
    assert (len(pages), pages[-1].text, pages[-1].address) == (5 * 3 + 1, "All service points", "/-/queueing/")
