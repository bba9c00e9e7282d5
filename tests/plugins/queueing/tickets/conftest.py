"""People of the office on a Monday morning: strangers, and the clerk who serves."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from core.actor import Actor
from core.context import Context
from plugins.queueing.models import Ticket, TicketEvent
from plugins.queueing.services import counters, tickets
from tests.support.calls import call_as, system_context

MORNING = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
"""Monday 2 March 2026, 08:30 in Jakarta."""


def after(minutes=0, seconds=0):
    """Return a moment of that morning."""
    return MORNING + timedelta(minutes=minutes, seconds=seconds)


def stranger(settings, at=MORNING):
    """Return a call by nobody known."""
    return Context(actor=Actor(today=at.date()), settings=settings, now=at, language="en")


@pytest.fixture
def day(db, office):
    """Verbs on that day, each at its minute: strangers take and book, the system serves."""

    def take(minute=0, service=None, **given):
        return tickets.take_number(stranger(db, after(minute)), service_id=(service or office.ktp).id, **given)

    def book(minute=0, service=None, nik="3201010101010001", **given):
        given = {"day": office.day, **given}
        return tickets.book(stranger(db, after(minute)), service_id=(service or office.ktp).id, nik=nik, **given)

    def at(verb, minute, ticket, counter=None, **given):
        counter = counter or office.one
        return getattr(counters, verb)(serving(minute), ticket_id=ticket.id, counter_id=counter.id, **given)

    def call_next(minute=0, counter=None, **given):
        return counters.call_next(serving(minute), counter_id=(counter or office.one).id, **given)

    def serving(minute=0):
        return system_context(db, after(minute))

    def clerk(minute=0):
        return call_as(db, office.city.clerk.id, after(minute))

    def kinds(ticket):
        rows = TicketEvent.select().where(TicketEvent.ticket == ticket.id).order_by(TicketEvent.id)
        return [row.kind.value for row in rows]

    def row(ticket):
        return Ticket.get_by_id(ticket.id)

    return SimpleNamespace(**locals())
