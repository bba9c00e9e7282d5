"""Ways back from the history: a field, a record, all done at once; with a second person where that is asked for."""

from dataclasses import replace
from datetime import date

import pytest

from core.actor import Grant
from core.approval.models import ChangeRequest
from core.approval.services import approve, perform_or_request
from core.bin.models import BinEntry
from core.bin.services import archive
from core.errors import Refused
from core.exchange.importers import IMPORTS
from core.exchange.services import run_import
from core.history.models import HistoryRecord
from core.history.services import restore_field
from core.history.services.searching import Wanted, search_history
from core.history.terms import RestoredState
from core.organisation.models import Employee, Grade, WorkUnit
from core.organisation.services.employees import update_employee
from core.organisation.services.reporting import rebuild_lines
from core.organisation.services.units import move_unit
from core.runs.services import start_run
from core.runs.undoing import undo_all_of
from core.runs.working import work_through
from core.verbs.declare import Target
from core.verbs.performing import verb_named
from core.work import unit_of_work
from core.workdays.models import Holiday
from core.workdays.terms import HolidayKind
from tests.support.archiving import offer_archiving
from tests.support.calls import NOON, call_as, on, system_context
from tests.support.city import build_city
from tests.support.grants import give_role


@pytest.fixture
def city(ctx, monkeypatch):
    offer_archiving(monkeypatch)
    city = build_city()
    rebuild_lines(ctx)
    give_role(city.head, "hr_admin")
    give_role(city.other_chief, "hr_admin", city.archive)
    give_role(city.chief, "hr_officer", city.registry)
    return city


@pytest.fixture
def change(ctx, city):
    """Change the officer and return the record of it."""

    def run(**values):
        update_employee(ctx, city.officer.id, None, values)
        return last(city.officer)

    return run


def last(row):
    same = (HistoryRecord.subject_type == type(row).__name__) & (HistoryRecord.subject_id == row.id)
    return HistoryRecord.select().where(same).order_by(HistoryRecord.id.desc()).get()


def codes(caught):
    return [problem.code for problem in caught.value.problems]


def officer(city):
    return Employee.get_by_id(city.officer.id)


def test_one_field_goes_back_and_the_others_stay(db, city, change):
    record = change(phone="0811", email="budi@example.id")

    restore_field(call_as(db, city.head.id), record.id, "phone", "Nomor salah")

    assert (officer(city).phone, officer(city).email) == ("", "budi@example.id")
    assert last(city.officer).reason == "Nomor salah"


def test_a_field_goes_to_its_state_after_a_change(db, city, change):
    record = change(phone="0811")
    change(phone="0822")

    restore_field(call_as(db, city.head.id), record.id, "phone", "Yang lama benar", state="after")

    assert officer(city).phone == "0811"


@pytest.mark.parametrize(
    ("field", "reason", "code"), [("salary", "x", "FIELD_NOT_HELD"), ("phone", " ", "REASON_MISSING")]
)
def test_a_field_that_is_not_held_or_no_reason_is_refused(db, city, change, field, reason, code):
    record = change(phone="0811")

    with pytest.raises(Refused) as caught:
        restore_field(call_as(db, city.head.id), record.id, field, reason)

    assert codes(caught) == [code]
    assert officer(city).phone == "0811"


def test_a_value_that_somebody_else_has_now_is_refused(db, ctx, city, change):
    record = change(nip="199005172015031099")
    with unit_of_work(ctx) as work:
        work.update(city.clerk, nip="199005172015031002")

    with pytest.raises(Refused) as caught:
        restore_field(call_as(db, city.head.id), record.id, "nip", "Salah")

    assert codes(caught) == ["RESTORE_CLASH"]
    assert officer(city).nip == "199005172015031099"


def test_no_field_of_a_record_that_is_gone_is_restored(db, ctx, city):
    with unit_of_work(ctx) as work:
        holiday = work.create(Holiday, day=date(2026, 8, 17), name="HUT", kind=HolidayKind.NATIONAL)
    with unit_of_work(ctx) as work:
        work.update(holiday, name="HUT RI")
    record = last(holiday)
    with unit_of_work(ctx) as work:
        work.delete(holiday)

    with pytest.raises(Refused) as caught:
        restore_field(call_as(db, city.head.id), record.id, "name", "Kembali")

    assert codes(caught) == ["RECORD_GONE"]


def test_the_place_of_a_unit_is_not_restored_alone(db, ctx, city):
    move_unit(ctx, city.archive.id, None, parent_id=city.registry.id, valid_from=date(2026, 1, 15))

    with pytest.raises(Refused) as caught:
        restore_field(call_as(db, city.head.id), last(city.archive).id, "parent", "Kembali")

    assert codes(caught) == ["RESTORE_TREE"]
    assert WorkUnit.get_by_id(city.archive.id).parent_id == city.registry.id


@pytest.mark.parametrize(
    ("who", "code"), [("other_chief", "NOT_FOUND"), ("chief", "NOT_FOUND"), ("officer", "NOT_FOUND")]
)
def test_others_restore_nothing(db, city, change, who, code):
    record = change(phone="0811")

    with pytest.raises(Refused) as caught:
        restore_field(call_as(db, getattr(city, who).id), record.id, "phone", "x")

    assert codes(caught) == [code]
    assert officer(city).phone == "0811"


def test_a_restoring_waits_for_a_second_person_where_the_field_does(db, city, change):
    former = officer(city).grade_id
    record = change(grade_id=Grade.get(Grade.code == "III/d").id)
    guarded = db.model_copy(update={"approval_needed": ["Employee.grade"]})
    asks = call_as(guarded, city.head.id, reason="SK batal")
    values = {"state": RestoredState.BEFORE, "field": "grade", "version": officer(city).version}

    request = perform_or_request(asks, verb_named("history.restore"), Target(record.id), values)

    assert (request.state.value, request.unit_path) == ("WAITING", city.registry.path)
    assert officer(city).grade_id != former
    give_role(city.secretary, "hr_admin")
    with pytest.raises(Refused) as caught:
        approve(call_as(guarded, city.other_chief.id), request.id)
    assert codes(caught) == ["NOT_FOUND"]
    approve(call_as(guarded, city.secretary.id), request.id)
    assert officer(city).grade_id == former


def test_a_request_to_restore_is_stale_once_the_row_has_moved_on(db, city, change):
    record = change(grade_id=Grade.get(Grade.code == "III/d").id)
    guarded = db.model_copy(update={"approval_needed": ["Employee.grade"]})
    values = {"state": RestoredState.BEFORE, "field": "grade", "version": officer(city).version}
    asks = call_as(guarded, city.head.id, reason="SK batal")
    request = perform_or_request(asks, verb_named("history.restore"), Target(record.id), values)
    change(phone="0899")
    give_role(city.secretary, "hr_admin")

    with pytest.raises(Refused) as caught:
        approve(call_as(guarded, city.secretary.id), request.id)

    assert codes(caught) == ["STALE_VERSION"]
    assert ChangeRequest.get().state.value == "WAITING"


def test_all_that_was_done_at_once_is_undone(db, ctx, city):
    with unit_of_work(ctx) as work:
        work.update(officer(city), phone="0811")
        work.update(Employee.get_by_id(city.clerk.id), phone="0811")

    undo_all_of(call_as(db, city.head.id), last(city.clerk).id, "Salah")

    assert {row.phone for row in Employee.select()} == {""}


def test_a_batch_that_reaches_into_other_units_is_not_undone(db, ctx, city):
    with unit_of_work(ctx) as work:
        work.update(officer(city), phone="0811")
        work.update(Employee.get_by_id(city.other.id), phone="0811")

    with pytest.raises(Refused) as caught:
        undo_all_of(call_as(db, city.other_chief.id), last(city.other).id, "Salah")

    assert codes(caught) == ["UNDO_BEYOND"]
    assert Employee.get_by_id(city.other.id).phone == "0811"


def test_a_bulk_run_an_import_and_an_archiving_are_undone_as_such(db, ctx, city, tmp_path):
    head = call_as(db, city.head.id)
    run = start_run(head, verb_named("organisation.update_employee"), [city.clerk.id], {"phone": "0811"}, "Massal")
    work_through(ctx)
    undo_all_of(head, last(city.clerk).id, "Salah")
    assert (type(run).get_by_id(run.id).state.value, Employee.get_by_id(city.clerk.id).phone) == ("UNDONE", "")

    path = tmp_path / "units.csv"
    path.write_text("code,name,parent\n77,Bidang Baru,10\n", encoding="utf-8")
    report = run_import(ctx, IMPORTS["units"], path)
    assert report.is_written
    undo_all_of(ctx, last(WorkUnit.get(WorkUnit.code == "77")).id, "Salah berkas")
    assert WorkUnit.get_or_none(WorkUnit.code == "77") is None

    archive(head, Employee, city.clerk.id, None, "Salah")
    undo_all_of(head, last(city.clerk).id, "Kembali")
    assert Employee.get_by_id(city.clerk.id).name == "Rina Wulandari"
    assert BinEntry.get().state.value == "RESTORED"


def test_the_history_is_searched_by_everything_that_is_known(db, ctx, city):
    update_employee(call_as(db, city.chief.id, reason="Permintaan lisan"), city.officer.id, None, {"phone": "0811"})
    later = system_context(db, on(date(2026, 2, 1)))
    update_employee(later, city.officer.id, None, {"email": "budi@example.id"})
    give_role(city.officer, "auditor", city.archive)
    head = call_as(db, city.head.id)

    def found(ctx=head, **wanted):
        return [record.id for record in search_history(ctx, Wanted(what="Employee", **wanted))[0]]

    second, first = found()
    assert found(text="lisan") == found(field="phone") == found(until=NOON.date()) == [first]
    assert found(text="0811") == [second, first]
    assert found(who=f"account{city.chief.id}") == [first]
    assert found(since=date(2026, 2, 1)) == found(field="email") == [second]
    assert found(batch=HistoryRecord.get_by_id(first).batch) == [first]
    assert found(action="create") == found(subject_id=city.clerk.id) == []
    assert found(call_as(db, city.officer.id)) == found(call_as(db, city.clerk.id)) == []
    assert search_history(head, Wanted(what="Nothing")) == ([], False)


def test_pages_follow_each_other_without_counting(ctx, city):
    for number in range(5):
        update_employee(ctx, city.officer.id, None, {"phone": f"081{number}"})

    first, has_more = search_history(ctx, Wanted(what="Employee"), limit=3)
    second, is_longer = search_history(ctx, Wanted(what="Employee"), older_than=first[-1].id, limit=3)

    assert (len(first), has_more, len(second), is_longer) == (3, True, 2, False)
    assert first[-1].id > second[0].id


def test_a_search_by_role_is_limited_to_where_the_role_holds(db, ctx, city):
    update_employee(ctx, city.officer.id, None, {"phone": "0811"})
    update_employee(ctx, city.other.id, None, {"phone": "0822"})
    asks = call_as(db, city.other_chief.id)
    asks.actor = replace(
        asks.actor, grants=(Grant("x", city.archive.path, frozenset({"history.read", "organisation.read"})),)
    )

    records, _ = search_history(asks, Wanted(what="Employee"))

    assert {record.subject_id for record in records} == {city.other.id}
