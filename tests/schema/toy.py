"""A toy institution: models, policy and declarations that exercise every source of the engine."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

import peewee as pw
import strawberry

from core.context import Context
from core.database import AmountField, Table, UtcDateTimeField
from core.errors import Problem, Refused
from core.policy import PolicyEntry, fetch
from schema.engine import (
    Connection,
    Node,
    SchemaParts,
    TypeExtension,
    batch,
    column,
    decode_id,
    entity,
    expression,
    mutation,
    pages,
    payload,
    relation,
    root_one,
    root_pages,
    root_value,
)


class Mood(StrEnum):
    """How a person feels."""

    GLAD = "glad"
    SAD = "sad"


class Office(Table):
    """An office."""

    name = pw.CharField()
    parent = pw.ForeignKeyField("self", null=True, backref="+")
    is_secret = pw.BooleanField(default=False)

    class Meta:
        table_name = "toy_office"


class Person(Table):
    """A person of an office."""

    name = pw.CharField()
    office = pw.ForeignKeyField(Office, backref="+", null=True)
    boss = pw.ForeignKeyField("self", backref="+", null=True)
    mood = pw.CharField(null=True)
    pay = AmountField(null=True)
    born = pw.DateField(null=True)
    seen = UtcDateTimeField(null=True)
    active = pw.BooleanField(default=True)
    rank = pw.IntegerField(null=True)

    class Meta:
        table_name = "toy_person"


class Task(Table):
    """A task of a person."""

    person = pw.ForeignKeyField(Person, backref="+")
    giver = pw.ForeignKeyField(Person, backref="+", null=True)
    title = pw.CharField()
    weight = pw.IntegerField(null=True)

    class Meta:
        table_name = "toy_task"


MODELS = [Office, Person, Task]

ToyMood = strawberry.enum(Mood, name="ToyMood", description="How a person feels.")


def _offices(actor: Any, t: Any) -> Any:
    return t.is_secret == False  # noqa: E712 - a SQL expression


def _people(actor: Any, t: Any) -> Any:
    return t.name != "Hidden"


def _pay(actor: Any, t: Any) -> Any:
    return t.id == (actor.employee_id or 0)


POLICIES = [
    PolicyEntry(Office, _offices),
    PolicyEntry(Person, _people, masks={"pay": _pay, "rank": lambda actor, t: actor.is_known}),
    PolicyEntry(Task, lambda actor, t: True, masks={"giver": lambda actor, t: actor.is_known}),
]

CALLS: list[list[int]] = []


def _greetings(ctx: Context, parents: list[Any], loud: bool = False) -> list[str]:
    CALLS.append([parent.id for parent in parents])
    return [f"Hello {parent.name}{'!' if loud else ''}" for parent in parents]


def _bosses_boss(ctx: Context, parents: list[Any]) -> list[int | None]:
    direct = {p.id: p.boss_id for p in Person.select().where(Person.id << [p.boss_id for p in parents if p.boss_id])}
    return [direct.get(parent.boss_id) for parent in parents]


def _colleagues(ctx: Context, parents: list[Any]) -> list[list[int]]:
    rows = list(Person.select().where(Person.office << [p.office_id for p in parents]).order_by(Person.id))
    return [[r.id for r in rows if r.office_id == p.office_id and r.id != p.id] for p in parents]


@entity(Office, order=("name",), name="ToyOffice")
class OfficeType(Node):
    """An office (kantor)."""

    name: str = column(Office.name, "Name.")
    parent: Annotated["OfficeType", strawberry.lazy("tests.schema.toy")] | None = relation(
        Office.parent, "Office above."
    )
    people: Connection[Annotated["PersonType", strawberry.lazy("tests.schema.toy")]] = pages(
        Person.office, "People of the office.", order=("name",)
    )
    active_people: Connection[Annotated["PersonType", strawberry.lazy("tests.schema.toy")]] = pages(
        Person.office,
        "Active people of the office.",
        where=lambda t: t.active == True,  # noqa: E712 - SQL
    )


@strawberry.type(description="Pay in words.")
class Pay:
    """A plain type that leads back to an entity."""

    words: str = strawberry.field(description="In words.")
    person: Annotated["PersonType", strawberry.lazy("tests.schema.toy")] | None = strawberry.field(description="Whose.")


@entity(Person, name="ToyPerson")
class PersonType(Node):
    """A person (orang)."""

    name: str = column(Person.name, "Name.")
    office: OfficeType | None = relation(Person.office, "Office.")
    boss: Annotated["PersonType", strawberry.lazy("tests.schema.toy")] | None = relation(Person.boss, "Boss.")
    mood: ToyMood | None = column(Person.mood, "Mood.")  # type: ignore[valid-type]
    pay: Decimal | None = column(Person.pay, "Pay; own only.")
    born: date | None = column(Person.born, "Date of birth.")
    seen: datetime | None = column(Person.seen, "Last seen.")
    active: bool = column(Person.active, "Whether at work.")
    rank: int | None = column(Person.rank, "Rank; for those who are known.")
    shout: str = expression(lambda t: pw.fn.UPPER(t.name), "Name in capitals.")
    tasks: Connection[Annotated["TaskType", strawberry.lazy("tests.schema.toy")]] = pages(Task.person, "Tasks.")
    given: Connection[Annotated["TaskType", strawberry.lazy("tests.schema.toy")]] = pages(Task.giver, "Tasks given.")
    heaviest: Annotated["TaskType", strawberry.lazy("tests.schema.toy")] | None = relation(
        lambda t: Task.select(pw.fn.MAX(Task.id)).where(Task.person == t.id), "Latest task."
    )
    greeting: str = batch(_greetings, "A greeting.", needs=[Person.name], args={"loud": (bool, "Louder.", False)})
    grand_boss: Annotated["PersonType", strawberry.lazy("tests.schema.toy")] | None = batch(
        _bosses_boss, "Boss of the boss.", needs=[Person.boss]
    )
    colleagues: list[Annotated["PersonType", strawberry.lazy("tests.schema.toy")]] = batch(
        _colleagues, "Others of the office.", needs=[Person.office]
    )
    pay_slip: Pay | None = batch(
        lambda ctx, parents: [Pay(words="much", person=p.boss_id) if p.boss_id else None for p in parents],
        "Pay slip.",
        needs=[Person.boss],
    )


@entity(Task, name="ToyTask")
class TaskType(Node):
    """A task (tugas)."""

    title: str = column(Task.title, "Title.")
    weight: int | None = column(Task.weight, "Weight.")
    person: PersonType | None = relation(Task.person, "Whose.")


@strawberry.type(description="Figures.", name="ToyFigures")
class Figures:
    """A computed view."""

    count: int = strawberry.field(description="Number.")
    head: PersonType | None = strawberry.field(description="First.")
    lines: list[Pay] = strawberry.field(description="Lines.")


def _figures(ctx: Context, least: int = 0) -> Figures:
    first = Person.select().order_by(Person.id).first()
    slips = [Pay(words=str(person.id), person=person) for person in Person.select().order_by(Person.id)]
    return Figures(count=least, head=first, lines=slips)


class Query:
    people: Connection[PersonType] = root_pages("People.")
    offices: Connection[OfficeType] = root_pages("Offices.")
    person: PersonType | None = root_one(lambda ctx, name: Person.name == name, "One by name.", args={"name": str})
    figures: Figures = root_value(_figures, "Figures.")
    broken: str = root_value(lambda ctx: 1 / 0, "Breaks.")


@strawberry.input(description="What to rename.")
class RenamePersonInput:
    """Input of renamePerson."""

    id: strawberry.ID = strawberry.field(description="Who.")
    name: str = strawberry.field(description="New name.")
    mood: ToyMood | None = strawberry.field(description="New mood.", default=strawberry.UNSET)  # type: ignore[valid-type]


def _rename(ctx: Context, input: RenamePersonInput) -> dict[str, Any]:
    person = fetch(Person, decode_id("ToyPerson", input.id, "input", "id"), ctx, "input", "id")
    if not input.name:
        raise Refused([Problem("EMPTY", "The name is empty. Give {n}.", ("input", "name"), {"n": 1})])
    person.name = input.name
    if input.mood is not strawberry.UNSET:
        person.mood = input.mood
    person.save()
    return {"person": person, "note": "done", "all": [row.id for row in Person.select().order_by(Person.id)]}


class Mutation:
    rename_person = mutation(
        _rename,
        input=RenamePersonInput,
        payload=payload("RenamePersonPayload", person=PersonType, note=str, all=list[PersonType]),
        description="Rename.",
    )


PARTS = SchemaParts(query=Query, mutation=Mutation, types=[TaskType])


class Nickname:
    """Fields that a plugin adds to a person."""

    nickname: str = expression(lambda person: pw.fn.LOWER(person.name), "Nickname.")


NICKNAMES = SchemaParts(extensions=[TypeExtension("ToyPerson", Nickname)])
