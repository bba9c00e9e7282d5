"""Making and correcting rows by a form: through the services, with problems at their fields, and past no mask."""

import pytest

from core.history.models import HistoryRecord
from core.organisation.models import Employee
from core.organisation.terms import EmployeeState
from tests.admin.writing.conftest import inputs_of, said

CORRECT = "/admin/employee/do/organisation.update_employee?id={}"
CREATE = "/admin/employee/do/organisation.create_employee"


def test_a_row_is_corrected_and_one_sees_it(enter, city):
    hr = enter("hradmin")
    address = CORRECT.format(city.officer.id)

    form = hr.filled(address)
    answer = hr.post(address, **form | {"name": "Budi Santosa", "phone": "0812", "_reason": "typed wrongly"})
    page = hr.get(answer.location)

    assert form["name"] == "Budi Santoso"
    assert (answer.status_code, answer.location) == (303, f"/admin/employee/details/?id={city.officer.id}")
    assert said(page)[0] == "Budi Santosa was saved."
    row = Employee.get_by_id(city.officer.id)
    assert (row.name, row.phone, row.version) == ("Budi Santosa", "0812", 2)
    record = HistoryRecord.select().order_by(HistoryRecord.id.desc()).first()
    assert (record.subject_id, record.reason, record.actor_name) == (row.id, "typed wrongly", "hradmin")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Nothing was changed: Budi Santoso stays as it was."),
        ("id", "Tidak ada yang diubah: Budi Santoso tetap seperti semula."),
    ],
)
def test_a_form_that_changes_nothing_leaves_no_trace_and_says_so(enter, city, language, text):
    hr = enter("hradmin", language)
    address = CORRECT.format(city.officer.id)
    before = HistoryRecord.select().where(HistoryRecord.subject_type == "Employee").count()

    answer = hr.post(address, **hr.filled(address))

    assert answer.status_code == 303
    assert said(hr.get(answer.location)) == [text]
    assert Employee.get_by_id(city.officer.id).version == 1
    assert HistoryRecord.select().where(HistoryRecord.subject_type == "Employee").count() == before


def test_a_row_is_made(enter, city):
    hr = enter("hradmin")
    form = hr.filled(CREATE)
    given = {
        "nip": "19950607 202003 1 008",
        "name": "Joko Susilo",
        "status": "PNS",
        "sex": "MALE",
        "birth_date": "1995-06-07",
        "grade_id": str(city.officer.grade_id),
    }

    answer = hr.post(CREATE, **form | given)

    made = Employee.get(Employee.name == "Joko Susilo")
    assert answer.location == f"/admin/employee/details/?id={made.id}"
    assert said(hr.get(answer.location))[0] == "Joko Susilo was added."
    assert (made.nip, made.grade_id) == ("199506072020031008", city.officer.grade_id)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "This must not be empty. Fill it in.", "07-06-1995 is no date. Give it as year-month-day."),
        (
            "id",
            "Bagian ini tidak boleh kosong. Lengkapi isiannya.",
            "07-06-1995 bukan tanggal. Tulis sebagai tahun-bulan-hari.",
        ),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(enter, city, language, text, day):
    hr = enter("hradmin", language)
    address = CORRECT.format(city.officer.id)

    answer = hr.post(address, **hr.filled(address) | {"name": " ", "birth_date": "07-06-1995", "phone": "0812"})

    assert answer.status_code == 422
    assert said(answer) == [text, day]
    assert answer.text.count("aria-invalid") == 2
    assert '<a href="#field-name">' in answer.text
    kept = inputs_of(answer)
    assert (kept["phone"], kept["birth_date"]) == ("0812", "07-06-1995")
    assert answer.text.count(" autofocus") == 1
    assert Employee.get_by_id(city.officer.id).version == 1


def test_what_the_service_refuses_is_told_at_its_field(enter, city):
    hr = enter("hradmin")
    address = CORRECT.format(city.officer.id)

    answer = hr.post(address, **hr.filled(address) | {"state": "LEFT"})

    assert answer.status_code == 422
    assert said(answer) == ["The state LEFT and the day of leaving go together. Give both or neither."]
    assert '<div class="field field--wrong">\n  \n  <label for="field-left_on">' in answer.text
    assert Employee.get_by_id(city.officer.id).state is EmployeeState.ACTIVE


def test_fields_that_are_left_out_of_a_new_row_are_missed(enter, city):
    hr = enter("hradmin")
    count = Employee.select().count()

    answer = hr.post(CREATE, name="Joko")

    assert answer.status_code == 422
    assert said(answer) == ["This must not be empty. Fill it in."] * 4
    assert Employee.select().count() == count


def test_a_warning_blocks_nothing_and_is_told(enter, city):
    hr = enter("hradmin")
    address = CORRECT.format(city.officer.id)

    answer = hr.post(address, **hr.filled(address) | {"birth_date": "1990-05-18"})

    assert answer.status_code == 303
    assert said(hr.get(answer.location)) == [
        "Budi Santoso was saved.",
        "Digits 1-8 of 199005172015031002 are not the date of birth given. Check both.",
    ]


@pytest.mark.parametrize("token", ["", "guess"])
def test_a_form_without_its_token_changes_nothing_and_keeps_what_was_typed(enter, city, token):
    hr = enter("hradmin")
    address = CORRECT.format(city.officer.id)
    form = hr.filled(address) | {"name": "Another"}
    hr.token = token

    answer = hr.post(address, **form)

    assert answer.status_code == 403
    assert "The form was too old. Fill it in again." in said(answer)
    assert inputs_of(answer)["name"] == "Another"
    assert Employee.get_by_id(city.officer.id).name == "Budi Santoso"


def test_a_stranger_is_sent_to_the_log_in(app, city):
    client = app.test_client()

    for method in (client.get, client.post):
        answer = method(CORRECT.format(city.officer.id))
        assert answer.status_code == 302
        assert answer.location.startswith("/admin/login?next=/admin/employee/")


@pytest.mark.parametrize("username", ["officer", "chief", "auditor"])
def test_who_may_not_change_a_row_finds_no_form(enter, city, username):
    someone = enter(username)
    address = CORRECT.format(city.officer.id)

    assert someone.get(address).status_code == 404
    assert someone.post(address, name="x").status_code == 404
    assert someone.get(CREATE).status_code == 404
    assert "update_employee" not in someone.get(f"/admin/employee/details/?id={city.officer.id}").text
    assert Employee.get_by_id(city.officer.id).name == "Budi Santoso"


@pytest.mark.parametrize("key", ["", "0", "x", "99999999999", "2147483648", "²"])
def test_odd_ids_are_not_found(enter, city, key):
    hr = enter("hradmin")

    assert hr.get(CORRECT.format(key)).status_code == 404
    assert hr.post(CORRECT.format(key), name="x").status_code == 404


@pytest.mark.parametrize("verb", ["no.such_verb", "planning.close_period", "organisation.create_unit"])
def test_verbs_of_other_models_are_not_found_here(enter, city, verb):
    assert enter("hradmin").get(f"/admin/employee/do/{verb}?id={city.officer.id}").status_code == 404


def test_a_row_of_another_unit_is_as_absent_as_its_form(enter, city):
    registrar = enter("registrar")

    inside = registrar.get(CORRECT.format(city.officer.id))
    outside = registrar.get(CORRECT.format(city.other.id))
    sent = registrar.post(CORRECT.format(city.other.id), name="x", _version="1")

    assert (inside.status_code, outside.status_code, sent.status_code) == (200, 404, 404)
    assert Employee.get_by_id(city.other.id).name == "Dewi Lestari"
