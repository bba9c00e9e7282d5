"""The pages of the office on a Monday morning, with a browser of a citizen and one of the clerk."""

from datetime import UTC, datetime, timedelta

import pytest

from plugins.queueing.models import Counter, PriorityGroup
from plugins.queueing.pages import calling
from tests.support.apps import app_of
from tests.support.office import Person, add_people

MORNING = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
"""Monday 2 March 2026, 08:30 in Jakarta."""


class Clock:
    """The clock of the pages."""

    def __init__(self):
        self.now = MORNING

    def pass_minutes(self, minutes):
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(calling, "utc_now", lambda: clock.now)
    return clock


@pytest.fixture
def app(db, office, clock):
    app = app_of(db, ["queueing"])
    app.extensions["queueing.rates"] = calling.rates_of(db)
    add_people(office.city, {"clerk": "queueing.counter", "officer": None}, clerk=office.city.registry)
    office.ktp.requirements = "Kartu Keluarga\nSurat pengantar"
    office.ktp.save()
    office.group = PriorityGroup.create(code="lansia-uji", name="Lansia", name_en="Elderly")
    return app


@pytest.fixture
def citizen(app):
    """A phone that speaks English."""
    client = app.test_client()
    client.set_cookie("language", "en")
    return client


@pytest.fixture
def clerk(app):
    """The clerk, logged in to the back office."""
    return Person(app, "clerk")


@pytest.fixture
def other_point(office):
    """A counter of the same number somewhere else."""
    return Counter.get(Counter.number == 2)
