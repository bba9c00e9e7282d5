"""Every list of the whole API, everything in it selected, as every role of the demo, on both databases.

What counts: it works, nobody sees more than the system does, and the statements do not grow with the rows.
"""

from datetime import UTC, datetime

import pytest
from graphql import GraphQLNonNull, get_named_type

from core.actor import system_actor
from core.context import Context
from core.database import database
from core.demo.loading import load
from core.identity.actors import actor_for_account
from core.identity.models import Account
from core.plugin_host import start
from core.settings import Settings
from schema.aggregates.sources import PagesAggregate
from schema.engine.fields import Batch, Pages, Relation, RootPages
from schema.execution import execute
from tests.support import databases
from tests.support.schemas import core_schema
from tests.support.statements import counted_statements

NOW = datetime(2026, 1, 15, 5, 0, tzinfo=UTC)
STATEMENTS_OF_A_BATCH = 6
ROLES = ["pegawai", "kepala", "petugas", None]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def demo(database_url):
    databases.open_for_tests(database_url)
    settings = Settings(
        secret_key="x" * 40, database_url=database_url, graphql_max_fields=100_000, graphql_max_depth=30,
        graphql_max_aliases=1000, graphql_max_rows=1_000_000,
    )  # fmt: skip
    start(settings, [])
    ctx = Context(actor=system_actor(NOW.date()), settings=settings, now=NOW, language="en")
    load(ctx, [], lambda _title: None, lambda _logins: None, employees=400)
    yield settings
    if database.is_closed():
        database.connect()
    databases.empty()


SCHEMA = core_schema()
LISTS = sorted(
    name for name, info in SCHEMA.catalogue.types["Query"].fields.items() if isinstance(info.source, RootPages)
)


def context(settings, username):
    if username is None:
        return Context(actor=system_actor(NOW.date()), settings=settings, now=NOW, language="en")
    actor = actor_for_account(Account.get(Account.username == username), NOW.date())
    return Context(actor=actor, settings=settings, now=NOW, language="en")


def selection(kind, depth):
    """Everything of a type that needs no argument, entities below it by their own leaves."""
    parts = []
    for name, info in kind.fields.items():
        if any(isinstance(arg.type, GraphQLNonNull) for arg in info.graphql.args.values()):
            continue
        target = SCHEMA.catalogue.types.get(str(info.target))
        if isinstance(info.source, PagesAggregate):
            continue
        if info.target is None:
            parts.append(name)
        elif isinstance(info.source, Pages):
            if depth:
                rows = SCHEMA.catalogue.types[get_named_type(target.fields["nodes"].graphql.type).name]
                parts.append(f"{name}(first: 2) {{ totalCount edges {{ cursor node {selection(rows, 0)} }} }}")
        elif target is None or target.model is None:
            inner = None if target is None else selection(target, 0)
            parts.append(f"{name} {inner or '{ __typename }'}")
        elif depth:
            parts.append(f"{name} {selection(target, 0)}")
        else:
            parts.append(f"{name} {{ id }}")
    return "{ " + " ".join(parts) + " }"


def most_statements(kind, depth):
    """How many statements a selection may take, whatever the rows."""
    total = 0
    for info in kind.fields.values():
        target = SCHEMA.catalogue.types.get(str(info.target))
        if isinstance(info.source, Batch):
            total += STATEMENTS_OF_A_BATCH
        if isinstance(info.source, Relation):
            total += 1
        if isinstance(info.source, Pages):
            target = SCHEMA.catalogue.types[get_named_type(target.fields["nodes"].graphql.type).name]
            total += 2 if depth else 0
        if target is not None and depth and info.source is not None:
            total += most_statements(target, 0)
    return total


@pytest.mark.parametrize("name", LISTS)
def test_a_list_shows_everything_to_every_role_in_a_bounded_number_of_statements(demo, name):
    info = SCHEMA.catalogue.types["Query"].fields[name]
    rows = SCHEMA.catalogue.types[get_named_type(SCHEMA.catalogue.types[info.target].fields["nodes"].graphql.type).name]
    query = (
        f"query ($first: Int) {{ {name}(first: $first) "
        f"{{ totalCount pageInfo {{ endCursor hasNextPage }} nodes {selection(rows, 1)} }} }}"
    )
    totals = {}
    for role in ROLES:
        ctx = context(demo, role)
        counts = []
        for first in (5, 50):
            with counted_statements() as statements:
                response = execute(SCHEMA, ctx, query, {"first": first})
            assert "errors" not in response, (role, response["errors"][:3])
            counts.append(len(statements))
        totals[role] = response["data"][name]["totalCount"]
        assert max(counts) <= 2 + most_statements(rows, 1)

    assert all(total <= totals[None] for total in totals.values())


@pytest.mark.parametrize("name", LISTS)
def test_a_stranger_meets_no_error(demo, name):
    ctx = Context(actor=type(system_actor(NOW.date()))(today=NOW.date()), settings=demo, now=NOW, language="en")

    response = execute(SCHEMA, ctx, f"{{ {name} {{ totalCount nodes {{ id }} }} }}")

    assert "errors" not in response
    assert len(response["data"][name]["nodes"]) <= response["data"][name]["totalCount"]
