"""Planned reads: one statement each, the same bytes as graphql-core's, and never one actor's plan for another."""

from dataclasses import replace
from datetime import date

import orjson
import psycopg
import pytest

from core import metrics
from core.actor import Actor
from core.database import database, is_sqlite
from schema.execution import execute

PLANNED = [
    "{ people { nodes { id name } } }",
    "{ people(first: 2) { nodes { id name mood pay born seen active rank shout nickless: name } } }",
    (
        "{ __typename people { __typename totalCount nodes { __typename id } edges { __typename cursor node { name } }"
        " pageInfo { __typename hasNextPage hasPreviousPage startCursor endCursor } } }"
    ),
    "{ people(last: 2) { nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }",
    "{ people(first: 0) { nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }",
    "{ people(first: 2, orderBy: [{pay: DESC}, {mood: ASC}, {seen: ASC}, {born: DESC}]) { edges { cursor } } }",
    "{ people(orderBy: [{office: {name: ASC}}]) { edges { cursor node { name office { name parent { name } } } } } }",
    "{ people { nodes { name boss { name boss { name } } heaviest { title weight person { name } } } } }",
    (
        "{ people { nodes { name tasks(first: 2) { totalCount nodes { title weight } pageInfo { hasNextPage } }"
        " given(last: 1, orderBy: [{weight: ASC}]) { nodes { title } pageInfo { hasPreviousPage endCursor } } } } }"
    ),
    "{ offices { nodes { name people { nodes { name } } activePeople { totalCount } } } }",
    '{ person(name: "Ani") { name tasks { nodes { title } } } nobody: person(name: "x") { id } }',
    '{ a: node(id: "ToyPerson:1") { id ... on ToyPerson { name } } b: node(id: "x") { id } }',
    '{ people(filter: {office: {name: {eq: "North"}}, tasks: {some: {weight: {gt: 1}}}}) { nodes { name } } }',
    '{ people(filter: {name: {startsWith: "50%_"}}) { totalCount nodes { name } } }',
    "{ people { nodes { greeting loud: greeting(loud: true) } } }",
    "{ people @skip(if: true) { totalCount } }",
    "query { ...F } fragment F on Query { people { ...P } } fragment P on ToyPersonConnection { totalCount }",
]


@pytest.fixture
def both(toy_schema, toy_ctx):
    """Answer an operation both ways, as bytes; also why the planner declined, if it did."""

    def run(query, variables=None, *, actor=None, **settings):
        ctx = replace(toy_ctx, settings=toy_ctx.settings.model_copy(update=settings), actor=actor or toy_ctx.actor)
        plain = replace(ctx, settings=ctx.settings.model_copy(update={"graphql_planned": False}))
        planned = execute(toy_schema, ctx, query, variables, as_text=True)
        executed = execute(toy_schema, plain, query, variables, as_text=True)
        reason = planned.pop("extensions")["engine"].get("reason", "")
        assert executed.pop("extensions")["engine"] == {"way": "executed", "reason": "switched off"}
        return orjson.dumps(planned), orjson.dumps(executed), reason

    return run


@pytest.mark.parametrize("query", PLANNED)
def test_planned_reads_print_the_bytes_of_graphql_core(both, town, query):
    planned, executed, reason = both(query)

    assert not reason
    assert planned == executed


@pytest.mark.parametrize("query", PLANNED)
def test_a_planned_read_is_one_statement(toy_schema, toy_ctx, town, count_statements, query):
    with count_statements() as statements:
        answer = execute(toy_schema, toy_ctx, query, as_text=True)

    assert answer["extensions"]["engine"] == {"way": "planned"}
    assert len(statements) == 1


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("{ __schema { queryType { name } } }", "introspection"),
        ("{ figures { count } }", "figures is computed"),
        ("{ people { nodes { colleagues { name } } } }", "colleagues is computed and leads to rows"),
        ("{ people(first: -1) { nodes { name } } }", "a fault of the request: `first` is -1. Give 0 or more."),
        ("query ($n: Int!) { people(first: $n) { totalCount } }", "variables that do not fit"),
        ("query A { __typename } query B { __typename }", "no query"),
        ('mutation { renamePerson(input: {id: "ToyPerson:1", name: "A"}) { note } }', "no query"),
    ],
)
def test_whatever_the_planner_does_not_know_is_executed(both, town, query, reason):
    planned, executed, declined = both(query)

    assert planned == executed
    assert declined == reason


def test_more_rows_than_allowed_are_refused_alike(both, town):
    query = "{ people(first: 6) { nodes { tasks(first: 200) { nodes { title } } } } }"

    enough = both(query, graphql_max_rows=5_000)
    beyond = both(query, graphql_max_rows=10)

    assert enough[0] == enough[1]
    assert not enough[2]
    assert beyond[0] == beyond[1]
    assert b"TOO_MANY_ROWS" in beyond[0]
    assert beyond[2] == "it may read more rows than are allowed"


def test_variables_take_effect_in_a_kept_plan(both, town):
    query = """query ($first: Int, $after: String, $filter: ToyPersonFilter, $with: Boolean = true, $id: ID!) {
      people(first: $first, after: $after, filter: $filter) {
        nodes { name rank @include(if: $with) } edges { cursor } totalCount
      } node(id: $id) { id } }"""
    cursor = orjson.loads(both("{ people { edges { cursor } } }")[0])["data"]["people"]["edges"][1]["cursor"]
    for variables in (
        {"id": "ToyPerson:1"},
        {"id": "ToyOffice:1", "first": 2},
        {"id": "ToyPerson:2", "first": 2, "after": cursor},
        {"id": "ToyPerson:2", "first": 2, "after": None},
        {"id": "x", "filter": {"name": {"eq": "Budi"}}},
        {"id": "ToyPerson:3", "filter": {"rank": {"in": [1, 3]}}, "with": False},
        {"id": "ToyPerson:3", "filter": {}, "with": False},
        {"id": "ToyPerson:3", "filter": None, "with": True, "first": None},
    ):
        planned, executed, reason = both(query, variables)
        assert planned == executed, variables
        assert not reason
    wrong, same, reason = both(query, {"id": "ToyPerson:1", "after": "AAAA"})
    assert wrong == same
    assert reason.startswith("a fault of the request")


def test_each_actor_gets_its_own_masks_and_day(both, town):
    query = "{ people { nodes { name pay rank } } }"
    strangers = Actor(today=date(2026, 1, 15))
    answers = {
        both(query, actor=actor)[0]
        for _ in range(2)
        for actor in (
            strangers,
            Actor(today=date(2026, 1, 15), account_id=1, employee_id=1),
            Actor(today=date(2026, 1, 15), account_id=1, employee_id=2),
            Actor(today=date(2026, 1, 15), account_id=1, employee_id=3, token_scopes=frozenset({"write"})),
        )
    }

    assert len(answers) == 4
    assert all(both(query, actor=actor)[0] == both(query, actor=actor)[1] for actor in (strangers, None))


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("UPDATE toy_person SET name = {}", ['Bu "Titi" \\ \n\t\x1f\x7f \u2028 é 😀 % %s \\u0041']),
        ("UPDATE toy_person SET mood = {}", ["furious"]),
        ("UPDATE toy_person SET pay = {}", ["-0.5"]),
        ("UPDATE toy_person SET pay = {}", ["12345678901.1234"]),
    ],
)
def test_odd_values_are_printed_alike(both, town, capture_logs, statement, values):
    database.execute_sql(statement.format("?" if is_sqlite() else "%s"), values)

    planned, executed, _ = both("{ people { nodes { id name pay mood shout } edges { cursor } } }")

    assert planned == executed


def test_operations_are_counted_by_their_way(both, town):
    def counted(way):
        return metrics.OPERATIONS.labels(way)._value.get()

    before = counted("planned"), counted("executed")
    both("{ people { totalCount } }")

    assert (counted("planned"), counted("executed")) == (before[0] + 1, before[1] + 1)
    assert "kinerja_graphql_operations" in {metric.name for metric in metrics.OPERATIONS.collect()}


def test_production_tells_nothing_of_the_engine(toy_schema, toy_ctx, town):
    settings = toy_ctx.settings.model_copy(update={"production": True})

    answer = execute(toy_schema, replace(toy_ctx, settings=settings), "{ people { totalCount } }")

    assert answer["data"] == {"people": {"totalCount": 5}}
    assert "engine" not in answer["extensions"]


def test_a_statement_that_takes_too_long_is_not_asked_again(toy_schema, toy_ctx, town, capture_logs, count_statements):
    if is_sqlite():
        return
    ctx = replace(toy_ctx, settings=toy_ctx.settings.model_copy(update={"graphql_statement_seconds": 1}))
    with psycopg.connect(toy_ctx.settings.database_url) as other, count_statements() as statements:
        other.execute("LOCK TABLE toy_person")
        answer = execute(toy_schema, ctx, "{ a: people { nodes { name } } }")

    assert answer["data"] is None
    assert [error["path"] for error in answer["errors"]] == [["a"]]
    assert answer["errors"][0]["extensions"]["code"] == "STATEMENT_TOO_SLOW"
    assert len(statements) == 1


def test_postgresql_plans_only_planned_reads_once(toy_schema, toy_ctx, town):
    if is_sqlite():
        return
    modes = []
    for query in ("{ people { totalCount } }", "{ figures { count } }", "{ people { totalCount } }"):
        execute(toy_schema, toy_ctx, query)
        modes.append(database.execute_sql("SHOW plan_cache_mode").fetchone()[0])

    assert modes == ["force_generic_plan", "auto", "force_generic_plan"]
