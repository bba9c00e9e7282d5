"""What an import does with files that people send: other headers, other encodings, bad cells, lies."""

import csv
import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from core.actor import Actor
from core.errors import Refused
from core.exchange import reading
from core.exchange.importers import IMPORTS
from core.exchange.report import Outcome, write_errors
from core.exchange.services import run_import, undo_import
from core.exchange.terms import ImportMode
from core.history.models import HistoryRecord
from core.organisation.models import Assignment, Employee, Position, ReportingLine, WorkUnit

VALID = ImportMode.VALID_ROWS


@pytest.fixture
def write(tmp_path):
    def _write(text, name="file.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return _write


def codes(refused):
    return [problem.code for problem in refused.value.problems]


def rejected(report):
    return {row.number: [(p.code, *p.path) for p in row.problems] for row in report.rejected}


def test_semicolons_windows_encoding_and_own_headers_are_read(ctx, write):
    path = write("kd;unit\nA;Dinas Café\n", encoding="cp1252")

    report = run_import(ctx, IMPORTS["units"], path, mapping={"KD": "code", "unit": "name"})

    assert report.count(Outcome.CREATED) == 1
    assert WorkUnit.get().name == "Dinas Café"


def test_children_may_stand_before_their_parents(ctx, write):
    report = run_import(ctx, IMPORTS["units"], write("code,name,parent\nB,Bidang,A\nA,Dinas,\n"))

    assert rejected(report) == {}
    assert WorkUnit.get(WorkUnit.code == "B").parent.code == "A"


def test_circles_doubles_and_unknown_parents_are_reported_by_line(ctx, write):
    text = "code,name,parent\nA,One,B\nB,Two,A\nC,Three,\nC,Again,\nD,Four,Z\n,Five,\n"

    report = run_import(ctx, IMPORTS["units"], write(text), mode=VALID)

    assert rejected(report) == {
        2: [("PARENT_CIRCLE", "parent")],
        3: [("PARENT_CIRCLE", "parent")],
        5: [("DUPLICATE_ROW", "code")],
        6: [("PARENT_UNKNOWN", "parent")],
        7: [("CELL_EMPTY", "code")],
    }
    assert [unit.code for unit in WorkUnit.select()] == ["C"]


def test_a_unit_below_a_circle_stands_at_the_top_with_a_note(ctx, write):
    report = run_import(ctx, IMPORTS["units"], write("code,name,parent\nA,One,B\nB,Two,A\nC,Three,B\n"), mode=VALID)

    assert list(rejected(report)) == [2, 3]
    assert [(row.number, note.code) for row in report.rows for note in row.notes] == [(4, "PARENT_REJECTED")]
    assert WorkUnit.get().code == "C"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "FILE_EMPTY"),
        ("\n\n", "FILE_EMPTY"),
        ("code,code\n1,2\n", "DUPLICATE_COLUMN"),
        ('code,name\n"A,B\n', "BROKEN_CSV"),
        ("code\nA\n", "COLUMN_MISSING"),
        ("a\x00b", "NOT_A_TABLE"),
    ],
)
def test_what_is_not_a_table_is_refused_by_name(ctx, write, text, code):
    with pytest.raises(Refused) as refused:
        run_import(ctx, IMPORTS["units"], write(text))

    assert codes(refused) == [code]
    assert HistoryRecord.select().count() == 0


def test_unknown_columns_in_the_mapping_are_refused(ctx, write):
    with pytest.raises(Refused) as refused:
        run_import(ctx, IMPORTS["units"], write("code,name\nA,B\n"), mapping={"code": "kodeku"})

    assert "COLUMN_UNKNOWN" in codes(refused)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(ctx, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_UNPACKED_BYTES", 1_000_000)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)

    with pytest.raises(Refused) as refused:
        run_import(ctx, IMPORTS["units"], path)

    assert codes(refused) == ["FILE_TOO_LARGE_UNPACKED"]


def test_a_zip_that_is_no_workbook_and_an_oversized_file_are_refused(ctx, tmp_path):
    fake = tmp_path / "fake.xlsx"
    with zipfile.ZipFile(fake, "w") as archive:
        archive.writestr("hello.txt", "hello")
    large = tmp_path / "large.csv"
    large.write_bytes(b"code,name\n" + b"A,B\n" * 3_000_000)

    with pytest.raises(Refused) as no_workbook:
        run_import(ctx, IMPORTS["units"], fake)
    with pytest.raises(Refused) as too_large:
        run_import(ctx, IMPORTS["units"], large)

    assert codes(no_workbook) == ["NOT_A_TABLE"]
    assert codes(too_large) == ["FILE_TOO_LARGE"]


def test_a_workbook_with_dates_and_numbers_is_read(ctx, tmp_path):
    book = Workbook()
    book.active.append(["code", "name", "valid_from"])
    book.active.append([11, "Dinas", date(2026, 2, 1)])
    path = tmp_path / "units.xlsx"
    book.save(path)

    run_import(ctx, IMPORTS["units"], path)

    unit = WorkUnit.get()
    assert (unit.code, unit.valid_from) == ("11", date(2026, 2, 1))


def people_files(write):
    write("code,name,parent\nA,Dinas,\nB,Bidang,A\n", "units.csv")
    write(
        "code,title,kind,unit,is_head\nA1,Kepala Dinas,JPT_PRATAMA,A,ya\nB1,Kepala Bidang,ADMINISTRATOR,B,ya\n"
        "B2,Arsiparis Ahli Muda,,B,tidak\n",
        "positions.csv",
    )
    write(
        "nip,nama,golongan\n19720517 199803 1 002,Ketut Wirawan,IV/c\n198003102005012003,Siti Aminah,IV/a\n"
        "199005172015031002,Budi Santoso,III/c\n",
        "employees.csv",
    )
    return write(
        "nip,jabatan,tmt\n197205171998031002,A1,2026-01-01\n198003102005012003,B1,01/01/2026\n"
        "199005172015031002,B2,2026-01-01\n",
        "assignments.csv",
    ).parent


def test_a_new_institution_comes_in_by_four_files(ctx, write):
    folder = people_files(write)

    for kind in ("units", "positions", "employees", "assignments"):
        report = run_import(ctx, IMPORTS[kind], folder / f"{kind}.csv")
        assert (kind, rejected(report)) == (kind, {})

    officer = Employee.get(Employee.nip == "199005172015031002")
    assert (officer.sex, officer.birth_date, officer.grade.code) == ("MALE", date(1990, 5, 17), "III/c")
    line = ReportingLine.get(ReportingLine.employee == officer)
    assert line.superior.name == "Siti Aminah"
    assert ReportingLine.get(ReportingLine.employee == line.superior).superior.name == "Ketut Wirawan"
    assert Position.get(Position.code == "B2").kind.code == "AHLI_MUDA"


def test_undoing_assignments_takes_the_reporting_lines_back(ctx, write):
    folder = people_files(write)
    for kind in ("units", "positions", "employees"):
        run_import(ctx, IMPORTS[kind], folder / f"{kind}.csv")
    report = run_import(ctx, IMPORTS["assignments"], folder / "assignments.csv")
    ctx.reason = "wrong month"

    undo_import(ctx, report.run_id)

    assert Assignment.select().count() == 0
    assert ReportingLine.select().where(ReportingLine.superior.is_null(False)).count() == 0


def test_bad_people_are_reported_with_cell_and_remedy(ctx, write, tmp_path):
    text = (
        "nip,nama,golongan,tanggal_lahir\n199013172015031002,Bulan Salah,III/a,\n"
        "199005172015031002,Golongan Salah,III/e,\n"
        "198003102005012003,=HYPERLINK(1),III/a,31/02/1980\n,Tanpa Nomor,III/a,\n"
    )
    report = run_import(ctx, IMPORTS["employees"], write(text), mode=VALID)

    assert {number: found[0][1] for number, found in rejected(report).items()} == {
        2: "nip",
        3: "grade",
        4: "birth_date",
        5: "nip",
    }
    assert Employee.select().count() == 0
    target = io.StringIO()
    assert write_errors(report, target, "id") == len([p for row in report.rejected for p in row.problems])
    lines = list(csv.DictReader(io.StringIO(target.getvalue())))
    assert lines[0]["line"] == "2"
    assert lines[2]["value"] == "31/02/1980"
    assert all(line["fault"] and line["remedy"] for line in lines)


def test_a_person_without_the_role_imports_nothing(ctx, db, write):
    ctx.actor = Actor(today=ctx.today, account_id=1, name="nobody")

    with pytest.raises(Refused) as refused:
        run_import(ctx, IMPORTS["units"], write("code,name\nA,B\n"))

    assert codes(refused) == ["FORBIDDEN"]
    assert WorkUnit.select().count() == 0


def test_the_same_number_twice_in_a_file_is_refused_at_the_second_line(ctx, write):
    text = (
        "nip,name,status,sex,birth_date\n"
        "199005172015031002,Budi,PNS,MALE,1990-05-17\n"
        "19900517 201503 1 002,Bukan Budi,PNS,MALE,1990-05-17\n"
    )

    report = run_import(ctx, IMPORTS["employees"], write(text), mode=VALID)

    assert rejected(report) == {3: [("DUPLICATE_ROW", "nip")]}
    assert [employee.name for employee in Employee.select()] == ["Budi"]


@pytest.mark.parametrize(("name", "code"), [("Budi\u202etadi", "BAD_CHARACTER"), ("\u200b", "CELL_EMPTY")])
def test_names_that_hide_something_or_show_nothing_are_refused(ctx, write, name, code):
    text = f"nip,name,status,sex,birth_date\n199005172015031002,{name},PNS,MALE,1990-05-17\n"

    report = run_import(ctx, IMPORTS["employees"], write(text), mode=VALID)

    assert rejected(report) == {2: [(code, "name")]}
    assert not Employee.select().exists()
