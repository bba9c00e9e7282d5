from datetime import date

import pytest

from core.organisation.models import Assignment, Delegation, Employee, EmployeeIdentifier, Position, PositionKind
from core.organisation.services.reporting import rebuild_lines
from core.organisation.terms import AssignmentKind, EmploymentStatus, Sex
from schema.execution import execute
from tests.support.calls import call_as, on, system_context
from tests.support.city import build_city
from tests.support.schemas import core_schema

JANUARY = date(2026, 1, 1)


@pytest.fixture
def city(db):
    return build_city()


def ask(ctx, query, **variables):
    response = execute(core_schema(), ctx, query, variables)
    assert "errors" not in response, response["errors"]
    return response["data"]


def names(connection):
    return [node["name"] for node in connection["nodes"]]


def test_the_whole_institution_is_read_in_one_query(ctx, city):
    data = ask(
        ctx,
        """{ workUnits { totalCount nodes { code depth parent { code } head { name } children { totalCount }
             positions { nodes { title isHead kind { code group } } } revisions { nodes { name validFrom validTo } } } }
           employee(nip: "19800310 200501 2 003") { id name nip fullName status sex birthDate grade { code rankTitle }
             unit { code } position { title } superior { name } supervisionBasis supervisionGap
             subordinates { name } assignments { nodes { kind isPrimary validFrom validTo unit { code } } }
             reportingLines { nodes { superior { name } basis gap validFrom } } } }""",
    )

    assert data["workUnits"]["totalCount"] == 4
    assert data["workUnits"]["nodes"][2] == {
        "code": "11",
        "depth": 2,
        "parent": {"code": "10"},
        "head": {"name": "Siti Aminah"},
        "children": {"totalCount": 0},
        "positions": {
            "nodes": [
                {
                    "title": "Administrator Database Kependudukan Ahli Pertama",
                    "isHead": False,
                    "kind": {"code": "AHLI_PERTAMA", "group": "FUNCTIONAL"},
                },
                {
                    "title": "Kepala Bidang Pencatatan Sipil",
                    "isHead": True,
                    "kind": {"code": "ADMINISTRATOR", "group": "MANAGERIAL"},
                },
                {"title": "Operator Layanan", "isHead": False, "kind": {"code": "PELAKSANA", "group": "OPERATIONAL"}},
            ]
        },
        "revisions": {"nodes": [{"name": "Bidang Pencatatan Sipil", "validFrom": "2026-01-01", "validTo": None}]},
    }
    assert data["employee"] == {
        "id": f"Employee:{city.chief.id}",
        "name": "Siti Aminah",
        "nip": "198003102005012003",
        "fullName": "Siti Aminah",
        "status": "PNS",
        "sex": "FEMALE",
        "birthDate": "1980-03-10",
        "grade": {"code": "III/c", "rankTitle": "Penata"},
        "unit": {"code": "11"},
        "position": {"title": "Kepala Bidang Pencatatan Sipil"},
        "superior": {"name": "Ketut Wirawan"},
        "supervisionBasis": "HEAD",
        "supervisionGap": None,
        "subordinates": [{"name": "Budi Santoso"}, {"name": "Rina Wulandari"}],
        "assignments": {
            "nodes": [
                {
                    "kind": "DEFINITIVE",
                    "isPrimary": True,
                    "validFrom": "2026-01-01",
                    "validTo": None,
                    "unit": {"code": "11"},
                }
            ]
        },
        "reportingLines": {
            "nodes": [{"superior": {"name": "Ketut Wirawan"}, "basis": "HEAD", "gap": None, "validFrom": "2026-01-01"}]
        },
    }


def test_titles_make_the_full_name(ctx, city):
    Employee.update(front_title="Dr.", back_title="S.H., M.Si.").where(Employee.id == city.head.id).execute()

    data = ask(ctx, '{ employees(filter: {name: {eq: "Ketut Wirawan"}}) { nodes { fullName } } }')

    assert data["employees"]["nodes"] == [{"fullName": "Dr. Ketut Wirawan, S.H., M.Si."}]


def test_people_are_filtered_and_ordered_through_their_unit_position_and_superior(ctx, city):
    data = ask(
        ctx,
        """{ inRegistry: employees(filter: {unit: {code: {eq: "11"}}}) { nodes { name } }
             ofChief: employees(filter: {superior: {name: {eq: "Siti Aminah"}}}) { nodes { name } }
             top: employees(filter: {supervisionGap: {eq: TOP_OF_INSTITUTION}}) { nodes { name } }
             executives: employees(filter: {position: {kind: {group: {eq: EXECUTIVE}}}}, orderBy: [{name: DESC}])
               { nodes { name } } }""",
    )

    assert names(data["inRegistry"]) == ["Budi Santoso", "Rina Wulandari", "Siti Aminah"]
    assert names(data["ofChief"]) == ["Budi Santoso", "Rina Wulandari"]
    assert names(data["top"]) == ["Made Sudana"]
    assert names(data["executives"]) == ["Made Sudana", "Ketut Wirawan"]


def test_reference_tables_are_in_order(ctx, city):
    data = ask(
        ctx,
        """{ positionKinds { totalCount nodes { code } }
             grades(filter: {employment: {eq: PNS}}) { totalCount nodes { code } } }""",
    )

    assert (data["positionKinds"]["totalCount"], data["grades"]["totalCount"]) == (14, 17)
    assert [node["code"] for node in data["positionKinds"]["nodes"]][:2] == ["JPT_UTAMA", "JPT_MADYA"]
    assert [node["code"] for node in data["grades"]["nodes"]][-1] == "IV/e"


def test_an_acting_head_heads_the_unit_today(ctx, city, db):
    Assignment.create(
        employee=city.officer,
        position=city.positions["chief"],
        unit=city.registry,
        kind=AssignmentKind.PLH,
        is_primary=False,
        valid_from=date(2026, 1, 10),
        valid_to=date(2026, 1, 20),
    )
    rebuild_lines(ctx)
    query = """{ workUnit(code: "11") { head { name } }
                 employees(filter: {name: {eq: "Rina Wulandari"}}) { nodes { superior { name } supervisionBasis } } }"""

    during = ask(ctx, query)
    after = ask(system_context(db, on(date(2026, 1, 21))), query)

    assert during["workUnit"] == {"head": {"name": "Budi Santoso"}}
    assert during["employees"]["nodes"] == [{"superior": {"name": "Budi Santoso"}, "supervisionBasis": "ACTING_PLH"}]
    assert after["workUnit"] == {"head": {"name": "Siti Aminah"}}
    assert after["employees"]["nodes"] == [{"superior": {"name": "Siti Aminah"}, "supervisionBasis": "HEAD"}]


def test_somebody_without_assignment_has_a_named_gap(ctx, city):
    Employee.create(
        nip="199001012015031099",
        name="Zaki",
        status=EmploymentStatus.PNS,
        sex=Sex.MALE,
        birth_date=date(1990, 1, 1),
    )

    data = ask(
        ctx, '{ employees(filter: {name: {eq: "Zaki"}}) { nodes { unit { code } superior { id } supervisionGap } } }'
    )

    assert data["employees"]["nodes"] == [{"unit": None, "superior": None, "supervisionGap": "NO_ASSIGNMENT"}]


SEEN = {
    "secretary": ["secretary", "head", "chief", "officer", "clerk", "other_chief", "other"],
    "head": ["secretary", "head", "chief", "officer", "clerk", "other_chief", "other"],
    "chief": ["head", "chief", "officer", "clerk"],
    "officer": ["chief", "officer", "clerk"],
    "other": ["other_chief", "other"],
}
"""Who sees whom: oneself, one's reports and superior, colleagues of the unit, everybody below a unit one heads."""


@pytest.mark.parametrize("who", SEEN)
def test_people_see_those_around_them(db, city, who):
    data = ask(call_as(db, getattr(city, who).id), "{ employees { totalCount nodes { name } } }")

    assert set(names(data["employees"])) == {getattr(city, other).name for other in SEEN[who]}
    assert data["employees"]["totalCount"] == len(SEEN[who])


@pytest.mark.parametrize(
    ("who", "whose", "is_shown"),
    [
        ("officer", "officer", True),
        ("officer", "clerk", False),
        ("officer", "chief", False),
        ("chief", "officer", True),
        ("chief", "head", False),
        ("head", "officer", True),
        ("secretary", "head", True),
    ],
)
def test_numbers_and_addresses_are_masked_for_colleagues(db, city, who, whose, is_shown):
    person = getattr(city, whose)
    Employee.update(phone="0812", email="a@b.id").where(Employee.id == person.id).execute()
    query = """query ($id: ID!) { node(id: $id) { ... on Employee { name sex nip birthDate phone email
                 assignments { totalCount } identifiers { totalCount } reportingLines { totalCount } } } }"""
    EmployeeIdentifier.create(employee=person, kind="NIP", number=person.nip)

    node = ask(call_as(db, getattr(city, who).id), query, id=f"Employee:{person.id}")["node"]

    assert (node["name"], node["sex"]) == (person.name, person.sex)
    shown = [node["nip"], node["birthDate"], node["phone"], node["email"]]
    assert shown == ([person.nip, person.birth_date.isoformat(), "0812", "a@b.id"] if is_shown else [None] * 4)
    counts = [node[name]["totalCount"] for name in ("assignments", "identifiers", "reportingLines")]
    assert counts == ([1, 1, 1] if is_shown else [0, 0, 0])


def test_a_number_finds_only_those_whose_number_one_may_see(db, city):
    query = "query ($nip: String!) { employee(nip: $nip) { name } }"
    EmployeeIdentifier.create(employee=city.clerk, kind="NIP", number="199207202017032099", valid_to=JANUARY)
    officer, chief = call_as(db, city.officer.id), call_as(db, city.chief.id)

    assert ask(officer, query, nip=city.officer.nip)["employee"] == {"name": "Budi Santoso"}
    assert ask(officer, query, nip=city.clerk.nip)["employee"] is None
    assert ask(chief, query, nip=city.clerk.nip)["employee"] == {"name": "Rina Wulandari"}
    assert ask(chief, query, nip="19920720 201703 2 099")["employee"] == {"name": "Rina Wulandari"}
    assert ask(chief, query, nip="nonsense")["employee"] is None


def test_masked_numbers_cannot_be_found_by_a_filter(db, city):
    officer = call_as(db, city.officer.id)

    data = ask(
        officer, "query ($nip: String!) { employees(filter: {nip: {eq: $nip}}) { totalCount } }", nip=city.clerk.nip
    )

    assert data["employees"]["totalCount"] == 0


def test_somebody_unseen_is_not_found_by_id(db, city):
    officer = call_as(db, city.officer.id)

    data = ask(officer, "query ($id: ID!) { node(id: $id) { id } }", id=f"Employee:{city.other.id}")

    assert data["node"] is None


def test_the_structure_is_known_to_everybody(db, city):
    other = call_as(db, city.other.id)

    data = ask(
        other, "{ workUnits { totalCount nodes { head { name } } } positions { totalCount } grades { totalCount } }"
    )

    assert (data["workUnits"]["totalCount"], data["positions"]["totalCount"], data["grades"]["totalCount"]) == (
        4,
        7,
        34,
    )
    assert [node["head"] for node in data["workUnits"]["nodes"]] == [None, None, None, {"name": "Agus Pratama"}]


def test_delegations_are_seen_by_both_sides(db, city):
    Delegation.create(delegator=city.chief, delegate=city.officer, valid_from=JANUARY)
    query = "{ delegations { nodes { delegator { name } delegate { name } } } }"

    assert ask(call_as(db, city.officer.id), query)["delegations"]["nodes"] == [
        {"delegator": {"name": "Siti Aminah"}, "delegate": {"name": "Budi Santoso"}}
    ]
    assert ask(call_as(db, city.clerk.id), query)["delegations"]["nodes"] == []


LISTS = """{
  workUnits(first: 100) { nodes { code parent { code } head { name } children { nodes { code } }
    positions(first: 2) { nodes { title kind { name } } } assignments(first: 2) { nodes { employee { name } } }
    revisions { nodes { name parent { name } } } successor { code } } }
  employees(first: 100) { totalCount nodes { name nip grade { code } unit { code } position { title }
    superior { name unit { code } } supervisionGap subordinates { name unit { code } }
    assignments(first: 2) { nodes { position { title } namedSuperior { name } } } identifiers { nodes { number } }
    reportingLines { nodes { superior { name } } } delegationsGiven { nodes { delegate { name } unit { code } } }
    delegationsReceived { nodes { delegator { name } } } } }
  positions(first: 100) { nodes { title unit { name } assignments { nodes { employee { name } } } } }
  assignments(first: 100) { nodes { employee { name } position { title } unit { name } } }
  delegations(first: 100) { nodes { delegator { name } delegate { name } } }
  reportingLines(first: 100) { nodes { employee { name } superior { name } } }
  positionKinds { nodes { name } } grades { nodes { code } } holidays(first: 100) { nodes { name } }
}"""


def grow(unit, delegator, year, count):
    """Add `count` people to a unit, each with a position, a number and a delegation from `delegator`."""
    kind = PositionKind.get(PositionKind.code == "PELAKSANA")
    for number in range(1, count + 1):
        position = Position.create(
            code=f"{year}-{number}", title=f"Operator {number}", kind=kind, unit=unit, valid_from=JANUARY
        )
        employee = Employee.create(
            nip=f"{year}01012015031{number:03}",
            name=f"Orang {number:02}",
            status=EmploymentStatus.PNS,
            sex=Sex.MALE,
            birth_date=date(year, 1, 1),
        )
        EmployeeIdentifier.create(employee=employee, kind="NIP", number=employee.nip)
        Assignment.create(employee=employee, position=position, unit=unit, valid_from=JANUARY)
        Delegation.create(delegator=delegator, delegate=employee, valid_from=JANUARY)


@pytest.mark.parametrize("who", ["system", "head"])
def test_lists_take_as_many_statements_for_50_rows_as_for_5(db, ctx, city, count_statements, who):
    grow(city.registry, city.clerk, 1990, 5)
    rebuild_lines(ctx)
    caller = ctx if who == "system" else call_as(db, city.head.id)
    with count_statements() as few:
        small = ask(caller, LISTS)
    grow(city.archive, city.other, 1991, 45)
    rebuild_lines(ctx)
    with count_statements() as many:
        large = ask(caller, LISTS)

    assert (len(small["employees"]["nodes"]), len(large["employees"]["nodes"])) == (12, 57)
    assert len(few) == len(many)
