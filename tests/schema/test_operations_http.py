"""Registered operations as clients meet them: registered, run by hash and by name, alone, with ETags, retired."""

import json
from hashlib import sha256

import pytest

from core.app import create_app
from core.database import utc_now
from core.identity import services as identity
from core.identity.models import Account
from core.operations.models import RegisteredOperation
from tests.support.calls import system_context
from tests.support.city import build_city
from tests.support.cli import answer
from tests.support.grants import give_role

UNITS = "query Units($code: String) { workUnits(filter: {code: {eq: $code}}) { nodes { code name } } }"
REGISTER = """mutation($d: String!, $n: String, $r: Boolean! = false) {
  registerOperation(input: {document: $d, name: $n, replaces: $r}) {
    operation { id name kind sha256 account { username } } problems { code path message } } }"""
ALL = {"nodes": [{"code": code} for code in ("00", "10", "11", "12")]}


def digest(text):
    return sha256(text.encode()).hexdigest()


class Caller:
    """A client with a token, or a stranger."""

    def __init__(self, client, token=None):
        self.client = client
        self.headers = {"Accept-Language": "en"} | ({"Authorization": f"Bearer {token}"} if token else {})

    def post(self, **body):
        return self.client.post("/graphql", json=body, headers=self.headers)

    def get(self, address="/graphql", headers=None, **parameters):
        given = {key: value if isinstance(value, str) else json.dumps(value) for key, value in parameters.items()}
        return self.client.get(address, query_string=given, headers=self.headers | (headers or {}))

    def ask(self, query, **variables):
        response = self.post(query=query, variables=variables)
        assert "errors" not in response.json, response.json
        return response.json["data"]


def code_of(response):
    return response.json["errors"][0]["extensions"]["code"]


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def callers(db, city):
    """A client of the API for an integrator, an officer of nothing, and a stranger."""
    give_role(city.chief, "integrator")
    Account.create(username="plain", employee=city.officer)

    def open_client(settings=db):
        client = create_app(settings, plugins=[]).test_client()
        found = {"stranger": Caller(client)}
        for name in (f"account{city.chief.id}", "plain"):
            account = Account.get(Account.username == name)
            token = identity.create_api_token(
                system_context(db, utc_now()), name="t", account_id=account.id, scopes=["write"]
            ).token
            found["plain" if name == "plain" else "integrator"] = Caller(client, token)
        return found

    return open_client


def register(caller, document, name=None, *, replaces=False):
    return caller.ask(REGISTER, d=document, n=name, r=replaces)["registerOperation"]


def test_an_operation_runs_by_hash_and_by_name_until_it_is_retired(callers):
    callers = callers()
    integrator, plain = callers["integrator"], callers["plain"]

    made = register(integrator, UNITS)["operation"]

    assert (made["name"], made["kind"], made["sha256"]) == ("Units", "query", digest(UNITS))
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": digest(UNITS)}}
    one = {"workUnits": {"nodes": [{"code": "11", "name": "Bidang Pencatatan Sipil"}]}}
    variables = {"code": "11"}
    for response in (
        plain.post(extensions=persisted, variables=variables),
        plain.post(query=UNITS, extensions=persisted, variables=variables),
        plain.post(operationId="Units", variables=variables),
        plain.post(documentId=f"sha256:{digest(UNITS)}", variables=variables),
        plain.get(extensions=persisted, variables=variables),
        plain.get(operationId="Units", variables=variables),
    ):
        assert response.json["data"] == one

    retired = integrator.ask(
        "mutation($id: ID!) { retireOperation(input: {operationId: $id}) { operation { retiredAt } } }", id=made["id"]
    )["retireOperation"]
    assert retired["operation"]["retiredAt"] is not None
    assert code_of(plain.post(extensions=persisted)) == "PERSISTED_QUERY_NOT_FOUND"
    assert code_of(plain.post(operationId="Units")) == "PERSISTED_QUERY_NOT_FOUND"
    assert register(integrator, UNITS)["operation"]["id"] == made["id"]
    assert plain.post(operationId="Units").status_code == 200


def test_a_name_passes_on_and_the_former_document_still_runs_by_its_hash(callers):
    integrator = callers()["integrator"]
    first, second = "query U { workUnits { totalCount } }", "query U { workUnits { nodes { code } } }"
    register(integrator, first)

    refused = register(integrator, second)
    assert [(p["code"], p["path"]) for p in refused["problems"]] == [("OPERATION_NAME_TAKEN", ["input", "name"])]
    made = register(integrator, second, replaces=True)["operation"]

    assert integrator.post(operationId="U").json["data"]["workUnits"] == ALL
    assert integrator.post(operationId=digest(first)).json["data"] == {"workUnits": {"totalCount": 4}}
    integrator.ask(
        "mutation($id: ID!) { retireOperation(input: {operationId: $id}) { problems { code } } }", id=made["id"]
    )
    assert integrator.post(operationId="U").json["data"] == {"workUnits": {"totalCount": 4}}


MISFITS = [
    ("query A { nothing }", None, "OPERATION_INVALID"),
    ("query A {", None, "OPERATION_INVALID"),
    ("query A { me { scopes } } query B { me { scopes } }", None, "OPERATION_INVALID"),
    ("fragment F on Me { scopes }", None, "OPERATION_INVALID"),
    ("query A { me { scopes } } #" + "x" * 100_000, None, "OPERATION_INVALID"),
    ("{ me { scopes } }", None, "OPERATION_NAME_INVALID"),
    ("{ me { scopes } }", "two words", "OPERATION_NAME_INVALID"),
    ("{ me { scopes } }", "a" * 64, "OPERATION_NAME_INVALID"),
    ("query A { me " + "{ account { grants { nodes " * 6 + "{ id }" + " } } }" * 6 + " }", None, "OPERATION_INVALID"),
]


def test_what_does_not_fit_is_not_registered(callers):
    integrator = callers()["integrator"]

    for document, name, code in MISFITS:
        refused = register(integrator, document, name)
        assert (refused["operation"], {problem["code"] for problem in refused["problems"]}) == (None, {code}), document
    assert RegisteredOperation.select().count() == 0


def test_only_integrators_register(callers):
    callers = callers()

    for who in ("plain", "stranger"):
        assert register(callers[who], UNITS)["problems"][0]["code"] == "FORBIDDEN"


BAD_REQUESTS = [
    ({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}}, "PERSISTED_QUERY_NOT_FOUND"),
    ({"extensions": {"persistedQuery": {"version": 2, "sha256Hash": "0" * 64}}}, "BAD_PERSISTED_QUERY"),
    ({"extensions": {"persistedQuery": "x"}}, "BAD_PERSISTED_QUERY"),
    ({"extensions": {"persistedQuery": {"sha256Hash": "x"}}}, "BAD_PERSISTED_QUERY"),
    (
        {"query": "{ __typename }", "extensions": {"persistedQuery": {"sha256Hash": "0" * 64}}},
        "PERSISTED_QUERY_HASH_MISMATCH",
    ),
    ({"operationId": "Nothing"}, "PERSISTED_QUERY_NOT_FOUND"),
    ({"operationId": 7}, "BAD_OPERATION_ID"),
    ({"operationId": "a", "documentId": "b"}, "TWO_OPERATIONS"),
    ({"operationId": "a", "query": "{ __typename }"}, "TWO_OPERATIONS"),
    ({"operationId": "a", "extensions": {"persistedQuery": {"sha256Hash": "0" * 64}}}, "TWO_OPERATIONS"),
]


def test_requests_that_name_nothing_or_two_things(callers):
    stranger = callers()["stranger"]

    for body, code in BAD_REQUESTS:
        response = stranger.post(**body)
        assert (response.status_code, code_of(response)) == (400, code), body


def test_in_allow_list_mode_nothing_else_runs(callers, db):
    open_client = callers
    register(open_client()["integrator"], UNITS)
    callers = open_client(db.model_copy(update={"graphql_registered_only": True}))
    plain = callers["plain"]

    assert plain.post(query=UNITS).json["data"]["workUnits"]["nodes"] != []
    assert plain.post(operationId="Units", variables={"code": "11"}).json["data"]["workUnits"]["nodes"] != []
    for query in ("{ __schema { types { name } } }", "{ me { scopes } }", UNITS + " "):
        for response in (plain.post(query=query), plain.get(query=query), callers["stranger"].post(query=query)):
            assert (response.status_code, code_of(response)) == (400, "OPERATION_NOT_REGISTERED")
    page = plain.get(headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (400, "application/json")


def test_get_of_a_registered_query_has_an_etag_of_the_caller_s_own(callers):
    callers = callers()
    document = "query M { me { account { username } } workUnits { totalCount } }"
    register(callers["integrator"], document)

    mine = callers["integrator"].get(operationId="M")
    others = callers["plain"].get(operationId="M")
    strangers = callers["stranger"].get(operationId="M")

    tags = {response.headers["ETag"] for response in (mine, others, strangers)}
    assert len(tags) == 3
    assert not any(tag.startswith("W/") for tag in tags)
    assert mine.headers["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Accept", "Accept-Language", "Cookie"} <= set(mine.headers["Vary"].split(", "))
    again = callers["integrator"].get(operationId="M", headers={"If-None-Match": mine.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", mine.headers["ETag"])
    assert callers["plain"].get(operationId="M", headers={"If-None-Match": mine.headers["ETag"]}).status_code == 200
    for response in (callers["plain"].get(query="{ me { scopes } }"), callers["plain"].post(operationId="M")):
        assert "ETag" not in response.headers
        assert response.headers["Cache-Control"] == "no-store"


def test_mutations_do_not_run_by_get(callers):
    callers = callers()
    register(callers["integrator"], "mutation Out { logout { problems { code } } }")

    assert code_of(callers["plain"].get(operationId="Out")) == "QUERIES_ONLY"
    assert callers["plain"].post(operationId="Out").json["data"] == {"logout": {"problems": []}}


@pytest.mark.usefixtures("deployed")
def test_the_command_line_registers_lists_and_retires(capsys, tmp_path):
    (tmp_path / "units.graphql").write_text(f"\n{UNITS}\n")
    manifest = {
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [
            {"id": "x", "name": "A", "type": "query", "body": "query A { me { scopes } }"},
            {"id": "y", "name": "B", "type": "query", "body": "query B { me { scopes } }"},
        ],
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "bad.graphql").write_text("query C { nothing }")

    code, out, _ = answer(
        capsys, "operations", "register", str(tmp_path / "units.graphql"), str(tmp_path / "manifest.json"), "--json"
    )
    assert (code, json.loads(out)[0]["sha256"]) == (0, digest(UNITS))
    code, _, err = answer(capsys, "operations", "register", str(tmp_path / "bad.graphql"), "--lang", "en")
    assert code == 1
    assert "OPERATION_INVALID" in err
    assert answer(capsys, "operations", "retire", "B", digest(UNITS))[0] == 0
    assert answer(capsys, "operations", "retire", "B")[0] == 1
    assert [row["name"] for row in json.loads(answer(capsys, "operations", "list", "--json")[1])] == ["A"]
    assert len(json.loads(answer(capsys, "operations", "list", "--retired", "--json")[1])) == 3
    assert "query" in answer(capsys, "operations", "list")[1]
