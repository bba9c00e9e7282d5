"""Every table of the queue through GraphQL: rows, relations, aggregates, and who sees what."""

import pytest

from core.plugin_host import start
from schema.application import application_schema
from schema.execution import execute


@pytest.fixture
def schema(registry, db):
    return application_schema(start(db, ["queueing"], web=True))


def test_x(schema, office, db):
    from tests.support.calls import system_context

    print(
        execute(
            schema,
            system_context(db),
            "{ servicePoints { nodes { code services { nodes { code } } } } queueTicketsAggregate { groups { count } } }",
        )
    )
    assert 0
