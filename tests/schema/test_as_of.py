"""State as of a date: units, assignments, employees and superiors of past and future days, seen as of today."""

from datetime import date

import pytest

from core.organisation.models import Assignment, Employee, WorkUnit, WorkUnitRevision
from core.organisation.services.reporting import rebuild_lines
from core.organisation.terms import AssignmentKind
from schema.execution import execute
from tests.support.calls import call_as
from tests.support.city import build_city, unit
from tests.support.schemas import core_schema

MARCH, APRIL, MAY = date(2026, 3, 31), date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def city(ctx):
    """From April the registry has another name and stands below the root; the clerk works in the archive.

    In the first half of April the officer is Plh of the registry; the archive's head leaves at the end of March.
    """
    made = build_city()
    WorkUnitRevision.update(valid_to=MARCH).where(WorkUnitRevision.unit == made.registry).execute()
    WorkUnitRevision.create(unit=made.registry, name="Bidang Dokumen", parent=made.root, valid_from=APRIL)
    Assignment.update(valid_to=MARCH).where(Assignment.employee << [made.clerk, made.other_chief]).execute()
    Assignment.create(employee=made.clerk, position=made.positions["other"], unit=made.archive, valid_from=APRIL)
    Assignment.create(
        employee=made.officer,
        position=made.positions["chief"],
        unit=made.registry,
        kind=AssignmentKind.PLH,
        is_primary=False,
        valid_from=APRIL,
        valid_to=date(2026, 4, 15),
    )
    Employee.update(left_on=MARCH).where(Employee.id == made.other_chief.id).execute()
    rebuild_lines(ctx)
    return made


def ask(ctx, query, **variables):
    response = execute(core_schema(), ctx, query, variables)
    assert "errors" not in response, response["errors"]
    return response["data"]


def names(connection):
    return [node["name"] for node in connection["nodes"]]


def test_units_have_the_name_place_and_head_of_the_day(ctx, city):
    query = """query ($day: Date) { workUnit(code: "11", asOf: $day)
      { name parent { code } head { name } headGap positions { totalCount } }
      archive: workUnit(code: "12", asOf: $day) { head { name } headGap }
      root: workUnit(code: "00", asOf: $day) { children { nodes { code name } } } }"""

    today, later, much_later = ask(ctx, query), ask(ctx, query, day="2026-04-01"), ask(ctx, query, day="2026-05-01")

    assert ask(ctx, query, day=None) == today == ask(ctx, query, day="2026-01-15")
    assert today["workUnit"] == {
        "name": "Bidang Pencatatan Sipil",
        "parent": {"code": "10"},
        "head": {"name": "Siti Aminah"},
        "headGap": None,
        "positions": {"totalCount": 3},
    }
    assert (later["workUnit"]["name"], later["workUnit"]["parent"]) == ("Bidang Dokumen", {"code": "00"})
    assert later["workUnit"]["head"] == {"name": "Budi Santoso"}
    assert much_later["workUnit"]["head"] == {"name": "Siti Aminah"}
    assert today["archive"] == {"head": {"name": "Agus Pratama"}, "headGap": None}
    assert later["archive"] == {"head": None, "headGap": "NO_HEAD"}
    assert [node["code"] for node in today["root"]["children"]["nodes"]] == ["10"]
    assert later["root"]["children"]["nodes"] == [
        {"code": "10", "name": "Dinas Kependudukan dan Pencatatan Sipil"},
        {"code": "11", "name": "Bidang Dokumen"},
    ]


def test_employees_are_those_in_service_with_the_unit_and_superior_of_the_day(ctx, city):
    query = """query ($day: Date) { employees(asOf: $day, orderBy: [{unit: {code: ASC}}, {name: ASC}])
      { nodes { name unit { code name } position { title } superior { name } supervisionBasis supervisionGap } } }"""

    found = {node["name"]: node for node in ask(ctx, query, day="2026-04-01")["employees"]["nodes"]}

    assert "Agus Pratama" not in found
    assert found["Rina Wulandari"] == {
        "name": "Rina Wulandari",
        "unit": {"code": "12", "name": "Bidang Arsip"},
        "position": {"title": "Arsiparis Ahli Pertama"},
        "superior": {"name": "Ketut Wirawan"},
        "supervisionBasis": "HEAD",
        "supervisionGap": None,
    }
    assert found["Made Sudana"]["supervisionGap"] == "TOP_OF_INSTITUTION"
    assert names(ask(ctx, query, day="2025-12-31")["employees"]) == []
    assert len(names(ask(ctx, query, day="2030-01-01")["employees"])) == 6


def test_each_field_may_have_a_day_of_its_own(ctx, city):
    data = ask(
        ctx,
        """{ employees(filter: {name: {eq: "Rina Wulandari"}}) { nodes {
               now: superior { name unit { code } } later: superior(asOf: "2026-04-10") { name unit { code } }
               before: supervisionGap(asOf: "2025-06-30")
               there: unit(asOf: "2026-04-01") { code head { name } parent { code } }
               assignments(asOf: "2026-04-01") { totalCount nodes { unit { code } } }
               everything: assignments { totalCount }
               reportingLines(asOf: "2026-03-01") { nodes { superior { name } } } } }
             boss: employees(filter: {name: {eq: "Ketut Wirawan"}}) { nodes {
               subordinates(asOf: "2026-04-01") { name unit { code } } } } }""",
    )

    assert data["employees"]["nodes"] == [
        {
            "now": {"name": "Siti Aminah", "unit": {"code": "11"}},
            "later": {"name": "Ketut Wirawan", "unit": {"code": "10"}},
            "before": "NO_ASSIGNMENT",
            "there": {"code": "12", "head": None, "parent": {"code": "10"}},
            "assignments": {"totalCount": 1, "nodes": [{"unit": {"code": "12"}}]},
            "everything": {"totalCount": 2},
            "reportingLines": {"nodes": [{"superior": {"name": "Siti Aminah"}}]},
        }
    ]
    # The registry stands below the root now, so that its chief reports elsewhere; the archive has no head.
    assert {row["name"]: row["unit"]["code"] for row in data["boss"]["nodes"][0]["subordinates"]} == {
        "Rina Wulandari": "12",
        "Dewi Lestari": "12",
    }


def test_filters_aggregates_and_lists_are_of_the_day(ctx, city):
    data = ask(
        ctx,
        """{ inArchive: employees(asOf: "2026-04-01", filter: {unit: {code: {eq: "12"}}}) { nodes { name } }
             named: workUnits(asOf: "2026-04-01", filter: {name: {eq: "Bidang Dokumen"}}) { totalCount }
             unnamed: workUnits(filter: {name: {eq: "Bidang Dokumen"}}) { totalCount }
             above: workUnits(asOf: "2026-04-01", filter: {children: {some: {code: {eq: "11"}}}}) { nodes { code } }
             assignments(asOf: "2026-04-01") { totalCount } ofEveryTime: assignments { totalCount }
             reportingLines(asOf: "2026-04-01") { totalCount }
             employeesAggregate(asOf: "2026-04-01", groupBy: [{field: UNIT}])
               { groups { keys { unit { code name } } count } }
             workUnits(filter: {code: {eq: "00"}})
               { nodes { childrenAggregate(asOf: "2026-04-01") { groups { count } } } } }""",
    )

    assert names(data["inArchive"]) == ["Dewi Lestari", "Rina Wulandari"]
    assert data["above"]["nodes"] == [{"code": "00"}]
    assert (data["named"]["totalCount"], data["unnamed"]["totalCount"]) == (1, 0)
    assert (data["assignments"]["totalCount"], data["ofEveryTime"]["totalCount"]) == (7, 9)
    assert data["reportingLines"]["totalCount"] == 6
    assert [(group["keys"]["unit"]["code"], group["count"]) for group in data["employeesAggregate"]["groups"]] == [
        ("00", 1), ("10", 1), ("11", 2), ("12", 2),
    ]  # fmt: skip
    assert data["workUnits"]["nodes"][0]["childrenAggregate"] == {"groups": [{"count": 2}]}


def test_units_that_are_gone_or_not_there_yet_are_left_out(ctx, city):
    young = unit("13", "Bidang Baru", city.agency)
    WorkUnit.update(valid_from=MAY).where(WorkUnit.id == young.id).execute()
    WorkUnit.update(valid_to=MARCH).where(WorkUnit.id == city.archive.id).execute()
    query = "query ($day: Date) { workUnits(asOf: $day) { nodes { code } } }"

    def codes(day):
        return [node["code"] for node in ask(ctx, query, day=day)["workUnits"]["nodes"]]

    assert codes("2026-03-31") == ["00", "10", "11", "12"]
    assert codes("2026-04-01") == ["00", "10", "11"]
    assert codes("2026-05-01") == ["00", "10", "11", "13"]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("chief", {"Siti Aminah", "Budi Santoso", "Rina Wulandari", "Ketut Wirawan"}),
        ("clerk", {"Siti Aminah", "Budi Santoso", "Rina Wulandari"}),
    ],
)
def test_who_may_see_is_judged_as_of_today(db, city, who, seen):
    """The clerk works elsewhere on the day, but may not see those there today."""
    caller = call_as(db, getattr(city, who).id)

    found = ask(caller, '{ employees(asOf: "2026-05-01") { nodes { name unit { code head { name } } } } }')["employees"]

    assert set(names(found)) == seen
    for node in found["nodes"]:
        head = node["unit"]["head"]
        assert head is None or head["name"] in seen


def test_a_day_takes_one_statement_for_each_level(ctx, city, count_statements):
    query = """{ employees(asOf: "2026-04-01")
      { nodes { name unit { name parent { name } head { name } } superior { name } } } }"""
    with count_statements() as found:
        ask(ctx, query)

    assert len(found) == 5
