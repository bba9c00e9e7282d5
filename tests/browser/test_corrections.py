"""Correcting records in a real browser: finding, a stale edit, many rows at once with a way back, a second person."""

import re

import pytest

from core.database import database
from core.identity.models import Account, RoleGrant
from core.organisation.models import Employee, Position, WorkUnit
from tests.support.city import START

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ENVIRONMENT = {"KINERJA_APPROVAL_NEEDED": "Employee.back_title"}


def employee(number=0):
    """Somebody whom a test corrects, each another one."""
    with database.connection_context():
        return Employee.select().order_by(Employee.id).offset(10 + number).first()


def reloaded(row):
    with database.connection_context():
        return type(row).get_or_none(type(row).id == row.id)


def find(visitor, row):
    """Find an employee in the list by name, and open the form of corrections."""
    page = visitor.page
    visitor.go("/admin/employee/")
    page.fill("#search", row.name)
    page.click("form[role=search] button")
    page.locator("tbody th a", has_text=row.name).first.click()
    page.click(".toolbar a:text-is('Perbaiki')")
    page.wait_for_load_state()


def save(page):
    page.click("form.writing button:text-is('Simpan')")
    page.wait_for_load_state()


def test_an_employee_is_found_and_corrected(visitor):
    who = employee()
    someone = visitor("id")
    page = someone.page
    someone.enter("admin")

    find(someone, who)
    assert page.input_value("#field-name") == who.name
    page.fill("#field-name", " ")
    save(page)
    assert page.locator(".field--wrong").count() == 1
    assert page.evaluate("document.activeElement.id") == "field-name"
    assert someone.grave_faults() == []
    page.fill("#field-name", who.name)
    page.fill("#field-phone", "0812-3456")
    page.fill("#field-reason", "nomor baru")
    save(page)

    assert "sudah disimpan" in page.locator(".message").first.inner_text()
    assert reloaded(who).phone == "0812-3456"
    assert someone.grave_faults() == []


def test_two_windows_correct_the_same_employee(visitor):
    who = employee(1)
    first, second = visitor("id"), visitor("id", width=390)
    for someone in (first, second):
        someone.enter("admin")
        someone.go(f"/admin/employee/do/organisation.update_employee?id={who.id}")

    first.page.fill("#field-phone", "0811")
    save(first.page)
    second.page.fill("#field-phone", "0899")
    second.page.fill("#field-email", "baru@kota.go.id")
    save(second.page)

    assert second.page.locator("table.diff tbody tr").count() == 2
    assert "0811" in second.page.inner_text("table.diff")
    assert second.grave_faults() == []
    assert not second.is_wider_than_the_screen()
    second.page.check("input[name='_take.phone'][value=now]")
    second.page.click("form.writing button:text-is('Simpan pilihan')")
    second.page.wait_for_load_state()
    row = reloaded(who)
    assert (row.phone, row.email) == ("0811", "baru@kota.go.id")


def test_many_rows_go_to_the_bin_and_come_back(visitor):
    with database.connection_context():
        unit, kind = WorkUnit.select().first(), Position.select().first().kind
        rows = [
            Position.create(code=f"COBA-{number}", title=f"Jabatan Percobaan {number}", kind=kind, unit=unit,
                            valid_from=START)
            for number in (1, 2)
        ]  # fmt: skip
    someone = visitor("id")
    page = someone.page
    someone.enter("admin")
    someone.go("/admin/position/?search=Percobaan")

    for row in rows:
        page.check(f"tbody input[name=id][value='{row.id}']")
    page.click("button[formaction*='archive_position']")
    page.wait_for_load_state()
    assert "2 baris" in page.inner_text("h1")
    assert someone.grave_faults() == []
    page.fill("#field-reason", "dibuat dua kali")
    page.click("form.writing button[name=_start]")
    page.wait_for_url(re.compile(r"/admin/runs/\d+"))
    # The page follows the run by itself and shows what became of it.
    page.locator("text=Batalkan semuanya").wait_for()
    assert "2 dari 2 baris sudah diproses, 0 di antaranya ditolak." in page.inner_text(".progress")
    assert someone.grave_faults() == []
    assert [reloaded(row) for row in rows] == [None, None]

    page.fill("#field-reason", "ternyata masih perlu")
    page.click("text=Batalkan semuanya")
    page.wait_for_load_state()

    assert "Proses dibatalkan" in page.inner_text("main")
    assert [reloaded(row).title for row in rows] == ["Jabatan Percobaan 1", "Jabatan Percobaan 2"]
    someone.go("/admin/bin/")
    assert page.locator("tbody tr").count() == 2
    assert "dipulihkan" in page.inner_text("tbody")
    assert someone.grave_faults() == []


def test_a_change_waits_for_a_second_person(visitor):
    who = employee(2)
    with database.connection_context():
        RoleGrant.create(account=Account.get(Account.username == "rekan"), role="hr_admin", valid_from=START)
    first, second = visitor("id"), visitor("id", width=390)
    first.enter("admin")
    second.enter("rekan")

    first.go(f"/admin/employee/do/organisation.update_employee?id={who.id}")
    first.page.fill("#field-back_title", "M.Kearsipan")
    first.page.fill("#field-reason", "ijazah baru")
    save(first.page)
    assert "menunggu persetujuan orang lain" in first.page.inner_text("main")
    assert first.page.locator("button:text-is('Setujui')").count() == 0
    assert first.grave_faults() == []
    assert reloaded(who).back_title == who.back_title

    second.go("/admin/approvals/")
    assert second.grave_faults() == []
    second.page.locator("tbody th a").first.click()
    assert "M.Kearsipan" in second.page.inner_text("table.diff ins")
    assert not second.is_wider_than_the_screen()
    assert second.grave_faults() == []
    second.page.click("button:text-is('Setujui')")
    second.page.wait_for_load_state()

    assert "Disetujui" in second.page.locator(".message").first.inner_text()
    assert reloaded(who).back_title == "M.Kearsipan"
