"""The schema of the application with this plugin on, asked as a client asks."""

from datetime import UTC, datetime

import pytest

from core.actor import Actor
from core.context import Context
from schema.application import application_schema
from schema.execution import execute
from tests.support.apps import started
from tests.support.calls import call_as, system_context
from tests.support.grants import give_role

MORNING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Monday, 9 o'clock in Jakarta."""


@pytest.fixture
def schema(registry, db):
    """The schema, with the plugin on."""
    return application_schema(started(db, ["queueing"], web=True))


@pytest.fixture
def ask(schema, db):
    """Ask as somebody: an employee, nobody (a stranger), or with `system=True` the system itself."""

    def answer(query, who=None, *, system=False, at=MORNING, **variables):
        if system:
            ctx = system_context(db, at)
        elif who is None:
            ctx = Context(actor=Actor(today=at.date()), settings=db, now=at, language="en")
        else:
            ctx = call_as(db, who.id, at)
        return execute(schema, ctx, query, variables)

    answer.morning = MORNING
    return answer


@pytest.fixture
def staff(office):
    """The clerk serves at the counters of the office, its chief manages the queue."""
    give_role(office.city.clerk, "queueing.counter", office.city.registry)
    give_role(office.city.chief, "queueing.manager", office.city.registry)
    return office
