"""Every history goes up, down to nothing and up again, and gives exactly the tables that the models describe."""

import threading
from collections import defaultdict
from contextlib import closing
from importlib import import_module
from pathlib import Path

import peewee as pw
import pytest
from playhouse.schema_diff import diff_models

from core import migrating
from core.contributions import MigrationSource
from core.database import connect, database, is_sqlite
from core.errors import CannotStart, Refused

ROOT = Path(__file__).parents[2]
FIRST = min((ROOT / "core" / "migrations").glob("0*.py")).stem
PLACES_OF_MODELS = ("core/*/models.py", "plugins/*/models.py", "plugins/*/models/*.py", "plugins/*/*/models.py")
LAST = max((ROOT / "core" / "migrations").glob("0*.py")).stem


@pytest.fixture
def empty_database(fresh_database_url):
    """A connected database without any table."""
    connect(fresh_database_url)
    yield
    database.close()


def histories():
    """Core's and those of the plugins in this repository, whether they are on or not."""
    folders = sorted(ROOT.glob("plugins/*/migrations"))
    return migrating.histories_of([(folder.parent.name, MigrationSource(folder)) for folder in folders])


def models():
    """Every model of core and of the plugins that have migrations."""
    found = []
    for path in sorted(path for where in PLACES_OF_MODELS for path in ROOT.glob(where)):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        found += [item for item in vars(module).values() if pw.is_model(item) and item.__module__ == module.__name__]
    return found


def tables():
    return {name for name in database.get_tables() if not name.endswith("_migration") and name != "sqlite_sequence"}


def shape():
    """Columns, indexes and foreign keys of every table, with their actions."""
    described = defaultdict(dict)
    for table in sorted(tables()):
        described[table]["columns"] = {
            (column.name, column.data_type.lower(), column.null) for column in database.get_columns(table)
        }
        described[table]["indexes"] = {
            (tuple(index.columns), index.unique, "WHERE" in (index.sql or "")) for index in database.get_indexes(table)
        }
    if is_sqlite():
        for table, parts in described.items():
            keys = database.execute_sql(f'PRAGMA foreign_key_list("{table}")')
            parts["foreign_keys"] = {(row[3], row[2], row[4], row[5], row[6]) for row in keys}
        return dict(described)
    query = """
        SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE contype = 'f' AND connamespace = 'public'::regnamespace
    """
    for table, definition in database.execute_sql(query):
        described[table.strip('"')].setdefault("foreign_keys", set()).add(definition)
    return dict(described)


def test_up_down_to_zero_and_up_again(empty_database):
    applied = migrating.up(histories())
    first = shape()
    assert applied[0] == f"core/{FIRST}"
    assert migrating.pending(histories()) == []
    assert tables() >= {"employee", "performance_plan", "history_record"}

    assert migrating.down_to_zero(histories()) == applied[::-1]
    assert tables() == set()
    assert migrating.pending(histories()) == applied

    assert migrating.up(histories()) == applied
    assert shape() == first


def test_the_migrated_tables_are_those_of_the_models(empty_database):
    migrating.up(histories())
    assert str(diff_models(database.obj, models())) == ""
    migrated = shape()
    migrating.down_to_zero(histories())

    with closing(database):
        database.create_tables(models())
        assert shape() == migrated


def test_a_second_run_does_nothing(empty_database):
    migrating.migrate_everything()

    assert migrating.migrate_everything() == []


def test_pending_migrations_stop_the_start_and_name_the_command(empty_database):
    with pytest.raises(CannotStart) as stop:
        migrating.require_current(histories())

    [problem] = stop.value.problems
    assert problem.code == "MIGRATIONS_PENDING"
    assert f"core/{FIRST}" in problem.message("en")
    assert "kinerja migrate" in problem.message("en")
    assert "kinerja migrate" in problem.message("id")
    assert problem.message("id") != problem.message("en")


def test_down_reverts_through_the_target_only(empty_database):
    migrating.migrate_everything()

    assert migrating.down(histories(), f"core/{LAST}") == [f"core/{LAST}"]

    assert migrating.pending(migrating.histories_of([])) == [f"core/{LAST}"]


@pytest.mark.parametrize(
    ("target", "code"), [("core/9999_nothing", "MIGRATION_NOT_REVERTED"), ("nobody/0001_x", "MIGRATION_UNKNOWN")]
)
def test_an_unknown_target_changes_nothing(empty_database, target, code):
    migrating.migrate_everything()
    before = shape()

    with pytest.raises(Refused) as refusal:
        migrating.down(histories(), target)

    assert [problem.code for problem in refusal.value.problems] == [code]
    assert shape() == before


def test_several_that_migrate_at_once_all_succeed(empty_database):
    done, failed = [], []

    def migrate():
        try:
            with database.connection_context():
                done.append(migrating.migrate_everything())
        except Exception as error:  # noqa: BLE001 - whatever it is, the test tells of it
            failed.append(error)

    database.close()
    threads = [threading.Thread(target=migrate) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.connect()

    assert failed == []
    assert sorted(len(names) for names in done)[:2] == [0, 0]
    assert migrating.pending(migrating.histories_of([])) == []
