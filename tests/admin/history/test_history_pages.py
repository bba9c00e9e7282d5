"""The history in the browser: on each row, searched as a whole, and the ways back from it."""

import re
from html import unescape

import pytest

from core.approval.models import ChangeRequest
from core.context import Context
from core.database import utc_now
from core.history.models import HistoryRecord
from core.identity.actors import actor_for_account
from core.identity.models import Account
from core.organisation.models import Employee, Grade
from core.organisation.services.employees import update_employee
from core.registry import active_registry
from tests.support.city import build_city
from tests.support.office import add_people

PEOPLE = {
    "officer": None,
    "auditor": "auditor",
    "hradmin": "hr_admin",
    "archivist": "hr_admin",
    "registrar": "hr_officer",
}


@pytest.fixture
def city(db):
    city = build_city()
    add_people(city, PEOPLE, archivist=city.archive)
    return city


@pytest.fixture
def change(db, app, city):
    """Change the officer as the HR office and return the record of it."""

    def run(reason="Moved house", **values):
        account = Account.get(Account.username == "registrar")
        ctx = Context(actor=actor_for_account(account, utc_now().date()), settings=db, language="en", reason=reason)
        update_employee(ctx, city.officer.id, None, values)
        return HistoryRecord.select().order_by(HistoryRecord.id.desc()).get()

    return run


def text_of(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.text)))


def officer(city):
    return Employee.get_by_id(city.officer.id)


def test_a_row_shows_its_changes_field_by_field_with_names(enter, city, change):
    change(phone="0811", grade_id=Grade.get(Grade.code == "III/d").id)

    page = enter("hradmin").get("/admin/employee/details/", id=city.officer.id)

    section = page.text[page.text.index('id="history-of-row"') :]
    assert "changed" in section
    assert "<strong>registrar</strong>" in section
    assert "Reason: Moved house" in section
    assert re.search(r"Telephone</th>.*?<del>–</del>.*?<ins>0811</ins>", section, re.DOTALL)
    assert re.search(r"Grade</th>.*?<del>III/c.*?</del>.*?<ins>III/d", section, re.DOTALL)
    assert "Restore this field" in section


def test_who_only_reads_the_history_is_offered_no_way_back(enter, city, change):
    change(phone="0811")

    page = enter("auditor").get("/admin/employee/details/", id=city.officer.id)

    assert 'id="history-of-row"' in page.text
    assert "Restore" not in page.text


@pytest.mark.parametrize("who", ["registrar", "officer"])
def test_who_reads_no_history_sees_none_of_it(enter, city, change, who):
    record = change(phone="0811")
    asks = enter(who)

    assert 'id="history-of-row"' not in asks.get("/admin/employee/details/", id=city.officer.id).text
    assert asks.get("/admin/history/details/", id=record.id).status_code == 404
    assert asks.get("/admin/history/restore", id=record.id).status_code == 404
    assert asks.get("/admin/history/undo", id=record.id).status_code == 404
    assert "Budi Santoso" not in asks.get("/admin/history/", what="Employee").text


def test_other_units_are_hidden_in_the_search_and_by_id(enter, change):
    record = change(phone="0811")
    asks = enter("archivist")

    assert "0811" not in asks.get("/admin/history/").text
    for path in ("/admin/history/details/", "/admin/history/restore", "/admin/history/undo"):
        assert asks.get(path, id=record.id).status_code == 404
    answer = asks.post("/admin/history/restore", id=record.id, state="BEFORE", reason="x")
    assert answer.status_code == 404
    assert Employee.get(Employee.phone == "0811")


def test_a_field_is_restored_with_a_reason(enter, city, change):
    record = change(phone="0811", email="budi@example.id")
    asks = enter("hradmin")
    page = asks.get("/admin/history/restore", id=record.id, state="BEFORE", field="phone")
    assert "Restore one field of Budi Santoso: Telephone" in text_of(page)
    assert "budi@example.id" not in page.text

    answer = asks.post(
        "/admin/history/restore", id=record.id, state="BEFORE", field="phone", version=2, reason="Wrong number"
    )

    assert (answer.status_code, answer.location) == (303, f"/admin/employee/details/?id={city.officer.id}")
    assert (officer(city).phone, officer(city).email) == ("", "budi@example.id")
    newest = HistoryRecord.select().order_by(HistoryRecord.id.desc()).get()
    assert (newest.actor_name, newest.reason) == ("hradmin", "Wrong number")


def test_a_record_goes_back_as_a_whole(enter, city, change):
    record = change(phone="0811", email="budi@example.id")

    enter("hradmin").post("/admin/history/restore", id=record.id, state="BEFORE", version=2, reason="Other person")

    assert (officer(city).phone, officer(city).email) == ("", "")


def test_without_a_reason_nothing_is_restored_and_the_page_says_why(enter, city, change):
    record = change(phone="0811")

    answer = enter("hradmin", "id").post("/admin/history/restore", id=record.id, state="BEFORE", reason=" ", version=2)

    assert answer.status_code == 422
    assert "Mengembalikan keadaan terdahulu memerlukan alasan" in text_of(answer)
    assert officer(city).phone == "0811"


def test_a_wrong_token_changes_nothing_and_keeps_what_was_typed(enter, city, change):
    record = change(phone="0811")

    answer = enter("hradmin").post("/admin/history/restore", token="wrong", id=record.id, reason="Wrong number")

    assert answer.status_code == 403
    assert "Wrong number" in answer.text
    assert officer(city).phone == "0811"


def test_a_row_that_moved_on_is_not_overwritten(enter, city, change):
    record = change(phone="0811")
    change(phone="0822")

    answer = enter("hradmin").post("/admin/history/restore", id=record.id, state="BEFORE", version=2, reason="x")

    assert answer.status_code == 409
    assert officer(city).phone == "0822"


def test_a_guarded_field_waits_for_a_second_person(enter, city, change, monkeypatch):
    record = change(phone="0811")
    registry = active_registry()
    guarded = registry.settings.model_copy(update={"approval_needed": ["Employee.phone"]})
    object.__setattr__(registry, "settings", guarded)

    answer = enter("hradmin").post("/admin/history/restore", id=record.id, state="BEFORE", version=2, reason="x")

    assert answer.status_code == 303
    assert (officer(city).phone, ChangeRequest.get().subject_id) == ("0811", city.officer.id)


def test_all_that_was_done_at_once_is_shown_and_undone(enter, city, change):
    record = change(nip="199005172015031099")
    asks = enter("hradmin")
    page = asks.get("/admin/history/details/", id=record.id)
    assert "Undo all that was done at once" in page.text
    assert "Budi Santoso" in text_of(asks.get("/admin/history/undo", id=record.id))

    answer = asks.post("/admin/history/undo", id=record.id, reason="Wrong number")

    assert answer.status_code == 303
    assert officer(city).nip == "199005172015031002"


def test_the_search_finds_and_pages_by_what_was_typed(enter, city, change):
    for number in range(52):
        change(phone=f"08{number:02}")
    asks = enter("hradmin")

    page = asks.get("/admin/history/", what="Employee", field="phone")

    assert page.text.count('<tr role="row">') == 51
    [older] = re.findall(r'href="([^"]+older=[^"]+)"', page.text)
    second = asks.client.get(unescape(older))
    assert second.text.count('<tr role="row">') == 3
    assert "No change fits" in asks.get("/admin/history/", text="nobody wrote this").text
    assert asks.get("/admin/history/", number="x' OR 1=1", since="tomorrow", older="99999999999").status_code == 200


def test_a_script_in_a_reason_is_text(enter, change):
    change("<script>alert(1)</script>", phone="0811")

    page = enter("hradmin").get("/admin/history/")

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


def test_the_chain_is_checked_by_whoever_reads_the_whole_history(enter, change):
    record = change(phone="0811")
    asks = enter("auditor")
    assert "Check now" in asks.get("/admin/history/chain").text

    answer = asks.post("/admin/history/chain")
    assert "The history is whole" in text_of(answer)
    assert (
        record.hash in answer.text or HistoryRecord.select().order_by(HistoryRecord.id.desc()).get().hash in answer.text
    )
    assert asks.post("/admin/history/chain", token="wrong").status_code == 403
    assert enter("archivist").get("/admin/history/chain").status_code == 404

    HistoryRecord.update(reason="Something else").where(HistoryRecord.id == record.id).execute()
    assert f"Change {record.id}: its content was altered" in text_of(asks.post("/admin/history/chain"))


def test_indonesian_pages_speak_indonesian(enter, city, change):
    record = change(phone="0811")
    asks = enter("hradmin", "id")

    assert "Riwayat" in text_of(asks.get("/admin/history/"))
    assert "Pulihkan satu isian Budi Santoso" in text_of(
        asks.get("/admin/history/restore", id=record.id, state="BEFORE", field="phone")
    )
    assert "Apakah riwayat utuh?" in text_of(asks.get("/admin/history/chain"))
    assert "Semua perubahan data ini" in text_of(asks.get("/admin/history/details/", id=record.id))
