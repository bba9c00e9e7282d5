"""One verb for many rows: as a run with progress, results, an end and a way back, and never past one's sight."""

import re

import pytest

from core.organisation.models import Employee
from core.runs.models import BulkRun, BulkRunItem
from core.runs.terms import RunState
from core.runs.working import work_through
from tests.admin.writing.conftest import inputs_of
from tests.support.statements import counted_statements

BULK = "/admin/employee/bulk/organisation.update_employee"
PHONE = {"_change.phone": "1", "phone": "0812", "_start": "1"}


def ids(*people):
    return [str(one.id) for one in people]


def phones():
    return {row.name: row.phone for row in Employee.select() if row.phone}


def started(answer):
    assert answer.status_code == 303, answer.text
    return BulkRun.get_by_id(int(answer.location.rpartition("/")[2]))


def test_the_list_offers_what_can_be_done_to_many_rows(enter, city):
    assert f'formaction="{BULK}"' in enter("hradmin").get("/admin/employee/").text
    for username in ("officer", "auditor"):
        assert "/bulk/" not in enter(username).get("/admin/employee/").text


def test_only_ticked_fields_of_the_chosen_rows_are_changed(enter, city, ctx):
    hr = enter("hradmin")
    chosen = hr.post(BULK, id=ids(city.officer, city.clerk))

    form = inputs_of(chosen)
    answer = hr.post(BULK, **form | PHONE | {"email": "x@kota.go.id", "_reason": "new exchange"})
    run = started(answer)
    before = hr.get(answer.location)
    work_through(ctx)
    after = hr.get(answer.location)

    assert form["id"] == ids(city.officer, city.clerk)
    assert "Correct – 2 rows" in chosen.text
    assert "0 of 2 rows are through" in before.text
    assert "2 of 2 rows are through, 0 of them refused." in after.text
    assert phones() == {"Budi Santoso": "0812", "Rina Wulandari": "0812"}
    assert Employee.select().where(Employee.email != "").count() == 0
    assert (run.reason, run.values, run.account_name) == ("new exchange", {"phone": "0812"}, "hradmin")


def test_everything_that_the_filter_finds_is_changed(enter, city, ctx):
    hr = enter("hradmin")
    chosen = hr.post(BULK, all="1", query="search=a&f.sex.is=FEMALE")

    form = inputs_of(chosen)
    started(hr.post(BULK, **form | PHONE))
    work_through(ctx)

    women = {"Siti Aminah", "Rina Wulandari", "Dewi Lestari"}
    assert form["_count"] == "3"
    assert "id" not in form
    assert phones().keys() == women


def test_a_filter_that_finds_others_meanwhile_is_confirmed_anew(enter, city):
    hr = enter("hradmin")
    form = inputs_of(hr.post(BULK, all="1", query="search=rina"))
    Employee.update(name="Rina Kartika").where(Employee.id == city.other.id).execute()

    answer = hr.post(BULK, **form | PHONE)

    assert answer.status_code == 409
    assert "The filter finds other rows now than before." in answer.text
    assert inputs_of(answer)["_count"] == "2"
    assert BulkRun.select().count() == 0


def test_rows_out_of_sight_are_never_touched(enter, city, ctx):
    registrar = enter("registrar")
    given = ids(city.officer, city.other, city.head)

    form = inputs_of(registrar.post(BULK, id=given))
    answer = registrar.post(BULK, **PHONE, id=given)
    started(answer)
    work_through(ctx)

    assert form["id"] == str(city.officer.id)
    assert [item.subject_id for item in BulkRunItem.select()] == [city.officer.id]
    assert phones() == {"Budi Santoso": "0812"}


def test_all_means_all_within_ones_sight(enter, city, ctx):
    registrar = enter("registrar")

    started(registrar.post(BULK, **PHONE, all="1", _count="3"))
    work_through(ctx)

    assert phones().keys() == {"Siti Aminah", "Budi Santoso", "Rina Wulandari"}


def test_rows_whose_field_one_may_not_read_are_left_out(enter, city, monkeypatch):
    from dataclasses import replace

    from core import policy

    entry = policy._entries[Employee]
    masks = {**entry.masks, "phone": lambda actor, table: table.id == city.clerk.id}
    monkeypatch.setitem(policy._entries, Employee, replace(entry, masks=masks))
    hr = enter("hradmin")

    started(hr.post(BULK, **PHONE, id=ids(city.officer, city.clerk)))

    assert [item.subject_id for item in BulkRunItem.select()] == [city.clerk.id]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ({"_start": "1"}, "No field is to be changed. Tick at least one."),
        ({"_start": "1", "_change.birth_date": "1", "birth_date": "x"}, "x is no date. Give it as year-month-day."),
        ({"_start": "1", "_change.name": "1", "name": ""}, "This must not be empty. Fill it in."),
    ],
)
def test_bad_input_starts_nothing_and_is_kept(enter, city, form, text):
    answer = enter("hradmin").post(BULK, **form, id=ids(city.officer), phone="0812")

    assert answer.status_code == 422
    assert text in answer.text
    assert inputs_of(answer)["phone"] == "0812"
    assert BulkRun.select().count() == 0


def test_without_rows_nothing_is_started(enter, city):
    answer = enter("hradmin").post(BULK, **PHONE)

    assert answer.status_code == 422
    assert "No row is chosen. Choose at least one." in answer.text
    assert BulkRun.select().count() == 0


def test_each_row_tells_what_stood_in_its_way(enter, city, ctx):
    hr = enter("hradmin")
    taken = {"_change.nip": "1", "nip": city.officer.nip, "_start": "1"}

    run = started(hr.post(BULK, **taken, id=ids(city.officer, city.clerk)))
    work_through(ctx)
    page = hr.get(f"/admin/runs/{run.id}")

    assert "2 of 2 rows are through, 1 of them refused." in page.text
    rows = re.findall(r'<th scope="row"[^>]*><a href="([^"]+)">.*?</tr>', page.text, re.DOTALL)
    assert rows[0] == f"/admin/employee/details/?id={city.clerk.id}"
    assert "Another employee has or had the number" in page.text


def test_a_run_is_followed_stopped_and_undone(enter, city, ctx):
    hr = enter("hradmin")
    first = started(hr.post(BULK, **PHONE, id=ids(city.officer)))
    stopped = hr.post(f"/admin/runs/{first.id}/stop")
    second = started(hr.post(BULK, **PHONE, id=ids(city.officer, city.clerk)))
    waiting = hr.get(f"/admin/runs/{second.id}/progress").json
    work_through(ctx)
    done = hr.get(f"/admin/runs/{second.id}/progress").json

    without = hr.post(f"/admin/runs/{second.id}/undo")
    undone = hr.post(f"/admin/runs/{second.id}/undo", _reason="wrong number")

    assert stopped.status_code == 303
    assert BulkRun.get_by_id(first.id).state is RunState.STOPPED
    assert waiting == {
        "done": 0, "total": 2, "text": "0 of 2 rows are through, 0 of them refused.", "isOver": False
    }  # fmt: skip
    assert (done["done"], done["isOver"]) == (2, True)
    assert without.status_code == 422
    assert "Bringing back an earlier state needs a reason. Write why." in without.text
    assert undone.status_code == 303
    assert phones() == {}
    assert BulkRun.get_by_id(second.id).state is RunState.UNDONE
    assert hr.get("/admin/runs/").text.count("/admin/runs/details/?id=") == 2


def test_runs_are_seen_and_steered_by_those_who_may(enter, city, ctx):
    registrar = enter("registrar")
    run = started(registrar.post(BULK, **PHONE, id=ids(city.officer)))
    officer, hr = enter("officer"), enter("hradmin")

    assert officer.get(f"/admin/runs/{run.id}").status_code == 404
    assert officer.get(f"/admin/runs/{run.id}/progress").status_code == 404
    assert officer.post(f"/admin/runs/{run.id}/stop").status_code == 404
    assert "/stop" not in hr.get(f"/admin/runs/{run.id}").text
    assert hr.post(f"/admin/runs/{run.id}/stop").status_code == 403
    assert BulkRun.get().state is RunState.WAITING


def test_nothing_is_started_stopped_or_undone_without_the_token(enter, city, app):
    hr = enter("hradmin")
    run = started(hr.post(BULK, **PHONE, id=ids(city.officer)))
    hr.token = "guess"

    assert hr.post(BULK, **PHONE, id=ids(city.officer)).status_code == 403
    assert hr.post(f"/admin/runs/{run.id}/stop").status_code == 403
    assert hr.post(f"/admin/runs/{run.id}/undo", _reason="x").status_code == 403
    assert [row.state for row in BulkRun.select()] == [RunState.WAITING]
    for path in (BULK, f"/admin/runs/{run.id}/stop"):
        assert app.test_client().post(path).location.startswith("/admin/login")


@pytest.mark.parametrize("verb", ["organisation.create_employee", "no.such", "organisation.update_position"])
def test_what_is_not_for_many_rows_is_not_found(enter, city, verb):
    assert enter("hradmin").post(f"/admin/employee/bulk/{verb}", id=ids(city.officer)).status_code == 404


@pytest.mark.parametrize("username", ["officer", "auditor"])
def test_who_has_nothing_to_change_starts_nothing(enter, city, username):
    assert enter(username).post(BULK, **PHONE, id=ids(city.officer)).status_code == 404
    assert BulkRun.select().count() == 0


def test_the_page_of_a_run_costs_as_much_for_seven_rows_as_for_one(enter, city, ctx):
    hr = enter("hradmin")
    one = started(hr.post(BULK, **PHONE, id=ids(city.officer)))
    all_of_them = started(hr.post(BULK, **PHONE, all="1", _count="7"))
    work_through(ctx)

    hr.get(f"/admin/runs/{one.id}")
    with counted_statements() as few:
        hr.get(f"/admin/runs/{one.id}")
    with counted_statements() as many:
        hr.get(f"/admin/runs/{all_of_them.id}")

    assert len(many) == len(few)
