"""Test databases: one per worker and kind, made once, emptied after each test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee as pw
import psycopg
from playhouse.migrations import Runner

from core.database import connect, database, is_sqlite
from core.migrating import histories_of
from core.parts import core_models, register_migrations
from core.reference import load_reference_data
from tests.support import kept_connections
from tests.support.services import POSTGRESQL_URL

KEPT_TABLES = frozenset({"grade", "position_kind", "rule_version"})
"""Reference data that tests read and do not change."""


def wanted() -> list[str]:
    """Return the kinds of database the tests run on: KINERJA_TEST_DATABASES, by default both."""
    return os.environ.get("KINERJA_TEST_DATABASES", "sqlite,postgresql").split(",")


@contextmanager
def prepared(kind: str, folder: Path, worker: str) -> Iterator[str]:
    """Make an empty, migrated database of `kind` and yield its URL; remove it afterwards."""
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'kinerja.db'}"
        _fill(url)
        yield url
        database.close()
        return
    name = f"kinerja_test_{worker}_{os.getpid()}"
    with psycopg.connect(POSTGRESQL_URL, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')  # type: ignore[arg-type]  # names cannot be parameters
        server.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        # Tests need not survive a power cut; a killed process loses nothing by it.
        server.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')  # type: ignore[arg-type]
        url = POSTGRESQL_URL.rsplit("/", 1)[0] + "/" + name
        kept_connections.keep(name)
        _fill(url)
        yield url
        database.close()
        kept_connections.let_go(name)
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def _fill(url: str) -> None:
    open_for_tests(url)
    from admin import plugin as admin

    database.create_tables([*core_models(), *admin.register_models()])
    owned = [("core", register_migrations()), ("admin", admin.register_migrations())]
    for history in histories_of([(owner, source) for owner, sources in owned for source in sources]):
        # Faster than running them; that they make the same tables is proved by their own tests.
        Runner(database.obj, str(history.folder), table_name=history.table_name).fake()
    load_reference_data()
    empty()


def open_for_tests(url: str) -> pw.Database:
    """Connect every model to `url`; SQLite without waiting for the disk, which tests need not survive."""
    engine = connect(url)
    if is_sqlite():
        # Of every connection of this engine, those that requests and threads open later among them.
        engine.pragma("synchronous", "off", permanent=True)
    return engine


def empty() -> None:
    """Delete the rows of every table except reference data of core and the migrations' own."""
    tables = database.get_tables()
    deletions = [
        f'DELETE FROM "{name}"'
        for name in tables
        if name not in KEPT_TABLES and not name.endswith("_migration") and not name.startswith("sqlite_")
    ]
    # Kinds with a dot are of plugins, which come and go from test to test.
    script = ";".join(["DELETE FROM rule_version WHERE replace(kind, '.', '') <> kind", *deletions])
    if is_sqlite():
        # Foreign keys are switched outside of transactions only.
        database.connection().executescript(
            f"PRAGMA foreign_keys = OFF; BEGIN; {script}; COMMIT; PRAGMA foreign_keys = ON"
        )
        return
    with database.atomic():
        database.execute_sql("SET LOCAL session_replication_role = replica")
        database.execute_sql(script)
