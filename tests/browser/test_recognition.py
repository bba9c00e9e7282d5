"""Recognition in Chromium: from a programme to the certificate, by hand, and checked by a stranger."""

import re

import pytest
from pypdf import PdfReader

from core.database import database
from core.identity.models import Account
from core.organisation.models import Employee
from plugins.rewards.models import Award

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ENVIRONMENT = {"KINERJA_PLUGINS": "rewards"}
NAME = "Apresiasi Layanan"


def do(visitor, path, **given):
    """Open the form of a verb, fill it in and send it; fields are given by name."""
    page = visitor.page
    visitor.go(path)
    fill(page, **given)
    send(page)


def send(page):
    """Send the form, and say yes where a grave verb asks once more."""
    if page.locator("form.writing input[name=_sure]").count():
        page.check("form.writing input[name=_sure]")
    page.locator("form.writing .toolbar button").first.click()
    page.wait_for_load_state()


def fill(page, **given):
    for name, value in given.items():
        field = page.locator(f"#field-{name}")
        if value is True:
            field.check()
        elif page.evaluate("name => document.getElementById('field-' + name).tagName", name) == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def nominee():
    """Somebody of the registry who is no log-in of the demo, and the division's colleague who proposes."""
    with database.connection_context():
        return Account.get(Account.username == "rekan").employee


def key_in(page):
    """Return the id of the row whose page is open."""
    return re.search(r"[?&]id=(\d+)", page.url).group(1)


def test_from_the_programme_to_a_certificate_that_a_stranger_checks(visitor, tmp_path):
    who = nominee()
    hr = visitor("id")
    page = hr.page
    hr.enter("admin")
    do(hr, "/admin/rewards-programme/do/rewards.create_programme", code="apresiasi", name=NAME, kind="APPRECIATION")
    assert NAME in page.inner_text("main")
    assert hr.grave_faults() == []
    programme = key_in(page)
    do(hr, f"/admin/rewards-programme/do/rewards.update_programme?id={programme}", objection_days="0",
       nominators="RULE\nSUPERIOR\nPEER")  # fmt: skip
    do(hr, "/admin/rewards-round/do/rewards.create_round", programme_id=programme, name="Tahun ini",
       starts_on="2020-01-01", ends_on="2040-12-31")  # fmt: skip
    round_ = key_in(page)
    assert hr.grave_faults() == []

    colleague = visitor("id", width=390)
    colleague.enter("pegawai")
    colleague.go("/admin/rewards-nomination/do/rewards.nominate")
    assert colleague.grave_faults() == []
    assert not colleague.is_wider_than_the_screen()
    fill(colleague.page, round_id=round_, basis="PEER", statement="Menata arsip loket sampai tuntas.")
    choose(colleague.page, "employee_id", who)
    send(colleague.page)
    nomination = key_in(colleague.page)

    hr.go(f"/admin/rewards-nomination/details/?id={nomination}")
    assert "Menata arsip loket" in page.inner_text("main")
    act = f"/admin/rewards-nomination/do/rewards.%s?id={nomination}"
    do(hr, act % "verify_nomination", is_accepted=True, is_all_right=True)
    do(hr, act % "award_nomination", decree_number="800/99/2026")
    assert "800/99/2026" in page.inner_text("main")
    assert hr.grave_faults() == []
    do(hr, act % "grant_award", is_published=True)

    with database.connection_context():
        award = Award.get(Award.title == NAME)
        certificate = award.certificate
    hr.go(f"/admin/certificate/details/?id={certificate.id}")
    with page.expect_download() as download:
        page.click("text=Sertifikat sebagai PDF, bahasa Indonesia")
    path = tmp_path / "sertifikat.pdf"
    download.value.save_as(path)
    text = PdfReader(path).pages[0].extract_text()
    assert NAME in text
    assert who.name in text

    stranger = visitor("en", width=390)
    stranger.go(f"/-/verify/{certificate.code}")
    shown = stranger.page.inner_text("main")
    assert "This certificate is valid." in shown
    assert who.name in shown
    assert stranger.grave_faults() == []
    assert not stranger.is_wider_than_the_screen()

    do(hr, f"/admin/rewards-award/do/rewards.revoke_award?id={award.id}", reason="Salah orang")
    stranger.go("/-/verify/")
    stranger.page.fill("#code", certificate.code.lower())
    stranger.page.click("main button")
    stranger.page.wait_for_load_state()
    assert "was revoked on" in stranger.page.inner_text("main")
    assert stranger.grave_faults() == []
    stranger.page.fill("#code", "00000-00000-00000-00000")
    stranger.page.click("main button")
    stranger.page.wait_for_load_state()
    assert "There is no certificate with this code" in stranger.page.inner_text("main")
    assert stranger.grave_faults() == []


def choose(page, name, employee):
    """Choose an employee, by search where there are too many for one list."""
    if page.locator(f"#search-{name}").count():
        page.fill(f"#search-{name}", employee.name)
        page.wait_for_selector(f"#field-{name} option[value='{employee.id}']", state="attached")
    page.select_option(f"#field-{name}", str(employee.id))


def test_the_reasons_of_a_run_are_read_in_both_languages(visitor):
    hr = visitor("id")
    hr.enter("admin")
    do(hr, "/admin/rewards-programme/do/rewards.create_programme", code="satya", template="sks_x")
    programme = key_in(hr.page)
    do(hr, "/admin/rewards-round/do/rewards.create_round", programme_id=programme, name="Satya",
       starts_on="2026-01-01", ends_on="2026-12-31")  # fmt: skip
    do(hr, f"/admin/rewards-round/do/rewards.start_run?id={key_in(hr.page)}")
    for _ in range(60):
        hr.go("/admin/rewards-result/")
        if hr.page.locator("tbody th a").count():
            break
        hr.page.wait_for_timeout(500)
    hr.page.locator("tbody th a").first.click()
    hr.page.wait_for_load_state()

    assert "Telah mengabdi" in hr.page.inner_text("main")
    assert hr.grave_faults() == []
    hr.go(hr.page.url.removeprefix(hr.address) + "&language=en")
    assert "Has served" in hr.page.inner_text("main")
    with database.connection_context():
        assert Employee.select().count() > 100
