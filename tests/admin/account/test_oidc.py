"""Logging in by the institution's own OpenID provider: a real one, started here."""

from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import KeySet, RSAKey

from core.identity.models import Account, LoginSession
from tests.admin.account.conftest import Browser
from tests.admin.account.openid import answered_there, provider_running
from tests.admin.account.test_log_in import code_of, set_up_device
from tests.support.server import free_port
from tests.support.services import need

START = "/admin/login/provider?next=/admin/me/"


@pytest.fixture(scope="module")
def issuer(tmp_path_factory):
    need("provider")
    with provider_running(tmp_path_factory.mktemp("provider")) as address:
        yield address


@pytest.fixture
def settings_of(issuer):
    return {
        "oidc_issuer": issuer,
        "oidc_client_id": "kinerja",
        "oidc_client_secret": "a-secret-of-both",
        "oidc_name": "SSO Kota",
    }


@pytest.fixture
def app(open_app, settings_of):
    return open_app(**settings_of)


@pytest.fixture
def browser(app):
    return Browser(app)


def sent_back(browser, name, start=START):
    """Go to the provider, log in there as `name`, and return the path that it sends the browser to."""
    there = browser.get(start).location
    parts = urlsplit(answered_there(there, name))
    return f"{parts.path}?{parts.query}"


def refusal(browser, path):
    """Open the path and return the status and the message of the page; nobody may have come in."""
    page = browser.get(f"{path}&language=en")
    assert LoginSession.select().count() == 0
    assert not browser.is_in()
    return page.status_code, page.text.partition('role="alert">')[2].partition("</p>")[0]


def test_the_log_in_names_the_provider_where_there_is_one(browser, open_app):
    assert "Masuk dengan SSO Kota" in browser.get("/admin/login?language=id").text
    without = Browser(open_app())
    assert "/login/provider" not in without.get("/admin/login").text
    assert without.get(START).location == "/admin/login"
    assert without.get("/admin/login/provider/back?code=x&state=y").location == "/admin/login"


def test_the_browser_is_sent_with_state_nonce_and_pkce(browser):
    asked = parse_qs(urlsplit(browser.get(START).location).query)

    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://localhost/admin/login/provider/back"]
    assert all(len(asked[name][0]) >= 20 for name in ("state", "nonce", "code_challenge"))


def test_whom_the_provider_knows_by_a_username_of_ours_comes_in(browser):
    answer = browser.get(sent_back(browser, "BUDI"))

    assert (answer.status_code, answer.location) == (302, "/admin/me/")
    assert "Budi" in browser.get("/admin/me/").text
    session = LoginSession.get()
    assert (session.account_id, session.is_browser) == (Account.get(Account.username == "budi").id, True)


def test_the_claim_is_read_where_the_provider_tells_it_separately(open_app, settings_of, tmp_path):
    with provider_running(tmp_path, "lean") as issuer:
        browser = Browser(open_app(**settings_of | {"oidc_issuer": issuer}))

        assert browser.get(sent_back(browser, "siti")).location == "/admin/me/"


def test_a_client_without_a_secret_comes_in_as_well(open_app, settings_of):
    browser = Browser(open_app(**settings_of | {"oidc_client_id": "public", "oidc_client_secret": ""}))

    assert browser.get(sent_back(browser, "budi")).location == "/admin/me/"


def test_nobody_gets_an_account_by_it(browser):
    status, text = refusal(browser, sent_back(browser, "nobody"))

    assert (status, text) == (
        403, "You are nobody there, but no account here is open under that name. Ask your administrator for one."
    )  # fmt: skip
    assert Account.select().count() == 3


def test_a_closed_account_stays_closed(browser):
    Account.update(is_active=False).where(Account.username == "budi").execute()

    status, text = refusal(browser, sent_back(browser, "budi"))

    assert (status, text.startswith("You are budi there, but no account")) == (403, True)


def test_a_provider_that_does_not_tell_the_name_is_named_with_the_claim(browser):
    status, text = refusal(browser, sent_back(browser, "unnamed"))

    assert (status, text) == (
        403,
        "SSO Kota does not tell your user name (preferred_username). Your administrator has to set that up there.",
    )


def test_its_own_second_factor_counts(browser):
    browser.log_in()
    set_up_device(browser)
    browser.get("/admin/me/")
    browser.post("/admin/logout")

    assert browser.get(sent_back(browser, "budi")).location == "/admin/me/"


def test_the_settings_can_ask_for_ours_as_well(open_app, settings_of):
    browser = Browser(open_app(**settings_of, oidc_needs_second_factor=True))
    browser.log_in()
    secret, _ = set_up_device(browser)
    browser.get("/admin/me/")
    browser.post("/admin/logout")

    assert browser.get(sent_back(browser, "budi")).location == "/admin/login/code"
    assert not browser.is_in()
    browser.get("/admin/login/code")
    assert browser.post("/admin/login/code", code=code_of(secret)).location == "/admin/me/"


def test_what_was_begun_in_another_browser_is_refused(browser, app):
    path = sent_back(browser, "budi")

    status, text = refusal(Browser(app), path)

    assert (status, text.startswith("The log-in at SSO Kota took too long or was begun elsewhere.")) == (403, True)


def test_an_answer_is_good_once(browser):
    path = sent_back(browser, "budi")
    browser.get(path)
    browser.get("/admin/me/")
    browser.post("/admin/logout")
    LoginSession.delete().execute()

    assert refusal(browser, path)[0] == 403


def test_an_expired_state_is_refused(browser):
    path = sent_back(browser, "budi")
    with browser.client.session_transaction() as kept:
        [key] = [name for name in kept if name.startswith("_state_")]
        kept[key] = {**kept[key], "exp": 1}

    status, text = refusal(browser, path)

    assert (status, text.startswith("The log-in at SSO Kota took too long")) == (403, True)


def test_another_nonce_is_not_believed(browser):
    path = sent_back(browser, "budi")
    with browser.client.session_transaction() as kept:
        [key] = [name for name in kept if name.startswith("_state_")]
        kept[key] = {**kept[key], "data": {**kept[key]["data"], "nonce": "another"}}

    status, text = refusal(browser, path)

    assert (status, text.startswith("What SSO Kota says is not right.")) == (502, True)


def test_a_code_without_its_verifier_gives_nothing(browser):
    path = sent_back(browser, "budi")
    with browser.client.session_transaction() as kept:
        [key] = [name for name in kept if name.startswith("_state_")]
        kept[key] = {**kept[key], "data": {**kept[key]["data"], "code_verifier": "a" * 48}}

    assert refusal(browser, path) == (
        403, "SSO Kota did not log you in (invalid_grant). Try again, or log in with your password."
    )  # fmt: skip


def test_a_signature_of_somebody_else_is_not_believed(browser, app):
    path = sent_back(browser, "budi")
    known = app.extensions["kinerja_provider"]
    theirs = known.fetch_jwk_set()
    forged = RSAKey.generate_key(2048, {"kid": theirs["keys"][0]["kid"], "use": "sig", "alg": "RS256"})
    known.server_metadata["jwks"] = KeySet([forged]).as_dict(private=False)

    status, text = refusal(browser, path)

    assert (status, text.startswith("What SSO Kota says is not right.")) == (502, True)


def test_a_provider_that_calls_itself_otherwise_is_not_believed(open_app, settings_of, issuer):
    elsewhere = issuer.replace("127.0.0.1", "localhost")
    browser = Browser(open_app(**settings_of | {"oidc_issuer": elsewhere}))

    status, text = refusal(browser, START)

    assert (status, text.startswith("What SSO Kota says is not right.")) == (502, True)


def test_who_thinks_better_of_it_is_told_and_can_use_the_password(browser):
    assert refusal(browser, sent_back(browser, "")) == (
        403, "SSO Kota did not log you in (access_denied). Try again, or log in with your password."
    )  # fmt: skip
    assert browser.log_in().location == "/admin/"


def test_a_wrong_secret_is_told(open_app, settings_of):
    browser = Browser(open_app(**settings_of | {"oidc_client_secret": "another"}))

    assert refusal(browser, sent_back(browser, "budi"))[1].startswith("SSO Kota did not log you in (invalid_client).")


def test_a_provider_that_is_away_is_told(open_app, settings_of):
    browser = Browser(open_app(**settings_of | {"oidc_issuer": f"http://127.0.0.1:{free_port()}"}))

    assert refusal(browser, START) == (
        502, "SSO Kota does not answer. Try again in a moment, or log in with your password."
    )  # fmt: skip
    assert browser.log_in().location == "/admin/"
