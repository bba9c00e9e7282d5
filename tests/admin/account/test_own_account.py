"""My account over HTTP: password, second factor, sessions, language."""

import re

import pytest

from core.identity.models import Account, LoginSession, SecondFactor
from core.identity.passwords import is_password
from tests.admin.account.conftest import PASSWORD, Browser
from tests.admin.account.test_log_in import code_of, set_up_device

ME = "/admin/me/?language=en"
NEW = "empat kata acak sekali"


@pytest.fixture
def budi(browser):
    browser.log_in()
    browser.get(ME)
    return browser


def sections(page):
    return re.findall(r'<h2 id="h-(\w+)">', page.text)


def field_problems(page):
    return re.findall(r'<div id="([\w-]+)-problem">', page.text)


def test_a_stranger_is_sent_to_the_log_in(browser):
    assert browser.get("/admin/me/").location == "/admin/login?next=/admin/me/"
    assert browser.client.post("/admin/me/password").location == "/admin/login?next=/admin/me/"


def test_everything_about_the_account_is_on_one_page(budi):
    assert sections(budi.page) == ["password", "factor", "sessions", "language"]
    assert "At least 10 characters, at most 200." in budi.page.text
    assert budi.page.headers["Cache-Control"] == "no-store"


def test_the_password_is_changed_and_other_sessions_end(budi, open_app):
    other = Browser(open_app())
    other.log_in()

    answer = budi.post("/admin/me/password", currentPassword=PASSWORD, newPassword=NEW, repeated=NEW)

    assert answer.location == "/admin/me/"
    assert is_password(NEW, Account.get(Account.username == "budi").password_hash)
    assert (budi.is_in(), other.is_in()) == (True, False)


@pytest.mark.parametrize(
    ("current", "new", "repeated", "field"),
    [
        ("wrong", NEW, NEW, "current-password"),
        (PASSWORD, "short", "short", "new-password"),
        (PASSWORD, "qwertyuiop", "qwertyuiop", "new-password"),
        (PASSWORD, NEW, NEW + "x", "repeated"),
    ],
)
def test_what_is_wrong_stands_at_its_field(budi, current, new, repeated, field):
    answer = budi.post("/admin/me/password", currentPassword=current, newPassword=new, repeated=repeated)

    assert (answer.status_code, field_problems(answer)) == (422, [field])
    assert is_password(PASSWORD, Account.get(Account.username == "budi").password_hash)


def test_the_second_factor_is_set_up_and_turned_off(budi):
    assert budi.post("/admin/me/second-factor/begin", password="wrong").status_code == 422
    assert field_problems(budi.page) == ["begin-password"]
    assert budi.get("/admin/me/second-factor").location == "/admin/me/"

    _, codes = set_up_device(budi)
    assert len(codes) == 10
    page = budi.get(ME)
    assert "Recovery codes left: 10" in page.text
    assert "The second factor is on." not in page.text
    budi.post("/admin/me/second-factor/codes", password=PASSWORD)
    assert len(budi.codes()) == 10
    assert not set(budi.codes()) & set(codes)

    budi.get(ME)
    assert budi.post("/admin/me/second-factor/off", password="wrong").status_code == 422
    assert SecondFactor.select().count() == 1
    budi.post("/admin/me/second-factor/off", password=PASSWORD)
    assert SecondFactor.select().count() == 0


def test_a_wrong_first_code_keeps_the_device_on_the_page(budi):
    budi.post("/admin/me/second-factor/begin", password=PASSWORD)
    budi.get("/admin/me/second-factor")
    secret = budi.secret()

    answer = budi.post("/admin/me/second-factor", code="000000")

    assert (answer.status_code, field_problems(answer), budi.secret()) == (422, ["code"], secret)
    budi.post("/admin/me/second-factor", code=code_of(secret))
    assert len(budi.codes()) == 10


def test_the_qr_code_has_no_style_of_its_own_and_no_secret_in_an_address(budi):
    budi.post("/admin/me/second-factor/begin", password=PASSWORD)

    page = budi.get("/admin/me/second-factor").text

    assert re.search(r"<svg [^>]*>", page)
    assert "style=" not in page
    assert "otpauth" not in page


def test_sessions_show_the_device_and_are_ended(budi, open_app):
    phone = Browser(open_app())
    agent = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
    phone.client.environ_base["HTTP_USER_AGENT"] = agent
    phone.log_in()
    page = budi.get(ME).text
    assert "Chrome on Android" in page
    assert page.count("this one") == 1
    [key] = re.findall(r'name="id" value="(\d+)"', page)

    budi.post("/admin/me/sessions/end", id=key)

    assert (budi.is_in(), phone.is_in()) == (True, False)


def test_the_session_of_somebody_else_is_not_found(budi, open_app):
    siti = Browser(open_app())
    siti.log_in("siti")
    key = LoginSession.select().order_by(LoginSession.id.desc()).get().id

    assert budi.post("/admin/me/sessions/end", id=key).status_code in {404, 422}

    assert siti.is_in()


@pytest.mark.parametrize("key", ["", "x", "0", "-1", "99999999999", "²"])
def test_odd_sessions_are_refused(budi, key):
    assert budi.post("/admin/me/sessions/end", id=key).status_code in {404, 422}


def test_all_other_sessions_end_at_once(budi, open_app):
    others = [Browser(open_app()) for _ in range(2)]
    for one in others:
        one.log_in()

    budi.get(ME)
    budi.post("/admin/me/sessions/end-others")

    assert [one.is_in() for one in (budi, *others)] == [True, False, False]


def test_the_language_is_changed_for_account_and_browser(budi):
    answer = budi.post("/admin/me/language", language="id")

    assert answer.location == "/admin/me/"
    assert "<h1>Akun saya</h1>" in budi.get("/admin/me/").text
    budi.post("/admin/me/language", language="en")
    assert "<h1>My account</h1>" in budi.get("/admin/me/").text
    assert Account.get(Account.username == "budi").language == "en"
    assert budi.post("/admin/me/language", language="fr").status_code == 422


@pytest.mark.parametrize(
    "path",
    ["password", "language", "second-factor/begin", "second-factor/off", "second-factor/codes", "sessions/end-others"],
)
def test_no_form_is_taken_without_its_token(budi, path):
    form = {"password": PASSWORD, "currentPassword": PASSWORD, "newPassword": NEW, "repeated": NEW, "language": "en"}
    before = [list(model.select().order_by(model.id).dicts()) for model in (Account, LoginSession, SecondFactor)]

    assert budi.client.post(f"/admin/me/{path}", data=form).status_code == 403

    after = [list(model.select().order_by(model.id).dicts()) for model in (Account, LoginSession, SecondFactor)]
    assert after == before


def test_an_account_without_a_password_is_told_so(budi):
    Account.update(password_hash="").where(Account.username == "budi").execute()

    page = budi.get(ME).text

    assert "This account has no password." in page
    assert 'action="/admin/me/password"' not in page
