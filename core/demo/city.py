"""The demo city's units, posts and people, with the story's civil registry among them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.demo.people import People
from core.demo.posts import Post, head_of, staff_post
from core.demo.seed import chance, read_names, read_units
from core.organisation.models import (
    Assignment,
    Employee,
    EmployeeIdentifier,
    Grade,
    Position,
    PositionKind,
    WorkUnit,
    WorkUnitRevision,
)
from core.work import UnitOfWork

EMPLOYEES = 1_500
REGISTRY_AGENCY = "04"
REGISTRY = "04.3"
"""The civil registry, whose story the demo tells: waiting for a certificate falls over the year."""
_WITHOUT_HEAD = frozenset({"01"})  # the regional secretary heads the whole city, the secretariat included


@dataclass
class Seat:
    """One employee at one post, and the seat that it reports to."""

    employee: Employee
    position: Position
    unit: WorkUnit
    post: Post
    superior: "Seat | None" = None
    staff: list["Seat"] = field(default_factory=list)


@dataclass
class DemoCity:
    """Everything that later parts of the demo stand on."""

    units: dict[str, WorkUnit]
    seats: list[Seat]

    def head(self, code: str) -> Seat:
        """Return the seat of the head of the unit with `code`."""
        return next(seat for seat in self.seats if seat.unit.code == code and seat.post.is_head)

    def staff(self, code: str) -> list[Seat]:
        """Return the seats of the unit with `code` apart from its head's."""
        return [seat for seat in self.seats if seat.unit.code == code and not seat.post.is_head]


def build(work: UnitOfWork, year: int, employees: int = EMPLOYEES) -> DemoCity:
    """Create units, positions, people and assignments as they have stood since the year before `year`.

    At least one of the `employees` sits in every unit.
    """
    since = date(year - 1, 1, 1)
    rows = read_units()
    units = _units(work, rows, since)
    posts = _posts(rows, units, employees)
    positions = _positions(work, posts, since)
    people = _people(work, [post for _, post in posts], year)
    _assign(work, posts, positions, people, since)
    seats = [
        Seat(person, positions[unit.code, post.title], unit, post)
        for (unit, post), person in zip(posts, people, strict=True)
    ]
    _report(seats, units)
    return DemoCity(units, seats)


def _units(work: UnitOfWork, rows: list[dict[str, str]], since: date) -> dict[str, WorkUnit]:
    units: dict[str, WorkUnit] = {}
    for row in rows:
        parent = units.get(row["parent"])
        unit = work.create(
            WorkUnit,
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            kind=row["kind"],
            parent=parent,
            depth=parent.depth + 1 if parent else 0,
            valid_from=since,
        )
        work.update(unit, path=(parent.path if parent else "") + f"{unit.id:08d}")
        units[row["code"]] = unit
    work.create_many(
        WorkUnitRevision,
        [
            {
                "unit": unit,
                "name": unit.name,
                "short_name": unit.short_name,
                "parent": unit.__data__["parent"],
                "valid_from": since,
            }
            for unit in units.values()
        ],
    )
    return units


def _posts(rows: list[dict[str, str]], units: dict[str, WorkUnit], employees: int) -> list[tuple[WorkUnit, Post]]:
    random = chance("posts")
    names = {row["code"]: row["name"] for row in rows}
    posts: list[tuple[WorkUnit, Post]] = []
    for row in rows:
        if row["code"] not in _WITHOUT_HEAD:
            kind = "DINAS" if row["code"] == "02" else row["kind"]
            agency = names.get(row["parent"], row["name"])
            posts.append((units[row["code"]], head_of(kind, row["name"], agency)))
    # Staff sits in the units that have no units below, and a few beside the heads of agencies.
    parents = {row["parent"] for row in rows}
    leaves = [row["code"] for row in rows if row["code"] not in parents]
    weights = [3 if code.startswith(("04", "26")) else 1 for code in leaves]
    missing = employees - len(posts)
    places = leaves + random.choices(leaves, weights, k=max(0, missing - len(leaves)))
    posts.extend((units[code], staff_post(code[:2], random)) for code in sorted(places))
    return posts


def _positions(work: UnitOfWork, posts: list[tuple[WorkUnit, Post]], since: date) -> dict[tuple[str, str], Position]:
    kinds = {kind.code: kind for kind in PositionKind.select()}
    wanted: dict[tuple[str, str], dict[str, Any]] = {}
    for unit, post in posts:
        key = (unit.code, post.title)
        if key not in wanted:
            number = sum(1 for code, _ in wanted if code == unit.code)
            wanted[key] = {
                "code": f"{unit.code}-{number:02d}",
                "title": post.title,
                "kind": kinds[post.kind],
                "unit": unit,
                "is_head": post.is_head,
                "job_class": post.job_class,
                "echelon": post.echelon,
                "valid_from": since,
            }
    return dict(zip(wanted, work.create_many(Position, list(wanted.values())), strict=True))


def _people(work: UnitOfWork, posts: list[Post], year: int) -> list[Employee]:
    grades = {(grade.employment.value, grade.code): grade for grade in Grade.select()}
    people = People(chance("people"), read_names(), year)
    rows = [people.employee(post, grades) for post in posts]
    employees = work.create_many(Employee, rows)
    work.create_many(
        EmployeeIdentifier,
        [
            {
                "employee": employee,
                "kind": "NI_PPPK" if employee.status == "PPPK" else "NIP",
                "number": employee.nip,
                "valid_from": employee.joined_on,
            }
            for employee in employees
        ],
    )
    return employees


def _assign(
    work: UnitOfWork,
    posts: list[tuple[WorkUnit, Post]],
    positions: dict[tuple[str, str], Position],
    people: list[Employee],
    since: date,
) -> None:
    work.create_many(
        Assignment,
        [
            {
                "employee": person,
                "position": positions[unit.code, post.title],
                "unit": unit,
                "decree_number": f"800.1.3.3/{number:04d}/BKPSDM/{since.year}",
                "valid_from": max(since, person.joined_on or since),
            }
            for number, ((unit, post), person) in enumerate(zip(posts, people, strict=True), start=1)
        ],
    )


def _report(seats: list[Seat], units: dict[str, WorkUnit]) -> None:
    heads = {seat.unit.id: seat for seat in seats if seat.post.is_head}
    by_id = {unit.id: unit for unit in units.values()}
    for seat in seats:
        place: WorkUnit | None = seat.unit
        while place is not None:
            head = heads.get(place.id)
            if head is not None and head is not seat:
                seat.superior = head
                head.staff.append(seat)
                break
            parent = place.__data__["parent"]
            place = by_id[parent] if parent else None
