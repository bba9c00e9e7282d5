"""Test databases: one per worker and kind, made once, emptied after each test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee as pw
import psycopg
from playhouse.migrations import Runner

from core.database import connect, database, is_sqlite
from core.law.models import RuleVersion
from core.migrating import histories_of
from core.parts import core_models, register_migrations
from core.reference import load_reference_data
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
        _fill(url)
        yield url
        database.close()
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
        engine.execute_sql("PRAGMA synchronous = OFF")
    return engine


def empty() -> None:
    """Delete the rows of every table except reference data of core and the migrations' own."""
    # Kinds with a dot are of plugins, which come and go from test to test.
    RuleVersion.delete().where(RuleVersion.kind.contains(".")).execute()
    kept = KEPT_TABLES | {name for name in database.get_tables() if name.endswith("_migration")}
    tables = [name for name in database.get_tables() if name not in kept and not name.startswith("sqlite_")]
    if is_sqlite():
        database.execute_sql("PRAGMA foreign_keys = OFF")
        with database.atomic():
            for name in tables:
                database.execute_sql(f'DELETE FROM "{name}"')
        database.execute_sql("PRAGMA foreign_keys = ON")
        return
    with database.atomic():
        database.execute_sql("SET LOCAL session_replication_role = replica")
        database.execute_sql(";".join(f'DELETE FROM "{name}"' for name in tables))
