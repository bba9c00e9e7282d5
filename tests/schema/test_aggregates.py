"""Aggregates of the toy institution: groups, statistics, conditions, order; the same on both databases."""

import pytest

from tests.schema import toy


def groups(data, *parts):
    """The groups as tuples: the key of each, its count."""
    return [(*(group["keys"][part] for part in parts), group["count"]) for group in data["groups"]]


def test_rows_are_counted_by_words_booleans_and_relations(ask, town):
    data = ask(
        """{ byMood: peopleAggregate(groupBy: [{field: MOOD}]) { groups { keys { mood } count } groupCount }
             byActive: peopleAggregate(groupBy: [{field: ACTIVE}]) { groups { keys { active } count } }
             byOffice: peopleAggregate(groupBy: [{field: OFFICE}])
               { groups { keys { office { name parent { name } } } count } }
             all: peopleAggregate { groups { count } groupCount withheldGroups } }"""
    )

    assert groups(data["byMood"], "mood") == [("GLAD", 1), ("SAD", 1), (None, 3)]
    assert data["byMood"]["groupCount"] == 3
    assert groups(data["byActive"], "active") == [(False, 1), (True, 4)]
    # Dedi's office is secret: he counts with the one who has none.
    assert groups(data["byOffice"], "office") == [
        ({"name": "Head", "parent": None}, 1),
        ({"name": "North", "parent": {"name": "Head"}}, 2),
        (None, 2),
    ]
    assert data["all"] == {"groups": [{"count": 5}], "groupCount": 1, "withheldGroups": 0}


def test_statistics_are_exact_and_count_what_may_be_seen(ask, town):
    data = ask(
        """{ peopleAggregate { groups { values {
               pay { count nulls countDistinct sum avg min max percentile(p: 0.5) }
               rank { count nulls countDistinct sum avg min max median: percentile(p: "0.5") low: percentile(p: 0) }
               born { count nulls avg min max percentile(p: 0.5) }
               seen { count nulls avg min max percentile(p: 1) }
               name { count countDistinct nulls } boss { count countDistinct nulls } } } } }"""
    )

    values = data["peopleAggregate"]["groups"][0]["values"]
    # Pay is masked but one's own: the caller is Budi.
    assert values["pay"] == {
        "count": 1, "nulls": 4, "countDistinct": 1, "sum": "7", "avg": "7", "min": "7", "max": "7", "percentile": "7",
    }  # fmt: skip
    assert values["rank"] == {
        "count": 3, "nulls": 2, "countDistinct": 2, "sum": "5", "avg": "1.666667", "min": 1, "max": 3,
        "median": "1", "low": "1",
    }  # fmt: skip
    assert values["born"] == {
        "count": 2, "nulls": 3, "avg": "1985-03-02", "min": "1980-05-01", "max": "1990-01-01",
        "percentile": "1980-05-01",
    }  # fmt: skip
    moment = "2026-01-31T08:00:00Z"
    assert values["seen"] == {"count": 1, "nulls": 4, "avg": moment, "min": moment, "max": moment, "percentile": moment}
    assert values["name"] == {"count": 5, "countDistinct": 5, "nulls": 0}
    assert values["boss"] == {"count": 3, "countDistinct": 2, "nulls": 2}


def test_rows_below_each_parent_are_counted_in_one_statement(ask, town, count_statements):
    query = """{ offices { nodes { name peopleAggregate(groupBy: [{field: MOOD}], filter: {active: {eq: true}}) {
                   groupCount groups { count keys { mood } values { rank { sum percentile(p: 0.5) } } } }
                 activePeopleAggregate { groups { count } } } } }"""
    with count_statements() as found:
        data = ask(query)

    nodes = {node["name"]: node for node in data["offices"]["nodes"]}
    assert groups(nodes["North"]["peopleAggregate"], "mood") == [("SAD", 1)]
    assert nodes["Head"]["peopleAggregate"]["groups"][0]["values"] == {"rank": {"sum": "3", "percentile": "3"}}
    assert nodes["North"]["activePeopleAggregate"] == {"groups": [{"count": 1}]}
    assert nodes["Head"]["activePeopleAggregate"] == {"groups": [{"count": 1}]}
    assert len(found) == 4


def test_more_rows_take_no_more_statements(ask, town, count_statements):
    query = """{ peopleAggregate(groupBy: [{field: OFFICE}, {field: NAME}], orderBy: [{value: RANK, statistic: SUM}])
                   { groups { keys { office { name } } values { rank { percentile(p: 0.5) p9: percentile(p: 0.9) } } } }
                 offices { nodes {
                   peopleAggregate(groupBy: [{field: BOSS}]) { groups { keys { boss { name } } } } } } }"""
    with count_statements() as few:
        ask(query)
    for number in range(60):
        office = toy.Office.create(name=f"Office {number}") if number % 3 else None
        toy.Person.create(name=f"Person {number}", office=office, rank=number, boss=1 + number % 3)
    with count_statements() as many:
        ask(query)

    assert len(few) == len(many) == 8


def test_groups_are_ordered_narrowed_and_cut(ask, town):
    data = ask(
        """{ heavy: peopleAggregate(groupBy: [{field: OFFICE}], orderBy: [{direction: DESC}], first: 1)
               { groupCount groups { keys { office { name } } count } }
             having: peopleAggregate(groupBy: [{field: NAME}],
               having: [{value: RANK, statistic: SUM, number: {gte: 1}}],
               orderBy: [{value: RANK, statistic: MAX, direction: DESC}, {key: NAME, direction: DESC}])
               { groupCount groups { keys { name } count } }
             dated: peopleAggregate(groupBy: [{field: NAME}],
               having: [{value: BORN, statistic: MIN, date: {lt: "1985-01-01"}}, {statistic: COUNT, number: {eq: 1}}])
               { groups { keys { name } count } }
             nothing: peopleAggregate(groupBy: [{field: NAME}], filter: {name: {eq: "nobody"}}) { groups { count } }
             zero: peopleAggregate(filter: {name: {eq: "nobody"}})
               { groups { count values { rank { count sum avg percentile(p: 0.5) } } } } }"""
    )

    assert groups(data["heavy"], "office") == [({"name": "North"}, 2)]
    assert data["heavy"]["groupCount"] == 3
    assert groups(data["having"], "name") == [("Ani", 1), ("Dedi", 1), ("Budi", 1)]
    assert groups(data["dated"], "name") == [("Ani", 1)]
    assert data["nothing"]["groups"] == []
    assert data["zero"]["groups"] == [
        {"count": 0, "values": {"rank": {"count": 0, "sum": None, "avg": None, "percentile": None}}}
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "place"),
    [
        ("groupBy: [{field: NAME, bucket: MONTH}]", "BAD_GROUP", "groupBy[0]"),
        ("groupBy: [{field: NAME}, {field: NAME}]", "BAD_GROUP", "groupBy[1]"),
        ("groupBy: [{field: NAME}, {field: BORN}, {field: RANK}, {field: PAY}, {field: MOOD}]", "BAD_GROUP", "groupBy"),
        ("having: [{value: NAME, statistic: SUM, number: {gt: 1}}]", "BAD_STATISTIC", "having[0]"),
        ("having: [{statistic: SUM, number: {gt: 1}}]", "BAD_STATISTIC", "having[0]"),
        ('having: [{value: RANK, statistic: SUM, date: {gt: "2026-01-01"}}]', "BAD_HAVING", "having[0]"),
        ("having: [{value: RANK, statistic: SUM}]", "BAD_HAVING", "having[0]"),
        ("orderBy: [{key: NAME}]", "BAD_ORDER", "orderBy[0]"),
        ("groupBy: [{field: NAME}], orderBy: [{key: NAME, value: RANK}]", "BAD_ORDER", "orderBy[0]"),
        ("first: -1", "BAD_PAGE", "first"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(fault, town, arguments, code, place):
    error = fault(f"{{ peopleAggregate({arguments}) {{ groups {{ count }} }} }}")

    assert error["extensions"]["code"] == code
    assert place in error["message"]
    assert error["path"] == ["peopleAggregate"]


@pytest.mark.parametrize("share", ["1.5", "-0.1", "0.00001"])
def test_a_percentile_is_a_share(fault, town, share):
    error = fault(f"{{ peopleAggregate {{ groups {{ values {{ rank {{ percentile(p: {share}) }} }} }} }} }}")

    assert error["extensions"]["code"] == "BAD_PERCENTILE"
