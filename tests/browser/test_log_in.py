"""The log-in with a second factor in Chromium: set up, asked for, and gone through with a code and a recovery code."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pyotp

from core.database import utc_now


def code_of(secret, steps):
    return pyotp.TOTP(secret).at(utc_now() + timedelta(seconds=30 * steps))


def place(someone):
    return urlsplit(someone.page.url).path


def send(someone, **values):
    """Fill in the form that stands alone on the page, and send it with the keyboard."""
    for name, value in values.items():
        someone.page.fill(f"#{name}", value)
    with someone.page.expect_navigation():
        someone.page.keyboard.press("Enter")


def leave(someone):
    """Log out by the form of the page, wherever the design has put its button."""
    with someone.page.expect_navigation():
        someone.page.evaluate("document.querySelector('form[action=\"/admin/logout\"]').requestSubmit()")


def test_a_second_factor_is_set_up_and_then_asked_for(visitor):
    someone = visitor("id", 360)
    someone.enter("rekan")
    someone.go("/admin/me/")
    assert someone.page.inner_text("h1") == "Akun saya"
    assert someone.grave_faults() == []
    assert not someone.is_wider_than_the_screen()

    send(someone, **{"begin-password": someone.password("rekan")})
    assert place(someone) == "/admin/me/second-factor"
    assert someone.page.locator(".qr svg").bounding_box()["width"] > 150
    assert someone.grave_faults() == []
    assert not someone.is_wider_than_the_screen()
    secret = someone.page.inner_text("#secret").replace(" ", "")
    send(someone, code=code_of(secret, -1))
    recovery = someone.page.locator("#codes code").all_inner_texts()
    assert len(recovery) == 10
    assert someone.grave_faults() == []
    with someone.page.expect_navigation():
        someone.page.click("main .button")
    leave(someone)

    someone.go("/admin/login?next=/admin/me/")
    someone.fill_in("rekan")
    assert place(someone) == "/admin/login/code"
    assert someone.page.evaluate("document.activeElement.id") == "code"
    assert someone.grave_faults() == []
    assert not someone.is_wider_than_the_screen()
    send(someone, code="000000")
    assert "Kode salah" in someone.page.inner_text("#code-problem")
    send(someone, code=code_of(secret, 1))
    assert place(someone) == "/admin/me/"
    leave(someone)

    someone.go("/admin/login")
    someone.fill_in("rekan")
    with someone.page.expect_navigation():
        someone.page.click("text=gunakan kode pemulihan")
    send(someone, code=recovery[0].upper())
    assert place(someone) == "/admin/"
    assert "Tersisa 9" in someone.page.inner_text("main")

    someone.go("/graphql")
    assert not someone.page.is_visible("#log-in [name=code]")
    someone.page.fill("#log-in [name=username]", "rekan")
    someone.page.fill("#log-in [name=password]", someone.password("rekan"))
    someone.page.click("#log-in button")
    someone.page.locator("#log-in [name=code]").wait_for()
    assert someone.page.evaluate("document.activeElement.name") == "code"
    assert "faktor kedua" in someone.page.inner_text("#state")
    someone.page.fill("#log-in [name=code]", "salah")
    someone.page.click("#log-in button")
    someone.page.locator("#state", has_text="Kode salah").wait_for()
    someone.page.fill("#log-in [name=code]", recovery[1])
    someone.page.click("#log-in button")
    someone.page.locator("#log-in").wait_for(state="hidden")
    assert not someone.is_wider_than_the_screen()


def test_the_own_account_shows_this_session_and_ends_another(visitor):
    here, there = visitor("en"), visitor("en")
    here.enter("pegawai")
    there.enter("pegawai")

    here.go("/admin/me/")
    assert here.page.locator("tbody tr").count() == 2
    assert re.search(r"Chrome on Linux\s+this one", here.page.inner_text("tbody"))
    with here.page.expect_navigation():
        here.page.click("tbody button")

    assert here.page.locator("tbody tr").count() == 1
    there.go("/admin/")
    assert place(there) == "/admin/login"
