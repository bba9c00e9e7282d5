"""What the settings guard is changed by nobody alone, in whichever channel, and both persons stand in the history."""

from datetime import date

import pytest

from core.app import create_app
from core.approval.models import ChangeRequest
from core.approval.services import approve, perform_or_request, reject, request_change, waiting_for, withdraw
from core.approval.terms import RequestState
from core.bin.models import BinEntry
from core.errors import CannotStart, Refused
from core.exchange.importers import IMPORTS
from core.exchange.services import run_import
from core.history.chain import broken_links
from core.history.models import HistoryRecord
from core.identity.models import Account, RoleGrant
from core.identity.services import create_api_token
from core.live.models import LiveEvent
from core.organisation.models import Employee, Grade
from core.organisation.services.employees import update_employee
from core.organisation.services.reporting import rebuild_lines
from core.organisation.terms import EmploymentStatus, Sex
from core.plugin_host import start
from core.runs.models import BulkRun, BulkRunItem
from core.runs.services import start_run, undo_run
from core.runs.terms import ItemState
from core.runs.working import work_through
from core.verbs.declare import Does, FieldKind, Target, Verb, VerbField
from core.verbs.performing import NEW, verb_named
from tests.support.archiving import offer_archiving
from tests.support.calls import call_as, system_context
from tests.support.city import build_city
from tests.support.grants import give_role

GUARDED = ["Employee.grade", "Assignment"]


@pytest.fixture
def guarded(db):
    return db.model_copy(update={"approval_needed": GUARDED, "reason_needed": ["Employee.name"]})


@pytest.fixture
def city(db, ctx, monkeypatch):
    offer_archiving(monkeypatch)
    city = build_city()
    rebuild_lines(ctx)
    give_role(city.chief, "hr_admin", city.registry)
    give_role(city.head, "hr_admin", city.agency)
    give_role(city.other_chief, "hr_admin", city.archive)
    give_role(city.clerk, "hr_officer", city.registry)
    return city


@pytest.fixture
def grade(db):
    return Grade.get(Grade.code == "III/d")


@pytest.fixture
def correct(guarded, city):
    """Correct the officer as the chief."""

    def run(reason="SK pangkat", who=None, **values):
        asks = call_as(guarded, (who or city.chief).id, reason=reason)
        target = Target(city.officer.id, Employee.get_by_id(city.officer.id).version)
        return perform_or_request(asks, verb_named("organisation.update_employee"), target, values)

    return run


def codes(caught):
    return [problem.code for problem in caught.value.problems]


def grade_of(city):
    return Employee.get_by_id(city.officer.id).grade.code


def test_what_is_not_guarded_is_done_at_once(correct, city):
    correct(phone="0811")

    assert Employee.get_by_id(city.officer.id).phone == "0811"
    assert ChangeRequest.select().count() == 0


def test_a_guarded_change_waits_and_shows_what_would_change(correct, city, grade):
    former = city.officer.grade_id

    request = correct(grade_id=grade.id, phone="0811")

    assert (Employee.get_by_id(city.officer.id).phone, grade_of(city)) == ("", "III/c")
    assert request.state is RequestState.WAITING
    assert request.changes == [
        {"model": "Employee", "id": city.officer.id, "field": "grade", "before": former, "after": grade.id},
        {"model": "Employee", "id": city.officer.id, "field": "phone", "before": "", "after": "0811"},
    ]
    assert (request.label, request.unit_path, request.seen_version) == ("Budi Santoso", city.registry.path, 1)
    assert (request.values, request.reason) == ({"grade_id": grade.id, "phone": "0811"}, "SK pangkat")
    assert [row.name for row in LiveEvent.select()] == ["approval.requested"]


def test_the_same_request_is_made_once(correct, grade):
    assert correct(grade_id=grade.id).id == correct(grade_id=grade.id).id
    assert ChangeRequest.select().count() == 1


def test_another_approves_and_both_stand_in_the_history(guarded, correct, city, grade):
    request = correct(grade_id=grade.id)

    approve(call_as(guarded, city.head.id), request.id, "Sesuai SK")

    assert grade_of(city) == "III/d"
    request = ChangeRequest.get()
    head = Account.get(Account.employee == city.head.id)
    assert (request.state, request.decided_by, request.note) == (RequestState.APPROVED, head.id, "Sesuai SK")
    changed, noted = HistoryRecord.select().where(HistoryRecord.batch == request.batch).order_by(HistoryRecord.id)
    assert (changed.subject_type, changed.actor_name) == ("Employee", f"account{city.chief.id}")
    assert changed.reason == f"SK pangkat (permintaan {request.id}, disetujui oleh account{city.head.id})"
    assert (noted.subject_type, noted.actor_name) == ("ChangeRequest", f"account{city.head.id}")
    assert [row.name for row in LiveEvent.select()] == ["approval.requested", "approval.decided"]
    assert list(broken_links()) == []


def test_nobody_approves_what_he_asked_for(guarded, correct, city, grade):
    request = correct(grade_id=grade.id)

    with pytest.raises(Refused) as caught:
        approve(call_as(guarded, city.chief.id), request.id)

    assert codes(caught) == ["OWN_REQUEST"]
    assert grade_of(city) == "III/c"


@pytest.mark.parametrize(
    ("who", "code"), [("other_chief", "NOT_FOUND"), ("clerk", "NOT_FOUND"), ("officer", "NOT_FOUND")]
)
def test_who_does_not_decide_there_sees_no_request(guarded, correct, city, grade, who, code):
    request = correct(grade_id=grade.id)
    asks = call_as(guarded, getattr(city, who).id)

    with pytest.raises(Refused) as caught:
        approve(asks, request.id)

    assert codes(caught) == [code]
    assert list(waiting_for(asks)) == []
    assert grade_of(city) == "III/c"


def test_nobody_decides_on_what_is_about_himself(guarded, correct, city, grade):
    give_role(city.officer, "hr_admin", city.registry)
    request = correct(grade_id=grade.id)

    with pytest.raises(Refused) as caught:
        approve(call_as(guarded, city.officer.id), request.id)

    assert codes(caught) == ["FORBIDDEN"]


def test_what_waits_is_listed_for_those_who_decide(guarded, correct, city, grade):
    request = correct(grade_id=grade.id)

    assert [row.id for row in waiting_for(call_as(guarded, city.head.id))] == [request.id]
    assert list(waiting_for(call_as(guarded, city.chief.id))) == []


def test_a_row_that_changed_since_is_told_and_nothing_is_done(guarded, correct, city, grade):
    request = correct(grade_id=grade.id)
    correct(phone="0811")

    with pytest.raises(Refused) as caught:
        approve(call_as(guarded, city.head.id), request.id)

    assert codes(caught) == ["STALE_VERSION"]
    assert (grade_of(city), ChangeRequest.get().state) == ("III/c", RequestState.WAITING)


def test_the_rights_of_who_asked_are_asked_again(guarded, correct, city, grade):
    request = correct(grade_id=grade.id)
    RoleGrant.delete().where(RoleGrant.account == Account.get(Account.employee == city.chief.id)).execute()

    with pytest.raises(Refused) as caught:
        approve(call_as(guarded, city.head.id), request.id)

    assert codes(caught) == ["FORBIDDEN"]
    assert grade_of(city) == "III/c"


def test_nothing_is_done_in_the_name_of_a_closed_account(guarded, correct, city, grade):
    request = correct(grade_id=grade.id)
    Account.update(is_active=False).where(Account.employee == city.chief.id).execute()

    with pytest.raises(Refused) as caught:
        approve(call_as(guarded, city.head.id), request.id)

    assert codes(caught) == ["REQUESTER_GONE"]
    assert grade_of(city) == "III/c"


def test_a_request_is_rejected_with_a_note(guarded, correct, city, grade):
    request = correct(grade_id=grade.id)
    with pytest.raises(Refused) as caught:
        reject(call_as(guarded, city.head.id), request.id, " ")
    assert codes(caught) == ["NOTE_MISSING"]

    reject(call_as(guarded, city.head.id), request.id, "SK belum terbit")

    assert (ChangeRequest.get().state, ChangeRequest.get().note) == (RequestState.REJECTED, "SK belum terbit")
    with pytest.raises(Refused) as caught:
        approve(call_as(guarded, city.head.id), request.id)
    assert codes(caught) == ["REQUEST_DECIDED"]
    assert grade_of(city) == "III/c"


def test_only_who_asked_withdraws(guarded, correct, city, grade):
    request = correct(grade_id=grade.id)
    with pytest.raises(Refused) as caught:
        withdraw(call_as(guarded, city.head.id), request.id)
    assert codes(caught) == ["FORBIDDEN"]

    withdraw(call_as(guarded, city.chief.id), request.id)

    assert ChangeRequest.get().state is RequestState.WITHDRAWN


def test_a_new_row_waits_too_where_it_would_belong(guarded, city, grade):
    values = {
        "nip": "199001012015032019",
        "name": "Baru",
        "status": EmploymentStatus.PNS,
        "sex": Sex.FEMALE,
        "birth_date": date(1990, 1, 1),
        "position_id": city.positions["clerk"].id,
        "grade_id": grade.id,
        "valid_from": date(2026, 1, 15),
    }
    asks = call_as(guarded, city.chief.id, reason="Pegawai baru")

    request = perform_or_request(asks, verb_named("organisation.create_employee"), NEW, values)

    assert (request.subject_id, request.unit_path) == (None, city.registry.path)
    assert Employee.select().where(Employee.name == "Baru").count() == 0
    with pytest.raises(Refused):
        approve(call_as(guarded, city.other_chief.id), request.id)
    approve(call_as(guarded, city.head.id), request.id)
    assert Employee.get(Employee.name == "Baru").grade_id == grade.id


def test_archiving_what_holds_guarded_rows_waits(guarded, city):
    asks = call_as(guarded, city.chief.id, reason="Salah masuk")

    request = perform_or_request(asks, verb_named("organisation.archive_employee"), Target(city.officer.id), {})

    assert BinEntry.select().count() == 0
    approve(call_as(guarded, city.head.id), request.id)
    assert BinEntry.get().subject_id == city.officer.id


def test_an_import_and_the_api_obey_too(guarded, city, tmp_path):
    head = Account.get(Account.employee == city.head.id)
    path = tmp_path / "grades.csv"
    path.write_text(f"nip,name,grade\n{city.officer.nip},{city.officer.name},III/d\n", encoding="utf-8")
    asks = call_as(guarded, city.head.id, reason="Impor")

    with pytest.raises(Refused) as caught:
        run_import(asks, IMPORTS["employees"], path)

    assert [(one.code, one.params) for one in caught.value.problems] == [
        ("APPROVAL_NEEDED", {"field": "Employee.grade"})
    ]
    assert (grade_of(city), head.is_active) == ("III/c", True)


def test_a_reason_is_demanded_where_the_settings_say_so(guarded, city):
    asks = call_as(guarded, city.chief.id)
    with pytest.raises(Refused) as caught:
        update_employee(asks, city.officer.id, None, {"name": "Budi S."})
    assert [(one.code, one.path, one.params) for one in caught.value.problems] == [
        ("REASON_NEEDED", ("input", "reason"), {"field": "Employee.name"})
    ]
    assert Employee.get_by_id(city.officer.id).name == "Budi Santoso"

    update_employee(call_as(guarded, city.chief.id, reason="Salah ketik"), city.officer.id, None, {"name": "Budi S."})

    assert Employee.get_by_id(city.officer.id).name == "Budi S."


def test_the_system_itself_is_exempt(guarded, city, grade):
    update_employee(system_context(guarded), city.officer.id, None, {"grade_id": grade.id, "name": "B"})

    assert grade_of(city) == "III/d"


def test_rows_of_a_bulk_run_become_requests(guarded, city, grade):
    asks = call_as(guarded, city.chief.id)
    people = [city.officer.id, city.clerk.id]
    start_run(asks, verb_named("organisation.update_employee"), people, {"grade_id": grade.id}, "Kenaikan pangkat")

    work_through(system_context(guarded))

    run = BulkRun.get()
    assert (run.done, run.failed, run.requested) == (2, 0, 2)
    assert {item.state for item in BulkRunItem.select()} == {ItemState.REQUESTED}
    requests = list(ChangeRequest.select().order_by(ChangeRequest.id))
    assert [(row.subject_id, row.run_id, row.reason) for row in requests] == [
        (key, run.id, "Kenaikan pangkat") for key in people
    ]
    approve(call_as(guarded, city.head.id), requests[0].id)
    assert grade_of(city) == "III/d"


def test_requests_of_an_undone_run_are_withdrawn(guarded, city, grade):
    asks = call_as(guarded, city.chief.id)
    run = start_run(asks, verb_named("organisation.update_employee"), [city.officer.id], {"grade_id": grade.id}, "KP")
    work_through(system_context(guarded))

    undo_run(asks, run.id, "Salah pilih")

    assert ChangeRequest.get().state is RequestState.WITHDRAWN


def test_a_password_waits_nowhere(db, city):
    strict = db.model_copy(update={"approval_needed": ["Employee.phone"]})
    asks = call_as(strict, city.chief.id)
    verb = Verb("x", "x", Employee, Does.ACT, lambda *_: None, (VerbField("word", "x", FieldKind.PASSWORD),))
    with pytest.raises(Refused) as caught:
        request_change(asks, verb, Target(city.officer.id), {"word": "rahasia"}, [])

    assert codes(caught) == ["REQUEST_SECRET"]
    assert ChangeRequest.select().count() == 0


@pytest.mark.parametrize(
    ("name", "closest"),
    [
        ("Employee.grad", "Employee.grade"),
        ("Employe", "Employee"),
        ("Account.password_hash", None),
        ("HistoryRecord", None),
    ],
)
def test_an_unknown_name_stops_the_start_and_names_the_closest(db, name, closest):
    with pytest.raises(CannotStart) as caught:
        start(db.model_copy(update={"approval_needed": [name]}), [])

    [problem] = caught.value.problems
    assert (problem.code, problem.params["setting"], problem.params["name"]) == (
        "GUARD_UNKNOWN",
        "approval_needed",
        name,
    )
    if closest:
        assert problem.params["closest"] == closest
        assert closest in problem.message("id")


def test_a_reason_comes_over_http_in_a_header(db, city):
    strict = db.model_copy(update={"reason_needed": ["Employee.phone"]})
    client = create_app(strict, plugins=[]).test_client()
    token = create_api_token(call_as(strict, city.chief.id), name="t", scopes=["write"]).token
    query = "mutation($input: UpdateEmployeeInput!) { updateEmployee(input: $input) { problems { code path } } }"
    variables = {"input": {"id": f"Employee:{city.officer.id}", "version": 1, "phone": "0811"}}

    def send(**headers):
        sent = {"Authorization": f"Bearer {token}", **headers}
        answer = client.post("/graphql", json={"query": query, "variables": variables}, headers=sent).json
        return answer["data"]["updateEmployee"]["problems"]

    assert send() == [{"code": "REASON_NEEDED", "path": ["input", "reason"]}]
    assert send(**{"X-Reason": "Permintaan%20lisan%20%E2%80%93%20nomor%20baru"}) == []
    assert HistoryRecord.select().order_by(HistoryRecord.id.desc()).first().reason == "Permintaan lisan – nomor baru"
