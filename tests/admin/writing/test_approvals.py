"""The second pair of eyes: a guarded change waits, is shown as a difference, and is decided by another person."""

import re
from html import unescape

import pytest

from core.approval.models import ChangeRequest
from core.approval.terms import RequestState
from core.history.models import HistoryRecord
from core.organisation.models import Employee
from tests.admin.writing.conftest import said

CORRECT = "/admin/employee/do/organisation.update_employee?id={}"
DETAILS = "/admin/approvals/details/?id={}"


@pytest.fixture(autouse=True)
def guarded(with_settings):
    """A change of an employee's grade or name waits for another person."""
    with_settings(approval_needed=["Employee.name", "Employee.grade"])


def asked(someone, city, **changed):
    address = CORRECT.format(city.officer.id)
    answer = someone.post(
        address, **someone.filled(address) | {"name": "Budi Santosa", "_reason": "decree 7"} | changed
    )
    assert answer.status_code == 303, answer.text
    return answer, ChangeRequest.select().order_by(ChangeRequest.id.desc()).get()


def differences(page):
    rows = re.findall(r'<tr role="row">\s*<th scope="row".*?</tr>', page.text, re.DOTALL)
    cells = [re.findall(r"<t[hd] [^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [tuple(unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row) for row in cells]


def decide(someone, request, act, **data):
    return someone.post(f"/admin/approvals/{request.id}/{act}", **data)


def name_of(employee):
    return Employee.get_by_id(employee.id).name


def test_a_guarded_change_waits_and_is_approved_by_another(enter, city):
    hr, second = enter("hradmin"), enter("second")
    answer, request = asked(hr, city)

    told = hr.get(answer.location)
    queue = second.get("/admin/approvals/")
    details = second.get(DETAILS.format(request.id))
    before = name_of(city.officer)
    approved = decide(second, request, "approve", note="seen")

    assert answer.location == DETAILS.format(request.id)
    assert said(told)[0].startswith("Nothing is changed yet: this waits for approval of another person.")
    assert f'href="{DETAILS.format(request.id)}"' in queue.text
    number = '<span class="badge badge--warn">1<span class="visually-hidden"> waiting for you'
    assert (number in queue.text, number in told.text) == (True, False)
    assert differences(details) == [("Name", "Budi Santoso", "Budi Santosa")]
    assert "decree 7" in details.text
    assert before == "Budi Santoso"
    assert approved.status_code == 303
    assert name_of(city.officer) == "Budi Santosa"
    assert ChangeRequest.get().state is RequestState.APPROVED
    record = HistoryRecord.select().where(HistoryRecord.subject_type == "Employee").get()
    assert (record.actor_name, "second" in record.reason) == ("hradmin", True)
    assert f'href="{DETAILS.format(request.id)}"' not in second.get("/admin/approvals/").text
    assert f'href="{DETAILS.format(request.id)}"' in second.get("/admin/approvals/?tab=decided").text


def test_what_is_not_guarded_is_done_at_once(enter, city):
    hr = enter("hradmin")
    address = CORRECT.format(city.officer.id)

    answer = hr.post(address, **hr.filled(address) | {"phone": "0812"})

    assert answer.location == f"/admin/employee/details/?id={city.officer.id}"
    assert Employee.get_by_id(city.officer.id).phone == "0812"
    assert "Another person has to approve when you change: Name, Grade." in hr.get(address).text


def test_nobody_approves_what_he_asked_for_himself(enter, city):
    hr = enter("hradmin")
    _, request = asked(hr, city)

    page = hr.get(DETAILS.format(request.id))
    answer = decide(hr, request, "approve")

    assert "/approve" not in page.text
    assert "/withdraw" in page.text
    assert answer.status_code == 403
    assert "Nobody decides on what he asked for himself." in answer.text
    assert name_of(city.officer) == "Budi Santoso"
    assert ChangeRequest.get().state is RequestState.WAITING


def test_a_request_is_rejected_with_a_note_only(enter, city):
    hr, second = enter("hradmin"), enter("second")
    _, request = asked(hr, city)

    without = decide(second, request, "reject")
    rejected = decide(second, request, "reject", note="no such decree")

    assert without.status_code == 422
    assert "Who asked must learn why. Write a note." in without.text
    assert rejected.status_code == 303
    assert "no such decree" in hr.get(DETAILS.format(request.id)).text
    assert (name_of(city.officer), ChangeRequest.get().state) == ("Budi Santoso", RequestState.REJECTED)


def test_a_request_is_withdrawn_by_who_asked(enter, city):
    hr, second = enter("hradmin"), enter("second")
    _, request = asked(hr, city)

    refused = decide(second, request, "withdraw")
    withdrawn = decide(hr, request, "withdraw")

    assert (refused.status_code, withdrawn.status_code) == (403, 303)
    assert ChangeRequest.get().state is RequestState.WITHDRAWN
    assert decide(second, request, "approve").status_code == 422


def test_a_row_that_changed_meanwhile_is_shown_as_it_is_now(enter, city):
    hr, second = enter("hradmin"), enter("second")
    _, request = asked(hr, city)
    Employee.update(name="Budi S.", version=2).where(Employee.id == city.officer.id).execute()

    page = second.get(DETAILS.format(request.id))
    answer = decide(second, request, "approve")

    assert differences(page) == [("Name", "Budi Santoso", "Budi Santosa", "Budi S.")]
    assert "The row has changed since this was asked for" in page.text
    assert answer.status_code == 409
    assert name_of(city.officer) == "Budi S."


def test_related_rows_are_named_in_the_difference(enter, city):
    hr = enter("hradmin")
    grade = city.officer.grade
    _, request = asked(hr, city, name="Budi Santoso", grade_id="")

    page = hr.get(DETAILS.format(request.id))

    assert differences(page) == [("Grade", f"{grade.code} · {grade.rank_title}", "–")]


@pytest.mark.parametrize("username", ["officer", "chief", "auditor", "registrar"])
def test_who_does_not_decide_sees_no_request(enter, city, username):
    _, request = asked(enter("hradmin"), city)
    someone = enter(username)

    assert someone.get(DETAILS.format(request.id)).status_code == 404
    assert decide(someone, request, "approve").status_code == 404
    assert f"id={request.id}" not in someone.get("/admin/approvals/?tab=decided").text
    assert ChangeRequest.get().state is RequestState.WAITING


def test_nothing_is_decided_without_the_token(enter, city):
    second = enter("second")
    _, request = asked(enter("hradmin"), city)
    second.token = "guess"

    for act in ("approve", "reject", "withdraw"):
        assert decide(second, request, act, note="x").status_code == 403
    assert ChangeRequest.get().state is RequestState.WAITING


def test_a_reason_is_asked_for_where_the_settings_say_so(enter, city, with_settings):
    with_settings(approval_needed=[], reason_needed=["Employee"])
    hr = enter("hradmin")
    address = CORRECT.format(city.officer.id)
    form = hr.filled(address) | {"name": "Budi Santosa"}

    page = hr.get(address)
    without = hr.post(address, **form)
    answer = hr.post(address, **form | {"_reason": "decree 7"})

    assert re.search(r'<input id="field-reason"[^>]* required', page.text)
    assert without.status_code == 422
    assert re.search(r'<input id="field-reason"[^>]* aria-invalid="true"', without.text)
    assert answer.status_code == 303
    assert HistoryRecord.select().where(HistoryRecord.subject_type == "Employee").get().reason == "decree 7"


def test_a_reason_for_a_field_is_announced_and_asked_for_when_it_changes(enter, city, with_settings):
    with_settings(approval_needed=[], reason_needed=["Employee.grade"])
    hr = enter("hradmin")
    address = CORRECT.format(city.officer.id)
    form = hr.filled(address)

    page = hr.get(address)
    other = hr.post(address, **form | {"phone": "0812"})
    without = hr.post(address, **hr.filled(address) | {"grade_id": ""})

    assert "A reason is needed when you change: Grade." in page.text
    assert other.status_code == 303
    assert without.status_code == 422
    assert Employee.get_by_id(city.officer.id).grade_id is not None


def test_the_number_waiting_is_counted_for_those_who_decide(app, enter, city, with_settings):
    from flask import g

    from admin.writing.approvals import waiting_approvals
    from core.identity import services as identity
    from core.identity.actors import actor_for_account
    from core.registry import active_registry
    from tests.support.statements import counted_statements

    asked(enter("hradmin"), city)

    def waiting(username):
        with app.test_request_context("/admin/"):
            app.preprocess_request()
            account = identity.find_account(username)
            g.actor = actor_for_account(account, active_registry().settings and account.created_at.date())
            return waiting_approvals()

    assert [waiting(name) for name in ("second", "hradmin", "registrar")] == [1, 0, 0]
    with_settings(approval_needed=[])
    with counted_statements() as statements:
        assert waiting("second") == 0
    assert not any("change_request" in statement for statement in statements)
