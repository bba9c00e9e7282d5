"""The pages of the system in a real browser: both widths of a phone, light and dark, and a token that is copied."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = (
    "health/", "plugins/", "plugins/details?name=core", "jobs/", "webhooks/", "tokens/", "sight/?search=a",
    "sight/?account=1&area=planning&model=Employee&id=1", "settings/",
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("id", 1100, "light"), ("en", 390, "dark"), ("id", 320, "light")],
    ids=["desk", "dark phone", "small phone"],
)
def test_pages_of_the_system_fit_the_screen_and_axe_finds_nothing_grave(visitor, language, width, scheme):
    someone = visitor(language, width, color_scheme=scheme)
    someone.enter("sistem")

    wide, faults = [], []
    for page in PAGES:
        assert someone.go(f"/admin/system/{page}").status == 200
        wide += [page] if someone.is_wider_than_the_screen() else []
        faults += someone.grave_faults()

    assert wide == []
    assert faults == []


def test_the_menu_of_a_phone_opens_and_closes_without_a_mouse(visitor):
    someone = visitor("id", 390)
    page = someone.page
    someone.enter("sistem")
    assert not page.is_visible("nav.menu")

    page.focus(".menu-button")
    page.keyboard.press("Enter")
    assert page.is_visible("nav.menu")
    page.keyboard.press("Escape")

    assert not page.is_visible("nav.menu")
    assert page.evaluate("document.activeElement.className").startswith("menu-button")


def test_a_token_is_made_and_can_be_copied(visitor):
    someone = visitor("id", permissions=["clipboard-read", "clipboard-write"])
    page = someone.page
    someone.enter("sistem")
    someone.go("/admin/system/tokens/")

    page.fill("#f-name", "Presensi")
    page.click("#new button:text-is('Buat token')")
    token = page.inner_text("#made-token")
    page.click("[data-copy]")
    page.locator("[data-copy]:text-is('Tersalin')").wait_for()

    assert page.evaluate("navigator.clipboard.readText()") == token
