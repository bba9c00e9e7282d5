"""Imports employees."""

from typing import Any, cast

from core.context import Context
from core.errors import refuse
from core.exchange.importers.cells import only_once, read_date, read_word, required
from core.exchange.importers.found import find_employee
from core.exchange.kinds import Column, ImportKind, ImportState, Row
from core.i18n import N_
from core.organisation.models import Grade
from core.organisation.rules.numbers import CivilServiceNumber, normalise_number, parse_civil_service_number
from core.organisation.services import employees
from core.organisation.services.employees import EmployeeChanges
from core.organisation.terms import EmploymentStatus, Sex

_STATUS = {"PNS": EmploymentStatus.PNS, "CPNS": EmploymentStatus.CPNS, "PPPK": EmploymentStatus.PPPK}
_SEX = {
    "MALE": Sex.MALE,
    "L": Sex.MALE,
    "Laki-laki": Sex.MALE,
    "FEMALE": Sex.FEMALE,
    "P": Sex.FEMALE,
    "Perempuan": Sex.FEMALE,
}
_TEXTS = ("front_title", "back_title", "email", "phone")


def _apply(ctx: Context, row: Row, state: ImportState) -> None:
    number = normalise_number(required(row, "nip"))
    only_once(row, state, "nip", number)
    parsed = parse_civil_service_number(number, ctx.today)
    values: dict[str, Any] = {"name": required(row, "name")}
    values |= {name: row.get(name) for name in _TEXTS if row.get(name)}
    status = read_word(row, "status", _STATUS)
    sex = read_word(row, "sex", _SEX)
    born = read_date(row, "birth_date")
    if joined := read_date(row, "joined_on"):
        values["joined_on"] = joined
    employee = find_employee(number)
    if isinstance(parsed, CivilServiceNumber):
        # The number says what the file leaves out; the service compares the two and warns.
        status = status or (employee.status if employee else parsed.status)
        sex = sex or (employee.sex if employee else parsed.sex)
        born = born or (employee.birth_date if employee else parsed.birth_date)
    values |= {name: value for name, value in (("status", status), ("sex", sex), ("birth_date", born)) if value}
    if row.get("grade"):
        values["grade_id"] = _grade(row, status or EmploymentStatus.PNS).id
    if employee is None:
        if not isinstance(parsed, CivilServiceNumber):
            # Defaults that are never written: the service refuses the number and says what is wrong with it.
            values = {"status": EmploymentStatus.PNS, "sex": Sex.MALE, "birth_date": ctx.today, **values}
        saved = employees.create_employee(ctx, nip=number, **values)
    else:
        changes = {name: value for name, value in values.items() if getattr(employee, name) != value}
        if not changes:
            return
        saved = employees.update_employee(ctx, employee.id, employee.version, cast("EmployeeChanges", changes))
    for warning in saved.warnings:
        state.note(row, warning)


def _grade(row: Row, status: EmploymentStatus) -> Grade:
    employment = EmploymentStatus.PPPK if status is EmploymentStatus.PPPK else EmploymentStatus.PNS
    grade = Grade.get_or_none((Grade.code == row.get("grade")) & (Grade.employment == employment))
    if grade is None:
        raise refuse(
            "GRADE_UNKNOWN",
            N_("{employment} have no grade {grade}. PNS: I/a to IV/e; PPPK: I to XVII."),
            "grade",
            employment=employment.value,
            grade=row.get("grade"),
        )
    return grade


EMPLOYEES = ImportKind(
    name="employees",
    title=N_("Employees"),
    subjects=("Employee",),
    columns=(
        Column("nip", N_("Civil-service number"), ("nip_baru", "ni_pppk", "no_induk"), is_required=True),
        Column("name", N_("Name"), ("nama", "nama_pegawai"), is_required=True),
        Column("front_title", N_("Title before the name"), ("gelar_depan",)),
        Column("back_title", N_("Title after the name"), ("gelar_belakang",)),
        Column("status", N_("Employment status"), ("status_kepegawaian", "jenis_pegawai")),
        Column("sex", N_("Sex"), ("jenis_kelamin", "jk")),
        Column("birth_date", N_("Date of birth"), ("tanggal_lahir", "tgl_lahir")),
        Column("grade", N_("Grade"), ("golongan", "gol", "golongan_ruang")),
        Column("email", N_("E-mail"), ("surel",)),
        Column("phone", N_("Telephone"), ("telepon", "no_hp")),
        Column("joined_on", N_("First day of service"), ("tmt_cpns", "tmt")),
    ),
    apply=_apply,
)
