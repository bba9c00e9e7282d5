"""What an eligibility run over 50,000 employees takes, on PostgreSQL and on SQLite, with every criterion of a medal.

`python -m bench.rewards_eligibility` runs it alone. A tenth of the people have a past sanction, a tenth unpaid leave;
the results are counted anew from the rows that were put in.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from core.actor import system_actor
from core.attendance.models import Leave
from core.attendance.terms import LeaveKind
from core.bulk import insert_rows
from core.context import Context
from core.database import connect, database, is_sqlite, transaction, utc_now
from core.migrating import migrate_everything
from core.organisation.models import Assignment, Employee, Position, PositionKind, WorkUnit
from core.organisation.terms import AssignmentKind, EmployeeState, EmploymentStatus, Sex
from core.plugin_host import build_registry, start
from core.reference import load_reference_data
from core.settings import Settings
from plugins.rewards.discipline.models import DisciplineCase, SanctionDecision
from plugins.rewards.discipline.terms import Authority, CaseState, DecisionState, SanctionLevel
from plugins.rewards.programmes.models import EligibilityResult
from plugins.rewards.programmes.services.programmes import create_programme
from plugins.rewards.programmes.services.rounds import create_round
from plugins.rewards.programmes.services.running import perform, start_run
from tests.support.fresh import fresh_database

KINDS = ("sqlite", "postgresql")
PEOPLE = 50_000
_UNITS = 500
_TODAY = date(2026, 11, 2)
_TEN_YEARS_AGO = date(2016, 11, 1)
_EVERY = 10
"""One in so many has a sanction, the next one unpaid leave."""


def eligibility(kinds: Sequence[str] = KINDS, people: int = PEOPLE) -> dict[str, float]:
    """Return the seconds of a run on each kind of database; raise RuntimeError where its results are not right."""
    figures: dict[str, float] = {}
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix="kinerja-run-") as name, fresh_database(kind, Path(name)) as url:
            figures[f"eligibility_{kind}_seconds"] = _one(Path(name), url, people)
    return figures


def _one(folder: Path, url: str, people: int) -> float:
    with _filled(folder, url, people) as ctx:
        programme = create_programme(ctx, code="sks_x", template="sks_x")
        year = (date(2026, 1, 1), date(2026, 12, 31))
        round_ = create_round(ctx, programme_id=programme.id, name="2026", starts_on=year[0], ends_on=year[1])
        run = start_run(ctx, round_id=round_.id)
        begun = time.perf_counter()
        run = perform(ctx, run.id)
        took = time.perf_counter() - begun
        expected = sum(_is_eligible(number) for number in range(people))
        rows = EligibilityResult.select().where(EligibilityResult.run == run.id)
        found = rows.where(EligibilityResult.is_eligible).count()
        if (run.people, run.eligible, rows.count(), found) != (people, expected, people, expected):
            raise RuntimeError(f"{run.people} people, {run.eligible} eligible, {found} rows; expected {expected}")
        reasons = rows.where(~EligibilityResult.is_eligible).first()
        if not [one for one in reasons.findings if one["outcome"] != "MET"]:
            raise RuntimeError("a result without a reason")
    return took


def _joined(number: int) -> date:
    """Return the first day of service: every second one has ten years."""
    return _TEN_YEARS_AGO - timedelta(days=365 * (number % 20)) if number % 2 else date(2020, 1, 1)


def _number(number: int) -> str:
    """Return a NIP of its own for everybody: the day of birth tells apart those who began in one month."""
    born = date(1960, 1, 1) + timedelta(days=number // 999)
    return f"{born:%Y%m%d}{_joined(number):%Y%m}1{number % 999 + 1:03}"


def _is_eligible(number: int) -> bool:
    return number % 2 == 1 and number % _EVERY not in {1, 3}


@contextmanager
def _filled(folder: Path, url: str, people: int) -> Iterator[Context]:
    settings = Settings(
        secret_key="bench" * 8,
        database_url=url,
        var_dir=folder / "var",
        files_dir=folder / "files",
        plugins=["rewards"],
    )
    connect(url)
    migrate_everything(build_registry(settings, ["rewards"], web=False).migration_sources)
    load_reference_data()
    start(settings, ["rewards"], web=False)
    try:
        with transaction():
            _fill(people)
        if not is_sqlite():
            database.execute_sql("ANALYZE")
        yield Context(actor=system_actor(_TODAY, "bench"), settings=settings)
    finally:
        database.close()


def _fill(people: int) -> None:
    now = utc_now()
    root = _unit("00", None)
    units = [_unit(f"{number:04}", root) for number in range(1, _UNITS + 1)]
    kind = PositionKind.select().first()
    positions = [
        Position.create(code=f"p{unit.id}", title="Staf", kind=kind, unit=unit, valid_from=date(2000, 1, 1))
        for unit in units
    ]
    stamps = {"version": 1, "created_at": now, "updated_at": now}
    _put(
        Employee,
        (
            {
                "id": number + 1,
                "nip": _number(number),
                "name": f"Pegawai {number}",
                "front_title": "", "back_title": "", "status": EmploymentStatus.PNS, "state": EmployeeState.ACTIVE,
                "sex": Sex.MALE, "birth_date": date(1980, 1, 1), "grade": None, "email": "", "phone": "",
                "joined_on": _joined(number), "left_on": None, **stamps,
            }
            for number in range(people)
        ),
    )  # fmt: skip
    _put(
        Assignment,
        (
            {
                "id": number + 1, "employee": number + 1, "position": positions[number % _UNITS].id,
                "unit": units[number % _UNITS].id, "kind": AssignmentKind.DEFINITIVE, "is_primary": True,
                "named_superior": None, "decree_number": "", "valid_from": _joined(number), "valid_to": None, **stamps,
            }
            for number in range(people)
        ),
    )  # fmt: skip
    day = date(2018, 3, 1)
    sanctioned = [number for number in range(people) if number % _EVERY == 1]
    cases = [
        DisciplineCase(
            id=place + 1, number=str(number), employee=number + 1, act_first_on=day, act_last_on=day, opened_on=day,
            state=CaseState.CLOSED,
        ).__data__
        for place, number in enumerate(sanctioned)
    ]  # fmt: skip
    _put(DisciplineCase, ({**_nothing(DisciplineCase), **row, **stamps} for row in cases))
    decisions = (
        SanctionDecision(
            id=place + 1, case=place + 1, employee=number + 1, state=DecisionState.IN_EFFECT, decree_number="1",
            set_on=day, authority=Authority.DIRECT_SUPERIOR, level=SanctionLevel.MEDIUM, step=1, sanction="MEDIUM_1",
            sanction_name="-", snapshot={}, effective_on=day, until=date(2018, 9, 1),
        ).__data__
        for place, number in enumerate(sanctioned)
    )  # fmt: skip
    _put(SanctionDecision, ({**_nothing(SanctionDecision), **row, **stamps} for row in decisions))
    on_leave = (number for number in range(people) if number % _EVERY == 3)
    _put(
        Leave,
        (
            {
                "id": place + 1, "employee": number + 1, "kind": LeaveKind.UNPAID, "first_day": date(2021, 1, 1),
                "last_day": date(2021, 12, 31), "decree_number": "2", **stamps,
            }
            for place, number in enumerate(on_leave)
        ),
    )  # fmt: skip


def _nothing(model: Any) -> dict[str, Any]:
    return {field.name: None for field in model._meta.sorted_fields}


def _put(model: Any, rows: Any) -> None:
    fields = list(model._meta.sorted_fields)
    insert_rows(model, fields, ([row[field.name] for field in fields] for row in rows))


def _unit(code: str, parent: WorkUnit | None) -> WorkUnit:
    depth = parent.depth + 1 if parent else 0
    row = WorkUnit.create(code=code, name=f"Unit {code}", parent=parent, depth=depth, valid_from=date(2000, 1, 1))
    row.path = (parent.path if parent else "") + f"{row.id:08d}"
    row.save()
    return row


def main() -> None:
    """Read the options, run, print."""
    parser = argparse.ArgumentParser(prog="bench.rewards_eligibility", description=__doc__)
    parser.add_argument("--on", choices=KINDS, action="append", help="kind of database (default: both)")
    parser.add_argument("--people", type=int, default=PEOPLE, help=f"default: {PEOPLE}")
    options = parser.parse_args()
    console = Console()
    for name, value in eligibility(options.on or KINDS, options.people).items():
        console.print(f"{name:36} {value:10,.1f}")


if __name__ == "__main__":
    main()
