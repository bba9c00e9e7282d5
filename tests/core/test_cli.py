"""The command line: both languages, exit codes that scripts rely on, and JSON where they read it."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from core.history.models import HistoryRecord
from core.work import unit_of_work
from core.workdays.models import Holiday
from core.workdays.terms import HolidayKind
from tests.support.cli import answer

KINERJA = [sys.executable, "-m", "core.cli"]


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        (["--help"], {}, "Layani GraphQL"),
        (["--help"], {"LANG": "id_ID.UTF-8"}, "Layani GraphQL"),
        (["--help"], {"LANG": "C.UTF-8"}, "Layani GraphQL"),
        (["--help"], {"LANG": "en_US.UTF-8"}, "Serve GraphQL"),
        (["--help"], {"LC_ALL": "en_GB", "LANG": "id_ID"}, "Serve GraphQL"),
        (["--help"], {"LANG": "en_US", "KINERJA_LANG": "id"}, "Layani GraphQL"),
        (["--help", "--lang", "en"], {"KINERJA_LANG": "id"}, "Serve GraphQL"),
        (["--lang=id", "--help"], {"LANG": "en_US"}, "Layani GraphQL"),
    ],
)
def test_help_speaks_the_language_meant(folder, monkeypatch, capsys, arguments, environment, expected):
    for name in ("LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    code, out, _ = answer(capsys, *arguments)

    assert code == 0
    assert expected in out


def every_command(command, path=()):
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from every_command(child, (*path, name))


def test_every_command_and_option_has_a_help_text_in_both_languages(folder):
    import typer

    from core.cli import build_app
    from core.i18n import has_translation

    untranslated = []
    for path, command in every_command(typer.main.get_command(build_app())):
        texts = [command.help, *(option.help for option in command.params if not getattr(option, "hidden", False))]
        untranslated += [(path, text) for text in texts if not text or not has_translation(text, "id")]

    assert untranslated == []


@pytest.mark.parametrize(
    ("arguments", "english", "indonesian"),
    [
        (["serv"], "There is no command serv.", "Tidak ada perintah serv."),
        (["migrate", "--lst"], "There is no option --lst.", "Tidak ada opsi --lst."),
        (["doctor", "now"], "Too many arguments: now.", "Argumen terlalu banyak: now."),
        (["migrate", "--down"], "Option --down needs a value.", "Opsi --down memerlukan nilai."),
        (["serve", "--port", "70000"], "--port cannot be used", "--port tidak dapat dipakai"),
        (["--lang", "fr", "doctor"], "--lang cannot be used: id, en", "--lang tidak dapat dipakai: id, en"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(folder, capsys, arguments, english, indonesian):
    for language, expected in (("en", english), ("id", indonesian)):
        code, out, err = answer(capsys, *arguments, "--lang", language)

        assert (code, out) == (2, "")
        assert expected in err


def test_version(folder, capsys):
    code, out, _ = answer(capsys, "--version")

    assert (code, out) == (0, "0.1.0\n")


def test_migrate_applies_lists_and_goes_back(here, capsys):
    code, out, _ = answer(capsys, "migrate", "--list", "--json")
    names = [row["name"] for row in json.loads(out)]
    assert code == 3
    assert names[0] == "core/0001_organisation"

    code, out, _ = answer(capsys, "migrate", "--json")
    assert (code, json.loads(out)) == (0, names)

    code, out, _ = answer(capsys, "migrate", "--lang", "en")
    assert (code, out) == (0, "The database is up to date.\n")

    code, out, _ = answer(capsys, "migrate", "--down", names[-1], "--yes", "--json")
    assert (code, json.loads(out)) == (0, [names[-1]])

    code, out, _ = answer(capsys, "migrate", "--list", "--json")
    assert code == 3
    assert [row["name"] for row in json.loads(out) if row["applied"] is None] == [names[-1]]


def test_an_unknown_migration_is_refused(here, capsys):
    answer(capsys, "migrate")

    code, _, err = answer(capsys, "migrate", "--down", "core/9999_x", "--yes", "--lang", "en")

    assert code == 1
    assert "MIGRATION_NOT_REVERTED" in err
    assert "kinerja migrate --list" in err


@pytest.mark.parametrize("command", [["serve"], ["worker"], ["history", "verify"]])
def test_what_needs_the_tables_ends_with_3_while_they_are_missing(here, capsys, command):
    code, _, err = answer(capsys, *command)

    assert code == 3
    assert "MIGRATIONS_PENDING" in err
    assert "kinerja migrate" in err


def test_a_wrong_setting_ends_with_3(folder, capsys, monkeypatch):
    monkeypatch.setenv("KINERJA_POTR", "8123")

    code, _, err = answer(capsys, "migrate", "--lang", "en")

    assert code == 3
    assert "KINERJA_PORT" in err


def test_an_unreachable_database_ends_with_3(folder, capsys, monkeypatch):
    monkeypatch.setenv("KINERJA_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")

    code, _, err = answer(capsys, "migrate")

    assert code == 3
    assert "DATABASE_UNREACHABLE" in err


def test_doctor_finds_nothing_on_a_good_deployment(deployed):
    # A process of its own, in which nothing else was started before.
    done = subprocess.run([*KINERJA, "doctor", "--json"], cwd=deployed, capture_output=True, text=True, check=False)

    findings = json.loads(done.stdout)
    assert [finding for finding in findings if not finding["ok"]] == []
    assert (done.returncode, done.stderr) == (0, "")
    assert {"names", "settings", "plugins", "migrations", "history", "files_dir"} <= {f["name"] for f in findings}


def test_doctor_names_what_is_wrong_and_ends_with_1(here, capsys):
    (here / "var").mkdir()
    (here / "var" / "files").write_text("in the way")

    code, out, _ = answer(capsys, "doctor", "--json")

    wrong = {finding["name"]: finding["problems"][0]["code"] for finding in json.loads(out) if not finding["ok"]}
    assert code == 1
    assert wrong == {"files_dir": "FOLDER_NOT_WRITABLE", "migrations": "MIGRATIONS_PENDING"}


def test_doctor_tells_of_an_exposed_key(deployed, capsys):
    answer(capsys, "doctor")
    (deployed / "var" / "secret.key").chmod(0o644)

    code, out, _ = answer(capsys, "doctor", "--lang", "en")

    assert code == 1
    assert "SECRET_EXPOSED" in out
    assert "chmod 600 var/secret.key" in out


def test_doctor_speaks_of_wrong_settings_instead_of_failing(folder, capsys, monkeypatch):
    monkeypatch.setenv("KINERJA_PORT", "none")

    code, out, _ = answer(capsys, "doctor", "--json")

    assert code == 1
    assert [finding["name"] for finding in json.loads(out) if not finding["ok"]] == ["settings"]


@pytest.fixture
def changed(deployed):
    """A database with three recorded changes."""
    from core.commands.shared import deployment, operator_context

    with deployment() as registry:
        ctx = operator_context(registry.settings)
        for day in ("2026-01-01", "2026-05-01", "2026-08-17"):
            with unit_of_work(ctx) as work:
                work.create(Holiday, day=day, name="Libur", kind=HolidayKind.NATIONAL)


def rows_of_history(change):
    from core.commands.shared import connected

    with connected():
        return change()


def fields(out, *names):
    return {name: value for name, value in json.loads(out).items() if name in names}


def row_ids():
    return rows_of_history(lambda: [row.id for row in HistoryRecord.select().order_by(HistoryRecord.id)])


def test_untouched_history_is_intact(changed, capsys):
    code, out, _ = answer(capsys, "history", "verify", "--json")

    assert (code, fields(out, "rows", "broken")) == (0, {"rows": 3, "broken": []})


def test_a_tampered_row_of_history_is_found(changed, capsys):
    second = row_ids()[1]
    rows_of_history(lambda: HistoryRecord.update(actor_name="somebody").where(HistoryRecord.id == second).execute())

    code, out, _ = answer(capsys, "history", "verify", "--json")

    assert (code, fields(out, "rows", "broken")) == (1, {"rows": 3, "broken": [{"id": second, "fault": "content"}]})
    assert answer(capsys, "doctor", "--json")[0] == 1


def test_a_removed_row_of_history_is_found(changed, capsys):
    _, second, third = row_ids()
    rows_of_history(lambda: HistoryRecord.delete().where(HistoryRecord.id == second).execute())

    code, out, _ = answer(capsys, "history", "verify", "--json")

    assert (code, fields(out, "rows", "broken")) == (1, {"rows": 2, "broken": [{"id": third, "fault": "predecessor"}]})


def test_worker_lists_its_jobs_and_does_one(deployed, capsys):
    code, out, _ = answer(capsys, "worker", "--list", "--json")
    assert code == 0
    assert "events.deliver_pending" in [job["name"] for job in json.loads(out)]

    assert answer(capsys, "worker", "--once", "events.deliver_pending")[0] == 0
    assert answer(capsys, "worker", "--once", "events.nothing")[0] == 2


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def get(port, path, seconds=30):
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as response:
                return response.status, response.read().decode()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_serve_answers_and_stops_gracefully(here):
    subprocess.run([*KINERJA, "migrate"], check=True, cwd=here, capture_output=True)
    port = free_port()
    with subprocess.Popen(
        [*KINERJA, "--lang", "en", "serve", "--port", str(port)],
        cwd=here,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert get(port, "/healthz") == (200, '{"status":"alive"}\n')
            assert get(port, "/readyz")[0] == 200
            assert "kinerja_requests_total" in get(port, "/metrics")[1]
        finally:
            server.send_signal(signal.SIGTERM)
            out, err = server.communicate(timeout=30)

    assert f"http://127.0.0.1:{port}" in out
    assert server.returncode == 0, err
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_serve_refuses_an_address_that_is_taken(deployed, capsys):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        code, _, err = answer(capsys, "serve", "--port", str(port), "--lang", "en")

    assert code == 1
    assert f"127.0.0.1:{port} cannot be listened on" in err
    assert "--port" in err


def test_what_the_command_writes_only_its_owner_can_read(here):
    subprocess.run([*KINERJA, "migrate"], check=True, cwd=here, capture_output=True)

    exposed = [path for path in (here / "var").rglob("*") if path.stat().st_mode & 0o077]

    assert exposed == []
