"""What people keep of a list and take out of it: saved filters, look-ups, files, and the pages of rows."""

import csv
import io
import logging
from datetime import date

import pytest
from openpyxl import load_workbook

from admin.listing.models import ListPreference, SavedFilter
from core.database import utc_now
from core.identity.models import Account, RoleGrant
from core.organisation.models import Employee
from core.platform.models import JobRun

EMPLOYEES = "/admin/employee/"
SAVED = "/admin/employee/saved"
EXPORT = "/admin/employee/export"


def test_a_filter_is_saved_shared_used_renamed_and_deleted(enter, city):
    hr, officer = enter("hradmin"), enter("officer")

    answer = hr.post(SAVED, act="save", name="Laki-laki", query="f.sex.is=MALE&sort=name", is_shared="1")
    kept = SavedFilter.get()
    assert (answer.location, kept.query) == (f"/admin/employee/?saved={kept.id}", "f.sex.is=MALE&sort=name")

    # Each sees by it what each may see.
    mine, theirs = hr.names(EMPLOYEES, saved=kept.id), officer.names(EMPLOYEES, saved=kept.id)
    assert mine == hr.names(EMPLOYEES, **{"f.sex.is": "MALE"}, sort="name")
    assert set(theirs) < set(mine)

    officer.post(SAVED, act="change", id=kept.id, name="Dirampas")
    officer.post(SAVED, act="delete", id=kept.id)
    assert SavedFilter.get().name == "Laki-laki"

    hr.post(SAVED, act="change", id=kept.id, name="Pria")
    assert (SavedFilter.get().name, SavedFilter.get().is_shared) == ("Pria", False)
    assert "is not shared with you" in officer.get(EMPLOYEES, saved=kept.id).text

    hr.post(SAVED, act="delete", id=kept.id)
    assert SavedFilter.select().count() == 0


def test_a_list_begins_with_the_filter_that_a_person_chose(enter):
    hr, auditor = enter("hradmin"), enter("auditor")

    hr.post(SAVED, act="save", name="Pria", query="f.sex.is=MALE", is_first="1")

    assert hr.names(EMPLOYEES) == hr.names(EMPLOYEES, **{"f.sex.is": "MALE"})
    assert len(hr.names(EMPLOYEES, saved="0")) == len(auditor.names(EMPLOYEES)) == 7
    hr.post(SAVED, act="begin", id="")
    assert len(hr.names(EMPLOYEES)) == 7


def test_forms_of_a_list_need_the_token_and_a_name(enter):
    hr = enter("hradmin")

    hr.client.post(SAVED, data={"act": "save", "name": "x", "query": ""})
    hr.client.post("/admin/employee/columns", data={"cols": "name"})
    hr.post(SAVED, act="save", name=" ", query="")
    hr.post(SAVED, act="save", name="x" * 81, query="")

    assert (SavedFilter.select().count(), ListPreference.select().count()) == (0, 0)


def test_a_look_up_ranks_what_begins_so_first_and_stays_in_scope(enter, city):
    hr, officer = enter("hradmin"), enter("officer")
    Employee.update(name="Anita Siti").where(Employee.id == city.other.id).execute()

    found = hr.get("/admin/employee/lookup", q="siti").json

    assert [entry["text"].partition(" · ")[0] for entry in found] == ["Siti Aminah", "Anita Siti"]
    assert [entry["id"] for entry in officer.get("/admin/employee/lookup", q="anita").json] == []
    assert officer.get("/admin/employee/lookup", q=city.clerk.nip).json == []
    assert city.clerk.nip not in officer.get("/admin/employee/lookup", q=city.clerk.name).text
    assert hr.get("/admin/employee/lookup", q="%\x00").json == []


def test_a_file_has_every_row_of_the_filter_the_columns_and_the_masks_of_the_list(enter, city, caplog):
    auditor = enter("auditor")
    Employee.update(name="=cmd|'/c calc'!A1").where(Employee.id == city.clerk.id).execute()

    with caplog.at_level(logging.INFO, logger="admin.listing.exporting"):
        answer = auditor.get(EXPORT, format="csv", cols="name,nip,sex,birth_date", sort="name", size="25")
    text = answer.data.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text)))

    assert table[0] == ["Name", "NIP", "Sex", "Date of birth"]
    assert len(table) == 8
    row = next(row for row in table if row[0].startswith("'="))
    assert row == [
        "'=cmd|'/c calc'!A1", f"'{city.clerk.nip}", row[2], city.clerk.birth_date.isoformat(),
    ]  # fmt: skip
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="employee-')
    assert (caplog.records[-1].rows, caplog.records[-1].view) == (7, "employee")

    book = load_workbook(io.BytesIO(auditor.get(EXPORT, format="xlsx", cols="name,nip").data))
    assert all(isinstance(cell.value, str) and cell.data_type == "s" for cell in book["data"]["B"])

    rows = auditor.get(EXPORT, format="json", cols="name,nip,sex", **{"f.sex.is": "MALE"}).json["rows"]
    assert {row["sex"] for row in rows} == {"MALE"}


def test_the_secrets_in_an_error_leave_in_no_file(enter):
    words = "cannot reach postgresql://kinerja:rahasia@db/kinerja"
    JobRun.create(name="events.deliver_pending", started_at=utc_now(), error=words)
    RoleGrant.create(account=Account.get(username="sysadmin"), role="auditor", valid_from=date(2020, 1, 1))
    operator = enter("sysadmin")

    for ending in ("csv", "json"):
        answer = operator.get("/admin/job-run/export", format=ending, cols="name,error")
        assert answer.status_code == 200
        assert "cannot reach" in answer.text
        assert "rahasia" not in answer.text


def test_whoever_may_not_export_is_given_no_file(enter):
    officer = enter("officer")

    answer = officer.get(EXPORT, format="csv")

    assert answer.status_code == 403
    assert "Save as CSV" not in officer.get(EMPLOYEES).text


@pytest.mark.parametrize("parameters", [{"format": "exe"}, {"format": "csv", "f.sex.is": "CAT"}])
def test_a_file_that_is_not_understood_is_not_made(enter, parameters):
    assert enter("auditor").get(EXPORT, **parameters).status_code == 422


def test_a_page_of_a_row_leads_to_the_rows_around_it_and_no_farther(enter, city):
    hr = enter("hradmin")

    page = hr.get("/admin/work-unit/details/", id=city.agency.id)

    assert f'<a href="/admin/work-unit/details/?id={city.root.id}">{city.root.name}</a>' in page.text
    assert f'href="/admin/work-unit/details/?id={city.registry.id}">{city.registry.code}</a>' in page.text
    assert "None that you may see." in page.text
    assert enter("officer").get(EMPLOYEES + "details/", id=city.other.id).status_code == 404
