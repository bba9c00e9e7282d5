"""Loading the demo: the same city each time, all of it or nothing, and never over somebody's own data."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import combinations

import pytest

from core.actor import system_actor
from core.context import Context
from core.database import connect, database
from core.demo.loading import load
from core.history.chain import broken_links
from core.history.models import HistoryRecord
from core.identity.models import Account
from core.migrating import migrate_everything
from core.organisation.models import Employee
from core.parts import core_models
from core.plugin_host import build_registry, start
from core.reference import load_reference_data
from core.settings import Settings
from core.workdays.models import Holiday
from tests.support.city import build_city
from tests.support.cli import answer
from tests.support.databases import open_for_tests, wanted
from tests.support.fresh import fresh_database

NOW = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
DEMO = [sys.executable, "-m", "core.cli", "demo", "--load-only"]
# Moments of the machine, random salts, and what is made from them.
NOT_OF_THE_CITY = {"created_at", "updated_at", "password_hash", "request_id", "batch", "hash", "previous_hash"}
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def small_city(url):
    """Load a small demo city and return every row of every table."""
    open_for_tests(url)
    settings = Settings(secret_key="x" * 40, database_url=url)
    migrate_everything(build_registry(settings, []).migration_sources)
    load_reference_data()
    start(settings, [])
    ctx = Context(actor=system_actor(NOW.date()), settings=settings, now=NOW, language="en")
    logins = []
    load(ctx, [], lambda _: None, logins.extend, employees=240)
    rows = {"logins": logins}
    for model in core_models():
        fields = [field for name, field in model._meta.fields.items() if name not in NOT_OF_THE_CITY]
        key = model._meta.primary_key
        ordered = model.select(*fields).order_by(*(key if isinstance(key, tuple) else (key,)))
        rows[model.__name__] = list(ordered.tuples())
    database.close()
    return rows


def test_two_loads_give_the_same_rows_whatever_the_database(tmp_path):
    cities = []
    for number, kind in enumerate(["sqlite", *wanted()]):
        folder = tmp_path / str(number)
        folder.mkdir()
        with fresh_database(kind, folder) as url:
            cities.append(small_city(url))

    assert len(cities[0]["Employee"]) == 240
    for one, other in combinations(cities, 2):
        assert one.keys() == other.keys()
        for name, rows in one.items():
            assert rows == other[name], name


def people():
    """How many employees and accounts another process has left behind; 0 while there are no tables."""
    tables = database.get_tables()
    return tuple(model.select().count() if model._meta.table_name in tables else 0 for model in (Employee, Account))


def test_a_load_that_is_killed_leaves_nothing_and_the_next_one_is_whole(here, monkeypatch, capsys):
    url = os.environ["KINERJA_DATABASE_URL"]
    process = subprocess.Popen(DEMO, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    connect(url)
    deadline = time.monotonic() + 120
    # Reference data is committed just before the city begins.
    while "holiday" not in database.get_tables() or not Holiday.select().exists():
        assert process.poll() is None, process.stdout.read()
        assert time.monotonic() < deadline
        time.sleep(0.1)
    time.sleep(3)
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert people() in {(0, 0), (1500, 9)}
    database.close()

    code, shown, _ = answer(capsys, "demo", "--load-only", "--json")
    assert code == 0
    logins = json.loads(shown)["logins"]
    assert logins == json.loads((here / "var" / "demo-logins.json").read_text())
    assert (here / "var" / "demo-logins.json").stat().st_mode & 0o077 == 0
    connect(url)
    assert people() == (1500, 9)
    assert list(broken_links(1000)) == []
    changes = HistoryRecord.select().count()
    database.close()

    code, shown, _ = answer(capsys, "demo", "--load-only", "--json")
    connect(url)
    assert (code, json.loads(shown)["logins"]) == (0, logins)
    assert people() == (1500, 9)
    assert HistoryRecord.select().count() == changes


def test_the_demo_does_not_mix_with_an_institutions_own_people(deployed, database_url, capsys):
    open_for_tests(database_url)
    build_city()
    database.close()

    code, _, problem = answer(capsys, "demo", "--load-only", "--json")

    assert code == 1
    assert "DATABASE_NOT_EMPTY" in problem
    assert not (deployed / "var" / "demo-logins.json").exists()
    connect(database_url)
    assert people() == (7, 0)
