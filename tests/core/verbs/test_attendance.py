"""Verbs of leave and attendance."""

from datetime import date

import pytest

from core.attendance.terms import AttendanceState, LeaveKind
from tests.support.verbs import GONE, Case, check

CASES = [
    Case(
        "attendance.record_leave", "hr_officer",
        texts=lambda w: {
            "employee_id": w.rows["employee.officer"].id, "kind": "UNPAID", "first_day": "2026-03-02",
            "last_day": "2026-03-31", "decree_number": "850/7",
        },
        expected={"kind": LeaveKind.UNPAID, "first_day": date(2026, 3, 2), "decree_number": "850/7"},
    ),
    Case(
        "attendance.change_leave", "hr_officer", "leave.officer", lambda _w: {"kind": "SICK"},
        {"kind": LeaveKind.SICK, "first_day": date(2026, 2, 2)},
    ),
    Case("attendance.withdraw_leave", "hr_officer", "leave.officer", lambda _w: {"reason": "Batal"}, GONE),
    Case(
        "attendance.record_day", "hr_officer",
        texts=lambda w: {
            "employee_id": w.rows["employee.officer"].id, "day": "2026-01-14", "state": "UNEXCUSED",
            "late_minutes": "", "has_no_record": "1", "source": "",
        },
        expected={"state": AttendanceState.UNEXCUSED, "day": date(2026, 1, 14), "has_no_record": True},
    ),
    Case(
        "attendance.change_day", "hr_officer", "day.officer", lambda _w: {"late_minutes": "25"},
        {"late_minutes": 25, "state": AttendanceState.PRESENT},
    ),
    Case("attendance.remove_day", "hr_officer", "day.officer", lambda _w: {"reason": "Salah orang"}, GONE),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_verb_does_what_it_says(world, case):
    check(world, case)
