"""Fixtures of the engine's tests: a toy institution on both databases."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
import structlog

import schema
from core import policy
from core.actor import Actor
from core.context import Context
from core.database import connect, database
from core.i18n import load_translations
from core.settings import Settings
from schema.build import Schema, build_schema
from schema.execution import execute
from tests.schema import toy
from tests.support import databases
from tests.support.services import POSTGRESQL_URL, need
from tests.support.statements import counted_statements

TRANSLATIONS = Path(schema.__file__).parent / "translations"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings of a deployment without the back office, whose pages take longer to mount than a test to run."""
    return settings.model_copy(update={"back_office": False})


@pytest.fixture(scope="session", params=databases.wanted())
def toy_database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('toy') / 'toy.db'}"
        return
    need("postgresql")
    name = f"kinerja_toy_{worker_id}_{os.getpid()}"
    with psycopg.connect(POSTGRESQL_URL, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield POSTGRESQL_URL.rsplit("/", 1)[0] + "/" + name
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def toy_db(toy_database_url: str) -> Iterator[None]:
    connect(toy_database_url)
    kept = (dict(policy._entries), dict(policy._acts))
    policy.install(toy.POLICIES, [])
    load_translations(TRANSLATIONS)
    database.create_tables(toy.MODELS)
    toy.CALLS.clear()
    yield
    database.drop_tables(toy.MODELS)
    database.close()
    policy._entries.update(kept[0])
    policy._acts.update(kept[1])


@pytest.fixture(scope="session")
def toy_schema() -> Schema:
    return build_schema([toy.PARTS])


@pytest.fixture
def toy_settings(toy_database_url: str) -> Settings:
    return Settings(secret_key="x" * 40, database_url=toy_database_url)


@pytest.fixture
def toy_ctx(toy_db: None, toy_settings: Settings) -> Context:
    actor = Actor(today=date(2026, 1, 15), account_id=1, employee_id=2)
    return Context(
        actor=actor,
        settings=toy_settings,
        now=datetime(2026, 1, 15, 5, tzinfo=UTC),
        request_id="request-1",
        language="en",
    )


@pytest.fixture
def ask(toy_schema: Schema, toy_ctx: Context) -> Callable[..., Any]:
    """Run a query that is expected to succeed and give its data."""

    def run(query: str, **variables: Any) -> Any:
        response = execute(toy_schema, toy_ctx, query, variables)
        assert "errors" not in response, response["errors"]
        return response["data"]

    return run


@pytest.fixture
def fault(toy_schema: Schema, toy_ctx: Context) -> Callable[..., Any]:
    """Run a query that is expected to fail and give its first error."""

    def run(query: str, **variables: Any) -> Any:
        response = execute(toy_schema, toy_ctx, query, variables)
        assert response.get("errors"), response
        return response["errors"][0]

    return run


@pytest.fixture
def town(toy_db: None) -> None:
    """Two offices and a secret one; six people, one of them hidden; tasks."""
    head = toy.Office.create(name="Head")
    north = toy.Office.create(name="North", parent=head)
    secret = toy.Office.create(name="Secret", parent=head, is_secret=True)
    moment = datetime(2026, 1, 31, 8, 0, tzinfo=UTC)
    ani = toy.Person.create(
        name="Ani", office=head, mood="glad", pay="10.5", born=date(1980, 5, 1), seen=moment, rank=3
    )
    budi = toy.Person.create(name="Budi", office=north, boss=ani, mood="sad", pay="7", born=date(1990, 1, 1), rank=1)
    cici = toy.Person.create(name="Cici", office=north, boss=budi, pay="8.25", active=False)
    toy.Person.create(name="Dedi", office=secret, boss=budi, rank=1)
    toy.Person.create(name="Hidden", office=head, boss=ani)
    toy.Person.create(name="50%_\\ off")
    for person, giver, title, weight in [
        (ani, None, "a1", 5),
        (ani, budi, "a2", None),
        (ani, None, "a3", 1),
        (budi, ani, "b1", 2),
        (budi, ani, "b2", 2),
        (cici, budi, "c1", 9),
    ]:
        toy.Task.create(person=person, giver=giver, title=title, weight=weight)


@pytest.fixture
def capture_logs() -> Iterator[list[Any]]:
    """What is logged through structlog."""
    with structlog.testing.capture_logs() as entries:
        yield entries


@pytest.fixture
def count_statements() -> Callable[[], Any]:
    """A context manager that gives the SQL statements run inside it."""

    return counted_statements
