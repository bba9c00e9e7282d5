"""Planned reads: one statement each, the same bytes as graphql-core's, and never one actor's plan for another."""

from dataclasses import replace

import orjson
import pytest

from core.actor import Actor
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
    """Answer an operation both ways, as bytes with errors; the planned way's reason if it declined."""

    def run(query, variables=None, actor=None, ctx=toy_ctx):
        ctx = ctx if actor is None else replace(ctx, actor=actor)
        plain = replace(ctx, settings=ctx.settings.model_copy(update={"graphql_planned": False}))
        planned = execute(toy_schema, ctx, query, variables, as_text=True)
        executed = execute(toy_schema, plain, query, variables, as_text=True)
        reason = planned.pop("extensions")["engine"].get("reason", "")
        executed.pop("extensions")
        return orjson.dumps(planned), orjson.dumps(executed), reason

    return run


@pytest.mark.parametrize("query", PLANNED)
def test_planned_reads_print_the_bytes_of_graphql_core(both, town, count_statements, query):
    with count_statements():
        planned, executed, reason = both(query)

    assert not reason
    assert planned == executed


STRANGER = Actor(today=__import__("datetime").date(2026, 1, 15))
