"""Parts of several areas of one owner are joined into one."""

import pytest

from schema.engine.parts import SchemaParts, TypeExtension, joined


class Lists:
    """What is read."""

    one: int = 1


class Query(Lists):
    """Made of another class."""

    two: int = 2


class Other:
    """Of another area."""

    three: int = 3


def test_fields_that_a_class_has_from_others_are_joined_too():
    extension = TypeExtension("Employee", Other)
    found = joined([SchemaParts(query=Query, extensions=[extension]), SchemaParts(query=Other, types=[Lists])])

    assert found.query is not None
    assert found.query.__annotations__ == {"one": int, "two": int, "three": int}
    assert (found.query.one, found.query.two, found.query.three) == (1, 2, 3)
    assert (found.mutation, list(found.types), list(found.extensions)) == (None, [Lists], [extension])


def test_a_field_that_two_areas_give_is_refused():
    with pytest.raises(ValueError, match="Query: given twice: one"):
        joined([SchemaParts(query=Query), SchemaParts(query=Lists)])
