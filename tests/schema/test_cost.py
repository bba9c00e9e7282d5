"""What an operation costs, before it runs."""

import pytest

from core.rates import Budget, LocalRates
from schema.cost import INTROSPECTION, check_cost
from schema.execution import execute


@pytest.fixture
def cost(toy_schema, toy_ctx):
    """The cost of a query with variables."""

    def run(query, operation=None, **variables):
        document = toy_schema.documents.read(query, toy_ctx.settings)
        assert document.errors == ()
        found = check_cost(toy_schema.catalogue, toy_ctx, document, variables, operation)
        return found["extensions"]["cost"]["requested"] if found else None

    return run


NESTED = "query ($n: Int, $m: Int = 3) { people(first: $n) { nodes { name tasks(last: $m) { nodes { title } } } } }"


@pytest.mark.parametrize(
    ("query", "variables", "expected"),
    [
        ("{ __typename }", {}, 1),
        ('{ person(name: "Ani") { id name office { name } } }', {}, 1 + 2 + 2),
        ("{ people(first: 10) { nodes { id name } } }", {}, 1 + 1 + 10 * 2),
        ("{ people { nodes { id } } }", {}, 1 + 1 + 50),
        ("{ people(first: null) { nodes { id } } }", {}, 1 + 1 + 50),
        ("{ people(first: 0) { nodes { id } } }", {}, 2),
        ("{ people(first: 10) { edges { cursor node { id } } } }", {}, 1 + 1 + 10 * (1 + 2)),
        ("{ people(first: 10) { totalCount pageInfo { hasNextPage } } }", {}, 1 + 10 + 2),
        ("{ people(first: 1000) { nodes { id } } }", {}, 1 + 1 + 200),
        ("{ people(first: 2) { nodes { greeting colleagues { id } } } }", {}, 1 + 1 + 2 * (5 + 5 + 10)),
        ("{ figures { count lines { words } } }", {}, 10 + 1 + (1 + 10)),
        ("{ __schema { types { name } } }", {}, INTROSPECTION + 2),
        (NESTED, {"n": 2}, 1 + 1 + 2 * (1 + 1 + 1 + 3)),
        (NESTED, {"n": 2, "m": 5}, 1 + 1 + 2 * (1 + 1 + 1 + 5)),
        (NESTED, {"n": 2, "m": None}, 1 + 1 + 2 * (1 + 1 + 1 + 50)),
        (NESTED, {}, 1 + 1 + 50 * (1 + 1 + 1 + 3)),
        (NESTED, {"n": "many"}, 1 + 1 + 50 * (1 + 1 + 1 + 3)),
        ("query ($w: Boolean!) { people(first: 9) @include(if: $w) { nodes { id } } }", {"w": False}, 0),
        ("query ($w: Boolean!) { people(first: 9) @skip(if: $w) { nodes { id } } }", {"w": False}, 11),
        ("{ people(first: 3) { ...P } } fragment P on ToyPersonConnection { nodes { ... { id } } }", {}, 1 + 1 + 3),
        ('{ node(id: "ToyPerson:1") { id ... on ToyPerson { tasks(first: 4) { nodes { id } } } } }', {}, 1 + 1 + 2 + 4),
    ],
)
def test_the_cost_follows_from_the_document_and_its_variables(cost, toy_db, query, variables, expected):
    assert cost(query, **variables) == expected


def test_only_the_operation_that_runs_is_counted(cost, toy_db):
    query = "query A { people { nodes { id } } } query B { __typename }"

    assert (cost(query, "A"), cost(query, "B"), cost(query), cost(query, "C")) == (52, 1, None, None)


def test_a_fragment_bomb_is_priced_at_once(cost, toy_db, toy_ctx):
    toy_ctx.settings = toy_ctx.settings.model_copy(
        update={"graphql_max_fields": 100_000, "graphql_max_repeats": 10_000_000, "graphql_max_cost": 10**9}
    )
    fragments = " ".join(f"fragment F{n} on ToyPerson {{ ...F{n + 1} ...F{n + 1} }}" for n in range(16))

    assert cost(f'{{ person(name: "") {{ ...F0 }} }} {fragments} fragment F16 on ToyPerson {{ id }}') == 1 + 2**16


def test_what_costs_too_much_is_refused_with_the_place_and_the_remedy(toy_schema, toy_ctx, town):
    query = """query ($n: Int) { figures { count } people(first: 200) { nodes { tasks(first: $n) { nodes {
        id title person { given { nodes { id } } } } } } } }"""

    refused = execute(toy_schema, toy_ctx, query, {"n": 200})
    passed = execute(toy_schema, toy_ctx, query, {"n": 2})

    error = refused["errors"][0]
    place = "people.nodes.tasks.nodes.person.given"
    assert error["extensions"] == {
        "code": "COST_TOO_HIGH", "value": 2_200_413, "limit": 1_000_000, "field": place
    }  # fmt: skip
    assert "data" not in refused
    assert error["message"] == (
        f"The request costs 2200413, 1000000 are allowed; most of it is {place}. Give `first` a smaller number there "
        "and in the lists around it, or ask in several requests."
    )
    assert passed["extensions"]["cost"] == {"requested": 22_413, "limit": 1_000_000}


def test_what_a_request_asks_for_in_several_operations_is_added_up(toy_schema, toy_ctx, town):
    toy_ctx.budget = Budget(LocalRates(100_000, clock=lambda: 0.0), "me")
    toy_ctx.settings = toy_ctx.settings.model_copy(update={"graphql_max_cost": 1_000})
    query = "{ people(first: 200) { nodes { id name } } }"

    answers = [execute(toy_schema, toy_ctx, query) for _ in range(3)]

    assert [answer.get("extensions", {}).get("cost") for answer in answers] == [
        {"requested": 402, "limit": 1_000, "remaining": 98_598},
        {"requested": 402, "limit": 1_000, "remaining": 97_196},
        None,
    ]
    assert answers[2]["errors"][0]["extensions"]["code"] == "COST_TOO_HIGH"


def test_whoever_has_spent_his_points_is_told_how_long_to_wait(toy_schema, toy_ctx, town):
    toy_ctx.budget = Budget(LocalRates(2_100, clock=lambda: 0.0), "me")

    answers = [execute(toy_schema, toy_ctx, "{ __typename }") for _ in range(3)]

    assert [answer.get("data") for answer in answers] == [{"__typename": "Query"}] * 2 + [None]
    assert answers[2]["errors"] == [
        {
            "message": "You have asked for too much within a minute. Wait 26 seconds and repeat.",
            "extensions": {"code": "RATE_LIMITED", "retryAfter": 26, "limit": 30_000_000},
        }
    ]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([1] * 5_001, "LISTS_TOO_LONG"),
        ([[1] * 2_500] * 2, "LISTS_TOO_LONG"),
        ([{"a": [[]] * 2_501}] * 2, "LISTS_TOO_LONG"),
        ({"a": {"b": [[1] * 5_000]}}, "LISTS_TOO_LONG"),
        ([1] * 5_000, None),
    ],
)
def test_lists_are_bounded_in_sum_wherever_they_stand(toy_schema, toy_ctx, town, values, code):
    answer = execute(toy_schema, toy_ctx, "{ __typename }", {"unused": values})

    assert answer.get("errors", [{"extensions": {"code": None}}])[0]["extensions"]["code"] == code


def test_lists_in_the_document_count_as_well(toy_schema, toy_ctx, town):
    toy_ctx.settings = toy_ctx.settings.model_copy(update={"graphql_max_list_items": 10})

    listed = '"ToyPerson:1" ' * 11

    there = execute(toy_schema, toy_ctx, f"{{ people(filter: {{id: {{in: [{listed}]}}}}) {{ totalCount }} }}")
    default = execute(toy_schema, toy_ctx, f"query ($ids: [ID!] = [{listed}]) {{ __typename }}")

    for answer in (there, default):
        assert answer["errors"][0]["extensions"] == {"code": "LISTS_TOO_LONG", "value": 11, "limit": 10}


def test_values_nested_too_deeply_are_refused(toy_schema, toy_ctx, town):
    value = []
    for _ in range(900):
        value = {"a": [value]}

    answer = execute(toy_schema, toy_ctx, "{ __typename }", {"unused": value})

    assert answer["errors"][0]["extensions"] == {"code": "VALUES_TOO_DEEP", "limit": 40}


def test_mutations_of_a_request_are_bounded(toy_schema, toy_ctx, town):
    fields = " ".join(f'm{n}: renamePerson(input: {{id: "ToyPerson:1", name: "A"}}) {{ note }}' for n in range(6))
    toy_ctx.settings = toy_ctx.settings.model_copy(update={"graphql_max_mutations": 11})
    toy_ctx.budget = Budget(None, "me")

    query = f"mutation {{ ...M }} fragment M on Mutation {{ {fields} }}"

    answers = [execute(toy_schema, toy_ctx, query) for _ in range(2)]

    assert "errors" not in answers[0]
    assert answers[1]["errors"][0]["extensions"] == {"code": "TOO_MANY_MUTATIONS", "value": 12, "limit": 11}
