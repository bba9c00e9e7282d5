"""Files of leave and attendance: what is taken, what is refused by line, and that a file may come twice."""

from datetime import date

import pytest

from core.attendance.models import AttendanceDay, Leave
from core.attendance.terms import AttendanceState, LeaveKind
from core.exchange.importers import IMPORTS
from core.exchange.report import Outcome
from core.exchange.services import run_import
from core.exchange.terms import ImportMode
from core.history.models import HistoryRecord
from tests.support.city import build_city

OFFICER, CLERK = "199005172015031002", "199207202017032004"
LEAVES = f"""nip;jenis_cuti;mulai;selesai;no_sk
{OFFICER};Cuti tahunan;05/01/2026;09/01/2026;850/1
{OFFICER};CLTN;2026-02-02;2027-02-01;850/2
{CLERK};cuti sakit;2026-01-05;2026-01-06;
"""
DAYS = f"""nip,tanggal,keterangan,terlambat,tidak_apel
{OFFICER},2026-01-12,Hadir,15,ya
{OFFICER},13/01/2026,TK,,
{CLERK},2026-01-12,Izin,,
"""


@pytest.fixture
def load(db, ctx, tmp_path):
    build_city()

    def _load(kind, text):
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        return run_import(ctx, IMPORTS[kind], path, mode=ImportMode.VALID_ROWS)

    return _load


def rejected(report):
    return {row.number: [(p.code, *p.path) for p in row.problems] for row in report.rejected}


@pytest.mark.parametrize(("kind", "text", "model"), [("leaves", LEAVES, Leave), ("attendance", DAYS, AttendanceDay)])
def test_the_same_file_twice_changes_nothing(load, kind, text, model):
    first = load(kind, text)
    changes = HistoryRecord.select().count()
    rows = list(model.select().order_by(model.id).tuples())

    second = load(kind, text)

    assert (first.count(Outcome.CREATED), rejected(first)) == (3, {})
    assert (second.count(Outcome.CREATED), rejected(second)) == (0, {})
    assert list(model.select().order_by(model.id).tuples()) == rows
    assert HistoryRecord.select().where(HistoryRecord.subject_type == model.__name__).count() == 3
    assert HistoryRecord.select().count() - changes <= 1


def test_words_and_days_are_read_as_people_write_them(load):
    load("leaves", LEAVES)
    load("attendance", DAYS)

    unpaid = Leave.get(Leave.kind == LeaveKind.UNPAID)
    assert (unpaid.first_day, unpaid.last_day, unpaid.decree_number) == (date(2026, 2, 2), date(2027, 2, 1), "850/2")
    late = AttendanceDay.get(AttendanceDay.late_minutes == 15)
    assert (late.state, late.missed_assembly) == (AttendanceState.PRESENT, True)
    assert [row.state for row in AttendanceDay.select().order_by(AttendanceDay.id)] == [
        AttendanceState.PRESENT, AttendanceState.UNEXCUSED, AttendanceState.EXCUSED,
    ]  # fmt: skip


def test_a_corrected_file_corrects_the_rows(load):
    load("leaves", LEAVES)
    load("attendance", DAYS)

    load("leaves", LEAVES.replace("09/01/2026", "08/01/2026"))
    load("attendance", DAYS.replace("Hadir,15", "Hadir,20"))

    assert Leave.get(Leave.decree_number == "850/1").last_day == date(2026, 1, 8)
    assert [row.late_minutes for row in AttendanceDay.select().order_by(AttendanceDay.id)] == [20, 0, 0]


def test_every_bad_row_of_leave_is_reported_with_its_place(load):
    text = f"""nip,kind,first_day,last_day
{OFFICER},ANNUAL,2026-01-05,2026-01-09
{OFFICER},SICK,2026-01-08,2026-01-12
{OFFICER},SICK,2026-01-05,2026-01-06
199901012020011001,SICK,2026-01-05,2026-01-06
{CLERK},Mudik,2026-01-05,2026-01-06
{CLERK},SICK,,2026-01-06
{CLERK},SICK,2026-01-06,2026-01-05
{CLERK},SICK,31/02/2026,2026-03-01
"""

    report = load("leaves", text)

    assert rejected(report) == {
        3: [("LEAVE_OVERLAPS", "first_day")],
        4: [("DUPLICATE_ROW", "first_day")],
        5: [("EMPLOYEE_UNKNOWN", "nip")],
        6: [("UNKNOWN_WORD", "kind")],
        7: [("CELL_EMPTY", "first_day")],
        8: [("LEAVE_REVERSED", "last_day")],
        9: [("BAD_DATE", "first_day")],
    }
    assert Leave.select().count() == 1


def test_every_bad_row_of_attendance_is_reported_with_its_place(load):
    text = f"""nip,day,state,late_minutes
{OFFICER},2026-01-12,PRESENT,5
{OFFICER},2026-01-12,PRESENT,5
{OFFICER},2026-01-10,Alpa,
{OFFICER},2027-01-12,PRESENT,
{OFFICER},2026-01-13,Alpa,5
{OFFICER},2026-01-14,PRESENT,banyak
{OFFICER},2026-01-14,,
"""

    report = load("attendance", text)

    assert rejected(report) == {
        3: [("DUPLICATE_ROW", "day")],
        4: [("NOT_A_WORKING_DAY", "day")],
        5: [("DAY_NOT_COME", "day")],
        6: [("MINUTES_OF_ABSENT", "state")],
        7: [("BAD_NUMBER", "late_minutes")],
        8: [("CELL_EMPTY", "state")],
    }
    assert AttendanceDay.select().count() == 1
