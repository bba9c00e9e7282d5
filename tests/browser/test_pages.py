"""The pages in a real browser: both languages, phone and desk, keyboard alone, and what each person sees."""

import re
from urllib.parse import urlsplit

import pytest

from core.database import database, utc_now
from core.identity.models import Account
from core.planning.models import PerformancePlan
from core.settings import load_settings
from core.work import unit_of_work
from tests.support.calls import system_context

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VIEWS = ("employee", "work-unit", "position", "plan", "evaluation", "history")
WELCOME = {"id": "Kinerja aparatur sipil negara", "en": "Performance of the civil service"}
NIP = re.compile(r"\d{8} \d{6} \d \d{3}")
NARROW = (390, 320)


def first_row(page):
    return page.locator("tbody th a").first


def open_first(page):
    first_row(page).click()
    page.wait_for_load_state()


def rows_seen(page):
    return int(re.sub(r"\D", "", page.inner_text("main p[role=status]")))


def fact(page, title):
    """The value beside `title` on the page of a row."""
    return page.locator(f":is(dl.details, dl.facts) > dt:text-is('{title}') + dd").inner_text()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_home_page_speaks_the_readers_language(visitor, language):
    someone = visitor(language)

    someone.go("/")

    assert someone.page.get_attribute("html", "lang") == language
    assert someone.page.inner_text("h1") == WELCOME[language]
    assert someone.page.locator(".doors a").count() == 2


def test_the_language_is_changed_on_the_page_where_one_is(visitor):
    someone = visitor("id")
    someone.enter("admin")
    someone.go("/admin/employee/?search=a")

    someone.page.click("header a[lang=en]")

    assert someone.page.url.endswith("/admin/employee/?search=a")
    assert someone.page.inner_text("h1") == "Employees"
    someone.page.click("header a[lang=id]")
    assert someone.page.inner_text("h1") == "Pegawai"


def test_a_query_runs_in_graphiql_after_the_log_in_above(visitor):
    someone = visitor("en")
    page = someone.page
    someone.go("/graphql")
    assert page.inner_text("#state") == "You are not logged in."

    page.fill("#log-in [name=username]", "pegawai")
    page.fill("#log-in [name=password]", "wrong")
    page.click("#log-in button")
    page.locator("#state", has_text="wrong").wait_for()
    page.fill("#log-in [name=password]", someone.password("pegawai"))
    page.click("#log-in button")
    page.locator("#state", has_text="You are logged in.").wait_for()
    page.click("button.graphiql-execute-button")

    answer = page.locator(".graphiql-response .CodeMirror-code")
    answer.locator("text=performancePlans").wait_for()
    text = answer.inner_text()
    assert '"totalCount": 2' in text
    assert "Bidang Pelayanan Pencatatan Sipil" in text
    assert "errors" not in text
    page.click("#log-out")
    assert page.inner_text("#state") == "You are not logged in."


def test_a_subscription_tells_in_graphiql_until_it_is_stopped(visitor):
    someone = visitor("en")
    page = someone.page
    someone.go("/graphql")
    page.fill("#log-in [name=username]", "pegawai")
    page.fill("#log-in [name=password]", someone.password("pegawai"))
    page.click("#log-in button")
    page.locator("#state", has_text="You are logged in.").wait_for()
    page.click(".graphiql-query-editor .CodeMirror")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("subscription { planStateChanged { state } }")
    answer = page.locator(".graphiql-response .CodeMirror-code")
    button = page.locator("button.graphiql-execute-button")

    with page.expect_response("**/graphql/stream"):
        button.click()
    with database.connection_context():
        employee = Account.get(Account.username == "pegawai").employee_id
        with unit_of_work(system_context(load_settings({}), utc_now())) as work:
            for plan in PerformancePlan.select().where(PerformancePlan.employee == employee):
                work.emit("planning.plan_approved", {"plan_id": plan.id})

    answer.locator("text=planning.plan_approved").first.wait_for()
    assert button.get_attribute("aria-label").startswith("Stop")
    button.click()
    page.locator("button.graphiql-execute-button[aria-label^=Execute]").wait_for()


def test_the_query_that_graphiql_begins_with_explains_itself_in_indonesian(visitor):
    someone = visitor("id")

    someone.go("/graphql")

    editor = someone.page.locator(".graphiql-query-editor .CodeMirror-code")
    editor.locator("text=Masuk di atas").wait_for()
    assert someone.page.get_attribute(".graphiql-query-editor textarea", "aria-label") == "Kueri"


def test_a_wrong_password_is_said_and_nothing_opens(visitor):
    someone = visitor("id")
    someone.go("/admin/login")

    someone.fill_in("rekan", "bukan-kata-sandinya")

    assert "salah" in someone.page.inner_text("[role=alert]")
    assert someone.page.input_value("#username") == "rekan"
    assert someone.page.input_value("#password") == ""
    someone.go("/admin/")
    assert someone.page.url.endswith("/admin/login")


def test_the_start_page_tells_an_employee_how_it_stands(visitor):
    someone = visitor("id")

    someone.enter("pegawai")

    page = someone.page
    assert fact(page, "Peran") == "Pegawai"
    assert fact(page, "Jabatan").endswith("Bidang Pelayanan Pencatatan Sipil")
    assert fact(page, "SKP Anda").startswith("Tahun ")
    page.click("dl.details dt:text-is('SKP Anda') + dd a")
    assert page.inner_text("h1") == fact(page, "Pegawai")
    assert page.locator("table[aria-labelledby=block-1] tbody tr").count() == 3


def test_the_hr_office_looks_from_a_name_to_plan_evaluation_and_history(visitor):
    officer = visitor("id")
    page = officer.page
    officer.enter("admin")

    page.click("nav.menu a:text-is('Pegawai')")
    assert rows_seen(page) == 240
    name = first_row(page).inner_text()
    page.fill("#search", name)
    page.press("#search", "Enter")
    page.wait_for_url("**search=**")
    assert rows_seen(page) >= 1
    open_first(page)
    assert page.inner_text("h1") == name
    assert NIP.fullmatch(fact(page, "NIP"))
    assert re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", fact(page, "Tanggal lahir"))

    page.click("nav.menu a:text-is('SKP')")
    page.fill("#search", name)
    page.press("#search", "Enter")
    page.wait_for_url("**search=**")
    open_first(page)
    assert fact(page, "Pegawai") == name
    assert page.locator("table tbody tr").count() >= 1

    page.click("nav.menu a:text-is('Evaluasi')")
    page.locator("tbody tr", has_text="diterima pegawai").first.locator("th a").click()
    page.wait_for_load_state()
    steps = page.locator("ol.steps li")
    assert "Capaian kinerja organisasi" in steps.first.inner_text()
    assert f"menghasilkan predikat {fact(page, 'Predikat')}." in page.inner_text("ol.steps")
    assert "PermenPANRB 6/2022, revisi 1, berlaku sejak 1 Januari 2022" in page.inner_text("ol.steps")

    page.click("nav.menu a:text-is('Riwayat')")
    assert page.locator("tbody tr").count() == 50
    open_first(page)
    assert page.locator("thead th").all_inner_texts()[:3] == ["Kolom", "Sebelum", "Sesudah"]


def test_targets_have_a_decimal_comma_in_indonesian(visitor):
    head = visitor("id")
    head.enter("kepala")

    head.page.click("dl.details dt:text-is('SKP Anda') + dd a")

    assert "88,31 indeks" in head.page.inner_text("table")


def test_a_search_without_a_result_says_what_to_do(visitor):
    officer = visitor("en")
    officer.enter("admin")

    officer.go("/admin/employee/?search=zzzz")

    assert "Nothing matches “zzzz”. Check the spelling" in officer.page.inner_text("main")
    officer.page.click("text=Show all")
    assert rows_seen(officer.page) == 240


def test_a_log_out_ends_the_session(visitor):
    someone = visitor("en")
    someone.enter("pegawai")

    someone.page.click(".account > button")
    someone.page.click("text=Log out")

    someone.page.wait_for_url("**/admin/login", wait_until="load")
    someone.go("/admin/employee/")
    assert urlsplit(someone.page.url).path == "/admin/login"


def test_an_employee_sees_less_than_the_hr_office(visitor):
    officer, clerk = visitor("id"), visitor("id")
    officer.enter("admin")
    clerk.enter("pegawai")

    for someone in (officer, clerk):
        someone.go("/admin/employee/")
    assert rows_seen(clerk.page) < rows_seen(officer.page) == 240
    # Of colleagues the clerk sees the name; the number is shown of itself alone.
    numbers = {text for text in clerk.page.locator("tbody td:nth-child(2)").all_inner_texts() if text != "–"}
    assert len(numbers) == 1
    addresses = officer.page.locator("tbody th a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    own = clerk.page.locator("tbody th a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert clerk.go(next(address for address in addresses if address not in own)).status == 404
    clerk.go("/admin/plan/")
    assert rows_seen(clerk.page) == 2
    clerk.go("/admin/history/")
    assert "Tidak ada perubahan yang cocok" in clerk.page.inner_text("main")


def test_the_keyboard_alone_is_enough_to_log_in(visitor):
    someone = visitor("en")
    page = someone.page
    someone.go("/admin/login")
    assert page.evaluate("document.activeElement.id") == "username"
    page.keyboard.type("pegawai")
    page.keyboard.press("Tab")
    page.keyboard.type(someone.password("pegawai"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('content').contains(document.activeElement)")


def every_page(someone):
    """Open every page in turn, as the HR office, and yield a name for each."""
    for path in ("/", "/no-such-page", "/admin/login"):
        someone.go(path)
        yield path
    someone.fill_in("admin", "bukan-kata-sandinya")
    yield "wrong password"
    someone.enter("admin")
    yield "/admin/"
    for view in VIEWS:
        someone.go(f"/admin/{view}/")
        yield view
        open_first(someone.page)
        yield f"a row of {view}"
    someone.go("/admin/employee/?search=zzzz")
    yield "nothing found"
    someone.go("/graphql")
    someone.page.locator(".graphiql-query-editor .CodeMirror-code >> text=performancePlans").wait_for()
    yield "/graphql"


@pytest.mark.parametrize(("language", "width"), [("id", 390), ("en", 320)])
def test_no_page_scrolls_sideways_on_a_phone(visitor, language, width):
    someone = visitor(language, width)

    wide = [name for name in every_page(someone) if someone.is_wider_than_the_screen()]

    assert wide == []


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("id", 1100, "light"), ("en", 390, "dark")], ids=["desk", "dark phone"]
)
def test_axe_finds_nothing_grave_on_any_page(visitor, language, width, scheme):
    someone = visitor(language, width, color_scheme=scheme)

    faults = [fault for _ in every_page(someone) for fault in someone.grave_faults()]

    assert faults == []
