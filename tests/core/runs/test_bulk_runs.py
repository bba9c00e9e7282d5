"""A verb done to many rows by a job: each row once, as who started it, stopped and undone as one."""

import threading

import pytest

from core.bin.models import BinEntry
from core.context import Context
from core.database import database
from core.errors import Refused
from core.history.chain import broken_links
from core.history.models import HistoryRecord
from core.identity.models import Account, RoleGrant
from core.organisation.models import Assignment, Employee
from core.organisation.services.reporting import rebuild_lines
from core.runs import working
from core.runs.models import BulkRun, BulkRunItem
from core.runs.services import start_run, stop_run, undo_run
from core.runs.terms import ItemState, RunState
from core.runs.working import problems_of, work_through
from core.verbs.performing import perform, verb_named
from core.work import unit_of_work
from tests.support.archiving import offer_archiving
from tests.support.calls import call_as, system_context
from tests.support.city import build_city
from tests.support.grants import give_role

PHONE = {"phone": "0811"}


@pytest.fixture
def city(ctx, monkeypatch):
    offer_archiving(monkeypatch)
    city = build_city()
    rebuild_lines(ctx)
    give_role(city.chief, "hr_officer", city.registry)
    return city


@pytest.fixture
def verb(city):
    return verb_named("organisation.update_employee")


def codes(caught):
    return [problem.code for problem in caught.value.problems]


def begin(db, city, verb, *people, values=PHONE):
    return start_run(call_as(db, city.chief.id), verb, [one.id for one in people], values, "Nomor kantor")


def phones():
    return {row.name.split()[0]: row.phone for row in Employee.select() if row.phone}


def states(run):
    return [item.state for item in BulkRunItem.select().where(BulkRunItem.run == run.id).order_by(BulkRunItem.id)]


def test_each_row_is_done_as_who_started_it_under_one_batch(db, ctx, city, verb):
    run = begin(db, city, verb, city.officer, city.clerk)
    assert (run.state, run.total, run.done, phones()) == (RunState.WAITING, 2, 0, {})

    work_through(ctx)

    run = BulkRun.get_by_id(run.id)
    assert (run.state, run.total, run.done, run.failed) == (RunState.DONE, 2, 2, 0)
    assert phones() == {"Budi": "0811", "Rina": "0811"}
    records = HistoryRecord.select().where(HistoryRecord.batch == run.batch).order_by(HistoryRecord.id)
    assert [(row.subject_type, row.subject_id, row.actor_name, row.reason) for row in records] == [
        ("Employee", city.officer.id, f"account{city.chief.id}", "Nomor kantor"),
        ("Employee", city.clerk.id, f"account{city.chief.id}", "Nomor kantor"),
    ]
    assert list(broken_links()) == []


def test_a_row_that_is_refused_stops_no_other_and_says_why(db, ctx, city, verb):
    run = begin(db, city, verb, city.other, city.officer)

    work_through(ctx)

    run = BulkRun.get_by_id(run.id)
    assert (run.state, run.done, run.failed) == (RunState.DONE, 2, 1)
    assert states(run) == [ItemState.REFUSED, ItemState.DONE]
    assert phones() == {"Budi": "0811"}
    [problem] = problems_of(BulkRunItem.get(BulkRunItem.state == ItemState.REFUSED).problems)
    assert problem.code == "NOT_FOUND"
    assert problem.message("id") != problem.message("en")


def test_a_killed_worker_leaves_the_rest_and_the_next_goes_on_with_it(db, ctx, city, verb, monkeypatch):
    run = begin(db, city, verb, city.officer, city.clerk, city.chief)

    def die(*given):
        done = perform(*given)
        if Employee.get_by_id(city.clerk.id).phone:
            raise SystemExit
        return done

    monkeypatch.setattr(working, "perform", die)
    with pytest.raises(SystemExit):
        work_through(ctx)
    assert (phones(), BulkRun.get().done, BulkRun.get().state) == ({"Budi": "0811"}, 1, RunState.RUNNING)
    monkeypatch.setattr(working, "perform", perform)

    work_through(ctx)

    assert (BulkRun.get().done, BulkRun.get().state) == (3, RunState.DONE)
    versions = [Employee.get_by_id(one.id).version for one in (city.officer, city.clerk, city.chief)]
    assert versions == [2, 2, 2]
    assert HistoryRecord.select().where(HistoryRecord.batch == run.batch).count() == 3


def test_two_workers_at_once_do_no_row_twice(db, ctx, city, verb):
    people = [city.officer, city.clerk, city.chief]
    run = begin(db, city, verb, *people)
    faults = []

    def work():
        try:
            with database.connection_context():
                work_through(system_context(db))
        except Exception as error:  # noqa: BLE001 - told to the test below
            faults.append(error)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert faults == []
    assert (BulkRun.get().done, BulkRun.get().state) == (3, RunState.DONE)
    assert [Employee.get_by_id(one.id).version for one in people] == [2, 2, 2]
    assert HistoryRecord.select().where(HistoryRecord.batch == run.batch).count() == 3


def test_a_run_stops_when_the_account_that_started_it_is_closed(db, ctx, city, verb):
    begin(db, city, verb, city.officer, city.clerk)
    Account.update(is_active=False).where(Account.employee == city.chief.id).execute()

    work_through(ctx)

    run = BulkRun.get()
    assert (run.state, run.done, phones()) == (RunState.STOPPED, 0, {})
    assert [one.code for one in problems_of(run.problems)] == ["RUN_ACCOUNT_CLOSED"]


def test_rights_are_those_of_the_moment_in_which_a_row_is_done(db, ctx, city, verb):
    begin(db, city, verb, city.officer)
    RoleGrant.delete().execute()

    work_through(ctx)

    assert (BulkRun.get().failed, phones()) == (1, {})


def test_a_stopped_run_does_nothing_more(db, ctx, city, verb):
    run = begin(db, city, verb, city.officer)

    stop_run(call_as(db, city.chief.id), run.id)
    work_through(ctx)

    assert (BulkRun.get().state, phones(), states(run)) == (RunState.STOPPED, {}, [ItemState.WAITING])
    with pytest.raises(Refused) as caught:
        stop_run(call_as(db, city.chief.id), run.id)
    assert codes(caught) == ["RUN_ENDED"]


def test_a_fault_of_the_program_is_kept_with_the_row(db, ctx, city, verb, monkeypatch):
    run = begin(db, city, verb, city.officer)

    def fail(*_given):
        raise ValueError("no paper")

    monkeypatch.setattr(working, "perform", fail)
    work_through(ctx)

    assert (BulkRun.get().state, states(run)) == (RunState.DONE, [ItemState.REFUSED])
    assert [one.code for one in problems_of(BulkRunItem.get().problems)] == ["ROW_FAILED"]


def test_a_run_is_undone_as_one(db, ctx, city, verb):
    run = begin(db, city, verb, city.officer, city.clerk)
    work_through(ctx)

    undone = undo_run(call_as(db, city.chief.id), run.id, "Nomor salah")

    assert (undone.state, phones()) == (RunState.UNDONE, {})
    with pytest.raises(Refused) as caught:
        undo_run(call_as(db, city.chief.id), run.id, "Lagi")
    assert codes(caught) == ["RUN_NOT_UNDOABLE"]


def test_an_undoing_names_the_rows_that_changed_since_even_while_the_run_went_on(db, ctx, city, verb, monkeypatch):
    run = begin(db, city, verb, city.officer, city.clerk)

    first = working._do
    changed = []

    def change_between(acting, *given):
        if not changed and Employee.get_by_id(city.officer.id).phone:
            changed.append(1)
            with unit_of_work(system_context(db)) as work:
                work.update(Employee.get_by_id(city.officer.id), phone="0899")
        return first(acting, *given)

    monkeypatch.setattr(working, "_do", change_between)
    work_through(ctx)
    assert phones() == {"Budi": "0899", "Rina": "0811"}

    with pytest.raises(Refused) as caught:
        undo_run(call_as(db, city.chief.id), run.id, "Nomor salah")

    assert [(one.code, one.params["subject"]) for one in caught.value.problems] == [
        ("CHANGED_LATER", f"Employee:{city.officer.id}")
    ]
    assert phones() == {"Budi": "0899", "Rina": "0811"}
    assert BulkRun.get().state is RunState.DONE


def test_an_archiving_of_many_is_undone_by_bringing_them_back(db, ctx, city):
    before = [(row.id, row.employee_id) for row in Assignment.select().order_by(Assignment.id)]
    run = begin(db, city, verb_named("organisation.archive_employee"), city.officer, city.clerk, values={})
    work_through(ctx)
    assert [row.row_count for row in BinEntry.select()] == [2, 2]
    assert Employee.get_or_none(Employee.id == city.officer.id) is None

    undo_run(call_as(db, city.chief.id), run.id, "Salah pilih")

    assert [(row.id, row.employee_id) for row in Assignment.select().order_by(Assignment.id)] == before
    assert Employee.get_by_id(city.officer.id).name == "Budi Santoso"
    assert {str(row.state) for row in BinEntry.select()} == {"RESTORED"}


def test_others_neither_see_nor_undo_nor_stop_a_run(db, ctx, city, verb):
    run = begin(db, city, verb, city.officer)
    give_role(city.other, "hr_officer", city.registry)
    work_through(ctx)

    for act in (lambda asks: undo_run(asks, run.id, "x"), lambda asks: stop_run(asks, run.id)):
        with pytest.raises(Refused) as caught:
            act(call_as(db, city.other.id))
        assert codes(caught) == ["NOT_FOUND"]

    assert phones() == {"Budi": "0811"}


def test_who_lost_the_right_undoes_no_run(db, ctx, city, verb):
    run = begin(db, city, verb, city.officer)
    work_through(ctx)
    RoleGrant.delete().execute()

    with pytest.raises(Refused) as caught:
        undo_run(call_as(db, city.chief.id), run.id, "Salah")

    assert codes(caught) == ["FORBIDDEN"]
    assert phones() == {"Budi": "0811"}


@pytest.mark.parametrize(
    ("name", "count", "code"),
    [
        ("organisation.create_employee", 1, "NOT_BULK"),
        ("organisation.update_employee", 0, "NO_ROWS"),
        ("organisation.update_employee", 100_001, "TOO_MANY_ROWS"),
    ],
)
def test_what_makes_no_sense_for_many_rows_is_refused(db, city, name, count, code):
    with pytest.raises(Refused) as caught:
        start_run(call_as(db, city.chief.id), verb_named(name), range(1, count + 1), {}, None)

    assert codes(caught) == [code]
    assert BulkRun.select().count() == 0


def test_nobody_without_an_account_starts_a_run(db, ctx, city, verb):
    stranger = Context(actor=ctx.actor.__class__(today=ctx.today), settings=db)
    with pytest.raises(Refused) as caught:
        start_run(stranger, verb, [city.officer.id], PHONE, None)

    assert codes(caught) == ["FORBIDDEN"]
