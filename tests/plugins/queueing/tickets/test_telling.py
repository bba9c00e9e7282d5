"""What is told of tickets: to displays and holders as it happens, to other systems without what opens a ticket."""

import json

from core.identity import services as identity
from core.live.models import LiveEvent
from core.platform.models import OutboxEvent
from core.webhooks.models import Webhook
from plugins.queueing.pages.streams import ticket_state
from plugins.queueing.services.issuing import ticket_by_token
from tests.support.calls import system_context


def told():
    """Return what was told since the last time, as it was sent."""
    found = [json.loads(row.payload) for row in LiveEvent.select().order_by(LiveEvent.id)]
    LiveEvent.delete().execute()
    return found


def test_every_step_is_told_without_what_opens_the_ticket(day, db, office):
    owner = identity.create_account(system_context(db), username="dinas", employee_id=office.city.clerk.id)
    Webhook.create(
        account=owner.id, name="Board", url="https://example.test/x", events=["queueing.ticket_changed"], document="",
    )  # fmt: skip
    first = day.take()
    token = first.ticket.token
    day.at("transfer", 3, day.call_next(2), service_id=office.birth.id)

    rows = [row.payload for row in OutboxEvent.select().order_by(OutboxEvent.id)]
    assert [json.loads(row) for row in rows] == (live := told())
    assert [(one["kind"], one["state"]) for one in live] == [
        ("ISSUED", "WAITING"),
        ("CALLED", "CALLED"),
        ("TRANSFERRED", "TRANSFERRED"),
        ("ISSUED", "WAITING"),
    ]
    assert not [row for row in rows if token in row or first.code in row]
    assert live[0]["mark"] == live[1]["mark"] == live[3]["mark"] != live[2]["mark"]


def test_the_page_of_a_ticket_follows_its_own_line_also_to_another_service(day, office):
    ticket = day.take().ticket
    token, called = ticket.token, day.call_next(1)
    told()
    state = ticket_state(ticket_by_token(token))

    def concerned():
        return [state.concerns(one) for one in told()]

    day.take(2, office.birth)
    assert concerned() == [False]
    day.take(2)
    assert concerned() == [True]
    day.at("transfer", 3, called, service_id=office.birth.id)
    assert True in concerned()
    # From then on it waits in the other line: what happens in the first one is no news any more.
    day.take(4, office.birth)
    assert concerned() == [True]
    day.take(4)
    assert concerned() == [False]
    assert json.loads(state.read())["state"] == "WAITING"
