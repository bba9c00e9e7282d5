"""Groups of few people whom the caller may not see are withheld, and cannot be worked out from the groups shown."""

from datetime import date, timedelta

import pytest

from core.organisation.models import Employee, ReportingLine
from core.progress.models import Feedback
from schema.aggregates.people import withheld
from schema.execution import execute
from tests.support.calls import call_as
from tests.support.city import START, build_city, post
from tests.support.plans import approved_plan
from tests.support.schemas import core_schema

BY_TONE = """query ($filter: FeedbackFilter) { feedbackAggregate(groupBy: [{field: TONE}], filter: $filter)
  { withheldGroups groupCount groups { keys { tone } count values { giver { count countDistinct nulls } } } } }"""
ALL = "{ feedbackAggregate { withheldGroups groups { count } } }"


@pytest.fixture
def city(db):
    made = build_city()
    made.plan = approved_plan(made, made.officer)
    made.colleagues = []
    for number in range(12):
        employee = Employee.create(
            nip=f"1985{number:014d}", name=f"Pegawai {number}", status="PNS", sex="MALE", birth_date=date(1985, 1, 1)
        )
        post(employee, made.registry, f"Arsiparis {number}", "AHLI_PERTAMA", is_head=False)
        ReportingLine.create(employee=employee, superior=made.chief, basis="HEAD", valid_from=START)
        made.colleagues.append(employee)
    return made


def give(city, tone, givers):
    for number in givers:
        Feedback.create(
            plan=city.plan,
            employee=city.officer,
            giver=city.colleagues[number],
            relation="PEER",
            tone=tone,
            text="Baik",
            given_on=START + timedelta(days=number),
        )


def ask(db, who, query, **variables):
    response = execute(core_schema(), call_as(db, who.id), query, variables)
    assert "errors" not in response, response["errors"]
    return response["data"]["feedbackAggregate"]


def counts(answer):
    return {group["keys"]["tone"]: group["count"] for group in answer["groups"]}


def test_small_groups_of_unseen_givers_are_withheld(db, city):
    give(city, "POSITIVE", range(6))
    give(city, "CONSTRUCTIVE", range(6, 8))

    answer = ask(db, city.officer, BY_TONE)

    # Two constructive givers; with them the positive ones, since 8 in all less 6 would tell the two.
    assert (answer["groups"], answer["groupCount"], answer["withheldGroups"]) == ([], 0, 2)
    assert ask(db, city.officer, ALL) == {"withheldGroups": 0, "groups": [{"count": 8}]}


def test_groups_of_enough_people_are_shown_without_saying_who(db, city):
    give(city, "POSITIVE", range(6))
    give(city, "CONSTRUCTIVE", range(6, 11))

    answer = ask(db, city.officer, BY_TONE)

    assert (counts(answer), answer["withheldGroups"]) == ({"POSITIVE": 6, "CONSTRUCTIVE": 5}, 0)
    assert [group["values"]["giver"] for group in answer["groups"]] == [
        {"count": 0, "countDistinct": 0, "nulls": 6},
        {"count": 0, "countDistinct": 0, "nulls": 5},
    ]


def test_who_may_see_the_people_sees_small_groups(db, city):
    give(city, "POSITIVE", range(6))
    give(city, "CONSTRUCTIVE", range(6, 8))

    answer = ask(db, city.chief, BY_TONE)

    assert (counts(answer), answer["withheldGroups"]) == ({"POSITIVE": 6, "CONSTRUCTIVE": 2}, 0)
    assert answer["groups"][1]["values"]["giver"] == {"count": 2, "countDistinct": 2, "nulls": 0}


def test_nobody_is_singled_out_by_a_masked_key_or_filter(db, city):
    give(city, "POSITIVE", range(7))
    by_giver = """{ feedbackAggregate(groupBy: [{field: GIVER}, {field: GIVEN_ON}])
      { groups { keys { giver { name } givenOn } count } } }"""

    assert ask(db, city.officer, by_giver)["groups"] == [{"keys": {"giver": None, "givenOn": None}, "count": 7}]
    singled = {"giver": {"name": {"eq": "Pegawai 3"}}}
    assert counts(ask(db, city.officer, BY_TONE, filter=singled)) == {}
    assert counts(ask(db, city.officer, BY_TONE, filter={"not": singled})) == {"POSITIVE": 7}


def test_conditions_and_order_do_not_reach_withheld_groups(db, city):
    give(city, "POSITIVE", range(6))
    give(city, "CONSTRUCTIVE", range(6, 8))
    query = """{ feedbackAggregate(groupBy: [{field: TONE}], having: [{statistic: COUNT, number: {lt: 5}}],
      orderBy: [{direction: DESC}]) { groupCount groups { count } chart { spec } } }"""

    answer = ask(db, city.officer, query)

    assert (answer["groupCount"], answer["groups"]) == (0, [])
    assert answer["chart"]["spec"]["data"] == {"values": []}


def test_the_least_number_is_a_setting(db, city):
    give(city, "POSITIVE", range(3))

    assert ask(db, city.officer, ALL) == {"withheldGroups": 1, "groups": []}
    lower = db.model_copy(update={"aggregate_min_people": 3})
    assert ask(lower, city.officer, ALL) == {"withheldGroups": 0, "groups": [{"count": 3}]}


def test_a_filter_that_leaves_few_unseen_people_out_is_no_way_to_them(db, city):
    give(city, "POSITIVE", range(6))
    give(city, "CONSTRUCTIVE", range(6, 8))

    positive = ask(db, city.officer, BY_TONE, filter={"tone": {"eq": "POSITIVE"}})
    seen = ask(db, city.chief, BY_TONE, filter={"tone": {"eq": "POSITIVE"}})
    give(city, "CONSTRUCTIVE", range(8, 11))
    enough = ask(db, city.officer, BY_TONE, filter={"tone": {"eq": "POSITIVE"}})

    # All 8 less these 6 would tell the two.
    assert (counts(positive), positive["withheldGroups"]) == ({}, 1)
    assert (counts(seen), counts(enough)) == ({"POSITIVE": 6}, {"POSITIVE": 6})


@pytest.mark.parametrize(
    ("groups", "outside", "expected"),
    [
        ([(9, 0), (2, 0)], (0, 0), set()),
        ([(9, 0), (2, 1)], (0, 0), {0, 1}),
        ([(9, 9), (6, 6), (2, 2)], (0, 0), {1, 2}),
        ([(9, 9), (4, 4), (4, 4)], (0, 0), {1, 2}),
        ([(9, 9), (2, 2), (2, 2)], (0, 0), {0, 1, 2}),
        ([(5, 5), (7, 7)], (0, 0), set()),
        ([(4, 4)], (0, 0), {0}),
        ([(0, 0), (4, 4), (9, 9)], (0, 0), {1, 2}),
        ([], (0, 0), set()),
        ([(9, 9), (6, 6)], (2, 2), {1}),
        ([(9, 9), (6, 6)], (2, 0), set()),
        ([(9, 9), (6, 6)], (7, 7), set()),
        ([(9, 9), (4, 4)], (4, 4), {1}),
        ([(0, 0)], (2, 2), set()),
    ],
)
def test_small_groups_take_the_next_smallest_with_them(groups, outside, expected):
    """Pairs: people in the group (and outside the filter), and those of them whom the caller may not see."""
    assert withheld([[pair] for pair in groups], [outside], 5) == expected
