"""`kinerja plugins`: list, new and purge, from the command line."""

import importlib
import importlib.util
import json
import sys

import pytest

from core.database import connect, database
from core.migrating import migrate_everything
from core.plugin_host import build_registry, start
from tests.dummy_plugin import plugin as dummy
from tests.support.cli import answer


@pytest.fixture
def deployment(fresh_database_url, tmp_path, monkeypatch):
    """Settings of a migrated deployment that the command line reads from the environment."""
    for name, value in {"DATABASE_URL": fresh_database_url, "VAR_DIR": tmp_path / "var", "LANG": "en"}.items():
        monkeypatch.setenv(f"KINERJA_{name}", str(value))
    from core.settings import load_settings

    settings = load_settings()
    connect(settings.database_url)
    migrate_everything(build_registry(settings, [dummy], web=False).migration_sources)
    yield settings
    connect(settings.database_url)
    database.close()


def test_list_shows_what_is_on_off_and_gone(deployment, capsys):
    start(deployment, [dummy])
    start(deployment, [])

    code, printed, _ = answer(capsys, "plugins", "list", "--json")

    states = {row["name"]: row["state"] for row in json.loads(printed)}
    tables = {row["name"]: row["tables"] for row in json.loads(printed)}
    assert code == 0
    assert states == {
        "core": "built in",
        "schema": "built in",
        "admin": "built in",
        "dummy": "gone",
        "queueing": "off",
        "rewards": "off",
        "training": "off",
    }
    assert tables["dummy"] == ["dummy_call", "dummy_migration"]


def test_list_shows_what_a_plugin_contributes(deployment, capsys, monkeypatch):
    monkeypatch.setenv("KINERJA_PLUGINS", "rewards")

    code, printed, _ = answer(capsys, "plugins", "list", "--json")

    (row,) = [row for row in json.loads(printed) if row["name"] == "rewards"]
    assert (code, row["state"], "rewards_award" in row["tables"]) == (0, "on", True)
    assert row["contributes"]["register_schema"] == 1


def test_list_is_a_table_for_people(deployment, capsys):
    code, printed, _ = answer(capsys, "plugins", "list")

    assert code == 0
    assert "queueing" in printed


def test_a_plugin_that_does_not_fit_ends_with_not_ready(deployment, capsys, monkeypatch):
    monkeypatch.setenv("KINERJA_PLUGINS", "reward")

    code, _, complaint = answer(capsys, "plugins", "list")

    assert code == 3
    assert "Plugin reward is not installed. Did you mean rewards?" in complaint


def test_purge_asks_for_the_name_exports_and_drops(deployment, capsys, tmp_path):
    start(deployment, [dummy])
    start(deployment, [])

    refused, _, complaint = answer(capsys, "plugins", "purge", "dummy", "--confirm", "dumy")
    assert (refused, "dumy is not dummy; nothing was dropped." in complaint) == (1, True)
    connect(deployment.database_url)
    assert "dummy_call" in database.get_tables()

    code, printed, _ = answer(
        capsys, "plugins", "purge", "dummy", "--confirm", "dummy", "--export-to", str(tmp_path / "out")
    )

    assert code == 0
    assert "These tables of dummy will be exported and dropped: dummy_call, dummy_migration" in printed
    assert (tmp_path / "out" / "dummy_call.jsonl").exists()
    connect(deployment.database_url)
    assert "dummy_call" not in database.get_tables()


def test_purge_of_a_plugin_that_was_never_on_is_refused(deployment, capsys):
    code, _, complaint = answer(capsys, "plugins", "purge", "rewards", "--confirm", "rewards")

    assert (code, "PLUGIN_NEVER_ON" in complaint) == (1, True)


def test_a_new_plugin_passes_every_check_and_keeps_rows(deployment, capsys, tmp_path, monkeypatch):
    code, printed, _ = answer(capsys, "plugins", "new", "parking", "--folder", str(tmp_path / "plugins"))
    assert code == 0
    assert 'parking = "plugins.parking.plugin"' in printed

    # As if it stood beside the first-party plugins.
    spec = importlib.util.spec_from_file_location(
        "plugins.parking", tmp_path / "plugins" / "parking" / "__init__.py", submodule_search_locations=[]
    )
    package = importlib.util.module_from_spec(spec)
    package.__path__ = [str(tmp_path / "plugins" / "parking")]
    monkeypatch.setitem(sys.modules, "plugins.parking", package)
    module = importlib.import_module("plugins.parking.plugin")
    connect(deployment.database_url)
    migrate_everything(build_registry(deployment, [module], web=False).migration_sources)

    registry = start(deployment, [module])

    assert registry.tables_of("parking") == ["parking_note"]
    from plugins.parking.models import ParkingNote

    assert ParkingNote.select().count() == 0
    for name in [name for name in sys.modules if name.startswith("plugins.parking")]:
        monkeypatch.delitem(sys.modules, name)


@pytest.mark.parametrize("name", ["core", "Parking", "two-words"])
def test_a_new_plugin_with_a_wrong_name_is_refused(capsys, tmp_path, name):
    code, _, complaint = answer(capsys, "--lang", "en", "plugins", "new", name, "--folder", str(tmp_path))

    assert (code, f"{name} is reserved or not made of lower-case letters" in complaint) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_a_new_plugin_overwrites_nothing(capsys, tmp_path):
    (tmp_path / "parking").mkdir()

    code, _, complaint = answer(capsys, "--lang", "en", "plugins", "new", "parking", "--folder", str(tmp_path))

    assert (code, "exists already. Choose another name." in complaint) == (1, True)
