"""Fixtures for every test: the two databases, an application on them, and people who call it."""

import gc
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher, Type
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from core import plugin_host, shadowing
from core.context import Context
from core.database import database
from core.identity import passwords
from core.settings import Settings
from tests.support import databases
from tests.support.apps import started
from tests.support.calls import system_context
from tests.support.services import need

# Tests make hundreds of applications, all with the same addresses, in one unchanging environment: what each of them
# would work out anew is kept. The builder of a rule follows from its parts and takes its own rule as an argument.
shadowing.packages_distributions = cache(shadowing.packages_distributions)
plugin_host.entry_points = cache(plugin_host.entry_points)
plugin_host.version = cache(plugin_host.version)
# What keeps guessers busy keeps tests busy, too; that the product is not so cheap is a test of its own.
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.ID)
_compile_builder = Rule._compile_builder
_builders: dict[object, object] = {}


def _kept_builder(rule: Rule, append_unknown: bool = True) -> object:
    key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
    if key not in _builders:
        _builders[key] = _compile_builder(rule, append_unknown)
    return _builders[key]


Rule._compile_builder = _kept_builder


class _KeptTemplates(BytecodeCache):
    """Compiled templates of all applications of this process."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": _KeptTemplates()}


def pytest_collection_finish() -> None:
    """Spare the collector what stays anyway: modules and tests; applications are made by the hundred and are cyclic."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


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
    started(settings)
    yield settings
    if database.is_closed():
        database.connect()
    databases.empty()
    database.close()


@pytest.fixture
def ctx(db: Settings) -> Context:
    """A call by the system itself, today, in English."""
    return system_context(db)
