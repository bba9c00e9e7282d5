"""The log-in over HTTP: cookie, limits, second factor, and what its pages tell."""

import re
from datetime import timedelta

import pyotp
import pytest

from core.database import utc_now
from core.identity.models import Account, LoginSession, SecondFactor
from tests.admin.account.conftest import PASSWORD, Browser

LOGIN = "/admin/login?language=en"


def code_of(secret, steps=0):
    return pyotp.TOTP(secret).at(utc_now() + timedelta(seconds=30 * steps))


def set_up_device(browser):
    """Turn the second factor on in an open session; return the secret and the recovery codes."""
    browser.get("/admin/me/?language=en")
    browser.post("/admin/me/second-factor/begin", password=PASSWORD)
    browser.get("/admin/me/second-factor?language=en")
    secret = browser.secret()
    browser.post("/admin/me/second-factor", code=code_of(secret, -1))
    return secret, browser.codes()


def test_the_cookie_of_production_is_for_https_and_this_host_alone(open_app):
    strict = open_app(production=True)

    [cookie] = [
        value for value in strict.test_client().get("/admin/login").headers.getlist("Set-Cookie") if "session" in value
    ]

    assert cookie.startswith("__Host-session=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_a_log_in_begins_a_new_session_and_a_new_form_token(browser):
    browser.get(LOGIN)
    before, cookie = browser.token(), browser.client.get_cookie("session").value

    answer = browser.post(LOGIN, username="budi", password=PASSWORD)

    assert (answer.status_code, answer.location) == (302, "/admin/")
    browser.get("/admin/me/")
    assert browser.token() != before
    assert browser.client.get_cookie("session").value != cookie
    browser.page = browser.client.post("/admin/me/sessions/end-others", data={"token": before})
    assert browser.page.status_code == 403


def test_who_logs_in_again_leaves_the_former_session(browser):
    browser.log_in("budi")
    first = LoginSession.get()
    browser.log_in("siti")

    assert LoginSession.get_by_id(first.id).revoked_at is not None
    assert "Siti" in browser.get("/admin/me/").text


def test_an_idle_session_is_over_and_one_in_use_is_not(browser, db):
    browser.log_in()
    LoginSession.update(last_seen_at=utc_now() - timedelta(minutes=29)).execute()
    assert browser.is_in()
    assert LoginSession.get().last_seen_at > utc_now() - timedelta(minutes=1)

    LoginSession.update(last_seen_at=utc_now() - timedelta(minutes=30)).execute()
    assert not browser.is_in()


def test_use_is_written_down_once_a_minute_at_most(browser):
    browser.log_in()
    recently = utc_now() - timedelta(seconds=50)
    LoginSession.update(last_seen_at=recently).execute()

    assert browser.is_in()
    assert LoginSession.get().last_seen_at == recently


def test_a_session_in_use_is_over_after_its_longest_life(browser):
    browser.log_in()
    LoginSession.update(created_at=utc_now() - timedelta(hours=12)).execute()

    assert not browser.is_in()


def test_the_session_of_a_program_is_none_of_a_browser(browser):
    browser.log_in()
    LoginSession.update(is_browser=False).execute()

    assert not browser.is_in()


def test_a_log_out_ends_it_on_the_server(browser):
    browser.log_in()
    browser.get("/admin/me/")
    stolen = browser.client.get_cookie("session").value

    assert browser.post("/admin/logout").location == "/admin/login"

    browser.client.set_cookie("session", stolen)
    assert not browser.is_in()
    assert LoginSession.get().revoked_at is not None


@pytest.mark.parametrize("username", ["budi", "nobody"])
def test_the_page_tells_nothing_about_who_has_an_account(browser, username):
    answer = browser.log_in(username, "wrong")
    page = re.sub(r'name="token" value="[^"]+"|nonce="[^"]+"', "", answer.text).replace(username, "NAME")
    browser.get(LOGIN)
    other = browser.post(LOGIN, username="somebody-else", password="wrong")

    assert answer.status_code == 403
    assert page == re.sub(r'name="token" value="[^"]+"|nonce="[^"]+"', "", other.text).replace("somebody-else", "NAME")


def test_pages_of_the_log_in_are_kept_nowhere(browser):
    assert browser.get(LOGIN).headers["Cache-Control"] == "no-store"


def test_inputs_say_what_they_are_for(browser):
    page = browser.get(LOGIN).text

    assert re.search(r'<input id="username"[^>]* autocomplete="username"', page)
    assert re.search(r'<input id="password"[^>]* type="password" autocomplete="current-password"', page)


def test_too_many_failures_from_one_address_stop_all_log_ins_there(open_app):
    browser = Browser(open_app(login_tries_per_minute=3))
    for name in ("a", "b", "c"):
        assert browser.log_in(name, "wrong").status_code == 403

    answer = browser.log_in()

    assert (answer.status_code, "Too many log-ins failed from your network." in answer.text) == (429, True)
    assert LoginSession.select().count() == 0


def test_the_device_is_asked_for_before_anything_opens(browser):
    browser.log_in(next="/admin/me/")
    secret, recovery = set_up_device(browser)
    assert len(recovery) == 10
    browser.get("/admin/me/")
    browser.post("/admin/logout")

    answer = browser.log_in(next="/admin/me/")
    assert answer.location == "/admin/login/code"
    assert not browser.is_in()
    page = browser.get("/admin/login/code?language=en").text
    assert re.search(r'<input id="code"[^>]* autocomplete="one-time-code" inputmode="numeric"', page)
    wrong = browser.post("/admin/login/code?language=en", code="000000")
    assert (wrong.status_code, 'class="field__problem"' in wrong.text) == (403, True)
    assert not browser.is_in()

    answer = browser.post("/admin/login/code", code=code_of(secret))

    assert answer.location == "/admin/me/"
    assert browser.is_in()


def test_a_recovery_code_lets_in_and_the_rest_is_counted(browser):
    browser.log_in()
    _, recovery = set_up_device(browser)
    browser.get("/admin/me/")
    browser.post("/admin/logout")
    browser.log_in()
    page = browser.get("/admin/login/code?recovery=1&language=en")
    assert 'autocomplete="one-time-code"' not in page.text

    browser.post("/admin/login/code?language=en", code=recovery[0], recovery="1")

    assert "You used a recovery code. 9 are left" in browser.get("/admin/me/?language=en").text


def test_without_a_password_there_is_no_second_step(browser):
    assert browser.get("/admin/login/code").location == "/admin/login"
    assert browser.get("/admin/login/set-up").location == "/admin/login"


def test_a_code_without_the_forms_token_is_not_even_looked_at(browser):
    browser.log_in()
    secret, _ = set_up_device(browser)
    browser.get("/admin/me/")
    browser.post("/admin/logout")
    browser.log_in()

    browser.client.post("/admin/login/code", data={"code": code_of(secret), "token": "guess"})

    assert not browser.is_in()


def test_a_step_that_took_too_long_begins_again_with_the_password(browser):
    browser.log_in()
    set_up_device(browser)
    browser.get("/admin/me/")
    browser.post("/admin/logout")
    browser.log_in(next="/admin/me/")
    browser.get("/admin/login/code")
    Account.update(password_hash="changed meanwhile").execute()

    answer = browser.post("/admin/login/code?language=en", code="123456")

    assert answer.location == "/admin/login?next=/admin/me/"
    assert "The log-in took too long." in browser.get(LOGIN).text


def test_whoever_must_have_a_second_factor_sets_it_up_first(open_app):
    browser = Browser(open_app(second_factor_roles=["auditor"]))

    assert browser.log_in("siti", next="/admin/me/").location == "/admin/login/set-up"
    assert not browser.is_in()
    browser.get("/admin/login/set-up?language=en")
    secret = browser.secret()
    assert "<svg" in browser.page.text
    assert browser.post("/admin/login/set-up?language=en", code="000000").status_code == 403
    assert browser.secret() == secret
    assert SecondFactor.select().count() == 0
    browser.post("/admin/login/set-up?language=en", code=code_of(secret))

    assert len(browser.codes()) == 10
    assert 'href="/admin/me/"' in browser.page.text
    assert browser.page.headers["Cache-Control"] == "no-store"
    assert browser.is_in()


def test_others_are_not_made_to_set_it_up(open_app):
    browser = Browser(open_app(second_factor_roles=["auditor"]))

    assert browser.log_in("budi").location == "/admin/"
