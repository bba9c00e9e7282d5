"""A small city for tests: a mayor's office, one agency with two divisions, people in every relation."""

from dataclasses import dataclass
from datetime import date

from core.organisation.models import (
    Assignment,
    Employee,
    Grade,
    Position,
    PositionKind,
    ReportingLine,
    WorkUnit,
    WorkUnitRevision,
)
from core.organisation.terms import EmploymentStatus, Sex, SupervisionBasis, SupervisionGap
from core.planning.models import EvaluationPeriod, EvaluationWindow
from core.planning.terms import Frequency
from tests.support.kept_rows import made_once

START = date(2026, 1, 1)
_MODELS = (
    WorkUnit, WorkUnitRevision, Employee, Position, Assignment, ReportingLine, EvaluationPeriod, EvaluationWindow,
)  # fmt: skip


@dataclass
class City:
    """The rows of the small city.

    secretary (heads root) > head (heads agency) > chief (heads registry) > officer, clerk;
    other_chief (heads archive) > other
    """

    root: WorkUnit
    agency: WorkUnit
    registry: WorkUnit
    archive: WorkUnit
    secretary: Employee
    head: Employee
    chief: Employee
    officer: Employee
    clerk: Employee
    other_chief: Employee
    other: Employee
    positions: dict[str, Position]
    period: EvaluationPeriod


def unit(code: str, name: str, parent: WorkUnit | None) -> WorkUnit:
    """Make a unit with its path and first revision."""
    row = WorkUnit.create(
        code=code, name=name, parent=parent, valid_from=START, depth=parent.depth + 1 if parent else 0
    )
    row.path = (parent.path if parent else "") + f"{row.id:08d}"
    row.save()
    WorkUnitRevision.create(unit=row, name=name, parent=parent, valid_from=START)
    return row


def person(nip: str, name: str) -> Employee:
    """Make an employee from a NIP whose digits give birth date and sex."""
    return Employee.create(
        nip=nip,
        name=name,
        status=EmploymentStatus.PNS,
        sex=Sex.MALE if nip[14] == "1" else Sex.FEMALE,
        birth_date=date(int(nip[:4]), int(nip[4:6]), int(nip[6:8])),
        grade=Grade.get(Grade.code == "III/c"),
    )


def post(employee: Employee, where: WorkUnit, title: str, kind: str, *, is_head: bool) -> Position:
    """Make a position and assign the employee to it from START."""
    position = Position.create(
        code=f"{where.code}-{title}",
        title=title,
        kind=PositionKind.get(PositionKind.code == kind),
        unit=where,
        is_head=is_head,
        valid_from=START,
    )
    Assignment.create(employee=employee, position=position, unit=where, valid_from=START)
    return position


def report(employee: Employee, superior: Employee | None) -> None:
    """Write the reporting line that follows from the heads."""
    ReportingLine.create(
        employee=employee,
        superior=superior,
        basis=SupervisionBasis.HEAD if superior else None,
        gap=None if superior else SupervisionGap.TOP_OF_INSTITUTION,
        valid_from=START,
    )


def build_city() -> City:
    """Create the small city with a period for 2026 in quarters."""
    return made_once("city", _MODELS, _made)


def _made() -> City:
    root = unit("00", "Kota Contoh", None)
    agency = unit("10", "Dinas Kependudukan dan Pencatatan Sipil", root)
    registry = unit("11", "Bidang Pencatatan Sipil", agency)
    archive = unit("12", "Bidang Arsip", agency)
    people = {
        "secretary": person("196801011990031001", "Made Sudana"),
        "head": person("197205171998031002", "Ketut Wirawan"),
        "chief": person("198003102005012003", "Siti Aminah"),
        "officer": person("199005172015031002", "Budi Santoso"),
        "clerk": person("199207202017032004", "Rina Wulandari"),
        "other_chief": person("198104112006041005", "Agus Pratama"),
        "other": person("199311122018012006", "Dewi Lestari"),
    }
    places = {
        "secretary": (root, "Sekretaris Daerah", "JPT_PRATAMA", True),
        "head": (agency, "Kepala Dinas", "JPT_PRATAMA", True),
        "chief": (registry, "Kepala Bidang Pencatatan Sipil", "ADMINISTRATOR", True),
        "officer": (registry, "Administrator Database Kependudukan Ahli Pertama", "AHLI_PERTAMA", False),
        "clerk": (registry, "Operator Layanan", "PELAKSANA", False),
        "other_chief": (archive, "Kepala Bidang Arsip", "ADMINISTRATOR", True),
        "other": (archive, "Arsiparis Ahli Pertama", "AHLI_PERTAMA", False),
    }
    positions = {
        who: post(people[who], where, title, kind, is_head=is_head)
        for who, (where, title, kind, is_head) in places.items()
    }
    lines = {
        "secretary": None,
        "head": "secretary",
        "chief": "head",
        "other_chief": "head",
        "officer": "chief",
        "clerk": "chief",
        "other": "other_chief",
    }
    for who, superior in lines.items():
        report(people[who], people[superior] if superior else None)
    period = EvaluationPeriod.create(
        code="2026",
        name="Tahun 2026",
        starts_on=START,
        ends_on=date(2026, 12, 31),
        frequency=Frequency.QUARTERLY,
        plan_deadline=date(2026, 1, 31),
        evaluation_deadline=date(2027, 1, 31),
    )
    for number, (first, last) in enumerate(
        [((1, 1), (3, 31)), ((4, 1), (6, 30)), ((7, 1), (9, 30)), ((10, 1), (12, 31))], start=1
    ):
        EvaluationWindow.create(
            period=period,
            number=number,
            name=f"Triwulan {number}",
            starts_on=date(2026, *first),
            ends_on=date(2026, *last),
        )
    return City(root, agency, registry, archive, **people, positions=positions, period=period)
