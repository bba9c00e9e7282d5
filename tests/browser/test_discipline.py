"""A discipline case from the report to the day of its effect in a real browser, by those who have a part in it."""

import re

import pytest

from core.database import database, utc_now
from core.identity.models import Account
from core.organisation.models import Employee
from core.workdays.rules import add_working_days
from core.workdays.services import load_holidays
from plugins.rewards.discipline.models import DisciplineCase, SanctionDecision

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ENVIRONMENT = {"KINERJA_PLUGINS": "rewards"}
LIST = "/admin/rewards-discipline-case/"


def person():
    with database.connection_context():
        return Employee.get_by_id(Account.get(Account.username == "pegawai").employee_id)


def the_case():
    with database.connection_context():
        return DisciplineCase.get()


def do(visitor, title, **texts):
    """Open the form of a step on the page of the case, fill it in and send it."""
    page = visitor.page
    visitor.go(f"{LIST}details/?id={the_case().id}")
    page.click(f".toolbar a:text-is('{title}')")
    page.wait_for_load_state()
    fill(page, **texts)
    for tick in page.locator("input[name=_sure]").all():
        tick.check()
    assert visitor.grave_faults() == []
    page.click("form.writing button:text-is('Simpan'), form.writing button:not([name])")
    page.wait_for_load_state()
    assert page.locator(".field__problem").all_inner_texts() == []


def fill(page, **texts):
    for name, text in texts.items():
        field = page.locator(f"#field-{name}")
        if text is True:
            field.check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)


def test_report_to_the_day_of_effect(visitor):
    who, today = person(), utc_now().date()
    with database.connection_context():
        holidays = load_holidays(today.replace(month=1, day=1), today.replace(year=today.year + 1))
    reporter, superior, own = visitor("id"), visitor("id"), visitor("id", width=390)
    reporter.enter("rekan")
    superior.enter("atasan")
    own.enter("pegawai")

    reporter.go(f"{LIST}do/rewards.report_breach")
    assert reporter.grave_faults() == []
    act = today.replace(day=1).isoformat()
    fill(reporter.page, employee_id=str(who.id), act_first_on=act, text="Sering meninggalkan loket", is_protected=True)
    reporter.page.click("form.writing button:text-is('Simpan'), form.writing button:not([name])")
    reporter.page.wait_for_load_state()
    case = the_case()
    for outsider in (reporter, own):
        # Neither who reported it nor the person learns that there is a case.
        assert outsider.go(f"{LIST}details/?id={case.id}").status == 404
        outsider.go(LIST)
        assert case.number not in outsider.page.content()

    do(superior, "Tindak lanjuti")
    do(superior, "Sangkakan", item_code="3.e", impact="UNIT")
    first = add_working_days(today, 3, holidays)
    do(superior, "Panggil", examine_on=first.isoformat(), letter_number="800/12", place="Ruang rapat")
    own.go(f"{LIST}details/?id={case.id}")
    assert case.number in own.page.inner_text("h1")
    assert "Sering meninggalkan loket" not in own.page.content()
    assert own.grave_faults() == []
    assert not own.is_wider_than_the_screen()
    do(superior, "Datang")
    do(superior, "Catat pemeriksaan", minutes="Berita acara", is_signed_by_examiner=True, is_signed_by_examined=True)
    do(superior, "Usulkan hukuman", sanction="LIGHT_1", report="Terbukti")
    do(superior, "Putuskan", sanction="LIGHT_1", decree_number="888/1")
    do(superior, "Serahkan")

    with database.connection_context():
        decision = SanctionDecision.get()
        expected = add_working_days(today, 15, load_holidays(today, today.replace(year=today.year + 1)))
    assert decision.effective_on == expected
    own.go(f"{LIST}details/?id={case.id}")
    page = own.page
    assert page.locator("ol.steps li").count() >= 6
    assert re.search(r"Berlaku sejak", page.inner_text("ol.steps"))
    assert "888/1" in page.inner_text("ol.steps")
    assert own.grave_faults() == []
    superior.go("/admin/")
    assert "Disiplin: tenggat" in superior.page.content()
    own.go("/admin/")
    assert "Disiplin: tenggat" not in own.page.content()
