"""The world with rows of every type, for verbs; no test leaves a change behind."""

from collections.abc import Iterator

import pytest

from core.database import database
from core.migrating import migrate_everything
from core.plugin_host import build_registry, start
from core.settings import Settings
from tests.support import databases
from tests.support.verbs import FIRST_PARTY
from tests.support.walk.world import World, build_world


@pytest.fixture(scope="module")
def whole_world(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Everybody and everything on 15 January 2026, with every plugin of this repository on."""
    folder = tmp_path_factory.mktemp("verbs")
    settings = Settings(secret_key="x" * 40, database_url=database_url, var_dir=folder, files_dir=folder / "files")
    databases.open_for_tests(database_url)
    migrate_everything(build_registry(settings, FIRST_PARTY, web=False).migration_sources)
    start(settings, FIRST_PARTY)
    yield build_world(settings)
    databases.empty()
    database.close()


@pytest.fixture
def world(whole_world: World) -> Iterator[World]:
    """The same world for every test."""
    rows = dict(whole_world.rows)
    with database.atomic() as transaction:
        yield whole_world
        transaction.rollback()
    whole_world.rows.clear()
    whole_world.rows.update(rows)
