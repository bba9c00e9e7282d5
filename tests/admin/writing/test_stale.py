"""A row that somebody else changed meanwhile: nothing typed is lost, and each difference is one's own choice."""

import re
from html import unescape

import pytest

from core.organisation.models import Employee
from tests.admin.writing.conftest import inputs_of

CORRECT = "/admin/employee/do/organisation.update_employee?id={}"


def differences(page):
    """The rows of the comparison: field, as seen, as it is now, as typed."""
    body = re.search(r'<table class="diff".*?<tbody[^>]*>(.*?)</tbody>', page.text, re.DOTALL).group(1)
    rows = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [tuple(" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in row) for row in cells]


def meanwhile(enter, city, **changed):
    """Open a form, and let another change the row before it is sent."""
    first, second = enter("hradmin"), enter("second")
    address = CORRECT.format(city.officer.id)
    mine, theirs = first.filled(address), second.filled(address)
    assert second.post(address, **theirs | changed).status_code == 303
    return first, address, mine


def test_the_newer_row_stands_beside_what_was_typed(enter, city):
    hr, address, form = meanwhile(enter, city, name="Budi Santosa", phone="0811")

    page = hr.post(address, **form | {"phone": "0899", "email": "budi@kota.go.id", "_reason": "why"})

    assert page.status_code == 409
    rows = differences(page)
    assert [row[0] for row in rows] == ["Name", "E-mail", "Telephone"]
    assert rows[0][1] == "Budi Santoso"
    assert re.fullmatch(r"Budi Santosa second, \d+ \w+ \d{4} \d\d:\d\d", rows[0][2])
    assert rows[0][3] == "Budi Santoso"
    assert rows[1][1:] == ("–", "–", "budi@kota.go.id")
    assert (rows[2][1], rows[2][3]) == ("–", "0899")
    kept = inputs_of(page)
    assert (kept["_take.name"], kept["_take.email"], kept["_take.phone"]) == ("now", "mine", "mine")
    assert (kept["_version"], kept["_reason"], kept["phone"]) == ("2", "why", "0899")
    assert Employee.get_by_id(city.officer.id).version == 2


def test_what_is_chosen_is_saved_on_top(enter, city):
    hr, address, form = meanwhile(enter, city, name="Budi Santosa", phone="0811")
    page = hr.post(address, **form | {"phone": "0899", "email": "budi@kota.go.id"})

    answer = hr.post(address, **inputs_of(page))

    assert answer.status_code == 303
    row = Employee.get_by_id(city.officer.id)
    assert (row.name, row.phone, row.email, row.version) == ("Budi Santosa", "0899", "budi@kota.go.id", 3)


def test_the_newer_value_can_be_taken_field_by_field(enter, city):
    hr, address, form = meanwhile(enter, city, name="Budi Santosa", phone="0811")
    page = hr.post(address, **form | {"phone": "0899"})

    hr.post(address, **inputs_of(page) | {"_take.phone": "now", "_take.name": "mine"})

    row = Employee.get_by_id(city.officer.id)
    assert (row.name, row.phone, row.version) == ("Budi Santoso", "0811", 3)


def test_a_third_change_is_compared_again(enter, city):
    hr, address, form = meanwhile(enter, city, phone="0811")
    page = hr.post(address, **form | {"phone": "0899"})
    other = enter("second")
    other.post(address, **other.filled(address) | {"phone": "0822"})

    again = hr.post(address, **inputs_of(page))

    assert again.status_code == 409
    assert [(row[1], row[2].split()[0], row[3]) for row in differences(again)] == [("0811", "0822", "0899")]


def test_who_may_not_read_the_history_is_not_told_who_it_was(enter, city):
    registrar = enter("registrar")
    other = enter("second")
    address = CORRECT.format(city.officer.id)
    form = registrar.filled(address)
    other.post(address, **other.filled(address) | {"phone": "0811"})

    page = registrar.post(address, **form | {"phone": "0899"})

    assert differences(page) == [("Telephone", "–", "0811", "0899")]


@pytest.mark.parametrize("version", [{}, {"_version": "x"}, {"_version": "9" * 5_000}])
def test_a_form_without_a_usable_version_is_never_the_newest(enter, city, version):
    hr = enter("hradmin")

    page = hr.post(CORRECT.format(city.officer.id), name="Another", **version)

    assert page.status_code == 409
    assert Employee.get_by_id(city.officer.id).name == "Budi Santoso"
