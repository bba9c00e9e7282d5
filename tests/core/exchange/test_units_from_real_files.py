"""Real unit trees go in: Denpasar's whole, Samarinda's with its dirty first row reported."""

import pytest

from core.exchange.importers import IMPORTS
from core.exchange.report import Outcome
from core.exchange.services import run_import, undo_import
from core.exchange.terms import ImportMode
from core.history.models import HistoryRecord
from core.organisation.models import WorkUnit
from tests.support.real_data import real_file

UNITS = IMPORTS["units"]


def test_denpasar_gives_102_units_with_their_tree(ctx):
    report = run_import(ctx, UNITS, real_file("units/opd_kota_denpasar_2021.csv"))

    assert report.is_written
    assert WorkUnit.select().count() == 102
    assert report.count(Outcome.CREATED) == 102
    section = WorkUnit.get(WorkUnit.code == "0308010101")
    chain = [section.name, section.parent.name, section.parent.parent.name]
    assert chain == [
        "Sub Bagian Umum",
        "Sekretariat Dinas Komunikasi dan Informatika",
        "Dinas Komunikasi, Informatika dan Statistik",
    ]
    assert section.path.startswith(section.parent.path)
    assert section.depth == 2


def test_denpasar_again_changes_nothing(ctx):
    path = real_file("units/opd_kota_denpasar_2021.csv")
    run_import(ctx, UNITS, path)
    before = HistoryRecord.select().where(HistoryRecord.subject_type != "ImportRun").count()

    report = run_import(ctx, UNITS, path)

    assert report.count(Outcome.UNCHANGED) == 102
    assert HistoryRecord.select().where(HistoryRecord.subject_type != "ImportRun").count() == before


def test_samarinda_is_refused_whole_and_names_the_line(ctx):
    report = run_import(ctx, UNITS, real_file("units/unit_dinas_pupr_kota_samarinda.csv"))

    assert not report.is_written
    assert [(row.number, row.problems[0].code, row.problems[0].path) for row in report.rejected] == [
        (2, "SELF_PARENT", ("parent",))
    ]
    assert WorkUnit.select().count() == 0
    assert HistoryRecord.select().count() == 0


def test_samarinda_gives_its_other_16_units_in_valid_rows_mode(ctx):
    report = run_import(ctx, UNITS, real_file("units/unit_dinas_pupr_kota_samarinda.csv"), mode=ImportMode.VALID_ROWS)

    assert report.is_written
    assert report.count(Outcome.CREATED) == 16
    assert WorkUnit.select().count() == 16
    assert WorkUnit.get(WorkUnit.code == "15").parent.code == "12"
    assert {note.code for row in report.rows for note in row.notes} == {"PARENT_REJECTED"}
    assert WorkUnit.get(WorkUnit.code == "2").parent is None


@pytest.mark.parametrize("mode", list(ImportMode))
def test_a_dry_run_reports_what_the_real_run_does_and_writes_nothing(ctx, mode):
    path = real_file("units/unit_dinas_pupr_kota_samarinda.csv")

    def told(report):
        return [
            (row.number, row.outcome, [p.code for p in row.problems], [n.code for n in row.notes],
             [(c.field, c.before) for c in row.changes])
            for row in report.rows
        ]  # fmt: skip

    dry = run_import(ctx, UNITS, path, mode=mode, is_dry_run=True)
    assert WorkUnit.select().count() == 0
    assert HistoryRecord.select().count() == 0

    real = run_import(ctx, UNITS, path, mode=mode)
    assert told(dry) == told(real)


def test_an_import_is_undone_as_one(ctx):
    ctx.reason = "wrong file"
    report = run_import(ctx, UNITS, real_file("units/opd_kota_denpasar_2021.csv"))

    run = undo_import(ctx, report.run_id)

    assert run.state == "UNDONE"
    assert WorkUnit.select().count() == 0
