"""`kinerja queueing`: what an office does at the command line, in both languages, for people and for scripts."""

import csv
import json

import pytest
import typer

from core.cli import build_app
from core.database import database
from core.i18n import has_translation
from core.migrating import migrate_everything
from core.plugin_host import build_registry
from core.settings import load_settings
from plugins.queueing.models import Counter, QueueService, ServicePoint, Ticket
from plugins.queueing.terms import TicketState
from tests.support.city import build_city
from tests.support.cli import answer
from tests.support.databases import open_for_tests

LOG = """no,layanan,hari,ambil,panggil,mulai,selesai,hasil
1,ktp,2026-03-02,08:00,08:10,08:11,08:20,ok
2,ktp,2026-03-02,08:05,08:25,08:25,08:40,ok
3,ktp,2026-03-02,09:05,09:00,09:10,09:40,ok
4,ktp,2026-03-02,09:05,,,09:15,pulang
"""
MAPPING = [
    "--map", "ticket=hari,no", "--map", "service=layanan", "--map", "day=hari", "--map", "arrival=ambil",
    "--map", "call=panggil", "--map", "start=mulai", "--map", "end=selesai", "--map", "outcome=hasil",
    "--set", "time_format=%H:%M", "--outcome", "ok=DONE", "--outcome", "pulang=LEFT",
]  # fmt: skip


@pytest.fixture
def office(deployed, database_url, monkeypatch):
    """A deployment with the plugin and one service point, at its command line."""
    monkeypatch.setenv("KINERJA_PLUGINS", "queueing")
    open_for_tests(database_url)
    migrate_everything(build_registry(load_settings(), web=False).migration_sources)
    city = build_city()
    point = ServicePoint.create(unit=city.registry, code="dukcapil", name="Dukcapil", time_zone="Asia/Jakarta")
    QueueService.create(point=point, unit=city.registry, code="ktp", name="KTP-el", prefix="A")
    Counter.create(point=point, number=1)
    (deployed / "log.csv").write_text(LOG)
    return deployed


def test_a_log_is_tried_refused_and_read_in(office, database_url, capsys):
    code, shown, _ = answer(
        capsys, "queueing", "import-log", "log.csv", *MAPPING, "--dry-run", "--json", "--lang", "en"
    )  # fmt: skip
    tried = json.loads(shown)
    assert (code, tried["written"], tried["tickets"], tried["left_out"]) == (1, False, 3, {"LOG_ORDER_WRONG": 1})
    assert tried["rows"][0]["line"] == 4
    assert "panggil lies before ambil" in tried["rows"][0]["problems"][0]["message"]

    code, shown, _ = answer(capsys, "queueing", "import-log", "log.csv", *MAPPING, "--all-or-nothing", "--lang", "id")
    assert (code, "Tidak ada yang ditulis" in shown) == (1, True)

    code, shown, _ = answer(
        capsys, "queueing", "import-log", "log.csv", *MAPPING, "--errors", "faults.csv", "--lang", "en"
    )  # fmt: skip
    assert (code, "3 tickets with 10 events, 0 known before, 0 no tickets, 1 left out." in shown) == (1, True)
    faults = list(csv.DictReader((office / "faults.csv").read_text("utf-8-sig").splitlines()))
    assert [(fault["line"], fault["column"]) for fault in faults] == [("4", "panggil")]

    figures = ["queueing", "figures", "--from", "2026-03-02", "--by", "hour", "--json"]
    code, shown, _ = answer(capsys, *figures)
    rows = json.loads(shown)
    assert [(row["key"], row["arrivals"], row["wait_median"], row["left"]) for row in rows] == [
        ("08", 2, "15.00", 0),
        ("09", 1, None, 1),
    ]
    code, shown, _ = answer(capsys, *figures[:-1], "--lang", "en")
    assert (code, "08:00" in shown, "15.00" in shown) == (0, True, True)


def test_the_counters_that_each_half_hour_needs_are_shown(office, capsys):
    answer(capsys, "queueing", "import-log", "log.csv", *MAPPING)
    staffing = ["queueing", "staffing", "--from", "2026-03-02", "--share", "80", "--minutes", "5"]

    code, shown, _ = answer(capsys, *staffing, "--json")
    needs = json.loads(shown)
    assert (code, [need["starts_at"] for need in needs]) == (0, ["08:00", "09:00"])
    # Two in half an hour, twelve minutes each: one counter would have a line.
    assert (needs[0]["arrivals_per_hour"], needs[0]["counters"]) == ("4.00", 2)

    code, shown, _ = answer(capsys, *staffing, "--lang", "en")
    assert (code, "so that 80 % wait no longer than 5 minutes" in shown) == (0, True)


def test_what_differs_from_the_events_is_put_right(office, database_url, capsys):
    answer(capsys, "queueing", "import-log", "log.csv", *MAPPING)
    open_for_tests(database_url)
    Ticket.update(wait_seconds=1, state=TicketState.WAITING).where(Ticket.number == 1).execute()
    database.close()

    for expected in (1, 0):
        code, shown, _ = answer(capsys, "queueing", "rebuild", "--point", "dukcapil", "--json")

        assert (code, json.loads(shown)) == (0, {"tickets": 3, "differed": expected})


def test_the_day_is_closed_and_the_board_is_shown(office, capsys):
    code, shown, _ = answer(capsys, "queueing", "close-day", "--lang", "en")
    assert (code, shown.strip()) == (0, "0 tickets closed.")
    code, shown, _ = answer(capsys, "queueing", "board", "--json")
    board = json.loads(shown)
    assert (board["code"], [service["name"] for service in board["services"]]) == ("dukcapil", ["KTP-el"])
    code, shown, _ = answer(capsys, "queueing", "board", "--lang", "id")
    assert (code, "Menunggu" in shown) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["figures", "--point", "mpp"], 1, "there are: dukcapil"),
        (["figures", "--service", "sim"], 1, "Choose one of: ktp"),
        (["figures", "--by", "moon"], 2, "weekday_hour"),
        (["figures", "--from", "kemarin"], 2, "kemarin"),
        (["import-log", "log.csv", "--map", "no"], 2, "--map"),
        (["import-log", "log.csv", "--map", "ticket=no"], 1, "LOG_MAPPING_WRONG"),
        (["import-log", "none.csv", *MAPPING], 1, "There is no file none.csv"),
    ],
)
def test_what_is_meant_otherwise_is_said(office, capsys, arguments, code, said):
    found, _, told = answer(capsys, "queueing", *arguments, "--lang", "en")

    assert (found, said in told.replace("\n", " ")) == (code, True), told


def test_every_text_of_the_group_is_there_in_both_languages(office):
    group = typer.main.get_command(build_app()).commands["queueing"]
    texts = [group.help]
    for command in group.commands.values():
        texts += [command.help, *(option.help for option in command.params)]

    assert [text for text in texts if not text or not has_translation(text, "id")] == []
