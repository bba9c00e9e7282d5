"""An institution of any size, filled in bulk with valid rows: the same people on PostgreSQL and on SQLite.

A unit has a head and 99 others; 25 units make an agency (itself, 4 divisions, 20 sections). Everybody has a primary
assignment, a reporting line, an approved plan with 5 work results, and 2 final evaluations.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import psycopg

from core.appraisal.models import Evaluation
from core.contributions import MigrationSource
from core.database import connect, database, is_sqlite
from core.demo.seed import read_names
from core.identity.models import Account, ApiToken, RoleGrant
from core.identity.tokens import API_PREFIX, SHOWN_LENGTH, hashed
from core.migrating import CORE_MIGRATIONS, migrate_everything
from core.organisation.models import (
    Assignment,
    Employee,
    EmployeeIdentifier,
    Grade,
    Position,
    PositionKind,
    ReportingLine,
    WorkUnit,
    WorkUnitRevision,
)
from core.planning.models import EvaluationPeriod, EvaluationWindow, PerformancePlan, PlanEvaluator, WorkResult
from core.reference import load_reference_data

_ADMIN_MIGRATIONS = Path(__file__).parents[1] / "admin" / "migrations"

PEOPLE_PER_UNIT = 100
UNITS_PER_AGENCY = 25
RESULTS = 5
EVALUATIONS = 2
_POSTS = 5  # positions of a unit: its head's, and four that the others share
_STRANGERS = 20
"""Accounts that have not called before: heads of the last sections."""

_QUARTERS = (("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31"))
_STATEMENTS = (
    "Meningkatnya kepatuhan pelayanan administrasi kependudukan di wilayah kerja",
    "Terselesaikannya permohonan dokumen sesuai waktu layanan yang dijanjikan",
    "Tersusunnya laporan capaian kinerja unit yang lengkap dan tepat waktu",
    "Meningkatnya kualitas data melalui pemeriksaan berkala setiap bulan",
    "Terlaksananya sosialisasi layanan kepada warga dan perangkat desa",
)


def token_of(caller: str) -> str:
    """Return the API token of a caller of the benchmark; the same in every database."""
    return f"{API_PREFIX}bench-{caller}-{hashlib.sha256(caller.encode()).hexdigest()[:24]}"


@dataclass(frozen=True)
class Institution:
    """Where everything lies in an institution of `employees` people; keys count from 1."""

    employees: int

    @property
    def units(self) -> int:
        """Number of units."""
        return self.employees // PEOPLE_PER_UNIT

    def parent(self, unit: int) -> int | None:
        """Return the unit above; None for the root."""
        if unit == 1:
            return None
        first, place = self._place(unit)
        if place == 0:
            return 1
        return first if place <= 4 else first + 1 + (place - 5) % 4

    def path(self, unit: int) -> str:
        """Return the chain of ids from the root."""
        above = self.parent(unit)
        return (self.path(above) if above else "") + f"{unit:08d}"

    def kind(self, unit: int) -> str:
        """Return the kind of a unit."""
        if unit == 1:
            return "KOTA"
        place = self._place(unit)[1]
        return "DINAS" if place == 0 else "BIDANG" if place <= 4 else "SEKSI"

    def unit_of(self, employee: int) -> int:
        """Return the unit of an employee."""
        return (employee - 1) // PEOPLE_PER_UNIT + 1

    def head_of(self, unit: int) -> int:
        """Return the employee who heads a unit."""
        return (unit - 1) * PEOPLE_PER_UNIT + 1

    def superior_of(self, employee: int) -> int | None:
        """Return who supervises an employee: the head of the unit, for that head the one of the unit above."""
        unit = self.unit_of(employee)
        if employee != self.head_of(unit):
            return self.head_of(unit)
        above = self.parent(unit)
        return self.head_of(above) if above else None

    def agency(self, number: int) -> int:
        """Return the unit of an agency, counted from 0."""
        return 2 + number * UNITS_PER_AGENCY

    @staticmethod
    def _place(unit: int) -> tuple[int, int]:
        number, place = divmod(unit - 2, UNITS_PER_AGENCY)
        return 2 + number * UNITS_PER_AGENCY, place


@dataclass
class Filling:
    """Rows of one table: the columns given for each row, beside the defaults of the others."""

    model: Any
    names: Sequence[str]
    rows: Iterable[tuple[Any, ...]]
    defaults: dict[str, Any] = field(default_factory=dict)

    def columns(self) -> tuple[list[str], tuple[Any, ...]]:
        """Return the names of all columns written and the values of those that are the same in every row."""
        fields = self.model._meta.fields
        same: dict[str, Any] = {}
        for name, column in fields.items():
            if name in self.names or name == "id":
                continue
            value = self.defaults.get(name, column.default)
            value = value() if callable(value) else value
            if value is not None:
                same[column.column_name] = column.db_value(value)
        return [*(fields[name].column_name for name in self.names), *same], tuple(same.values())


def fingerprint(employees: int, year: int) -> str:
    """Return what the rows depend on: this file, the migrations, the size and the year."""
    content = [Path(__file__).read_bytes(), f"{employees} {year}".encode()]
    for folder in (CORE_MIGRATIONS.folder, _ADMIN_MIGRATIONS):
        content += [path.read_bytes() for path in sorted(folder.glob("*.py"))]
    return hashlib.sha256(b"\0".join(content)).hexdigest()[:16]


def postgresql(server: str, name: str, employees: int, today: date) -> str:
    """Return the URL of the PostgreSQL database `name`, filled anew unless it holds what is wanted."""
    wanted = fingerprint(employees, today.year)
    url = server.rsplit("/", 1)[0] + "/" + name
    with psycopg.connect(server, autocommit=True) as connection:
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", (name,)
        ).fetchone()
        if found and found[0] == wanted:
            return url
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        _fill(url, employees, today)
        connection.execute(f"COMMENT ON DATABASE \"{name}\" IS '{wanted}'")  # type: ignore[arg-type]
    return url


def sqlite(folder: Path, employees: int, today: date) -> str:
    """Return the URL of the SQLite database in `folder`, filled anew unless it holds what is wanted."""
    path = folder / f"bench-{employees}-{fingerprint(employees, today.year)}.db"
    if not path.exists():
        for old in folder.glob(f"bench-{employees}-*.db*"):
            old.unlink()
        fresh = path.with_suffix(".part")
        fresh.unlink(missing_ok=True)
        _fill(f"sqlite:///{fresh}", employees, today)
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        fresh.rename(path)
    return f"sqlite:///{path}"


def _fill(url: str, employees: int, today: date) -> None:
    connect(url)
    if is_sqlite():
        database.execute_sql("PRAGMA synchronous = OFF")
    migrate_everything([("admin", MigrationSource(_ADMIN_MIGRATIONS))])
    load_reference_data()
    fillings = _fillings(Institution(employees), today)
    (_into_sqlite if is_sqlite() else _into_postgresql)(fillings)
    database.close()


def _into_postgresql(fillings: Iterable[Filling]) -> None:
    connection: psycopg.Connection[Any] = database.connection()
    with connection.cursor() as cursor:
        # The rows are valid by construction; checking every reference doubles the time.
        cursor.execute("SET session_replication_role = replica")
        for filling in fillings:
            table, (columns, same) = filling.model._meta.table_name, filling.columns()
            listed = ", ".join(f'"{name}"' for name in columns)
            with cursor.copy(f'COPY "{table}" ({listed}) FROM STDIN') as copy:  # type: ignore[arg-type]
                for row in filling.rows:
                    copy.write_row(row + same)
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM \"{table}\"))"  # type: ignore[arg-type]
            )
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE")
    connection.autocommit = False


def _into_sqlite(fillings: Iterable[Filling]) -> None:
    database.execute_sql("PRAGMA foreign_keys = OFF")
    with database.atomic():
        cursor = database.connection().cursor()
        for filling in fillings:
            columns, same = filling.columns()
            listed = ", ".join(f'"{name}"' for name in columns)
            gaps = ", ".join("?" * len(columns))
            statement = f'INSERT INTO "{filling.model._meta.table_name}" ({listed}) VALUES ({gaps})'
            cursor.executemany(statement, (row + same for row in filling.rows))
    database.execute_sql("ANALYZE")


def _fillings(place: Institution, today: date) -> Iterator[Filling]:
    year = today.year
    since = f"{year - 1}-01-01"
    yield from _organisation(place, since)
    yield from _people(place, since)
    yield from _planning(place, year)
    yield from _evaluations(place, year)
    yield from _callers(place, since)


def _organisation(place: Institution, since: str) -> Iterator[Filling]:
    units = range(1, place.units + 1)
    names = {unit: f"{place.kind(unit).capitalize()} {unit}" for unit in units}
    yield Filling(
        WorkUnit,
        ("id", "code", "name", "kind", "parent", "path", "depth", "valid_from"),
        (
            (unit, f"U{unit:06d}", names[unit], place.kind(unit), place.parent(unit), path, len(path) // 8 - 1, since)
            for unit in units
            for path in [place.path(unit)]
        ),
    )
    yield Filling(
        WorkUnitRevision,
        ("unit", "name", "parent", "valid_from"),
        ((unit, names[unit], place.parent(unit), since) for unit in units),
    )
    kinds = {kind.code: kind.id for kind in PositionKind.select()}
    posts = (
        ("ADMINISTRATOR", "Kepala"),
        ("AHLI_PERTAMA", "Analis Kebijakan"),
        ("TERAMPIL", "Arsiparis"),
        ("PELAKSANA", "Operator Layanan"),
        ("PELAKSANA", "Pengolah Data"),
    )
    yield Filling(
        Position,
        ("id", "code", "title", "kind", "unit", "is_head", "valid_from"),
        (
            (
                (unit - 1) * _POSTS + number + 1,
                f"U{unit:06d}-{number}",
                f"{title} {names[unit]}",
                kinds[kind],
                unit,
                number == 0,
                since,
            )
            for unit in units
            for number, (kind, title) in enumerate(posts)
        ),
    )


def _position(place: Institution, employee: int) -> int:
    number = 0 if employee == place.head_of(place.unit_of(employee)) else 1 + employee % (_POSTS - 1)
    return (place.unit_of(employee) - 1) * _POSTS + number + 1


def _people(place: Institution, since: str) -> Iterator[Filling]:
    people = range(1, place.employees + 1)
    grade = Grade.get(Grade.code == "III/c").id
    yield Filling(
        Employee,
        ("id", "nip", "name", "back_title", "status", "sex", "birth_date", "grade", "joined_on"),
        _employees(place, grade),
    )
    yield Filling(
        EmployeeIdentifier,
        ("employee", "kind", "number"),
        ((row[0], "NIP", row[1]) for row in _employees(place, grade)),
    )
    yield Filling(
        Assignment,
        ("employee", "position", "unit", "valid_from"),
        ((who, _position(place, who), place.unit_of(who), since) for who in people),
    )
    yield Filling(
        ReportingLine,
        ("employee", "superior", "basis", "gap", "valid_from"),
        (
            (who, superior, "HEAD" if superior else None, None if superior else "TOP_OF_INSTITUTION", since)
            for who in people
            for superior in [place.superior_of(who)]
        ),
    )


def _employees(place: Institution, grade: int) -> Iterator[tuple[Any, ...]]:
    chance = Random("employees")
    parts = read_names()
    names = list(chain.from_iterable(parts.values()))
    serials: Counter[str] = Counter()
    for who in range(1, place.employees + 1):
        born = f"{chance.randint(1967, 2000)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
        joined = f"{int(born[:4]) + 23}{chance.randint(1, 12):02d}"
        sex = chance.choice("12")
        start = born + joined + sex
        serials[start] += 1
        yield (
            who,
            f"{start}{serials[start]:03d}",
            f"{chance.choice(names)} {chance.choice(names)} {chance.choice(names)}",
            chance.choice(("", "S.E.", "S.H.", "S.Kom.", "S.Sos.")),
            "PNS",
            "MALE" if sex == "1" else "FEMALE",
            f"{born[:4]}-{born[4:6]}-{born[6:]}",
            grade,
            f"{joined[:4]}-{joined[4:]}-01",
        )


def _planning(place: Institution, year: int) -> Iterator[Filling]:
    people = range(1, place.employees + 1)
    yield Filling(
        EvaluationPeriod,
        ("id", "code", "name", "starts_on", "ends_on", "frequency", "plan_deadline", "evaluation_deadline"),
        [
            (
                1,
                str(year),
                f"Tahun {year}",
                f"{year}-01-01",
                f"{year}-12-31",
                "QUARTERLY",
                f"{year}-01-31",
                f"{year + 1}-01-31",
            )
        ],
    )
    yield Filling(
        EvaluationWindow,
        ("id", "period", "number", "name", "starts_on", "ends_on"),
        [
            (number, 1, number, f"Triwulan {number}", f"{year}-{first}", f"{year}-{last}")
            for number, (first, last) in enumerate(_QUARTERS, start=1)
        ],
    )
    yield Filling(
        PerformancePlan,
        (
            *("id", "period", "employee", "position", "unit", "evaluator", "approach", "state", "starts_on"),
            *("ends_on", "revision", "submitted_at", "approved_at"),
        ),
        (
            (
                *(who, 1, who, _position(place, who), place.unit_of(who), place.superior_of(who)),
                *("QUANTITATIVE", "APPROVED", f"{year}-01-01", f"{year}-12-31", 1),
                *(f"{year}-01-12 03:00:00", f"{year}-01-16 03:00:00"),
            )
            for who in people
        ),
    )
    yield Filling(
        PlanEvaluator,
        ("plan", "evaluator", "valid_from"),
        ((who, superior, f"{year}-01-01") for who in people if (superior := place.superior_of(who))),
    )
    yield Filling(
        WorkResult,
        ("plan", "kind", "statement", "success_measure", "sequence"),
        (
            (who, "MAIN", f"{_STATEMENTS[number]} ({who})", "Sesuai target yang disepakati", number + 1)
            for who in people
            for number in range(RESULTS)
        ),
    )


def _evaluations(place: Institution, year: int) -> Iterator[Filling]:
    ratings = (("MEETS", "MEETS", "GOOD"), ("ABOVE", "ABOVE", "VERY_GOOD"), ("MEETS", "BELOW", "NEEDS_IMPROVEMENT"))
    yield Filling(
        Evaluation,
        (
            *("plan", "period", "window", "window_number", "employee", "evaluator", "unit", "kind", "state"),
            *("result_rating", "behavior_rating", "predicate", "result_note", "finalised_at", "received_on"),
        ),
        (
            (
                *(who, 1, number, number, who, place.superior_of(who), place.unit_of(who), "PERIODIC", "FINAL"),
                *ratings[(who + number) % 3],
                "Capaian dinilai dari laporan kemajuan dan bukti dukung",
                *(f"{year}-{number * 3 + 1:02d}-06 03:00:00", f"{year}-{number * 3 + 1:02d}-06"),
            )
            for who in range(1, place.employees + 1)
            for number in range(1, EVALUATIONS + 1)
        ),
    )


def _callers(place: Institution, since: str) -> Iterator[Filling]:
    """Give accounts and tokens to an HR officer of an agency, the head of a division, and one who sees everything."""
    # The first agency: its people are the same in an institution of any size.
    agency = place.agency(0)
    division = agency + 1
    callers: dict[str, int] = {
        "officer": place.head_of(agency + 6) + 5,
        "head": place.head_of(division),
        "institution": place.head_of(1) + 7,
    }
    sections = [unit for unit in range(1, place.units + 1) if place.kind(unit) == "SEKSI"]
    callers |= {f"stranger{n}": place.head_of(unit) for n, unit in enumerate(sections[-_STRANGERS:])}
    numbers = {caller: number for number, caller in enumerate(callers, start=1)}
    yield Filling(
        Account,
        ("id", "username", "employee"),
        [(number, f"bench-{caller}", callers[caller]) for caller, number in numbers.items()],
    )
    yield Filling(
        RoleGrant,
        ("account", "role", "unit", "valid_from"),
        [
            (numbers["officer"], "hr_officer", agency, since),
            (numbers["institution"], "hr_admin", None, since),
        ],
    )
    yield Filling(
        ApiToken,
        ("account", "name", "token_hash", "prefix", "scopes", "expires_at"),
        [
            (
                *(number, "bench", hashed(token_of(caller)), token_of(caller)[:SHOWN_LENGTH]),
                *('["read", "write"]', "2099-01-01 00:00:00"),
            )
            for caller, number in numbers.items()
        ],
    )


def strangers() -> list[str]:
    """Return the callers whom no server has seen yet."""
    return [f"stranger{number}" for number in range(_STRANGERS)]
