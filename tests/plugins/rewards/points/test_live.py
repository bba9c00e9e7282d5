"""One's own points are told as they change, to nobody else."""

from datetime import UTC, datetime

import pytest

from core.identity import services as identity
from core.identity.authentication import NotAuthenticated
from core.identity.models import Account
from core.plugin_host import start
from plugins.rewards.points.services import catalogue
from schema import live_stream
from schema.application import application_schema
from schema.live_opening import Live
from tests.plugins.queueing.graphql.test_live import Hub, Listener
from tests.support.calls import system_context

OWN = "subscription { ownPointsChanged { balance } }"
MORNING = datetime(2026, 1, 15, 5, 0, tzinfo=UTC)


@pytest.fixture
def live(people, db, monkeypatch):
    schema = application_schema(start(db, ["rewards"], web=True))
    monkeypatch.setattr(live_stream, "utc_now", lambda: MORNING)
    made = Live(schema, db, 8)
    made.hub = Hub()
    return made


def token(db, employee):
    account = Account.get(Account.employee == employee)
    ctx = system_context(db)
    return identity.create_api_token(ctx, name="t", scopes=("read",), account_id=account.id).token


def test_the_person_is_told_and_nobody_else(db, people, give, live):
    officer = Listener(live, OWN, token(db, people.city.officer))
    clerk = Listener(live, OWN, token(db, people.city.clerk), address="2")

    give(people.city.officer, 100)
    assert officer.told() == [{"balance": 100}]
    catalogue.redeem(people.as_(people.city.officer), people.mug.id, "k")
    assert officer.told() == [{"balance": 70}]

    # The chief may see the points of others, and is told of the own ones alone.
    chief = Listener(live, OWN, token(db, people.city.chief), address="3")
    give(people.city.officer, 1)
    assert (officer.told(), clerk.told(), chief.told()) == ([{"balance": 71}], [], [])


def test_a_stranger_is_not_told(live):
    with pytest.raises(NotAuthenticated):
        Listener(live, OWN)
