"""Filters and orders made from the declarations, with one meaning on both databases."""

import pytest


def names(ask, filter, **variables):
    given = ", ".join(f"${name}: {kind}" for name, (kind, _) in variables.items())
    head = f"query ({given}) " if given else ""
    data = ask(
        head + "{ people(filter: " + filter + ") { totalCount nodes { name } } }",
        **{name: value for name, (_, value) in variables.items()},
    )
    found = [row["name"] for row in data["people"]["nodes"]]
    assert data["people"]["totalCount"] == len(found)
    return found


EVERYBODY = ["Ani", "Budi", "Cici", "Dedi", "50%_\\ off"]


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ("{}", EVERYBODY),
        ('{name: {eq: "Ani"}}', ["Ani"]),
        ('{name: {eq: "ani"}}', []),
        ('{name: {ne: "Ani"}}', ["Budi", "Cici", "Dedi", "50%_\\ off"]),
        ('{name: {in: ["Ani", "Budi", "Nobody"]}}', ["Ani", "Budi"]),
        ("{name: {in: []}}", []),
        ('{name: {contains: "I"}}', ["Ani", "Budi", "Cici", "Dedi"]),
        ('{name: {contains: "%"}}', ["50%_\\ off"]),
        ('{name: {contains: "_"}}', ["50%_\\ off"]),
        ('{name: {contains: "\\\\ "}}', ["50%_\\ off"]),
        ('{name: {startsWith: "c"}}', ["Cici"]),
        ("{mood: {eq: GLAD}}", ["Ani"]),
        ("{mood: {ne: GLAD}}", ["Budi", "Cici", "Dedi", "50%_\\ off"]),
        ("{mood: {in: [GLAD, SAD]}}", ["Ani", "Budi"]),
        ("{mood: {isNull: true}}", ["Cici", "Dedi", "50%_\\ off"]),
        ("{mood: {eq: null}}", ["Cici", "Dedi", "50%_\\ off"]),
        ("{mood: {ne: null}}", ["Ani", "Budi"]),
        ("{mood: null}", EVERYBODY),
        ("{active: {eq: false}}", ["Cici"]),
        ("{rank: {gte: 1, lt: 3}}", ["Budi", "Dedi"]),
        ("{rank: {in: [3]}}", ["Ani"]),
        ('{born: {gt: "1980-05-01"}}', ["Budi"]),
        ('{born: {in: ["1980-05-01"]}}', ["Ani"]),
        ('{born: {lte: "1980-05-01"}}', ["Ani"]),
        ('{seen: {eq: "2026-01-31T15:00:00+07:00"}}', ["Ani"]),
        ('{seen: {lt: "2026-01-31T08:00:00Z"}}', []),
        ('{seen: {in: ["2026-01-31T08:00:00Z"]}}', ["Ani"]),
        ('{pay: {eq: "7.0"}}', ["Budi"]),
        ("{pay: {in: [7]}}", ["Budi"]),
        ("{pay: {lt: 7.5}}", ["Budi"]),
        ('{shout: {eq: "ANI"}}', ["Ani"]),
        ('{id: {eq: "ToyPerson:2"}}', ["Budi"]),
        ('{id: {ne: "ToyPerson:2"}}', ["Ani", "Cici", "Dedi", "50%_\\ off"]),
        ('{id: {in: ["ToyPerson:1", "ToyPerson:5"]}}', ["Ani"]),
        ('{and: [{name: {contains: "i"}}, {active: {eq: true}}]}', ["Ani", "Budi", "Dedi"]),
        ('{or: [{name: {eq: "Ani"}}, {name: {eq: "Cici"}}]}', ["Ani", "Cici"]),
        ("{or: []}", []),
        ("{and: []}", EVERYBODY),
        ("{not: {mood: {eq: GLAD}}}", ["Budi", "Cici", "Dedi", "50%_\\ off"]),
        ("{not: {mood: {isNull: true}}}", ["Ani", "Budi"]),
        ("{not: {not: {mood: {eq: GLAD}}}}", ["Ani"]),
        ('{office: {name: {eq: "North"}}}', ["Budi", "Cici"]),
        ('{office: {parent: {name: {eq: "Head"}}}}', ["Budi", "Cici"]),
        ("{office: {isNull: true}}", ["Dedi", "50%_\\ off"]),
        ("{office: {isNull: false}}", ["Ani", "Budi", "Cici"]),
        ("{office: {}}", ["Ani", "Budi", "Cici"]),
        ('{office: {name: {eq: "Secret"}}}', []),
        ('{not: {office: {name: {eq: "North"}}}}', ["Ani", "Dedi", "50%_\\ off"]),
        ("{tasks: {some: {weight: {gte: 5}}}}", ["Ani", "Cici"]),
        ("{tasks: {some: {}}}", ["Ani", "Budi", "Cici"]),
        ("{tasks: {none: {}}}", ["Dedi", "50%_\\ off"]),
        ("{tasks: {none: {weight: {eq: 5}}}}", ["Budi", "Cici", "Dedi", "50%_\\ off"]),
        ('{tasks: {some: {person: {name: {eq: "Budi"}}}}}', ["Budi"]),
        ('{heaviest: {title: {eq: "c1"}}}', ["Cici"]),
    ],
)
def test_filters_have_one_meaning_on_both_databases(ask, town, filter, expected):
    assert names(ask, filter) == expected


def test_filters_may_come_from_variables(ask, town):
    assert names(ask, "$f", f=("ToyPersonFilter", {"or": [{"mood": {"eq": "SAD"}}, {"rank": {"gt": 2}}]})) == [
        "Ani",
        "Budi",
    ]
    assert names(ask, "$f", f=("ToyPersonFilter", None)) == EVERYBODY
    assert names(ask, "{rank: {gt: $n}}", n=("Int", 2)) == ["Ani"]


def test_many_keys_fit_into_one_statement(ask, town):
    ids = [f"ToyPerson:{number}" for number in range(1, 1001)]

    assert names(ask, "{id: {in: $ids}}", ids=("[ID!]", ids)) == EVERYBODY


@pytest.mark.parametrize(
    ("filter", "code"),
    [
        ("{rank: {lt: null}}", "BAD_FILTER"),
        ("{name: {contains: null}}", "BAD_FILTER"),
        ("{isNull: true}", "BAD_FILTER"),
        ('{office: {isNull: true, name: {eq: "x"}}}', "BAD_FILTER"),
        ('{name: {eq: "a\\u0000b"}}', "BAD_FILTER"),
        ('{id: {eq: "ToyOffice:1"}}', "BAD_ID"),
        ('{id: {eq: "12"}}', "BAD_ID"),
        ('{id: {in: ["ToyPerson:1", "x"]}}', "BAD_ID"),
        ("{id: {eq: null}}", "BAD_FILTER"),
        ('{born: {eq: "2026-02-30"}}', "GRAPHQL_VALIDATION_FAILED"),
        ("{nothing: {eq: 1}}", "GRAPHQL_VALIDATION_FAILED"),
        ("{rank: {eq: 99999999999}}", "GRAPHQL_VALIDATION_FAILED"),
        ('{pay: {eq: "many"}}', "GRAPHQL_VALIDATION_FAILED"),
        ('{pay: {eq: "NaN"}}', "GRAPHQL_VALIDATION_FAILED"),
        ('{pay: {eq: "1_000"}}', "GRAPHQL_VALIDATION_FAILED"),
        ('{pay: {eq: "１٢"}}', "GRAPHQL_VALIDATION_FAILED"),
        ('{pay: {eq: "1e999999"}}', "GRAPHQL_VALIDATION_FAILED"),
        ('{seen: {eq: "0001-01-01T00:00:00+14:00"}}', "GRAPHQL_VALIDATION_FAILED"),
        ('{seen: {eq: "2026-01-31T08:00:00"}}', "GRAPHQL_VALIDATION_FAILED"),
    ],
)
def test_a_wrong_filter_is_told_by_its_code(fault, town, filter, code):
    assert fault("{ people(filter: " + filter + ") { totalCount } }")["extensions"]["code"] == code


def test_a_filter_has_its_limits_even_in_a_variable(fault, town):
    query = "query ($f: ToyPersonFilter) { people(filter: $f) { totalCount } }"
    deep = {"name": {"eq": "x"}}
    for _ in range(30):
        deep = {"not": deep}

    assert fault(query, f=deep)["extensions"]["code"] == "FILTER_TOO_DEEP"
    assert fault(query, f={"or": [{"rank": {"eq": 1}}] * 300})["extensions"]["code"] == "FILTER_TOO_LARGE"
    assert fault(query, f={"rank": {"in": list(range(1001))}})["extensions"]["code"] == "LIST_TOO_LONG"


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("[{name: ASC}]", ["50%_\\ off", "Ani", "Budi", "Cici", "Dedi"]),
        ("{name: DESC}", ["Dedi", "Cici", "Budi", "Ani", "50%_\\ off"]),
        ("[{rank: ASC}, {name: DESC}]", ["Dedi", "Budi", "Ani", "Cici", "50%_\\ off"]),
        ("[{rank: DESC}]", ["Ani", "Budi", "Dedi", "Cici", "50%_\\ off"]),
        ("[{born: ASC}]", ["Ani", "Budi", "Cici", "Dedi", "50%_\\ off"]),
        ("[{office: {name: DESC}}, {name: ASC}]", ["Budi", "Cici", "Ani", "50%_\\ off", "Dedi"]),
        ("[{office: {parent: {name: ASC}}}, {id: DESC}]", ["Cici", "Budi", "50%_\\ off", "Dedi", "Ani"]),
        ("[{shout: ASC}]", ["50%_\\ off", "Ani", "Budi", "Cici", "Dedi"]),
        ("[{id: DESC}]", ["50%_\\ off", "Dedi", "Cici", "Budi", "Ani"]),
        ("[{active: ASC}, {id: ASC}]", ["Cici", "Ani", "Budi", "Dedi", "50%_\\ off"]),
        ("[]", EVERYBODY),
    ],
)
def test_orders_put_rows_without_value_last(ask, town, order, expected):
    data = ask("{ people(orderBy: " + order + ") { nodes { name } } }")

    assert [row["name"] for row in data["people"]["nodes"]] == expected


@pytest.mark.parametrize("order", ["[{name: ASC, rank: ASC}]", "[{}]", "[{name: null}]", "[{office: {}}]"])
def test_an_entry_of_an_order_names_one_field(fault, town, order):
    assert fault("{ people(orderBy: " + order + ") { totalCount } }")["extensions"]["code"] == "BAD_ORDER"
