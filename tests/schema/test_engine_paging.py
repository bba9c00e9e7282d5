"""Pages: forwards, backwards, nested, over ties and missing values."""

import base64
import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema.execution import execute
from tests.schema import toy

PAGE = """query ($first: Int, $after: String, $last: Int, $before: String, $orderBy: [ToyPersonOrder!],
                 $filter: ToyPersonFilter) {
  people(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy, filter: $filter) {
    totalCount
    nodes { id }
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""

rows = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(-1, 2)),
        st.one_of(st.none(), st.sampled_from(["glad", "sad"])),
        st.one_of(st.none(), st.sampled_from(["1.5", "2", "10"])),
        st.one_of(st.none(), st.dates(min_value=date(1950, 1, 1)).map(lambda d: d.replace(day=1))),
    ),
    max_size=14,
)
orders = st.lists(
    st.tuples(
        st.sampled_from(["rank", "mood", "pay", "born", "name", "active", "id"]), st.sampled_from(["ASC", "DESC"])
    ).map(lambda pair: {pair[0]: pair[1]}),
    max_size=3,
)
known = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def fill(found):
    toy.Task.delete().execute()
    toy.Person.delete().execute()
    for index, (rank, mood, pay, born) in enumerate(found):
        toy.Person.create(name=f"P{index % 3}", rank=rank, mood=mood, pay=pay, born=born, active=index % 2 == 0)


def page(schema, ctx, **variables):
    response = execute(schema, ctx, PAGE, variables)
    assert "errors" not in response, response
    return response["data"]["people"]


@known
@given(found=rows, order=orders, size=st.integers(1, 5))
def test_the_pages_forwards_make_the_whole(toy_schema, toy_ctx, found, order, size):
    toy_ctx.actor = type(toy_ctx.actor)(today=toy_ctx.today, is_system=True)
    fill(found)
    whole = page(toy_schema, toy_ctx, first=200, orderBy=order)
    seen, after = [], None
    for _ in range(len(found) + 2):
        part = page(toy_schema, toy_ctx, first=size, after=after, orderBy=order)
        assert part["totalCount"] == len(found)
        assert [edge["node"] for edge in part["edges"]] == part["nodes"]
        assert part["pageInfo"]["hasPreviousPage"] is (after is not None)
        seen += part["nodes"]
        after = part["pageInfo"]["endCursor"]
        if not part["pageInfo"]["hasNextPage"]:
            break

    assert seen == whole["nodes"]
    assert len(seen) == len(found)


@known
@given(found=rows, order=orders, size=st.integers(1, 5))
def test_the_pages_backwards_make_the_whole(toy_schema, toy_ctx, found, order, size):
    toy_ctx.actor = type(toy_ctx.actor)(today=toy_ctx.today, is_system=True)
    fill(found)
    whole = page(toy_schema, toy_ctx, first=200, orderBy=order)
    seen, before = [], None
    for _ in range(len(found) + 2):
        part = page(toy_schema, toy_ctx, last=size, before=before, orderBy=order)
        assert part["pageInfo"]["hasNextPage"] is (before is not None)
        seen = part["nodes"] + seen
        before = part["pageInfo"]["startCursor"]
        if not part["pageInfo"]["hasPreviousPage"]:
            break

    assert seen == whole["nodes"]


@known
@given(found=rows, order=orders, data=st.data())
def test_between_two_cursors_lies_what_is_between(toy_schema, toy_ctx, found, order, data):
    toy_ctx.actor = type(toy_ctx.actor)(today=toy_ctx.today, is_system=True)
    fill(found)
    whole = page(toy_schema, toy_ctx, first=200, orderBy=order)
    if len(found) < 2:
        return
    start = data.draw(st.integers(0, len(found) - 2))
    end = data.draw(st.integers(start + 1, len(found) - 1))
    after, before = whole["edges"][start]["cursor"], whole["edges"][end]["cursor"]

    between = page(toy_schema, toy_ctx, after=after, before=before, orderBy=order)["nodes"]

    assert between == whole["nodes"][start + 1 : end]


def test_nested_pages_are_each_parents_own(ask, town):
    query = """query ($after: String) { offices { nodes { name people(first: 1, after: $after) {
                 totalCount nodes { name } pageInfo { hasNextPage hasPreviousPage endCursor } } } } }"""
    first = ask(query)["offices"]["nodes"]
    second = ask(query, after=first[1]["people"]["pageInfo"]["endCursor"])["offices"]["nodes"]

    assert [row["people"]["nodes"] for row in first] == [[{"name": "Ani"}], [{"name": "Budi"}]]
    assert [row["people"]["totalCount"] for row in first] == [1, 2]
    assert [row["people"]["pageInfo"]["hasNextPage"] for row in first] == [False, True]
    assert second[1]["people"]["nodes"] == [{"name": "Cici"}]
    assert second[1]["people"]["totalCount"] == 2
    assert second[0]["people"]["nodes"] == []
    assert second[0]["people"]["pageInfo"]["endCursor"] is None


def test_nested_pages_go_backwards_too(ask, town):
    data = ask(
        """{ people(filter: {tasks: {some: {}}}) { nodes { tasks(last: 2, orderBy: [{weight: ASC}]) {
             nodes { title } pageInfo { hasPreviousPage } } } } }"""
    )

    assert [row["tasks"] for row in data["people"]["nodes"]] == [
        {"nodes": [{"title": "a1"}, {"title": "a2"}], "pageInfo": {"hasPreviousPage": True}},
        {"nodes": [{"title": "b1"}, {"title": "b2"}], "pageInfo": {"hasPreviousPage": False}},
        {"nodes": [{"title": "c1"}], "pageInfo": {"hasPreviousPage": False}},
    ]


def test_a_declared_condition_narrows_a_nested_connection(ask, town):
    data = ask('{ offices(filter: {name: {eq: "North"}}) { nodes { activePeople { totalCount nodes { name } } } } }')

    assert data["offices"]["nodes"][0]["activePeople"] == {"totalCount": 1, "nodes": [{"name": "Budi"}]}


def test_only_the_total_is_one_statement(ask, town, count_statements):
    with count_statements() as statements:
        assert ask("{ people { totalCount } }") == {"people": {"totalCount": 5}}

    assert len(statements) == 1


def test_a_page_of_nothing_is_empty(ask, town):
    assert ask("{ people(first: 0) { nodes { id } pageInfo { hasNextPage endCursor } } }")["people"] == {
        "nodes": [],
        "pageInfo": {"hasNextPage": True, "endCursor": None},
    }


def test_without_a_number_a_page_has_the_default_size(ask, toy_db):
    for number in range(60):
        toy.Person.create(name=f"P{number}")

    data = ask("{ people { nodes { id } totalCount } big: people(first: 200) { nodes { id } } }")

    assert (len(data["people"]["nodes"]), data["people"]["totalCount"], len(data["big"]["nodes"])) == (50, 60, 60)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ("first: 201", "PAGE_TOO_LARGE", ["first", "201", "200"]),
        ("last: 100000", "PAGE_TOO_LARGE", ["last", "100000", "200"]),
        ("first: -1", "BAD_PAGE", ["first", "-1"]),
        ("first: 1, last: 1", "BAD_PAGE", ["first", "last"]),
        ('after: "nonsense"', "BAD_CURSOR", ["after"]),
        ('before: "bnVsbA"', "BAD_CURSOR", ["before"]),
        ('after: ""', "BAD_CURSOR", ["after"]),
        ('after: "é\\u0000"', "BAD_CURSOR", ["after"]),
    ],
)
def test_wrong_pages_are_told_by_code_limit_and_value(fault, town, arguments, code, words):
    error = fault("{ people(" + arguments + ") { nodes { id } } }")

    assert error["extensions"]["code"] == code
    assert all(word in error["message"] for word in words)


def test_a_cursor_of_another_order_is_refused(ask, fault, town):
    cursor = ask("{ people(first: 1, orderBy: [{rank: ASC}]) { pageInfo { endCursor } } }")["people"]["pageInfo"]

    error = fault('{ people(after: "' + cursor["endCursor"] + '", orderBy: [{rank: DESC}]) { nodes { id } } }')

    assert error["extensions"]["code"] == "BAD_CURSOR"


@given(text=st.text(max_size=60))
@known
def test_no_cursor_breaks_the_server(toy_schema, toy_ctx, text):
    response = execute(toy_schema, toy_ctx, PAGE, {"after": text, "orderBy": [{"pay": "ASC"}, {"seen": "DESC"}]})

    assert response["errors"][0]["extensions"]["code"] == "BAD_CURSOR"


@given(
    values=st.tuples(
        st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.just("1E+99999"), st.lists(st.none())),
        st.one_of(st.none(), st.text(), st.integers(), st.just("0001-01-01T00:00:00+14:00")),
        st.one_of(st.none(), st.text(), st.integers(), st.booleans()),
    )
)
@known
def test_no_forged_cursor_breaks_the_server(toy_schema, toy_ctx, values):
    order = [{"pay": "ASC"}, {"seen": "DESC"}]
    toy.Person.get_or_create(name="P")
    genuine = page(toy_schema, toy_ctx, first=1, orderBy=order)["pageInfo"]["endCursor"]
    signature = json.loads(base64.urlsafe_b64decode(genuine + "=="))[0]
    forged = base64.urlsafe_b64encode(json.dumps([signature, *values]).encode()).decode().rstrip("=")

    response = execute(toy_schema, toy_ctx, PAGE, {"after": forged, "orderBy": order})

    assert all(error["extensions"]["code"] == "BAD_CURSOR" for error in response.get("errors", []))
