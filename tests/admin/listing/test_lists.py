"""Lists: search, filters, order, pages and columns, each only as far as the caller may read."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from core.database import utc_now
from core.errors import Refused
from core.identity.actors import actor_for_account
from core.identity.models import Account
from core.organisation.models import Employee, Position, WorkUnit
from core.organisation.terms import Sex
from core.policy import as_condition, visible

EMPLOYEES = "/admin/employee/"


def chips(page):
    found = re.findall(r'<a class="chip" href="[^"]+"><span>(.*?)</span>', page.text)
    return [unescape(text) for text in found]


def names_of(page):
    found = re.findall(r'<th scope="row" role="rowheader"><a href="[^"]+"[^>]*>([^<]*)</a>', page.text)
    return [unescape(name) for name in found]


def told(page):
    return [unescape(text) for text in re.findall(r"<(?:p|li)>([^<]*)</(?:p|li)>", alert(page))]


def alert(page):
    found = re.search(r'<div class="message message--bad" role="alert">(.*?)</div>', page.text, re.DOTALL)
    return found.group(1) if found else ""


def test_every_word_must_be_found_in_some_searched_column(enter):
    hr = enter("hradmin")

    assert hr.names(EMPLOYEES, search="SITI aminah") == ["Siti Aminah"]
    assert hr.names(EMPLOYEES, search="siti budi") == []


def test_a_number_is_found_with_and_without_blanks(enter, city):
    hr = enter("hradmin")
    nip = city.clerk.nip

    assert hr.names(EMPLOYEES, search=nip) == [city.clerk.name]
    assert hr.names(EMPLOYEES, search=f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}") == [city.clerk.name]


def test_signs_of_the_database_stand_for_themselves(enter):
    hr = enter("hradmin")

    for words in ("%", "_", "\\", "%25", "'", '"', "*", "si%ti"):
        assert hr.names(EMPLOYEES, search=words) == [], words


def test_a_filter_by_a_term_takes_several_values(enter, city):
    hr = enter("hradmin")

    page = hr.get(EMPLOYEES, **{"f.sex.is": ["MALE", "FEMALE"]})

    assert ">7 rows<" in page.text
    assert chips(page) == ["Sex: male or female"]
    women = hr.names(EMPLOYEES, **{"f.sex.is": "FEMALE"})
    men = hr.names(EMPLOYEES, **{"f.sex.not": "FEMALE"})
    assert sorted(women + men) == sorted(hr.names(EMPLOYEES))
    assert city.clerk.name in women + men


def test_a_filter_by_date_has_a_first_and_a_last_day(enter, city):
    hr = enter("hradmin")
    born = city.clerk.birth_date.isoformat()

    assert hr.names(EMPLOYEES, **{"f.birth_date.from": born, "f.birth_date.to": born}) == [city.clerk.name]
    assert chips(hr.get(EMPLOYEES, **{"f.birth_date.from": "1990-03-01"})) == ["Date of birth: from 1 March 1990"]


def test_a_moment_is_filtered_by_days_of_the_institution(enter, city):
    hr = enter("hradmin")
    # 23:30 of the day before in UTC is 06:30 in Jakarta.
    Employee.update(created_at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC)).execute()

    assert hr.names(EMPLOYEES, **{"f.created_at.from": "2026-03-02", "f.created_at.to": "2026-03-02"}) != []
    assert hr.names(EMPLOYEES, **{"f.created_at.to": "2026-03-01"}) == []


def test_a_filter_by_yes_or_no_and_by_number(enter, city):
    hr = enter("hradmin")
    Position.update(job_class=9).where(Position.is_head).execute()

    heads = hr.names("/admin/position/", **{"f.is_head.is": "1"})
    assert heads
    assert hr.names("/admin/position/", **{"f.job_class.from": "9", "f.job_class.to": "9,5"}) == heads
    assert hr.names("/admin/position/", **{"f.job_class.is": "9.5"}) == []
    assert hr.names("/admin/position/", **{"f.job_class.empty": "0"}) == heads


def test_a_filter_by_a_related_row_names_it(enter, city):
    hr = enter("hradmin")

    page = hr.get("/admin/position/", **{"f.unit.is": city.registry.id})

    assert chips(page) == [f"Unit: {city.registry.code} · {city.registry.name}"]
    assert len(names_of(page)) == Position.select().where(Position.unit == city.registry).count()
    assert hr.names("/admin/position/", **{"f.unit.has": "pencatatan SIPIL"})
    assert hr.names("/admin/work-unit/", **{"f.parent.empty": "1"}) == [city.root.code]


def test_the_id_of_a_hidden_row_finds_nothing_and_is_not_named(enter, city):
    officer = enter("officer")

    page = officer.get("/admin/plan/", **{"f.employee.is": city.other.id})

    assert names_of(page) == []
    assert chips(page) == ["Employee: something that you cannot see"]
    assert city.other.name not in page.text


def test_a_filter_is_removed_by_its_chip_and_the_others_stay(enter):
    hr = enter("hradmin")
    page = hr.get(EMPLOYEES, **{"f.sex.is": "MALE", "f.status.is": "PNS", "search": "a", "size": "100"})

    links = [unescape(link) for link in re.findall(r'<a class="chip" href="([^"]+)"><span>', page.text)]

    assert links == [
        "/admin/employee/?search=a&f.status.is=PNS&size=100",
        "/admin/employee/?search=a&f.sex.is=MALE&size=100",
    ]


UNREADABLE = (
    ({"flt0_0": "x"}, "The address has a part that this list does not know: flt0_0. It was left out."),
    ({"f.nothing.is": "1"}, "The address has a part that this list does not know: f.nothing.is. It was left out."),
    ({"f.sex.is": "CAT"}, "The filter Sex has no choice “CAT”. Choose one that is offered."),
    ({"f.sex.from": "MALE"}, "The column Sex has no filter of that kind. Choose one that is offered."),
    ({"f.birth_date.from": "1.2.2026"}, "The filter Date of birth needs a date, not “1.2.2026”."),
    ({"f.created_at.to": "10000-01-01"}, "The filter Entered at needs a date, not “10000-01-01”."),
    ({"f.created_at.from": "0001-01-01"}, "The filter Entered at needs a date, not “0001-01-01”."),
    ({"f.grade.is": "99999999999999999999"}, "The filter Grade has no choice “99999999999999999999”."),
    ({"f.grade.is": "²"}, "The filter Grade has no choice “²”. Choose one that is offered."),
    ({"f.name.has": "a\x00b"}, "The filter Name cannot look for “ab”. Type fewer and ordinary letters."),
    ({"f.name.has": "x" * 10_000}, "The filter Name cannot look for"),
    ({"f.grade.is": [str(n) for n in range(500)]}, "The filter Grade has too many values. Use fewer of them."),
    ({"sort": "0"}, "The list cannot be ordered by 0. Choose the heading of a column."),
    ({"sort": "password_hash"}, "The list cannot be ordered by password_hash."),
    ({"cols": "name,secret"}, "The list has no column secret. Choose among its columns."),
    ({"page": "-1"}, "There is no page -1. You see the first one."),
    ({"page": "9" * 30}, "There is no page"),
    ({"size": "100000"}, "A page cannot have 100000 rows. Choose one of 25, 50, 100, 200."),
    ({"saved": "777"}, "The saved filter is gone, or is not shared with you. You see the list without it."),
    ({"search": "siti\x00"}, "The words have a character that nothing can hold. It was left out."),
    ({"search": "siti " * 2000}, "Only the first 200 letters are searched for. Type fewer words."),
)


def test_what_cannot_be_read_is_told_and_left_out(enter):
    hr = enter("hradmin")

    for parameters, message in UNREADABLE:
        page = hr.get(EMPLOYEES, **parameters)
        assert page.status_code == 200, parameters
        assert message in " ".join(told(page)), parameters


def test_numbers_that_are_none_are_told(enter):
    hr = enter("hradmin")

    for number in ("1e9999", "nan", "inf", "9" * 400, "--1", "0x10"):
        page = hr.get("/admin/position/", **{"f.job_class.from": number})
        assert (page.status_code, len(told(page))) == (200, 1), number


def test_scripts_in_addresses_filters_and_names_stay_text(enter, city):
    evil = "<script>alert(1)</script>"
    Employee.update(name=evil).where(Employee.id == city.clerk.id).execute()
    hr = enter("hradmin")

    pages = [
        hr.get(EMPLOYEES),
        hr.get(EMPLOYEES, **{"search": evil, "f.name.has": evil, evil: evil, "sort": evil, "cols": evil, "page": evil}),
        hr.get("/admin/employee/details/", id=city.clerk.id),
        hr.get("/admin/plan/", **{"f.employee.is": city.clerk.id}),
    ]
    hr.post("/admin/employee/saved", act="save", name=evil, query=f"search={evil}", is_shared="1")
    pages.append(hr.get(EMPLOYEES))

    assert all(page.status_code == 200 and evil not in page.text for page in pages)
    assert "&lt;script&gt;" in pages[0].text


def test_a_colleague_is_not_found_by_what_is_masked(enter, city):
    officer = enter("officer")
    nip = city.clerk.nip

    for parameters in (
        {"search": nip},
        {"search": nip[:8]},
        {"f.nip.has": nip[:6]},
        {"f.nip.is": nip},
        {"f.nip.not": "1"},
        {"f.birth_date.from": "1900-01-01"},
        {"f.nip.empty": "0"},
        {"f.nip.empty": "1"},
    ):
        assert city.clerk.name not in officer.names(EMPLOYEES, **parameters), parameters
    assert city.clerk.name in officer.names(EMPLOYEES)
    assert officer.names(EMPLOYEES, **{"f.nip.has": city.officer.nip[:6]}) == [city.officer.name]


def test_rows_without_a_value_come_last_in_both_directions(enter, city):
    hr = enter("hradmin")
    Employee.update(joined_on="2020-01-01").where(Employee.id == city.clerk.id).execute()
    Employee.update(joined_on="2021-01-01").where(Employee.id == city.officer.id).execute()

    up = hr.names(EMPLOYEES, sort="joined_on")
    down = hr.names(EMPLOYEES, sort="joined_on", desc="1")

    assert up[:2] == [city.clerk.name, city.officer.name]
    assert down[:2] == [city.officer.name, city.clerk.name]
    # The others are equal, and stand in the order of their ids in both.
    assert up[2:] == down[2:]


def test_a_list_is_ordered_by_the_text_of_related_rows(enter, city):
    names = [name for (name,) in WorkUnit.select(WorkUnit.name).join(Position).order_by(WorkUnit.name).tuples()]

    page = enter("hradmin").get("/admin/position/", sort="unit", cols="unit,title")

    assert names_of(page) == [
        title for (title,) in Position.select(Position.title).join(WorkUnit)
        .order_by(WorkUnit.name, Position.id).tuples()
    ]  # fmt: skip
    assert re.findall(r'data-title="Unit">([^<]*)<', page.text) == names


def test_pages_follow_each_other_and_the_end_is_told(enter):
    hr = enter("hradmin")
    for number in range(60):
        WorkUnit.create(code=f"Z{number:03d}", name=f"Unit {number}", valid_from="2026-01-01", path="99999999")

    first = hr.get("/admin/work-unit/", size="25", **{"f.code.has": "Z"}, sort="code")
    last = hr.get("/admin/work-unit/", size="25", **{"f.code.has": "Z"}, sort="code", page="2")
    beyond = hr.get("/admin/work-unit/", size="25", **{"f.code.has": "Z"}, sort="code", page="3")

    assert (len(names_of(first)), len(names_of(last)), names_of(beyond)) == (25, 10, [])
    assert (names_of(first)[0], names_of(last)[-1]) == ("Z000", "Z059")
    assert "Page 1 of 3" in first.text
    assert unescape(re.search(r'rel="next" href="([^"]+)"', first.text).group(1)) == (
        "?f.code.has=Z&sort=code&size=25&page=1"
    )
    assert "The list ends before this page." in beyond.text
    assert ">60 rows<" in beyond.text


def test_more_rows_than_are_counted_are_said_to_be_more(enter, monkeypatch):
    monkeypatch.setattr("admin.listing.rows.MOST_COUNTED", 3)
    monkeypatch.setattr("admin.listing.pages.MOST_COUNTED", 3)
    hr = enter("hradmin")

    page = hr.get(EMPLOYEES)

    assert "more than 3 rows" in page.text
    assert "Only the first 3 rows are shown page by page." in page.text
    assert names_of(hr.get(EMPLOYEES, page="1")) == []


def test_chosen_columns_stand_in_the_address_and_are_remembered_for_the_person(enter):
    hr, auditor = enter("hradmin"), enter("auditor")

    answer = hr.post("/admin/employee/columns", cols=["name", "birth_date"], size="25", query="f.sex.is=MALE")
    again = hr.get(EMPLOYEES)

    assert answer.location == "/admin/employee/?f.sex.is=MALE"
    assert headings(again) == ["Name", "Date of birth"]
    assert "<option selected>25</option>" in again.text
    assert headings(hr.get(EMPLOYEES, cols="nip,name")) == ["Name", "NIP"]
    assert "Date of birth" not in headings(auditor.get(EMPLOYEES))
    hr.post("/admin/employee/columns", cols=[], size="50", query="")
    assert headings(hr.get(EMPLOYEES)) == headings(auditor.get(EMPLOYEES))


def headings(page):
    found = re.findall(r'role="columnheader"[^>]*>\s*<a href="[^"]+">([^<]*)', page.text)
    return [unescape(text).strip() for text in found]


def test_an_empty_list_says_what_to_do_next(enter, city):
    hr, officer = enter("hradmin"), enter("officer")

    assert "Nothing fits these filters. Take one away, or show all." in hr.get(EMPLOYEES, **{"f.name.has": "zzz"}).text
    assert "Nothing matches “zzz”." in hr.get(EMPLOYEES, search="zzz").text
    assert "There is nothing here" in officer.get("/admin/objection/").text
    assert "Tidak ada yang cocok" in enter("hradmin", "id").get(EMPLOYEES, **{"f.name.has": "zzz"}).text


def test_bulk_takes_what_the_filter_finds_and_nothing_of_an_address_that_cannot_be_read(app, city, enter):
    enter("hradmin")
    view = next(view for view in app.extensions["admin"][0]._views if view.endpoint == "employee")
    actor = actor_for_account(Account.get(Account.username == "registrar"), utc_now().date())

    with app.test_request_context():
        found = {key for (key,) in view.rows_found(actor, "f.sex.is=MALE").tuples()}
        with pytest.raises(Refused):
            view.rows_found(actor, "f.sex.is=CAT")

    assert found == {row.id for row in Employee.select().where(Employee.sex == Sex.MALE)} & seen_by(actor)
    assert 0 < len(found) < Employee.select().where(Employee.sex == Sex.MALE).count()


def seen_by(actor):
    return {row.id for row in Employee.select(Employee.id).where(as_condition(visible(actor, Employee)))}


def test_rows_are_chosen_in_a_form_with_a_token(enter, city):
    hr = enter("hradmin")

    page = hr.get(EMPLOYEES, **{"f.sex.is": "MALE"})
    form = re.search(r'<form method="post" class="bulk".*?</form>', page.text, re.DOTALL).group(0)

    assert f'name="token" value="{hr.token}"' in form
    assert 'name="query" value="f.sex.is=MALE"' in form
    assert 'formaction="/admin/employee/bulk/organisation.update_employee"' in form
    assert len(re.findall(r'<input type="checkbox" name="id" value="\d+" aria-labelledby="r\d+">', form)) > 0
