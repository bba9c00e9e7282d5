"""Fixtures for every test: the two databases, an application on them, and people who call it."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from werkzeug.routing import Rule

from core import shadowing
from core.context import Context
from core.database import database
from core.plugin_host import start
from core.settings import Settings
from tests.support import databases
from tests.support.calls import system_context
from tests.support.services import need

# Tests make hundreds of applications, all with the same addresses, in one unchanging environment: what each of them
# would work out anew is kept. The builder of a rule follows from its parts and takes its own rule as an argument.
shadowing.packages_distributions = cache(shadowing.packages_distributions)
_compile_builder = Rule._compile_builder
_builders: dict[object, object] = {}


def _kept_builder(rule: Rule, append_unknown: bool = True) -> object:
    key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
    if key not in _builders:
        _builders[key] = _compile_builder(rule, append_unknown)
    return _builders[key]


Rule._compile_builder = _kept_builder

SECRET = "a-secret-for-tests-only-that-is-long-enough"


@pytest.fixture(scope="session", params=databases.wanted())
def database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[str]:
    """The URL of this worker's migrated database of one kind."""
    if request.param == "postgresql":
        need("postgresql")
    with databases.prepared(request.param, tmp_path_factory.mktemp("database"), worker_id) as url:
        yield url


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a deployment under test."""
    return Settings(
        secret_key=SECRET,
        database_url=database_url,
        var_dir=tmp_path / "var",
        files_dir=tmp_path / "files",
        # Tests ask for whole lists inside lists without naming a number.
        graphql_max_cost=10_000_000,
    )


@pytest.fixture
def db(settings: Settings) -> Iterator[Settings]:
    """An application without Flask on an empty database: models bound, policy and events in force."""
    databases.open_for_tests(settings.database_url)
    start(settings)
    yield settings
    if database.is_closed():
        database.connect()
    databases.empty()
    database.close()


@pytest.fixture
def ctx(db: Settings) -> Context:
    """A call by the system itself, today, in English."""
    return system_context(db)
