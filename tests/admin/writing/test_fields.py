"""What stands in the inputs: large relations are searched, masked fields are absent, amounts have the comma."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from core import policy
from core.organisation.models import Employee, Grade, Position
from core.verbs.declare import FieldKind, VerbField
from tests.admin.writing.conftest import inputs_of, said
from tests.support.city import START
from tests.support.statements import counted_statements

CORRECT = "/admin/employee/do/organisation.update_employee?id={}"
CREATE = "/admin/employee/do/organisation.create_employee"


@pytest.fixture
def many(city):
    """So many positions that nobody chooses from a list of all."""
    one = city.positions["officer"]
    rows = [
        {"code": f"P{number}", "title": f"Arsiparis {number}", "kind": one.kind, "unit": one.unit, "valid_from": START}
        for number in range(150)
    ]
    Position.insert_many(rows).execute()


def test_a_small_relation_is_chosen_from_a_list(enter, city):
    page = enter("hradmin").get(CORRECT.format(city.officer.id))

    select = re.search(r'<select id="field-grade_id".*?</select>', page.text, re.DOTALL).group(0)
    assert select.count("<option") == Grade.select().count() + 1
    assert f'<option value="{city.officer.grade_id}" selected>III/c · Penata</option>' in select


def test_a_large_relation_is_searched_without_a_script(enter, city, many):
    hr = enter("hradmin")
    form = hr.filled(CREATE)

    found = hr.post(CREATE, **form | {"name": "Joko", "_search.position_id": "arsiparis 14", "_look": "position_id"})
    nothing = hr.post(CREATE, **form | {"_search.position_id": "no such", "_look": "position_id"})

    assert found.status_code == 200
    options = re.findall(r"<option[^>]*>(Arsiparis \d[^<]*)<", found.text)
    assert len(options) == 12
    assert all("14" in text for text in options)
    assert inputs_of(found)["name"] == "Joko"
    assert "Now choose in the list." in found.text
    assert "Nothing is found. Search for another part of it." in nothing.text


def test_a_form_stays_small_however_many_there_are_to_choose_from(enter, city, many):
    hr = enter("hradmin")
    with counted_statements() as few:
        hr.get(CREATE)
    one = city.positions["officer"]
    rows = [
        {"code": f"Q{number}", "title": f"Analis {number}", "kind": one.kind, "unit": one.unit, "valid_from": START}
        for number in range(2000)
    ]
    for start in range(0, len(rows), 100):
        Position.insert_many(rows[start : start + 100]).execute()

    with counted_statements() as many_more:
        page = hr.get(CREATE)

    assert len(page.data) < 100_000
    assert len(many_more) == len(few)


def test_what_is_chosen_stays_beside_what_is_found(enter, city, many):
    hr = enter("hradmin")
    chosen = str(city.positions["officer"].id)

    page = hr.post(CREATE, position_id=chosen, _look="position_id", **{"_search.position_id": "arsiparis 149"})

    assert re.findall(r'<select id="field-position_id".*?</select>', page.text, re.DOTALL)[0].count("<option") == 3
    assert inputs_of(page)["position_id"] == chosen


def test_a_row_that_one_cannot_see_cannot_be_chosen(enter, city, app, verb):
    verb(VerbField("superior_id", "Superior", FieldKind.REFERENCE, refers_to=Employee))
    registrar = enter("registrar")
    address = f"/admin/employee/do/organisation.try_out?id={city.officer.id}"

    inside = registrar.post(address, _version="1", superior_id=str(city.chief.id))
    outside = registrar.post(address, _version="1", superior_id=str(city.other.id))

    assert inside.status_code == 303
    assert outside.status_code == 404
    assert said(outside)[1:] == [f"Nothing is found under Employee:{city.other.id}. Check the id."]
    assert "Dewi Lestari" not in outside.text


@pytest.mark.parametrize("rule", [False, lambda actor, table: table.id == 0])
def test_a_field_that_one_may_not_read_is_neither_shown_nor_changed(enter, city, monkeypatch, rule):
    entry = policy._entries[Employee]
    masks = {**entry.masks, "phone": rule if callable(rule) else lambda actor, table: False}
    Employee.update(phone="0815").execute()
    hr = enter("hradmin")
    address = CORRECT.format(city.officer.id)
    form = hr.filled(address)
    monkeypatch.setitem(policy._entries, Employee, replace(entry, masks=masks))

    masked = hr.filled(address)
    answer = hr.post(address, **form | {"phone": "1", "email": "budi@kota.go.id"})

    assert form.keys() - masked.keys() == {"phone", "_seen.phone"}
    assert answer.status_code == 303
    row = Employee.get_by_id(city.officer.id)
    assert (row.phone, row.email) == ("0815", "budi@kota.go.id")


@pytest.mark.parametrize(("language", "typed", "wrong"), [("id", "1.250,75", "1,2,3"), ("en", "1,250.75", "1.2.3")])
def test_amounts_have_the_comma_of_the_language(enter, city, verb, language, typed, wrong):
    given = []
    field = VerbField("amount", "Reason", FieldKind.AMOUNT, is_required=True)
    verb(field, run=lambda ctx, target, values: given.append(values))
    someone = enter("hradmin", language)
    address = f"/admin/employee/do/organisation.try_out?id={city.officer.id}"

    refused = someone.post(address, _version="1", amount=wrong)
    someone.post(address, _version="1", amount=typed)

    assert refused.status_code == 422
    assert inputs_of(refused)["amount"] == wrong
    assert given == [{"amount": Decimal("1250.75")}]


def test_every_kind_of_field_has_its_input_and_keeps_what_was_typed(enter, city, verb):
    given = []
    kinds = {
        "text": (FieldKind.TEXT, "<b>x</b>"),
        "long": (FieldKind.LONG_TEXT, "a\nb"),
        "day": (FieldKind.DATE, "2026-02-28"),
        "count": (FieldKind.INTEGER, "7"),
        "yes": (FieldKind.BOOLEAN, "1"),
        "grades": (FieldKind.REFERENCES, str(city.officer.grade_id)),
        "lines": (FieldKind.TEXTS, "one\ntwo"),
        "data": (FieldKind.JSON, '{"a": 1}'),
        "word": (FieldKind.CHOICE, "B"),
    }
    related = {"grades": {"refers_to": Grade}, "word": {"choices": lambda ctx: [("A", "Name"), ("B", "Unit")]}}
    fields = [VerbField(name, "Name", kind, **related.get(name, {})) for name, (kind, _) in kinds.items()]
    verb(*fields, VerbField("secret", "Name", FieldKind.PASSWORD), run=lambda *args: given.append(args[2]))
    hr = enter("hradmin")
    address = f"/admin/employee/do/organisation.try_out?id={city.officer.id}"
    typed = {name: text for name, (_, text) in kinds.items()} | {"secret": "rahasia", "_version": "1"}

    wrong = hr.post(address, **typed | {"day": "31"})
    hr.post(address, **typed)

    kept = inputs_of(wrong)
    assert {name: kept[name] for name in kinds if name not in {"day", "yes"}} == {
        name: text for name, (_, text) in kinds.items() if name not in {"day", "yes"}
    }
    assert kept["yes"] == ["", "1"]
    assert "rahasia" not in wrong.text
    assert "<b>x</b>" not in wrong.text
    assert {name: str(value) for name, value in given[0].items()} == {
        "text": "<b>x</b>", "long": "a\nb", "day": "2026-02-28", "count": "7", "yes": "True",
        "grades": f"[{city.officer.grade_id}]", "lines": "['one', 'two']", "data": "{'a': 1}", "word": "B",
        "secret": "rahasia",
    }  # fmt: skip


def test_a_grave_verb_is_asked_once_more(enter, city, verb):
    given = []
    verb(VerbField("note", "Reason"), run=lambda *args: given.append(args[2]), is_grave=True)
    hr = enter("hradmin")
    address = f"/admin/employee/do/organisation.try_out?id={city.officer.id}"

    unsure = hr.post(address, _version="1", note="x")
    details = hr.get(f"/admin/employee/details/?id={city.officer.id}")
    hr.post(address, _version="1", note="x", _sure="1")

    assert unsure.status_code == 422
    assert said(unsure) == []
    assert "This is not confirmed yet. Tick the box at the end of the form." in unsure.text
    assert given == [{"note": "x"}]
    assert "toolbar--grave" in details.text
