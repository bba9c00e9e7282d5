"""Views as offices use them: a registered query as an address that answers JSON, CSV and XLSX."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from core.app import create_app
from core.database import utc_now
from core.identity import services as identity
from core.identity.models import Account
from core.operations.services import register_operation
from core.organisation.models import WorkUnit
from core.registry import active_registry
from schema.plugin import application_schema
from schema.view_plan import plan_of
from tests.support.calls import system_context
from tests.support.city import build_city, unit
from tests.support.grants import give_role


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def office(db, city):
    """A client with the token of somebody who sees everybody, and the way to register a view."""
    give_role(city.secretary, "hr_admin")
    account = Account.get(Account.employee == city.secretary)
    token = identity.create_api_token(system_context(db, utc_now()), name="t", account_id=account.id).token

    class Office:
        settings = db

        def __init__(self):
            self.use()

        def use(self, **changed):
            self.client = create_app(self.settings.model_copy(update=changed), plugins=[]).test_client()

        def register(self, document, **more):
            register_operation(system_context(self.settings), document=document, **more)

        def get(self, path, token=token, **headers):
            given = {"Authorization": f"Bearer {token}"} if token else {}
            return self.client.get(f"/views/{path}", headers={"Accept-Language": "en", **given, **headers})

    return Office()


def rows_of(response):
    assert response.status_code == 200, response.data
    return list(csv.reader(io.StringIO(response.data.decode())))


PEOPLE = "query People($status: [EmploymentStatus!], $born: Date) { employees(filter: {status: {in: $status}, "
PEOPLE += "birthDate: {lt: $born}}, orderBy: [{name: ASC}]) { totalCount nodes { name birthDate grade { code } } } }"


def test_a_view_is_a_table_in_three_formats(office):
    office.register(PEOPLE, description="Everybody")

    table = rows_of(office.get("People.csv?status=PNS&status=CPNS&born=1990-01-01"))

    assert table[0] == ["name", "birthDate", "grade.code"]
    assert table[1:] == [
        ["Agus Pratama", "1981-04-11", "III/c"],
        ["Ketut Wirawan", "1972-05-17", "III/c"],
        ["Made Sudana", "1968-01-01", "III/c"],
        ["Siti Aminah", "1980-03-10", "III/c"],
    ]
    book = office.get("People?format=xlsx&born=1970-01-01")
    assert book.headers["Content-Disposition"] == 'attachment; filename="People.xlsx"'
    page = [list(row) for row in load_workbook(io.BytesIO(book.data)).active.iter_rows(values_only=True)]
    assert page[0] == ["name", "birthDate", "grade.code"]
    assert [page[1][0], page[1][1].date(), page[1][2]] == ["Made Sudana", date(1968, 1, 1), "III/c"]
    answer = office.get("People?born=1970-01-01").json
    assert answer == {
        "data": {
            "employees": {
                "totalCount": 1,
                "nodes": [{"name": "Made Sudana", "birthDate": "1968-01-01", "grade": {"code": "III/c"}}],
            }
        }
    }


def test_the_format_is_that_of_address_ending_or_header(office):
    office.register(PEOPLE)

    assert office.get("People.csv?format=json").mimetype == "application/json"
    assert office.get("People", Accept="text/csv").mimetype == "text/csv"
    assert office.get("People", Accept="*/*").mimetype == "application/json"
    with_mark = office.get("People.csv?bom=1").data
    assert with_mark.startswith(b"\xef\xbb\xbf")
    for response in (office.get("People.pdf"), office.get("People?format=x"), office.get("People", Accept="image/png")):
        assert (response.status_code, codes(response)) == (406, ["VIEW_FORMAT_UNKNOWN"])


def codes(response):
    return [error["extensions"]["code"] for error in response.json["errors"]]


def test_all_pages_come_up_to_the_limit(office, city):
    for number in range(7):
        unit(f"9{number}", f"Seksi {number}", city.archive)
    office.register("query Units { workUnits(orderBy: [{code: ASC}]) { nodes { code } pageInfo { hasNextPage } } }")
    office.register("query Few { workUnits(first: 3, orderBy: [{code: ASC}]) { nodes { code } } }")
    codes_of_all = [row.code for row in WorkUnit.select().order_by(WorkUnit.code)]
    office.use(graphql_max_page_size=3, graphql_page_size=2)

    assert [row[0] for row in rows_of(office.get("Units.csv"))[1:]] == codes_of_all
    whole = office.get("Units").json["data"]["workUnits"]
    assert [node["code"] for node in whole["nodes"]] == codes_of_all
    assert whole["pageInfo"] == {"hasNextPage": False}
    assert len(rows_of(office.get("Few.csv"))) == 1 + 3

    for limit, is_served in ((len(codes_of_all), True), (len(codes_of_all) - 1, False)):
        office.use(graphql_max_page_size=3, graphql_page_size=2, views_max_rows=limit)
        response = office.get("Units.csv")
        assert (response.status_code == 200) is is_served
    assert codes(response) == ["VIEW_TOO_LARGE"]
    assert str(limit) in response.json["errors"][0]["message"]


def test_cells_are_no_formulas_and_lists_are_joined_or_counted(office, city):
    WorkUnit.update(name='=HYPERLINK("http://x")').where(WorkUnit.code == "11").execute()
    office.register(
        """query Tree { workUnits(filter: {code: {in: ["10", "11"]}}, orderBy: [{code: ASC}]) { nodes {
          ...Names below: children(orderBy: [{code: ASC}]) { totalCount nodes { code } }
          two: children { edges { node { code name } } } parent { name } } } }
        fragment Names on WorkUnit { code title: name validFrom }"""
    )

    table = rows_of(office.get("Tree.csv"))

    assert table == [
        ["code", "title", "validFrom", "below.totalCount", "below.nodes", "two.edges", "parent.name"],
        ["10", "Dinas Kependudukan dan Pencatatan Sipil", "2026-01-01", "2", "11; 12", "2", "Kota Contoh"],
        ["11", '\'=HYPERLINK("http://x")', "2026-01-01", "0", "", "0", "Dinas Kependudukan dan Pencatatan Sipil"],
    ]
    book = load_workbook(io.BytesIO(office.get("Tree.xlsx").data)).active
    assert book["B3"].data_type == "s"
    assert book["B3"].value == '\'=HYPERLINK("http://x")'


def test_numbers_stay_numbers(office):
    from schema.view_plan import Column
    from schema.view_tables import as_csv, cell

    row = {"points": "-12.5", "note": "-12.5", "tags": ["=a", "b"], "any": {"x": 1}, "is": True}
    columns = [
        Column(("points",), "Decimal"),
        Column(("note",), "String"),
        Column(("tags",), "String", is_many=True, leaf=()),
        Column(("any",), "JSON"),
        Column(("is",), "Boolean"),
    ]

    cells = [cell(row, column) for column in columns]

    assert cells == [Decimal("-12.5"), "'-12.5", "'=a; b", '{"x":1}', True]
    assert as_csv(["h"], iter([cells]), bom=False) == b'h\r\n-12.5,\'-12.5,\'=a; b,"{""x"":1}",true\r\n'


ANSWERS = [
    ("People.csv?status=KING", "VARIABLE_INVALID", "PNS"),
    ("People.csv?born=1.1.1990", "VARIABLE_INVALID", "born"),
    ("People.csv?born=1990-01-01&born=1991-01-01", "VARIABLE_INVALID", "repeat"),
    ("People.csv?borm=1990-01-01", "VARIABLE_UNKNOWN", "born"),
    ("Needs", "VARIABLE_MISSING", "code"),
    ("Needs?code=11&number=x", "VARIABLE_INVALID", "number"),
    ("Needs?code=11&where={", "VARIABLE_INVALID", "where"),
    ('Needs?code=11&where={"nome":{"eq":"x"}}', "VARIABLE_INVALID", "where"),
    ("Needs?code=11&yes=maybe", "VARIABLE_INVALID", "yes"),
    ("Two.csv", "VIEW_NOT_A_TABLE", "workUnits, employees"),
]


def test_wrong_values_are_named_and_right_ones_typed(office):
    office.register(PEOPLE)
    office.register(
        "query Needs($code: String!, $number: Int = 5, $where: WorkUnitFilter! = {}, $yes: Boolean = true) { "
        "workUnits(first: $number, filter: {and: [{code: {eq: $code}}, $where]}) @include(if: $yes) "
        "{ nodes { code } } }"
    )
    office.register("query Two { workUnits { nodes { code } } employees { nodes { name } } }")
    office.register("query One { me { account { username } scopes } }")
    office.register("mutation Out { logout { problems { code } } }")

    for path, code, word in ANSWERS:
        response = office.get(path)
        assert (response.status_code, codes(response)) == (400, [code]), path
        assert word in response.json["errors"][0]["message"], path
    good = 'Needs.csv?code=11&number=1&yes=true&where={"name":{"contains":"Sipil"}}'
    assert rows_of(office.get(good)) == [["code"], ["11"]]
    assert rows_of(office.get("Needs.csv?code=11&number=")) == [["code"], ["11"]]
    assert office.get("Needs?code=11&yes=false").json == {"data": {}}
    assert office.get("Two").status_code == 200
    assert rows_of(office.get("One.csv")) == [["scopes"], ["read"]]
    for name in ("Out", "Nothing"):
        assert (office.get(name).status_code, codes(office.get(name))) == (404, ["VIEW_UNKNOWN"])


def test_views_obey_the_caller_s_policy_and_strangers_see_none(office, db, city):
    office.register(PEOPLE)
    plain = Account.create(username="plain", employee=city.other)
    token = identity.create_api_token(system_context(db, utc_now()), name="t", account_id=plain.id).token

    mine, others = office.get("People.csv"), office.get("People.csv", token=token)

    assert len(rows_of(mine)) == 1 + 7
    assert {row[0] for row in rows_of(others)[1:]} == {"Dewi Lestari", "Agus Pratama"}
    again = office.get("People.csv", **{"If-None-Match": mine.headers["ETag"]})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "private, no-cache")
    assert office.get("People.csv", token=token, **{"If-None-Match": mine.headers["ETag"]}).status_code == 200
    for token in (None, "kin_wrong"):
        response = office.get("People.csv", token=token)
        assert (response.status_code, codes(response)) == (401, ["UNAUTHENTICATED"])
        assert office.get("", token=token).status_code == 401
    listed = office.client.get("/views", headers={"Authorization": mine.request.headers["Authorization"]}).json
    assert listed["views"][0]["name"] == "People"
    assert listed["views"][0]["variables"] == [
        {"name": "status", "type": "[EmploymentStatus!]", "isRequired": False},
        {"name": "born", "type": "Date", "isRequired": False},
    ]


def test_a_failing_query_is_never_a_table(office):
    office.register(
        "query Bad { workUnits { nodes { code } } me { account { grants(first: 100000) { totalCount } } } }"
    )

    answer = office.get("Bad.csv")

    assert (answer.status_code, answer.mimetype) == (422, "application/json")
    assert codes(answer) != []
    assert office.get("Bad").status_code == 200


@pytest.mark.usefixtures("db")
def test_fragments_on_the_way_to_the_list_are_followed():
    schema = application_schema(active_registry()) if active_registry().schema_parts else None
    if schema is None:
        from core.plugin_host import build_registry

        schema = application_schema(build_registry(active_registry().settings, [], web=True))
    from graphql import parse

    plan = plan_of(
        schema.graphql,
        parse(
            """query Q($id: ID!) { unit: node(id: $id) { ...U } } fragment U on WorkUnit { name ...C }
            fragment C on WorkUnit { below: children { nodes { code } } }"""
        ),
    )

    assert plan.rows.path == ("unit", "below")
    assert plan.rows.is_whole
    assert "first: $kinerjaFirst" in plan.document
