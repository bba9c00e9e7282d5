"""On, off, on again, gone: what a plugin is told, what stays, and what a purge takes away."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest

from core.database import database, utc_now
from core.errors import Refused
from core.faults import recent_faults
from core.migrating import migrate_everything
from core.organisation.models import Employee
from core.platform.models import PluginState
from core.plugin_host import build_registry, start
from core.plugin_state import purge, states, tables_to_purge
from tests.dummy_plugin import plugin as dummy
from tests.dummy_plugin.models import DummyCall


@pytest.fixture
def on(db):
    """Settings of an application on which the dummy plugin was switched on."""
    migrate_everything(build_registry(db, [dummy], web=False).migration_sources)
    start(db, [dummy])
    return db


def hooks_noted():
    return [row.hook for row in DummyCall.select().order_by(DummyCall.id)]


def test_a_plugin_that_is_switched_on_is_remembered_with_its_tables(on):
    (state,) = states()

    assert (state.name, state.title, state.module) == ("dummy", "Dummy", "tests.dummy_plugin.plugin")
    assert (state.is_enabled, json.loads(state.tables)) == (True, ["dummy_call", "dummy_migration"])


def test_built_in_plugins_are_not_remembered(db):
    start(db, [], web=True)

    assert states() == []


def test_a_plugin_is_told_once_that_it_is_on_and_since_when_it_was_off(on):
    start(on, [dummy])
    start(on, [])
    gone_at = utc_now() - timedelta(days=3)
    PluginState.update(changed_at=gone_at).execute()

    start(on, [dummy])

    told = [row.detail for row in DummyCall.select().where(DummyCall.hook == "plugin_enabled").order_by(DummyCall.id)]
    assert told == ["first", gone_at.isoformat()]


def test_a_plugin_that_is_switched_off_keeps_its_rows_and_says_goodbye_once(on):
    before = hooks_noted()

    start(on, [])
    start(on, [])

    assert hooks_noted() == [*before, "plugin_disabled"]
    assert [(state.name, state.is_enabled) for state in states()] == [("dummy", False)]


def test_a_plugin_whose_code_is_gone_is_switched_off_all_the_same(on):
    PluginState.update(module="no_such_module_anywhere").execute()

    start(on, [])

    assert [state.is_enabled for state in states()] == [False]
    assert "No module named 'no_such_module_anywhere'" in recent_faults("dummy")[-1].error


def test_a_purge_is_refused_for_a_plugin_that_was_never_on(db):
    with pytest.raises(Refused, match="PLUGIN_NEVER_ON: Plugin rewards was never on"):
        tables_to_purge("rewards")


def test_a_purge_is_refused_for_a_plugin_that_is_on_and_nothing_changes(on, tmp_path):
    rows = DummyCall.select().count()

    with pytest.raises(Refused, match=r"PLUGIN_IS_ON: Plugin dummy is on. Take it off"):
        purge("dummy", tmp_path / "export")

    assert DummyCall.select().count() == rows
    assert not (tmp_path / "export").exists()


def test_a_purge_exports_then_drops_the_tables_and_forgets_the_plugin(on, tmp_path):
    start(on, [])
    rows = DummyCall.select().count()

    files = purge("dummy", tmp_path / "export")

    lines = (tmp_path / "export" / "dummy_call.jsonl").read_text().splitlines()
    assert [path.name for path in files] == ["dummy_call.jsonl", "dummy_migration.jsonl"]
    assert len(lines) == rows
    assert json.loads(lines[0])["hook"] == "plugin_enabled"
    assert not {"dummy_call", "dummy_migration"} & set(database.get_tables())
    assert Employee.table_exists()
    assert states() == []


def test_a_purged_plugin_can_be_switched_on_again_from_nothing(on, tmp_path):
    start(on, [])
    purge("dummy", tmp_path / "export")

    migrate_everything(build_registry(on, [dummy], web=False).migration_sources)
    start(on, [dummy])

    assert hooks_noted() == ["plugin_enabled", "startup"]


def test_the_goodbye_is_said_in_a_process_of_its_own(on):
    script = (
        "import json, sys; from core.database import connect; from core.plugin_host import start; "
        "from core.settings import Settings; "
        "s = Settings(**json.load(sys.stdin)); connect(s.database_url); start(s, []); "
        "print([name for name in sys.modules if 'dummy' in name])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps({"database_url": on.database_url, "secret_key": on.secret_key, "var_dir": str(on.var_dir)}),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr
    assert hooks_noted()[-1] == "plugin_disabled"
