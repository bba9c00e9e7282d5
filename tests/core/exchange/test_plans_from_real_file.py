"""The revenue agency's file of Mimika becomes linked plans with a cascade of four levels."""

from datetime import date
from decimal import Decimal

import pytest

from core.exchange.exporting import export
from core.exchange.exports import EXPORTS
from core.exchange.importers import IMPORTS
from core.exchange.report import Outcome
from core.exchange.services import run_import
from core.planning.models import EvaluationPeriod, Indicator, PerformancePlan, WorkResult
from core.planning.terms import Frequency
from schema.execution import execute
from tests.support.real_data import real_file
from tests.support.schemas import core_schema

PEOPLE = (
    # position, unit, kind, NIP, name
    ("Kepala Badan", "B", "JPT_PRATAMA", "197205171998031002", "Yohana Rumbewas"),
    ("Kabid PBB & BPHTB", "B1", "ADMINISTRATOR", "198003102005012003", "Maria Kogoya"),
    ("Kasubid Pendataan PBB", "B11", "PENGAWAS", "198510102010011004", "Petrus Wanma"),
    ("Staf PBB", "B11", "PELAKSANA", "199005172015031002", "Lukas Mote"),
    ("Sekretaris", "B2", "ADMINISTRATOR", "198111112006041005", "Yuliana Magai"),
    ("Kasubag Umum", "B21", "PENGAWAS", "198804042012012006", "Ester Pekei"),
)
UNITS = (
    "code,name,parent\nB,Bapenda,\nB1,Bidang PBB,B\nB11,Subbidang Pendataan,B1\nB2,Sekretariat,B\nB21,Subbag Umum,B2\n"
)
QUERY = """
query($statement: String!) {
  workResults(first: 1, filter: {statement: {eq: $statement}}) { nodes {
    statement plan { position { title } }
    children(first: 10) { nodes { statement plan { position { title } }
      children(first: 10) { nodes { statement plan { position { title } }
        children(first: 10) { nodes { statement plan { position { title } }
          indicators(first: 10) { nodes { statement targetMin } } } }
      } }
    } }
  } }
}
"""


@pytest.fixture
def agency(ctx, tmp_path):
    """The agency's units, posts and people, imported from files; the people are made up."""
    rows = {
        "units": UNITS,
        "positions": "title,code,unit,kind,is_head\n"
        + "".join(f"{t},{t},{u},{k},{'tidak' if t == 'Staf PBB' else 'ya'}\n" for t, u, k, _, _ in PEOPLE),
        "employees": "nip,name\n" + "".join(f"{nip},{name}\n" for _, _, _, nip, name in PEOPLE),
        "assignments": "nip,position,valid_from\n" + "".join(f"{nip},{t},2026-01-01\n" for t, _, _, nip, _ in PEOPLE),
    }
    for kind, text in rows.items():
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        assert run_import(ctx, IMPORTS[kind], path).rejected == []
    EvaluationPeriod.create(
        code="2026",
        name="Tahun 2026",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        frequency=Frequency.QUARTERLY,
        plan_deadline=date(2026, 1, 31),
        evaluation_deadline=date(2027, 1, 31),
    )


def load(ctx):
    return run_import(
        ctx, IMPORTS["plans"], real_file("plans/rhk_bapenda_mimika_seeder.csv"), constants={"period": "2026"}
    )


def test_the_file_becomes_six_plans_and_a_cascade_of_four_levels(ctx, agency):
    report = load(ctx)

    assert [p.message("en") for row in report.rejected for p in row.problems] == []
    assert report.count(Outcome.CREATED) == 11
    assert PerformancePlan.select().count() == 6
    assert Indicator.select().count() == 11
    desk = WorkResult.get(WorkResult.statement.startswith("Melakukan pendataan objek pajak"))
    chain = []
    while desk is not None:
        chain.append((desk.plan.position.title, desk.statement))
        desk = desk.parent
    assert chain == [
        ("Staf PBB", "Melakukan pendataan objek pajak PBB sektor pedesaan dan perkotaan secara door-to-door"),
        ("Kasubid Pendataan PBB", "Meningkatnya validitas data PBB Sektor Pedesaan & Perkotaan"),
        ("Kabid PBB & BPHTB", "Tersedianya basis data pajak daerah yang akurat dan mutakhir"),
        ("Kepala Badan", "Meningkatnya PAD Sektor Pajak Daerah"),
    ]
    notes = [note.code for row in report.rows for note in row.notes]
    assert notes.count("SUPERIOR_RESULT_ADDED") == 5
    assert "SUPPORT_ASSUMED" in notes


def test_the_cascade_is_read_in_one_query(ctx, agency):
    load(ctx)

    answer = execute(
        core_schema(),
        ctx,
        QUERY,
        {"statement": "Meningkatnya PAD Sektor Pajak Daerah"},
    )

    assert "errors" not in answer
    (top,) = answer["data"]["workResults"]["nodes"]
    level = top
    titles = [level["plan"]["position"]["title"]]
    for title in ("Kabid PBB & BPHTB", "Kasubid Pendataan PBB", "Staf PBB"):
        level = next(node for node in level["children"]["nodes"] if node["plan"]["position"]["title"] == title
                     and (title == "Staf PBB" or node["children"]["nodes"]))  # fmt: skip
        titles.append(level["plan"]["position"]["title"])
    assert titles == ["Kepala Badan", "Kabid PBB & BPHTB", "Kasubid Pendataan PBB", "Staf PBB"]
    assert sorted(node["targetMin"] for node in level["indicators"]["nodes"]) == ["100", "12", "200"]


def test_the_same_file_again_changes_nothing(ctx, agency):
    load(ctx)
    before = [WorkResult.select().count(), Indicator.select().count()]

    report = load(ctx)

    assert report.count(Outcome.UNCHANGED) == 11
    assert [WorkResult.select().count(), Indicator.select().count()] == before


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_plans_go_out_and_come_in_again_unchanged(ctx, agency, tmp_path, ending):
    load(ctx)
    # Three decimals look like thousands to an Indonesian reader.
    Indicator.update(target_min=Decimal("1.125")).where(Indicator.target_min == 12).execute()
    path = tmp_path / f"plans.{ending}"

    count = export(ctx, EXPORTS["plans"], path)
    report = run_import(ctx, IMPORTS["plans"], path)

    assert count == 11 + 5  # an added result of a superior has no indicator yet, and still its row
    assert [p.message("en") for row in report.rejected for p in row.problems] == []
    assert report.count(Outcome.UNCHANGED) == count
