"""Building schemas: independence, clashes, declarations, SDL."""

import pytest
import strawberry

from schema.build import build_schema, sdl
from schema.clash import SchemaClash
from schema.engine import (
    Connection,
    Node,
    SchemaParts,
    TypeExtension,
    batch,
    column,
    entity,
    expression,
    pages,
    relation,
    root_value,
)
from schema.engine.fields import EngineField
from schema.execution import execute
from tests.schema import toy


def test_two_schemas_with_other_plugins_are_independent(toy_ctx, town):
    plain, extended = build_schema([toy.PARTS]), build_schema([toy.PARTS, toy.NICKNAMES])
    again = build_schema([toy.PARTS])
    query = """{ person(name: "Ani") { nickname }
                 people(filter: {nickname: {eq: "budi"}}, orderBy: {nickname: ASC}) { nodes { name } } }"""

    assert sdl(plain) == sdl(again)
    assert "nickname" not in sdl(plain)
    assert execute(extended, toy_ctx, query)["data"] == {
        "person": {"nickname": "ani"},
        "people": {"nodes": [{"name": "Budi"}]},
    }
    assert execute(plain, toy_ctx, query)["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    names = execute(again, toy_ctx, '{ __type(name: "ToyPerson") { fields { name } } }')["data"]["__type"]["fields"]
    assert "nickname" not in [field["name"] for field in names]


class Clashing:
    people: int = root_value(lambda ctx: 1, "Clash.")


@strawberry.type(name="ToyFigures", description="Another type of the same name.")
class OtherFigures:
    count: int = strawberry.field(description="Number.")


class OtherFiguresQuery:
    other: OtherFigures = root_value(lambda ctx: OtherFigures(count=1), "Other.")


class Loud:
    shout: str = expression(lambda person: person.name, "Clash.")


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (SchemaParts(query=Clashing), ["people", "tests.schema.toy", __name__]),
        (SchemaParts(query=OtherFiguresQuery), ["ToyFigures", "tests.schema.toy", __name__]),
        (SchemaParts(extensions=[TypeExtension("ToyPerson", Loud)]), ["ToyPerson.shout", "tests.schema.toy", __name__]),
        (SchemaParts(extensions=[TypeExtension("ToyPersonn", Loud)]), ["ToyPersonn", __name__]),
    ],
)
def test_a_clash_stops_and_names_both_owners(part, words):
    with pytest.raises(SchemaClash) as stopped:
        build_schema([toy.PARTS, part])

    assert all(word in str(stopped.value) for word in words)


def test_an_optional_extension_of_an_absent_type_is_left_out():
    schema = build_schema([toy.PARTS, SchemaParts(extensions=[TypeExtension("Absent", Loud, optional=True)])])

    assert sdl(schema) == sdl(build_schema([toy.PARTS]))


def test_an_entity_field_without_source_cannot_be_declared():
    with pytest.raises(TypeError, match=r"Bad\.word declares no source"):

        @entity(toy.Office)
        class Bad(Node):
            """Bad."""

            name: str = column(toy.Office.name, "Name.")
            word: str = strawberry.field(resolver=lambda: "per row", description="A resolver for each row.")


def test_every_field_of_every_entity_carries_a_source():
    schema = build_schema([toy.PARTS, toy.NICKNAMES])
    found = [kind for kind in schema.catalogue.types.values() if kind.model is not None]

    assert len(found) == 3
    for kind in found:
        for field in kind.fields.values():
            assert isinstance(field.strawberry, EngineField), f"{kind.name}.{field.name}"
            assert field.source is not None


def test_the_sdl_describes_everything():
    text = sdl(build_schema([toy.PARTS]))

    assert '"""Tasks."""\n  tasks(' in text
    assert "input ToyPersonFilter" in text
    assert "input ToyTaskListFilter" in text
    assert "scalar Decimal" in text
    assert "type ToyPersonConnection" in text
    assert text == sdl(build_schema([toy.PARTS]))


def test_a_root_field_needs_a_source_and_an_annotation():
    class Bare:
        number: int

    class Nameless:
        number = root_value(lambda ctx: 1, "Number.")

    with pytest.raises(TypeError, match="declares no source"):
        build_schema([SchemaParts(query=Bare)])
    with pytest.raises(TypeError, match="has no annotation"):
        build_schema([SchemaParts(query=Nameless)])


@entity(toy.Task, name="ToyUnsound", order=("nothing",))
class Unsound(Node):
    """Declarations that contradict the tables."""

    name: str = column(toy.Office.name, "A column of another table.")
    office: toy.OfficeType | None = relation(toy.Task.person, "A key to another table.")
    people: Connection[toy.PersonType] = pages(toy.Task.person, "Rows of another table.", order=("wrong",))
    some: Connection[toy.PersonType] = batch(lambda ctx, parents: [], "No list.")


def test_declarations_that_contradict_the_tables_stop_start_up_all_at_once():
    with pytest.raises(TypeError) as stopped:
        build_schema([toy.PARTS, SchemaParts(types=[Unsound])])

    for words in [
        "ToyUnsound.name shows a column of Office",
        "ToyUnsound.office leads to Person",
        "ToyUnsound.people is ordered by wrong",
        "ToyUnsound.people: its foreign key points to Person",
        "ToyUnsound.people: its foreign key belongs to Task",
        "ToyUnsound.some is a batch field",
        "ToyUnsound is ordered by nothing",
    ]:
        assert words in str(stopped.value)
