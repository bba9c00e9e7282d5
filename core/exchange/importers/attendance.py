"""Imports leave and days of attendance."""

from typing import Any

from core.attendance.models import AttendanceDay, Leave
from core.attendance.rules import DayValues
from core.attendance.services import CHANGEABLE, change_day, change_leave, record_day, record_leave
from core.attendance.terms import AttendanceState, LeaveKind
from core.context import Context
from core.exchange.importers.cells import only_once, read_date, read_truth, read_whole, read_word, required
from core.exchange.importers.found import employee_named
from core.exchange.kinds import Column, ImportKind, ImportState, Row
from core.i18n import N_

_KINDS = {
    **{kind.value: kind for kind in LeaveKind},
    "Cuti tahunan": LeaveKind.ANNUAL,
    "Cuti besar": LeaveKind.LONG,
    "Cuti sakit": LeaveKind.SICK,
    "Cuti melahirkan": LeaveKind.MATERNITY,
    "Cuti alasan penting": LeaveKind.IMPORTANT_REASON,
    "Cuti karena alasan penting": LeaveKind.IMPORTANT_REASON,
    "Cuti bersama": LeaveKind.COLLECTIVE,
    "Cuti di luar tanggungan negara": LeaveKind.UNPAID,
    "CLTN": LeaveKind.UNPAID,
}
_STATES = {
    **{state.value: state for state in AttendanceState},
    "Hadir": AttendanceState.PRESENT,
    "H": AttendanceState.PRESENT,
    "Izin": AttendanceState.EXCUSED,
    "Sakit": AttendanceState.EXCUSED,
    "Cuti": AttendanceState.EXCUSED,
    "Dinas luar": AttendanceState.EXCUSED,
    "Alpa": AttendanceState.UNEXCUSED,
    "Tanpa keterangan": AttendanceState.UNEXCUSED,
    "TK": AttendanceState.UNEXCUSED,
}


def _apply_leave(ctx: Context, row: Row, state: ImportState) -> None:
    for name in ("nip", "kind", "first_day", "last_day"):
        required(row, name)
    employee = employee_named(row, "nip")
    kind, first, last = read_word(row, "kind", _KINDS), read_date(row, "first_day"), read_date(row, "last_day")
    assert kind is not None and first is not None and last is not None  # noqa: S101, PT018 - `required` refused these
    only_once(row, state, "first_day", f"{employee.nip} {first}")
    present = Leave.get_or_none((Leave.employee == employee.id) & (Leave.first_day == first))
    if present is None:
        record_leave(
            ctx,
            employee_id=employee.id,
            kind=kind,
            first_day=first,
            last_day=last,
            decree_number=row.get("decree_number"),
        )
        return
    wanted = {"kind": kind, "last_day": last, "decree_number": row.get("decree_number") or present.decree_number}
    if any(getattr(present, name) != value for name, value in wanted.items()):
        change_leave(ctx, present.id, present.version, wanted)


def _apply_day(ctx: Context, row: Row, state: ImportState) -> None:
    for name in ("nip", "day", "state"):
        required(row, name)
    employee = employee_named(row, "nip")
    day, found = read_date(row, "day"), read_word(row, "state", _STATES)
    assert day is not None and found is not None  # noqa: S101, PT018 - `required` refused these
    only_once(row, state, "day", f"{employee.nip} {day}")
    given: dict[str, Any] = {
        "state": found,
        "late_minutes": read_whole(row, "late_minutes") or 0,
        "early_minutes": read_whole(row, "early_minutes") or 0,
        "has_no_record": read_truth(row, "has_no_record", default=False),
        "missed_assembly": read_truth(row, "missed_assembly", default=False),
        "source": row.get("source"),
    }
    present = AttendanceDay.get_or_none((AttendanceDay.employee == employee.id) & (AttendanceDay.day == day))
    if present is None:
        record_day(ctx, employee.id, DayValues(day, **given))
    elif any(getattr(present, name) != given[name] for name in CHANGEABLE):
        change_day(ctx, present.id, present.version, given)


_NUMBER = Column("nip", N_("Civil-service number"), ("nip_baru", "ni_pppk"), is_required=True)

LEAVES = ImportKind(
    name="leaves",
    title=N_("Leave"),
    subjects=("Leave",),
    columns=(
        _NUMBER,
        Column("kind", N_("Kind"), ("jenis", "jenis_cuti"), is_required=True),
        Column("first_day", N_("First day"), ("mulai", "tanggal_mulai"), is_required=True),
        Column("last_day", N_("Last day"), ("selesai", "tanggal_selesai"), is_required=True),
        Column("decree_number", N_("Number of the decree"), ("nomor_sk", "no_sk")),
    ),
    places={"employeeId": "nip"},
    apply=_apply_leave,
)

ATTENDANCE = ImportKind(
    name="attendance",
    title=N_("Attendance"),
    subjects=("AttendanceDay",),
    columns=(
        _NUMBER,
        Column("day", N_("Day"), ("tanggal", "hari"), is_required=True),
        Column("state", N_("State"), ("status", "keterangan"), is_required=True),
        Column("late_minutes", N_("Minutes late"), ("terlambat", "menit_terlambat")),
        Column("early_minutes", N_("Minutes left early"), ("pulang_cepat", "menit_pulang_cepat")),
        Column("has_no_record", N_("No record at the terminal"), ("tidak_absen", "tanpa_rekaman")),
        Column("missed_assembly", N_("Missed the assembly"), ("tidak_apel",)),
        Column("source", N_("Source"), ("sumber",)),
    ),
    places={"employeeId": "nip"},
    apply=_apply_day,
)
