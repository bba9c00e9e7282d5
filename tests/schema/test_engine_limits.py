"""Limits: named with value and remedy, and never slow to find."""

import time

import pytest
from graphql import get_introspection_query

from schema.execution import execute

NESTED = "{ people { nodes { " + "boss { " * 13 + "name" + " }" * 13 + " } } }"


def bomb(levels):
    fragments = " ".join(
        f"fragment F{n} on ToyPerson {{ a: boss {{ ...F{n + 1} }} b: boss {{ ...F{n + 1} }} }}" for n in range(levels)
    )
    return f"{{ people {{ nodes {{ ...F0 }} }} }} {fragments} fragment F{levels} on ToyPerson {{ name }}"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (NESTED, "TOO_DEEP"),
        ("{ a " * 2000, "TOO_DEEP"),
        ("{ people { nodes { " + " ".join(f"a{n}: name" for n in range(61)) + " } } }", "TOO_MANY_ALIASES"),
        ("{ " + " ".join(f"people{{totalCount}} p{n}:people{{id}}" for n in range(21)) + " }", "TOO_MANY_ROOT_FIELDS"),
        ("{ people { nodes { " + " ".join(f"f{n}" for n in range(2001)) + "} } }", "TOO_MANY_FIELDS"),
        ("{ people { nodes { " + "name " * 5001 + "} } }", "TOO_MANY_TOKENS"),
        ("{ people { nodes { " + "boss { boss { name } } " * 300 + "} } }", "TOO_MANY_REPEATS"),
        ("{ people { nodes { " + ("boss { " + "name " * 20 + "} ") * 20 + "} } }", "TOO_MANY_REPEATS"),
        ("#\n" * 5001 + "{ __typename }", "TOO_MANY_TOKENS"),
        (bomb(60), "TOO_DEEP"),
        (
            "{ offices { nodes { ...A } } } fragment A on ToyOffice { parent { ...B } } fragment B on Node { ...A }",
            "FRAGMENT_CYCLE",
        ),
        ("{ ...A } fragment A on Query { ...A }", "FRAGMENT_CYCLE"),
        (
            "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }",
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("{ people(filter: " + "{not: " * 300 + "{}" + "}" * 300 + ") { totalCount } }", "TOO_DEEP"),
        ("{ people(filter: {and: " + "[" * 3000 + "]" * 3000 + "}) { totalCount } }", "TOO_DEEP"),
    ],
)
def test_a_hostile_document_is_refused_quickly(fault, toy_db, query, code):
    start = time.perf_counter()
    error = fault(query)

    assert error["extensions"]["code"] == code
    assert time.perf_counter() - start < 1
    if code.startswith("TOO_"):
        assert str(error["extensions"]["limit"]) in error["message"]


def test_a_fragment_bomb_below_the_depth_is_counted_with_memory(fault, toy_db):
    both = "{{ ...F{0} ...G{0} }}"
    fragments = " ".join(
        f"fragment F{n} on ToyPerson {both.format(n + 1)} fragment G{n} on ToyPerson {both.format(n + 1)}"
        for n in range(30)
    )
    last = "fragment F30 on ToyPerson { name } fragment G30 on ToyPerson { rank }"

    start = time.perf_counter()
    error = fault(f"{{ people {{ nodes {{ ...F0 }} }} }} {fragments} {last}")

    assert error["extensions"]["code"] == "TOO_MANY_FIELDS"
    assert time.perf_counter() - start < 1


def test_the_whole_introspection_of_tools_passes(ask, toy_db):
    assert len(ask(get_introspection_query(input_value_deprecation=True))["__schema"]["types"]) > 20


def test_rows_of_lists_inside_lists_are_bounded(toy_schema, toy_ctx, town):
    toy_ctx.settings = toy_ctx.settings.model_copy(update={"graphql_max_rows": 8})

    enough = execute(toy_schema, toy_ctx, "{ people(first: 2) { nodes { tasks { nodes { title } } } } }")
    beyond = execute(toy_schema, toy_ctx, "{ people { nodes { tasks { nodes { title } } } } }")

    assert len(enough["data"]["people"]["nodes"]) == 2
    assert beyond["errors"][0]["extensions"] == {"code": "TOO_MANY_ROWS", "limit": 8}
