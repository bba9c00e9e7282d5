"""Logging in, roles and tokens as clients see them: over HTTP, with real tokens."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from core.app import create_app
from core.database import database, utc_now
from core.history.models import HistoryRecord
from core.identity import services as identity
from core.identity.actors import actor_for_account
from core.identity.models import Account, ApiToken, LoginSession, RoleGrant
from core.identity.services.last_admin import ROLE
from tests.support.apps import app_of
from tests.support.calls import system_context
from tests.support.city import build_city

PASSWORD = "empat kata acak sekali"
LOGIN = """mutation($u: String!, $p: String!) {
  login(input: {username: $u, password: $p}) { accessToken refreshToken expiresIn problems { path code message } } }"""
REFRESH = """mutation($t: String!) {
  refresh(input: {refreshToken: $t}) { accessToken refreshToken problems { path code } } }"""
ME = """{ me { account { username } employee { name } roles { role title unit { code } } permissions
  unitsHeaded { code } scopes } }"""


class Caller:
    """A client of the API with a token."""

    def __init__(self, client, token=None, language="en"):
        self.client, self.token, self.language = client, token, language

    def post(self, query, **variables):
        headers = {"Accept-Language": self.language}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        return self.client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)

    def ask(self, query, **variables):
        response = self.post(query, **variables)
        assert response.status_code == 200, response.json
        assert "errors" not in response.json, response.json
        return response.json["data"]

    def log_in(self, username, password=PASSWORD):
        answer = self.ask(LOGIN, u=username, p=password)["login"]
        assert answer["problems"] == []
        return Caller(self.client, answer["accessToken"], self.language), answer


@pytest.fixture
def city(db):
    city = build_city()
    ctx = system_context(db, utc_now())
    for who in ("head", "chief", "officer", "clerk"):
        identity.create_account(ctx, username=who, password=PASSWORD, employee_id=getattr(city, who).id)
    return city


@pytest.fixture
def stranger(db, city):
    return Caller(app_of(db).test_client())


def grant(db, who, role, unit=None):
    account = Account.get(Account.username == who)
    identity.grant_role(
        system_context(db, utc_now()), account_id=account.id, role=role, unit_id=unit.id if unit else None
    )


def counts():
    return [model.select().count() for model in (Account, RoleGrant, ApiToken, LoginSession, HistoryRecord)]


def test_login_gives_tokens_that_tell_who_calls(stranger, city):
    caller, answer = stranger.log_in("CHIEF")

    assert answer["expiresIn"] == 600
    assert caller.ask(ME)["me"] == {
        "account": {"username": "chief"},
        "employee": {"name": "Siti Aminah"},
        "roles": [],
        "permissions": [],
        "unitsHeaded": [{"code": "11"}],
        "scopes": None,
    }


def test_a_stranger_is_nobody(stranger):
    assert stranger.ask(ME) == {"me": None}


def test_roles_are_told_with_their_place_and_title(stranger, city, db):
    grant(db, "clerk", "auditor", city.agency)

    caller, _ = Caller(stranger.client, language="id").log_in("clerk")

    me = caller.ask(ME)["me"]
    assert me["roles"] == [{"role": "auditor", "title": "Auditor", "unit": {"code": "10"}}]
    assert "history.read" in me["permissions"]


@pytest.mark.parametrize(("username", "password"), [("chief", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_a_failed_login_is_a_problem_that_tells_nothing(stranger, username, password):
    before = counts()

    answer = stranger.ask(LOGIN, u=username, p=password)["login"]

    assert (answer["accessToken"], answer["refreshToken"]) == (None, None)
    assert [(p["path"], p["code"]) for p in answer["problems"]] == [(["input"], "LOGIN_FAILED")]
    assert counts() == before


def test_problems_are_told_in_indonesian(stranger):
    answer = Caller(stranger.client, language="id").ask(LOGIN, u="x", p="y")["login"]

    assert answer["problems"][0]["message"].startswith("Anda tidak masuk")


LOGIN_WITH_CODE = """mutation($p: String!, $c: String) {
  login(input: {username: "clerk", password: $p, code: $c}) { accessToken problems { path code } } }"""


def test_an_account_with_a_second_factor_logs_in_with_its_code_only(stranger, db):
    account = Account.get(Account.username == "clerk")
    session = identity.login(system_context(db, utc_now()), "clerk", PASSWORD).session
    actor = replace(actor_for_account(account, utc_now().date()), session_id=session.id)
    ctx = replace(system_context(db, utc_now()), actor=actor)
    enrolment = identity.begin_enrolment(ctx, PASSWORD)
    device = pyotp.TOTP(enrolment.secret)
    recovery = identity.confirm_enrolment(ctx, enrolment.sealed, device.at(ctx.now))
    sessions = LoginSession.select().count()

    def refusal(code):
        answer = stranger.ask(LOGIN_WITH_CODE, p=PASSWORD, c=code)["login"]
        assert answer["accessToken"] is None
        assert LoginSession.select().count() == sessions
        [problem] = answer["problems"]
        assert problem["path"] == ["input", "code"]
        return problem["code"]

    assert refusal(None) == "SECOND_FACTOR_NEEDED"
    assert refusal("000000") == "SECOND_FACTOR_WRONG"
    assert refusal(device.at(ctx.now)) == "SECOND_FACTOR_WRONG"
    for code in (device.at(utc_now() + timedelta(seconds=30)), recovery[0]):
        token = stranger.ask(LOGIN_WITH_CODE, p=PASSWORD, c=code)["login"]["accessToken"]
        assert Caller(stranger.client, token).ask(ME)["me"]["account"] == {"username": "clerk"}


def test_an_account_that_needs_a_second_factor_is_sent_to_set_it_up(db, city):
    grant(db, "clerk", "auditor")
    strict = Caller(create_app(db.model_copy(update={"second_factor_roles": ["auditor"]}), []).test_client())

    answer = strict.ask(LOGIN_WITH_CODE, p=PASSWORD)["login"]

    assert (answer["accessToken"], [one["code"] for one in answer["problems"]]) == (None, ["SECOND_FACTOR_MISSING"])
    assert LoginSession.select().count() == 0


def test_failed_log_ins_of_one_address_are_limited(db, city):
    client = Caller(create_app(db.model_copy(update={"login_tries_per_minute": 2}), []).test_client())

    codes = [client.ask(LOGIN, u=name, p="wrong")["login"]["problems"][0]["code"] for name in ("a", "b", "chief")]

    assert codes == ["LOGIN_FAILED", "LOGIN_FAILED", "TOO_MANY_TRIES"]


def test_refreshing_over_and_over_and_once_with_an_old_token(stranger):
    _, first = stranger.log_in("clerk")
    second = stranger.ask(REFRESH, t=first["refreshToken"])["refresh"]
    assert Caller(stranger.client, second["accessToken"]).ask(ME)["me"]["account"] == {"username": "clerk"}

    again = stranger.ask(REFRESH, t=first["refreshToken"])["refresh"]

    assert again == {
        "accessToken": None,
        "refreshToken": None,
        "problems": [{"path": ["input", "refreshToken"], "code": "SESSION_ENDED"}],
    }
    assert Caller(stranger.client, second["accessToken"]).post(ME).status_code == 401


def test_logout_ends_the_token_at_once(stranger):
    caller, _ = stranger.log_in("clerk")

    assert caller.ask("mutation { logout { problems { code } } }") == {"logout": {"problems": []}}

    response = caller.post(ME)
    assert response.status_code == 401
    assert response.json["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_logging_out_everywhere(stranger):
    one, _ = stranger.log_in("clerk")
    two, _ = stranger.log_in("clerk")
    other, _ = stranger.log_in("officer")

    assert one.ask("mutation { revokeSessions(input: {}) { count problems { code } } }") == {
        "revokeSessions": {"count": 2, "problems": []}
    }
    assert [caller.post(ME).status_code for caller in (one, two, other)] == [401, 401, 200]


def test_an_administrator_opens_an_account_and_gives_it_a_role(stranger, city, db):
    grant(db, "head", ROLE)
    head, _ = stranger.log_in("head")

    made = head.ask(
        """mutation($e: ID!, $p: String!) { createAccount(input: {username: "Dewi", password: $p, employeeId: $e}) {
        account { id username employee { id } } problems { code } } }""",
        e=f"Employee:{city.other.id}",
        p=PASSWORD,
    )["createAccount"]
    assert made["problems"] == []
    assert made["account"]["username"] == "dewi"
    given = head.ask(
        """mutation($a: ID!) { grantRole(input: {accountId: $a, role: "system_admin"}) {
        grant { role account { username } validTo unit { id } } problems { code } } }""",
        a=made["account"]["id"],
    )["grantRole"]

    assert given == {
        "grant": {"role": ROLE, "account": {"username": "dewi"}, "validTo": None, "unit": None},
        "problems": [],
    }
    dewi, _ = stranger.log_in("dewi")
    assert dewi.ask(ME)["me"]["roles"][0]["role"] == ROLE
    assert dewi.ask("{ accounts { totalCount } }") == {"accounts": {"totalCount": 5}}


MANAGING = [
    ("createAccount", '{username: "new.one"}', "FORBIDDEN"),
    ("setPassword", '{accountId: "%(officer)s", password: "kata lain yang acak"}', "NOT_FOUND"),
    ("deactivateAccount", '{accountId: "%(officer)s"}', "NOT_FOUND"),
    ("reactivateAccount", '{accountId: "%(officer)s"}', "NOT_FOUND"),
    ("revokeSessions", '{accountId: "%(officer)s"}', "NOT_FOUND"),
    ("grantRole", '{accountId: "%(officer)s", role: "auditor"}', "NOT_FOUND"),
    ("revokeGrant", '{grantId: "%(grant)s"}', "NOT_FOUND"),
    ("createApiToken", '{accountId: "%(officer)s", name: "x"}', "NOT_FOUND"),
    ("revokeApiToken", '{tokenId: "%(token)s"}', "NOT_FOUND"),
    ("grantRole", '{accountId: "%(own)s", role: "auditor"}', "FORBIDDEN"),
    ("deactivateAccount", '{accountId: "%(own)s"}', "FORBIDDEN"),
    ("restoreHistory", '{id: "%(record)s", state: BEFORE, reason: "x"}', "NOT_FOUND"),
]


@pytest.mark.parametrize(("name", "given", "code"), MANAGING)
def test_what_managers_do_others_do_not(stranger, city, db, name, given, code):
    grant(db, "officer", "auditor")
    officer, clerk = (Account.get(Account.username == who) for who in ("officer", "clerk"))
    token = identity.create_api_token(system_context(db, utc_now()), name="t", account_id=officer.id)
    caller, _ = stranger.log_in("clerk")
    ids = {
        "officer": f"Account:{officer.id}",
        "own": f"Account:{clerk.id}",
        "grant": f"RoleGrant:{RoleGrant.get().id}",
        "token": f"ApiToken:{token.row.id}",
        "record": f"HistoryRecord:{HistoryRecord.get().id}",
    }
    before = counts()

    answer = caller.ask(f"mutation {{ {name}(input: {given % ids}) {{ problems {{ code }} }} }}")[name]

    assert [problem["code"] for problem in answer["problems"]] == [code]
    assert counts() == before


def test_an_api_token_is_shown_once_and_speaks_for_its_account(stranger, city):
    caller, _ = stranger.log_in("clerk")
    made = caller.ask(
        """mutation { createApiToken(input: {name: "kiosk", days: 7}) {
        token apiToken { name prefix scopes account { username } revokedAt } problems { code } } }"""
    )["createApiToken"]
    token = made["token"]
    assert made["apiToken"] == {
        "name": "kiosk",
        "prefix": token[:12],
        "scopes": ["read"],
        "account": {"username": "clerk"},
        "revokedAt": None,
    }

    kiosk = Caller(stranger.client, token)
    assert kiosk.ask(ME)["me"]["scopes"] == ["read"]
    listed = kiosk.ask("{ apiTokens { nodes { id name } } loginSessions { totalCount } }")
    assert [node["name"] for node in listed["apiTokens"]["nodes"]] == ["kiosk"]
    ended = caller.ask(
        "mutation($t: ID!) { revokeApiToken(input: {tokenId: $t}) { apiToken { revokedAt } problems { code } } }",
        t=listed["apiTokens"]["nodes"][0]["id"],
    )["revokeApiToken"]
    assert ended["apiToken"]["revokedAt"] is not None
    assert kiosk.post(ME).status_code == 401


def test_changing_one_s_password(stranger, city):
    caller, _ = stranger.log_in("clerk")
    change = """mutation($c: String!, $n: String!) {
      changePassword(input: {currentPassword: $c, newPassword: $n}) { account { username } problems { path code } } }"""

    refused = caller.ask(change, c=PASSWORD, n="clerk")["changePassword"]
    assert [problem["code"] for problem in refused["problems"]] == ["PASSWORD_TOO_SHORT", "PASSWORD_REVEALING"]
    assert caller.ask(change, c=PASSWORD, n="kata lain yang acak")["changePassword"]["problems"] == []

    stranger.log_in("clerk", "kata lain yang acak")


def test_no_secret_of_an_account_is_in_the_schema(db):
    from core.plugin_host import build_registry
    from schema.plugin import schema_text

    text = schema_text(build_registry(db, plugins=[]))
    assert not [
        name for name in ("passwordHash", "refreshHash", "tokenHash", "sealedSecret", "codeHash") if name in text
    ]


HISTORY = """{ history(filter: {subjectType: {eq: "Account"}}) { totalCount nodes {
  id actorName action subjectType subjectId before after changedFields reason batch } } }"""


def test_an_auditor_reads_the_history_and_others_do_not(stranger, city, db):
    grant(db, "clerk", "auditor")
    auditor, _ = stranger.log_in("clerk")
    officer, _ = stranger.log_in("officer")

    found = auditor.ask(HISTORY)["history"]

    assert found["totalCount"] == 4
    latest = found["nodes"][0]
    assert (latest["action"], latest["actorName"], latest["before"]) == ("create", "system", None)
    assert latest["after"]["username"] == "clerk"
    assert "username" in latest["changedFields"]
    assert "password_hash" not in latest["after"]
    assert officer.ask(HISTORY)["history"] == {"totalCount": 0, "nodes": []}
    assert stranger.ask(HISTORY)["history"] == {"totalCount": 0, "nodes": []}


def test_an_hr_administrator_brings_a_row_back(stranger, city, db):
    from core.work import unit_of_work

    grant(db, "head", "hr_admin")
    with unit_of_work(system_context(db, utc_now())) as work:
        work.update(city.officer, phone="0811")
    head, _ = stranger.log_in("head")
    query = """{ history(filter: {subjectType: {eq: "Employee"}}) { nodes { id changedFields } } }"""
    record = head.ask(query)["history"]["nodes"][0]
    assert record["changedFields"] == ["phone"]

    restore = """mutation($id: ID!, $why: String!) { restoreHistory(input: {id: $id, state: BEFORE, reason: $why}) {
      subjectExists record { action reason after } problems { path code } } }"""
    refused = head.ask(restore, id=record["id"], why=" ")["restoreHistory"]
    assert refused["problems"] == [{"path": ["input", "reason"], "code": "REASON_MISSING"}]
    done = head.ask(restore, id=record["id"], why="wrong number")["restoreHistory"]

    assert (done["subjectExists"], done["problems"]) == (True, [])
    assert (done["record"]["action"], done["record"]["reason"]) == ("update", "wrong number")
    assert done["record"]["after"]["phone"] == ""


@pytest.mark.parametrize("field", ["accounts", "roleGrants", "apiTokens", "loginSessions", "history"])
def test_lists_take_as_many_statements_for_fifty_rows_as_for_five(stranger, city, db, field):
    grant(db, "head", ROLE)
    grant(db, "head", "auditor")
    ctx = system_context(db, utc_now())
    more = {
        "accounts": "username employee { name } grants { nodes { role } } sessions { nodes { userAgent } }",
        "roleGrants": "role title unit { code } account { username }",
        "apiTokens": "name scopes account { username }",
        "loginSessions": "userAgent account { username }",
        "history": "action before changedFields account { username }",
    }[field]
    head, _ = stranger.log_in("head")

    def grow(number):
        for index in range(number):
            account = identity.create_account(ctx, username=f"user{Account.select().count()}{index}")
            identity.grant_role(ctx, account_id=account.id, role="auditor")
            identity.create_api_token(ctx, name="t", account_id=account.id)
            moment = ctx.now
            LoginSession.create(
                account=account,
                refresh_hash=account.username,
                created_at=moment,
                refreshed_at=moment,
                expires_at=moment,
            )

    def statements():
        found = []
        original = type(database.obj).execute_sql
        engine = database.obj
        engine.execute_sql = lambda *args, **kwargs: found.append(args[0]) or original(engine, *args, **kwargs)
        try:
            head.ask(f"{{ {field}(first: 50) {{ totalCount nodes {{ id {more} }} }} }}")
        finally:
            del engine.execute_sql
        return len([sql for sql in found if sql.startswith(("SELECT", "UPDATE", "WITH"))])

    grow(5)
    few = statements()
    grow(45)
    assert statements() == few
