"""A statement that keeps the database busy is stopped, and nothing of it stays."""

import logging
import time

import pytest

from core import connection_settings
from core.database import database, is_sqlite, transaction
from schema.build import build_schema
from schema.engine import SchemaParts, mutation, payload, root_value
from schema.execution import execute
from tests.schema import toy

ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 900000000) SELECT count(*) FROM c"


def _count(ctx):
    return database.execute_sql(ENDLESS).fetchone()[0]


def _write(ctx):
    with transaction():
        toy.Office.create(name="Half written")
        _count(ctx)
    return {}


class Query:
    slow: int = root_value(_count, "Counts for minutes.")


class Mutation:
    write = mutation(_write, input=None, payload=payload("WritePayload", note=str), description="Writes slowly.")


@pytest.fixture(scope="module")
def schema():
    return build_schema([toy.PARTS, SchemaParts(query=Query, mutation=Mutation)])


@pytest.fixture
def hurried(toy_ctx):
    toy_ctx.settings = toy_ctx.settings.model_copy(update={"graphql_statement_seconds": 0.2})
    return toy_ctx


def test_a_statement_that_takes_too_long_is_stopped_and_named(schema, hurried, caplog):
    start = time.monotonic()
    with caplog.at_level(logging.CRITICAL):
        answer = execute(schema, hurried, "{ slow }")

    assert time.monotonic() - start < 5
    assert answer["errors"][0]["extensions"] == {"code": "STATEMENT_TOO_SLOW", "requestId": "request-1"}
    assert answer["errors"][0]["message"].endswith("Ask for less at once, or narrow the filter.")
    assert "data" in execute(schema, hurried, "{ offices { totalCount } }")


def test_a_change_that_is_stopped_leaves_nothing(schema, hurried, caplog):
    if is_sqlite():
        pytest.skip("SQLite stops reads only: its one writer waits for others before he begins")
    with caplog.at_level(logging.CRITICAL):
        answer = execute(schema, hurried, "mutation { write { note } }")

    assert answer["errors"][0]["extensions"]["code"] == "STATEMENT_TOO_SLOW"
    assert toy.Office.select().count() == 0


def test_a_connection_is_told_once(schema, toy_ctx, monkeypatch):
    if is_sqlite():
        pytest.skip("SQLite is not told, it is watched")
    told = []
    connection = database.connection()
    execute_sql = type(connection).execute
    monkeypatch.setattr(
        type(connection), "execute", lambda self, query, *rest: told.append(query) or execute_sql(self, query, *rest)
    )
    connection_settings._told.clear()

    for seconds in (10, 10, 3):
        toy_ctx.settings = toy_ctx.settings.model_copy(update={"graphql_statement_seconds": seconds})
        execute(schema, toy_ctx, "{ __typename }")

    about_time = [sql for sql in told if "statement_timeout" in sql]
    assert about_time == ["SET statement_timeout = 10000", "SET statement_timeout = 3000"]
