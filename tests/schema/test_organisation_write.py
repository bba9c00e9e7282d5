from datetime import date

import pytest

from core.history.models import HistoryRecord
from core.i18n import speaking
from core.organisation.models import (
    Assignment,
    Delegation,
    Employee,
    Grade,
    Position,
    PositionKind,
    ReportingLine,
    WorkUnit,
    WorkUnitRevision,
)
from core.workdays.models import Holiday
from schema.execution import execute
from tests.support.calls import call_as
from tests.support.city import build_city
from tests.support.grants import give_role
from tests.support.schemas import core_schema

TABLES = (
    WorkUnit,
    WorkUnitRevision,
    Position,
    Employee,
    Assignment,
    Delegation,
    ReportingLine,
    Holiday,
    HistoryRecord,
)


@pytest.fixture
def city(db):
    return build_city()


def do(ctx, mutation, selection, **values):
    kind = mutation[0].upper() + mutation[1:] + "Input"
    query = (
        f"mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {selection} problems {{ path code message }} }} }}"
    )
    response = execute(core_schema(), ctx, query, {"input": values})
    assert "errors" not in response, response["errors"]
    return response["data"][mutation]


def done(ctx, mutation, selection, **values):
    answer = do(ctx, mutation, selection, **values)
    assert answer.pop("problems") == []
    return answer


def everything():
    return [list(model.select().order_by(model.id).dicts()) for model in TABLES]


def problems(ctx, mutation, **values):
    """Codes and paths of a refusal that changed nothing."""
    before = everything()
    answer = do(ctx, mutation, "__typename", **values)
    assert everything() == before
    assert answer["problems"]
    return [(problem["code"], ".".join(map(str, problem["path"]))) for problem in answer["problems"]]


def gid(row):
    return f"{type(row).__name__}:{row.id}"


def kind(code):
    return gid(PositionKind.get(PositionKind.code == code))


def hr_of(db, city, unit=None, role="hr_officer"):
    give_role(city.other, role, unit)
    return call_as(db, city.other.id)


def test_an_hr_officer_builds_up_a_unit_with_people(db, city):
    hr = hr_of(db, city, city.agency)
    unit = done(
        hr,
        "createUnit",
        "unit { id version path depth parent { code } revisions { nodes { name validFrom } } }",
        code="13",
        name="Bidang Data",
        parentId=gid(city.agency),
        kind="Bidang",
        validFrom="2026-01-01",
    )["unit"]
    assert (unit["version"], unit["depth"], unit["parent"]) == (1, 2, {"code": "10"})
    assert unit["revisions"]["nodes"] == [{"name": "Bidang Data", "validFrom": "2026-01-01"}]
    head = done(
        hr,
        "createPosition",
        "position { id isHead kind { code } unit { name } }",
        code="13-K",
        title="Kepala Bidang Data",
        kindId=kind("ADMINISTRATOR"),
        unitId=unit["id"],
        isHead=True,
        jobClass=11,
        echelon="III.b",
        validFrom="2026-01-01",
    )["position"]
    assert head["isHead"] is True
    made = done(
        hr,
        "createEmployee",
        "employee { id nip name unit { code } superior { name } supervisionBasis version } "
        "warnings { code path message }",
        nip="19820203 200604 2 011",
        name="Komang Ayu",
        status="PNS",
        sex="MALE",
        birthDate="1982-02-03",
        gradeId=gid(Grade.get(Grade.code == "IV/a")),
        positionId=head["id"],
        validFrom="2026-01-05",
    )
    assert made["employee"] == {
        "id": made["employee"]["id"],
        "nip": "198202032006042011",
        "name": "Komang Ayu",
        "unit": {"code": "13"},
        "superior": {"name": "Ketut Wirawan"},
        "supervisionBasis": "HEAD",
        "version": 1,
    }
    assert made["warnings"] == [
        {
            "code": "NUMBER_SEX_DIFFERS",
            "path": ["input", "nip"],
            "message": "Digit 15 of 198202032006042011 does not fit the sex given. Check both.",
        }
    ]
    staff = done(
        hr,
        "createPosition",
        "position { id }",
        code="13-S",
        title="Analis Data",
        kindId=kind("PELAKSANA"),
        unitId=unit["id"],
        validFrom="2026-01-01",
    )["position"]
    moved = done(
        hr,
        "assignEmployee",
        "assignment { id version kind isPrimary unit { code } employee { superior { name } "
        "reportingLines { nodes { superior { name } validFrom validTo } } } }",
        employeeId=gid(city.officer),
        positionId=staff["id"],
        validFrom="2026-01-12",
        endsPrevious=True,
        decreeNumber="SK 7/2026",
    )["assignment"]
    assert moved["employee"] == {
        "superior": {"name": "Komang Ayu"},
        "reportingLines": {
            "nodes": [
                {"superior": {"name": "Komang Ayu"}, "validFrom": "2026-01-12", "validTo": None},
                {"superior": {"name": "Siti Aminah"}, "validFrom": "2026-01-01", "validTo": "2026-01-11"},
            ]
        },
    }
    ended = done(
        hr, "endAssignment", "assignment { validTo }", id=moved["id"], version=moved["version"], lastDay="2026-12-31"
    )
    assert ended == {"assignment": {"validTo": "2026-12-31"}}


def test_units_are_renamed_moved_merged_and_closed(db, city):
    hr = hr_of(db, city, None, "hr_admin")
    renamed = done(
        hr,
        "renameUnit",
        "unit { name shortName version revisions { nodes { name validFrom validTo } } }",
        id=gid(city.registry),
        version=1,
        name="Bidang Pelayanan",
        shortName="Yan",
        validFrom="2026-01-10",
    )["unit"]
    assert renamed == {
        "name": "Bidang Pelayanan",
        "shortName": "Yan",
        "version": 2,
        "revisions": {
            "nodes": [
                {"name": "Bidang Pencatatan Sipil", "validFrom": "2026-01-01", "validTo": "2026-01-09"},
                {"name": "Bidang Pelayanan", "validFrom": "2026-01-10", "validTo": None},
            ]
        },
    }
    updated = done(hr, "updateUnit", "unit { kind code }", id=gid(city.registry), version=2, kind="Bidang")
    assert updated == {"unit": {"kind": "Bidang", "code": "11"}}
    moved = done(hr, "moveUnit", "unit { depth parent { code } }", id=gid(city.archive), version=1,
                 parentId=gid(city.registry), validFrom="2026-01-11")  # fmt: skip
    assert moved == {"unit": {"depth": 3, "parent": {"code": "11"}}}
    merged = done(
        hr,
        "mergeUnit",
        "unit { validTo successor { code } } successor { code assignments { totalCount } }",
        id=gid(city.archive),
        version=2,
        successorId=gid(city.registry),
        validFrom="2026-01-12",
    )
    assert merged == {
        "unit": {"validTo": "2026-01-11", "successor": {"code": "11"}},
        "successor": {"code": "11", "assignments": {"totalCount": 5}},
    }
    empty = done(hr, "createUnit", "unit { id }", code="14", name="Kosong", validFrom="2026-01-01")["unit"]
    closed = done(hr, "closeUnit", "unit { validTo }", id=empty["id"], version=1, lastDay="2026-01-14")
    assert closed == {"unit": {"validTo": "2026-01-14"}}


def test_positions_and_people_are_changed(db, city):
    hr = hr_of(db, city, None, "hr_admin")
    position = done(
        hr,
        "updatePosition",
        "position { title jobClass version }",
        id=gid(city.positions["clerk"]),
        version=1,
        title="Operator",
        jobClass=5,
    )["position"]
    assert position == {"title": "Operator", "jobClass": 5, "version": 2}
    employee = done(
        hr,
        "updateEmployee",
        "employee { phone grade { code } version } warnings { code }",
        id=gid(city.clerk),
        version=1,
        phone="0812",
        gradeId=None,
    )
    assert employee == {"employee": {"phone": "0812", "grade": None, "version": 2}, "warnings": []}
    acting = done(
        hr,
        "assignEmployee",
        "assignment { id isPrimary }",
        employeeId=gid(city.head),
        positionId=gid(city.positions["chief"]),
        validFrom="2026-02-01",
        kind="PLT",
    )["assignment"]
    assert acting["isPrimary"] is False
    assert done(hr, "withdrawAssignment", "withdrawnId", id=acting["id"], version=1) == {"withdrawnId": acting["id"]}
    spare = done(
        hr,
        "createPosition",
        "position { id }",
        code="spare",
        title="Cadangan",
        kindId=kind("PELAKSANA"),
        unitId=gid(city.registry),
        validFrom="2026-01-01",
    )["position"]
    closed = done(hr, "closePosition", "position { validTo }", id=spare["id"], version=1, lastDay="2026-06-30")
    assert closed == {"position": {"validTo": "2026-06-30"}}


def test_a_superior_delegates(db, city):
    chief = call_as(db, city.chief.id)
    made = done(
        chief,
        "createDelegation",
        "delegation { id version delegate { name subordinates { name } } unit { code } }",
        delegatorId=gid(city.chief),
        delegateId=gid(city.officer),
        unitId=gid(city.registry),
        validFrom="2026-01-15",
    )["delegation"]
    assert made["delegate"] == {"name": "Budi Santoso", "subordinates": [{"name": "Rina Wulandari"}]}
    ended = done(chief, "endDelegation", "delegation { validTo }", id=made["id"], version=1, lastDay="2026-01-20")
    assert ended == {"delegation": {"validTo": "2026-01-20"}}
    later = done(
        chief,
        "createDelegation",
        "delegation { id }",
        delegatorId=gid(city.chief),
        delegateId=gid(city.officer),
        validFrom="2026-03-01",
    )["delegation"]
    assert done(chief, "withdrawDelegation", "withdrawnId", id=later["id"], version=1) == {"withdrawnId": later["id"]}


def test_holidays_are_kept(db, city):
    hr = hr_of(db, city, None, "hr_admin")
    made = done(
        hr, "saveHoliday", "holiday { id version kind }", day="2026-06-22", name="Hari Jadi Kota", kind="REGIONAL"
    )["holiday"]
    changed = done(
        hr,
        "saveHoliday",
        "holiday { day version }",
        id=made["id"],
        version=1,
        day="2026-06-23",
        name="Hari Jadi Kota",
        kind="REGIONAL",
    )["holiday"]
    assert changed == {"day": "2026-06-23", "version": 2}
    assert problems(hr, "deleteHoliday", id=made["id"], version=1) == [("STALE_VERSION", "input.version")]
    assert done(hr, "deleteHoliday", "deletedId", id=made["id"], version=2) == {"deletedId": made["id"]}


CHANGES = {
    "createUnit": lambda c: {"code": "x", "name": "x", "validFrom": "2026-01-01", "parentId": gid(c.registry)},
    "updateUnit": lambda c: {"id": gid(c.registry), "version": 1, "kind": "x"},
    "renameUnit": lambda c: {"id": gid(c.registry), "version": 1, "name": "x", "validFrom": "2026-01-10"},
    "moveUnit": lambda c: {"id": gid(c.registry), "version": 1, "validFrom": "2026-01-10"},
    "mergeUnit": lambda c: {
        "id": gid(c.registry),
        "version": 1,
        "successorId": gid(c.archive),
        "validFrom": "2026-01-10",
    },
    "closeUnit": lambda c: {"id": gid(c.registry), "version": 1, "lastDay": "2026-01-10"},
    "createPosition": lambda c: {
        "code": "x",
        "title": "x",
        "kindId": kind("PELAKSANA"),
        "unitId": gid(c.registry),
        "validFrom": "2026-01-01",
    },
    "updatePosition": lambda c: {"id": gid(c.positions["clerk"]), "version": 1, "title": "x"},
    "closePosition": lambda c: {"id": gid(c.positions["clerk"]), "version": 1, "lastDay": "2026-01-10"},
    "createEmployee": lambda c: {
        "nip": "199505052020032007",
        "name": "x",
        "status": "PNS",
        "sex": "FEMALE",
        "birthDate": "1995-05-05",
    },
    "updateEmployee": lambda c: {"id": gid(c.clerk), "version": 1, "phone": "x"},
    "assignEmployee": lambda c: {
        "employeeId": gid(c.clerk),
        "positionId": gid(c.positions["officer"]),
        "validFrom": "2026-02-01",
        "endsPrevious": True,
    },
    "endAssignment": lambda c: {
        "id": gid(Assignment.get(Assignment.employee == c.clerk)),
        "version": 1,
        "lastDay": "2026-01-10",
    },
    "withdrawAssignment": lambda c: {"id": gid(Assignment.get(Assignment.employee == c.clerk)), "version": 1},
    "createDelegation": lambda c: {
        "delegatorId": gid(c.chief),
        "delegateId": gid(c.officer),
        "validFrom": "2026-02-01",
    },
    "saveHoliday": lambda c: {"day": "2026-06-22", "name": "x", "kind": "REGIONAL"},
}


@pytest.mark.parametrize("who", ["clerk", "officer", "head", "other", "hr_elsewhere", "auditor"])
def test_the_wrong_people_change_nothing(db, city, who):
    if who == "hr_elsewhere":
        caller = hr_of(db, city, city.archive)
    elif who == "auditor":
        caller = hr_of(db, city, None, "auditor")
    else:
        caller = call_as(db, getattr(city, who).id)

    for mutation, values in CHANGES.items():
        codes = {code for code, _ in problems(caller, mutation, **values(city))}
        assert codes <= {"FORBIDDEN", "NOT_FOUND"}, mutation


@pytest.mark.parametrize(
    ("mutation", "values", "expected"),
    [
        ("createUnit", {"code": "x", "name": "x", "validFrom": "2026-01-01", "parentId": "Unit:1"}, "input.parentId"),
        ("updateUnit", {"id": "WorkUnit:abc", "version": 1}, "input.id"),
        ("updatePosition", {"id": "WorkUnit:1", "version": 1}, "input.id"),
        ("endAssignment", {"id": "", "version": 1, "lastDay": "2026-01-01"}, "input.id"),
        ("withdrawDelegation", {"id": "Delegation:99999999999999999999", "version": 1}, "input.id"),
    ],
)
def test_a_wrong_id_is_named(db, city, mutation, values, expected):
    hr = hr_of(db, city, None, "hr_admin")

    assert problems(hr, mutation, **values) == [("BAD_ID", expected)]


@pytest.mark.parametrize(
    ("mutation", "values"),
    [
        ("updateUnit", {"id": "WorkUnit:999", "version": 1}),
        ("updatePosition", {"id": "Position:999", "version": 1}),
        ("updateEmployee", {"id": "Employee:999", "version": 1}),
        ("endAssignment", {"id": "Assignment:999", "version": 1, "lastDay": "2026-01-01"}),
        ("endDelegation", {"id": "Delegation:999", "version": 1, "lastDay": "2026-01-01"}),
        ("deleteHoliday", {"id": "Holiday:999", "version": 1}),
    ],
)
def test_an_unknown_id_is_not_found(db, city, mutation, values):
    hr = hr_of(db, city, None, "hr_admin")

    assert problems(hr, mutation, **values) == [("NOT_FOUND", "input.id")]


def test_null_is_refused_where_a_column_needs_a_value(db, city):
    hr = hr_of(db, city, None, "hr_admin")

    assert problems(hr, "updateEmployee", id=gid(city.clerk), version=1, frontTitle=None) == [
        ("NULL_GIVEN", "input.frontTitle")
    ]
    assert problems(hr, "updatePosition", id=gid(city.positions["clerk"]), version=1, kindId=None) == [
        ("NULL_GIVEN", "input.kindId")
    ]


def test_a_refusal_speaks_the_callers_language_and_names_the_remedy(db, city):
    hr = hr_of(db, city, None, "hr_admin")
    values = {"nip": "199005172015031002", "name": "x", "status": "PNS", "sex": "MALE", "birthDate": "1990-05-17"}
    english = do(hr, "createEmployee", "employee { id }", **values)
    hr.language = "id"
    with speaking("id"):
        indonesian = do(hr, "createEmployee", "employee { id }", **values)

    assert (english["employee"], english["problems"]) == (
        None,
        [
            {
                "path": ["input", "nip"],
                "code": "NUMBER_TAKEN",
                "message": "Another employee has or had the number 199005172015031002. "
                "Check it, or look for that employee.",
            }
        ],
    )
    assert indonesian["problems"][0]["message"] == (
        "Pegawai lain memakai atau pernah memakai nomor 199005172015031002. Periksa nomornya, atau cari pegawai itu."
    )
    assert Employee.select().where(Employee.birth_date == date(1990, 5, 17)).count() == 1


def test_ids_within_changes_are_read(db, city):
    hr = hr_of(db, city, None, "hr_admin")
    clerk = gid(city.positions["clerk"])

    changed = done(hr, "updatePosition", "position { kind { code } }", id=clerk, version=1, kindId=kind("TERAMPIL"))

    assert changed == {"position": {"kind": {"code": "TERAMPIL"}}}
    assert problems(hr, "updatePosition", id=clerk, version=2, kindId="Grade:1") == [("BAD_ID", "input.kindId")]
